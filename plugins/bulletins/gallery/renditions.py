"""The complete list of files a photo becomes, as arithmetic: no picture is opened here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bulletins import urls
from bulletins.domain.pictures import PhotoSource, Picture, Rendition
from bulletins.settings import Settings

Format = Literal["JPEG", "PNG", "WEBP", "TIFF", "GIF"]

# Media type to the ending of a file's name, in the order a page should offer them: the lighter first.
MEDIA_TYPES = {"image/webp": "webp", "image/jpeg": "jpg"}

# Part of every name. Raise it when the same photo and settings shall give visibly other pictures:
# a new version of Pillow alone renders again under the old names, so that it is no change of content.
RECIPE = 1

# A WebP file cannot be longer than this on either side (the format's own limit).
LONGEST_SIDE = 16_383

# The source's own width is worth a rendition when it is this many times the widest of the smaller ones.
WORTHWHILE = 1.25


@dataclass(frozen=True, slots=True)
class Measured:
    """What the arithmetic needs of a photo: its pixels seen upright, and the SHA-256 of its bytes in hex."""

    width: int
    height: int
    sha256: str
    format: Format


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


def picture(source: PhotoSource, measured: Measured, settings: Settings) -> Picture:
    """All renditions of a photo, with their addresses, before any of them is made."""
    sizes = tuple(
        (w, height_for(w, measured.width, measured.height))
        for w in widths(measured.width, measured.height, settings.picture_widths)
    )
    digest = _digest(source, measured, sizes, settings.picture_quality)
    renditions = tuple(
        Rendition(urls.rendition(source.bulletin_id, f"{source.n}-{digest[:8]}-{w}.{ending}"), media_type, w, h)
        for media_type, ending in MEDIA_TYPES.items()
        for w, h in sizes
    )
    return Picture(measured.width, measured.height, renditions, digest)


def _digest(source: PhotoSource, measured: Measured, sizes: tuple[tuple[int, int], ...], quality: int) -> str:
    """A hash of all that decides the renditions' bytes and addresses, and of nothing else."""
    facts = (RECIPE, source.bulletin_id, source.n, measured.sha256, measured.width, measured.height)
    return hashlib.sha256(repr((*facts, tuple(MEDIA_TYPES), sizes, quality)).encode()).hexdigest()
