"""What a bulletin's gallery and the page of one photo show."""

from __future__ import annotations

from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import GalleryInputs, Link, bloc_link, bulletin_link
from bulletins.pages.views import structured
from bulletins.pages.views.common import Figure, Head, figure, shared_picture
from bulletins.vietnamese.dates import PartialDate


class GalleryView(TypedDict):
    """All photos of a bulletin as a grid."""

    head: Head
    title: str
    date: Annotated[PartialDate, "of the ceremony"]
    blocs: tuple[Link, ...]
    host: Annotated[str | None, "of a ceremony of no bloc"]
    bulletin: Link
    archive: Annotated[str, "address of the ZIP file with all photos"]
    figures: tuple[Figure, ...]


def gallery(edition: Edition, inputs: GalleryInputs) -> GalleryView:
    record = inputs.bulletin
    lead = (record.lead_photo or 1) - 1
    return {
        "head": Head(
            edition.words.gettext("Ảnh: %(title)s") % {"title": record.title},
            urls.gallery(record.id),
            record.lead,
            image=shared_picture(inputs.pictures[lead]),
            image_alt=record.photos[lead].alt,
            data=urls.api_gallery(record.id),
            section=urls.GALLERIES,
            trail=(Link(urls.GALLERIES, edition.words.gettext("Thư viện ảnh")),),
            about=structured.image_gallery(edition, inputs),
        ),
        "title": record.title,
        "date": record.date,
        "blocs": tuple(map(bloc_link, inputs.blocs)),
        "host": inputs.host.name if inputs.host else None,
        "bulletin": bulletin_link(record),
        "archive": urls.gallery_archive(record.id),
        "figures": tuple(_figure(edition, inputs, n) for n in range(1, len(inputs.pictures) + 1)),
    }


class PhotoView(TypedDict):
    """One photo, large, with the ones before and after it; `n` counts from 1."""

    head: Head
    title: str
    figure: Figure
    shows: Annotated[tuple[str, ...], "who is seen, by public role"]
    license: Annotated[str | None, "the photo's own"]
    count: Annotated[int, "of all photos of the bulletin"]
    bulletin: Link
    gallery: Annotated[str, "address of the gallery"]


def photo(edition: Edition, inputs: GalleryInputs, n: int) -> PhotoView:
    record, last = inputs.bulletin, len(inputs.pictures)
    shown = record.photos[n - 1]
    around = [urls.photo(record.id, record.photo_ids[k - 1]) if 1 <= k <= last else None for k in (n - 1, n + 1)]
    title = edition.words.gettext("Ảnh %(n)s/%(count)s: %(title)s") % {"n": n, "count": last, "title": record.title}
    return {
        "head": Head(
            title,
            urls.photo(record.id, shown.photo_id),
            shown.caption or shown.alt,
            image=shared_picture(inputs.pictures[n - 1]),
            image_alt=shown.alt,
            previous=around[0],
            next=around[1],
            section=urls.GALLERIES,
            trail=(
                Link(urls.GALLERIES, edition.words.gettext("Thư viện ảnh")),
                Link(urls.gallery(record.id), record.title),
            ),
            about=structured.image_of_page(edition, inputs, n),
        ),
        "title": title,
        "figure": _figure(edition, inputs, n),
        "shows": shown.shows,
        "license": shown.license,
        "count": last,
        "bulletin": bulletin_link(record),
        "gallery": urls.gallery(record.id),
    }


def _figure(edition: Edition, inputs: GalleryInputs, n: int) -> Figure:
    return figure(
        edition,
        urls.photo(inputs.bulletin.id, inputs.bulletin.photo_ids[n - 1]),
        inputs.bulletin.photos[n - 1],
        inputs.pictures[n - 1],
    )
