"""The sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bulletins import urls
from bulletins.domain.record import Value

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LONGEST = 50_000
"""Addresses that one sitemap file may hold."""

PER_PART = 40_000
"""Addresses planned for each part of a divided sitemap: the plan only estimates how many pages there are."""

_WITHIN = re.compile(r"(.*/)trang/\d+/|(/anh/[^/]+/)[^/]+/")
"""A later page of a list, or the page of a photo: what it belongs to."""


@dataclass(frozen=True)
class PlannedPages(Value):
    """What is known of pages before they are made: addresses and times of those made from bulletins.

    `notices` are the addresses that only say where something went; `sitemap` the paths of the sitemap's files.
    """

    pages: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    sitemap: tuple[str, ...]


def sitemap(names: tuple[str, ...], root: str, planned: PlannedPages, path: str) -> bytes:
    """One file of the sitemap."""
    pages = pages_of(names, root, dict(planned.pages), frozenset(planned.notices))
    return sitemaps(root, pages, planned.sitemap)[path]


Page = tuple[str, str | None]
"""A page's URL, and when its content last changed if that is known."""


def parts(pages: int) -> tuple[str, ...]:
    """The paths of the sitemap's files for about so many pages, the one that robots.txt names first."""
    first = urls.output_path(urls.SITEMAP)
    if pages <= PER_PART:
        return (first,)
    return (first, *(urls.output_path(urls.sitemap_part(n)) for n in range(1, -(-pages // PER_PART) + 1)))


def pages_of(names: Iterable[str], root: str, modified: Mapping[str, str], notices: frozenset[str]) -> tuple[Page, ...]:
    """Every page among the finished files, without 404 and the notices of withdrawn bulletins (contract §4.4)."""
    addresses = (f"/{path.removesuffix('index.html')}" for path in names if _is_page(path))
    return tuple((f"{root}{a}", _modified(a, modified)) for a in sorted(addresses) if a not in notices)


@lru_cache(maxsize=1)
def sitemaps(root: str, pages: tuple[Page, ...], paths: tuple[str, ...]) -> Mapping[str, bytes]:
    """The sitemap's files by path; each of them asks for all.

    Raises ValueError when a file would hold more than the protocol allows.
    """
    if len(paths) == 1:
        return {paths[0]: _urlset(pages)}
    shares = dict(zip(paths[1:], _shared_out(pages, len(paths) - 1), strict=True))
    filled = {path: _urlset(share) for path, share in shares.items()}
    return {paths[0]: _index([f"{root}/{path}" for path in filled])} | filled


def robots(sitemap: str, drafts: bool) -> Sequence[bytes]:
    """The file that tells crawlers where the sitemap is; a preview with drafts asks them to stay away."""
    return [f"User-agent: *\n{'Disallow' if drafts else 'Allow'}: /\nSitemap: {sitemap}\n".encode()]


def _is_page(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def _modified(address: str, modified: Mapping[str, str]) -> str | None:
    """A page knows its own time, or that of the page it belongs to: a photo its gallery's, `…/trang/2/` its list's."""
    within = _WITHIN.fullmatch(address)
    return modified.get(address) or (modified.get(within[1] or within[2]) if within else None)


def _shared_out(pages: Sequence[Page], count: int) -> Iterator[Sequence[Page]]:
    """The pages in so many shares of about one size."""
    for n in range(count):
        yield pages[n * len(pages) // count : (n + 1) * len(pages) // count]


def _urlset(pages: Sequence[Page]) -> bytes:
    if len(pages) > LONGEST:
        raise ValueError(f"{len(pages)} addresses are too many for one sitemap")
    root = Element("urlset", xmlns=NAMESPACE)
    for location, modified in pages:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = location
        if modified:
            SubElement(url, "lastmod").text = modified
    return _xml(root)


def _index(locations: Sequence[str]) -> bytes:
    root = Element("sitemapindex", xmlns=NAMESPACE)
    for location in locations:
        SubElement(SubElement(root, "sitemap"), "loc").text = location
    return _xml(root)


def _xml(root: Element) -> bytes:
    indent(root, "")
    declared: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return declared + b"\n"
