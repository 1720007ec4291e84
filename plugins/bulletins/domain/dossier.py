"""A bloc in one year: what all bulletins together say of it, each fact with the bulletins that state it.

Nothing is inferred here. Where two bulletins disagree both values stand, marked as a conflict (contract §3).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Generic, NamedTuple, TypeVar

from bulletins.domain.attribution import (
    CHANGING,
    LEADING,
    is_amid_its_year,
    own_year,
    year_led,
    year_of_change,
    year_of_directions,
    year_of_promises,
    year_of_result,
    year_of_theme,
)
from bulletins.domain.model import (
    Award,
    Bulletin,
    Commitment,
    Decision,
    Document,
    IdentifiedAward,
    Instructions,
    Movement,
    Result,
    Scoring,
    Seat,
    Statement,
    Target,
    Theme,
)
from bulletins.domain.model import Members as MembersSaid
from bulletins.domain.record import Value
from bulletins.domain.tally import Tally, tally
from bulletins.vietnamese.dates import PartialDate
from bulletins.vietnamese.folding import match_key

F = TypeVar("F", bound=Hashable)

STEPS = ("pact", "midterm", "summary")
"""The steps of a bloc's year whose absence an office wants to see (contract §3, years)."""


class Service(NamedTuple):
    """A unit in a role of a bloc in a year, and the bulletins that say so."""

    unit: str
    bloc: str
    year: int
    role: str
    person: str | None
    origin: str
    sources: tuple[str, ...]
    conflict: bool
    school_year: bool = False


@dataclass(frozen=True)
class Stated(Generic[F]):
    """A fact, the ids of the bulletins that state it, and whether another bulletin says otherwise.

    Of a seat, `person_sources` are those that name its person. Of an award, `id` is that of the award wherever it is
    told; of one award there may be several statements.
    """

    fact: F
    sources: tuple[str, ...]
    conflict: bool = False
    person_sources: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Members:
    """The members as far as stated; `count` is the number stated, or that of a complete list, or `None`.

    `counts` are all numbers that bulletins give, `count` is the first: more than one is a conflict.
    """

    complete: bool
    count: int | None
    list: tuple[Stated[Seat], ...]
    counts: tuple[Stated[int], ...] = ()


@dataclass(frozen=True)
class Pact:
    """The signing of the year's pact."""

    ceremony: str
    date: PartialDate
    sources: tuple[str, ...]
    others: tuple[Stated[PartialDate], ...] = ()
    """Other days that bulletins give."""

    @property
    def conflict(self) -> bool:
        """Whether bulletins disagree on the day."""
        return bool(self.others)


class Report(NamedTuple):
    """When and where a ceremony was held, as a bulletin says."""

    bulletin: str
    date: PartialDate
    place: str | None
    province: str | None

    @classmethod
    def of(cls, bulletin: Bulletin) -> Report:
        """What a bulletin says of its ceremony."""
        place = bulletin.ceremony.place
        return cls(bulletin.id, bulletin.date, place.name if place else None, place.province if place else None)


@dataclass(frozen=True)
class CeremonyOfYear:
    """A ceremony as the year's dossier lists it, with the reasons why it belongs to the year."""

    id: str
    kinds: tuple[str, ...]
    date: PartialDate
    reasons: tuple[str, ...]
    reports: tuple[Report, ...]

    @property
    def bulletins(self) -> tuple[str, ...]:
        """The ids of the bulletins that report it."""
        return tuple(report.bulletin for report in self.reports)


@dataclass(frozen=True)
class Succession:
    """Who leads in the following year, as this year's bulletins say."""

    year: int
    head: tuple[Stated[Seat], ...]
    deputies: tuple[Stated[Seat], ...]
    handed_over: PartialDate | None
    other_days: tuple[Stated[PartialDate], ...] = ()
    """Other days that bulletins give for the hand-over."""


