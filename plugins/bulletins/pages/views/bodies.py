"""What the pages of one bloc, one unit and one year show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Annotated, NamedTuple, TypedDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import STEPS
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import (
    AwardOfUnit,
    BlocInputs,
    Link,
    ListInputs,
    MonthOfYear,
    ProgressOfBloc,
    ServiceOfUnit,
    Teaser,
    UnitInputs,
    YearInputs,
    YearOfBloc,
    kind_of,
    names_of,
)
from bulletins.pages.views import structured
from bulletins.pages.views.common import Head, public, safe_address
from bulletins.pages.views.dossier import DossierView, dossier
from bulletins.pages.views.lists import ListView, list_view
from bulletins.vietnamese.dates import PartialDate


class HeldOn(NamedTuple):
    """A bulletin in a calendar: its ceremony's day, what it was, and whose."""

    link: Link
    date: PartialDate
    kinds: tuple[str, ...]
    whose: str
    bloc_kind: str | None
    place: str | None
    gallery: str | None
    reasons: tuple[str, ...]
    is_day_disputed: bool


class Month(NamedTuple):
    """A month of a year's calendar."""

    number: int
    items: tuple[HeldOn, ...]


class HostOfYear(NamedTuple):
    """The blocs of a host of which there is a bulletin in the year, in the order of the index.

    Last come those whose host is not known.
    """

    id: str
    name: str | None
    blocs: tuple[ProgressOfBloc, ...]


class StepLacking(NamedTuple):
    """A step of the year, and how many of the blocs on the page have no bulletin of it."""

    step: str
    blocs: int


class BlocView(TypedDict):
    """A bloc: what it is, its years with their heads, its bulletins."""

    head: Head
    title: str
    kind: Annotated[str | None, "code of `bloc-kinds`"]
    number: int | None
    numeral: Annotated[str | None, "the number as the bloc writes it"]
    former_names: tuple[str, ...]
    host: str | None
    council: str | None
    host_website: Annotated[str | None, "only an address of the web"]
    years: Annotated[tuple[YearOfBloc, ...], "the latest first"]
    newest: Annotated[DossierView | None, "the latest year in full"]
    list: Annotated[ListView, "its bulletins"]


def bloc(edition: Edition, inputs: BlocInputs, listed: ListInputs) -> BlocView:
    shown = list_view(edition, listed)
    name, host = inputs.bloc, inputs.host
    title = f"{name.name}, {host.short}" if host else name.name
    return {
        "head": Head(
            title,
            urls.bloc(name.id),
            edition.words.of_bloc(edition.words.gettext("Các năm, khối trưởng và bản tin của %(bloc)s."), name.kind)
            % {"bloc": title},
            data=urls.api_bloc(name.id),
            next=shown["older"],
            section=urls.BLOCS,
            trail=(Link(urls.BLOCS, edition.words.gettext("Khối, cụm thi đua")),),
            about=structured.organization(edition, name.name, urls.bloc(name.id), host.name if host else None),
            feed=urls.bloc(name.id),
        ),
        "title": name.name,
        "kind": inputs.bloc.kind,
        "number": inputs.number,
        "numeral": inputs.numeral,
        "former_names": inputs.former_names,
        "host": host.name if host else None,
        "council": inputs.council,
        "host_website": safe_address(inputs.website),
        "years": inputs.years,
        "newest": dossier(edition, inputs.newest) if inputs.newest else None,
        "list": shown,
    }


class UnitView(TypedDict):
    """A unit: its names, the blocs and roles it had by year, its awards, the bulletins that name it."""

    head: Head
    title: str
    former_names: tuple[str, ...]
    parent: Annotated[str | None, "name of the host it belongs to"]
    successors: Annotated[tuple[Link, ...], "what it was merged into"]
    services: tuple[ServiceOfUnit, ...]
    awards: Annotated[tuple[AwardOfUnit, ...], "the latest year first, then from the highest"]
    list: Annotated[ListView, "bulletins that name it"]


