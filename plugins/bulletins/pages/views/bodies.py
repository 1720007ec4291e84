"""What the pages of one bloc, one unit and one year show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import STEPS, Service
from bulletins.domain.model import Award
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import BlocInputs, BlocYearLine, ListInputs, UnitInputs, YearInputs
from bulletins.pages.views import structured
from bulletins.pages.views.awards import public
from bulletins.pages.views.common import Head, Link, TeaserView, bloc_link, bulletin_link, teaser, unit_links
from bulletins.pages.views.lists import list_view

View = dict[str, Any]


class YearCard(NamedTuple):
    """A year of a bloc, with the units that led it."""

    link: Link
    heads: tuple[Link, ...]
    members: int | None
    bulletins: int


class ServiceLine(NamedTuple):
    """A year of a unit in a bloc, with the bulletins that say so."""

    year: Link
    bloc: Link
    role: str
    conflict: bool
    sources: tuple[Link, ...]


class AwardWon(NamedTuple):
    """An award of a unit, with the bulletins that say so."""

    award: Award
    sources: tuple[Link, ...]


class Month(NamedTuple):
    """A month of a year's calendar."""

    number: int
    items: tuple[TeaserView, ...]


class StepHeld(NamedTuple):
    """A step of a bloc's year: a bulletin that tells of it, and its day."""

    link: Link
    date: datetime.date


class BlocProgress(NamedTuple):
    """What a bloc has of a year's steps; nothing where there is none yet."""

    bloc: Link
    steps: tuple[StepHeld | None, ...]


def bloc(edition: Edition, given: BlocInputs, listed: ListInputs) -> View:
    """A bloc: what it is, its years with their heads, its bulletins."""
    shown = list_view(edition, listed)
    name, host = given.bloc, given.host
    title = f"{name.name}, {host.short}"
    return {
        "head": Head(
            title,
            urls.bloc(name.id),
            edition.words.gettext("Các năm, khối trưởng và bản tin của %(bloc)s.") % {"bloc": title},
            data=urls.api_bloc(name.id),
            next=shown["older"],
            section=urls.BLOCS,
            about=structured.organization(edition, name.name, urls.bloc(name.id), host.name),
        ),
        "title": name.name,
        "kind": given.kind,
        "number": given.number,
        "numeral": given.numeral,
        "former_names": given.former_names,
        "host": host.name,
        "council": given.council,
        "years": tuple(_year_card(name.id, line) for line in given.years),
        "list": shown,
    }


def _year_card(bloc_id: str, line: BlocYearLine) -> YearCard:
    link = Link(urls.bloc_year(bloc_id, line.year), str(line.year))
    return YearCard(link, tuple(unit_links(line.heads).values()), line.members, line.bulletins)


def unit(edition: Edition, given: UnitInputs, listed: ListInputs) -> View:
    """A unit: its names, the blocs and roles it had by year, its awards, the bulletins that name it."""
    shown = list_view(edition, listed)
    blocs = {named.id: bloc_link(named) for named in given.blocs}
    sources = {reference.id: bulletin_link(reference) for reference in given.references}
    return {
        "head": Head(
            given.unit.name,
            urls.unit(given.unit.id),
            edition.words.gettext("Các khối, vai trò, khen thưởng và bản tin của %(unit)s.")
            % {"unit": given.unit.name},
            data=urls.api_unit(given.unit.id),
            next=shown["older"],
            section=urls.UNITS,
            about=structured.organization(
                edition, given.unit.name, urls.unit(given.unit.id), given.parent.name if given.parent else None
            ),
        ),
        "title": given.unit.name,
        "former_names": given.former_names,
        "parent": given.parent.name if given.parent else None,
        "successors": tuple(unit_links(given.successors).values()),
        "services": tuple(_service(service, blocs, sources) for service in given.services),
        "awards": tuple(
            AwardWon(public(edition, won.award), tuple(sources[source] for source in won.sources))
            for won in sorted(given.awards, key=lambda won: (-(won.award.year or 0), kinds.AWARDS.rank(won.award.form)))
        ),
        "list": shown,
    }


def _service(service: Service, blocs: Mapping[str, Link], sources: Mapping[str, Link]) -> ServiceLine:
    year = Link(urls.bloc_year(service.bloc, service.year), str(service.year))
    told = tuple(sources[source] for source in service.sources)
    return ServiceLine(year, blocs[service.bloc], service.role, service.conflict, told)


def year(edition: Edition, given: YearInputs, listed: ListInputs) -> View:
    """A year: its calendar by month, what each bloc has and lacks, and the bulletins that belong to it."""
    shown = list_view(edition, listed)
    title = edition.words.gettext("Năm %(year)s") % {"year": given.year}
    return {
        "head": Head(
            title,
            urls.year(given.year),
            edition.words.gettext("Lịch các buổi lễ, tiến độ của từng khối và bản tin năm %(year)s.")
            % {"year": given.year},
            data=urls.api_year(given.year),
            next=shown["older"],
            section=urls.YEARS,
        ),
        "title": title,
        "year": given.year,
        "months": _months(edition, given),
        "steps": STEPS,
        "progress": _progress(given),
        "earlier": Link(urls.year(given.earlier), str(given.earlier)) if given.earlier else None,
        "later": Link(urls.year(given.later), str(given.later)) if given.later else None,
        "list": shown,
    }


def _months(edition: Edition, given: YearInputs) -> tuple[Month, ...]:
    in_order = sorted(given.held, key=lambda held: (held.card.date, held.card.id))
    by_month = groupby(in_order, key=lambda held: held.card.date.month)
    return tuple(Month(month, tuple(teaser(edition, item) for item in items)) for month, items in by_month)


def _progress(given: YearInputs) -> tuple[BlocProgress, ...]:
    """One line for each bloc."""
    held = {
        link.ceremony: StepHeld(bulletin_link(link.bulletin), datetime.date.fromisoformat(link.date))
        for link in given.ceremonies
    }
    known = set(given.dossiers)
    by_bloc = {line.bloc: line for line in given.progress}
    return tuple(
        BlocProgress(
            Link(_progress_address(named.id, given.year, known), named.short),
            tuple(held[step] if step else None for step in by_bloc[named.id].steps),
        )
        for named in given.blocs
    )


def _progress_address(bloc_id: str, number: int, known: set[str]) -> str:
    return urls.bloc_year(bloc_id, number) if bloc_id in known else urls.bloc(bloc_id)
