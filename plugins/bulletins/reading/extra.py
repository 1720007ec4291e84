"""Files of `content/extra`: published at the root of the site as they stand, such as `CNAME` or `.well-known/`.

None may have a name of ours. Their content is not searched; a picture among them passes the gate like any other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from bulletins import urls
from bulletins.domain.attached import ExtraFile
from bulletins.ignored import is_ignored, is_ignored_folder
from bulletins.mistakes import Message, Mistake
from bulletins.reading import messages

LARGEST = 50_000_000
"""Bytes of a file; what is larger belongs on a server of its own."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OURS = re.compile(
    r"(?:index|404)\.html|feed[^/]*\.(?:json|xml)|lich\.ics|sitemap[^/]*\.xml|robots\.txt|data\.json|redirects\.json"
    r"|sha256sums.*"
)
"""Names of ours at the root, in lower case."""


def read_extra(folder: Path, root: Path, pages: Collection[str]) -> tuple[tuple[ExtraFile, ...], tuple[Mistake, ...]]:
    """Every file of the folder, and what is wrong with any; `pages` are the addresses of static pages, without `/`."""
    taken = {*urls.TAKEN, *pages}
    files: list[ExtraFile] = []
    mistakes: list[Mistake] = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        wrong = _wrong(path, name, taken)
        if wrong:
            mistakes.append(wrong.at(path.relative_to(root).as_posix(), 1, 1))
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            mistakes.append(messages.UNREADABLE.at(path.relative_to(root).as_posix(), 1, 1, why=error.strerror))
            continue
        files.append(ExtraFile(str(path), name, len(data), sha256(data).hexdigest()))
    return tuple(files), tuple(mistakes)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file and link below the folder that no system left there, by name."""
    for top, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not is_ignored_folder(name))
        yield from (Path(top) / name for name in sorted([*names, *links]) if not is_ignored(name))


def _wrong(path: Path, name: str, taken: Collection[str]) -> Message | None:
    """Why a file cannot be published as it stands; None where it can."""
    if path.is_symlink():
        return messages.LINK
    if not path.is_file():
        return messages.NO_FILE
    if not all(map(_NAME.fullmatch, name.split("/"))):
        return messages.EXTRA_NAME
    if name.lower().partition("/")[0] in taken or is_name_of_ours(name):
        return messages.EXTRA_TAKEN
    return messages.EXTRA_SIZE if path.stat().st_size > LARGEST else None


def is_name_of_ours(name: str) -> bool:
    """Whether a file of the site itself has this name at its root."""
    return _OURS.fullmatch(name.lower()) is not None
