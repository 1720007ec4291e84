"""Entries that several documents show: bulletins in lists, and facts with the bulletins that state them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.citations import Citation
from bulletins.domain.dossier import Report, Stated
from bulletins.domain.model import (
    Award,
    Card,
    Commitment,
    Criterion,
    Document,
    Instructions,
    Person,
    Result,
    Scoring,
    Statement,
)
from bulletins.domain.provinces import code_of
from bulletins.domain.record import CodeOf, PartialDay, Record, about
from bulletins.indexes.shape import (
    PRECISION,
    Address,
    CeremonyKind,
    DataId,
    DatePrecision,
    Entry,
    Id,
    ProvinceCode,
    Terms,
)
from bulletins.vietnamese.dates import PartialDate

Sources = tuple[Id, ...]
SOURCES: Any = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")
CONFLICT: Any = about("Có bản tin nói khác", "Another bulletin says otherwise")
NUMBER: Any = about("Số thứ tự, từ 1", "Number, from 1")
VERBATIM: Any = about("Nguyên văn của nguồn, không phải lời biên tập", "The source's own words, not an editor's")

F = TypeVar("F", bound=Record)
S = TypeVar("S", bound="Sourced")


class Sourced(Record):
    """Mixed into a fact of the front matter: the bulletins that state it, and whether another says otherwise."""

    model_config = ConfigDict(validate_by_name=True)

    sources: Sources = SOURCES
    conflict: bool = CONFLICT


class Numbered(Record):
    """Mixed into a fact: its place in the list."""

    n: int = NUMBER


class NumberedStatement(Statement, Numbered):
    """A result, a limitation or a direction."""


class NumberedResult(Result, Numbered):
    """A result with its figure; what it counts is a code, or else words."""

    unit: Annotated[str, CodeOf(kinds.RESULT_UNITS)] | None = about("Đơn vị tính", "What the figure counts")
    unit_as: str | None = about("Đơn vị tính, bằng lời", "What it counts, in words")


class PersonEntry(Person):
    """A person in a public role; what they did are codes, and words for what has none."""

    did: tuple[Annotated[str, CodeOf(kinds.DEEDS)], ...] = about("Việc làm tại buổi lễ", "What they did")
    did_as: tuple[str, ...] = about("Việc khác, bằng lời", "What else they did, in words")


class CommitmentEntry(Entry):
    """A commitment of the pact."""

    n: int = NUMBER
    text: str = about("Nội dung cam kết", "The commitment")
    verbatim: bool = VERBATIM


class InstructionEntry(Entry):
    """One point of the instructions."""

    n: int = NUMBER
    text: str = about("Nội dung", "What is asked")
    label: str | None = about("Nhãn: Một là, Hai là…", "Label")
    verbatim: bool = VERBATIM


class InstructionsEntry(Entry):
    """What a superior asked of the bloc."""

    by: str | None = about("Người chỉ đạo", "Who gave them")
    on_behalf_of: tuple[str, ...] = about("Thay mặt ai", "On whose behalf")
    list: tuple[InstructionEntry, ...] = about("Các nội dung", "The points")


class NumberedCriterion(Criterion, Numbered):
    """A criterion of the scoring sheet."""


class ScoringFacts(Entry):
    """How the bloc scores its members."""

    year: int = about("Năm chấm điểm", "Year")
    total: int | float | None = about("Tổng số điểm", "Total points")
    criteria_count_stated: int | None = about("Số tiêu chí bản tin nêu", "Number of criteria stated")
    criteria: tuple[NumberedCriterion, ...] = about("Các tiêu chí", "The criteria")


class PlaceEntry(Entry):
    """A place; the code of its province where that is known."""

    name: str | None = about("Tên địa điểm", "Name of the place")
    province: str | None = about("Tỉnh, thành phố theo tên gọi lúc đó", "Province, by its name on the day")
    province_code: ProvinceCode | None = about(
        "Mã tỉnh, thành phố, nếu nhận ra", "Code of the province, where it is known"
    )


class AwardEntry(Award):
    """An award or title, by the id it has wherever it is told: whoever counts awards counts ids."""

    model_config = ConfigDict(validate_by_name=True)

    id: DataId = about("Mã của khen thưởng trong dữ liệu này", "Id of the award in this data")


class StatedAward(Sourced, AwardEntry):
    """An award or title, and who says so."""


class CitedDocument(Document):
    """A document, by the id it has wherever it is cited."""

    id: DataId = about("Mã văn bản trong dữ liệu này", "Id of the document in this data")


class HeldFacts(Entry):
    """When and where a ceremony was held."""

    date: PartialDay = about("Ngày diễn ra", "The day it was held")
    date_precision: DatePrecision = PRECISION
    place: PlaceEntry | None = about("Địa điểm", "Place")


class HeldOption(HeldFacts):
    """A day and a place, as some bulletins say."""

    sources: Sources = SOURCES


class HeldEntry(HeldFacts):
    """The day and the place; where bulletins say otherwise, `alternatives` are those."""

    conflict: bool = CONFLICT
    alternatives: tuple[HeldOption, ...] = about("Các giá trị khác được nêu", "The other values stated")


class BulletinEntry(Entry):
    """A bulletin in a list."""

    id: Id = about("Mã bản tin", "Id of the bulletin")
    title: str = about("Tiêu đề", "Title")
    lead: str = about("Sa-pô", "Lead paragraph")
    blocs: tuple[Id, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    kinds: tuple[CeremonyKind, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    date: PartialDay = about("Ngày diễn ra", "The day of the ceremony")
    date_precision: DatePrecision = PRECISION
    place: PlaceEntry | None = about("Địa điểm", "Place")
    url: Address = about("Trang của bản tin", "The bulletin's page")
    data: Address = about("Tệp JSON của bản tin", "The bulletin's JSON file")


def sourced(model: type[S], stated: Stated[F], **more: Any) -> S:
    """A fact of the dossier with its sources; `model` is the fact's own class with `Sourced` mixed in.

    `more` are the values of other mixins.
    """
    fact = stated.fact
    values = {name: getattr(fact, name) for name in type(fact).model_fields}
    shared = {"sources": stated.sources, "conflict": stated.conflict}
    return model.model_validate({**values, **more, **shared}, by_name=True)


def document_id(bloc: str, document: Document) -> str:
    """The id of a document that a bulletin of this bloc cites."""
    return Citation(*(getattr(document, name) for name in Citation._fields)).id_for(bloc)


def result(said: Result, **more: Any) -> dict[str, Any]:
    """The values of a `NumberedResult`, by field."""
    own = {name: getattr(said, name) for name in Result.model_fields}
    is_code = said.unit in kinds.RESULT_UNITS.codes
    return own | {"unit": said.unit if is_code else None, "unit_as": None if is_code else said.unit, **more}


def person(said: Person) -> PersonEntry:
    """A person, codes and words of what they did apart."""
    own = {name: getattr(said, name) for name in Person.model_fields}
    codes = tuple(deed for deed in said.did if deed in kinds.DEEDS.codes)
    words = tuple(deed for deed in said.did if deed not in codes)
    return PersonEntry.model_construct(**own | {"did": codes, "did_as": words})


def commitment(n: int, said: Commitment) -> dict[str, Any]:
    """The values of a `CommitmentEntry`, by field."""
    return {"n": n, "text": said.text, "verbatim": said.verbatim}


def instructions(said: Instructions) -> dict[str, Any]:
    """The values of an `InstructionsEntry`, by field."""
    points = tuple(
        InstructionEntry(n=n, text=point.text, label=point.label, verbatim=said.verbatim)
        for n, point in enumerate(said.list, 1)
    )
    return {"by": said.by, "on_behalf_of": said.on_behalf_of, "list": points}


def scoring(said: Scoring) -> dict[str, Any]:
    """The values of a `ScoringFacts`, by field."""
    criteria = tuple(
        NumberedCriterion(n=n, name=criterion.name, points=criterion.points, bonus=criterion.bonus)
        for n, criterion in enumerate(said.criteria, 1)
    )
    counted = {"total": said.total, "criteria_count_stated": said.criteria_count_stated}
    return {"year": said.year, **counted, "criteria": criteria}


def place(name: str | None, province: str | None, day: PartialDate) -> PlaceEntry | None:
    """A place as documents show it, on a day; None where neither name nor province is stated."""
    if not (name or province):
        return None
    return PlaceEntry(name=name, province=province, province_code=code_of(province, day.first))


def held(reports: Sequence[Report]) -> dict[str, Any]:
    """The values of a `HeldEntry`, by field: the first report's words stand first, and those that say otherwise beside.

    A report that names less of the day, or no place, does not say otherwise.
    """
    day = next((r.date for r in reports[1:] if reports[0].date and r.date.startswith(reports[0].date)), reports[0].date)
    day = day or next((report.date for report in reports if report.date), day)
    where = next((r for r in reports if r.place or r.province), reports[0])
    others: dict[tuple[PartialDate, str | None, str | None], list[str]] = {}
    for report in reports:
        if not day.startswith(report.date) or (report.place and report.place != where.place):
            others.setdefault(report[1:], []).append(report.bulletin)
    return {
        **_held(day, where.place, where.province),
        "conflict": bool(others),
        "alternatives": tuple(HeldOption(**_held(*said), sources=tuple(ids)) for said, ids in others.items()),
    }


def _held(day: PartialDate, name: str | None, province: str | None) -> dict[str, Any]:
    return {"date": day, "date_precision": day.precision, "place": place(name, province, day)}


def award(terms: Terms, stated: Stated[Award]) -> StatedAward:
    """An award; the recipients' names only if the site's setting says so (contract §4.5)."""
    shown = sourced(StatedAward, stated, id=stated.id)
    return shown if terms.recipients else shown.model_copy(update={"recipients": ()})


@lru_cache(maxsize=1024)
def bulletin_entry(terms: Terms, card: Card) -> BulletinEntry:
    """The bulletin in a list; cached, because the units of a bloc list the same bulletins and are made in a row."""
    return BulletinEntry(**card_values(terms, card))


def card_values(terms: Terms, card: Card) -> dict[str, Any]:
    """The values of a `BulletinEntry`, by field, from the card of the bulletin."""
    return {
        "id": card.id,
        "title": card.title,
        "lead": card.lead,
        "blocs": card.blocs,
        "kinds": card.kinds,
        "date": card.date,
        "date_precision": card.date.precision,
        "place": place(card.place, card.province, card.date),
        "url": terms.at(urls.bulletin(card.id)),
        "data": terms.at(urls.api_bulletin(card.id)),
    }
