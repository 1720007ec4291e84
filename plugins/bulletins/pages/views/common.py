"""What several pages show alike: links, the head of a page, figures, bulletins in lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.model import Award, Bulletin, Photo, Seat
from bulletins.domain.pictures import Picture, Rendition
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import Link, Named, Teaser, names_of, unit_link
from bulletins.vietnamese.dates import PartialDate

PREFERRED = ("image/avif", "image/webp")
"""Picture formats offered before the one every browser knows, the smallest first."""

LIGHTBOX = "image/webp"
"""The format of the lightbox, which can offer only one: every browser that runs it knows this."""

SHARED_WIDTH = 1200
"""How wide, in pixels, a picture is wanted by sites that show a preview of a page."""


class Head(NamedTuple):
    """What a page says of itself to browsers, search engines and other sites; `about` is of schema.org."""

    title: str
    address: str
    description: str = ""
    kind: str = "website"
    image: Rendition | None = None
    image_alt: str = ""
    data: str | None = None
    previous: str | None = None
    next: str | None = None
    indexed: bool = True
    section: str = ""
    about: dict[str, Any] | None = None
    feed: str = urls.HOME
    """The address of the page whose feed goes with this one."""
    trail: tuple[Link, ...] = ()
    """The pages above this one, below the home page: what readers see as its path, and search engines in JSON-LD."""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """The renditions of a picture in one format, as `srcset` wants them."""

    media_type: str
    srcset: str


class SeatView(NamedTuple):
    """A unit in a role: the person who speaks for it, what the statement rests on, and who says so or otherwise.

    Among the members of a year, `roles` are those it has besides plain membership.
    """

    unit: Link
    person: str | None
    origin: str
    sources: tuple[str, ...] = ()
    conflict: bool = False
    roles: tuple[str, ...] = ()


class Full(NamedTuple):
    """A photo in the lightbox: its widest file and all others, in the lightest format every such browser knows."""

    src: str
    srcset: str
    width: int
    height: int


class Thumbnail(NamedTuple):
    """A small square picture, with the class of its colour."""

    src: str
    side: int
    tone: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as a page shows it; `address` is the photo's own page, `largest` its biggest file.

    `full` are the files and the size of the lightbox; `tone` is the class of the style sheet that has about the
    photo's colour, shown while it loads.
    """

    address: str
    sources: tuple[PictureFormat, ...]
    srcset: str
    src: str
    width: int
    height: int
    alt: str
    caption: str | None
    credit: str | None
    is_illustration: bool
    largest: str
    full: Full
    tone: str


class TeaserView(NamedTuple):
    """A bulletin in a list."""

    address: str
    title: str
    lead: str
    date: PartialDate
    kinds: tuple[str, ...]
    place: str | None
    whose: str
    """Its blocs, or the host of a ceremony of no bloc."""
    figure: Figure | None
    gallery: str | None
    thumbnail: Thumbnail | None
    reasons: tuple[str, ...]


def unit_links(units: Iterable[Named]) -> dict[str, Link]:
    """Links to units' pages, by id."""
    return {unit.id: unit_link(unit) for unit in units}


def seat(stated: Seat, units: Mapping[str, Link], roles: tuple[str, ...] = ()) -> SeatView:
    """A seat as one bulletin states it."""
    return SeatView(units[stated.unit], stated.person, stated.origin, roles=roles)


def public(edition: Edition, award: Award) -> Award:
    """The award as readers may see it: without the names of recipients, unless the settings publish them."""
    if edition.settings.publish_recipients or not award.recipients:
        return award
    return award.model_copy(update={"recipients": ()})


def shared_picture(picture: Picture | None) -> Rendition | None:
    """The rendition that previews elsewhere show: cropped for them, or else a JPEG as wide as they want."""
    if picture and picture.social:
        return picture.social
    files = _fallback(picture) if picture else ()
    return next((r for r in files if r.width >= SHARED_WIDTH), files[-1] if files else None)


