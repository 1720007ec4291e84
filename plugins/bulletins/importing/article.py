"""What the second step makes of a text: title, lead, paragraphs and captions, each in its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from bulletins.importing.source import Picture
from bulletins.vietnamese.dates import Moment


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture of the text: its caption, and what its page said of it; `after` is the paragraph before it, from 0.

    `after` is -1 for a picture that stands before the first paragraph of the body. `picture` is `None` where the text
    only tells that one stood there.
    """

    caption: str
    after: int
    alt_as: str | None = None
    file_as: str | None = None
    picture: Picture | None = None
    credit: str | None = None
    is_gallery: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """A name in the line of authors, with codes of byline roles; no name for “PV”."""

    name: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """The parts of a text. `lead` is its first paragraph without the prefix; `body` are the paragraphs after it."""

    title: str
    lead: str
    body: tuple[str, ...]
    illustrations: tuple[Illustration, ...] = ()
    published: Moment | None = None
    published_as: str | None = None
    prefix: str | None = None
    byline_as: str | None = None
    authors: tuple[Author, ...] = ()
    end_mark: str | None = None
    stripped: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    items: frozenset[int] = field(default=frozenset())
    headings: frozenset[int] = field(default=frozenset())
    url: str | None = None
    publisher: str | None = None

    @property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """Every text to be read for facts, with its place: title, lead, body, caption."""
        captions = (("caption", picture.caption) for picture in self.illustrations if picture.caption)
        return (("title", self.title), ("lead", self.lead), *(("body", text) for text in self.body), *captions)
