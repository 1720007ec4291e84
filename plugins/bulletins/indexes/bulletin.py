"""The JSON of one bulletin: all its facts, its text and its photos; or the notice that it was withdrawn."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Annotated, Any, Literal, TypeVar, cast
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from pydantic import ConfigDict, WithJsonSchema, create_model

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.attached import AttachedFile
from bulletins.domain.dossier import Report
from bulletins.domain.focus import Focus
from bulletins.domain.model import Body, Bulletin, Ceremony, Photo, Placed, Source, Statement
from bulletins.domain.pictures import Picture, Rendition, Sum
from bulletins.domain.record import NO_DAY, CodeOf, Language, PartialDay, Record, about
from bulletins.indexes.facts import (
    AwardEntry,
    CitedDocument,
    CommitmentEntry,
    InstructionsEntry,
    NumberedResult,
    NumberedStatement,
    PersonEntry,
    PlaceEntry,
    ScoringFacts,
    commitment,
    document_id,
    instructions,
    person,
    place,
    result,
    scoring,
)
from bulletins.indexes.shape import (
    PRECISION,
    Address,
    ApiDocument,
    DatePrecision,
    DocumentKind,
    Entry,
    Id,
    MediaType,
    ObjectId,
    Sha256,
    Terms,
    When,
    encoded,
    encoded_json,
)
from bulletins.vietnamese.dates import iso

R = TypeVar("R", bound=Record)

WIDEST_IN_TEXT = 1600
"""Pixels; a wider rendition is for the gallery."""

PRIVATE = frozenset({"notes", "stripped", "silenced"})
"""Front matter that is never published."""

RETOLD = frozenset(
    {
        "schema_",
        "id",
        "title",
        "lead",
        "status",
        "published",
        "expires",
        "withdrawn",
        "blocs",
        "source",
        "photos_listed",
        "attachments",
    }
)
"""Front matter that the document says in a form of its own."""


Colour = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^#[0-9a-f]{6}$"})]


class RenditionEntry(Entry):
    """One file of a photo."""

    url: Address = about("Địa chỉ tệp ảnh", "Address of the file")
    type: MediaType = about("Kiểu tệp (MIME)", "Media type")
    width: int = about("Chiều rộng, điểm ảnh", "Width in pixels")
    height: int = about("Chiều cao, điểm ảnh", "Height in pixels")
    bytes: int = about("Cỡ tệp, byte", "Size in bytes")
    sha256: Sha256 = about("SHA-256 của tệp, số hex viết thường", "SHA-256 of its bytes in lowercase hex")


class PhotoEntry(Entry):
    """A photo of the bulletin."""

    n: int = about("Số thứ tự, từ 1", "Number, from 1")
    id: Id = about("Mã của ảnh trong bản tin", "Its id within the bulletin")
    url: Address = about("Trang của ảnh", "The photo's page")
    where: Annotated[str, CodeOf(kinds.PHOTO_PLACES)] = about("Chỗ của ảnh", "Where it stands")
    alt: str = about("Mô tả ảnh", "What the photo shows")
    caption: str | None = about("Chú thích", "Caption")
    credit: str | None = about("Người chụp, nguồn ảnh", "Credit")
    license: str | None = about("Giấy phép của riêng ảnh", "The photo's own licence")
    shows: tuple[str, ...] = about("Những ai trong ảnh, theo vai trò công khai", "Who is seen, by public role")
    focus: Focus | None = about("Điểm chính của ảnh", "The point to keep in sight when it is cropped")
    colour: Colour | None = about("Màu thường gặp nhất, #rrggbb", "Its most common colour, #rrggbb")
    width: int = about("Chiều rộng ảnh gốc", "Width of the original")
    height: int = about("Chiều cao ảnh gốc", "Height of the original")
    renditions: tuple[RenditionEntry, ...] = about("Các tệp của ảnh", "Its files")
    social: RenditionEntry | None = about("Ảnh cắt 1200 × 630 để chia sẻ", "Cropped to 1200 × 630, for sharing")
    square: RenditionEntry | None = about("Ảnh nhỏ hình vuông", "A square thumbnail")


class WithdrawnPhotoEntry(Entry):
    """What remains of a photo that was withdrawn."""

    id: Id = about("Mã của ảnh trong bản tin", "Its id within the bulletin")
    status: Literal["withdrawn"] = about("Tình trạng", "Status")
    reason: str = about("Lý do gỡ", "Why it was withdrawn")
    date: datetime.date = about("Ngày gỡ", "When it was withdrawn")


class AttachmentEntry(Entry):
    """A file that goes out beside the bulletin."""

    url: Address = about("Địa chỉ tệp", "Address of the file")
    title: str = about("Tên tệp trên trang", "What readers see it called")
    kind: DocumentKind | None = about("Loại văn bản", "Kind of document")
    lang: Language = about("Ngôn ngữ", "Language")
    type: MediaType = about("Kiểu tệp (MIME)", "Media type")
    bytes: int = about("Cỡ tệp, byte", "Size in bytes")
    sha256: Sha256 = about("SHA-256 của tệp", "SHA-256 of the file")


class NamedOrganization(Entry):
    """An organization that the bulletin names by its id."""

    id: Id = about("Mã", "Id")
    type: Literal["bloc", "unit"] = about("Khối hay đơn vị", "Bloc or unit")
    name: str = about("Tên hiện nay trong danh bạ", "Present name in the register")
    url: Address = about("Trang web", "Page")
    data: Address = about("Tệp JSON", "JSON file")


class _Published(ApiDocument):
    status: Literal["published"] = about("Tình trạng", "Status")
    published: When | None = about("Ngày (giờ) đăng", "When it was published")
    expires: When | None = about("Ngày cuối cùng (hoặc giờ) còn đăng", "Last day, or hour, it is shown")
    title: str = about("Tiêu đề", "Title")
    lead: str = about("Sa-pô", "Lead paragraph")
    blocs: tuple[Id, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    content_html: str = about("Toàn văn, HTML an toàn", "The text as safe HTML")
    organizations: tuple[NamedOrganization, ...] = about(
        "Tên của khối và đơn vị được nhắc tới", "Names of the organizations referred to"
    )
    photos: tuple[PhotoEntry, ...] = about("Ảnh", "Photos")
    withdrawn_photos: tuple[WithdrawnPhotoEntry, ...] = about("Những ảnh đã gỡ", "Photos that were withdrawn")
    attachments: tuple[AttachmentEntry, ...] = about("Tệp đính kèm", "Files beside it")
    reported_by: tuple[Source, ...] = about("Báo chí, cổng thông tin đã đưa tin", "The press that reported it")


class CeremonyEntry(Ceremony):
    """What took place."""

    date: PartialDay = about("Ngày diễn ra", "The day it was held", NO_DAY)
    date_precision: DatePrecision = PRECISION
    place: PlaceEntry | None = about("Địa điểm", "Where it was held")  # type: ignore[assignment]


class CommitmentsEntry(Entry):
    """What the pact promises."""

    open_ended: bool = about("Danh sách trong bản tin còn để ngỏ (“…”)", "The list is left open")
    list: tuple[CommitmentEntry, ...] = about("Các nội dung cam kết", "The commitments")


_OWN_LINK = re.compile(r'href="(/[^"]*)"')

_FACTS: dict[str, Any] = {
    name: (field.annotation, field) for name, field in Bulletin.model_fields.items() if name not in PRIVATE | RETOLD
} | {
    name: (shape, Bulletin.model_fields[name])
    for name, shape in {
        "ceremony": CeremonyEntry,
        "documents": tuple[CitedDocument, ...],
        "awards": tuple[AwardEntry, ...],
        "commitments": CommitmentsEntry,
        "instructions": tuple[InstructionsEntry, ...],
        "scoring": ScoringFacts | None,
        "people": tuple[PersonEntry, ...],
        "results": tuple[NumberedResult, ...],
        **dict.fromkeys(("limitations", "directions"), tuple[NumberedStatement, ...]),
    }.items()
}
"""Every fact, in the shape that it has wherever it stands."""

BulletinDocument: type[ApiDocument] = create_model(
    "BulletinDocument", __base__=_Published, __module__=__name__, __doc__="One bulletin with all its facts.", **_FACTS
)
BulletinDocument.schema_name = "bulletin"


class WithdrawnDocument(ApiDocument):
    """What remains of a withdrawn bulletin: nothing of its text."""

    schema_name = "withdrawn-bulletin"
    model_config = ConfigDict(title="Bản tin đã gỡ")

    status: Literal["withdrawn"] = about("Tình trạng", "Status")
    title: str = about("Tiêu đề", "Title")
    reason: str | None = about("Lý do gỡ", "Why it was withdrawn")
    date: datetime.date | None = about("Ngày gỡ", "When it was withdrawn")


class MovedPhoto(Entry):
    """Where a photo of a bulletin that moved is now."""

    id: Id = about("Mã của ảnh trong bản tin", "Its id within the bulletin")
    status: Literal["moved"] = about("Tình trạng", "Status")
    moved_to: ObjectId = about("Nay ở đâu: mã bản tin/mã ảnh", "Where it is now: bulletin/photo")


class MovedDocument(ApiDocument):
    """What stands under an id that a bulletin had before."""

    schema_name = "moved-bulletin"
    model_config = ConfigDict(title="Bản tin đã chuyển")

    status: Literal["moved"] = about("Tình trạng", "Status")
    moved_to: Id = about("Mã hiện nay", "Its present id")
    data: Address = about("Tệp JSON hiện nay", "The present JSON file")
    photos: tuple[MovedPhoto, ...] = about("Ảnh nay ở đâu", "Where its photos are")


class MovedCeremonyDocument(ApiDocument):
    """What stands under an id that a ceremony had before, with the bulletin it has its id from."""

    schema_name = "moved-ceremony"
    model_config = ConfigDict(title="Buổi lễ đã chuyển")

    status: Literal["moved"] = about("Tình trạng", "Status")
    moved_to: Id = about("Mã hiện nay", "Its present id")
    data: Address = about("Tệp JSON hiện nay", "The present JSON file")


Organizations = tuple[tuple[Literal["bloc", "unit"], str, str], ...]
"""Type, id and name of each organization a bulletin refers to."""


def bulletin(
    terms: Terms,
    record: Bulletin,
    body: Body,
    organizations: Organizations,
    pictures: tuple[Picture, ...],
    attached: tuple[AttachedFile, ...] = (),
) -> Sequence[bytes]:
    """The file of a published bulletin; `pictures` are those of its photos, `attached` its files, in their order."""
    record = record.whole
    photos = tuple(
        _photo(terms, record.id, n, *pair) for n, pair in enumerate(zip(record.photos, pictures, strict=True), 1)
    )
    values = {name: getattr(record, name) for name in _FACTS} | {
        "status": "published",
        "published": iso(record.published) if record.published else None,
        "expires": iso(record.expires) if record.expires else None,
        "title": record.title,
        "lead": record.lead,
        "blocs": record.blocs,
        "content_html": content_html(body, photos, terms.root),
        "organizations": tuple(_organization(terms, *organization) for organization in organizations),
        "photos": photos,
        "withdrawn_photos": tuple(
            WithdrawnPhotoEntry(id=gone.id, status="withdrawn", reason=gone.reason, date=gone.date)
            for gone in record.withdrawn_photos
        ),
        "attachments": tuple(_attachment(terms, record, file) for file in attached),
        "reported_by": (record.source,) if record.source else (),
        "ceremony": _ceremony(record),
        **_shaped(record),
    }
    if not terms.recipients:
        values |= _without_recipients(record, values["awards"])
    begun = terms.begin(BulletinDocument, record.id, urls.bulletin(record.id), record.modified)
    return [encoded(BulletinDocument.model_construct(**begun, **values))]


def _ceremony(record: Bulletin) -> CeremonyEntry:
    own = {name: getattr(record.ceremony, name) for name in Ceremony.model_fields}
    said = Report.of(record)
    where = {"place": place(said.place, said.province, said.date), "date_precision": said.date.precision}
    return CeremonyEntry.model_construct(**own | where | {"id": record.ceremony_id})


def _shaped(record: Bulletin) -> dict[str, Any]:
    """The facts that stand in a dossier too, in the same shape."""
    promises = tuple(
        CommitmentEntry.model_construct(**commitment(n, said)) for n, said in enumerate(record.commitments.each, 1)
    )
    return {
        "commitments": CommitmentsEntry.model_construct(open_ended=record.commitments.open_ended, list=promises),
        "instructions": tuple(InstructionsEntry(**instructions(said)) for said in filter(None, [record.instructions])),
        "scoring": ScoringFacts(**scoring(record.scoring)) if record.scoring else None,
        "awards": tuple(
            _as(AwardEntry, said, id=id_) for id_, said in zip(record.award_ids, record.awards, strict=True)
        ),
        "documents": tuple(_as(CitedDocument, said, id=document_id(record.home, said)) for said in record.documents),
        "people": tuple(map(person, record.people)),
        "results": tuple(
            NumberedResult.model_construct(**result(said, n=n)) for n, said in enumerate(record.results, 1)
        ),
        **{name: _numbered(getattr(record, name)) for name in ("limitations", "directions")},
    }


def _numbered(statements: Sequence[Statement]) -> tuple[NumberedStatement, ...]:
    return tuple(_as(NumberedStatement, said, n=n) for n, said in enumerate(statements, 1))


def _as(shape: type[R], record: Record, **more: Any) -> R:
    """A record in a shape that has more fields."""
    values = {name: getattr(record, name) for name in type(record).model_fields}
    return cast("R", shape.model_construct(**values, **more))


def _attachment(terms: Terms, record: Bulletin, file: AttachedFile) -> AttachmentEntry:
    entry = record.attachments[file.n - 1]
    return AttachmentEntry(
        url=terms.at(urls.attachment(record.id, file.name)),
        title=entry.title,
        kind=entry.kind,
        lang=entry.lang,
        type=file.media_type,
        bytes=file.size,
        sha256=file.sha256,
    )


def withdrawn(
    terms: Terms, id_: str, title: str, modified: str | None, reason: str | None, day: datetime.date | None
) -> Sequence[bytes]:
    """The file of a withdrawn bulletin."""
    begun = terms.begin(WithdrawnDocument, id_, urls.bulletin(id_), modified)
    return [encoded(WithdrawnDocument(**begun, status="withdrawn", title=title, reason=reason, date=day))]


def moved(terms: Terms, former: str, id_: str, modified: str | None, photo_ids: tuple[str, ...]) -> Sequence[bytes]:
    """The file under an id that a bulletin had before."""
    photos = tuple(MovedPhoto(id=photo, status="moved", moved_to=f"{id_}/{photo}") for photo in photo_ids)
    begun = terms.begin(MovedDocument, former, urls.bulletin(former), modified)
    data = terms.at(urls.api_bulletin(id_))
    return [encoded(MovedDocument(**begun, status="moved", moved_to=id_, data=data, photos=photos))]


def moved_ceremony(terms: Terms, former: str, id_: str, modified: str | None) -> Sequence[bytes]:
    """The file under an id that a ceremony had before."""
    begun = terms.begin(MovedCeremonyDocument, former, None, modified)
    data = terms.at(urls.api_ceremony(id_))
    return [encoded(MovedCeremonyDocument(**begun, status="moved", moved_to=id_, data=data))]


def redirects(terms: Terms, moves: tuple[tuple[str, str], ...]) -> Sequence[bytes]:
    """Which address led where before, and where it leads now: for servers that can redirect."""
    return [encoded_json({"redirects": [{"from": old, "to": new} for old, new in moves]})]


def content_html(body: Body, photos: Sequence[PhotoEntry], root: str) -> str:
    """The text with its photos in place, and with full addresses, for whoever shows it elsewhere."""
    parts = (part if isinstance(part, str) else _placed(part, photos) for part in body.parts)
    return _OWN_LINK.sub(lambda link: f'href="{urljoin(f"{root}/", link[1])}"', "".join(parts))


def _placed(part: int | Placed, photos: Sequence[PhotoEntry]) -> str:
    if isinstance(part, Placed):
        return figure(photos[part.n - 1].model_copy(update={"caption": part.caption}))
    return figure(photos[part - 1])


def figure(photo: PhotoEntry) -> str:
    """A photo as it stands in `content_html`: the widest JPEG that suits a text."""
    shown = _in_text(photo.renditions)
    element = Element("figure")
    size = {"width": str(shown.width), "height": str(shown.height)}
    SubElement(element, "img", {"src": shown.url, "alt": photo.alt, **size})
    if photo.caption:
        SubElement(element, "figcaption").text = photo.caption
    return tostring(element, encoding="unicode")


def _in_text(renditions: Sequence[RenditionEntry]) -> RenditionEntry:
    jpegs = [rendition for rendition in renditions if rendition.type == "image/jpeg"]
    suitable = [rendition for rendition in jpegs if rendition.width <= WIDEST_IN_TEXT]
    return max(suitable, key=lambda r: r.width) if suitable else min(jpegs, key=lambda r: r.width)


def _photo(terms: Terms, bulletin_id: str, n: int, photo: Photo, picture: Picture) -> PhotoEntry:
    shown = partial(_rendition, terms, picture.sums)
    return PhotoEntry(
        n=n,
        id=photo.photo_id,
        url=terms.at(urls.photo(bulletin_id, photo.photo_id)),
        where=photo.where,
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        license=photo.license,
        shows=photo.shows,
        focus=photo.focus,
        colour=picture.colour or None,
        width=picture.width,
        height=picture.height,
        renditions=tuple(map(shown, picture.renditions)),
        social=shown(picture.social) if picture.social else None,
        square=shown(picture.square) if picture.square else None,
    )


def _rendition(terms: Terms, sums: Mapping[str, Sum], rendition: Rendition) -> RenditionEntry:
    known = sums[rendition.address]
    return RenditionEntry(
        url=terms.at(rendition.address),
        type=rendition.media_type,
        width=rendition.width,
        height=rendition.height,
        bytes=known.size,
        sha256=known.sha256,
    )


@lru_cache(maxsize=1024)
def _organization(terms: Terms, type_: Literal["bloc", "unit"], id_: str, name: str) -> NamedOrganization:
    page, data = (urls.bloc, urls.api_bloc) if type_ == "bloc" else (urls.unit, urls.api_unit)
    return NamedOrganization(id=id_, type=type_, name=name, url=terms.at(page(id_)), data=terms.at(data(id_)))


def _without_recipients(record: Bulletin, awards: tuple[AwardEntry, ...]) -> dict[str, Any]:
    """Awards without names, and people without those whose only part was to receive one (contract §4.5)."""
    unnamed = tuple(award.model_copy(update={"recipients": ()}) for award in awards)
    return {"awards": unnamed, "people": tuple(map(person, record.people_shown(publish_recipients=False)))}
