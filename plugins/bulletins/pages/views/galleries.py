"""What a bulletin's gallery and the page of one photo show."""

from __future__ import annotations

from typing import Any

from bulletins import urls
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import GalleryInputs
from bulletins.pages.views.common import Figure, Head, Link, bloc_link, figure, shared_picture

View = dict[str, Any]


def gallery(edition: Edition, given: GalleryInputs) -> View:
    """All photos of a bulletin as a grid."""
    card = given.card
    return {
        "head": Head(
            edition.words.gettext("Ảnh: %(title)s") % {"title": card.title},
            urls.gallery(card.id),
            card.lead,
            image=shared_picture(given.pictures[0]),
            image_alt=given.photos[0].alt,
            section=urls.GALLERIES,
        ),
        "title": card.title,
        "date": card.date,
        "bloc": bloc_link(given.bloc),
        "bulletin": Link(urls.bulletin(card.id), card.title),
        "figures": tuple(_figure(edition, given, n) for n in range(1, len(given.photos) + 1)),
    }


def photo(edition: Edition, given: GalleryInputs, n: int) -> View:
    """One photo, large, with the ones before and after it; `n` counts from 1."""
    card, shown = given.card, given.photos[n - 1]
    last = len(given.photos)
    around = [urls.photo(card.id, k) if 1 <= k <= last else None for k in (n - 1, n + 1)]
    title = edition.words.gettext("Ảnh %(n)s/%(count)s: %(title)s") % {"n": n, "count": last, "title": card.title}
    return {
        "head": Head(
            title,
            urls.photo(card.id, n),
            shown.caption or shown.alt,
            image=shared_picture(given.pictures[n - 1]),
            image_alt=shown.alt,
            previous=around[0],
            next=around[1],
            section=urls.GALLERIES,
        ),
        "title": title,
        "figure": _figure(edition, given, n),
        "n": n,
        "count": last,
        "bulletin": Link(urls.bulletin(card.id), card.title),
        "gallery": urls.gallery(card.id),
    }


def _figure(edition: Edition, given: GalleryInputs, n: int) -> Figure:
    return figure(edition, urls.photo(given.card.id, n), given.photos[n - 1], given.pictures[n - 1])
