"""A photo as the site shows it: sizes and addresses, known before any of them is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """One published file of a photo: pixels as seen upright, `media_type` as in RFC 6838, `address` from the root."""

    address: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo's published files, narrowest first within each media type; `width` × `height` is the upright source.

    `digest` changes whenever a rendition does: it names the source's content and the gallery's settings.
    """

    width: int
    height: int
    renditions: tuple[Rendition, ...]
    digest: str

    def of_type(self, media_type: str) -> tuple[Rendition, ...]:
        """The renditions of one media type, narrowest first."""
        return tuple(r for r in self.renditions if r.media_type == media_type)


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """The file of photo `n` of a bulletin lies at `path`; `name`, `line` and `column` say where an author named it."""

    bulletin_id: str
    n: int
    path: str
    name: str
    line: int
    column: int
