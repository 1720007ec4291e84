"""Files of the content folder: which ones are ours, and their text, decoded without loss or refused."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletins.mistakes import Mistake
from bulletins.reading.frontmatter import Malformed
from bulletins.vietnamese.folding import nfc

LARGEST = 1_000_000
"""Bytes of a bulletin's file; a long bulletin has some ten thousand."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk and its name in messages: its path from the project's root, with `/`."""

    path: Path
    name: str


def is_ignored(name: str) -> bool:
    """Whether a file or folder is none of ours: hidden, or left behind by an office program or an editor."""
    return (
        name.startswith((".", "~$", "#"))
        or name.endswith(("~", ".tmp", ".bak"))
        or name in ("Thumbs.db", "desktop.ini")
    )


def walk(folder: Path, root: Path) -> Iterator[tuple[Path, list[Source], list[Mistake]]]:
    """Every folder below `folder`, in order: its path, its own files, and the links found in it, which are refused."""
    if not folder.is_dir():
        return
    entries = sorted((e for e in os.scandir(folder) if not is_ignored(e.name)), key=lambda e: nfc(e.name))
    name = {e.name: (Path(e.path).relative_to(root)).as_posix() for e in entries}
    links = [_link_mistake(name[e.name]) for e in entries if e.is_symlink()]
    kept = [e for e in entries if not e.is_symlink()]
    yield folder, [Source(Path(e.path), name[e.name]) for e in kept if e.is_file()], links
    for entry in kept:
        if entry.is_dir():
            yield from walk(Path(entry.path), root)


def _link_mistake(name: str) -> Mistake:
    return Mistake(name, 1, 1, "F4", "đây là liên kết tới nơi khác; chép chính tệp đó vào thư mục này")


def read_text(source: Source) -> str:
    """The file's text: UTF-8, NFC, LF, without invisible marks. Raises `Malformed`."""
    size = source.path.stat().st_size
    if size > LARGEST:
        message = f"tệp quá lớn ({size // 1000} kB, tối đa {LARGEST // 1000} kB); chia thành nhiều bản tin"
        raise Malformed(Mistake(source.name, 1, 1, "F3", message))
    text = _decode(source.name, source.path.read_bytes())
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    _refuse_strange(source.name, text)
    return nfc(text.replace("\u00a0", " ").replace("\u2028", "\n").replace("\u2029", "\n"))


def _decode(name: str, data: bytes) -> str:
    if data.startswith(_UTF16):
        message = "tệp lưu theo bảng mã UTF-16; mở lại, chọn Lưu thành (Save as) với bảng mã UTF-8"
        raise Malformed(Mistake(name, 1, 1, "F1", message))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = "tệp không phải bảng mã UTF-8 (có thể là windows-1258, TCVN3 hay VNI); lưu lại theo UTF-8"
        raise Malformed(Mistake(name, before.count(b"\n") + 1, column, "F1", message)) from error


def _refuse_strange(name: str, text: str) -> None:
    found = [
        _strange(name, line_number, match)
        for line_number, line in enumerate(text.split("\n"), 1)
        for match in _REFUSED.finditer(line)
    ]
    if found:
        raise Malformed(*found)


def _strange(name: str, line: int, match: re.Match[str]) -> Mistake:
    message = f"ký tự lạ U+{ord(match.group()):04X} (thường do chép từ Word); xóa và gõ lại"
    return Mistake(name, line, match.start() + 1, "F2", message)
