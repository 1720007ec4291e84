"""What the page of a bloc's year shows: every fact with the bulletins that state it, both when they disagree."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple, TypedDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import CeremonyOfYear, Dossier, Pact, Stated, Succession
from bulletins.domain.model import (
    Award,
    Document,
    Instructions,
    Movement,
    Scoring,
    Seat,
    Statement,
    Target,
    Theme,
)
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import DossierInputs, Link, bloc_link, year_of_bloc_link
from bulletins.pages.views.awards import public
from bulletins.pages.views.common import Head, SeatView, leaders_first, unit_links

Units = Mapping[str, Link]

CYCLE = ("pact", "midterm", "summary", "handover")
"""The steps of a bloc's year as its page shows them."""


class Cited(NamedTuple):
    """A bulletin among the sources of a page: its number there, and a link to it."""

    number: int
    link: Link


class AwardOfYear(NamedTuple):
    """An award, and the bulletins that state it."""

    award: Award
    sources: tuple[str, ...]


class Held(NamedTuple):
    """A ceremony of the year, with links to the bulletins that tell of it."""

    kinds: tuple[str, ...]
    date: datetime.date
    reasons: tuple[str, ...]
    bulletins: tuple[Link, ...]


class Step(NamedTuple):
    """A step of the year with its ceremony, or without one as long as no bulletin tells of it."""

    kind: str
    ceremony: Held | None


@dataclass(frozen=True, slots=True)
class MembersOfYear:
    """The members in the order stated, each with its roles of the year."""

    complete: bool
    count: int | None
    list: tuple[SeatView, ...]


class NextYear(NamedTuple):
    """Who leads in the next year."""

    year: int
    head: tuple[SeatView, ...]
    deputies: tuple[SeatView, ...]
    handed_over: datetime.date | None


class DossierView(TypedDict):
    """A bloc in a year: leaders, members, the cycle, the pact, targets, scoring, awards, and who comes next."""

    head: Head
    bloc: Link
    host: str
    year: int
    year_address: str
    sources: Annotated[dict[str, Cited], "every bulletin drawn on, by id"]
    years: Annotated[tuple[Link, ...], "all years of the bloc, the first one first"]
    leaders: Annotated[dict[str, tuple[SeatView, ...]], "by role: `head`, `deputy`"]
    standing_body: tuple[SeatView, ...]
    members: MembersOfYear
    cycle: tuple[Step, ...]
    pact: Pact | None
    themes: tuple[Stated[Theme], ...]
    movements: tuple[Stated[Movement], ...]
    commitments: tuple[Stated[str], ...]
    commitments_open_ended: bool
    targets: tuple[Stated[Target], ...]
    instructions: tuple[Stated[Instructions], ...]
    scoring: tuple[Stated[Scoring], ...]
    awards: Annotated[tuple[AwardOfYear, ...], "from the highest"]
    units: Annotated[dict[str, Link], "by id"]
    results: tuple[Stated[Statement], ...]
    limitations: tuple[Stated[Statement], ...]
    directions: tuple[Stated[Statement], ...]
    documents: tuple[Stated[Document], ...]
    ceremonies: tuple[Held, ...]
    next: NextYear | None
    next_address: Annotated[str | None, "of the bloc's next year"]


def dossier(edition: Edition, given: DossierInputs) -> DossierView:
    told = given.dossier
    units = unit_links(given.units)
    cited = zip(told.sources, given.bulletins, strict=True)
    sources = {source: Cited(number, link) for number, (source, link) in enumerate(cited, 1)}
    return {
        "head": _head(edition, given),
        "bloc": bloc_link(given.bloc, short=False),
        "host": given.host.name,
        "year": told.year,
        "year_address": urls.year(told.year),
        "sources": sources,
        "years": tuple(year_of_bloc_link(told.bloc, year) for year in sorted(given.years)),
        "leaders": {"head": _seats(told.head, units), "deputy": _seats(told.deputies, units)},
        "standing_body": _seats(told.standing_body, units),
        "members": _members(told, units),
        "cycle": _cycle(told, sources),
        "pact": told.pact,
        "themes": told.themes,
        "movements": told.movements,
        "commitments": told.commitments,
        "commitments_open_ended": told.commitments_open_ended,
        "targets": told.targets,
        "instructions": told.instructions,
        "scoring": told.scoring,
        "awards": _awards(edition, told.awards),
        "units": units,
        "results": told.results,
        "limitations": told.limitations,
        "directions": told.directions,
        "documents": told.documents,
        "ceremonies": tuple(_ceremony(ceremony, sources) for ceremony in told.ceremonies),
        "next": _succession(told.next, units) if told.next else None,
        "next_address": _next_address(given),
    }


def _head(edition: Edition, given: DossierInputs) -> Head:
    told = given.dossier
    years = sorted(given.years)
    place = years.index(told.year)
    address = [urls.bloc_year(told.bloc, year) for year in years]
    about = {"bloc": f"{given.bloc.name}, {given.host.short}", "year": told.year}
    return Head(
        edition.words.gettext("%(bloc)s, năm %(year)s") % about,
        address[place],
        edition.words.gettext("Khối trưởng, thành viên, giao ước, chỉ tiêu và khen thưởng của %(bloc)s, năm %(year)s.")
        % about,
        data=urls.api_bloc_year(told.bloc, told.year),
        previous=address[place - 1] if place else None,
        next=address[place + 1] if place + 1 < len(address) else None,
        section=urls.BLOCS,
    )


def _seats(found: Iterable[Stated[Seat]], units: Units) -> tuple[SeatView, ...]:
    return tuple(_seat(stated, units) for stated in found)


def _seat(stated: Stated[Seat], units: Units, roles: Sequence[str] = ()) -> SeatView:
    fact = stated.fact
    return SeatView(units[fact.unit], fact.person, fact.origin, stated.sources, stated.conflict, tuple(roles))


def _members(told: Dossier, units: Units) -> MembersOfYear:
    roles: dict[str, list[str]] = {}
    held = {"head": told.head, "deputy": told.deputies, "standing_body": told.standing_body}
    for role, seats in held.items():
        for stated in seats:
            roles.setdefault(stated.fact.unit, []).append(role)
    members = told.members
    shown = leaders_first(_seat(stated, units, roles.get(stated.fact.unit, ())) for stated in members.list)
    return MembersOfYear(members.complete, members.count, shown)


def _cycle(told: Dossier, sources: Mapping[str, Cited]) -> tuple[Step, ...]:
    held = [(kind, told.held(kind)) for kind in CYCLE]
    return tuple(Step(kind, _ceremony(found, sources) if found else None) for kind, found in held)


def _ceremony(ceremony: CeremonyOfYear, sources: Mapping[str, Cited]) -> Held:
    links = tuple(sources[source].link for source in ceremony.bulletins)
    return Held(ceremony.kinds, ceremony.date, ceremony.reasons, links)


def _awards(edition: Edition, found: Iterable[Stated[Award]]) -> tuple[AwardOfYear, ...]:
    """From the highest award to the lowest, as they are conferred."""
    ranked = sorted(found, key=lambda stated: kinds.AWARDS.rank(stated.fact.form))
    return tuple(AwardOfYear(public(edition, stated.fact), stated.sources) for stated in ranked)


def _succession(told: Succession, units: Units) -> NextYear:
    return NextYear(told.year, _seats(told.head, units), _seats(told.deputies, units), told.handed_over)


def _next_address(given: DossierInputs) -> str | None:
    """The page of the next year, if there is one."""
    year = given.dossier.year + 1
    return urls.bloc_year(given.dossier.bloc, year) if year in given.years else None