@dataclass(frozen=True)
class Dossier(Value):
    """All that is known of a bloc in a year. More than one `head` means that bulletins disagree."""

    bloc: str
    year: int
    school_year: bool
    """Whether it is the school year that begins in `year`."""
    head: tuple[Stated[Seat], ...]
    deputies: tuple[Stated[Seat], ...]
    deputies_origin: str
    taken_over: tuple[Stated[Decision], ...]
    standing_body: tuple[Stated[Seat], ...]
    members: Members
    changes: tuple[Stated[Decision], ...]
    """Who joined the bloc, and who left it."""
    pact: Pact | None
    themes: tuple[Stated[Theme], ...]
    movements: tuple[Stated[Movement], ...]
    commitments: tuple[Stated[Commitment], ...]
    commitments_open_ended: bool
    targets: tuple[Stated[Target], ...]
    instructions: tuple[Stated[Instructions], ...]
    scoring: tuple[Stated[Scoring], ...]
    awards: tuple[Stated[Award], ...]
    results: tuple[Stated[Result], ...]
    limitations: tuple[Stated[Statement], ...]
    directions: tuple[Stated[Statement], ...]
    documents: tuple[Stated[Document], ...]
    ceremonies: tuple[CeremonyOfYear, ...]
    next: Succession | None
    shared: tuple[tuple[str, str], ...]
    """The ids of bulletins that are filed under another bloc, which they are about too, and of that bloc."""
    sources: tuple[str, ...]
    modified: str | None

    @property
    def id(self) -> str:
        return f"{self.bloc}-{self.year}"

    @property
    def whole(self) -> Dossier:
        """The dossier itself: one of which a summary is in memory is joined."""
        return self

    def held(self, kind: str) -> CeremonyOfYear | None:
        """The year's ceremony of a kind, or `None`: a year-end review of this year, not one held in it."""
        reason = "pact" if kind == "pact" else "reviewed"
        return next((c for c in self.ceremonies if kind in c.kinds and reason in c.reasons), None)

    @property
    def steps(self) -> tuple[str | None, ...]:
        """The ceremony's id for each step of `STEPS`, or `None` while there is no bulletin."""
        held = map(self.held, STEPS)
        return tuple(ceremony.id if ceremony else None for ceremony in held)

    @property
    def heads(self) -> tuple[str, ...]:
        """The units that bulletins name as head."""
        return tuple(seat.fact.unit for seat in self.head)

    @property
    def member_count(self) -> int | None:
        """How many members it has, as far as known."""
        return self.members.count

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit with a seat, in the order of their ids."""
        seats = (*self.head, *self.deputies, *self.standing_body, *self.members.list)
        return tuple(sorted({seat.fact.unit for seat in seats}))

    @property
    def units_of_next(self) -> tuple[str, ...]:
        """The units that lead in the next year."""
        seats = (*self.next.head, *self.next.deputies) if self.next else ()
        return tuple(sorted({seat.fact.unit for seat in seats}))

    @property
    def units_that_changed(self) -> tuple[str, ...]:
        """The units that joined or left."""
        return tuple(sorted({stated.fact.unit for stated in self.changes if stated.fact.unit}))

    @property
    def figures_digest(self) -> str:
        """Changes whenever its targets or its awards do."""
        return blake2b(repr((self.targets, self.awards)).encode(), digest_size=16).hexdigest()

    @property
    def tally(self) -> Tally:
        """What it adds to the statistics."""
        return tally(self.awards, self.targets)

    @property
    def services(self) -> tuple[Service, ...]:
        """Each unit's roles, each with its own sources: a unit that leads is not listed once more as a member."""
        held = {"head": self.head, "deputy": self.deputies, "standing_body": self.standing_body}
        leading = [self._service(role, stated) for role, seats in held.items() for stated in seats]
        leaders = {service.unit for service in leading}
        members = (stated for stated in self.members.list if stated.fact.unit not in leaders)
        return (*leading, *(self._service("member", stated) for stated in members))

    def _service(self, role: str, stated: Stated[Seat]) -> Service:
        seat = stated.fact
        said = (seat.person, seat.origin, stated.sources, stated.conflict)
        return Service(seat.unit, self.bloc, self.year, role, *said, self.school_year)


Say = Callable[[Bulletin], Iterable[F]]


def gather(
    bulletins: Iterable[Bulletin], say: Say[F], key: Callable[[F], Hashable] = lambda fact: fact
) -> tuple[Stated[F], ...]:
    """Every fact `say` finds, in the bulletins' order; facts with one `key` are one fact with several sources."""
    stated: dict[Hashable, tuple[F, list[str]]] = {}
    for bulletin in bulletins:
        for fact in say(bulletin):
            _, sources = stated.setdefault(key(fact), (fact, []))
            if bulletin.id not in sources:
                sources.append(bulletin.id)
    return tuple(Stated(fact, tuple(sources)) for fact, sources in stated.values())


def _contradicting(facts: Sequence[Stated[F]]) -> tuple[Stated[F], ...]:
    """Facts of which only one can be true: more than one is a conflict."""
    return tuple(replace(item, conflict=len(facts) > 1) for item in facts)


