"""Links of texts to pages of the site itself: each must lead to a page that the site has (`faults.md row 23`).

They are held against what was read, as the plan will make pages of it, so that a dead one is told before anything is
made. Of data, feeds and files of the theme only the folder is looked at: authors link to pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Body, StaticPage
from bulletins.mistakes import Both, Mistake
from bulletins.reading.shaping import OF_PAGES
from bulletins.reading.text_messages import NO_PAGE

_LINK = re.compile(r'<a href="(/[^"]*)"')
_ID = re.compile(r' id="([^"]+)"')
_TOP = frozenset(
    value for value in vars(urls).values() if isinstance(value, str) and value.startswith("/") and value.endswith("/")
)
"""The pages that every site has, whatever its content."""

_LATER = re.compile(r"trang/[1-9][0-9]*/$")
_OF_ANY_PAGE = re.compile(r"(?:feed[a-z0-9-]*\.(?:json|xml)|lich\.ics)$")
_DATA = re.compile(r"/(?:api|theme)/|/[^/]+\.(?:json|xml|txt|ics|html)$|/SHA256SUMS")


class InsideLink(NamedTuple):
    """A link of a text to a page of the site: its address from the site's root, and where it is typed."""

    address: str
    line: int
    column: int


def inside_links(body: Body, root: str, text: str, first_line: int) -> tuple[InsideLink, ...]:
    """The links of a text; `root` is what the site's own addresses begin with, `text` is as typed."""
    hrefs = dict.fromkeys(
        unescape(href) for part in body.parts if isinstance(part, str) for href in _LINK.findall(part)
    )
    addresses = (f"/{href.removeprefix(root)}" for href in hrefs if href.startswith(root))
    return tuple(InsideLink(address, *_typed(address, text, first_line)) for address in addresses)


def _typed(address: str, text: str, first_line: int) -> tuple[int, int]:
    place = max(text.find(address), 0)
    return first_line + text.count("\n", 0, place), place - text.rfind("\n", 0, place)


def anchors(body: Body) -> tuple[str, ...]:
    """Every id of a text."""
    return tuple(name for part in body.parts if isinstance(part, str) for name in _ID.findall(part))


class Addresses:
    """What the site will answer to: `anchors` are the ids in each bulletin's text, by its id."""

    def __init__(self, library: Library, pages: Iterable[StaticPage], anchors: dict[str, tuple[str, ...]]) -> None:
        self._library = library
        self._slugs = {page.slug for page in pages}
        self._anchors = anchors

    def has(self, address: str) -> bool:
        """Whether there is such a page, and such a place in it where it is a bulletin's."""
        path, _, fragment = unquote(address).partition("#")
        path = path.partition("?")[0]
        path = path.removeprefix("/en") if path.startswith("/en/") else path
        if _DATA.match(path):
            return True
        page = _OF_ANY_PAGE.sub("", _LATER.sub("", path))
        return self._has_page(page) and (not fragment or self._has_place(page, fragment))

    def _has_page(self, page: str) -> bool:
        match page.removeprefix("/").split("/"):
            case [""] | [_, ""] if page in _TOP:
                return True
            case ["ban-tin", bulletin, file]:
                return bulletin in self._library.bulletins and self._has_file(bulletin, file)
            case ["khoi", bloc, ""]:
                return bloc in self._library.blocs
            case ["khoi", bloc, year, ""]:
                return year.isdecimal() and (bloc, int(year)) in self._library.by_bloc_year
            case ["don-vi", unit, ""]:
                return unit in self._library.units
            case ["nam", year, ""]:
                return year.isdecimal() and int(year) in self._library.by_year
            case ["anh", bulletin, *_]:
                shown = self._library.bulletins.get(bulletin)
                return shown is not None and bool(shown.photo_count)
            case [slug, ""]:
                return slug in self._slugs
        return False

    def _has_file(self, bulletin: str, file: str) -> bool:
        return file == "" or file in {attached.name for attached in self._library.attached.get(bulletin, ())}

    def _has_place(self, page: str, fragment: str) -> bool:
        bulletin = page.split("/")[2] if page.startswith("/ban-tin/") else ""
        return bulletin not in self._anchors or fragment in OF_PAGES or fragment in self._anchors[bulletin]

    def dead(self, name: str, links: Iterable[InsideLink]) -> Iterator[Mistake]:
        """What is wrong with the links of a file."""
        for link in links:
            if not self.has(link.address):
                yield NO_PAGE.at(name, link.line, link.column, href=link.address, near=self._near(link.address))

    def _near(self, address: str) -> Both:
        """The address that was meant, as far as it can be guessed."""
        known = [urls.bulletin(id_) for id_ in self._library.bulletins]
        known += [*map(urls.bloc, self._library.blocs), *map(urls.unit, self._library.units)]
        near = get_close_matches(address, [*known, *map(urls.page, self._slugs)], n=1, cutoff=0.75)
        return (
            Both(f"có phải `{near[0]}`? Nếu không, ", f"did you mean `{near[0]}`? If not, ") if near else Both("", "")
        )
