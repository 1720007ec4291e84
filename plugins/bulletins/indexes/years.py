"""The JSON of years and of ceremonies: when things took place, who reports them, and what is still missing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.dossier import STEPS, Report
from bulletins.domain.library import YearSteps
from bulletins.domain.model import Bulletin, Card, PartOfDay
from bulletins.domain.record import PartialDay, about
from bulletins.indexes.facts import BulletinEntry, HeldEntry, PlaceEntry, card_values, held, place
from bulletins.indexes.parts import WHOLE, Divided, Share
from bulletins.indexes.shape import (
    LATEST_DAY,
    PRECISION,
    Address,
    ApiDocument,
    CeremonyKind,
    DatePrecision,
    Entry,
    Id,
    Terms,
    When,
    YearReason,
    encoded,
    latest,
)


class YearEntry(Entry):
    """A year in the list of years."""

    year: int = about("Năm", "Year")
    ceremonies: int = about("Số buổi lễ diễn ra trong năm", "Number of ceremonies held in the year")
    bulletins: int = about("Số bản tin thuộc năm", "Number of bulletins that belong to the year")
    url: Address = about("Trang của năm", "The year's page")
    data: Address = about("Tệp JSON của năm", "The year's JSON file")
    modified: When | None = about(*LATEST_DAY)


class YearsDocument(ApiDocument):
    """All years."""

    schema_name = "years"
    model_config = ConfigDict(title="Các năm")

    years: tuple[YearEntry, ...] = about("Các năm, năm sau đứng trước", "The years, the latest first")


class _Identified(Entry):
    id: Id = about("Mã buổi lễ", "Id of the ceremony")


class CalendarEntry(HeldEntry, _Identified):
    """A ceremony in the calendar."""

    kinds: tuple[CeremonyKind, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    blocs: tuple[Id, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    bulletins: tuple[Id, ...] = about("Mã các bản tin", "Ids of the bulletins that report it")
    url: Address = about("Bản tin đầu tiên về buổi lễ", "The first bulletin that reports it")
    data: Address = about("Tệp JSON của buổi lễ", "The ceremony's JSON file")


class BulletinOfYear(BulletinEntry):
    """A bulletin that belongs to the year."""

    reasons: tuple[YearReason, ...] = about("Vì sao thuộc năm này", "Why it belongs to the year")


class BlocProgress(Entry):
    """What a bloc has in the year: the id of each ceremony, or null while no bulletin reports it."""

    bloc: Id = about("Mã khối, cụm", "Id of the bloc")
    name: str = about("Tên khối trong năm", "Its name in the year")
    pact: Id | None = about("Lễ ký giao ước", "Signing of the pact")
    midterm: Id | None = about("Sơ kết", "Mid-year review")
    summary: Id | None = about("Tổng kết", "Year-end review")


class Missing(Entry):
    """Ids of the blocs for which no bulletin reports a step of the year yet."""

    pact: tuple[Id, ...] = about("Chưa có tin ký giao ước", "No pact yet")
    midterm: tuple[Id, ...] = about("Chưa có tin sơ kết", "No mid-year review yet")
    summary: tuple[Id, ...] = about("Chưa có tin tổng kết", "No year-end review yet")


class YearDocument(Divided):
    """One year: its calendar, its bulletins, and what each bloc has and lacks, which stands in no part."""

    schema_name = "year"
    model_config = ConfigDict(title="Năm")

    year: int = about("Năm", "Year")
    ceremonies: tuple[CalendarEntry, ...] = about("Các buổi lễ theo ngày diễn ra", "Ceremonies by their own date")
    bulletins: tuple[BulletinOfYear, ...] = about(
        "Các bản tin thuộc năm, mới nhất trước", "Its bulletins, newest first"
    )
    blocs: tuple[BlocProgress, ...] = about("Từng khối đã có gì", "What each bloc has")
    missing: Missing = about("Các khối còn thiếu gì", "What blocs lack")


class ReportEntry(Entry):
    """What one bulletin says of the ceremony."""

    id: Id = about("Mã bản tin", "Id of the bulletin")
    title: str = about("Tiêu đề", "Title")
    blocs: tuple[Id, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    kinds: tuple[CeremonyKind, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    date: PartialDay = about("Ngày diễn ra theo bản tin", "The day, as this bulletin says")
    date_precision: DatePrecision = PRECISION
    place: PlaceEntry | None = about("Địa điểm theo bản tin", "The place, as this bulletin says")
    url: Address = about("Trang của bản tin", "The bulletin's page")
    data: Address = about("Tệp JSON của bản tin", "The bulletin's JSON file")


class CeremonyDocument(HeldEntry, ApiDocument):
    """One ceremony and the bulletins that report it; where they disagree, the first one's words stand above."""

    schema_name = "ceremony"
    model_config = ConfigDict(title="Buổi lễ, hội nghị")

    name: str | None = about("Tên buổi lễ", "Name of the ceremony")
    kinds: tuple[CeremonyKind, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    part: PartOfDay | None = about("Buổi", "Part of the day")
    organiser: Id | None = about("Mã đơn vị tổ chức", "Id of the organising unit")
    blocs: tuple[Id, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    bulletins: tuple[ReportEntry, ...] = about("Các bản tin về buổi lễ", "The bulletins that report it")


class WithdrawnCeremonyDocument(ApiDocument):
    """What remains of a ceremony when every bulletin that reported it was withdrawn."""

    schema_name = "withdrawn-ceremony"
    model_config = ConfigDict(title="Buổi lễ có bản tin đã gỡ")

    status: Literal["withdrawn"] = about("Tình trạng", "Status")
    reason: str | None = about("Lý do gỡ", "Why it was withdrawn")
    date: datetime.date | None = about("Ngày gỡ", "When it was withdrawn")


Occasion = tuple[str, tuple[Card, ...]]
"""A ceremony's id and the cards of the bulletins that report it, the first of them first."""

NamedSteps = tuple[YearSteps, str]
"""What a bloc has in the year, and its name then."""

ReasonedCard = tuple[Card, tuple[str, ...]]

YearLine = tuple[int, int, int, str | None]
"""A year, the number of its ceremonies and of its bulletins, and when what bulletins say of it last changed."""


def years(terms: Terms, lines: tuple[YearLine, ...]) -> Sequence[bytes]:
    """The list of years."""
    begun = terms.begin(YearsDocument, "years", urls.YEARS, latest(line[-1] for line in lines))
    return [encoded(YearsDocument(**begun, years=tuple(_year_entry(terms, *line) for line in lines)))]


def year(
    terms: Terms,
    number: int,
    modified: str | None,
    occasions: tuple[Occasion, ...],
    bulletins: tuple[ReasonedCard, ...],
    progress: tuple[NamedSteps, ...],
    share: Share = WHOLE,
) -> Sequence[bytes]:
    """The file of a year, or a share of it."""
    document = YearDocument(
        **share.begin(terms, YearDocument, str(number), urls.api_year(number), urls.year(number), modified),
        year=number,
        ceremonies=tuple(_calendar_entry(terms, *occasion) for occasion in occasions),
        bulletins=tuple(_bulletin_of_year(terms, *reasoned) for reasoned in bulletins),
        blocs=tuple(_progress(*bloc) for bloc in progress),
        missing=_missing([steps for steps, _ in progress]),
    )
    return [encoded(document)]


def ceremony(terms: Terms, id_: str, reports: tuple[Bulletin, ...]) -> Sequence[bytes]:
    """The file of a ceremony; `reports` are the bulletins about it, the earliest first."""
    ceremonies = [report.ceremony for report in reports]
    document = CeremonyDocument(
        **terms.begin(CeremonyDocument, id_, urls.bulletin(reports[0].id), latest(r.modified for r in reports)),
        name=next((event.name for event in ceremonies if event.name), None),
        kinds=tuple(dict.fromkeys(kind for event in ceremonies for kind in event.kinds)),
        **held(tuple(map(Report.of, reports))),
        part=next((event.part for event in ceremonies if event.part), None),
        organiser=next((event.organiser for event in ceremonies if event.organiser), None),
        blocs=tuple(dict.fromkeys(bloc for report in reports for bloc in report.blocs)),
        bulletins=tuple(_report(terms, report) for report in reports),
    )
    return [encoded(document)]


def withdrawn_ceremony(
    terms: Terms, id_: str, modified: str | None, reason: str | None, day: datetime.date | None
) -> Sequence[bytes]:
    """The file of a ceremony of which no bulletin tells any more."""
    begun = terms.begin(WithdrawnCeremonyDocument, id_, None, modified)
    return [encoded(WithdrawnCeremonyDocument(**begun, status="withdrawn", reason=reason, date=day))]


def _year_entry(terms: Terms, number: int, ceremonies: int, bulletins: int, modified: str | None) -> YearEntry:
    page, data = terms.at(urls.year(number)), terms.at(urls.api_year(number))
    return YearEntry(year=number, ceremonies=ceremonies, bulletins=bulletins, url=page, data=data, modified=modified)


def _calendar_entry(terms: Terms, id_: str, cards: tuple[Card, ...]) -> CalendarEntry:
    first = cards[0]
    return CalendarEntry(
        id=id_,
        **held([Report(card.id, card.date, card.place, card.province) for card in cards]),
        kinds=tuple(dict.fromkeys(kind for card in cards for kind in card.kinds)),
        blocs=tuple(dict.fromkeys(bloc for card in cards for bloc in card.blocs)),
        bulletins=tuple(card.id for card in cards),
        url=terms.at(urls.bulletin(first.id)),
        data=terms.at(urls.api_ceremony(id_)),
    )


def _bulletin_of_year(terms: Terms, card: Card, reasons: tuple[str, ...]) -> BulletinOfYear:
    return BulletinOfYear(**card_values(terms, card), reasons=reasons)


def _progress(bloc: YearSteps, name: str) -> BlocProgress:
    return BlocProgress(bloc=bloc.bloc, name=name, **dict(zip(STEPS, bloc.steps, strict=True)))


def _missing(progress: Sequence[YearSteps]) -> Missing:
    lacking = {step: tuple(bloc.bloc for bloc in progress if bloc.steps[n] is None) for n, step in enumerate(STEPS)}
    return Missing(**lacking)


def _report(terms: Terms, report: Bulletin) -> ReportEntry:
    said = Report.of(report)
    return ReportEntry(
        id=report.id,
        title=report.title,
        blocs=report.blocs,
        kinds=report.ceremony.kinds,
        date=report.ceremony.date,
        date_precision=report.ceremony.date.precision,
        place=place(said.place, said.province, said.date),
        url=terms.at(urls.bulletin(report.id)),
        data=terms.at(urls.api_bulletin(report.id)),
    )
