"""Feeds of bulletins: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) and Atom (RFC 4287), from one list.

A feed holds the newest entries, without their text; older ones stand in parts of their own (`next_url`, RFC 5005),
numbered from the oldest, so that a full part stays as it is. A withdrawn bulletin is said to be deleted (RFC 6721) on
the day of its withdrawal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.model import Card
from bulletins.indexes.shape import Terms, encoded_json, latest

NEWEST = 50
"""Entries of a feed, and of each part of its older entries."""

ENTRIES_KEPT = 512
"""Entries as they stand in Atom that are kept: those of a bloc's feed stand in the feeds of its units."""

SUFFIXES = ("json", "xml")
JSON_FEED = "https://jsonfeed.org/version/1.1"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
UNKNOWN = "1970-01-01T00:00:00+07:00"
"""Atom wants a moment; this is that of a feed in which nothing has been published yet."""


class Image(NamedTuple):
    """The picture of an entry: its address, media type, and what it shows."""

    address: str
    media_type: str
    alt: str


class Attachment(NamedTuple):
    """A file that goes out beside the bulletin: its address, media type, what readers see it called, its bytes."""

    address: str
    media_type: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Item:
    """A bulletin in feeds: when it was published and last changed (RFC 3339 or a bare date, if known), and its card.

    `first_id` is the id under which it was first published: its entry is known by that for ever.
    `stands` is the moment by which it stands among the others. `withdrawn` is the title of one that is gone, which has
    no card; all its moments are that of the withdrawal.
    """

    id: str
    first_id: str
    published: str | None
    modified: str | None
    stands: str
    card: Card | None = None
    lang: str = "vi"
    image: Image | None = None
    withdrawn: str | None = None
    attachments: tuple[Attachment, ...] = ()
    digest: str = field(default="", repr=False)
    """A string that changes whenever anything in the item does; an item stands in many feeds."""

    def __post_init__(self) -> None:
        said = (
            self.first_id,
            self.published,
            self.modified,
            self.stands,
            self.lang,
            self.image,
            self.withdrawn,
            self.attachments,
        )
        known = (self.id, self.card.digest if self.card else "", *said)
        object.__setattr__(self, "digest", blake2b(repr(known).encode(), digest_size=16).hexdigest())

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def order(self) -> tuple[str, str]:
        """By this items stand, the oldest first."""
        return self.stands, self.id


class Feed(NamedTuple):
    """A feed: its title, and the address of the page whose bulletins it holds."""

    title: str
    page: str


class Stretch(NamedTuple):
    """Where a file stands in its feed: `number` is None for the newest entries.

    `older` and `newer` are the parts with the entries before and after these, and nothing is said of how many there
    are: one part more changes two files.
    """

    number: int | None
    older: int | None
    newer: int | None


def stretches(items: Sequence[Item]) -> list[tuple[Stretch, tuple[Item, ...]]]:
    """The files of a feed, each with its items, newest first; `items` stand in any order."""
    in_order = sorted(items, key=lambda item: item.order)
    parts = -(-max(len(in_order) - NEWEST, 0) // NEWEST)
    older = [
        (Stretch(n, n - 1 or None, n + 1 if n < parts else None), in_order[(n - 1) * NEWEST : n * NEWEST])
        for n in range(1, parts + 1)
    ]
    newest = (Stretch(None, parts or None, None), in_order[-NEWEST:])
    return [(stretch, tuple(reversed(some))) for stretch, some in (newest, *older)]


def paths(page: str, stretch: Stretch) -> tuple[str, ...]:
    """The files that `feed` gives, in its order."""
    return tuple(urls.output_path(_address(page, stretch.number, suffix)) for suffix in SUFFIXES)


def feed(terms: Terms, of: Feed, stretch: Stretch, items: tuple[Item, ...]) -> Sequence[bytes]:
    """A stretch of a feed as JSON Feed and as Atom."""
    return [encoded_json(_json(terms, of, stretch, items)), _atom(terms, of, stretch, items)]


def entry_id(terms: Terms, item: Item) -> str:
    """The id of an entry for ever, wherever the site or the page moves: a tag URI (RFC 4151)."""
    return f"tag:{terms.authority}:bulletin/{item.first_id}"


def rfc_3339(moment: str) -> str:
    """A moment with its hour: a bare date is the beginning of that day in Việt Nam."""
    return moment if "T" in moment else f"{moment}T00:00:00+07:00"


def _address(page: str, number: int | None, suffix: str) -> str:
    return urls.feed(page, suffix) if number is None else urls.feed_archive(page, number, suffix)


def _updated(item: Item) -> str:
    """Atom wants a moment of every entry; of one that says nothing of its publication, that by which it stands."""
    return item.modified or item.stands


def _labels(card: Card) -> tuple[tuple[str, str], ...]:
    """The kinds of ceremony: code and Vietnamese name."""
    return tuple((kind, kinds.CEREMONIES[kind].vi) for kind in card.kinds)


def _json(terms: Terms, of: Feed, stretch: Stretch, items: Sequence[Item]) -> dict[str, Any]:
    value: dict[str, Any] = {
        "version": JSON_FEED,
        "title": of.title,
        "home_page_url": terms.at(of.page),
        "feed_url": terms.at(_address(of.page, stretch.number, "json")),
    }
    if stretch.older:
        value["next_url"] = terms.at(_address(of.page, stretch.older, "json"))
    if terms.publisher:
        value["authors"] = [{"name": terms.publisher}]
    gone = [{"id": entry_id(terms, item), "date": item.stands} for item in items if item.card is None]
    return value | {
        "language": "vi",
        "items": [_json_item(terms, item, item.card) for item in items if item.card],
        "_bulletins": {"about": terms.at(urls.DATA), "withdrawn": gone},
    }


def _json_item(terms: Terms, item: Item, card: Card) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": entry_id(terms, item),
        "url": terms.at(urls.bulletin(item.id)),
        "title": card.title,
        "summary": card.lead,
        "content_text": card.lead,
    }
    if item.image:
        value["image"] = terms.at(item.image.address)
    if item.attachments:
        value["attachments"] = [
            {"url": terms.at(a.address), "mime_type": a.media_type, "title": a.title, "size_in_bytes": a.size}
            for a in item.attachments
        ]
    moments = {"date_published": item.published, "date_modified": item.modified}
    value |= {key: rfc_3339(moment) for key, moment in moments.items() if moment}
    return value | {
        "tags": [label for _, label in _labels(card)],
        "language": item.lang,
        "_bulletin": {
            "id": item.id,
            "blocs": list(card.blocs),
            "kinds": list(card.kinds),
            "date": card.date or None,
            "data": terms.at(urls.api_bulletin(item.id)),
        },
    }


