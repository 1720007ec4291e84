"""Remembers the measures of photos from build to build, so that an unchanged photo is not even read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

from bulletins import cache
from bulletins.gallery.images import measure
from bulletins.gallery.renditions import Measured
from bulletins.versions import source_digest

Stamp = tuple[int, int, int]

FORMAT = "measures 2"


def measures_of(cache: Path, output: Path) -> Path:
    """The file in the folder `cache` where the measures of the photos of the site in `output` are kept."""
    return cache / f"photos-{output.name}.json"


class Measures:
    """The measures of one build: those known from the last one, and those taken now.

    A photo is known if its size and both its times (modified, and changed in any way) are the same; the latter
    notices a file that was replaced while its date was kept.
    """

    def __init__(self, known: Mapping[str, tuple[Stamp, Measured]], pixel_budget: int) -> None:
        self._known = known
        self._pixel_budget = pixel_budget
        self.used: dict[str, tuple[Stamp, Measured]] = {}

    def of(self, path: str) -> Measured:
        """The measures of the photo at `path`; raises `UnreadableImage` if it cannot be published."""
        stamp = _stamp(path)
        entry = self._known.get(path)
        if stamp is None or entry is None or entry[0] != stamp:
            measured = measure(path, self._pixel_budget)
            entry = (stamp, measured) if stamp else None
        else:
            measured = entry[1]
        if entry:
            self.used[path] = entry
        return measured


@contextmanager
def measures(file: Path | None, pixel_budget: int, partial: bool = False) -> Iterator[Measures]:
    """The measures for one build; kept in a file for the next one, unless that is `None`.

    After a `partial` build, which looks at a few photos only, all others are kept too.

    Harmless if lost or damaged: then every photo is measured anew.
    """
    judge = f"{source_digest('bulletins.gallery', distributions=('pillow',))} budget {pixel_budget}"
    known = _load(file, judge) if file else {}
    current = Measures(known, pixel_budget)
    yield current
    used = {**known, **current.used} if partial else current.used
    if file and used != known:
        _save(file, judge, used)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _load(file: Path, judge: str) -> dict[str, tuple[Stamp, Measured]]:
    kept = cache.read(file, FORMAT, judge)
    photos: dict[str, list[Any]] = json.loads(kept) if kept else {}
    return {path: ((entry[0], entry[1], entry[2]), Measured(*entry[3:])) for path, entry in photos.items()}


def _save(file: Path, judge: str, used: Mapping[str, tuple[Stamp, Measured]]) -> None:
    photos = {path: [*stamp, *astuple(measured)] for path, (stamp, measured) in sorted(used.items())}
    cache.write(file, json.dumps(photos).encode(), FORMAT, judge)
