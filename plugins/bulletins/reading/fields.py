"""Which fields of a record hold plain text, so that a line of them can be taken as it was typed."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BeforeValidator

from bulletins.domain.record import Record, Short, Text, fields_of, records_in

Kind = str
"""What a field holds, as its finder calls it."""

Kinds = tuple[tuple[Any, Kind], ...]
"""Types of fields, each with the name that is given to it."""


def text_fields(*models: type[Record]) -> frozenset[str]:
    """The names, as authors type them, of all fields at any depth that hold a plain text, a list of texts, or a group
    for which a text may stand."""
    names: set[str] = set()
    seen: set[type[Record]] = set()
    for model in models:
        names |= set(_texts(model, seen))
    return frozenset(names)


def _texts(model: type[Record], seen: set[type[Record]]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    for field in fields_of(model):
        if _holds_text(field.hint):
            yield field.key
        for inner in records_in(field.hint):
            yield from _texts(inner, seen)


def _holds_text(hint: Any) -> bool:
    marks = typing.get_args(hint)
    return hint == Text or any(
        isinstance(part, Short) or (not isinstance(part, BeforeValidator) and _holds_text(part)) for part in marks
    )


def places_of(
    model: type[Record], kinds: Iterable[tuple[Any, Kind]], data: object
) -> Iterator[tuple[tuple[str | int, ...], Kind]]:
    """Every place of a tree's data whose field is of one of these types, with the name given to the type.

    A group for which a text stands (`head: Phòng Một`) is of the type of the field that the text fills.
    """
    yield from _places(model, tuple(kinds), data, ())


def _places(
    hint: Any, kinds: Kinds, data: object, loc: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Kind]]:
    if isinstance(data, list):
        for n, item in enumerate(data):
            yield from _places(hint, kinds, item, (*loc, n))
    elif isinstance(data, str):
        kind = _kind(hint, kinds)
        if kind:
            yield loc, kind
    elif isinstance(data, dict):
        for model in records_in(hint):
            for field in fields_of(model):
                if field.key in data:
                    yield from _places(field.hint, kinds, data[field.key], (*loc, field.key))


def _kind(hint: Any, kinds: Kinds) -> Kind | None:
    """The kind of a field in which a text stands: its own, or that of the field its short form fills."""
    known = next((kind for own, kind in kinds if hint == own), None)
    if known:
        return known
    inner = typing.get_args(hint)
    mark = next((part for part in inner if isinstance(part, Short)), None)
    if mark:
        filled = next(field for field in fields_of(next(records_in(inner[0]))) if field.key == mark.key)
        return _kind(filled.hint, kinds)
    inner_kinds = (_kind(part, kinds) for part in inner if not isinstance(part, BeforeValidator))
    return next((kind for kind in inner_kinds if kind), None)
