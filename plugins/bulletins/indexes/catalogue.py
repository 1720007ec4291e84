"""The catalogue of all files: what a mirror needs to have every one of them, and to prove it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.record import Value, about
from bulletins.indexes.shape import Address, ApiDocument, Terms, When, encoded, latest
from bulletins.indexes.sitemap import pages_of, sitemaps
from bulletins.plan import Files

_BYTES = re.compile(rb'"sha256": "[0-9a-f]{64}"(,\s*)"bytes": \d+')
KINDS_BY_FOLDER = ((urls.GALLERIES, "picture"), (urls.THEME, "theme"))


@dataclass(slots=True)
class FileEntry:
    """A file of the site."""

    path: Annotated[str, about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")]
    kind: Annotated[str, about("Loại tệp", "Kind of file")]
    sha256: Annotated[str, about("SHA-256 của tệp, số hex viết thường", "SHA-256 of its bytes in lowercase hex")]
    bytes: Annotated[int, about("Cỡ tệp, byte", "Size in bytes")]
    modified: Annotated[When | None, about("Lần cuối nội dung thay đổi thực chất", "When its content last changed")]
    schema: Annotated[Address | None, about("JSON Schema của tệp", "The file's JSON Schema")]


class CatalogueDocument(ApiDocument):
    """Every file of the site but this one."""

    schema_name = "index"
    model_config = ConfigDict(title="Danh mục mọi tệp")

    deprecated: When | None = about("Từ khi nào không nên dùng phiên bản này", "Since when this version is deprecated")
    sunset: When | None = about("Khi nào ngừng phục vụ phiên bản này", "When this version goes away")
    counts: dict[str, int] = about("Số tệp mỗi loại", "Number of files of each kind")
    files: tuple[FileEntry, ...] = about("Mọi tệp, theo đường dẫn", "Every file, by path")


@dataclass(frozen=True)
class Planned(Value):
    """What is known of files before they are made: documents (path, kind, schema, modified), pages (address, modified).

    `notices` are the addresses of withdrawn bulletins; `sitemap` the paths of the sitemap's files.
    """

    documents: tuple[tuple[str, str, str | None, str | None], ...]
    pages: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    sitemap: tuple[str, ...]

    @cached_property
    def by_path(self) -> Mapping[str, tuple[str, str | None, str | None]]:
        return {path: (kind, schema, modified) for path, kind, schema, modified in self.documents}


def catalogue(files: Files, terms: Terms, planned: Planned) -> bytes:
    """The file that lists all others."""
    entries = tuple(_entries(_listed(files), planned))
    modified = latest(entry.modified for entry in entries)
    counts = Counter(entry.kind for entry in entries)
    document = CatalogueDocument.model_construct(
        **terms.begin(CatalogueDocument, "index", None, modified),
        deprecated=None,
        sunset=None,
        counts=dict(sorted(counts.items())),
        files=entries,
    )
    return encoded(document)


def amended(published: bytes, files: Files) -> bytes:
    """The catalogue with other bytes of these files, which it lists; whatever else it says of them stays.

    Raises ValueError for a file that it does not list.
    """
    for path, file in _listed(files).items():
        start = published.index(f'"path": {json.dumps(path, ensure_ascii=False)},'.encode())
        entry = _BYTES.search(published, start)
        if entry is None:
            raise ValueError(path)
        now = b'"sha256": "%s"%s"bytes": %d' % (file.sha256.encode(), entry[1], file.size)
        published = b"".join((published[: entry.start()], now, published[entry.end() :]))
    return published


def _listed(files: Files) -> Files:
    """The files without those of the search index, which is an inside of the search page (contract §3)."""
    inside = urls.SEARCH_INDEX.lstrip("/")
    return {path: made for path, made in files.items() if not path.startswith(inside)}


def sitemap(names: tuple[str, ...], terms: Terms, planned: Planned, path: str) -> bytes:
    """One file of the sitemap."""
    pages = pages_of(names, terms.root, dict(planned.pages), frozenset(planned.notices))
    return sitemaps(terms.root, pages, planned.sitemap)[path]


def _entries(files: Files, planned: Planned) -> Iterator[FileEntry]:
    pages = {urls.output_path(address): modified for address, modified in planned.pages}
    for path, made in files.items():
        kind, schema, modified = planned.by_path.get(path) or (_kind(path), None, pages.get(path))
        yield FileEntry(path=path, kind=kind, sha256=made.sha256, bytes=made.size, modified=modified, schema=schema)


def _kind(path: str) -> str:
    """The kind of a file that is no document of ours."""
    if path.endswith(".html"):
        return "page"
    if path.endswith(".xml"):
        return "sitemap"
    if path.endswith(".zip"):
        return "archive"
    return next((kind for folder, kind in KINDS_BY_FOLDER if f"/{path}".startswith(folder)), "other")
