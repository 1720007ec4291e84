"""The complete list of files a photo becomes, as arithmetic: no picture is opened here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bulletins import urls
from bulletins.domain.pictures import CENTRE, PhotoSource, Picture, Rendition, Said
from bulletins.gallery.credit_metadata import Credit
from bulletins.settings import Settings

Format = Literal["JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "HEIF"]

# Media type to the ending of a file's name, in the order a page should offer them: the lighter first.
MEDIA_TYPES = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpg"}

# Part of every name. Raise it when the same photo and settings shall give visibly other pictures:
# a new version of Pillow alone renders again under the old names, so that it is no change of content.
RECIPE = 2

# A WebP file cannot be longer than this on either side (the format's own limit).
LONGEST_SIDE = 16_383

# The source's own width is worth a rendition when it is this many times the widest of the smaller ones.
WORTHWHILE = 1.25

# What other sites show of a shared page, and the thumbnail of strips, in pixels. Both are JPEG: everybody reads it.
SOCIAL = (1200, 630)
SQUARE = (400, 400)

Size = tuple[int, int]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements of a photo: size in pixels when upright, SHA-256 of its bytes in hex, colour.

    `caption` and `credit` stand in the file itself: they are proposed to the author, and published nowhere.
    """

    width: int
    height: int
    sha256: str
    format: Format
    colour: str = ""
    caption: str | None = None
    credit: str | None = None


def widths(width: int, height: int, wanted: Iterable[int]) -> tuple[int, ...]:
    """The widths a photo of `width` × `height` pixels is shown in, narrowest first, none above its own.

    A photo narrower than the widest wanted one also gets its own width, if that is a quarter more than the
    widest it already has, or if it has none; so nobody downloads 1500 pixels where 1480 serve.
    """
    widest = max(1, min(width, LONGEST_SIDE * width // height))
    smaller = [w for w in sorted(set(wanted)) if w <= widest]
    own_is_useful = not smaller or (widest < max(wanted) and widest >= WORTHWHILE * smaller[-1])
    return (*smaller, widest) if own_is_useful else tuple(smaller)


def height_for(rendered: int, width: int, height: int) -> int:
    """The height that keeps the ratio of `width` × `height` at the width `rendered`, rounded half up."""
    return min(LONGEST_SIDE, max(1, (2 * rendered * height + width) // (2 * width)))


def largest(ratio: Size, within: Size) -> Size:
    """The largest size of a ratio that fits into another size; each side is at least one pixel."""
    (across, down), (width, height) = ratio, within
    if width * down <= height * across:
        return width, max(1, width * down // across)
    return max(1, height * across // down), height


def cropped_size(wanted: Size, source: Size) -> Size:
    """How large a crop is shown: as large as wanted, or as large as the source allows."""
    return min(wanted, largest(wanted, source))


def crop_box(size: Size, of: Size, focus: tuple[float, float]) -> Box:
    """Left, top, right and lower edge of the largest part of a picture `of` that has the ratio of `size`.

    The focus, in shares of width and height, lies in its middle, or as near to it as the picture's edges allow.
    """
    width, height = largest(size, of)
    left, top = (
        min(max(0, round(share * whole - part / 2)), whole - part)
        for share, whole, part in zip(focus, of, (width, height), strict=True)
    )
    return left, top, left + width, top + height


def master_size(picture: Picture) -> Size:
    """The size from which every file of a picture can be made without enlarging anything: never above the source."""
    source = (picture.width, picture.height)
    scales = [Fraction(r.width, picture.width) for r in picture.renditions]
    crops = [crop for crop in (picture.social, picture.square) if crop]
    scales += [Fraction(c.width, largest((c.width, c.height), source)[0]) for c in crops]
    width = -(-picture.width * max(scales) // 1)
    widest = max(picture.renditions, key=lambda r: r.width)
    return (widest.width, widest.height) if width <= widest.width else (width, height_for(width, *source))


def picture(source: PhotoSource, measured: Measured, settings: Settings) -> Picture:
    """All files of a photo, with their addresses, before any of them is made."""
    focus = source.said.focus or CENTRE
    credit = credit_written(source.said, settings)
    sizes = tuple(
        (w, height_for(w, measured.width, measured.height))
        for w in widths(measured.width, measured.height, settings.picture_widths)
    )
    digest = _digest(source, measured, sizes, settings, credit)
    crops = _hash(digest, focus, SOCIAL, SQUARE)
    return Picture(
        measured.width,
        measured.height,
        tuple(
            _rendition(source, f"{digest[:8]}-{w}.{ending}", media_type, (w, h))
            for media_type, ending in MEDIA_TYPES.items()
            for w, h in sizes
        ),
        _hash(crops, measured.colour),
        _crop(source, measured, f"{crops[:8]}-card", SOCIAL),
        _crop(source, measured, f"{crops[:8]}-square", SQUARE),
        focus,
        measured.colour,
    )


def credit_written(said: Said, settings: Settings) -> Credit | None:
    """What is written into the files of a photo: its credit and licence, if the setting says so and there are any."""
    who, terms = said.credit or "", said.license or settings.license
    return Credit(who, terms) if settings.keep_credit and (who or terms) else None


def _crop(source: PhotoSource, measured: Measured, name: str, wanted: Size) -> Rendition:
    size = cropped_size(wanted, (measured.width, measured.height))
    return _rendition(source, f"{name}.jpg", "image/jpeg", size)


def _rendition(source: PhotoSource, name: str, media_type: str, size: Size) -> Rendition:
    return Rendition(urls.rendition(source.bulletin_id, f"{source.id}-{name}"), media_type, *size)


def _digest(
    source: PhotoSource, measured: Measured, sizes: tuple[Size, ...], settings: Settings, credit: Credit | None
) -> str:
    """A hash of all that decides the renditions' bytes and addresses, and of nothing else."""
    facts = (RECIPE, source.bulletin_id, source.id, measured.sha256, measured.width, measured.height)
    quality = (settings.picture_quality, settings.avif_quality)
    return _hash(facts, tuple(MEDIA_TYPES), sizes, quality, credit.digest if credit else "")


def _hash(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()
