"""What recognising gives: values with how sure they are and the words they were taken from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, TypeVar

from bulletins.phrases.awards import AwardMention
from bulletins.phrases.citations import DocumentMention
from bulletins.phrases.goals import CommitmentList, ScoringMention, TargetMention
from bulletins.phrases.people import PersonMention
from bulletins.phrases.statements import Points

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """A value with the words of the text it rests on; `sure` when nothing else can be meant."""

    value: T
    words: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Organization:
    """A unit, host or bloc as recognised: its id, whether the register has it, and the name for a new entry.

    `parent` is the id of the host; of a bloc it is its host, `None` when the text names none.
    """

    id: str
    name: str
    is_new: bool = False
    parent: str | None = None
    kind: str = "khoi"
    number: int | None = None
    numeral: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A unit in a role, with who speaks for it."""

    unit: Organization
    as_: str
    person: str | None = None
    origin: str = "stated"


@dataclass(frozen=True, slots=True)
class BlocYear:
    """The bloc in one year, as far as the text says."""

    year: int
    head: Proposal[Seat] | None = None
    deputies: tuple[Proposal[Seat], ...] = ()
    standing_body: Proposal[Seat] | None = None
    member_count: Proposal[int] | None = None
    members: Proposal[tuple[Seat, ...]] | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """An election, an assignment or a hand-over told by the text."""

    kind: str
    role: str
    unit: Organization | None
    from_unit: Organization | None
    to_unit: Organization | None
    for_year: int | None
    as_: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything recognised in an article; what the text does not say is `None` or empty."""

    title: Proposal[str]
    bloc: Proposal[Organization] | None
    host: Organization | None
    bloc_as: tuple[str, ...]
    other_blocs: tuple[str, ...]
    kinds: Proposal[tuple[str, ...]] | None
    date: Proposal[datetime.date] | None
    date_as: str | None
    part: str | None
    year_from: str
    place: Proposal[str] | None
    years: dict[str, Proposal[int]]
    school_year: Proposal[str] | None
    bloc_years: tuple[BlocYear, ...] = ()
    changes: tuple[Change, ...] = ()
    people: tuple[PersonMention, ...] = ()
    documents: tuple[DocumentMention, ...] = ()
    awards: tuple[AwardMention, ...] = ()
    targets: tuple[TargetMention, ...] = ()
    scoring: ScoringMention | None = None
    commitments: CommitmentList | None = None
    instructions: Points | None = None
    limitations: Points | None = None
    directions: Points | None = None
    themes: tuple[tuple[str, str], ...] = ()
    movements: tuple[str, ...] = ()
    new_entries: tuple[tuple[str, Organization], ...] = ()
