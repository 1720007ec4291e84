"""Which bulletins the last publication held, so that none vanishes by accident (contract §4.7)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.indexes.messages import VANISHED
from bulletins.indexes.sitemap import robots
from bulletins.mistakes import Mistake

WHERE = "content/bulletins"
"""Where a bulletin that vanished should be: no file is left to point at."""


def published_before(output: Path) -> frozenset[str]:
    """The ids that the site in `output` has a document for, notices of withdrawal among them.

    There are none if there is no site yet, or if it is a preview, which promised nothing to anybody.
    """
    folder = output / urls.output_path(urls.api_bulletin("x")).rpartition("/")[0]
    if not folder.is_dir() or _is_preview(output):
        return frozenset()
    with os.scandir(folder) as entries:
        return frozenset(entry.name.removesuffix(".json") for entry in entries if entry.name.endswith(".json"))


def vanished(before: Iterable[str], library: Library) -> list[Mistake]:
    """A mistake for each id that was published before and is neither shown nor withdrawn now, in their order."""
    known = {*library.bulletins, *(bulletin.id for bulletin in library.withdrawn)}
    return [_vanished(bulletin_id) for bulletin_id in sorted(set(before) - known)]


def _vanished(bulletin_id: str) -> Mistake:
    return VANISHED.at(WHERE, 1, 1, id=bulletin_id)


def _is_preview(output: Path) -> bool:
    """A preview asks crawlers to stay away."""
    asks = robots("", drafts=True)[0].splitlines()[1]
    path = output / urls.output_path(urls.ROBOTS)
    return path.is_file() and asks in path.read_bytes().splitlines()
