"""What the pages of one bloc, one unit and one year show."""

from __future__ import annotations

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
    ProgressOfBloc,
    ServiceOfUnit,
    UnitInputs,
    YearInputs,
    YearOfBloc,
)
from bulletins.pages.views import structured
from bulletins.pages.views.common import Head, TeaserView, public, teaser
from bulletins.pages.views.lists import ListView, list_view


class Month(NamedTuple):
    """A month of a year's calendar."""

    number: int
    items: tuple[TeaserView, ...]


class BlocView(TypedDict):
    """A bloc: what it is, its years with their heads, its bulletins."""

    head: Head
    title: str
    kind: Annotated[str, "code of `bloc-kinds`"]
    number: int | None
    numeral: Annotated[str | None, "the number as the bloc writes it"]
    former_names: tuple[str, ...]
    host: str
    council: str | None
    years: Annotated[tuple[YearOfBloc, ...], "the latest first"]
    list: Annotated[ListView, "its bulletins"]


def bloc(edition: Edition, inputs: BlocInputs, listed: ListInputs) -> BlocView:
    shown = list_view(edition, listed)
    name, host = inputs.bloc, inputs.host
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
        "kind": inputs.kind,
        "number": inputs.number,
        "numeral": inputs.numeral,
        "former_names": inputs.former_names,
        "host": host.name,
        "council": inputs.council,
        "years": inputs.years,
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
            about=structured.organization(edition, inputs.unit.name, urls.unit(inputs.unit.id), inputs.parent),
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
    """A year: its calendar by month, what each bloc has and lacks, and the bulletins that belong to it."""

    head: Head
    title: str
    year: int
    months: Annotated[tuple[Month, ...], "the calendar"]
    steps: Annotated[tuple[str, ...], "codes of `ceremony-kinds`: the columns of `progress`"]
    progress: Annotated[tuple[ProgressOfBloc, ...], "every bloc, in the order of the index"]
    earlier: Link | None
    later: Link | None
    list: Annotated[ListView, "bulletins that belong to the year, with the reasons"]


def year(edition: Edition, inputs: YearInputs, listed: ListInputs) -> YearView:
    shown = list_view(edition, listed)
    title = edition.words.gettext("Năm %(year)s") % {"year": inputs.year}
    return {
        "head": Head(
            title,
            urls.year(inputs.year),
            edition.words.gettext("Lịch các buổi lễ, tiến độ của từng khối và bản tin năm %(year)s.")
            % {"year": inputs.year},
            data=urls.api_year(inputs.year),
            next=shown["older"],
            section=urls.YEARS,
        ),
        "title": title,
        "year": inputs.year,
        "months": _months(edition, inputs),
        "steps": STEPS,
        "progress": inputs.progress,
        "earlier": inputs.earlier,
        "later": inputs.later,
        "list": shown,
    }


def _months(edition: Edition, inputs: YearInputs) -> tuple[Month, ...]:
    in_order = sorted(inputs.held, key=lambda held: (held.card.date, held.card.id))
    by_month = groupby(in_order, key=lambda held: held.card.date.month)
    return tuple(Month(month, tuple(teaser(edition, item) for item in items)) for month, items in by_month)
