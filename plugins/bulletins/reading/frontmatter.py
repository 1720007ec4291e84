"""The syntax of front matter and of the register: YAML read as texts with positions, and nothing clever in it.

Every scalar stays the text its author typed; types come later, from the model. Anchors, aliases, tags and duplicate
keys are refused: they carry surprises (`16:25` is no 985 here) and bombs (`faults.md` rows 3 to 5).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import yaml

from bulletins.mistakes import Message, Mistake
from bulletins.reading import messages
from bulletins.reading.verbatim import quoted

Loc = tuple[str | int, ...]
DEEPEST = 20
MOST_MISTAKES = 20
"""Of syntax, in one file: a bomb of aliases is answered with these, not with a hundred thousand lines."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_START = re.compile(r"---[^\S\n]*(?:\n|\Z)")
_END = re.compile(r"\n" + _START.pattern)
_GLUED = re.compile(r"[ \t]*(?:- )?(?P<key>[a-z_]+)(?::(?=[^\s/:])|[ \t]*[\uff1a=])")
"""A field with no blank behind its colon (`title:Khối`), with a colon of another script, or with `=`; no address."""
_NOTHING = frozenset({"", "~", "null"})


class Position(NamedTuple):
    """Line and column in the file, from 1."""

    line: int
    column: int


class _Mark(Protocol):
    """A place in the YAML text, counted from 0."""

    line: int
    column: int


@dataclass(slots=True)
class _Group:
    """Where a mapping or a list stands, each of its keys, and each of the things it holds."""

    mark: _Mark
    keys: dict[str | int, _Mark]
    inside: dict[str | int, _Spot]


_Spot = _Group | _Mark
"""Where a value stands, as the parser tells it: most places are never asked for."""


@dataclass(slots=True)
class Tree:
    """Data made of dicts, lists, texts and `None`, with where each value and each key stands."""

    name: str
    first_line: int = 1
    data: Any = None
    places: _Spot | None = None
    has_gaps: bool = False
    """Whether `None` stands anywhere in it."""

    def position(self, loc: Loc, *, key: bool = False) -> Position:
        """Where a value (or its key) stands; for one that is not there, where what should hold it stands."""
        place = self._reached(loc)[1]
        mark = (self._key(loc) if key else None) or (place.mark if isinstance(place, _Group) else place)
        return _position(mark, self.first_line) if mark else Position(1, 1)

    def has(self, loc: Loc) -> bool:
        """Whether the author typed a value at a place, if only an empty one."""
        return self._reached(loc)[0] == len(loc)

    def get(self, loc: Loc) -> Any:
        """What stands at a place as it was typed, or `None`."""
        value = self.data
        for part in loc:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def known(self, loc: Loc) -> Loc:
        """The place itself, or the nearest around it that the author typed."""
        return loc[: self._reached(loc)[0]]

    def entries(self) -> list[Tree]:
        """The entries of a tree that is a list, each as a tree of its own."""
        inside = self.places.inside if isinstance(self.places, _Group) else {}
        return [Tree(self.name, self.first_line, data, inside[n], self.has_gaps) for n, data in enumerate(self.data)]

    def _reached(self, loc: Loc) -> tuple[int, _Spot | None]:
        """How far a place can be followed in what the author typed, and where that stands."""
        place = self.places
        for depth, part in enumerate(loc):
            following = place.inside.get(part) if isinstance(place, _Group) else None
            if following is None:
                return depth, place
            place = following
        return len(loc), place

    def _key(self, loc: Loc) -> _Mark | None:
        depth, group = self._reached(loc[:-1])
        return group.keys.get(loc[-1]) if depth == len(loc) - 1 and isinstance(group, _Group) else None

    def mistake(self, loc: Loc, message: Message, /, **words: object) -> Mistake:
        """A mistake at the place of a value; `words` fill in the message."""
        at = self.position(loc)
        return message.at(self.name, at.line, at.column, dotted(self.known(loc)), **words)._replace(loc=_place(loc))

    def mistake_in_key(self, loc: Loc, message: Message, /, **words: object) -> Mistake:
        """A mistake at the place of a field's name, or of what should hold the field."""
        at = self.position(loc, key=True)
        return message.at(self.name, at.line, at.column, dotted(loc), **words)._replace(loc=_place(loc))


