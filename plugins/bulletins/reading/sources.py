"""Files of the content folder: which ones are ours, and their text, decoded without loss or refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.frontmatter import MOST_MISTAKES, Malformed
from bulletins.reading.rules.messages import INVISIBLE, NOT_COMPOSED
from bulletins.vietnamese.folding import nfc

LARGEST = 1_000_000
"""Bytes of a bulletin's file; a long bulletin has some ten thousand."""

LARGEST_REGISTER = 20_000_000
"""Bytes of a file of the register: some hundred thousand entries."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
"""How the files of word processors begin: packed ones, those of before 2007, and RTF."""

_STRANGE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff"
_UNSEEN = "\u00a0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c\u180e"
_UNSEEN += "\ufff9-\ufffb\U000e0000-\U000e007f"
_NOTABLE = re.compile(f"[{_STRANGE}{_UNSEEN}]")
_REFUSED = re.compile(f"[{_STRANGE}]")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SEEN_AS = {**dict.fromkeys(map(ord, "\u2028\u2029"), "\n"), 0xA0: " "}
"""What an invisible character stands for; those not here stand for nothing."""

_CONTINUED = "\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
_CONTINUED += "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_MOJIBAKE = re.compile(f"\u00e1[\u00ba\u00bb][{_CONTINUED}]|[\u00c4\u00c6][{_CONTINUED}]")
"""`á»‡`, `Ä‘`, `Æ°`: bytes of Vietnamese letters shown one by one; no Vietnamese word has Ä or Æ."""
_MAYBE_MOJIBAKE = re.compile(f"[\u00c2-\u00f4][{_CONTINUED}]")

_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_NAMES = {"\u00a0": "NBSP", "\u00ad": "soft hyphen", "\u200b": "zero-width space", "\ufeff": "BOM"}
_VIETNAMESE = re.compile("[\x00-\x7f\u00a0“”‘’–—…«»°©®·ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]*")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk and its name in messages: its path from the project's root, with `/`."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, NFC and with `\\n`, and what its author may like to know of it.

    `is_clean` says that nothing in it had to be cleaned.
    """

    text: str
    warnings: tuple[Mistake, ...] = ()
    is_clean: bool = False


