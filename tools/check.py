"""The command `check`: Pelican reads the content and stops there, and its exit code becomes one that scripts expect."""

from __future__ import annotations

import sys
from pathlib import Path

from bulletins.listing import FOUND
from bulletins.settings import Settings
from tools import whole
from tools.door import COULD_NOT_RUN, ROOT

ERRORS = 1
_MOST_LISTED = 20
_CODES = {0: 0, FOUND: ERRORS}


class Unclear(Exception):
    """No bulletin, or several, may be meant; the message says which there are."""


def meant(text: str, content: Path) -> Path:
    """The `index.md` of the bulletin meant by its id, a part of it, or a path. Raises `Unclear`."""
    typed = text.replace("\\", "/").rstrip("/").removesuffix("/index.md")
    every = sorted((content / "bulletins").glob("**/index.md"))
    for is_meant in (_is_called, _has_in_its_name):
        several = [path for path in every if is_meant(path.parent, typed)]
        if len(several) == 1:
            return several[0]
        if several:
            listed = "\n".join(f"  {path.parent.name}" for path in several[:_MOST_LISTED])
            raise Unclear(f"“{text}” có trong tên nhiều bản tin; ghi rõ mã:\n{listed}")
    raise Unclear(f"Không có bản tin nào tên như “{text}”; ghi mã, tức tên thư mục của bản tin.")


def _is_called(folder: Path, typed: str) -> bool:
    return folder.name == typed or folder.as_posix().endswith(f"/{typed}")


def _has_in_its_name(folder: Path, typed: str) -> bool:
    return typed in folder.name


def add_units_of(bulletin: str, settings: Settings, yes: bool, root: Path = ROOT) -> int:
    """`check --add-units`: 0 when no unit is missing any more, 2 if nothing could be asked or no such bulletin is."""
    from tools.registering import add_units

    try:
        path = meant(bulletin, root / "content").relative_to(root).as_posix() if bulletin else ""
    except Unclear as why:
        print(why, file=sys.stderr)
        return COULD_NOT_RUN
    return add_units(root, settings, path, yes)


def check(*, as_json: bool, english: bool, fix: bool, of: str = "", root: Path = ROOT) -> int:
    """Check the content of the project in `root`: 0 without errors, 1 with errors, 2 if the check could not run.

    `fix` first mends what is safe, and shows each change. `of` names one bulletin: the rest is read as well, since
    bulletins may contradict each other, but only its mistakes are shown and counted, and only its file is mended.
    """
    try:
        bulletin = meant(of, root / "content") if of else None
    except Unclear as why:
        print(why, file=sys.stderr)
        return COULD_NOT_RUN
    if fix:
        from bulletins.writing.mending import mend_content

        mended = mend_content(root / "content", root, bulletin)
        # An editor that asked for JSON gets nothing else on standard output.
        print(*mended, sep="\n", end="\n" if mended else "", file=sys.stderr if as_json else sys.stdout, flush=True)
    settings: dict[str, str | bool] = {"BULLETINS_CHECK_ONLY": "json" if as_json else True}
    if bulletin:
        settings["BULLETINS_CHECK_OF"] = bulletin.relative_to(root).as_posix()
    if english:
        settings["BULLETINS_MESSAGES"] = "en"
    code = whole.run(whole.command(whole.request("publishconf.py", {**settings, "PATH": str(root / "content")})), root)
    return _CODES.get(code, COULD_NOT_RUN)
