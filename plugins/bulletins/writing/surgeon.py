"""A YAML text with other data in it, in which only the differing entries are written anew.

Comments, order, quotes, blank lines and every character of what stays the same stay. What is written is made of pieces
of the old text and new text; lists are put in order first (pass after pass, from the outside in), then values change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bulletins.reading.frontmatter import Loc
from bulletins.reading.layout import Node, Point, comments, layout
from bulletins.writing import scalars
from bulletins.writing.alignment import aligned, in_place
from bulletins.writing.lines import Line, Piece, Span, assembled, seen
from bulletins.writing.scalars import Habit

STEP = 2
"""Columns that a group stands in from its key."""

PASSES = 25
"""More than a tree is deep: a text that is not done after so many is not written."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Pieces that stand where the characters from `start` to `end` did."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value belongs: just behind its key or dash; groups below it begin in column `indent`."""

    end: int
    indent: int
    key: str | None


def changed(
    lines: list[Line], wanted: Any, newline: str, verbatim: frozenset[str], settled: Iterable[Loc] = ()
) -> list[Line]:
    """The lines with the wanted data, if they can be made; whoever calls reads them again and compares.

    Comments behind the values at the places `settled` go away.
    """
    arranged: set[Loc] = set()
    for _ in range(PASSES):
        text = seen(lines)
        operation = _Operation(text, layout(text, verbatim), verbatim, arranged)
        edits = operation.edits(wanted)
        if not edits:
            return _without_comments(lines, settled, newline, verbatim)
        lines = assembled(lines, _pieces(text, edits), newline)
    return lines


def _without_comments(lines: list[Line], locs: Iterable[Loc], newline: str, verbatim: frozenset[str]) -> list[Line]:
    text = seen(lines)
    root = layout(text, verbatim)
    offsets = _Offsets(text)
    behind = comments(text, root) if root else {}
    edits = []
    for loc in {loc for loc in locs if loc in behind}:
        start = offsets.of(behind[loc].start)
        edits.append(Edit(len(text[:start].rstrip(" \t")), text.index("\n", start), ()))
    return assembled(lines, _pieces(text, edits), newline) if edits else lines


def _pieces(text: str, edits: list[Edit]) -> Iterator[Piece]:
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start > at:
            yield Span(at, edit.start)
        yield from edit.pieces
        at = max(at, edit.end)
    if at < len(text):
        yield Span(at, len(text))


class _Offsets:
    """Offsets of places in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def of(self, point: Point) -> int:
        return min(self.starts[min(point.line, len(self.starts) - 1)] + point.column, len(self.text))

    def line(self, number: int) -> int:
        """Where a line begins."""
        return min(self.starts[min(number, len(self.starts) - 1)], len(self.text))

    def before(self, point: Point) -> str:
        """What stands in its line before a place."""
        return self.text[self.line(point.line) : self.of(point)]


