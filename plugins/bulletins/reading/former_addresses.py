"""Addresses at which bulletins stood before: each leads to one bulletin, and none is an address of today.

A former id is such an address as well. Whatever is wrong is an error: a site can answer one address only once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bulletins import urls
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.bulletin import Reading
from bulletins.reading.extra import is_name_of_ours
from bulletins.reading.rules.across import ADDRESS, Claim

_PROGRAM = re.compile(r"\.(?:html?|aspx?|php|jsp)$", re.IGNORECASE)
"""Endings that no address below our folders has, so that pages of an older site may have stood there."""


def clashes(readings: Sequence[Reading], pages: Iterable[str], extra: Collection[str]) -> Iterator[Mistake]:
    """Former addresses that lead to several bulletins, or that something of today has.

    `pages` are the addresses of static pages without `/`, `extra` the paths of files of `content/extra`.
    """
    claims = [claim for reading in readings for claim in reading.claims if claim.about[0] == ADDRESS]
    if not claims:
        return
    present = {urls.bulletin(reading.bulletin.id): reading.name for reading in readings if reading.bulletin}
    present |= {f"/{page}/": urls.page(page) for page in pages}
    files = {name.lower() for name in extra}
    first: dict[str, Claim] = {}
    for claim in sorted(claims):
        other = first.setdefault(claim.about[1], claim)
        if other.value != claim.value:
            yield _clash(claim, other.path)
        elif holder := _holder(claim, present, files):
            yield _clash(claim, holder)


def _clash(claim: Claim, holder: str) -> Mistake:
    words = {"address": claim.shown, "holder": holder}
    return messages.ADDRESS_TAKEN.at(claim.path, claim.line, claim.column, claim.where, **words)


def _holder(claim: Claim, present: Mapping[str, str], extra: Collection[str]) -> str | None:
    """What has this address today; None for what is free."""
    path, _, query = claim.about[1].partition("?")
    closed = path if path.endswith("/") else f"{path}/"
    if closed in present:
        return present[closed]
    if claim.where == "former_ids" or (path == "/" and query):
        return None
    file = urls.output_path(urls.page_in_place_of(path) or path)
    if path == "/" or is_name_of_ours(path[1:]) or _is_within_ours(path):
        return path
    return next((name for name in (path[1:], file, file.partition("/")[0]) if name in extra), None)


def _is_within_ours(path: str) -> bool:
    return urls.is_ours(path) and (path.endswith("/index.html") or not _PROGRAM.search(path))
