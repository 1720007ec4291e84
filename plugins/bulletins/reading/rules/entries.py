"""Rules of the register's own entries: numbers and numerals, dates that run forwards."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from bulletins.domain.register import Bloc, RegisterEntry, Unit
from bulletins.mistakes import Both, Mistake
from bulletins.reading.frontmatter import Loc, Tree
from bulletins.reading.rules import messages
from bulletins.vietnamese.folding import match_key
from bulletins.vietnamese.numerals import roman

Span = tuple[Loc, Both, datetime.date | int | None, datetime.date | int | None]


def of_entry(tree: Tree, entry: RegisterEntry) -> Iterator[Mistake]:
    """Every mistake in one entry of the register."""
    for loc, what, since, to in _spans(entry):
        if since is not None and to is not None and since > to:  # type: ignore[operator]
            yield tree.mistake(loc, messages.ENDS_BEFORE_IT_BEGINS, what=what, since=since, to=to)
    if isinstance(entry, Bloc):
        yield from _number_and_numeral(tree, entry)
        if not tree.has(("host",)) and not entry.withdrawn:
            yield tree.mistake((), messages.NO_HOST)
    if isinstance(entry, Unit) and entry.replaced_by and entry.dissolved is None:
        yield tree.mistake_in_key(("replaced_by",), messages.MERGED_WITHOUT_DAY)


def told_apart(entries: Iterable[tuple[Tree, RegisterEntry]]) -> Iterator[Mistake]:
    """B6. Pages tell blocs of one name apart by their hosts: those of one host need names of their own."""
    first: dict[tuple[str | None, str], str] = {}
    for tree, entry in entries:
        if isinstance(entry, Bloc):
            shown = entry.short_name or entry.name
            other = first.setdefault((entry.host, match_key(shown)), entry.id)
            if other != entry.id:
                loc = ("short_name",) if entry.short_name else ("names",)
                yield tree.mistake(loc, messages.BLOCS_ALIKE, name=shown, id=entry.id, other=other)


def _number_and_numeral(tree: Tree, bloc: Bloc) -> Iterator[Mistake]:
    """B2."""
    if bloc.numeral is None or bloc.number is None:
        return
    value = int(bloc.numeral) if bloc.numeral.isdecimal() else roman(bloc.numeral)
    if value is not None and value != bloc.number:
        words = {"number": bloc.number, "numeral": bloc.numeral, "value": value}
        yield tree.mistake(("numeral",), messages.NUMBER_AND_NUMERAL, **words)


def _spans(entry: RegisterEntry) -> Iterator[Span]:
    for n, name in enumerate(entry.names):
        yield ("names", n), Both("tên", "the name"), name.from_, name.to
    if isinstance(entry, Unit):
        yield ("dissolved",), Both("đơn vị", "the unit"), entry.founded, entry.dissolved
        for n, membership in enumerate(entry.memberships):
            what = Both("thời gian thuộc khối", "the membership")
            yield ("memberships", n), what, membership.from_, membership.to
