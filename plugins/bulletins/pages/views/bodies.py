"""What the pages of one bloc, one unit and one year show."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import STEPS
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import BlocInputs, BlocYearLine, ListInputs, UnitInputs, YearInputs
from bulletins.pages.views import structured
from bulletins.pages.views.awards import public
from bulletins.pages.views.common import Head, Link, bloc_link, bulletin_link, teaser, unit_links
from bulletins.pages.views.lists import list_view

View = dict[str, Any]


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


def _year_card(bloc_id: str, line: BlocYearLine) -> View:
    return {
        "link": Link(urls.bloc_year(bloc_id, line.year), str(line.year)),
        "heads": tuple(unit_links(line.heads).values()),
        "members": line.members,
        "bulletins": line.bulletins,
    }


def unit(edition: Edition, given: UnitInputs, listed: ListInputs) -> View:
    """A unit: its names, the blocs and roles it had by year, its awards, the bulletins that name it."""
    shown = list_view(edition, listed)
    blocs = {named.id: named for named in given.blocs}
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
        "services": tuple(
            {
                "year": Link(urls.bloc_year(service.bloc, service.year), str(service.year)),
                "bloc": bloc_link(blocs[service.bloc]),
                "role": service.role,
                "conflict": service.conflict,
                "sources": tuple(sources[source] for source in service.sources),
            }
            for service in given.services
        ),
        "awards": tuple(
            {"award": public(edition, won.award), "sources": tuple(sources[source] for source in won.sources)}
            for won in sorted(given.awards, key=lambda won: (-(won.award.year or 0), kinds.AWARDS.rank(won.award.form)))
        ),
        "list": shown,
    }


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


def _months(edition: Edition, given: YearInputs) -> tuple[View, ...]:
    in_order = sorted(given.held, key=lambda held: (held.card.date, held.card.id))
    by_month = groupby(in_order, key=lambda held: held.card.date.month)
    return tuple(
        {"number": month, "items": tuple(teaser(edition, item) for item in items)} for month, items in by_month
    )


def _progress(given: YearInputs) -> tuple[View, ...]:
    """One line for each bloc: a link to the bulletin of each step, or nothing where there is none yet."""
    held = {link.ceremony: link for link in given.ceremonies}
    known = set(given.dossiers)
    by_bloc = {line.bloc: line for line in given.progress}
    return tuple(
        {
            "bloc": Link(_progress_address(named.id, given.year, known), named.short),
            "steps": tuple(
                {
                    "link": bulletin_link(held[step].bulletin),
                    "date": datetime.date.fromisoformat(held[step].date),
                }
                if step
                else None
                for step in by_bloc[named.id].steps
            ),
        }
        for named in given.blocs
    )


def _progress_address(bloc_id: str, number: int, known: set[str]) -> str:
    return urls.bloc_year(bloc_id, number) if bloc_id in known else urls.bloc(bloc_id)