def _disputed(facts: Sequence[Stated[F]], speakers: frozenset[str]) -> tuple[Stated[F], ...]:
    """A list on which `speakers` should agree: an entry one of them leaves out is in conflict."""
    return tuple(replace(item, conflict=item.conflict or not speakers <= set(item.sources)) for item in facts)


_STRENGTH = ("stated", "caption", "inferred", "not_stated")


def _gather_seats(bulletins: Iterable[Bulletin], say: Callable[[Bulletin], Iterable[Seat]]) -> tuple[Stated[Seat], ...]:
    """Every seat: a unit once, or once for each person whom bulletins name for it, which is a conflict.

    A bulletin that names the unit alone is a source of the seat and not of the person.
    """
    by_unit: dict[str, list[tuple[str, Seat]]] = {}
    for bulletin in bulletins:
        for seat in say(bulletin):
            by_unit.setdefault(seat.unit, []).append((bulletin.id, seat))
    return tuple(stated for claims in by_unit.values() for stated in _seats_of_unit(claims))


def _seats_of_unit(claims: Sequence[tuple[str, Seat]]) -> Iterator[Stated[Seat]]:
    persons = list(dict.fromkeys(match_key(seat.person) for _, seat in claims if seat.person)) or [""]
    unnamed = [(source, seat) for source, seat in claims if not seat.person]
    for n, person in enumerate(persons):
        naming = [(source, seat) for source, seat in claims if seat.person and match_key(seat.person) == person]
        own = [*naming, *unnamed] if n == 0 else naming
        strongest = min((seat.origin for _, seat in own), key=_STRENGTH.index)
        seat = own[0][1]
        yield Stated(
            seat if seat.origin == strongest else seat.model_copy(update={"origin": strongest}),
            tuple(dict.fromkeys(source for source, _ in (sorted(own, key=[*claims].index) if naming else own))),
            len(persons) > 1,
            tuple(dict.fromkeys(source for source, _ in naming)),
        )


def _fuller(seats: Iterable[Seat]) -> list[Seat]:
    """One seat for each unit, keeping the first that names a person."""
    by_unit: dict[str, Seat] = {}
    for seat in seats:
        if seat.unit not in by_unit or (seat.person and not by_unit[seat.unit].person):
            by_unit[seat.unit] = seat
    return list(by_unit.values())


def _led_by(bulletin: Bulletin, decision: Decision, role: str, year: int) -> str | None:
    """The unit that a decision gives a role in a year; what is handed over without a word is the head's role."""
    if decision.kind not in LEADING or year_led(bulletin, decision) != year:
        return None
    if decision.kind == "handed_over":
        return decision.to_unit if (decision.role or "head") == role else None
    return decision.unit if decision.role == role else None


def seats_of(bulletin: Bulletin, role: str, year: int) -> list[Seat]:
    """Who holds a role in a year according to one bulletin: its statement of the year, then its decisions."""
    entry = bulletin.bloc_year(year)
    stated: tuple[Seat | None, ...] = ()
    if entry:
        stated = {"head": (entry.head,), "deputy": entry.deputies, "standing_body": (entry.standing_body,)}[role]
    decided = [
        Seat(unit=unit, origin=decision.origin)
        for decision in bulletin.decisions
        if (unit := _led_by(bulletin, decision, role, year))
    ]
    return _fuller([*(seat for seat in stated if seat), *decided])


def _role(bulletins: Sequence[Bulletin], role: str, year: int) -> tuple[Stated[Seat], ...]:
    return _gather_seats(bulletins, lambda b: seats_of(b, role, year))


def _deputies(bulletins: Sequence[Bulletin], year: int) -> tuple[Stated[Seat], ...]:
    deputies = _role(bulletins, "deputy", year)
    return _disputed(deputies, frozenset(source for item in deputies for source in item.sources))


def _deputies_origin(bulletins: Sequence[Bulletin], year: int, deputies: Sequence[Stated[Seat]]) -> str:
    if deputies:
        return deputies[0].fact.origin
    entries = (bulletin.bloc_year(year) for bulletin in bulletins)
    return next((e.deputies_origin for e in entries if e and e.deputies_origin != "not_stated"), "not_stated")