def figure(edition: Edition, address: str, photo: Photo, picture: Picture) -> Figure:
    """A photo with its picture; the addresses of files become links of the site."""
    return _figure(edition, address, picture, photo.alt, photo.is_illustration, photo.caption, photo.credit)


def figures_of(edition: Edition, bulletin: Bulletin, pictures: Sequence[Picture | None]) -> dict[int, Figure]:
    """A bulletin's photos by their numbers, as far as there is a picture of them."""
    numbered = enumerate(zip(bulletin.photos, pictures, strict=True), 1)
    return {
        n: figure(edition, urls.photo(bulletin.id, photo.photo_id), photo, shown)
        for n, (photo, shown) in numbered
        if shown
    }


def teaser(edition: Edition, item: Teaser) -> TeaserView:
    card = item.card
    address = urls.bulletin(card.id)
    seen = _figure(edition, address, item.picture, *card.photo[1:]) if card.photo and item.picture else None
    return TeaserView(
        address=address,
        title=card.title,
        lead=card.lead,
        date=card.date,
        kinds=card.kinds,
        place=card.place,
        whose=names_of(item.blocs, item.host),
        figure=seen,
        gallery=urls.gallery(card.id) if card.photo else None,
        thumbnail=_thumbnail(edition, item.picture) if item.picture else None,
        reasons=item.reasons,
    )


def safe_address(address: str | None) -> str | None:
    """An address on another site that may become a link: only of the web, never one that runs."""
    return address if address and urlsplit(address).scheme in ("http", "https") else None


def leaders_first(members: Iterable[SeatView]) -> tuple[SeatView, ...]:
    """Members in the order stated, after those that lead: by the highest of their `roles`."""
    return tuple(sorted(members, key=lambda member: min(map(kinds.ROLES.rank, member.roles or ("member",)))))


def _fallback(picture: Picture) -> tuple[Rendition, ...]:
    """The renditions in the format that every browser knows."""
    others = tuple(r for r in picture.renditions if r.media_type not in PREFERRED)
    return others or picture.renditions


def _figure(
    edition: Edition,
    address: str,
    picture: Picture,
    alt: str,
    is_illustration: bool,
    caption: str | None = None,
    credit: str | None = None,
) -> Figure:
    files = _fallback(picture)
    offered = ((media_type, picture.of_type(media_type)) for media_type in PREFERRED)
    return Figure(
        address=address,
        sources=tuple(
            PictureFormat(media_type, _srcset(edition, renditions)) for media_type, renditions in offered if renditions
        ),
        srcset=_srcset(edition, files),
        src=edition.site.link(files[len(files) // 2].address),
        width=picture.width,
        height=picture.height,
        alt=alt,
        caption=caption,
        credit=credit,
        is_illustration=is_illustration,
        largest=edition.site.link(files[-1].address),
        full=_full(edition, picture.of_type(LIGHTBOX) or files),
        tone=tone(picture.colour),
    )


def tone(colour: str) -> str:
    """The class of `gallery.css` nearest to a colour (`#rrggbb`), or nothing: five steps of red, green and blue.

    A class and no `style`, so that the site's pages need no leave for inline styles from a content security policy.
    """
    if not colour:
        return ""
    steps = (round(int(colour[at : at + 2], 16) * 4 / 255) for at in (1, 3, 5))
    return f"tone-{''.join(map(str, steps))}"


def _full(edition: Edition, files: Sequence[Rendition]) -> Full:
    widest = files[-1]
    return Full(edition.site.link(widest.address), _srcset(edition, files), widest.width, widest.height)


def _thumbnail(edition: Edition, picture: Picture) -> Thumbnail | None:
    square = picture.square
    return Thumbnail(edition.site.link(square.address), square.width, tone(picture.colour)) if square else None


def _srcset(edition: Edition, renditions: Iterable[Rendition]) -> str:
    return ", ".join(f"{edition.site.link(r.address)} {r.width}w" for r in renditions)
