"""How the site must be served: every header of every address, said once, and written out for the servers we know.

Each header is a list of cases, the first of which that fits an address counts. `tools/deploy.py` writes the files of
`deploy/` from it, and tests ask real servers for every kind of address.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GONE = ".gone"
"""An empty file of this name in a page's folder: the page is the notice of something withdrawn, answered with 410."""


class Case(NamedTuple):
    """A pattern of addresses (RE2 and PCRE read it alike), and the header's value for them; none if empty."""

    pattern: str
    value: str


class Header(NamedTuple):
    """A header's name, its cases, and its value for all other addresses; none if empty."""

    name: str
    cases: tuple[Case, ...] = ()
    otherwise: str = ""


class Media(NamedTuple):
    """A media type, and the endings of the files that have it."""

    type: str
    endings: tuple[str, ...]


PAGE = r"(/|\.html)$"
HASHED = r"^/anh/[^/]+/[^/]+-[0-9a-f]{8}-[0-9a-z]+\.(avif|webp|jpg)$"
DATA = r"^/api/|(^|/)feed[^/]*\.(json|xml)$|(^|/)lich\.ics$|^/(data|redirects)\.json$|^/SHA256SUMS(\.minisig)?$"
PHOTO = r"^/anh/.+\.(avif|webp|jpg|zip)$"
"""What other sites may fetch from a reader's browser: data, feeds, calendars and photos, never pages (contract §4)."""

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_PAGE = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'; "
    "style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"
)
"""Scripts may ask this site alone: the search page for its index; and auditing tools ask for robots.txt from within
whatever page they look at, and report it missing where they may not (Lighthouse 12, `robots-txt`)."""

HEADERS = (
    Header("Content-Security-Policy", (Case(PAGE, _PAGE),), _NOTHING),
    Header("Strict-Transport-Security", otherwise="max-age=63072000; includeSubDomains"),
    Header("Referrer-Policy", otherwise="strict-origin-when-cross-origin"),
    Header("Permissions-Policy", otherwise="camera=(), geolocation=(), microphone=(), payment=()"),
    Header("X-Content-Type-Options", otherwise="nosniff"),
    Header("X-Frame-Options", (Case(PAGE, "DENY"),)),
    Header("Cross-Origin-Opener-Policy", (Case(PAGE, "same-origin"),)),
    Header("Cross-Origin-Resource-Policy", (Case(f"{DATA}|{PHOTO}", "cross-origin"),), "same-origin"),
    Header("Access-Control-Allow-Origin", (Case(f"{DATA}|{PHOTO}", "*"),)),
    Header("Access-Control-Expose-Headers", (Case(DATA, "ETag"),)),
    Header("Cache-Control", (Case(HASHED, "public, max-age=31536000, immutable"),), "no-cache"),
)

TYPES = (
    Media("application/atom+xml; charset=utf-8", ("atom",)),
    Media("application/gzip", ("gz",)),
    Media("application/json; charset=utf-8", ("json",)),
    Media("application/ld+json; charset=utf-8", ("jsonld",)),
    Media("application/manifest+json; charset=utf-8", ("webmanifest",)),
    Media("application/pdf", ("pdf",)),
    Media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    Media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    Media("application/xml; charset=utf-8", ("xml",)),
    Media("application/zip", ("zip",)),
    Media("font/woff2", ("woff2",)),
    Media("image/avif", ("avif",)),
    Media("image/jpeg", ("jpg", "jpeg")),
    Media("image/png", ("png",)),
    Media("image/svg+xml; charset=utf-8", ("svg",)),
    Media("image/webp", ("webp",)),
    Media("text/calendar; charset=utf-8", ("ics",)),
    Media("text/css; charset=utf-8", ("css",)),
    Media("text/csv; charset=utf-8", ("csv",)),
    Media("text/html; charset=utf-8", ("html",)),
    Media("text/javascript; charset=utf-8", ("js", "mjs")),
    Media("text/plain; charset=utf-8", ("txt",)),
)

JSON_NOT_FOUND = '{"error": "not_found"}'
"""What a program gets for an address below `/api/` that does not exist."""


def headers_of(address: str) -> dict[str, str]:
    """Every header of our own that an address is answered with."""
    values = {header.name: _value(header, address) for header in HEADERS}
    return {name: value for name, value in values.items() if value}


def _value(header: Header, address: str) -> str:
    return next((value for pattern, value in header.cases if re.search(pattern, address)), header.otherwise)


def media_type(path: str) -> str:
    """The media type of a file, by its ending."""
    ending = path.rpartition(".")[2]
    return next((media.type for media in TYPES if ending in media.endings), "application/octet-stream")
