"""The files of the change log: Activity Streams 2.0, in pages that never change once they are full."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, Literal

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.record import about
from bulletins.indexes.file import code_version
from bulletins.indexes.shape import (
    Address,
    ApiDocument,
    Entry,
    ObjectId,
    PrimaryType,
    Sha256,
    SitePath,
    Terms,
    When,
    encoded,
    with_lines,
)
from bulletins.memory.copy import Copy
from bulletins.memory.digests import DocumentState, objects_of
from bulletins.memory.log import PAGE, Activity, log_of
from bulletins.memory.state import LogPage, Publication
from bulletins.plan import Files, Listing, Output

CONTEXT: Final = "https://www.w3.org/ns/activitystreams"


class ObjectEntry(Entry):
    """A primary object that an activity is about."""

    id: Address = about("Địa chỉ của đối tượng", "Address of the object")
    type: PrimaryType = about("Loại", "Type")
    identifier: ObjectId = about("Mã; của ảnh: mã bản tin/mã ảnh", "Id; that of a photo is bulletin/photo")


class ActivityEntry(Entry):
    """Something that happened to a primary object."""

    type: Literal["Create", "Update", "Move", "Delete", "Refresh"] = about("Việc gì", "What happened")
    seq: int = about("Số thứ tự, không bao giờ dùng lại", "Its number, never used again")
    endTime: When = about("Lúc công bố", "When it was published")  # noqa: N815 - the name is the standard's
    object: ObjectEntry | None = about("Đối tượng; không có khi làm mới tất cả", "The object; none for a Refresh")
    target: ObjectEntry | None = about("Chuyển tới đâu", "Where it moved to")
    digest: Sha256 | None = about("SHA-256 của riêng nội dung đối tượng", "SHA-256 of what the object says itself")
    note: str | None = about("Đã sửa gì, theo bản tin", "What was corrected, as the bulletin says")
    minor: bool | None = about("Sửa nhỏ", "Whether the correction is minor")


class PreviousPage(Entry):
    """The page before, which will never change."""

    path: SitePath = about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")
    sha256: Sha256 = about("SHA-256 của tệp", "SHA-256 of its bytes")


class ChangesPageDocument(ApiDocument):
    """A page of the change log."""

    schema_name = "changes-page"
    model_config = ConfigDict(title="Một trang nhật ký thay đổi")

    context: Literal["https://www.w3.org/ns/activitystreams"] = about("Ngữ cảnh", "Context", alias="@context")
    type: Literal["OrderedCollectionPage"] = about("Loại", "Type")
    partOf: Address = about("Nhật ký", "The log")  # noqa: N815
    previous: PreviousPage | None = about("Trang trước", "The page before")
    orderedItems: tuple[ActivityEntry, ...] = about("Các hoạt động, cũ trước", "Activities, oldest first")  # noqa: N815


class PageEntry(Entry):
    """A page of the log."""

    path: SitePath = about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")
    sha256: Sha256 = about("SHA-256 của tệp", "SHA-256 of its bytes")
    activities: int = about("Số hoạt động", "Number of activities")


class ChangesDocument(ApiDocument):
    """The change log: its pages."""

    schema_name = "changes"
    model_config = ConfigDict(title="Nhật ký thay đổi")

    context: Literal["https://www.w3.org/ns/activitystreams"] = about("Ngữ cảnh", "Context", alias="@context")
    type: Literal["OrderedCollection"] = about("Loại", "Type")
    totalItems: int = about("Số hoạt động", "Number of activities")  # noqa: N815
    seq: int = about("Số của hoạt động gần nhất", "Number of the last activity")
    first: Address | None = about("Trang đầu", "First page")
    last: Address | None = about("Trang cuối", "Last page")
    pages: tuple[PageEntry, ...] = about("Các trang, cũ trước", "The pages, oldest first")


def listing(terms: Terms, publication: Publication) -> Listing:
    """The pages of the log as it stands after this publication, and their index."""
    return Listing(partial(_log, terms, code_version(), publication))


def _log(terms: Terms, version: str, publication: Publication, files: Files) -> Iterator[Output]:
    """Pages that are full stay as they are published; the last one is continued."""
    memory = publication.memory
    activities = activities_of(files, publication)
    last = memory.pages[-1] if memory.pages else None
    is_continued = bool(last and activities and last.activities < PAGE)
    kept = memory.pages[: len(memory.pages) - is_continued]
    for known in kept:
        yield Output((known.path,), kept_page, (publication.copy, known.path, known.sha256), version)
    begun = json.loads(memory.last_page)["orderedItems"] if is_continued else []
    pages = list(kept)
    for path, data, count in _new_pages(
        terms, [*begun, *(_item(terms, a, publication.moment) for a in activities)], kept
    ):
        pages.append(LogPage(path, hashlib.sha256(data).hexdigest(), count))
        yield Output((path,), as_it_is, (data,), version)
    seq, moment = memory.seq + len(activities), publication.moment if activities else memory.last_moment
    yield Output((urls.output_path(urls.API_CHANGES),), index, (terms, tuple(pages), seq, moment), version)


def activities_of(files: Files, publication: Publication) -> tuple[Activity, ...]:
    """What this publication of these files adds to the log."""
    documents = (DocumentState.from_json(made.metadata) for made in files.values() if made.metadata)
    return log_of(objects_of(documents), publication).activities


def _new_pages(
    terms: Terms, items: Sequence[dict[str, Any]], kept: Sequence[LogPage]
) -> Iterator[tuple[str, bytes, int]]:
    """Path, bytes and number of activities of each page that is new or continued; each names the one before."""
    before = PreviousPage(path=kept[-1].path, sha256=kept[-1].sha256) if kept else None
    for number, start in enumerate(range(0, len(items), PAGE), len(kept) + 1):
        part = items[start : start + PAGE]
        path, data = urls.output_path(urls.api_changes(number)), page(terms, number, part, before)
        yield path, data, len(part)
        before = PreviousPage(path=path, sha256=hashlib.sha256(data).hexdigest())


def page(terms: Terms, number: int, items: Sequence[dict[str, Any]], previous: PreviousPage | None) -> bytes:
    """The bytes of a page."""
    head = terms.begin(ChangesPageDocument, terms.at(urls.api_changes(number)), None, items[-1]["endTime"])
    document = ChangesPageDocument.model_construct(
        **head,
        context=CONTEXT,
        type="OrderedCollectionPage",
        partOf=terms.at(urls.API_CHANGES),
        previous=previous,
        orderedItems=(),
    )
    return with_lines(encoded(document), "orderedItems", items)


def index(terms: Terms, pages: tuple[LogPage, ...], seq: int, modified: str | None) -> Sequence[bytes]:
    """The file that names the pages."""
    document = ChangesDocument(
        **terms.begin(ChangesDocument, terms.at(urls.API_CHANGES), None, modified),
        context=CONTEXT,
        type="OrderedCollection",
        totalItems=sum(known.activities for known in pages),
        seq=seq,
        first=terms.at(f"/{pages[0].path}") if pages else None,
        last=terms.at(f"/{pages[-1].path}") if pages else None,
        pages=tuple(PageEntry(**known._asdict()) for known in pages),
    )
    return [encoded(document)]


def kept_page(copy: Copy, path: str, sha256: str) -> Sequence[bytes]:
    """A page as it is published."""
    return [copy.proven(path, sha256)]


def as_it_is(data: bytes) -> Sequence[bytes]:
    """A file as it is."""
    return [data]


def _item(terms: Terms, activity: Activity, moment: str) -> dict[str, Any]:
    """An activity, its keys as `ActivityEntry` has them."""
    return {
        "type": activity.what,
        "seq": activity.seq,
        "endTime": moment,
        "object": _object(terms, activity.type, activity.id) if activity.type else None,
        "target": _object(terms, activity.type, activity.target) if activity.target else None,
        "digest": activity.digest,
        "note": activity.note,
        "minor": activity.minor,
    }


def _object(terms: Terms, type_: str, id_: str) -> dict[str, Any]:
    return {"id": terms.at(_address(type_, id_)), "type": type_, "identifier": id_}


def _address(type_: str, id_: str) -> str:
    """Where an object is found: its own document, its page, or its place in a list."""
    own = {"bulletin": urls.api_bulletin, "ceremony": urls.api_ceremony, "bloc": urls.api_bloc, "unit": urls.api_unit}
    if type_ in own:
        return own[type_](id_)
    if type_ == "photo":
        return f"{urls.GALLERIES}{id_}/"
    return f"{urls.API}{type_}s.json#{id_}"