@dataclass
class _Operation:
    """One pass over a text: the edits that bring it nearer to the wanted data."""

    text: str
    root: Node | None
    verbatim: frozenset[str]
    arranged: set[Loc]
    made: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = _Offsets(self.text)
        self.habit = _habit(self.root)

    def edits(self, wanted: Any) -> list[Edit]:
        root = self.root
        if root and root.is_block and type(root.data) is type(wanted) and _goes_on(root.data, wanted):
            self._group(root, wanted, ())
        elif (root.data if root else None) != wanted:
            self._whole(root, wanted)
        return self.made

    def _edit(self, start: int, end: int, *pieces: Piece) -> None:
        self.made.append(Edit(start, end, tuple(piece for piece in pieces if piece)))

    def _whole(self, root: Node | None, wanted: Any) -> None:
        """A text whose root is another kind of thing, or nothing at all."""
        lines = "".join(f"{line}\n" for line in _written(wanted, 0, self.habit))
        start, end = (self.at.line(root.start.line), self._line_end(root)) if root else (0, 0)
        self._edit(start, end, lines)

    def _line_end(self, node: Node) -> int:
        return self.at.line(node.end.line + 1)

    # Groups

    def _group(self, node: Node, wanted: Any, loc: Loc) -> None:
        if isinstance(wanted, dict):
            self._mapping(node, wanted, loc)
        elif loc in self.arranged or in_place(node.data, wanted):
            self.arranged.add(loc)
            for n, item in enumerate(wanted):
                slot = Slot(self.at.of(node.keys[n]) + 1, node.keys[n].column + STEP, None)
                self._value(node.inside[n], item, slot, (*loc, n))
        else:
            self.arranged.add(loc)
            self._arrange(node, wanted)

    def _mapping(self, node: Node, wanted: dict[str, Any], loc: Loc) -> None:
        self._remove([key for key in node.data if key not in wanted], node)
        for key, child in node.inside.items():
            if key in wanted:
                self._value(child, wanted[key], self._slot(node, str(key)), (*loc, key))
        before = next(key for key in node.data if key in wanted)
        for key, value in wanted.items():
            if key in node.data:
                before = key
            else:
                column = node.start.column
                lines = _entry(key, value, column, self.habit)
                end = self._line_end(node.inside[before])
                self._edit(end, end, "".join(f"{line}\n" for line in lines))

    def _slot(self, node: Node, key: str) -> Slot:
        start = self.at.of(node.keys[key])
        colon = self.text.index(":", start + len(key))
        return Slot(colon + 1, node.keys[key].column + STEP, key)

    def _remove(self, gone: list[str], node: Node) -> None:
        kept = [key for key in node.data if key not in gone]
        head = list(node.data)[: list(node.data).index(kept[0])]
        in_line = bool(self.at.before(node.start).strip())
        for key in gone:
            if not (in_line and key in head):
                self._edit(self.at.line(node.keys[key].line), self._line_end(node.inside[key]))
        if in_line and head:
            # The next field moves up behind the dash; comments between them stand above it.
            follows = node.keys[kept[0]]
            self._edit(
                self.at.line(node.start.line), self.at.line(node.start.line), self._comments(node, head, follows)
            )
            self._edit(self.at.of(node.start), self.at.of(follows))

    def _comments(self, node: Node, keys: list[str], follows: Point) -> str:
        ends = [*(node.keys[key].line for key in keys[1:]), follows.line]
        kept = []
        for key, end in zip(keys, ends, strict=True):
            between = self.text[self._line_end(node.inside[key]) : self.at.line(end)]
            kept += [line for line in between.split("\n") if line.strip()]
        return "".join(f"{line}\n" for line in kept)

    # Lists

    def _arrange(self, node: Node, wanted: list[Any]) -> None:
        if self.at.before(node.start).strip():
            lines = _written(wanted, node.start.column, self.habit)
            self._edit(self.at.of(node.start), self.at.of(node.end), "\n".join(lines).lstrip())
            return
        chunks = [Span(self.at.line(node.keys[n].line), self._line_end(node.inside[n])) for n in range(len(node.data))]
        above = [Span(0, 0), *(Span(first.end, second.start) for first, second in pairwise(chunks))]
        match = aligned(node.data, wanted)
        self._edit(chunks[0].start, chunks[-1].end, *self._in_order(node, wanted, match, chunks, above))

    def _in_order(
        self, node: Node, wanted: list[Any], match: dict[int, int], chunks: list[Span], above: list[Span]
    ) -> Iterator[Piece]:
        """The list's items as they are wanted, each with what stands above it; comments of those that go stay."""
        apart = bool(above[1:]) and all(self._text(span).startswith("\n") for span in above[1:])
        kept = set(match.values())
        orphans = [n for n in range(len(chunks)) if n not in kept and "#" in self._text(above[n])]
        for n, item in enumerate(wanted):
            old = match.get(n)
            for orphan in [place for place in orphans if old is not None and place < old]:
                orphans.remove(orphan)
                yield above[orphan]
            if old and (n or "#" in self._text(above[old])):
                yield above[old]
            elif apart and n:
                yield "\n"
            yield chunks[old] if old is not None else self._item(item, node.start.column)
        yield from (above[orphan] for orphan in orphans)

    def _item(self, item: Any, column: int) -> str:
        return "".join(f"{line}\n" for line in _written([item], column, self.habit))

    def _text(self, span: Span) -> str:
        return self.text[span.start : span.end]

    # Values

    def _value(self, node: Node, wanted: Any, slot: Slot, loc: Loc) -> None:
        if node.data == wanted and type(node.data) is type(wanted):
            return
        same_kind = type(node.data) is type(wanted) and isinstance(wanted, dict | list)
        if same_kind and node.style == "flow" and node.data and wanted:
            self._edit(self.at.of(node.start), self.at.of(node.end), self._flow(node, wanted))
        elif same_kind and node.is_block and _goes_on(node.data, wanted):
            self._group(node, wanted, loc)
        elif isinstance(wanted, dict | list) and wanted:
            self._replace_by_group(node, wanted, slot)
        else:
            self._replace_by_line(node, wanted, slot)

    def _replace_by_line(self, node: Node, wanted: Any, slot: Slot) -> None:
        text = self._inline(node, wanted, slot)
        lines: list[str] = []
        if text is None:
            text, *lines = self._block(node, wanted, slot)
        below = node.is_block and self.at.of(Point(node.start.line, 0)) > slot.end
        start = slot.end if node.data is None or below else self.at.of(node.start)
        gap = " " if start == slot.end and text else ""
        if node.data is None and node.style == "" and self.at.of(node.end) > slot.end:  # `~` or `null`
            start, gap = self.at.of(node.start), ""
        if below:
            self._edit(start, start, gap + text)
            self._edit(self.at.line(node.start.line), self._line_end(node))
        else:
            self._edit(start, max(start, self.at.of(node.end)), gap + text)
        end = self._line_end(node) if not below else self.text.index("\n", slot.end) + 1
        if lines:
            self._edit(end, end, "".join(f"{line}\n" for line in lines))

    def _inline(self, node: Node, wanted: Any, slot: Slot) -> str | None:
        if isinstance(wanted, dict | list):
            return "{}" if isinstance(wanted, dict) else "[]"
        if node.is_block or node.style == "flow" or node.data is None:
            return None if wanted and "\n" in wanted.strip("\n") else scalars.one_line(wanted, self.habit)
        return scalars.like(wanted, node.style, slot.key, self.verbatim, self.habit)

    def _block(self, node: Node, wanted: str, slot: Slot) -> list[str]:
        style = ">" if node.style == ">" and scalars.can_fold(wanted) else "|"
        widths = [len(line) for line in self.text[self.at.of(node.start) : self.at.of(node.end)].split("\n")]
        return scalars.block(wanted, style, slot.indent, max(60, *widths))

    def _replace_by_group(self, node: Node, wanted: Any, slot: Slot) -> None:
        is_item = slot.key is None
        indent = slot.indent if is_item or isinstance(wanted, dict) else slot.indent - STEP + self.habit.list_indent
        lines = _written(wanted, indent, self.habit)
        below = self.at.line(node.start.line) > slot.end
        if node.is_block and below:
            self._edit(self.at.line(node.start.line), self._line_end(node), "".join(f"{line}\n" for line in lines))
            return
        first = " " + lines.pop(0).lstrip() if is_item else ""
        start = slot.end if not below else self.at.of(node.start)
        if below:
            self._edit(slot.end, slot.end, first)
        self._edit(start, max(start, self.at.of(node.end)), "" if below else first)
        end = self._line_end(node) if self.at.of(node.end) > slot.end else self.text.index("\n", slot.end) + 1
        self._edit(end, end, "".join(f"{line}\n" for line in lines))

    # Between brackets and braces

    def _flow(self, node: Node | None, wanted: Any) -> str:
        if node and node.data == wanted:
            return self._text(Span(self.at.of(node.start), self.at.of(node.end))) or "null"
        if isinstance(wanted, dict):
            inside = node.inside if node and isinstance(node.data, dict) else {}
            pairs = (f"{scalars.in_flow(key, '')}: {self._flow(inside.get(key), item)}" for key, item in wanted.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(wanted, list):
            match = aligned(node.data, wanted) if node and isinstance(node.data, list) else {}
            items = (node.inside[match[n]] if node and n in match else None for n in range(len(wanted)))
            return "[" + ", ".join(self._flow(old, item) for old, item in zip(items, wanted, strict=True)) + "]"
        return scalars.in_flow(wanted, node.style if node else "")


def _goes_on(data: Any, wanted: Any) -> bool:
    """Whether a group of lines can become another by changes inside it."""
    return bool(data and wanted and (isinstance(wanted, list) or any(key in data for key in wanted)))


def _habit(root: Node | None) -> Habit:
    """How most texts of several words are written, and lists below keys."""
    if root is None:
        return Habit()
    texts = [node.style for _, node in root.walk() if isinstance(node.data, str) and " " in node.data]
    indents = [
        child.start.column - node.start.column
        for _, node in root.walk()
        if node.style == "mapping"
        for child in node.inside.values()
        if child.style == "sequence"
    ]
    return Habit(texts.count('"') * 2 > len(texts), 0 if indents.count(0) * 2 > len(indents) else STEP)


def _entry(key: str, value: Any, column: int, habit: Habit) -> list[str]:
    """The lines of a new field."""
    name = f"{' ' * column}{scalars.one_line(key, Habit())}:"
    if isinstance(value, dict | list) and value:
        return [name, *_written(value, column + (STEP if isinstance(value, dict) else habit.list_indent), habit)]
    return _with_value(name, value, column + STEP, habit)


def _with_value(name: str, value: Any, indent: int, habit: Habit) -> list[str]:
    if isinstance(value, dict | list):
        return [f"{name} {'{}' if isinstance(value, dict) else '[]'}"]
    if value and "\n" in value.strip("\n") and scalars.fits_block(value):
        sign, *lines = scalars.block(value, "|", indent)
        return [f"{name} {sign}", *lines]
    return [f"{name} {scalars.one_line(value, habit)}".rstrip()]


def _written(value: Any, column: int, habit: Habit) -> list[str]:
    """The lines of a new group, from this column on."""
    if isinstance(value, dict) and value:
        return [line for key, item in value.items() for line in _entry(key, item, column, habit)]
    if not isinstance(value, list) or not value:
        return [" " * column + (_with_value("", value, column, habit)[0].lstrip() or "null")]
    made: list[str] = []
    for item in value:
        if isinstance(item, dict | list) and item:
            lines = _written(item, column + STEP, habit)
            made += [" " * column + "- " + lines[0].lstrip(), *lines[1:]]
        else:
            made += _with_value(" " * column + "-", item, column + STEP, habit)
    return made
