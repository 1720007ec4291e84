"""The dossier of a bloc in one year as JSON: each fact with the bulletins that state it (contract §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.dossier import CeremonyOfYear, Dossier, Members, Pact, Stated, Succession
from bulletins.domain.model import (
    Criterion,
    Document,
    Instructions,
    Movement,
    Origin,
    Scoring,
    Seat,
    Statement,
    Target,
    Theme,
)
from bulletins.domain.record import NO_DAY, PartialDay, Record, about
from bulletins.indexes.facts import Sourced, StatedAward, award, sourced
from bulletins.indexes.shape import PRECISION, Address, ApiDocument, DatePrecision, Entry, Terms, encoded

Names = Mapping[str, str]


class Numbered(Record):
    """Mixed into a fact: its place in the list."""

    n: int = about("Số thứ tự, từ 1", "Number, from 1")


class StatedTheme(Sourced, Theme):
    """A theme or motto, and who says so."""


class StatedMovement(Sourced, Movement):
    """A movement or campaign, and who says so."""


class StatedTarget(Sourced, Target):
    """A target, and who says so."""


class StatedInstructions(Sourced, Instructions):
    """Instructions of a superior, and who says so."""


class StatedDocument(Sourced, Document):
    """A document, and who cites it."""


class StatedStatement(Sourced, Statement, Numbered):
    """A result, a limitation or a direction, and who says so."""


class StatedCommitment(Entry):
    """A commitment of the pact, and who says so."""

    n: int = about("Số thứ tự, từ 1", "Number, from 1")
    text: str = about("Nội dung cam kết", "The commitment")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class SeatOption(Entry):
    """A unit in a role, as some bulletins say."""

    unit: str = about("Mã đơn vị", "Id of the unit")
    name: str = about("Tên đơn vị trong danh bạ", "Name in the register")
    person: str | None = about("Người đại diện cho đơn vị", "Who speaks for the unit")
    as_: str | None = about("Cách viết trong bản tin", "Exact words of the bulletin", alias="as")
    person_sources: tuple[str, ...] = about("Mã các bản tin nêu người này", "Ids of the bulletins that name the person")
    origin: Origin = about("Căn cứ", "What it rests on")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class SeatEntry(SeatOption):
    """A unit in a role; in conflict when another bulletin says otherwise."""

    conflict: bool = about("Có bản tin nói khác", "Another bulletin says otherwise")


class LeadingSeat(SeatEntry):
    """A role only one unit can hold; where bulletins disagree, `alternatives` are the others named."""

    alternatives: tuple[SeatOption, ...] = about("Các giá trị khác được nêu", "The other values stated")


class CountOption(Entry):
    """A number of members, as some bulletins say."""

    count: int = about("Số đơn vị", "How many members")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class MembersEntry(Entry):
    """The members, as far as stated; where bulletins give other numbers of them, `alternatives` are those."""

    complete: bool = about("Có bản tin nêu đủ mọi đơn vị", "A bulletin names every member")
    count: int | None = about("Số đơn vị", "How many members")
    conflict: bool = about("Có bản tin nêu số khác", "Another bulletin gives another number")
    alternatives: tuple[CountOption, ...] = about("Các số khác được nêu", "The other numbers stated")
    list: tuple[SeatEntry, ...] = about("Các đơn vị", "The units")


class SigningOption(Entry):
    """A day of the signing, as some bulletins say."""

    signed: PartialDay = about("Ngày ký", "When it was signed")
    date_precision: DatePrecision = PRECISION
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class PactEntry(Entry):
    """The signing of the year's pact; where bulletins give other days, `alternatives` are those."""

    signed: PartialDay = about("Ngày ký", "When it was signed")
    date_precision: DatePrecision = PRECISION
    ceremony: str = about("Mã buổi lễ", "Id of the ceremony")
    url: Address = about("Bản tin về lễ ký", "The bulletin that reports it")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")
    conflict: bool = about("Có bản tin nêu ngày khác", "Another bulletin gives another day")
    alternatives: tuple[SigningOption, ...] = about("Các ngày khác được nêu", "The other days stated")


class NumberedCriterion(Criterion, Numbered):
    """A criterion of the scoring sheet with its number."""


class ScoringOption(Entry):
    """How the bloc scores its members, as some bulletins say."""

    year: int = about("Năm chấm điểm", "Year")
    total: int | float | None = about("Tổng số điểm", "Total points")
    criteria_count_stated: int | None = about("Số tiêu chí bản tin nêu", "Number of criteria stated")
    criteria: tuple[NumberedCriterion, ...] = about("Các tiêu chí", "The criteria")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class ScoringEntry(ScoringOption):
    """The year's scoring; where bulletins disagree, `alternatives` are the others."""

    conflict: bool = about("Có bản tin nói khác", "Another bulletin says otherwise")
    alternatives: tuple[ScoringOption, ...] = about("Các giá trị khác được nêu", "The other values stated")


