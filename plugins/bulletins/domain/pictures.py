"""A photo as the site shows it: sizes and addresses, known before any of them is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    # Workers that render photos have no use for records, and each of them would carry their library in its memory.
    from bulletins.domain.model import Photo

CENTRE = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One published file of a photo: pixels as seen upright, `media_type` as in RFC 6838, `address` from the root."""

    address: str
    media_type: str
    width: int
    height: int


class Sum(NamedTuple):
    """What proves a published file: SHA-256 of its bytes in lowercase hex, its size in bytes."""

    sha256: str
    size: int


class Proof(Protocol):
    """Knows what the published files of a picture are, once they are made."""

    @property
    def digest(self) -> str:
        """Changes whenever any of the files does."""

    def sums(self) -> Sequence[Sum]:
        """The sums of `Picture.files`, in their order."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo's published files, narrowest first within each media type; `width` × `height` is the upright source.

    `social` is the card that other sites show, `square` a small thumbnail; both are cropped around `focus`, shares of
    width and height. `colour` (`#rrggbb`) is the photo's most common one. `digest` changes whenever any of all
    this does.
    """

    width: int
    height: int
    renditions: tuple[Rendition, ...]
    digest: str
    social: Rendition | None = None
    square: Rendition | None = None
    focus: tuple[float, float] = CENTRE
    colour: str = ""
    proof: Proof | None = field(default=None, compare=False, repr=False)

    @property
    def sums(self) -> Mapping[str, Sum]:
        """The sums of the files by their addresses; there are none where nobody can make them."""
        proven = self.proof.sums() if self.proof else ()
        return {file.address: known for file, known in zip(self.files, proven, strict=bool(proven))}

    @property
    def files(self) -> tuple[Rendition, ...]:
        """Every file of the photo: the renditions, then those that are cropped."""
        return (*self.renditions, *(crop for crop in (self.social, self.square) if crop))

    def of_type(self, media_type: str) -> tuple[Rendition, ...]:
        """The renditions of one media type, narrowest first."""
        return tuple(r for r in self.renditions if r.media_type == media_type)


class Said(NamedTuple):
    """What an author says of a photo; plain values, since every build fetches those of every photo."""

    alt: str = ""
    caption: str | None = None
    credit: str | None = None
    license: str | None = None
    focus: tuple[float, float] | None = None

    @classmethod
    def of(cls, photo: Photo) -> Said:
        """The words of a record."""
        focus = (photo.focus.x, photo.focus.y) if photo.focus else None
        return cls(photo.alt, photo.caption, photo.credit, photo.license, focus)


UNSAID = Said()


@dataclass(frozen=True, slots=True)
class PhotoSource:
    """The file of photo `n` of a bulletin lies at `path`; `name`, `line` and `column` say where an author named it.

    `said` is what the front matter says of it, as far as its files depend on that.
    """

    bulletin_id: str
    n: int
    path: str
    name: str
    line: int
    column: int
    said: Said = UNSAID
    photo_id: str = ""

    @property
    def id(self) -> str:
        """The photo's id within the bulletin; its number stands for one that has none."""
        return self.photo_id or str(self.n)
