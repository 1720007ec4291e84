"""The dossier of a bloc in one year as JSON: each fact with the bulletins that state it (contract §3)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.dossier import CeremonyOfYear, Dossier, Members, Pact, Stated, Succession
from bulletins.domain.model import (
    Decision,
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
from bulletins.domain.record import NO_DAY, PartialDay, about
from bulletins.indexes.facts import (
    CONFLICT,
    SOURCES,
    CitedDocument,
    CommitmentEntry,
    HeldEntry,
    InstructionsEntry,
    NumberedResult,
    NumberedStatement,
    ScoringFacts,
    Sourced,
    Sources,
    StatedAward,
    award,
    commitment,
    document_id,
    held,
    instructions,
    result,
    scoring,
    sourced,
)
from bulletins.indexes.shape import (
    PRECISION,
    Address,
    ApiDocument,
    CeremonyKind,
    DatePrecision,
    Entry,
    Id,
    Terms,
    YearReason,
    encoded,
)

Names = Mapping[str, str]


class StatedTheme(Sourced, Theme):
    """A theme or motto, and who says so."""


class StatedMovement(Sourced, Movement):
    """A movement or campaign, and who says so."""


class StatedTarget(Sourced, Target):
    """A target, and who says so."""


class StatedInstructions(InstructionsEntry):
    """Instructions of a superior, and who says so."""

    sources: Sources = SOURCES
    conflict: bool = CONFLICT


class StatedDocument(Sourced, CitedDocument):
    """A document, and who cites it."""


class StatedResult(Sourced, NumberedResult):
    """A result, and who says so."""


class ChangeEntry(Entry):
    """A unit that joined the bloc or left it."""

    unit: Id | None = about("Mã đơn vị", "Id of the unit")
    name: str | None = about("Tên đơn vị trong danh bạ", "Name in the register")
    kind: Literal["joined", "left"] = about("Vào khối hay rời khối", "Whether it joined or left")
    on: datetime.date | None = about("Ngày", "Day")
    document: str | None = about("Theo văn bản nào", "By which document")
    sources: Sources = SOURCES
    conflict: bool = CONFLICT


class StatedStatement(Sourced, NumberedStatement):
    """A result, a limitation or a direction, and who says so."""


class StatedCommitment(CommitmentEntry):
    """A commitment of the pact, and who says so."""

    sources: Sources = SOURCES
    conflict: bool = CONFLICT


class StatedCommitments(Entry):
    """What the pact promises, as all bulletins together say."""

    open_ended: bool = about("Danh sách trong bản tin còn để ngỏ (“…”)", "The list is left open")
    list: tuple[StatedCommitment, ...] = about("Các nội dung cam kết", "The commitments")


class SeatOption(Entry):
    """A unit in a role, as some bulletins say."""

    unit: Id = about("Mã đơn vị", "Id of the unit")
    name: str = about("Tên đơn vị trong năm", "Its name in the year")
    person: str | None = about("Người đại diện cho đơn vị", "Who speaks for the unit")
    as_: str | None = about("Cách viết trong bản tin", "Exact words of the bulletin", alias="as")
    person_sources: tuple[Id, ...] = about("Mã các bản tin nêu người này", "Ids of the bulletins that name the person")
    origin: Origin = about("Căn cứ", "What it rests on")
    sources: Sources = SOURCES


class SeatEntry(SeatOption):
    """A unit in a role; in conflict when another bulletin says otherwise."""

    conflict: bool = about("Có bản tin nói khác", "Another bulletin says otherwise")


class LeadingSeat(SeatEntry):
    """A role only one unit can hold; where bulletins disagree, `alternatives` are the others named."""

    alternatives: tuple[SeatOption, ...] = about("Các giá trị khác được nêu", "The other values stated")


class CountOption(Entry):
    """A number of members, as some bulletins say."""

    count: int = about("Số đơn vị", "How many members")
    sources: Sources = SOURCES


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
    sources: Sources = SOURCES


class PactEntry(Entry):
    """The signing of the year's pact; where bulletins give other days, `alternatives` are those."""

    signed: PartialDay = about("Ngày ký", "When it was signed")
    date_precision: DatePrecision = PRECISION
    ceremony: Id = about("Mã buổi lễ", "Id of the ceremony")
    url: Address = about("Bản tin về lễ ký", "The bulletin that reports it")
    sources: Sources = SOURCES
    conflict: bool = about("Có bản tin nêu ngày khác", "Another bulletin gives another day")
    alternatives: tuple[SigningOption, ...] = about("Các ngày khác được nêu", "The other days stated")


class ScoringOption(ScoringFacts):
    """How the bloc scores its members, as some bulletins say."""

    sources: Sources = SOURCES