def _place(loc: Loc) -> str:
    return ".".join(map(str, loc))


def dotted(loc: Loc) -> str:
    """`bloc_years.0.head` is written `bloc_years[1].head`: people count from one."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc]
    return "".join(parts).removeprefix(".")


class Malformed(Exception):
    """The file cannot be taken apart; carries what is wrong with it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


def split(name: str, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line, of a text that starts with `---`.

    Raises `Malformed` when either mark is missing.
    """
    if not text.strip():
        raise Malformed(messages.EMPTY.at(name, 1, 1))
    start = _START.match(text)
    if start is None:
        raise Malformed(messages.NO_START.at(name, 1, 1))
    end = _END.search(text, start.end() - 1)
    if end is None:
        raise Malformed(messages.NO_END.at(name, 1, 1))
    return text[start.end() : end.start() + 1], text[end.end() :], text.count("\n", 0, end.start()) + 3


def parse(name: str, text: str, first_line: int = 1, verbatim: frozenset[str] = frozenset()) -> Tree:
    """The tree of a YAML text that begins at `first_line` of the file `name`. Raises `Malformed`.

    The one-line values of the fields in `verbatim` are taken as typed, whatever signs they hold (`verbatim.py`).
    """
    text = quoted(text, verbatim)
    builder = _Builder(name, first_line)
    try:
        return builder.build(text)
    except yaml.MarkedYAMLError as error:
        raise Malformed(builder.syntax_mistake(error, text)) from error
    except yaml.YAMLError as error:
        raise Malformed(messages.UNPARSED.at(name, first_line, 1, problem=error)) from error


def events(text: str) -> Callable[[], Any]:
    """The parser's events of a YAML text, one at each call; in braces a value keeps the commas typed in it.

    For YAML `{text: Đoàn kết, kỷ cương, value: 98,5%}` holds the texts “Đoàn kết” and “98”, and two more names without
    a value. No field is a name alone: authors mean the words they see.
    """
    following: Callable[[], Any] = _LOADER(text).get_event
    return _with_commas(text, following).__next__ if "{" in text else following


def _with_commas(text: str, following: Callable[[], Any]) -> Iterator[Any]:
    ahead: deque[Any] = deque()
    while True:
        event = ahead.popleft() if ahead else following()
        while _is_plain(event):
            while len(ahead) < 2 and not (ahead and isinstance(ahead[-1], yaml.StreamEndEvent)):
                ahead.append(following())
            if not _goes_on(text, event, *ahead):
                break
            event = _joined(event, ahead.popleft())
            ahead.popleft()
        yield event


def _is_plain(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.implicit[0] and bool(event.value)


def _goes_on(text: str, value: Any, name: Any, nothing: Any = None) -> bool:
    """Whether a comma and a name without a colon follow a value."""
    return (
        _is_plain(name)
        and _is_alone(text, name, nothing)
        and text[value.end_mark.index : name.start_mark.index].strip() == ","
    )


def _is_alone(text: str, name: Any, value: Any) -> bool:
    """Whether there is not even a colon behind a name."""
    is_nothing = isinstance(value, yaml.ScalarEvent) and not value.value and value.implicit[0]
    return is_nothing and ":" not in text[name.end_mark.index : value.start_mark.index]


def _joined(value: Any, name: Any) -> Any:
    comma = "," if name.start_mark.index == value.end_mark.index + 1 else ", "
    words = f"{value.value}{comma}{name.value}"
    return yaml.ScalarEvent(value.anchor, value.tag, value.implicit, words, value.start_mark, name.end_mark)


def _position(mark: _Mark, first_line: int) -> Position:
    return Position(mark.line + first_line, mark.column + 1)


class _Builder:
    """Builds a tree from the parser's events, so that nothing is expanded and nothing is lost."""

    def __init__(self, name: str, first_line: int) -> None:
        self.tree = Tree(name, first_line)
        self.mistakes: list[Mistake] = []

    def build(self, text: str) -> Tree:
        self._text, self._next = text, events(text)
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse_second_document(event)
                self.tree.data, self.tree.places = self._value(self._next(), 0)
        if self.mistakes:
            raise Malformed(*self.mistakes)
        return self.tree

    def _refuse_second_document(self, event: yaml.Event) -> None:
        if self.tree.places:
            self._note(event, messages.SECOND_DOCUMENT)
            raise Malformed(*self.mistakes)

    def _at(self, mark: _Mark | None) -> Position:
        return _position(mark, self.tree.first_line) if mark else Position(self.tree.first_line, 1)

    def _note(self, event: yaml.Event, message: Message, **words: object) -> None:
        at = self._at(event.start_mark)
        self.mistakes.append(message.at(self.tree.name, at.line, at.column, **words))
        if len(self.mistakes) >= MOST_MISTAKES:
            raise Malformed(*self.mistakes)

    def _value(self, event: Any, depth: int) -> tuple[Any, _Spot]:
        """What an event begins, with its places; `depth` is the number of groups around it."""
        mark: _Mark = event.start_mark
        if isinstance(event, yaml.ScalarEvent) and not (event.anchor or event.tag or depth > DEEPEST):
            return self._scalar(event), mark
        self._refuse_cleverness(event)
        if depth > DEEPEST:
            self._note(event, messages.TOO_DEEP, most=DEEPEST)
            raise Malformed(*self.mistakes)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event), mark
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(mark, depth, bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(mark, depth)
        return None, mark

    def _scalar(self, event: Any) -> str | None:
        if event.value in _NOTHING and event.implicit[0]:
            self.tree.has_gaps = True
            return None
        return str(event.value)

    def _sequence(self, mark: _Mark, depth: int) -> tuple[list[Any], _Group]:
        items: list[Any] = []
        group = _Group(mark, {}, {})
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            item, group.inside[len(items)] = self._value(event, depth + 1)
            items.append(item)
        return items, group

    def _mapping(self, mark: _Mark, depth: int, in_braces: bool) -> tuple[dict[str, Any], _Group]:
        mapping: dict[str, Any] = {}
        group = _Group(mark, {}, {})
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, mapping)
            group.keys.setdefault(key, event.start_mark)
            value = self._next()
            if in_braces and _is_alone(self._text, event, value):
                self._note(event, messages.NO_COLON)
            mapping[key], group.inside[key] = self._value(value, depth + 1)
        return mapping, group

    def _key(self, event: Any, mapping: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._note(event, messages.KEY_IS_NO_TEXT)
            raise Malformed(*self.mistakes)
        if event.anchor or event.tag:
            self._refuse_cleverness(event)
        if event.value in mapping:
            self._note(event, messages.TWICE, key=event.value)
        elif event.value == "<<":
            self._note(event, messages.MERGE)
        return str(event.value)

    def _refuse_cleverness(self, event: Any) -> None:
        if event.anchor:
            self._note(event, messages.ANCHOR)
        elif not isinstance(event, yaml.AliasEvent) and event.tag:
            self._note(event, messages.TAG)

    def syntax_mistake(self, error: yaml.MarkedYAMLError, text: str) -> Mistake:
        """What the parser found, in an author's words."""
        at = self._at(error.problem_mark or error.context_mark)
        glued = _glued(text.split("\n"), at.line - self.tree.first_line)
        if glued:
            index, match = glued
            line, column = index + self.tree.first_line, match.start("key") + 1
            return messages.NO_BLANK.at(self.tree.name, line, column, key=match["key"])
        message = _explain(str(error.problem or ""), _line(text, at.line - self.tree.first_line))
        return message.at(self.tree.name, at.line, at.column)


def _line(text: str, index: int) -> str:
    lines = text.split("\n")
    return lines[index] if 0 <= index < len(lines) else ""


def _glued(lines: list[str], index: int) -> tuple[int, re.Match[str]] | None:
    """The first of the lines before or at this one whose field and value nothing parts, and the match of its name.

    YAML takes such a line for a text that goes on, and complains of what comes next.
    """
    first = None
    for n in range(min(index, len(lines) - 1), -1, -1):
        match = _GLUED.match(lines[n])
        if match:
            first = n, match
        elif n < index:
            break
    return first


def _explain(problem: str, line: str) -> Message:
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return messages.TAB
    if "mapping values are not allowed" in problem:
        return messages.COLON_INSIDE
    if "end of stream" in problem or "quoted scalar" in problem:
        return messages.LEFT_OPEN
    if "cannot start any token" in problem:
        return messages.SIGN_AT_START
    if "could not find expected ':'" in problem:
        return messages.NO_COLON
    return messages.SYNTAX
