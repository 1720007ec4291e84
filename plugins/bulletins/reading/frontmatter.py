"""The syntax of front matter and of the register: YAML read as texts with positions, and nothing clever in it.

Every scalar stays the text its author typed; types come later, from the model. Anchors, aliases, tags and duplicate
keys are refused: they carry surprises (`16:25` is no 985 here) and bombs (`faults.md` rows 3 to 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from bulletins.mistakes import Mistake, Saying
from bulletins.reading import sayings
from bulletins.reading.verbatim import quoted

Loc = tuple[str | int, ...]
MARK = "---"
DEEPEST = 20
MOST_MISTAKES = 20
"""Of syntax, in one file: a bomb of aliases is answered with these, not with a hundred thousand lines."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column in the file, from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """Data made of dicts, lists, texts and `None`, with where each value and each key stands."""

    name: str
    data: Any = None
    values: dict[Loc, Position] = field(default_factory=dict)
    keys: dict[Loc, Position] = field(default_factory=dict)

    def position(self, loc: Loc, *, key: bool = False) -> Position:
        """Where a value (or its key) stands; for one that is not there, where what should hold it stands."""
        if key and loc in self.keys:
            return self.keys[loc]
        return self.values.get(self.known(loc), Position(1, 1))

    def get(self, loc: Loc) -> Any:
        """What stands at a place as it was typed, or `None`."""
        found = self.data
        for part in loc:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def known(self, loc: Loc) -> Loc:
        """The place itself, or the nearest around it that the author typed."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return loc

    def entries(self) -> list[Tree]:
        """The entries of a tree that is a list, each as a tree of its own."""
        parts = [Tree(self.name, data) for data in self.data]
        for positions, own in ((self.values, "values"), (self.keys, "keys")):
            for loc, at in positions.items():
                if loc:
                    getattr(parts[int(loc[0])], own)[loc[1:]] = at
        return parts

    def mistake(self, loc: Loc, saying: Saying, /, **words: object) -> Mistake:
        """A mistake at the place of a value; `words` fill in the saying."""
        at = self.position(loc)
        return saying.at(self.name, at.line, at.column, dotted(self.known(loc)), **words)

    def mistake_in_key(self, loc: Loc, saying: Saying, /, **words: object) -> Mistake:
        """A mistake at the place of a field's name, or of what should hold the field."""
        at = self.position(loc, key=True)
        return saying.at(self.name, at.line, at.column, dotted(loc), **words)


def dotted(loc: Loc) -> str:
    """`bloc_years.0.head` is written `bloc_years[1].head`: people count from one."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc]
    return "".join(parts).removeprefix(".")


class _Mark(Protocol):
    """A place in the YAML text, counted from 0."""

    line: int
    column: int


class Malformed(Exception):
    """The file cannot be taken apart; carries what is wrong with it."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


def split(name: str, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line, of a text that starts with `---`.

    Raises `Malformed` when either mark is missing.
    """
    lines = text.split("\n")
    if not text.strip():
        raise Malformed(sayings.EMPTY.at(name, 1, 1))
    if lines[0].rstrip() != MARK:
        raise Malformed(sayings.NO_START.at(name, 1, 1))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == MARK), None)
    if end is None:
        raise Malformed(sayings.NO_END.at(name, 1, 1))
    return "\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2


def parse(name: str, text: str, first_line: int = 1, verbatim: frozenset[str] = frozenset()) -> Tree:
    """The tree of a YAML text that begins at `first_line` of the file `name`. Raises `Malformed`.

    The one-line values of the fields in `verbatim` are taken as typed, whatever signs they hold (`verbatim.py`).
    """
    text = quoted(text, verbatim)
    builder = _Builder(name, first_line)
    try:
        return builder.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise Malformed(builder.syntax_mistake(error, text)) from error
    except yaml.YAMLError as error:
        raise Malformed(sayings.UNPARSED.at(name, first_line, 1, problem=error)) from error


class _Builder:
    """Builds a tree from the parser's events, so that nothing is expanded and nothing is lost."""

    def __init__(self, name: str, first_line: int) -> None:
        self.tree = Tree(name)
        self.mistakes: list[Mistake] = []
        self.first_line = first_line

    def build(self, events: Iterator[yaml.Event]) -> Tree:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._refuse_second_document(event)
                self.tree.data = self._value(next(events), events, ())
        if self.mistakes:
            raise Malformed(*self.mistakes)
        return self.tree

    def _refuse_second_document(self, event: yaml.Event) -> None:
        if self.tree.values:
            self._note(event, sayings.SECOND_DOCUMENT)
            raise Malformed(*self.mistakes)

    def _at(self, mark: _Mark | None) -> Position:
        return Position(mark.line + self.first_line, mark.column + 1) if mark else Position(self.first_line, 1)

    def _note(self, event: yaml.Event, saying: Saying, **words: object) -> None:
        at = self._at(event.start_mark)
        self.mistakes.append(saying.at(self.tree.name, at.line, at.column, **words))
        if len(self.mistakes) >= MOST_MISTAKES:
            raise Malformed(*self.mistakes)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], loc: Loc) -> Any:
        self.tree.values[loc] = self._at(event.start_mark)
        self._refuse_cleverness(event)
        if len(loc) > DEEPEST:
            self._note(event, sayings.TOO_DEEP, most=DEEPEST)
            raise Malformed(*self.mistakes)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, loc)
        return self._scalar(event)

    def _scalar(self, event: yaml.Event) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            return None
        plain = event.implicit[0]
        return None if plain and event.value in _NOTHING else str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], loc: Loc) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*loc, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], loc: Loc) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, mapping)
            self.tree.keys.setdefault((*loc, key), self._at(event.start_mark))
            mapping[key] = self._value(next(events), events, (*loc, key))
        return mapping

    def _key(self, event: yaml.Event, mapping: dict[str, Any]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._note(event, sayings.KEY_IS_NO_TEXT)
            raise Malformed(*self.mistakes)
        self._refuse_cleverness(event)
        if event.value in mapping:
            self._note(event, sayings.TWICE, key=event.value)
        elif event.value == "<<":
            self._note(event, sayings.MERGE)
        return str(event.value)

    def _refuse_cleverness(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._note(event, sayings.ANCHOR)
        elif getattr(event, "tag", None):
            self._note(event, sayings.TAG)

    def syntax_mistake(self, error: yaml.MarkedYAMLError, text: str) -> Mistake:
        """What the parser found, in an author's words."""
        at = self._at(error.problem_mark or error.context_mark)
        saying = _explain(str(error.problem or ""), _line(text, at.line - self.first_line))
        return saying.at(self.tree.name, at.line, at.column)


def _line(text: str, index: int) -> str:
    lines = text.split("\n")
    return lines[index] if 0 <= index < len(lines) else ""


def _explain(problem: str, line: str) -> Saying:
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return sayings.TAB
    if "mapping values are not allowed" in problem:
        return sayings.COLON_INSIDE
    if "end of stream" in problem or "quoted scalar" in problem:
        return sayings.LEFT_OPEN
    if "cannot start any token" in problem:
        return sayings.SIGN_AT_START
    if "could not find expected ':'" in problem:
        return sayings.NO_COLON
    return sayings.SYNTAX