class ScoringEntry(ScoringOption):
    """The year's scoring; where bulletins disagree, `alternatives` are the others."""

    conflict: bool = CONFLICT
    alternatives: tuple[ScoringOption, ...] = about("Các giá trị khác được nêu", "The other values stated")


class _Identified(Entry):
    id: Id = about("Mã buổi lễ", "Id of the ceremony")
    kinds: tuple[CeremonyKind, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")


class CeremonyEntry(HeldEntry, _Identified):
    """A ceremony of the year."""

    reasons: tuple[YearReason, ...] = about("Vì sao thuộc năm này", "Why it belongs to the year")
    bulletins: tuple[Id, ...] = about("Mã các bản tin", "Ids of the bulletins that report it")
    url: Address = about("Bản tin đầu tiên về buổi lễ", "The first bulletin that reports it")
    data: Address = about("Tệp JSON của buổi lễ", "The ceremony's JSON file")


class HandOverOption(Entry):
    """A day of the hand-over, as some bulletins say."""

    handed_over: PartialDay = about("Ngày bàn giao", "Day of the hand-over")
    date_precision: DatePrecision = PRECISION
    sources: Sources = SOURCES


class NextYear(Entry):
    """Who leads in the following year, as this year's bulletins say."""

    year: int = about("Năm sau", "The following year")
    head: LeadingSeat | None = about("Khối trưởng", "Head")
    deputies: tuple[SeatEntry, ...] = about("Khối phó", "Deputy heads")
    handed_over: PartialDay = about("Ngày bàn giao", "Day of the hand-over")
    date_precision: DatePrecision = PRECISION
    conflict: bool = about("Có bản tin nêu ngày bàn giao khác", "Another bulletin gives another day of the hand-over")
    alternatives: tuple[HandOverOption, ...] = about("Các ngày bàn giao khác được nêu", "The other days stated")


class BlocYearDocument(ApiDocument):
    """A bloc in one year: what all bulletins together say of it."""

    schema_name = "bloc-year"
    model_config = ConfigDict(title="Hồ sơ một năm của khối")

    bloc: Id = about("Mã khối, cụm", "Id of the bloc")
    bloc_name: str = about("Tên khối trong năm", "Its name in the year")
    year: int = about("Năm", "Year")
    school_year: bool = about("Là năm học, bắt đầu trong năm này", "Whether it is the school year that begins then")
    head: LeadingSeat | None = about("Khối trưởng", "Head")
    deputies: tuple[SeatEntry, ...] = about("Khối phó", "Deputy heads")
    deputies_origin: Origin = about("Căn cứ về khối phó", "What is known of deputies")
    standing_body: LeadingSeat | None = about("Cơ quan thường trực", "Standing body")
    members: MembersEntry = about("Thành viên", "Members")
    membership_changes: tuple[ChangeEntry, ...] = about("Đơn vị vào khối, rời khối", "Who joined and who left")
    pact: PactEntry | None = about("Lễ ký giao ước", "Signing of the pact")
    themes: tuple[StatedTheme, ...] = about("Chủ đề, phương châm", "Themes and mottoes")
    movements: tuple[StatedMovement, ...] = about("Phong trào, cuộc vận động", "Movements")
    commitments: StatedCommitments = about("Nội dung giao ước", "Commitments of the pact")
    targets: tuple[StatedTarget, ...] = about("Chỉ tiêu", "Targets")
    instructions: tuple[StatedInstructions, ...] = about("Ý kiến chỉ đạo", "Instructions")
    scoring: ScoringEntry | None = about("Chấm điểm", "Scoring")
    awards: tuple[StatedAward, ...] = about("Khen thưởng, danh hiệu", "Awards")
    results: tuple[StatedResult, ...] = about("Kết quả", "Results")
    limitations: tuple[StatedStatement, ...] = about("Tồn tại, hạn chế", "Limitations")
    directions: tuple[StatedStatement, ...] = about("Phương hướng", "Directions")
    documents: tuple[StatedDocument, ...] = about("Văn bản", "Documents")
    ceremonies: tuple[CeremonyEntry, ...] = about("Các buổi lễ", "Ceremonies")
    next: NextYear | None = about("Năm sau", "The following year")
    sources: tuple[Id, ...] = about("Mã mọi bản tin nói về năm này", "Ids of all bulletins that tell of the year")


def bloc_year(
    terms: Terms,
    dossier: Dossier,
    bloc_name: str,
    names: tuple[tuple[str, str], ...],
    names_of_next: tuple[tuple[str, str], ...],
) -> Sequence[bytes]:
    """The file of a dossier; `names` are (id, name) of its units in the year, and of those that lead in the next."""
    dossier, named = dossier.whole, dict(names)
    document = BlocYearDocument(
        **terms.begin(BlocYearDocument, dossier.id, urls.bloc_year(dossier.bloc, dossier.year), dossier.modified),
        bloc=dossier.bloc,
        bloc_name=bloc_name,
        year=dossier.year,
        school_year=dossier.school_year,
        head=_leading(dossier.head, named),
        deputies=tuple(_seat(seat, named) for seat in dossier.deputies),
        deputies_origin=dossier.deputies_origin,
        standing_body=_leading(dossier.standing_body, named),
        members=_members(dossier.members, named),
        membership_changes=tuple(_change(stated, named) for stated in dossier.changes),
        pact=_pact(terms, dossier.pact) if dossier.pact else None,
        themes=tuple(sourced(StatedTheme, theme) for theme in dossier.themes),
        movements=tuple(sourced(StatedMovement, movement) for movement in dossier.movements),
        commitments=_commitments(dossier),
        targets=tuple(sourced(StatedTarget, target) for target in dossier.targets),
        instructions=tuple(_instructions(stated) for stated in dossier.instructions),
        scoring=_scoring(dossier.scoring),
        awards=tuple(award(terms, stated) for stated in dossier.awards),
        results=tuple(
            StatedResult.model_validate(
                {**result(stated.fact, n=n), "sources": stated.sources, "conflict": stated.conflict}, by_name=True
            )
            for n, stated in enumerate(dossier.results, 1)
        ),
        limitations=_statements(dossier.limitations),
        directions=_statements(dossier.directions),
        documents=tuple(_document(dossier, stated) for stated in dossier.documents),
        ceremonies=tuple(_ceremony(terms, ceremony) for ceremony in dossier.ceremonies),
        next=_next(dossier.next, dict(names_of_next)) if dossier.next else None,
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


def _commitments(dossier: Dossier) -> StatedCommitments:
    stated = tuple(
        StatedCommitment(**commitment(n, said.fact), sources=said.sources, conflict=said.conflict)
        for n, said in enumerate(dossier.commitments, 1)
    )
    return StatedCommitments(open_ended=dossier.commitments_open_ended, list=stated)


def _instructions(stated: Stated[Instructions]) -> StatedInstructions:
    return StatedInstructions(**instructions(stated.fact), sources=stated.sources, conflict=stated.conflict)


def _document(dossier: Dossier, stated: Stated[Document]) -> StatedDocument:
    home = dict(dossier.shared).get(stated.sources[0], dossier.bloc)
    return sourced(StatedDocument, stated, id=document_id(home, stated.fact))


def _change(stated: Stated[Decision], names: Names) -> ChangeEntry:
    said = stated.fact
    name = names[said.unit] if said.unit else None
    kind: Literal["joined", "left"] = "joined" if said.kind == "joined" else "left"
    what = {"unit": said.unit, "name": name, "kind": kind, "on": said.on, "document": said.document}
    return ChangeEntry.model_validate({**what, "sources": stated.sources, "conflict": stated.conflict})


def _statements(stated: Sequence[Stated[Statement]]) -> tuple[StatedStatement, ...]:
    return tuple(sourced(StatedStatement, statement, n=n) for n, statement in enumerate(stated, 1))


def _scoring_option(stated: Stated[Scoring]) -> ScoringOption:
    return ScoringOption(**scoring(stated.fact), sources=stated.sources)


def _scoring(stated: Sequence[Stated[Scoring]]) -> ScoringEntry | None:
    if not stated:
        return None
    first, *others = (_scoring_option(option) for option in stated)
    return ScoringEntry(**dict(first), conflict=stated[0].conflict, alternatives=tuple(others))


def _ceremony(terms: Terms, ceremony: CeremonyOfYear) -> CeremonyEntry:
    return CeremonyEntry(
        id=ceremony.id,
        kinds=ceremony.kinds,
        **held(ceremony.reports),
        reasons=ceremony.reasons,
        bulletins=ceremony.bulletins,
        url=terms.at(urls.bulletin(ceremony.bulletins[0])),
        data=terms.at(urls.api_ceremony(ceremony.id)),
    )


def _next(succession: Succession, names: Names) -> NextYear:
    day = succession.handed_over or NO_DAY
    others = tuple(
        HandOverOption(handed_over=other.fact, date_precision=other.fact.precision, sources=other.sources)
        for other in succession.other_days
    )
    return NextYear(
        year=succession.year,
        head=_leading(succession.head, names),
        deputies=tuple(_seat(seat, names) for seat in succession.deputies),
        handed_over=day,
        date_precision=day.precision,
        conflict=bool(others),
        alternatives=others,
    )
