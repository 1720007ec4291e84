"""What a form shows for a field: it follows from the field's type, so that a new field needs no word here."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from bulletins.domain import record
from bulletins.domain.focus import FocusPoint
from bulletins.domain.kinds import Vocabulary
from bulletins.domain.record import CodeOf, Record, Short

Kind = Literal[
    "text", "code", "codes", "texts", "flag", "day", "moment", "number", "slug", "language", "focus",
    "bloc", "unit", "host", "movement", "group", "list",
]  # fmt: skip
"""The sort of a widget: one value, several codes, texts one a line, a group of fields, or a list of any of these."""

BODIES: tuple[Kind, ...] = ("bloc", "unit", "host", "movement")

_TYPES: tuple[tuple[Any, Kind], ...] = (
    (record.Text, "text"),
    (record.Slug, "slug"),
    (record.FormerAddress, "text"),
    (record.Year, "number"),
    (record.Count, "number"),
    (record.Number, "number"),
    (record.ChangeInPercent, "number"),
    (record.Flag, "flag"),
    (record.Day, "day"),
    (record.PartialDay, "day"),
    (record.Instant, "moment"),
    (record.BlocId, "bloc"),
    (record.UnitId, "unit"),
    (record.OrganiserId, "unit"),
    (record.HostId, "host"),
    (record.MovementId, "movement"),
    (record.Language, "language"),
    (FocusPoint, "focus"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What can stand in a field. `item` is that of each thing in a list; `short` the field a bare text fills."""

    kind: Kind
    model: type[Record] | None = None
    vocabulary: Vocabulary | None = None
    item: Shape | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its key in the file, what it means, and what can stand in it.

    `also` is another key that is read.
    """

    key: str
    label: str
    hint: str
    shape: Shape
    is_required: bool
    is_usual: bool
    is_long: bool
    default: Any
    also: str | None = None

    def key_in(self, data: Mapping[str, Any]) -> str:
        """The key under which a file has it."""
        return self.also if self.also and self.also in data and self.key not in data else self.key


@cache
def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """The fields of a record, in the order of its class."""
    return tuple(_field(key, hint, info) for key, info, hint in record.fields_of(model))


def _field(key: str, hint: Any, field: FieldInfo) -> Field:
    extra = field.json_schema_extra
    marks = extra if isinstance(extra, dict) else {}
    label, hint_text = _words(field.description or key)
    required = field.is_required()
    usual = required or bool(marks.get("x-usual"))
    names = field.validation_alias
    also = next((str(name) for name in names.choices if name != key), None) if isinstance(names, AliasChoices) else None
    return Field(key, label, hint_text, shape_of(hint), required, usual, bool(marks.get("x-long")), field.default, also)


def _words(meaning: str) -> tuple[str, str]:
    """The label of a field, and what is said besides, from its meaning: they stand apart at a colon or semicolon."""
    for sign in (": ", "; "):
        label, parted, rest = meaning.partition(sign)
        if parted:
            return label, rest[0].upper() + rest[1:]
    return meaning, ""


def shape_of(hint: Any) -> Shape:
    """What a field of this type holds. Raises TypeError for a type that no widget is known for."""
    known = next((kind for type_, kind in _TYPES if hint == type_), None)
    if known:
        return Shape(known)
    if isinstance(hint, type) and issubclass(hint, Record):
        return Shape("group", model=hint)
    inner = get_args(hint)
    if typing.get_origin(hint) in (UnionType, typing.Union):
        return shape_of(next(part for part in inner if part is not NoneType))
    if typing.get_origin(hint) is tuple:
        return _list(shape_of(inner[0]))
    if typing.get_origin(hint) is typing.Annotated:
        return _annotated(inner[0], inner[1:])
    raise TypeError(hint)


def _annotated(inner: Any, marks: tuple[Any, ...]) -> Shape:
    code = next((mark for mark in marks if isinstance(mark, CodeOf)), None)
    if code:
        return Shape("code", vocabulary=code.vocabulary)
    shape = shape_of(inner)
    short = next((mark.key for mark in marks if isinstance(mark, Short)), None)
    return Shape(shape.kind, shape.model, shape.vocabulary, shape.item, short or shape.short)


def _list(item: Shape) -> Shape:
    if item.kind == "code":
        return Shape("codes", vocabulary=item.vocabulary)
    return Shape("texts") if item.kind == "text" else Shape("list", item=item)