def _members(bulletins: Sequence[Bulletin], year: int) -> Members:
    entries = {b.id: entry.members for b in bulletins if (entry := b.bloc_year(year))}
    listed = _gather_seats(bulletins, lambda b: entries[b.id].list if b.id in entries else ())
    whole = frozenset(source for source, members in entries.items() if members.complete)
    counts = _contradicting(gather(bulletins, lambda b: _count(entries.get(b.id))))
    count = counts[0].fact if counts else None
    return Members(bool(whole), count, _disputed(listed, whole), counts)


def _count(members: MembersSaid | None) -> list[int]:
    """How many members a bulletin gives: the number it states, or that of a list it calls complete."""
    if members is None or (members.count_stated is None and not members.complete):
        return []
    return [len(members.list) if members.count_stated is None else members.count_stated]


def _pact(bulletins: Sequence[Bulletin], year: int) -> Pact | None:
    signing = [b for b in bulletins if b.years.pact == year and "pact" in b.ceremony.kinds]
    if not signing:
        return None
    days = gather(signing, lambda b: [b.date])
    first, *others = sorted(days, key=lambda day: -len(day.fact))
    # A bulletin that gives no day, or only the month of the day that another gives, does not say otherwise.
    others = [day for day in others if not first.fact.startswith(day.fact)]
    return Pact(signing[0].ceremony_id, first.fact, first.sources, _contradicting_all(others))


def _contradicting_all(facts: Iterable[Stated[F]]) -> tuple[Stated[F], ...]:
    return tuple(replace(item, conflict=True) for item in facts)


def _gather_targets(bulletins: Iterable[Bulletin]) -> tuple[Stated[Target], ...]:
    """Every target; in conflict where bulletins give other figures for the same thing."""
    targets = [(_aim(stated.fact), stated) for stated in gather(bulletins, lambda b: b.targets)]
    voices: dict[Hashable, set[tuple[str, ...]]] = {}
    for aim, stated in targets:
        voices.setdefault(aim, set()).add(stated.sources)
    return tuple(replace(stated, conflict=len(voices[aim]) > 1) for aim, stated in targets)


def _aim(target: Target) -> Hashable:
    """What a target is about, without its figure."""
    return match_key(target.of or ""), target.unit, tuple(map(match_key, target.attain)), target.within


def gather_awards(
    bulletins: Iterable[Bulletin], say: Callable[[Bulletin], Iterable[IdentifiedAward]]
) -> tuple[Stated[Award], ...]:
    """Every award as it is stated; in conflict where bulletins give other numbers for one award at the same stage."""
    stated = [Stated(item.fact.award, item.sources, id=item.fact.id) for item in gather(bulletins, say)]
    counts: dict[Hashable, set[int]] = {}
    for item in stated:
        if item.fact.count is not None:
            counts.setdefault((item.id, item.fact.status), set()).add(item.fact.count)
    disputed = {key for key, different in counts.items() if len(different) > 1}
    return tuple(replace(item, conflict=(item.id, item.fact.status) in disputed) for item in stated)


def _document(document: Document) -> Hashable:
    """A document by its symbol, issuer and date: of one symbol there may be several (`01-CT/TU` has every province)."""
    issuer = match_key(document.issuer) if document.issuer else None
    return document.kind, document.symbol or document.title, issuer, document.date or document.year or document.term


def _ceremonies(bulletins: Sequence[Bulletin], year: int) -> tuple[CeremonyOfYear, ...]:
    by_id: dict[str, list[Bulletin]] = {}
    for bulletin in bulletins:
        by_id.setdefault(bulletin.ceremony_id, []).append(bulletin)
    return tuple(_ceremony(ceremony_id, reports, year) for ceremony_id, reports in by_id.items())


def _ceremony(ceremony_id: str, reports: Sequence[Bulletin], year: int) -> CeremonyOfYear:
    kinds = dict.fromkeys(kind for bulletin in reports for kind in bulletin.ceremony.kinds)
    reasons = dict.fromkeys(reason for bulletin in reports for reason in bulletin.reasons(year))
    return CeremonyOfYear(ceremony_id, tuple(kinds), reports[0].date, tuple(reasons), tuple(map(Report.of, reports)))


def _day(bulletin: Bulletin, decision: Decision) -> PartialDate:
    """The day of a decision: its own, or else that of the ceremony."""
    return PartialDate.of(decision.on) if decision.on else bulletin.date


def _hands_over(bulletin: Bulletin, year: int) -> bool:
    """Whether a bulletin tells that the lead of a year was handed over by that of the year before."""
    return any(year_led(bulletin, d) == year for d in _successions(bulletin))


