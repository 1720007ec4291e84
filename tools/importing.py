"""`python3 tasks.py import FILE…`: a draft in its place for every text, with what each value was taken from."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulletins.domain.register import Register
from bulletins.importing.mail import read_mail
from bulletins.importing.page import read_page
from bulletins.importing.propose import Draft
from bulletins.importing.source import SourceText, Unreadable
from bulletins.importing.steps import draft_of
from bulletins.importing.text import read_text
from bulletins.importing.word import read_word
from bulletins.phrases.names import Names
from bulletins.settings import Settings
from tools.contents import new_folder, read_all
from tools.door import cause, shown
from tools.registering import append

ENDINGS = (".txt", ".docx", ".html", ".htm", ".eml")
LARGEST = 100_000_000
"""Bytes of a file; a Word file with forty photos has some fifty million."""

_MISSING = (
    "Thiếu thư viện để đọc tệp {ending}. Cài một lần rồi chạy lại: .venv/bin/python -m pip install mammoth trafilatura"
    " (Windows: .venv\\Scripts\\python -m pip install mammoth trafilatura)"
)
_OF_A_FILE = re.compile(r"^## Bản nháp nhập từ (?P<name>.+?)\. Việc cần làm", re.MULTILINE)
_ID = re.compile(r"^- id: (?P<id>\S+)", re.MULTILINE)
_MOST_OF_ONE_KIND = 99


@dataclass
class Outcome:
    """What came of all files: lines to print, what failed, and the new entries of the register by file and id."""

    done: int = 0
    failed: list[str] = field(default_factory=list)
    entries: dict[str, dict[str, str]] = field(default_factory=dict)


def import_files(root: Path, settings: Settings, files: Sequence[str], register: bool = False) -> int:
    """Write a draft below `root` for every file, or file of a folder; with `register` new units and blocs too.

    The exit code is 1 if the register has mistakes, 2 if a file could not be imported; a line says why. What is
    there is never written over.
    """
    content, _ = read_all(root, settings)
    broken = [mistake for mistake in content.mistakes if mistake.path.startswith("content/register/")]
    if broken:
        return _say(1, *map(str, broken), "Danh bạ còn lỗi; sửa rồi chạy lại.")
    library = content.library
    taken = {*library.bulletins, *(bulletin.id for bulletin in library.withdrawn)}
    outcome = Outcome()
    names = Names(library.register)
    for path in _expanded(files, outcome):
        _import_file(root, path, library.register, names, taken, outcome)
    if register:
        _add_entries(root, library.register, outcome)
    _print_sum(outcome, register)
    return 2 if outcome.failed or not outcome.done else 0


def _expanded(files: Sequence[str], outcome: Outcome) -> Iterator[Path]:
    """The files themselves; of a folder those with a known ending, by name."""
    for name in files:
        path = Path(name)
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
            if not inside:
                outcome.failed.append(f"{name}: thư mục không có tệp nào nhập được; nhận {', '.join(ENDINGS)}.")
            yield from inside
        elif path.is_file():
            yield path
        else:
            outcome.failed.append(f"{name}: không có tệp hay thư mục này.")


def _import_file(root: Path, path: Path, register: Register, names: Names, taken: set[str], outcome: Outcome) -> None:
    try:
        draft = draft_of(read_source(path), register, names)
        folder = _written(root, draft, path.name, taken)
    except Unreadable as why:
        outcome.failed.append(f"{path}: {why}.")
    except ImportError:
        outcome.failed.append(f"{path}: {_MISSING.format(ending=path.suffix)}")
    except FileExistsError as why:
        outcome.failed.append(f"{path}: {why}")
    except OSError as error:
        outcome.failed.append(f"{path}: {shown(error.filename)}: {cause(error)}.")
    else:
        outcome.done += 1
        for file, text in draft.entries.items():
            outcome.entries.setdefault(file, {}).update(_by_id(text))
        print(f"{folder}/index.md: {draft.questions} chỗ CẦN XEM, {draft.doubts} chỗ còn ngờ")


def read_source(path: Path) -> SourceText:
    """The text of a file by its ending. Raises `Unreadable`, `ImportError` without the extra, and `OSError`."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise Unreadable(f"không đọc được đuôi “{ending}”; nhận {', '.join(ENDINGS)}")
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"lớn quá {LARGEST // 1_000_000} MB")
    data = path.read_bytes()
    if ending == ".docx":
        return read_word(path.name, data)
    if ending == ".eml":
        return read_mail(path.name, data)
    if ending == ".txt":
        return read_text(path.name, data)
    return read_page(path.name, data, lambda name: _beside(path, name))


