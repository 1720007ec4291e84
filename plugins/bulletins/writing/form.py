"""A tree as the widgets of a form: each with its name, what it shows, and what was said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bulletins.domain.record import Record, UnknownName
from bulletins.domain.register import Directory, Register
from bulletins.reading.frontmatter import Loc
from bulletins.vietnamese.numerals import number
from bulletins.writing.shapes import BODIES, Field, Shape, fields_of

FLAG_WORDS = {"true", "yes", "có", "đúng"}


class Rows(list[Any]):
    """A list in a form: `was` says which item of the opened file each row was, or None for a new one."""

    def __init__(self, items: list[Any], was: list[int | None] | None = None) -> None:
        super().__init__(items)
        self.was: list[int | None] = list(range(len(items))) if was is None else was


@dataclass
class Widget:
    """One field of the form. `name` is its place with dots between; `was` its place in the opened file."""

    name: str
    label: str
    hint: str
    shape: Shape
    value: str = ""
    chosen: tuple[str, ...] = ()
    fields: list[Widget] = field(default_factory=list)
    items: list[Widget] = field(default_factory=list)
    is_required: bool = False
    is_usual: bool = True
    is_long: bool = False
    is_locked: bool = False
    is_there: bool = True
    default: str = ""
    was: Loc | None = None
    note: str = ""
    remarks: list[Any] = field(default_factory=list)
    """What is wrong with it."""
    question: Any = None
    """What is asked about it."""
    theirs: str | None = None
    """What somebody else made of it meanwhile."""

    @property
    def kind(self) -> str:
        return self.shape.kind

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "f-" + self.name.replace(".", "-")

    def walk(self) -> Iterator[Widget]:
        """It and every widget inside."""
        yield self
        for inner in (*self.fields, *self.items):
            yield from inner.walk()

    @property
    def says(self) -> bool:
        """Whether somebody must look at it."""
        return bool(self.remarks or self.question or self.theirs is not None)

    @property
    def says_inside(self) -> bool:
        """Whether somebody must look at it, or at something inside."""
        return any(widget.says for widget in self.walk())

    @property
    def is_line(self) -> bool:
        """Whether a group has room on one line: a seat, a statement, a criterion."""
        usual = [field for field in self.fields if field.is_usual]
        return self.kind == "group" and len(usual) <= 2 and all(field.kind not in ("group", "list") for field in usual)

    @property
    def is_filled(self) -> bool:
        return bool(self.value or self.chosen or self.items or any(inner.is_filled for inner in self.fields))

    @property
    def summary(self) -> str:
        """A word for what a group holds: the first values of it."""
        values = [widget.value for widget in self.walk() if widget.value and widget.kind not in ("group", "list")]
        return " · ".join(values[:2])


class Namer:
    """Names of the register for ids in a file.

    A unit's name counts where the bloc of a bulletin stands: `typed` is the front matter that the form shows, and
    `wanted` what came back, where that may name another bloc.
    """

    def __init__(self, register: Register, typed: object = None, wanted: object = None) -> None:
        self.directories: Mapping[str, Directory[Any]] = {
            "bloc": register.blocs,
            "unit": register.all_units,
            "host": register.hosts,
            "movement": register.movements,
        }
        self._shown = register.resolvers(typed)
        self._wanted = register.resolvers(wanted) if wanted is not None else self._shown

    def shown(self, kind: str, typed: str) -> str:
        """The name of the entry that an id means, if a reader of that name knows it again; or what was typed."""
        entry = self.directories[kind].get(typed)
        try:
            return entry.name if entry and self._shown[kind](entry.name) == typed else typed
        except UnknownName:
            return typed

    def meant(self, kind: str, typed: str) -> str:
        """The id of the entry that is meant, or what was typed."""
        try:
            return self._wanted[kind](typed)
        except UnknownName:
            return typed

    def refused(self, kind: str, typed: str) -> UnknownName | None:
        """Why a name is not known; None if it is."""
        try:
            self._shown[kind](typed)
        except UnknownName as unknown:
            return unknown
        return None

    def known(self, kind: str, typed: str) -> str:
        """Which entry a text means, in words; empty if none or several."""
        try:
            entry = self.directories[kind][self._shown[kind](typed)]
        except (UnknownName, KeyError):
            return ""
        return f"{entry.name} ({entry.id})"


def widgets(
    model: type[Record], data: Mapping[str, Any], namer: Namer, name: str = "", was: Loc | None = ()
) -> list[Widget]:
    """The widgets of a record; fields nobody knows come last, locked."""
    known = fields_of(model)
    made = [_of_field(field, data, namer, name, was) for field in known]
    keys = {field.key_in(data) for field in known}
    return [*made, *(_unknown(key, value, name, was) for key, value in data.items() if key not in keys)]


def _joined(name: str, key: str | int) -> str:
    return f"{name}.{key}" if name else str(key)


def _unknown(key: str, value: Any, name: str, was: Loc | None) -> Widget:
    inside = (*was, key) if was is not None else None
    return Widget(_joined(name, key), key, "", Shape("text"), as_typed(value), is_locked=True, was=inside)


def _of_field(field: Field, data: Mapping[str, Any], namer: Namer, name: str, was: Loc | None) -> Widget:
    key = field.key_in(data)
    inside = (*was, key) if was is not None else None
    made = widget(field.shape, data.get(key), namer, _joined(name, key), inside)
    made.label, made.hint = field.label, field.hint
    made.is_required, made.is_usual, made.is_long = field.is_required, field.is_usual, field.is_long
    made.is_there = data.get(key) is not None
    if field.shape.vocabulary and field.default in field.shape.vocabulary.codes:
        made.default = field.shape.vocabulary[field.default].vi
    return made


def widget(shape: Shape, data: Any, namer: Namer, name: str, was: Loc | None) -> Widget:
    """The widget of a value; locked if the value is none that it can show."""
    made = Widget(name, "", "", shape, was=was)
    if shape.kind == "group":
        _fill_group(made, data, namer)
    elif shape.kind == "list":
        _fill_list(made, data, namer)
    elif shape.kind in ("codes", "texts"):
        made.chosen = shown_list(shape, data) or ()
        made.value = "\n".join(made.chosen) if shape.kind == "texts" else ""
        made.is_locked = shown_list(shape, data) is None
    else:
        shown = shown_value(shape, data, namer)
        made.value, made.is_locked = (as_typed(data), True) if shown is None else (shown, False)
        if shape.kind in BODIES and made.value:
            made.note = namer.known(shape.kind, made.value)
    if made.is_locked:
        made.value = as_typed(data)
    return made


def _fill_group(made: Widget, data: Any, namer: Namer) -> None:
    assert made.shape.model
    group = opened(made.shape, data)
    made.is_locked = group is None
    made.fields = [] if group is None else widgets(made.shape.model, group, namer, made.name, made.was)


def _fill_list(made: Widget, data: Any, namer: Namer) -> None:
    assert made.shape.item
    rows = rows_of(data, made.shape.item)
    made.is_locked = rows is None
    for n, item in enumerate(rows or ()):
        old = rows.was[n] if rows is not None else None
        was = (*made.was, old) if made.was is not None and old is not None else None
        made.items.append(widget(made.shape.item, item, namer, f"{made.name}.{n}", was))


def rows_of(data: Any, item: Shape) -> Rows | None:
    """A list's rows: of nothing none, of a single value or group one; None for a word that stands for a list."""
    if isinstance(data, Rows):
        return data
    if isinstance(data, list):
        return Rows(data)
    if data is None:
        return Rows([])
    is_row = isinstance(data, dict) if item.kind == "group" else isinstance(data, str) and "\n" not in data.strip()
    return Rows([data]) if is_row else None


