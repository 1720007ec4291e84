"""The sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from bulletins import urls
from bulletins.domain.record import Value
from bulletins.indexes import parts as halves

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LONGEST = 50_000
"""Addresses that one sitemap file may hold."""

LONG = 5_000
"""Pages from which on a sitemap is divided: a whole one is written anew for every page that changes."""

PER_PART = 1_000
"""About how many pages a part holds before it is halved."""

FOLDERS = ("anh", "ban-tin", "don-vi", "khoi", "nam")
"""The folders whose pages grow with the bulletins; all other pages stand in one part."""

OTHER = "other"

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
    return _all_files(names, root, planned)[path]


@lru_cache(maxsize=1)
def _all_files(names: tuple[str, ...], root: str, planned: PlannedPages) -> Mapping[str, bytes]:
    """The files of the sitemap; each of them is asked for by itself."""
    pages = pages_of(names, root, dict(planned.pages), frozenset(planned.notices))
    return sitemaps(root, pages, planned.sitemap)


Page = tuple[str, str | None]
"""A page's URL, and when its content last changed if that is known."""


def parts(pages: Mapping[str, int]) -> tuple[str, ...]:
    """The paths of the sitemap's files for about so many pages of each folder, the one that robots.txt names first."""
    first = urls.output_path(urls.SITEMAP)
    if sum(pages.values()) <= LONG:
        return (first,)
    folders = ((folder, _halvings(pages[folder])) for folder in FOLDERS if pages.get(folder))
    names = ((folder, halves.name(n, times)) for folder, times in (*folders, (OTHER, 0)) for n in range(1 << times))
    return (first, *(urls.output_path(urls.sitemap_part(*name)) for name in names))


def _halvings(pages: int) -> int:
    return max(0, (-(-pages // PER_PART) - 1).bit_length())


def _parts(paths: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The files of each folder that has any of its own."""
    own = {folder: tuple(path for path in paths if path.startswith(f"sitemap-{folder}")) for folder in FOLDERS}
    return {folder: of_it for folder, of_it in own.items() if of_it}


def _place(address: str, of_folders: Mapping[str, tuple[str, ...]]) -> str:
    """The part of a page: that of its folder, and there by what it is about, so that pages of a bloc stand together."""
    _, folder, *rest = address.split("/", 3)
    own = of_folders.get(folder)
    if not own:
        return urls.output_path(urls.sitemap_part(OTHER, ""))
    return own[halves.place(f"{folder}/{rest[0]}", (len(own) - 1).bit_length())]


def pages_of(names: Iterable[str], root: str, modified: Mapping[str, str], notices: frozenset[str]) -> tuple[Page, ...]:
    """Every page among the finished files, without 404 and the notices of withdrawn bulletins (contract §4.4)."""
    addresses = (f"/{path.removesuffix('index.html')}" for path in names if _is_page(path))
    return tuple((f"{root}{a}", _modified(a, modified)) for a in sorted(addresses) if a not in notices)


def sitemaps(root: str, pages: Sequence[Page], paths: Sequence[str]) -> Mapping[str, bytes]:
    """The sitemap's files by path.

    Raises ValueError when a file would hold more than the protocol allows.
    """
    if len(paths) == 1:
        return {paths[0]: _urlset(pages)}
    shares: dict[str, list[Page]] = {path: [] for path in paths[1:]}
    of_folders, own = _parts(paths), len(root)
    for page in pages:
        shares[_place(page[0][own:], of_folders)].append(page)
    filled = {path: _urlset(share) for path, share in shares.items()}
    return {paths[0]: _index([f"{root}/{path}" for path in filled if shares[path]])} | filled


def robots(sitemap: str, drafts: bool) -> Sequence[bytes]:
    """The file that tells crawlers where the sitemap is; a preview with drafts asks them to stay away."""
    return [f"User-agent: *\n{'Disallow' if drafts else 'Allow'}: /\nSitemap: {sitemap}\n".encode()]


def _is_page(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def _modified(address: str, modified: Mapping[str, str]) -> str | None:
    """A page knows its own time, or that of the page it belongs to: a photo its gallery's, `…/trang/2/` its list's."""
    within = _WITHIN.fullmatch(address)
    return modified.get(address) or (modified.get(within[1] or within[2]) if within else None)


def _urlset(pages: Sequence[Page]) -> bytes:
    if len(pages) > LONGEST:
        raise ValueError(f"{len(pages)} addresses are too many for one sitemap")
    return _xml("urlset", "url", pages)


def _index(locations: Sequence[str]) -> bytes:
    return _xml("sitemapindex", "sitemap", [(location, None) for location in locations])


def _xml(root: str, entry: str, pages: Iterable[Page]) -> bytes:
    """The file with these pages as lines: a tree of elements takes six times as long, and this is most of the work."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", f'<{root} xmlns="{NAMESPACE}">']
    for location, modified in pages:
        lines += [f"<{entry}>", f"<loc>{escape(location)}</loc>"]
        lines += [f"<lastmod>{modified}</lastmod>", f"</{entry}>"] if modified else [f"</{entry}>"]
    return "\n".join([*lines, f"</{root}>", ""]).encode()
