"""What the page of a bloc's year shows: every fact with the bulletins that state it, both when they disagree."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple, TypedDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.dossier import CeremonyOfYear, Dossier, Pact, Stated, Succession
from bulletins.domain.model import (
    Award,
    Commitment,
    Decision,
    Document,
    Instructions,
    Movement,
    Result,
    Scoring,
    Seat,
    Statement,
    Target,
    Theme,
)
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import DossierInputs, Link, bloc_link, year_text
from bulletins.pages.views.common import Figure, Head, SeatView, figures_of, leaders_first, public, unit_links
from bulletins.vietnamese.dates import PartialDate

Units = Mapping[str, Link]

PHOTOS = 4
"""How many photos the page shows; the galleries have all."""

CYCLE = ("pact", "midterm", "summary", "handover")
"""The steps of a bloc's year as its page shows them."""


class Cited(NamedTuple):
    """A bulletin among the sources of a page: its number there, and a link to it."""

    number: int
    link: Link


class TakenOver(NamedTuple):
    """How the head came to lead: from which unit to which, and on which day, as far as bulletins say."""

    from_unit: Link | None
    to_unit: Link | None
    date: datetime.date | None
    sources: tuple[str, ...]


class Stage(NamedTuple):
    """A stage of an award, of `award-statuses`: how many it was then, and the bulletins that tell of it."""

    status: str
    number: int | None
    sources: tuple[str, ...]


class AwardOfYear(NamedTuple):
    """An award as far as it has come, and the bulletins that state it; `earlier` are the stages before, last first."""

    award: Award
    sources: tuple[str, ...]
    conflict: bool
    earlier: tuple[Stage, ...] = ()


class Held(NamedTuple):
    """A ceremony of the year, with links to the bulletins that tell of it."""

    kinds: tuple[str, ...]
    date: PartialDate
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
    counts: tuple[Stated[int], ...]


class NextYear(NamedTuple):
    """Who leads in the next year, such as “2023” or “2022–2023”."""

    year: str
    head: tuple[SeatView, ...]
    deputies: tuple[SeatView, ...]
    handed_over: PartialDate | None
    other_days: tuple[Stated[PartialDate], ...]


class DossierView(TypedDict):
    """A bloc in a year, as a story: who leads since when, the cycle, members, pact, results, who is next."""

    head: Head
    bloc: Link
    bloc_kind: Annotated[str | None, "code of `bloc-kinds`"]
    host: str | None
    year: Annotated[str, "“2023”, or “2022–2023” for a school year"]
    year_address: str
    sources: Annotated[dict[str, Cited], "every bulletin drawn on, by id"]
    years: Annotated[tuple[Link, ...], "all years of the bloc, the first one first"]
    leaders: Annotated[dict[str, tuple[SeatView, ...]], "by role: `head`, `deputy`"]
    taken_over: tuple[TakenOver, ...]
    standing_body: tuple[SeatView, ...]
    members: MembersOfYear
    changes: Annotated[tuple[Stated[Decision], ...], "units that joined or left"]
    cycle: tuple[Step, ...]
    pact: Pact | None
    themes: tuple[Stated[Theme], ...]
    movements: tuple[Stated[Movement], ...]
    commitments: tuple[Stated[Commitment], ...]
    commitments_open_ended: bool
    targets: tuple[Stated[Target], ...]
    instructions: tuple[Stated[Instructions], ...]
    scoring: tuple[Stated[Scoring], ...]
    awards: Annotated[tuple[AwardOfYear, ...], "from the highest"]
    units: Annotated[dict[str, Link], "by id"]
    results: tuple[Stated[Result], ...]
    limitations: tuple[Stated[Statement], ...]
    directions: tuple[Stated[Statement], ...]
    documents: tuple[Stated[Document], ...]
    ceremonies: Annotated[tuple[Held, ...], "those outside the cycle"]
    photos: Annotated[tuple[Figure, ...], "some photos of the bulletins"]
    galleries: Annotated[tuple[Link, ...], "all photos, by bulletin"]
    unsaid: Annotated[
        tuple[str, ...], "what no bulletin states: `head`, `deputy`, `members`, `pact`, `content` and so on"
    ]
    next: NextYear | None
    next_address: Annotated[str | None, "of the bloc's next year"]