def opened(shape: Shape, data: Any) -> dict[str, Any] | None:
    """A group's fields; a bare text is the field that it stands for. None for what is no group."""
    if data is None:
        return {}
    if isinstance(data, str) and shape.short:
        return {shape.short: data}
    return data if isinstance(data, dict) else None


def shown_list(shape: Shape, data: Any) -> tuple[str, ...] | None:
    """Codes, or texts one a line; None if that is not what stands there."""
    values = [] if data is None else [data] if isinstance(data, str) else data
    if not isinstance(values, list) or not all(isinstance(item, str) and "\n" not in item.strip() for item in values):
        return None
    if shape.vocabulary:
        return tuple(shape.vocabulary.find(item) or item for item in values)
    return tuple(item.strip() for item in values)


def shown_value(shape: Shape, data: Any, namer: Namer) -> str | None:
    """What a widget of one value shows; None for what it cannot."""
    if data is None:
        return ""
    if shape.kind == "focus" and isinstance(data, dict):
        return _shown_focus(data)
    if shape.kind == "moment" and isinstance(data, dict) and data.keys() <= {"date", "time"}:
        return " ".join(str(data[part]) for part in ("date", "time") if part in data)
    if not isinstance(data, str):
        return None
    text = data.strip()
    if shape.vocabulary:
        return shape.vocabulary.find(text) or text
    if shape.kind == "flag":
        return "true" if text.casefold() in FLAG_WORDS else "" if text.casefold() in _NO else text
    return namer.shown(shape.kind, text) if shape.kind in BODIES else text


_NO = {"false", "no", "không", "sai"}


def _shown_focus(data: dict[str, Any]) -> str | None:
    shares = [number(str(data.get(axis, "")).replace(".", ",")) for axis in ("x", "y")]
    if None in shares or data.keys() != {"x", "y"}:
        return None
    return " ".join(f"{round(float(share or 0) * 100, 2):g}%" for share in shares)


def as_typed(data: Any) -> str:
    """What stands in the file, roughly, for a value that can only be looked at."""
    if isinstance(data, dict):
        return "; ".join(f"{key}: {as_typed(value)}" for key, value in data.items())
    if isinstance(data, list):
        return ", ".join(as_typed(value) for value in data)
    return "" if data is None else str(data)


def plain(data: Any) -> Any:
    """A tree as files hold it: plain lists, without new rows that say nothing."""
    if isinstance(data, list):
        return [plain(item) for item in without_blank_rows(data)]
    return {key: plain(value) for key, value in data.items()} if isinstance(data, dict) else data


def without_blank_rows(data: Any) -> Any:
    """The tree without rows that were not in the file and say nothing."""
    if isinstance(data, Rows):
        pairs = zip(data, data.was, strict=True)
        kept = [(item, was) for item, was in pairs if was is not None or item not in ({}, "", None)]
        return Rows([without_blank_rows(item) for item, _ in kept], [was for _, was in kept])
    if isinstance(data, dict):
        return {key: without_blank_rows(value) for key, value in data.items()}
    return data
