"""A file's text line by line: as it stands on disk, and as `reading` sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bulletins.reading.sources import visible

_WITH_END = re.compile(r"[^\n]*\n|[^\n]+")
_ENDING = re.compile(r"(\r\n|[\r\n\u2028\u2029])")


class Line(NamedTuple):
    """A line without its end as an author sees it, and as it stands on disk with its end."""

    seen: str
    raw: str


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, from `start` up to and without `end`."""

    start: int
    end: int


Piece = str | Span
"""New text, or a part of the old one."""


def lines_of(text: str) -> list[Line]:
    """The lines of a text just decoded; the last has no end."""
    parts = _ENDING.split(text)
    endings = [*parts[1::2], ""]
    return [Line(visible(body), body + end) for body, end in zip(parts[::2], endings, strict=True)]


def newline_of(text: str) -> str:
    """How lines end in a text: as the first one does."""
    ending = _ENDING.search(text)
    return ending[0] if ending and ending[0] in ("\r\n", "\n", "\r") else "\n"


def joined(lines: Iterable[Line]) -> str:
    """The text that stands on disk."""
    return "".join(line.raw for line in lines)


def seen(lines: Iterable[Line]) -> str:
    """The text that `reading` sees, each line with its end."""
    return "".join(f"{line.seen}\n" for line in lines)


def assembled(lines: list[Line], pieces: Iterable[Piece], newline: str) -> list[Line]:
    """The lines that these pieces of `seen(lines)` and new texts make: an old line that is whole keeps every byte."""
    made: list[Line] = []
    open_line = ""
    text, number_at = seen(lines), _numbers(lines)
    for piece in pieces:
        for part, whole in _parts(piece, text, number_at):
            if whole is not None and not open_line:
                made.append(lines[whole])
                continue
            open_line += part.removesuffix("\n")
            if part.endswith("\n"):
                made.append(Line(open_line, open_line + newline))
                open_line = ""
    return [*(_ended(line, newline) for line in made[:-1]), *made[-1:]]


def _ended(line: Line, newline: str) -> Line:
    """A line that others follow: what was the last of a file has no end."""
    return line if _ENDING.search(line.raw) else Line(line.seen, line.raw + newline)


def _numbers(lines: list[Line]) -> dict[int, int]:
    """The number of the line that begins at an offset."""
    numbers, at = {}, 0
    for number, line in enumerate(lines):
        numbers[at] = number
        at += len(line.seen) + 1
    return numbers


def _parts(piece: Piece, text: str, number_at: dict[int, int]) -> Iterator[tuple[str, int | None]]:
    """A piece line by line, each with the number of the old line if it is the whole of it."""
    if isinstance(piece, str):
        yield from ((part, None) for part in _WITH_END.findall(piece))
        return
    at = piece.start
    while at < piece.end:
        end = min(text.index("\n", at) + 1, piece.end)
        is_whole = at in number_at and text[end - 1] == "\n"
        yield text[at:end], number_at[at] if is_whole else None
        at = end
