"""What a bulletin's gallery and the page of one photo show."""

from __future__ import annotations

import datetime
from typing import Annotated, TypedDict

from bulletins import urls
from bulletins.domain.pictures import captioned
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import GalleryInputs, Link, bloc_link, bulletin_link
from bulletins.pages.views import structured
from bulletins.pages.views.common import Figure, Head, figure, shared_picture


class GalleryView(TypedDict):
    """All photos of a bulletin as a grid."""

    head: Head
    title: str
    date: Annotated[datetime.date, "of the ceremony"]
    bloc: Link
    bulletin: Link
    archive: Annotated[str, "address of the ZIP file with all photos"]
    figures: tuple[Figure, ...]


def gallery(edition: Edition, given: GalleryInputs) -> GalleryView:
    told = given.bulletin
    lead = (told.lead_photo or 1) - 1
    return {
        "head": Head(
            edition.words.gettext("Ảnh: %(title)s") % {"title": told.title},
            urls.gallery(told.id),
            told.lead,
            image=shared_picture(given.pictures[lead]),
            image_alt=told.photos[lead].alt,
            data=urls.api_gallery(told.id),
            section=urls.GALLERIES,
            about=structured.image_gallery(edition, given),
        ),
        "title": told.title,
        "date": told.date,
        "bloc": bloc_link(given.bloc),
        "bulletin": bulletin_link(told),
        "archive": urls.gallery_archive(told.id),
        "figures": tuple(_figure(edition, given, n) for n in range(1, len(given.pictures) + 1)),
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


def photo(edition: Edition, given: GalleryInputs, n: int) -> PhotoView:
    told, last = given.bulletin, len(given.pictures)
    shown = captioned(told.photos[n - 1], given.pictures[n - 1])
    around = [urls.photo(told.id, k) if 1 <= k <= last else None for k in (n - 1, n + 1)]
    title = edition.words.gettext("Ảnh %(n)s/%(count)s: %(title)s") % {"n": n, "count": last, "title": told.title}
    return {
        "head": Head(
            title,
            urls.photo(told.id, n),
            shown.caption or shown.alt,
            image=shared_picture(given.pictures[n - 1]),
            image_alt=shown.alt,
            previous=around[0],
            next=around[1],
            section=urls.GALLERIES,
            about=structured.one_image(edition, given, n),
        ),
        "title": title,
        "figure": _figure(edition, given, n),
        "shows": shown.shows,
        "license": shown.license,
        "count": last,
        "bulletin": bulletin_link(told),
        "gallery": urls.gallery(told.id),
    }


def _figure(edition: Edition, given: GalleryInputs, n: int) -> Figure:
    return figure(edition, urls.photo(given.bulletin.id, n), given.bulletin.photos[n - 1], given.pictures[n - 1])