def unit(edition: Edition, inputs: UnitInputs, listed: ListInputs) -> UnitView:
    shown = list_view(edition, listed)
    return {
        "head": Head(
            inputs.unit.name,
            urls.unit(inputs.unit.id),
            edition.words.gettext("Các khối, vai trò, khen thưởng và bản tin của %(unit)s.")
            % {"unit": inputs.unit.name},
            data=urls.api_unit(inputs.unit.id),
            next=shown["older"],
            section=urls.UNITS,
            trail=(Link(urls.UNITS, edition.words.gettext("Đơn vị")),),
            about=structured.organization(edition, inputs.unit.name, urls.unit(inputs.unit.id), inputs.parent),
            feed=urls.unit(inputs.unit.id),
        ),
        "title": inputs.unit.name,
        "former_names": inputs.former_names,
        "parent": inputs.parent,
        "successors": inputs.successors,
        "services": inputs.services,
        "awards": tuple(won._replace(award=public(edition, won.award)) for won in sorted(inputs.awards, key=_rank)),
        "list": shown,
    }


def _rank(won: AwardOfUnit) -> tuple[int, int]:
    return -(won.award.year or 0), kinds.AWARDS.rank(won.award.form)


class YearView(TypedDict):
    """A year: its calendar by month, who leads each bloc and what it has, and the bulletins that belong to it."""

    head: Head
    title: str
    year: int
    months: Annotated[tuple[Month, ...], "the calendar, but of a year too long for one page"]
    jumps: Annotated[tuple[MonthOfYear, ...], "the months of such a year, with the pages on which they begin"]
    steps: Annotated[tuple[str, ...], "codes of `ceremony-kinds`: the steps of `hosts`"]
    hosts: Annotated[tuple[HostOfYear, ...], "by name"]
    lacking: tuple[StepLacking, ...]
    silent: Annotated[int, "blocs of which no bulletin tells in this year"]
    earlier: Link | None
    later: Link | None
    list: Annotated[ListView, "bulletins that belong to the year, with the reasons"]


def year(edition: Edition, inputs: YearInputs, listed: ListInputs) -> YearView:
    shown = list_view(edition, listed)
    title = edition.words.gettext("Năm %(year)s") % {"year": inputs.year}
    known = tuple(bloc for bloc in inputs.progress if bloc.known)
    return {
        "head": Head(
            title,
            urls.year(inputs.year),
            edition.words.gettext("Lịch các buổi lễ, tiến độ của từng khối và bản tin năm %(year)s.")
            % {"year": inputs.year},
            data=urls.api_year(inputs.year),
            next=shown["older"],
            section=urls.YEARS,
            trail=(Link(urls.YEARS, edition.words.gettext("Các năm")),),
            feed=urls.year(inputs.year),
        ),
        "title": title,
        "year": inputs.year,
        "months": _months(inputs),
        "jumps": inputs.months,
        "steps": STEPS,
        "hosts": _hosts(known),
        "lacking": _lacking(known),
        "silent": len(inputs.progress) - len(known),
        "earlier": inputs.earlier,
        "later": inputs.later,
        "list": shown,
    }


def _hosts(blocs: Iterable[ProgressOfBloc]) -> tuple[HostOfYear, ...]:
    by_host = groupby(blocs, key=lambda bloc: bloc.host)
    return tuple(
        HostOfYear(host.id if host else "khac", host.name if host else None, tuple(of_host))
        for host, of_host in by_host
    )


def _lacking(blocs: Sequence[ProgressOfBloc]) -> tuple[StepLacking, ...]:
    counts = (sum(bloc.steps[n] is None for bloc in blocs) for n in range(len(STEPS)))
    return tuple(StepLacking(step, count) for step, count in zip(STEPS, counts, strict=True) if count)


def _in_the_year(date: PartialDate) -> tuple[int, int]:
    """Days of a month, then what is known by its month alone, and at the end what is known by its year alone."""
    return date.month or 13, date.day or 32


def _months(inputs: YearInputs) -> tuple[Month, ...]:
    in_order = sorted(inputs.held, key=lambda held: (_in_the_year(held.card.date), held.card.id))
    by_month = groupby(in_order, key=lambda held: held.card.date.month)
    return tuple(Month(month or 0, tuple(map(_held_on, items))) for month, items in by_month)


def _held_on(item: Teaser) -> HeldOn:
    card = item.card
    link, gallery = Link(urls.bulletin(card.id), card.title), urls.gallery(card.id) if card.photo else None
    whose, kind = names_of(item.blocs, item.host), kind_of(item.blocs)
    return HeldOn(link, card.date, card.kinds, whose, kind, card.place, gallery, item.reasons, item.is_day_disputed)