def dossier(edition: Edition, inputs: DossierInputs) -> DossierView:
    facts = inputs.dossier.whole
    units = unit_links(inputs.units)
    cited = zip(facts.sources, inputs.bulletins, strict=True)
    sources = {source: Cited(number, link) for number, (source, link) in enumerate(cited, 1)}
    cycle = _cycle(facts, sources)
    return {
        "head": _head(edition, inputs),
        "bloc": bloc_link(inputs.bloc, short=False),
        "bloc_kind": inputs.bloc.kind,
        "host": inputs.host.name if inputs.host else None,
        "year": year_text(facts.year, facts.school_year),
        "year_address": urls.year(facts.year),
        "sources": sources,
        "years": tuple(link for _, link in inputs.years),
        "leaders": {"head": _seats(facts.head, units), "deputy": _seats(facts.deputies, units)},
        "taken_over": _taken_over(facts, units),
        "standing_body": _seats(facts.standing_body, units),
        "members": _members(facts, units),
        "changes": tuple(stated for stated in facts.changes if stated.fact.unit),
        "cycle": cycle,
        "pact": facts.pact,
        "themes": facts.themes,
        "movements": facts.movements,
        "commitments": facts.commitments,
        "commitments_open_ended": facts.commitments_open_ended,
        "targets": facts.targets,
        "instructions": facts.instructions,
        "scoring": facts.scoring,
        "awards": _awards(edition, facts.awards),
        "units": units,
        "results": facts.results,
        "limitations": facts.limitations,
        "directions": facts.directions,
        "documents": facts.documents,
        "ceremonies": _outside(cycle, (_ceremony(ceremony, sources) for ceremony in facts.ceremonies)),
        "photos": _photos(edition, inputs),
        "galleries": tuple(Link(urls.gallery(p.bulletin.id), p.bulletin.title) for p in inputs.photographed),
        "unsaid": tuple(_unsaid(facts)),
        "next": _succession(facts.next, units, facts.school_year) if facts.next else None,
        "next_address": _next_address(inputs),
    }


def _head(edition: Edition, inputs: DossierInputs) -> Head:
    facts = inputs.dossier
    place = [year for year, _ in inputs.years].index(facts.year)
    address = [link.address for _, link in inputs.years]
    about = {"bloc": _with_host(inputs), "year": edition.words.year(year_text(facts.year, facts.school_year))}
    what = edition.words.gettext(
        "Khối trưởng, thành viên, giao ước, chỉ tiêu và khen thưởng của %(bloc)s, năm %(year)s."
    )
    return Head(
        edition.words.gettext("%(bloc)s, năm %(year)s") % about,
        address[place],
        edition.words.of_bloc(what, inputs.bloc.kind) % about,
        data=urls.api_bloc_year(facts.bloc, facts.year),
        previous=address[place - 1] if place else None,
        next=address[place + 1] if place + 1 < len(address) else None,
        section=urls.BLOCS,
        trail=(
            Link(urls.BLOCS, edition.words.gettext("Khối, cụm thi đua")),
            bloc_link(inputs.bloc, short=False),
        ),
    )


def _with_host(inputs: DossierInputs) -> str:
    return f"{inputs.bloc.name}, {inputs.host.short}" if inputs.host else inputs.bloc.name


def _seats(seats: Iterable[Stated[Seat]], units: Units) -> tuple[SeatView, ...]:
    return tuple(_seat(stated, units) for stated in seats)


def _seat(stated: Stated[Seat], units: Units, roles: Sequence[str] = ()) -> SeatView:
    fact = stated.fact
    return SeatView(units[fact.unit], fact.person, fact.origin, stated.sources, stated.conflict, tuple(roles))


def _taken_over(facts: Dossier, units: Units) -> tuple[TakenOver, ...]:
    decisions = (stated for stated in facts.taken_over if stated.fact.role in (None, "head"))
    return tuple(
        TakenOver(units.get(s.fact.from_unit or ""), units.get(s.fact.to_unit or ""), s.fact.on, s.sources)
        for s in decisions
    )


