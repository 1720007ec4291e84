"""The files of a site by kind, so that two sites can be held against each other: as many files, about as many bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

KINDS = {
    r"api/v1/bulletins/": "JSON of a bulletin",
    r"api/v1/ceremonies/": "JSON of a ceremony",
    r"api/v1/blocs/[^/]+/\d+\.json": "JSON of a bloc's year",
    r"api/v1/blocs/": "JSON of a bloc",
    r"api/v1/units/": "JSON of a unit",
    r"api/v1/years/": "JSON of a year",
    r"api/v1/(?:catalogue/|index\.json)": "catalogue",
    r"api/v1/(?:schemas|vocab)/": "schemas and vocabularies",
    r"theme/": "theme",
    r"ban-tin/": "page of a bulletin",
    r"khoi/[^/]+/\d+/": "page of a bloc's year",
    r"(?:khoi|don-vi|nam)/[^/]+/trang/|trang/": "later page of a list",
    r"khoi/[^/]+/index\.html": "page of a bloc",
    r"don-vi/[^/]+/index\.html": "page of a unit",
    r"nam/[^/]+/index\.html": "page of a year",
    r"sitemap": "sitemap",
    r"tim-kiem/": "search",
    r"en/": "English",
    r".*(?:feed[^/]*\.(?:xml|json)|\.ics)$": "feeds and calendars",
}
"""Patterns of paths, of which the first that fits counts."""


class Count(NamedTuple):
    """Files and their bytes."""

    files: int
    bytes: int


def kinds(output: Path) -> Mapping[str, Count]:
    """How many files of each kind a site has, and how many bytes."""
    counts: dict[str, Count] = {}
    for path in output.rglob("*"):
        if path.is_file():
            kind = kind_of(path.relative_to(output).as_posix())
            files, size = counts.get(kind, Count(0, 0))
            counts[kind] = Count(files + 1, size + path.stat().st_size)
    return counts


def kind_of(path: str) -> str:
    """The kind of a file by its path in the site."""
    return next((kind for pattern, kind in KINDS.items() if re.match(pattern, path)), "others")
