"""What a bulletin's page shows, and the notice in the place of a withdrawn one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, NamedTuple, TypedDict
from urllib.parse import urlsplit

from bulletins import urls
from bulletins.domain.model import (
    Anniversary,
    Award,
    BlocYear,
    Bulletin,
    Byline,
    Ceremony,
    Change,
    Commitments,
    Decision,
    Document,
    Instructions,
    Movement,
    Person,
    Placed,
    Scoring,
    Source,
    Statement,
    Target,
    Theme,
    photos_in,
)
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import BulletinInputs, Link, bloc_link, year_of_bloc_link
from bulletins.pages.views import structured
from bulletins.pages.views.common import (
    Figure,
    Head,
    SeatView,
    figure,
    leaders_first,
    public,
    seat,
    shared_picture,
    unit_links,
)
from bulletins.vietnamese.dates import Moment

Units = Mapping[str, Link]


class YearOfBulletin(NamedTuple):
    """A year the bulletin is about: why, and who leads the bloc in it as far as it says."""

    link: Link
    reasons: tuple[str, ...]
    head: SeatView | None
    deputies: tuple[SeatView, ...]
    standing_body: SeatView | None


@dataclass(frozen=True, slots=True)
class MembersStated:
    """The members of a year that the bulletin names."""

    year: int
    complete: bool
    count: int | None
    list: tuple[SeatView, ...]


class Facts(NamedTuple):
    """The structured facts below the text, by field."""

    members: tuple[MembersStated, ...]
    targets: tuple[Target, ...]
    scoring: Scoring | None
    commitments: Commitments
    instructions: Instructions | None
    awards: tuple[Award, ...]
    decisions: tuple[Decision, ...]
    documents: tuple[Document, ...]
    people: tuple[Person, ...]
    themes: tuple[Theme, ...]
    movements: tuple[Movement, ...]
    anniversaries: tuple[Anniversary, ...]
    results: tuple[Statement, ...]
    limitations: tuple[Statement, ...]
    directions: tuple[Statement, ...]


class RelatedLink(NamedTuple):
    """A report on another site, with the bloc it is about."""

    title: str
    address: str | None
    bloc: Link | None


class BulletinView(TypedDict):
    """A bulletin: its text with pictures, a panel of facts, and what its front matter says, ready to read."""

    head: Head
    bloc: Link
    host: str
    language: Annotated[str | None, "of the text, when it is not that of the site"]
    title: str
    lead: str
    ceremony: Ceremony
    organiser: Link | None
    published: Moment | None
    expires: Annotated[Moment | None, "until when it is shown; without an hour, until the end of the day"]
    lead_figure: Annotated[Figure | None, "the picture above the text"]
    parts: Annotated[tuple[str | Figure, ...], "the text: pieces of safe HTML and figures, in order"]
    years: tuple[YearOfBulletin, ...]
    units: Annotated[dict[str, Link], "by id"]
    settled: Annotated[tuple[Document, ...], "documents adopted or signed"]
    record: Facts
    gallery: Annotated[tuple[Figure, ...], "figures that stand nowhere else on the page"]
    gallery_address: str | None
    photo_count: int
    source: Source | None
    source_address: Annotated[str | None, "only an address of the web"]
    bylines: tuple[Byline, ...]
    byline_as: str | None
    related: tuple[RelatedLink, ...]
    sisters: Annotated[tuple[Link, ...], "other bulletins of the ceremony"]
    history: Annotated[tuple[Change, ...], "corrections after publication"]


def bulletin(edition: Edition, inputs: BulletinInputs) -> BulletinView:
    record = inputs.bulletin.whole
    units = unit_links(inputs.units)
    figures = _figures(edition, inputs)
    text = inputs.body.parts
    in_text = photos_in(text)
    lead = record.lead_photo if record.lead_photo not in in_text else None
    return {
        "head": _head(edition, record, inputs),
        "bloc": bloc_link(inputs.bloc, short=False),
        "host": inputs.host.name,
        "language": record.lang if record.lang != edition.settings.language else None,
        "title": record.title,
        "lead": record.lead,
        "ceremony": record.ceremony,
        "organiser": units.get(record.ceremony.organiser or ""),
        "published": record.published,
        "expires": record.expires,
        "lead_figure": figures[lead] if lead else None,
        "parts": tuple(part if isinstance(part, str) else _placed(part, figures) for part in text),
        "years": _years(record, units),
        "units": units,
        "settled": tuple(document for document in record.documents if document.status in ("adopted", "signed")),
        "record": _record(edition, record, units),
        "gallery": _gallery(in_text, lead, figures),
        "gallery_address": urls.gallery(record.id) if figures else None,
        "photo_count": len(figures),
        "source": record.source,
        "source_address": safe_address(record.source.url if record.source else None),
        "bylines": tuple(line for line in record.bylines if line.name or line.anonymous),
        "byline_as": record.byline_as,
        "related": _related(inputs),
        "sisters": inputs.sisters,
        "history": record.change_history,
    }


def _head(edition: Edition, record: Bulletin, inputs: BulletinInputs) -> Head:
    n = record.lead_photo
    image = shared_picture(inputs.pictures[n - 1]) if n else None
    return Head(
        record.title,
        urls.bulletin(record.id),
        record.lead,
        kind="article",
        image=image,
        image_alt=record.photos[n - 1].alt if n else "",
        data=urls.api_bulletin(record.id),
        section=urls.HOME,
        about=structured.bulletin(
            edition, record, inputs.bloc, edition.site.absolute(image.address) if image else None
        ),
    )


def _figures(edition: Edition, inputs: BulletinInputs) -> dict[int, Figure]:
    """The photos by their numbers."""
    record = inputs.bulletin
    numbered = enumerate(zip(record.photos, inputs.pictures, strict=True), 1)
    return {n: figure(edition, urls.photo(record.id, n), photo, picture) for n, (photo, picture) in numbered if picture}


def _placed(part: int | Placed, figures: Mapping[int, Figure]) -> Figure:
    """A photo in the text, under the caption written there if there is one."""
    return replace(figures[part.n], caption=part.caption) if isinstance(part, Placed) else figures[part]


def _gallery(in_text: Collection[int], lead: int | None, figures: Mapping[int, Figure]) -> tuple[Figure, ...]:
    """The photos that stand neither above the text nor in it."""
    return tuple(seen for n, seen in figures.items() if n != lead and n not in in_text)


def _years(record: Bulletin, units: Units) -> tuple[YearOfBulletin, ...]:
    reasons = record.years.reasons
    years = sorted({*reasons, *(entry.year for entry in record.bloc_years)})
    return tuple(_year(record, year, reasons.get(year, ()), units) for year in years)


def _year(record: Bulletin, year: int, reasons: tuple[str, ...], units: Units) -> YearOfBulletin:
    entry = record.bloc_year(year)
    return YearOfBulletin(
        link=year_of_bloc_link(record.bloc, year),
        reasons=reasons,
        head=seat(entry.head, units) if entry and entry.head else None,
        deputies=tuple(seat(deputy, units) for deputy in entry.deputies) if entry else (),
        standing_body=seat(entry.standing_body, units) if entry and entry.standing_body else None,
    )


def _record(edition: Edition, record: Bulletin, units: Units) -> Facts:
    people = record.people_shown(edition.settings.publish_recipients)
    return Facts(
        members=tuple(_members(entry, units) for entry in record.bloc_years if entry.members.list),
        targets=record.targets,
        scoring=record.scoring,
        commitments=record.commitments,
        instructions=record.instructions,
        awards=tuple(public(edition, award) for award in record.awards),
        decisions=record.decisions,
        documents=record.documents,
        people=tuple(person for person in people if person.name or person.role),
        themes=record.themes,
        movements=record.movements,
        anniversaries=record.anniversaries,
        results=record.results,
        limitations=record.limitations,
        directions=record.directions,
    )


def _members(entry: BlocYear, units: Units) -> MembersStated:
    members, held = entry.members, _held(entry)
    seats = (seat(member, units, tuple(role for role, by in held if member.unit in by)) for member in members.list)
    return MembersStated(entry.year, members.complete, members.count_stated, leaders_first(seats))


def _held(entry: BlocYear) -> tuple[tuple[str, set[str]], ...]:
    """The roles of the year, other than plain membership, with the units that have them."""
    seats = (("head", (entry.head,)), ("deputy", entry.deputies), ("standing_body", (entry.standing_body,)))
    return tuple((role, {holder.unit for holder in held if holder}) for role, held in seats)


def _related(inputs: BulletinInputs) -> tuple[RelatedLink, ...]:
    blocs = {named.id: bloc_link(named) for named in inputs.blocs}
    return tuple(
        RelatedLink(related.title, safe_address(related.url), blocs[related.bloc] if related.bloc else None)
        for related in inputs.bulletin.related
    )


def safe_address(address: str | None) -> str | None:
    """An address on another site that may become a link: only of the web, never one that runs."""
    return address if address and urlsplit(address).scheme in ("http", "https") else None


class NoticeView(TypedDict):
    """The notice in the place of a withdrawn bulletin: nothing of its text is at hand."""

    head: Head
    title: str
    date: datetime.date
    reason: str


def notice(edition: Edition, bulletin_id: str, title: str, date: datetime.date, reason: str) -> NoticeView:
    address, data = urls.bulletin(bulletin_id), urls.api_bulletin(bulletin_id)
    return {
        "head": Head(title, address, indexed=False, data=data),
        "title": title,
        "date": date,
        "reason": reason,
    }