def read_text(source: SourceFile, most: int = LARGEST) -> Decoded:
    """The file's text: UTF-8, NFC, LF, without invisible marks. Raises `Malformed` for all that is something else."""
    try:
        size = source.path.stat().st_size
        if size > most:
            raise Malformed(messages.TOO_LARGE.at(source.name, 1, 1, size=size // 1000, most=most // 1000))
        data = source.path.read_bytes()
    except OSError as error:
        raise Malformed(messages.UNREADABLE.at(source.name, 1, 1, why=error.strerror)) from error
    return cleaned(source.name, _decode(source.name, data))


def cleaned(name: str, text: str) -> Decoded:
    """A decoded text as it is read; `name` is the file's in messages. Raises `Malformed` for characters of no text."""
    typed = text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    warnings: list[Mistake] = []
    wrong = mojibake(text)
    if wrong is not None:
        raise Malformed(messages.MOJIBAKE.at(name, *_place(text, wrong), written=text[wrong : wrong + 3]))
    # What is printed is not notable; to ask that of a whole text takes half the time of the search.
    if not text.replace("\n", "").isprintable() and _NOTABLE.search(text):
        _refuse_strange(name, text)
        warnings.append(_unseen(name, text))
        text = _INVISIBLE.sub(lambda match: _SEEN_AS.get(ord(match[0]), ""), text)
    if not unicodedata.is_normalized("NFC", text):
        warnings.append(_apart(name, text))
        text = nfc(text)
    return Decoded(text, tuple(warnings), text is typed)


def meant_text(path: Path) -> str | None:
    """The text of a refused file of the register as its author sees it, where its encoding is certain.

    None where nobody knows, and of a file that was refused for its size.
    """
    try:
        if path.stat().st_size > LARGEST_REGISTER:
            return None
        data = path.read_bytes()
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except OSError:
        return None  # that it cannot be read was told when it was refused
    except UnicodeDecodeError:
        return windows_1258(data)
    return visible(_REFUSED.sub("", unmojibaked(text.replace("\r\n", "\n"))))


def clean_text(source: SourceFile) -> str:
    """The text of a file of which it is known that it is clean. Raises `Malformed` for no text, and OSError."""
    return _decode(source.name, source.path.read_bytes())


def escaped(text: str) -> str | None:
    """The first character of a value that only an escape can have put there and nobody sees, as `U+0007`; or `None`."""
    if text.isprintable():
        return None
    match = next((m for m in _NOTABLE.finditer(text) if m[0] != "\u00a0"), None)
    return f"U+{ord(match[0]):04X}" if match else None


def mojibake(text: str) -> int | None:
    """Where UTF-8 stands that some program took for Western letters (`á»‡` for `ệ`); None where it nowhere does.

    What would be a soft hyphen or an NBSP is a part of a letter there: who removes it loses the letter.
    """
    if not _MAYBE_MOJIBAKE.search(text):
        return None
    start = 0
    for line in text.split("\n"):
        match = _MAYBE_MOJIBAKE.search(line)
        if match and (_MOJIBAKE.search(line) or _as_meant(line) != line):
            return start + match.start()
        start += len(line) + 1
    return None


def unmojibaked(text: str) -> str:
    """The text with every line that is such as it was meant, if it was so twice; a line that is not all of it stays."""
    return "\n".join(_as_meant(_as_meant(line)) for line in text.split("\n"))


def _as_meant(line: str) -> str:
    """The line whose UTF-8 was shown as Western letters. Hardly any text in a Western encoding is UTF-8 by chance."""
    if line.isascii():
        return line
    try:
        return b"".join(map(_western, line)).decode("utf-8")
    except UnicodeError:
        return line


def _western(letter: str) -> bytes:
    """The byte that Western programs show as this letter; raises UnicodeEncodeError for one that they have not."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def visible(text: str) -> str:
    """The text as an author sees it: composed, with blanks for NBSP and nothing for what cannot be seen."""
    return nfc(_INVISIBLE.sub(lambda match: _SEEN_AS.get(ord(match[0]), ""), text))


def _unseen(name: str, text: str) -> Mistake:
    matches = list(_INVISIBLE.finditer(text))
    names = dict.fromkeys(_NAMES.get(match[0], f"U+{ord(match[0]):04X}") for match in matches)
    return INVISIBLE.at(name, *_place(text, matches[0].start()), count=len(matches), names=", ".join(names))


def _apart(name: str, text: str) -> Mistake:
    """Where letters and marks first stand apart, and on how many lines they do: the text is not NFC."""
    lines = text.split("\n")
    wrong = [n for n, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)]
    first = lines[wrong[0] - 1]
    column = next(n for n in range(1, len(first) + 1) if not unicodedata.is_normalized("NFC", first[:n]))
    return NOT_COMPOSED.at(name, wrong[0], column, count=len(wrong))


def _place(text: str, start: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _decode(name: str, data: bytes) -> str:
    if data.startswith(_OFFICE):
        raise Malformed(messages.OFFICE_FILE.at(name, 1, 1))
    if data.startswith(_UTF16) or _looks_like_utf_16(data):
        raise Malformed(messages.UTF_16.at(name, 1, 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise Malformed(_undecodable(name, line, column, error)) from error


def _undecodable(name: str, line: int, column: int, error: UnicodeDecodeError) -> Mistake:
    data, start = error.object, error.start
    if error.reason == "unexpected end of data":
        return messages.CUT_LETTER.at(name, line, column)
    if _SURROGATE.match(data, start):
        return messages.SURROGATE.at(name, line, column)
    meant = windows_1258(data)
    if meant is not None:
        return messages.WINDOWS_1258.at(name, line, column, line=meant.splitlines()[line - 1].strip())
    return messages.NOT_UTF_8.at(name, line, column)


def _looks_like_utf_16(data: bytes) -> bool:
    """UTF-16 without its mark: every other byte of the first line is zero."""
    start = data[:64]
    return len(start) > 3 and (not any(start[1:12:2]) or not any(start[0:12:2]))


def windows_1258(data: bytes) -> str | None:
    """The text of a file in windows-1258, or `None` if it makes no Vietnamese text."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    marks = any(mark in text for mark in "\u0300\u0301\u0303\u0309\u0323")
    return nfc(text) if marks and _VIETNAMESE.fullmatch(nfc(text)) else None


def _refuse_strange(name: str, text: str) -> None:
    mistakes = [
        messages.STRANGE.at(name, line_number, match.start() + 1, code=f"{ord(match[0]):04X}")
        for line_number, line in enumerate(text.split("\n"), 1)
        for match in _REFUSED.finditer(line)
    ]
    if mistakes:
        raise Malformed(*mistakes[:MOST_MISTAKES])