def _outside(cycle: Iterable[Step], ceremonies: Iterable[Held]) -> tuple[Held, ...]:
    """The ceremonies that no step of the cycle shows."""
    shown = [step.ceremony for step in cycle]
    return tuple(ceremony for ceremony in ceremonies if ceremony not in shown)


def _photos(edition: Edition, inputs: DossierInputs) -> tuple[Figure, ...]:
    """Some photos of the year: as many of each bulletin as it takes to show `PHOTOS`."""
    shares = [[*figures_of(edition, *each).values()] for each in inputs.photographed]
    each = -(-PHOTOS // len(shares)) if shares else 0
    return tuple(figure for figures in shares for figure in figures[:each])[:PHOTOS]


def _unsaid(facts: Dossier) -> Iterator[str]:
    """What a reader looks for in a bloc's year and no bulletin states."""
    stated = {
        "head": facts.head,
        "deputy": facts.deputies,
        "members": facts.members.list or facts.members.count,
        "pact": facts.pact or facts.commitments or facts.targets,
        "content": facts.commitments or facts.targets or not facts.pact,
        "targets": facts.targets or not facts.commitments,
        "scoring": facts.scoring,
        "awards": facts.awards,
        "results": facts.results,
    }
    return (name for name, fact in stated.items() if not fact)


def _members(facts: Dossier, units: Units) -> MembersOfYear:
    roles: dict[str, list[str]] = {}
    held = {"head": facts.head, "deputy": facts.deputies, "standing_body": facts.standing_body}
    for role, seats in held.items():
        for stated in seats:
            roles.setdefault(stated.fact.unit, []).append(role)
    members = facts.members
    shown = leaders_first(_seat(stated, units, roles.get(stated.fact.unit, ())) for stated in members.list)
    return MembersOfYear(members.complete, members.count, shown, members.counts)


def _cycle(facts: Dossier, sources: Mapping[str, Cited]) -> tuple[Step, ...]:
    held = [(kind, facts.held(kind)) for kind in CYCLE]
    return tuple(Step(kind, _ceremony(ceremony, sources) if ceremony else None) for kind, ceremony in held)


def _ceremony(ceremony: CeremonyOfYear, sources: Mapping[str, Cited]) -> Held:
    links = tuple(sources[source].link for source in ceremony.bulletins)
    return Held(ceremony.kinds, ceremony.date, ceremony.reasons, links)


def _awards(edition: Edition, awards: Iterable[Stated[Award]]) -> tuple[AwardOfYear, ...]:
    """From the highest award to the lowest, as they are conferred; one that was proposed and is given stands once."""
    by_id: dict[str, list[Stated[Award]]] = {}
    for stated in sorted(awards, key=lambda stated: kinds.AWARDS.rank(stated.fact.form)):
        by_id.setdefault(stated.id, []).append(stated)
    return tuple(award for statements in by_id.values() for award in _stages(edition, statements))


def _stages(edition: Edition, statements: Sequence[Stated[Award]]) -> Iterator[AwardOfYear]:
    """The last stage of an award; what is told of one stage in other words, or otherwise, stands beside."""
    in_order = sorted(statements, key=_stage, reverse=True)
    last = _stage(in_order[0])
    before = [stated for stated in in_order if _stage(stated) < last and not stated.conflict]
    earlier = tuple(Stage(stated.fact.status, stated.fact.count, stated.sources) for stated in before)
    for stated in in_order:
        if stated not in before:
            shown = earlier if _stage(stated) == last else ()
            yield AwardOfYear(public(edition, stated.fact), stated.sources, stated.conflict, shown)


def _stage(stated: Stated[Award]) -> int:
    return kinds.AWARD_STATUSES.rank(stated.fact.status)


def _succession(succession: Succession, units: Units, school_year: bool) -> NextYear:
    seats = _seats(succession.head, units), _seats(succession.deputies, units)
    year = year_text(succession.year, school_year)
    return NextYear(year, *seats, succession.handed_over, succession.other_days)


def _next_address(inputs: DossierInputs) -> str | None:
    """The page of the next year, if there is one."""
    link = dict(inputs.years).get(inputs.dossier.year + 1)
    return link.address if link else None
