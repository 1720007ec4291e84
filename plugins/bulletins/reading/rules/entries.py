"""Rules of the register's own entries: numbers and numerals, dates that run forwards."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from bulletins.domain.register import Bloc, Body, Unit
from bulletins.mistakes import Both, Mistake
from bulletins.reading.frontmatter import Loc, Tree
from bulletins.reading.rules import sayings
from bulletins.vietnamese.numerals import roman

Span = tuple[Loc, Both, datetime.date | int | None, datetime.date | int | None]


def of_body(entry: Tree, body: Body) -> Iterator[Mistake]:
    """Every mistake in one entry of the register."""
    for loc, what, since, to in _spans(body):
        if since is not None and to is not None and since > to:  # type: ignore[operator]
            yield entry.mistake(loc, sayings.ENDS_BEFORE_IT_BEGINS, what=what, since=since, to=to)
    if isinstance(body, Bloc):
        yield from _number_and_numeral(entry, body)
    if isinstance(body, Unit) and body.replaced_by and body.dissolved is None:
        yield entry.mistake_in_key(("replaced_by",), sayings.MERGED_WITHOUT_DAY)


def _number_and_numeral(entry: Tree, bloc: Bloc) -> Iterator[Mistake]:
    """B2."""
    if bloc.numeral is None or bloc.number is None:
        return
    value = int(bloc.numeral) if bloc.numeral.isdecimal() else roman(bloc.numeral)
    if value is not None and value != bloc.number:
        words = {"number": bloc.number, "numeral": bloc.numeral, "value": value}
        yield entry.mistake(("numeral",), sayings.NUMBER_AND_NUMERAL, **words)


def _spans(body: Body) -> Iterator[Span]:
    for n, name in enumerate(body.names):
        yield ("names", n), Both("tên", "the name"), name.from_, name.to
    if isinstance(body, Unit):
        yield ("dissolved",), Both("đơn vị", "the unit"), body.founded, body.dissolved
        for n, membership in enumerate(body.memberships):
            what = Both("thời gian thuộc khối", "the membership")
            yield ("memberships", n), what, membership.from_, membership.to
