"""A bulletin's file, or one of the register, with other data in it; what was written is read again to make sure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from bulletins.reading import layout as layouts
from bulletins.reading.frontmatter import Loc, Malformed, parse, split
from bulletins.reading.layout import layout
from bulletins.reading.sources import cleaned
from bulletins.writing.lines import Line, joined, lines_of, newline_of, seen
from bulletins.writing.surgeon import changed


class NotWritable(Exception):
    """The data cannot be written into this text without changing something else."""


def with_data(
    text: str, wanted: Any, verbatim: frozenset[str], body: str | None = None, settled: Iterable[Loc] = ()
) -> str:
    """The text of a bulletin's file with `wanted` as its front matter, and `body` (or the old one) below.

    `text` is the file's, decoded and otherwise as it stands on disk, a byte order mark included. Comments behind the
    values at the places `settled` go away. Raises `NotWritable`, and `Malformed` for a text that cannot be read.
    """
    lines, newline = lines_of(text), newline_of(text)
    head_end = _end_of_head(lines)
    head = changed(lines[1:head_end], wanted, newline, verbatim, settled)
    below = lines[head_end + 1 :] if body is None else _body(lines[head_end + 1 :], body, newline)
    written = joined([lines[0], *head, lines[head_end], *below])
    if _read(written, verbatim) != (wanted, seen(below)[:-1] if below else ""):
        raise NotWritable
    return written


def with_entries(text: str, wanted: Any, verbatim: frozenset[str], settled: Iterable[Loc] = ()) -> str:
    """The text of a file of the register with `wanted` as its data. Raises as `with_data` does."""
    lines = changed(lines_of(text), wanted, newline_of(text), verbatim, settled)
    written = joined(lines)
    try:
        data = parse("", cleaned("", written).text, verbatim=verbatim).data
    except Malformed as malformed:
        raise NotWritable from malformed
    if data != wanted:
        raise NotWritable
    return written


def comments(text: str, verbatim: frozenset[str]) -> dict[Loc, str]:
    """The comments behind values of a bulletin's front matter, each from its `#` on, by the value's place.

    Raises `Malformed`.
    """
    head, _, _ = split("", cleaned("", text).text)
    parse("", head, verbatim=verbatim)
    root = layout(head, verbatim)
    return {loc: comment.text for loc, comment in layouts.comments(head, root).items()} if root else {}


def _read(written: str, verbatim: frozenset[str]) -> tuple[Any, str] | None:
    """Front matter and text of a file as `reading` takes them apart; None if it cannot."""
    try:
        head, body, _ = split("", cleaned("", written).text)
        return parse("", head, verbatim=verbatim).data, body
    except Malformed:
        return None


def _end_of_head(lines: list[Line]) -> int:
    """The number of the line with the second `---`. Raises `Malformed`."""
    text = seen(lines)[:-1]
    _, _, first_of_body = split("", text)
    return first_of_body - 2


def _body(old: list[Line], body: str, newline: str) -> list[Line]:
    """The lines of a text: those that it had keep every byte."""
    new = body.split("\n")
    before = [line.seen for line in old]
    made: list[Line] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, new, autojunk=False).get_opcodes():
        made += old[start:end] if tag == "equal" else [Line(line, line + newline) for line in new[first:last]]
    return [*(_with_end(line, newline) for line in made[:-1]), *(Line(line.seen, line.seen) for line in made[-1:])]


def _with_end(line: Line, newline: str) -> Line:
    return line if line.raw.endswith(("\n", "\r", "\u2028", "\u2029")) else Line(line.seen, line.seen + newline)
