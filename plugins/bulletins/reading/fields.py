"""Which fields of a record hold plain text, so that a line of them can be taken as it was typed."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BeforeValidator

from bulletins.domain.record import Record, Text


def text_fields(*models: type[Record]) -> frozenset[str]:
    """The names, as authors type them, of all fields at any depth that hold a plain text, a list of texts, or a group
    for which a text may stand."""
    found: set[str] = set()
    seen: set[type[Record]] = set()
    for model in models:
        found |= set(_texts(model, seen))
    return frozenset(found)


def _texts(model: type[Record], seen: set[type[Record]]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        if _holds_text(hints[name]):
            yield field.alias or name
        for inner in _records(hints[name]):
            yield from _texts(inner, seen)


def _holds_text(hint: Any) -> bool:
    if hint == Text:
        return True
    inner = typing.get_args(hint)
    if any(isinstance(mark, BeforeValidator) and _stands_for_group(mark) for mark in inner):
        return True
    return any(_holds_text(part) for part in inner if not isinstance(part, BeforeValidator))


def _stands_for_group(mark: BeforeValidator) -> bool:
    """Whether the mark is made by `domain.record.short`."""
    read = typing.cast(Callable[[object], object], mark.func)
    return getattr(read, "__qualname__", "").startswith("_unless_mapping")


def _records(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for part in typing.get_args(hint):
        yield from _records(part)


Kind = str
"""What a field holds, as its finder calls it."""


def places_of(
    model: type[Record], kinds: Iterable[tuple[Any, Kind]], data: object
) -> Iterator[tuple[tuple[str | int, ...], Kind]]:
    """Every place of a tree's data whose field is of one of these types, with the name given to the type.

    A group for which a text stands (`head: Phòng Một`) is of the type of the field that the text fills.
    """
    yield from _places(model, tuple(kinds), data, ())


def _places(
    hint: Any, kinds: tuple[tuple[Any, Kind], ...], data: object, loc: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Kind]]:
    if isinstance(data, list):
        for n, item in enumerate(data):
            yield from _places(hint, kinds, item, (*loc, n))
    elif isinstance(data, str):
        kind = _kind(hint, kinds)
        if kind:
            yield loc, kind
    elif isinstance(data, dict):
        for model in _records(hint):
            hints = typing.get_type_hints(model, include_extras=True)
            for name, field in model.model_fields.items():
                key = field.alias or name
                if key in data:
                    yield from _places(hints[name], kinds, data[key], (*loc, key))


def _kind(hint: Any, kinds: tuple[tuple[Any, Kind], ...]) -> Kind | None:
    """The kind of a field in which a text stands: its own, or that of the field its short form fills."""
    known = next((kind for own, kind in kinds if hint == own), None)
    if known:
        return known
    inner = typing.get_args(hint)
    for mark in inner:
        if isinstance(mark, BeforeValidator) and _stands_for_group(mark):
            made = typing.cast(Callable[[object], dict[str, str]], mark.func)("text")
            model = next(_records(inner[0]))
            return _kind(typing.get_type_hints(model, include_extras=True)[next(iter(made))], kinds)
    found = (_kind(part, kinds) for part in inner if not isinstance(part, BeforeValidator))
    return next((kind for kind in found if kind), None)