class CeremonyEntry(Entry):
    """A ceremony of the year."""

    id: str = about("Mã buổi lễ", "Id of the ceremony")
    kinds: tuple[str, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    date: PartialDay = about("Ngày diễn ra", "The day it was held")
    date_precision: DatePrecision = PRECISION
    reasons: tuple[str, ...] = about("Vì sao thuộc năm này", "Why it belongs to the year")
    bulletins: tuple[str, ...] = about("Mã các bản tin", "Ids of the bulletins that report it")
    url: Address = about("Bản tin đầu tiên về buổi lễ", "The first bulletin that reports it")
    data: Address = about("Tệp JSON của buổi lễ", "The ceremony's JSON file")


class NextYear(Entry):
    """Who leads in the following year, as this year's bulletins say."""

    year: int = about("Năm sau", "The following year")
    head: str | None = about("Mã đơn vị khối trưởng", "Id of the head")
    deputies: tuple[str, ...] = about("Mã các đơn vị khối phó", "Ids of the deputies")
    handed_over: PartialDay = about("Ngày bàn giao", "Day of the hand-over")
    conflict: bool = about("Các bản tin nói khác nhau", "Bulletins disagree")
    alternatives: tuple[str, ...] = about("Các khối trưởng khác được nêu", "Ids of the other heads stated")
    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class BlocYearDocument(ApiDocument):
    """A bloc in one year: what all bulletins together say of it."""

    schema_name = "bloc-year"
    model_config = ConfigDict(title="Hồ sơ một năm của khối")

    bloc: str = about("Mã khối, cụm", "Id of the bloc")
    bloc_name: str = about("Tên khối trong danh bạ", "Name in the register")
    year: int = about("Năm", "Year")
    head: LeadingSeat | None = about("Khối trưởng", "Head")
    deputies: tuple[SeatEntry, ...] = about("Khối phó", "Deputy heads")
    deputies_origin: Origin = about("Căn cứ về khối phó", "What is known of deputies")
    standing_body: LeadingSeat | None = about("Cơ quan thường trực", "Standing body")
    members: MembersEntry = about("Thành viên", "Members")
    pact: PactEntry | None = about("Lễ ký giao ước", "Signing of the pact")
    themes: tuple[StatedTheme, ...] = about("Chủ đề, phương châm", "Themes and mottoes")
    movements: tuple[StatedMovement, ...] = about("Phong trào, cuộc vận động", "Movements")
    commitments: tuple[StatedCommitment, ...] = about("Nội dung giao ước", "Commitments of the pact")
    commitments_open_ended: bool = about("Danh sách cam kết còn để ngỏ", "The list of commitments is left open")
    targets: tuple[StatedTarget, ...] = about("Chỉ tiêu", "Targets")
    instructions: tuple[StatedInstructions, ...] = about("Ý kiến chỉ đạo", "Instructions")
    scoring: ScoringEntry | None = about("Chấm điểm", "Scoring")
    awards: tuple[StatedAward, ...] = about("Khen thưởng, danh hiệu", "Awards")
    results: tuple[StatedStatement, ...] = about("Kết quả", "Results")
    limitations: tuple[StatedStatement, ...] = about("Tồn tại, hạn chế", "Limitations")
    directions: tuple[StatedStatement, ...] = about("Phương hướng", "Directions")
    documents: tuple[StatedDocument, ...] = about("Văn bản", "Documents")
    ceremonies: tuple[CeremonyEntry, ...] = about("Các buổi lễ", "Ceremonies")
    next: NextYear | None = about("Năm sau", "The following year")
    sources: tuple[str, ...] = about("Mã mọi bản tin nói về năm này", "Ids of all bulletins that tell of the year")


def bloc_year(terms: Terms, dossier: Dossier, bloc_name: str, names: tuple[tuple[str, str], ...]) -> Sequence[bytes]:
    """The file of a dossier; `names` are (id, name) of its units."""
    named = dict(names)
    document = BlocYearDocument(
        **terms.begin(BlocYearDocument, dossier.id, urls.bloc_year(dossier.bloc, dossier.year), dossier.modified),
        bloc=dossier.bloc,
        bloc_name=bloc_name,
        year=dossier.year,
        head=_leading(dossier.head, named),
        deputies=tuple(_seat(seat, named) for seat in dossier.deputies),
        deputies_origin=dossier.deputies_origin,
        standing_body=_leading(dossier.standing_body, named),
        members=_members(dossier.members, named),
        pact=_pact(terms, dossier.pact) if dossier.pact else None,
        themes=tuple(sourced(StatedTheme, theme) for theme in dossier.themes),
        movements=tuple(sourced(StatedMovement, movement) for movement in dossier.movements),
        commitments=_commitments(dossier.commitments),
        commitments_open_ended=dossier.commitments_open_ended,
        targets=tuple(sourced(StatedTarget, target) for target in dossier.targets),
        instructions=tuple(sourced(StatedInstructions, instructions) for instructions in dossier.instructions),
        scoring=_scoring(dossier.scoring),
        awards=tuple(award(terms, stated) for stated in dossier.awards),
        results=_statements(dossier.results),
        limitations=_statements(dossier.limitations),
        directions=_statements(dossier.directions),
        documents=tuple(sourced(StatedDocument, document) for document in dossier.documents),
        ceremonies=tuple(_ceremony(terms, ceremony) for ceremony in dossier.ceremonies),
        next=_next(dossier.next) if dossier.next else None,
        sources=dossier.sources,
    )
    return [encoded(document)]


def _seat_values(seat: Stated[Seat], names: Names) -> dict[str, Any]:
    """What every `SeatOption` shows of a seat."""
    fact = seat.fact
    return {
        "unit": fact.unit,
        "name": names[fact.unit],
        "person": fact.person,
        "as_": fact.as_,
        "person_sources": seat.person_sources,
        "origin": fact.origin,
        "sources": seat.sources,
    }


def _seat(seat: Stated[Seat], names: Names) -> SeatEntry:
    return SeatEntry(**_seat_values(seat, names), conflict=seat.conflict)


def _leading(seats: Sequence[Stated[Seat]], names: Names) -> LeadingSeat | None:
    if not seats:
        return None
    first, *others = seats
    alternatives = tuple(SeatOption(**_seat_values(other, names)) for other in others)
    return LeadingSeat(**_seat_values(first, names), conflict=first.conflict, alternatives=alternatives)


def _members(members: Members, names: Names) -> MembersEntry:
    seats = tuple(_seat(seat, names) for seat in members.list)
    others = tuple(CountOption(count=stated.fact, sources=stated.sources) for stated in members.counts[1:])
    conflict = bool(others)
    return MembersEntry(
        complete=members.complete, count=members.count, conflict=conflict, alternatives=others, list=seats
    )


def _pact(terms: Terms, pact: Pact) -> PactEntry:
    page = terms.at(urls.bulletin(pact.sources[0]))
    others = tuple(
        SigningOption(signed=day.fact, date_precision=day.fact.precision, sources=day.sources) for day in pact.others
    )
    return PactEntry(
        signed=pact.date,
        date_precision=pact.date.precision,
        ceremony=pact.ceremony,
        url=page,
        sources=pact.sources,
        conflict=pact.conflict,
        alternatives=others,
    )


def _commitments(stated: Sequence[Stated[str]]) -> tuple[StatedCommitment, ...]:
    return tuple(
        StatedCommitment(n=n, text=commitment.fact, sources=commitment.sources)
        for n, commitment in enumerate(stated, 1)
    )


def _statements(stated: Sequence[Stated[Statement]]) -> tuple[StatedStatement, ...]:
    return tuple(sourced(StatedStatement, statement, n=n) for n, statement in enumerate(stated, 1))


def _scoring_option(stated: Stated[Scoring]) -> ScoringOption:
    fact = stated.fact
    criteria = tuple(
        NumberedCriterion(n=n, name=criterion.name, points=criterion.points, bonus=criterion.bonus)
        for n, criterion in enumerate(fact.criteria, 1)
    )
    return ScoringOption(
        year=fact.year,
        total=fact.total,
        criteria_count_stated=fact.criteria_count_stated,
        criteria=criteria,
        sources=stated.sources,
    )


def _scoring(stated: Sequence[Stated[Scoring]]) -> ScoringEntry | None:
    if not stated:
        return None
    first, *others = (_scoring_option(option) for option in stated)
    return ScoringEntry(**dict(first), conflict=stated[0].conflict, alternatives=tuple(others))


def _ceremony(terms: Terms, ceremony: CeremonyOfYear) -> CeremonyEntry:
    return CeremonyEntry(
        id=ceremony.id,
        kinds=ceremony.kinds,
        date=ceremony.date,
        date_precision=ceremony.date.precision,
        reasons=ceremony.reasons,
        bulletins=ceremony.bulletins,
        url=terms.at(urls.bulletin(ceremony.bulletins[0])),
        data=terms.at(urls.api_ceremony(ceremony.id)),
    )


def _next(succession: Succession) -> NextYear:
    heads = [seat.fact.unit for seat in succession.head]
    return NextYear(
        year=succession.year,
        head=heads[0] if heads else None,
        deputies=tuple(seat.fact.unit for seat in succession.deputies),
        handed_over=succession.handed_over or NO_DAY,
        conflict=any(seat.conflict for seat in (*succession.head, *succession.deputies)),
        alternatives=tuple(heads[1:]),
        sources=tuple(
            dict.fromkeys(source for seat in (*succession.head, *succession.deputies) for source in seat.sources)
        ),
    )
