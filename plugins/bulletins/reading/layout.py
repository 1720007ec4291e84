"""Where each value of a YAML text begins and ends: what a writer must know that leaves the rest as it is.

Only for texts that `frontmatter.parse` has read without a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from bulletins.reading.frontmatter import Loc, events
from bulletins.reading.verbatim import quoted

_NOTHING = frozenset({"", "~", "null"})
_BLANK = re.compile(r"[ \t]*(#|\Z)")


class Point(NamedTuple):
    """Line and column in the text, from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A value: its data, where it stands, and how it is written.

    `style` is that of a scalar (`'`, `"`, `|`, `>` or nothing), or `flow`, `mapping`, `sequence`. `end` is just after
    its last character; a comment behind it is not part of it. `keys` say where each key or dash stands.
    """

    data: Any
    start: Point
    end: Point
    style: str
    keys: dict[str | int, Point] = field(default_factory=dict)
    inside: dict[str | int, Node] = field(default_factory=dict)

    @property
    def is_block(self) -> bool:
        """Whether it is a group with a line, or several, for each of its entries."""
        return self.style in ("mapping", "sequence")

    def at(self, loc: Loc) -> Node | None:
        """The value at a place, if it is there."""
        node: Node | None = self
        for part in loc:
            node = node.inside.get(part) if node else None
        return node

    def walk(self, loc: Loc = ()) -> Iterator[tuple[Loc, Node]]:
        """Every value inside, with its place; each before what it holds."""
        yield loc, self
        for key, node in self.inside.items():
            yield from node.walk((*loc, key))


def layout(text: str, verbatim: frozenset[str] = frozenset()) -> Node | None:
    """The values of the text, or None if it holds nothing; `verbatim` as for `frontmatter.parse`."""
    return _Layout(text, quoted(text, verbatim)).build()


class _Layout:
    """Follows the parser's events. Lines that `verbatim` put into quotes end otherwise than the parser says."""

    def __init__(self, text: str, as_parsed: str) -> None:
        self.lines = text.split("\n")
        self.parsed_lines = as_parsed.split("\n")
        self._next = events(as_parsed)

    def build(self) -> Node | None:
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                return self._value(self._next())
        return None

    def _value(self, event: Any) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        style = "flow" if event.flow_style else "mapping" if is_mapping else "sequence"
        start = Point(event.start_mark.line, event.start_mark.column)
        node = Node({} if is_mapping else [], start, start, style)
        (self._mapping if is_mapping else self._sequence)(node)
        return node

    def _scalar(self, event: Any) -> Node:
        start = Point(event.start_mark.line, event.start_mark.column)
        nothing = event.value in _NOTHING and event.implicit[0]
        line, parsed = self.lines[start.line], self.parsed_lines[start.line]
        if line != parsed and parsed[start.column] == '"':
            # In quotes for the parser alone: the value is the rest of the line, as typed.
            return Node(event.value, start, Point(start.line, len(line.rstrip(" \t"))), "")
        style = "" if event.style is None else event.style
        end = self._end_of_block(event) if style in "|>" and style else event.end_mark
        return Node(None if nothing else event.value, start, Point(end.line, end.column), style)

    def _end_of_block(self, event: Any) -> Point:
        """The end of the last line of a block of text; blank lines below it belong to it only where they are kept."""
        last = event.end_mark.line - (event.end_mark.column == 0 or event.end_mark.line >= len(self.lines))
        last = min(last, len(self.lines) - 1)
        header = self.lines[event.start_mark.line][event.start_mark.column :].split("#")[0]
        while last > event.start_mark.line and "+" not in header and not self.lines[last].strip(" "):
            last -= 1
        return Point(last, len(self.lines[last]))

    def _mapping(self, node: Node) -> None:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = str(event.value)
            node.keys[key] = Point(event.start_mark.line, event.start_mark.column)
            child = self._value(self._next())
            node.inside[key], node.data[key] = child, child.data
            node.end = child.end
        self._close(node, event)

    def _sequence(self, node: Node) -> None:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            child = self._value(event)
            n = len(node.data)
            node.keys[n] = child.start if node.style == "flow" else self._dash(node, child)
            node.data.append(child.data)
            node.inside[n] = child
            node.end = child.end
        self._close(node, event)

    def _close(self, node: Node, event: Any) -> None:
        if node.style == "flow":
            node.end = Point(event.end_mark.line, event.end_mark.column)

    def _dash(self, node: Node, child: Node) -> Point:
        """The dash of a list's next item: the first in the list's column below the item before it."""
        if not node.data:
            return node.start
        column = node.start.column
        for number in range(node.end.line + 1, child.start.line + 1):
            line = self.lines[number]
            if line[column : column + 1] == "-" and not line[:column].strip():
                return Point(number, column)
        return Point(child.start.line, column)


class Comment(NamedTuple):
    """A comment behind a value, or behind the key of a group that stands below: its text from `#` on, and its place."""

    text: str
    start: Point


def comments(text: str, root: Node) -> dict[Loc, Comment]:
    """Every comment that stands behind a value or a key, by the value's place."""
    lines = text.split("\n")
    behind: dict[Loc, Comment] = {}
    for loc, node in root.walk():
        for key, inner in node.inside.items():
            comment = _behind(lines, _end_of_line_of(node.keys[key], inner, key, lines))
            if comment:
                behind[(*loc, key)] = comment
    return behind


def _end_of_line_of(key_at: Point, node: Node, key: str | int, lines: list[str]) -> Point:
    """Where the text of an entry's line ends: behind its value, or behind its key if the value stands below."""
    if not node.is_block:
        return node.end
    below = node.start.line > key_at.line and isinstance(key, str)
    colon = lines[key_at.line].find(":", key_at.column + len(str(key))) if below else -1
    return Point(key_at.line, colon + 1) if colon >= 0 else Point(len(lines), 0)


def _behind(lines: list[str], end: Point) -> Comment | None:
    rest = lines[end.line][end.column :] if end.line < len(lines) else ""
    match = _BLANK.match(rest)
    if not match or not match[1]:
        return None
    return Comment(rest[match.start(1) :], Point(end.line, end.column + match.start(1)))
