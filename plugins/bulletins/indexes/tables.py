"""Tables for spreadsheets: CSV as RFC 4180 has it, in UTF-8 with a BOM, each row with the bulletins it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletins import urls
from bulletins.domain.dossier import Dossier, Service, Stated
from bulletins.domain.model import Award, Card
from bulletins.domain.register import Bloc
from bulletins.indexes.shape import Terms

BOM = "\ufeff"
"""By this Excel knows that the table is UTF-8."""

BETWEEN = " | "
"""Stands between the values of a cell that holds several; no id and no name has it."""

NAMES = ("bulletins", "blocs", "memberships", "targets", "awards")

Row = Sequence[str | int | float | None]


def bulletins(terms: Terms, rows: tuple[tuple[Card, str | None], ...]) -> Sequence[bytes]:
    """A row for each bulletin; `rows` are its card and when it was published."""
    head = ("id", "title", "blocs", "host", "kinds", "date", "place", "published", "url", "source")
    return [table(head, (_bulletin(terms, *row) for row in rows))]


def blocs(terms: Terms, rows: tuple[tuple[Bloc, tuple[int, ...], tuple[str, ...]], ...]) -> Sequence[bytes]:
    """A row for each bloc; `rows` are its entry of the register, its years and its bulletins."""
    head = ("id", "name", "kind", "number", "host", "years", "url", "source")
    return [table(head, (_bloc(terms, *row) for row in rows))]


def memberships(terms: Terms, services: tuple[Service, ...], names: tuple[tuple[str, str], ...]) -> Sequence[bytes]:
    """A row for each year of a unit in a bloc; `names` are (id, name) of the units."""
    head = ("bloc", "year", "unit", "name", "role", "person", "origin", "conflict", "source")
    named = dict(names)
    return [table(head, (_membership(service, named[service.unit]) for service in services))]


@dataclass(frozen=True, slots=True)
class Figures:
    """A dossier as an input of the tables of its targets and awards: nothing else in it makes them anew."""

    dossier: Dossier

    @property
    def digest(self) -> str:
        return f"{self.dossier.bloc}/{self.dossier.year} {self.dossier.figures_digest}"


def targets(terms: Terms, figures: tuple[Figures, ...]) -> Sequence[bytes]:
    """A row for each target of a bloc's year."""
    head = ("bloc", "year", "of", "op", "value", "unit", "attain", "within", "conflict", "source")
    return [table(head, (row for each in figures for row in _targets(each.dossier)))]


def awards(terms: Terms, figures: tuple[Figures, ...]) -> Sequence[bytes]:
    """A row for each award of a bloc's year; nobody who received one is named (contract §4.5)."""
    head = ("bloc", "year", "form", "by", "to", "count", "status", "units", "conflict", "source", "id")
    return [table(head, (_award(each.dossier, stated) for each in figures for stated in each.dossier.awards))]


def table(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """The bytes of a table: lines end in CRLF (RFC 4180), what is not known is an empty cell."""
    written = io.BytesIO()
    # Through bytes: as one text, a table of ten thousand rows takes five times the memory of the file.
    with io.TextIOWrapper(written, "utf-8", newline="") as text:
        text.write(BOM)
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows([_plain(cell) for cell in row] for row in rows)
        text.flush()
        return written.getvalue()


def _plain(cell: str | float | None) -> str | float | None:
    """A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection)."""
    is_formula = isinstance(cell, str) and len(cell) > 1 and cell[0] in "=+-@\t\r"
    return f"'{cell}" if is_formula else cell


def _several(values: Iterable[object]) -> str:
    return BETWEEN.join(map(str, values))


def _bulletin(terms: Terms, card: Card, published: str | None) -> Row:
    page = terms.at(urls.bulletin(card.id))
    day = card.date or None
    return (
        card.id,
        card.title,
        _several(card.blocs),
        card.host,
        _several(card.kinds),
        day,
        card.place,
        published,
        page,
        card.id,
    )


def _bloc(terms: Terms, bloc: Bloc, years: tuple[int, ...], sources: tuple[str, ...]) -> Row:
    page = terms.at(urls.bloc(bloc.id))
    return (bloc.id, bloc.name, bloc.kind, bloc.number, bloc.host, _several(years), page, _several(sources))


def _membership(service: Service, name: str) -> Row:
    seat = (service.role, service.person, service.origin, _flag(service.conflict), _several(service.sources))
    return (service.bloc, service.year, service.unit, name, *seat)


def _targets(dossier: Dossier) -> Iterator[Row]:
    for stated in dossier.targets:
        target = stated.fact
        op = None if target.value is None else target.op
        measure = (target.of, op, target.value, target.unit, _several(target.attain), target.within)
        yield (dossier.bloc, dossier.year, *measure, _flag(stated.conflict), _several(stated.sources))


def _award(dossier: Dossier, stated: Stated[Award]) -> Row:
    award = stated.fact
    facts = (award.form, award.by, award.to, award.count, award.status, _several(award.units))
    return (
        dossier.bloc,
        award.year or dossier.year,
        *facts,
        _flag(stated.conflict),
        _several(stated.sources),
        stated.id,
    )


def _flag(value: bool) -> str:
    return "true" if value else "false"