def _atom(terms: Terms, of: Feed, stretch: Stretch, items: Sequence[Item]) -> bytes:
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "vi", "xmlns:fh": HISTORY, "xmlns:at": TOMBSTONES})
    SubElement(root, "id").text = f"tag:{terms.authority}:feed{_address(of.page, stretch.number, '')[:-1]}"
    SubElement(root, "title").text = of.title
    SubElement(root, "updated").text = rfc_3339(latest(map(_updated, items)) or UNKNOWN)
    SubElement(SubElement(root, "author"), "name").text = terms.publisher or of.title
    if terms.attribution:
        SubElement(root, "rights").text = terms.attribution
    for rel, address in _links(of, stretch):
        media_type = "text/html" if rel == "alternate" else "application/atom+xml"
        SubElement(root, "link", rel=rel, type=media_type, href=terms.at(address))
    if terms.license:
        SubElement(root, "link", rel="license", href=terms.license)  # RFC 4946
    if stretch.number is not None:
        SubElement(root, "fh:archive")
    for item in (item for item in items if item.card is None):
        SubElement(root, "at:deleted-entry", ref=entry_id(terms, item), when=rfc_3339(item.stands))
    # RFC 4287 lets nothing follow an entry but entries; an extension stands before them.
    entries = b"".join(_atom_entry(terms, item, item.card) for item in items if item.card)
    return _xml(root).removesuffix(_END) + entries + _END


def _links(of: Feed, stretch: Stretch) -> list[tuple[str, str]]:
    """The links of a file of the feed by their relation: the page, itself, the newest entries, the parts beside it."""
    links = [("alternate", of.page), ("self", _address(of.page, stretch.number, "xml"))]
    if stretch.number is not None:
        links.append(("current", urls.feed(of.page, "xml")))
    if stretch.older:
        links.append(("prev-archive", urls.feed_archive(of.page, stretch.older, "xml")))
    if stretch.newer:
        links.append(("next-archive", urls.feed_archive(of.page, stretch.newer, "xml")))
    return links


@lru_cache(maxsize=ENTRIES_KEPT)
def _atom_entry(terms: Terms, item: Item, card: Card) -> bytes:
    """An entry as it stands in every feed of its bulletin: the site's, and those of blocs, units and years."""
    entry = Element("entry", {} if item.lang == "vi" else {"xml:lang": item.lang})
    SubElement(entry, "id").text = entry_id(terms, item)
    SubElement(entry, "title").text = card.title
    SubElement(entry, "link", rel="alternate", type="text/html", href=terms.at(urls.bulletin(item.id)))
    SubElement(entry, "link", rel="related", type="application/json", href=terms.at(urls.api_bulletin(item.id)))
    if image := item.image:
        link = {"rel": "enclosure", "type": image.media_type, "title": image.alt, "href": terms.at(image.address)}
        SubElement(entry, "link", link)
    for file in item.attachments:
        link = {"rel": "enclosure", "type": file.media_type, "length": str(file.size), "title": file.title}
        SubElement(entry, "link", link | {"href": terms.at(file.address)})
    if item.published:
        SubElement(entry, "published").text = rfc_3339(item.published)
    SubElement(entry, "updated").text = rfc_3339(_updated(item))
    for code, label in _labels(card):
        scheme = terms.at(urls.api_vocabulary(kinds.CEREMONIES.name))
        SubElement(entry, "category", term=code, scheme=scheme, label=label)
    SubElement(entry, "summary").text = card.lead
    indent(entry, "")
    written: bytes = tostring(entry, encoding="UTF-8", xml_declaration=False)
    return written + b"\n"


_END = b"</feed>\n"


def _xml(root: Element) -> bytes:
    indent(root, "")
    declared: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return declared + b"\n"
