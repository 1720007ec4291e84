"""The link check of the finished site: every address a page, a feed or the sitemap names must be there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from bulletins import cache

MISSING = "không có tệp này"
NO_INDEX = "thư mục này không có index.html"
NO_SLASH = "địa chỉ của thư mục phải kết thúc bằng dấu /"
NO_FRAGMENT = "trang đích không có mục này"
OUTSIDE = "địa chỉ nằm ngoài trang web"
OTHER_HOST = "tải tài nguyên từ máy chủ khác"
UNREADABLE = "tệp không đọc được"

# A link of these kinds makes the browser fetch; of other kinds (canonical, license) it only says something.
_FETCHED_RELS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect", "dns-prefetch"}
_FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src",),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_FOLLOWED = {"a": "href", "area": "href", "form": "action"}
_CSS = re.compile(r"""url\(\s*['"]?([^'")]+?)['"]?\s*\)|@import\s+['"]([^'"]+)['"]""")
_CANDIDATE = re.compile(r"([^\s,]\S*[^\s,])(?:\s+[\d.]+[wxh])?\s*(?:,|$)")
_ANYWHERE = ("/", "https://", "http://")
"""How links begin that mean the same on every page."""
_FEED_KEYS = {"url", "home_page_url", "feed_url", "next_url", "image", "banner_image", "icon", "favicon"}


@dataclass(frozen=True, slots=True, order=True)
class BrokenLink:
    """A link that leads nowhere, or makes a page ask another host; `page` is a path relative to the output folder."""

    page: str
    target: str
    why: str


@dataclass(slots=True)
class _Page:
    """What one file names: links to follow, things the browser fetches by itself, and its own fragment ids."""

    followed: set[str] = field(default_factory=set)
    fetched: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    broken: str = ""


@dataclass(frozen=True, slots=True)
class LinksOnFile:
    """A file that keeps what each page names beside the page's hash: a page that stays is not parsed again.

    `hashes` are the SHA-256 of the site's files, in lowercase hex, as somebody knows them who has read the files.
    """

    file: Path
    hashes: Mapping[str, str]

    def load(self) -> dict[str, _Page]:
        """What the pages name that are the same as when this was kept."""
        data = cache.read(self.file, self._format())
        kept = json.loads(data) if data else {}
        return {
            path: _Page(set(followed), set(fetched), set(ids), broken)
            for path, (sha256, followed, fetched, ids, broken) in kept.items()
            if self.hashes.get(path) == sha256
        }

    def save(self, pages: Mapping[str, _Page]) -> None:
        """Keep what these pages name; where the disk refuses that, they are parsed again."""
        rows = {
            path: (self.hashes[path], sorted(page.followed), sorted(page.fetched), sorted(page.ids), page.broken)
            for path, page in pages.items()
            if path in self.hashes
        }
        cache.write(self.file, json.dumps(rows).encode(), self._format())

    @staticmethod
    def _format() -> str:
        """Another one for any other program that reads pages."""
        return f"links {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"


def broken_links(output: Path, base_path: str = "", on_file: LinksOnFile | None = None) -> list[BrokenLink]:
    """Every broken link of the site in `output`, sorted; an empty list is a whole site.

    Looks at all HTML pages, style sheets, `sitemap.xml` and the feeds (`feed.json`, `feed.xml`). `base_path` is the
    path the site stands below on its host (`/ban-tin`), or nothing. Links to other hosts are not followed, but
    reported where a page would fetch them by itself (contract §4.6). The host of the sitemap's first address is ours.
    """
    files = set(_files(output))
    known = on_file.load() if on_file else {}
    pages = {
        path: known[path] if path in known else _read(output / path)
        for path in sorted(files)
        if path.endswith((".html", ".css", ".xml", ".json"))
    }
    if on_file and known.keys() != pages.keys():
        on_file.save(pages)
    return sorted(_Site(frozenset(files), pages, base_path.rstrip("/"), _own_host(pages)).broken())


def _files(output: Path) -> Iterator[str]:
    """Every file of the folder by its path there; `Path.rglob` would take five times as long."""
    for folder, _, names in os.walk(output):
        below = os.path.relpath(folder, output).replace(os.sep, "/")
        yield from (name if below == "." else f"{below}/{name}" for name in names)


@dataclass(frozen=True, slots=True)
class _Site:
    files: frozenset[str]
    pages: dict[str, _Page]
    base: str
    host: str

    def broken(self) -> Iterator[BrokenLink]:
        """Every broken link. What means the same on every page, as the menu does, is judged once."""
        followed = self._wrong(set().union(*(page.followed for page in self.pages.values())), False)
        fetched = self._wrong(set().union(*(page.fetched for page in self.pages.values())), True)
        for path, page in self.pages.items():
            if page.broken:
                yield BrokenLink(path, path, page.broken)
            wrong = {target: followed[target] for target in page.followed & followed.keys()}
            wrong |= {target: fetched[target] for target in page.fetched & fetched.keys()}
            for target in page.followed | page.fetched:
                if not target.startswith(_ANYWHERE):
                    wrong[target] = self._why(path, target, target in page.fetched)
            yield from (BrokenLink(path, target, why) for target, why in wrong.items() if why)

    def _wrong(self, targets: Iterable[str], fetched: bool) -> dict[str, str]:
        """What is wrong with each of those that are wrong wherever they stand."""
        wrong = {target: self._why("", target, fetched) for target in targets if target.startswith(_ANYWHERE)}
        return {target: why for target, why in wrong.items() if why}

    def _why(self, page: str, target: str, fetched: bool) -> str:
        """What is wrong with a link of the page, or nothing."""
        if target.startswith("#") and target[1:] in self.pages[page].ids:
            return ""
        parts = urlsplit(target.strip())
        if parts.netloc and parts.netloc != self.host:
            return OTHER_HOST if fetched else ""
        if parts.scheme not in ("", "http", "https"):
            return ""
        path = self._path(page, unquote(parts.path), bool(parts.netloc))
        if path is None:
            return OUTSIDE
        fragment = unquote(parts.fragment).partition(":~:")[0]
        return self._why_missing(path) or self._why_no_fragment(path, fragment)

    def _path(self, page: str, address: str, absolute: bool) -> str | None:
        """The path in the output folder that the address names, seen from the page; None if it is not of the site."""
        if address == "" and not absolute:
            return page
        if address.startswith("/") or absolute:
            if address != self.base and not address.startswith(f"{self.base}/"):
                return None
            address = address.removeprefix(self.base)
            return _file(normpath(f"/{address.lstrip('/')}"), address.endswith("/") or address == "")
        folder = page.rpartition("/")[0]
        steps = normpath(f"{folder}/{address}" if folder else address)
        if steps == ".." or steps.startswith("../"):
            return None
        return _file(steps, address.rpartition("/")[2] in ("", ".", ".."))

    def _why_missing(self, path: str) -> str:
        if path in self.files:
            return ""
        if path == "index.html" or path.endswith("/index.html"):
            return NO_INDEX
        return NO_SLASH if f"{path}/index.html" in self.files else MISSING

    def _why_no_fragment(self, path: str, fragment: str) -> str:
        if fragment in ("", "top") or not path.endswith(".html") or fragment in self.pages[path].ids:
            return ""
        return NO_FRAGMENT


def _file(steps: str, folder: bool) -> str:
    path = "" if steps == "." else steps.strip("/")
    return f"{path}/index.html".lstrip("/") if folder or not path else path


def _own_host(pages: dict[str, _Page]) -> str:
    sitemap = pages.get("sitemap.xml", _Page())
    return next((host for host in sorted(urlsplit(loc).netloc for loc in sitemap.followed) if host), "")


def _read(path: Path) -> _Page:
    try:
        return _read_file(path)
    except (ValueError, ElementTree.ParseError):
        return _Page(broken=UNREADABLE)


def _read_file(path: Path) -> _Page:
    """What the file names; raises ValueError or ParseError if it is not what its name says."""
    match path.name, path.suffix:
        case _, ".html":
            return _HtmlLinks().read(path.read_text(encoding="utf-8"))
        case _, ".css":
            return _Page(fetched=set(_css_links(path.read_text(encoding="utf-8"))))
        case (("sitemap.xml" | "feed.xml"), _):
            return _Page(followed=set(_xml_links(ElementTree.fromstring(path.read_bytes()))))
        case "feed.json", _:
            return _Page(followed=set(_feed_links(json.loads(path.read_bytes()))))
    return _Page()


def _xml_links(root: ElementTree.Element) -> Iterator[str]:
    """The addresses of a sitemap (`loc`) or an Atom feed (`link`)."""
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "loc":
            yield (element.text or "").strip()
        elif name == "link" and "href" in element.attrib:
            yield element.attrib["href"]


def _feed_links(value: Any) -> Iterator[str]:
    """Every address in a JSON Feed that the feed gives as its own (`external_url` is somebody else's)."""
    if isinstance(value, list):
        for item in value:
            yield from _feed_links(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and key in _FEED_KEYS:
                yield item
            else:
                yield from _feed_links(item)


def _css_links(css: str) -> Iterator[str]:
    return (link or imported for link, imported in _CSS.findall(css))


class _HtmlLinks(HTMLParser):
    """Gathers what one page names."""

    def read(self, html: str) -> _Page:
        self.page = _Page()
        self.in_style = False
        self.feed(html)
        self.close()
        return self.page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.in_style = tag == "style"
        self.page.ids.update(
            attributes[name] for name in ("id", "name") if name in attributes and (name == "id" or tag == "a")
        )
        self.page.followed.update(_followed(tag, attributes))
        self.page.fetched.update(_fetched(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self.page.fetched.update(_css_links(data))


def _followed(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    if tag in _FOLLOWED and _FOLLOWED[tag] in attributes:
        yield attributes[_FOLLOWED[tag]]
    elif tag == "link" and not _is_fetched(attributes):
        yield attributes.get("href", "")
    elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield attributes.get("content", "").partition("=")[2].strip("'\" ")


def _fetched(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    yield from (attributes[name] for name in _FETCHED.get(tag, ()) if name in attributes)
    if tag == "link" and _is_fetched(attributes):
        yield attributes.get("href", "")
    for name in ("srcset", "imagesrcset"):
        if name in attributes:
            yield from _candidates(attributes[name])
    if "style" in attributes:
        yield from _css_links(attributes["style"])


def _is_fetched(attributes: dict[str, str]) -> bool:
    return not _FETCHED_RELS.isdisjoint(attributes.get("rel", "").lower().split())


def _candidates(srcset: str) -> Iterable[str]:
    return (match[1] for match in _CANDIDATE.finditer(srcset))