def _beside(page: Path, name: str) -> bytes | None:
    """A picture that the browser saved with the page, in the folder of the page's name or right beside it."""
    plain = Path(name).name
    folders = (page.parent / f"{page.stem}_files", page.parent / f"{page.stem}.files", page.parent)
    picture = next((folder / plain for folder in folders if (folder / plain).is_file()), None)
    return picture.read_bytes() if picture else None


def _written(root: Path, draft: Draft, name: str, taken: set[str]) -> str:
    """Write the draft and give its folder. Raises FileExistsError where this file was imported before."""
    draft = _free(root, draft, name, taken)
    folder = root / draft.folder
    with new_folder(folder):
        for file, data in draft.photos.items():
            (folder / file).write_bytes(data)
        (folder / "index.md").write_text(draft.text, encoding="utf-8", newline="\n")
    taken.add(draft.id)
    return draft.folder


def _free(root: Path, draft: Draft, name: str, taken: set[str]) -> Draft:
    """The draft under an id that nothing has: a second bulletin of free ceremony gets `-2`."""
    for n in range(1, _MOST_OF_ONE_KIND):
        draft_id = draft.id if n == 1 else f"{draft.id}-{n}"
        free = replace(draft, id=draft_id, text=draft.text.replace(f"\nid: {draft.id}\n", f"\nid: {draft_id}\n", 1))
        index = root / free.folder / "index.md"
        if index.is_file() and (was := _OF_A_FILE.search(index.read_text(encoding="utf-8"))) and was["name"] == name:
            raise FileExistsError(f"đã nhập rồi, thành {free.folder}/index.md; muốn nhập lại thì xóa thư mục ấy trước.")
        if draft_id not in taken and not (root / free.folder).exists():
            return free
    raise FileExistsError(f"có quá nhiều bản tin cùng mã “{draft.id}”.")


def _by_id(text: str) -> dict[str, str]:
    """The entries of a text of the register, by their ids."""
    starts = list(_ID.finditer(text))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return {match["id"]: text[match.start() : end] for match, end in zip(starts, ends, strict=True)}


def _add_entries(root: Path, register: Register, outcome: Outcome) -> None:
    """Append what the register lacks to its files."""
    known: dict[str, Iterable[str]] = {"units": register.units, "blocs": register.blocs, "hosts": register.hosts}
    for file, entries in outcome.entries.items():
        path = root / "content" / "register" / f"{file}.yaml"
        fresh = [text.rstrip() for entry, text in entries.items() if entry not in known[file]]
        if fresh:
            append(path, ["\n\n".join(["# Mới nhập, cần xem lại tên và mã", *fresh])])


def _print_sum(outcome: Outcome, register: bool) -> None:
    new = {file: len(entries) for file, entries in outcome.entries.items()}
    if new:
        listed = ", ".join(f"{count} mục cho {file}.yaml" for file, count in sorted(new.items()))
        where = "đã thêm vào danh bạ" if register else "ghi sẵn cuối từng bản nháp; --register để thêm vào danh bạ"
        print(f"Danh bạ còn thiếu {listed}: {where}.")
    if outcome.done:
        print(f"Đã tạo {outcome.done} bản nháp. Đọc từng chỗ “đề xuất”, trả lời từng chỗ “CẦN XEM”, rồi chạy:")
        print("python3 tasks.py check")
    print(*outcome.failed, sep="\n", end="\n" if outcome.failed else "", file=sys.stderr)


def _say(code: int, *lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return code