def _successions(bulletin: Bulletin) -> list[Decision]:
    """The hand-overs from one year's lead to the next."""
    return [d for d in bulletin.decisions if d.kind == "handed_over" and not is_amid_its_year(bulletin, d)]


def _succession(bulletins: Sequence[Bulletin], year: int) -> Succession | None:
    """The next year's leaders as far as those bulletins say that review this one, or tell of the hand-over."""
    reviews = [b for b in bulletins if b.years.reviewed == year or _hands_over(b, year + 1)]
    head, deputies = _role(reviews, "head", year + 1), _deputies(reviews, year + 1)
    days = gather(reviews, lambda b: [_day(b, d) for d in _successions(b)])
    if not (head or deputies or days):
        return None
    first = days[0].fact if days else None
    return Succession(year + 1, _contradicting(head), deputies, first, _contradicting_all(days[1:]))


def dossier(bloc: str, year: int, reports: Iterable[Bulletin]) -> Dossier:
    """What bulletins of one bloc say of one year. Give all bulletins that belong to the year, in any order."""
    whole = sorted((b.whole for b in reports), key=lambda b: (b.date, b.id))
    bulletins = [b.of_bloc(bloc) for b in whole]
    promising = [b for b in bulletins if year_of_promises(b) == year]
    directing = [b for b in bulletins if year_of_directions(b) == year]
    deputies = _deputies(bulletins, year)
    return Dossier(
        bloc=bloc,
        year=year,
        school_year=any(_is_school_year(b, year) for b in bulletins),
        head=_contradicting(_role(bulletins, "head", year)),
        deputies=deputies,
        deputies_origin=_deputies_origin(bulletins, year, deputies),
        taken_over=gather(
            bulletins, lambda b: [d for d in b.decisions if d.kind == "handed_over" and d.for_year == year]
        ),
        standing_body=_contradicting(_role(bulletins, "standing_body", year)),
        members=_members(bulletins, year),
        changes=gather(
            bulletins, lambda b: [d for d in b.decisions if d.kind in CHANGING and year_of_change(b, d) == year]
        ),
        pact=_pact(bulletins, year),
        themes=gather(bulletins, lambda b: [t for t in b.themes if year_of_theme(b, t) == year]),
        movements=gather(bulletins, lambda b: [m for m in b.movements if _in_year(m, own_year(b), year)]),
        commitments=gather(promising, lambda b: b.commitments.each, key=lambda commitment: commitment.text),
        commitments_open_ended=any(b.commitments.open_ended for b in promising),
        targets=_gather_targets(promising),
        instructions=gather(directing, lambda b: [b.instructions] if b.instructions else []),
        scoring=_contradicting(
            gather(bulletins, lambda b: [b.scoring] if b.scoring and b.scoring.year == year else [])
        ),
        awards=gather_awards(whole, lambda b: [said for said in b.awards_of(year) if said.award.bloc in (None, bloc)]),
        results=gather(bulletins, lambda b: [s for s in b.results if year_of_result(b, s) == year]),
        limitations=gather(bulletins, lambda b: [s for s in b.limitations if year_of_result(b, s) == year]),
        directions=gather(directing, lambda b: b.directions),
        documents=gather([b for b in bulletins if own_year(b) == year], lambda b: b.documents, key=_document),
        ceremonies=_ceremonies(bulletins, year),
        next=_succession(bulletins, year),
        shared=tuple((b.id, b.home) for b in whole if b.home != bloc),
        sources=tuple(b.id for b in bulletins),
        modified=max((b.modified for b in bulletins if b.modified), default=None),
    )


def _is_school_year(bulletin: Bulletin, year: int) -> bool:
    entry = bulletin.bloc_year(year)
    return entry.school_year if entry else bulletin.years.school_year


BulletinsByBlocYear = Mapping[tuple[str, int], Sequence[Bulletin]]
"""The bulletins that tell of each bloc in each year."""


Join = Callable[[BulletinsByBlocYear], Mapping[tuple[str, int], Dossier]]


def dossiers(by_bloc_year: BulletinsByBlocYear) -> dict[tuple[str, int], Dossier]:
    """The dossier of every bloc in every year that anything is told of."""
    return {key: dossier(*key, bulletins) for key, bulletins in by_bloc_year.items()}


def _in_year(movement: Movement, own_year: int | None, year: int) -> bool:
    if movement.period:
        return movement.period.from_ <= year <= movement.period.to
    return (movement.year or own_year) == year
