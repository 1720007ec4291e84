"""A bulletin in a form between two requests: what was typed, and what the buttons in the form do to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from bulletins.domain.model import Bulletin
from bulletins.reading.frontmatter import Loc
from bulletins.writing.form import Namer, Rows, Widget, opened, plain, rows_of, widgets, without_blank_rows
from bulletins.writing.posted import ABSENT, cleaned, tree
from bulletins.writing.shapes import Shape, fields_of

BODY = "~body"

ITEM = "- "
"""What begins an item of a list in the text of a bulletin."""


@dataclass
class State:
    """The tree and the text of a form, and the places whose questions are answered (in the opened file)."""

    data: dict[str, Any]
    body: str
    settled: set[str] = field(default_factory=set)

    @classmethod
    def posted(cls, fields: Mapping[str, Sequence[str]], data: Mapping[str, Any], body: str, namer: Namer) -> State:
        """What came back from a form that was opened with this data and body."""
        text = cleaned((fields.get(BODY) or [body])[0], ITEM)
        same = text == cleaned(body, ITEM)
        return cls(
            tree(Bulletin, fields, data, namer), body if same else _framed(text, body), set(fields.get("~ok", ()))
        )

    @property
    def plain(self) -> dict[str, Any]:
        """The tree as the file will hold it."""
        made: dict[str, Any] = plain(self.data)
        return made

    @property
    def without_blank_rows(self) -> State:
        """The same without new rows that say nothing, so that its places are those of the file."""
        made: dict[str, Any] = without_blank_rows(self.data)
        return State(made, self.body, self.settled)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the form by the name of its field, that of the bulletin last."""
        yield from _texts(self.plain, ())
        yield BODY, self.body

    def widgets(self, namer: Namer) -> list[Widget]:
        return widgets(Bulletin, self.data, namer)


def _texts(data: Any, loc: Loc) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield ".".join(map(str, loc)), data
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in inside:
        yield from _texts(value, (*loc, part))


def _framed(text: str, old: str) -> str:
    """A changed text between the blank lines that the old one stood between."""
    before = old[: len(old) - len(old.lstrip("\n"))] or "\n"
    after = old[len(old.rstrip("\n")) :] or "\n"
    return before + text + after


def place_of(name: str) -> Loc:
    """`photos.1.alt` as a place of a tree."""
    return tuple(int(part) if part.isdecimal() else part for part in name.split("."))


def shape_at(loc: Loc) -> Shape | None:
    """What can stand at a place of a bulletin."""
    shape: Shape | None = Shape("group", model=Bulletin)
    for part in loc:
        if shape is None:
            return None
        if isinstance(part, int):
            shape = shape.item
        else:
            fields = fields_of(shape.model) if shape.model else ()
            shape = next((field.shape for field in fields if field.key == part), None)
    return shape


def act(state: State, what: str, name: str, value: str = "") -> str:
    """Do what a button says to a state; the name of the field to look at next. Unknown buttons do nothing."""
    loc = place_of(name)
    if what == "add" and (shape := shape_at(loc)) and shape.kind == "list":
        rows = _rows(state, loc)
        rows.append({} if shape.item and shape.item.kind == "group" else "")
        rows.was.append(None)
        return f"{name}.{len(rows) - 1}"
    if what == "declare":
        return add_photo(state, value) if name == "photos" else add_attachment(state, value, PurePath(value).stem)
    if what in ("up", "down", "remove") and isinstance(loc[-1], int):
        return _move(_rows(state, loc[:-1]), what, loc)
    if what == "take" and shape_at(loc):
        _put(state.data, Shape("group", model=Bulletin), loc, value)
    return name


def _move(rows: Rows, what: str, loc: Loc) -> str:
    n = loc[-1]
    assert isinstance(n, int)
    if n >= len(rows):
        return ".".join(map(str, loc[:-1]))
    to = n if what == "remove" else max(0, min(len(rows) - 1, n + (1 if what == "down" else -1)))
    item, was = rows.pop(n), rows.was.pop(n)
    if what == "remove":
        return ".".join(map(str, loc[:-1]))
    rows.insert(to, item)
    rows.was.insert(to, was)
    return ".".join(map(str, (*loc[:-1], to)))


def _rows(state: State, loc: Loc) -> Rows:
    """The rows at a place, made if nothing stands there yet."""
    data: Any = state.data
    shape = Shape("group", model=Bulletin)
    for part in loc:
        data, shape = _opened(data, shape, part)
    assert isinstance(data, Rows)
    return data


def _opened(data: Any, shape: Shape, part: str | int) -> tuple[Any, Shape]:
    """One step inside: short forms become groups, and what is missing is made."""
    inner = shape.item if isinstance(part, int) else shape_of_key(shape, str(part))
    assert inner
    value = data[part] if isinstance(part, int) else data.get(part)
    made = value
    if inner.kind == "list" and inner.item:
        made = rows_of(value, inner.item)
    elif inner.kind == "group":
        made = opened(inner, value)
    if made is not value:
        data[part] = made
    return made, inner


def shape_of_key(shape: Shape, key: str) -> Shape | None:
    """What can stand in a field of a group."""
    fields = fields_of(shape.model) if shape.model else ()
    return next((field.shape for field in fields if key in (field.key, field.also)), None)


def _put(data: Any, shape: Shape, loc: Loc, value: Any) -> None:
    for part in loc[:-1]:
        data, shape = _opened(data, shape, part)
    if value is ABSENT and isinstance(data, dict):
        data.pop(str(loc[-1]), None)
    elif value is not ABSENT:
        data[loc[-1]] = value


def put(state: State, loc: Loc, value: Any) -> None:
    """Let a value stand at a place; `ABSENT` takes away what stands there."""
    _put(state.data, Shape("group", model=Bulletin), loc, value)


def add_photo(state: State, file: str) -> str:
    """A row for a new photo; its name in the form, or nothing where `photos: auto` takes every picture."""
    if state.data.get("photos") == "auto":
        return "photos"
    return _add_row(state, "photos", {"file": file})


def add_attachment(state: State, file: str, title: str) -> str:
    """A row for a new attachment, under the name its sender gave it; its name in the form."""
    return _add_row(state, "attachments", {"file": file, "title": title})


def _add_row(state: State, key: str, row: dict[str, str]) -> str:
    rows = _rows(state, (key,))
    rows.append(row)
    rows.was.append(None)
    return f"{key}.{len(rows) - 1}"
