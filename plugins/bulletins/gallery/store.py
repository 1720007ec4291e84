"""Renditions kept from build to build, outside the output folder, by content and settings; harmless if lost.

One file holds all renditions of a photo, so that it is there whole or not at all. Its name is a hash of everything its
bytes depend on and of no path, so the folder can be carried from one machine to another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from bulletins import cache
from bulletins.domain.pictures import Sum

FORMAT = "renditions 2"
_ENDING = ".photos"
_SUMS = ".sums"
_LISTS = "in-use"


@dataclass(frozen=True, slots=True)
class RenditionStore:
    """The folder `path`; as an input of the plan it counts for nothing, since it changes no byte of any file."""

    path: Path

    @property
    def digest(self) -> str:
        return ""

    def get_or_make(self, key: str, make: Callable[[], list[bytes]]) -> list[bytes]:
        """The files kept under `key`, made and kept if they are not there, or not whole."""
        kept = _read(self._file(key), key)
        if kept is None:
            kept = make()
            _write(self._file(key), key, kept)
        return kept

    def sums(self, key: str, make: Callable[[], list[bytes]]) -> list[Sum]:
        """What proves the files kept under `key`, which are made and kept if need be."""
        known = cache.read(self._file(key).with_suffix(_SUMS), FORMAT, key)
        if known is None:
            sums = [Sum(hashlib.sha256(data).hexdigest(), len(data)) for data in self.get_or_make(key, make)]
            cache.write(self._file(key).with_suffix(_SUMS), json.dumps(sums).encode(), FORMAT, key)
            return sums
        return [Sum(*each) for each in json.loads(known)]

    def prune(self, used: Iterable[str], site: Path) -> None:
        """Remove what no site uses any more; `used` are the keys of the site whose output folder is `site`.

        Several sites (the public one, a preview) may share a store: each has a list here of what it uses, which
        counts as long as its output folder exists.
        """
        wanted = set(used)
        mine = self.path / _LISTS / f"{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}.json"
        in_use = json.dumps([str(site.resolve()), sorted(wanted)]).encode()
        if cache.read(mine, _LISTS) == in_use or not cache.write(mine, in_use, _LISTS):
            # What others no longer use, they remove.
            return
        others = [path for path in (self.path / _LISTS).glob("*.json") if path != mine]
        wanted.update(key for path in others for key in _listed(path))
        for path in self.path.glob(f"*/*{_ENDING}"):
            if path.name.removesuffix(_ENDING) not in wanted:
                path.unlink(missing_ok=True)
                path.with_suffix(_SUMS).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.path / key[:2] / f"{key}{_ENDING}"


def _listed(path: Path) -> Iterator[str]:
    """What another site uses; nothing, and its list goes, if its output folder is gone."""
    in_use = cache.read(path, _LISTS)
    site, keys = json.loads(in_use) if in_use else ("", [])
    if site and Path(site).is_dir():
        yield from keys
    else:
        path.unlink(missing_ok=True)


def _read(path: Path, key: str) -> list[bytes] | None:
    """The files, or `None` if they are missing or any byte of them is not what was written."""
    kept = cache.read(path, FORMAT, key)
    if kept is None:
        return None
    line, _, body = kept.partition(b"\n")
    ends = list(accumulate(json.loads(line), initial=0))
    return [body[start:end] for start, end in pairwise(ends)]


def _write(path: Path, key: str, files: list[bytes]) -> None:
    """Keep the files; a disk that does not take them costs only time."""
    sizes = json.dumps(list(map(len, files))).encode()
    cache.write(path, b"%s\n%s" % (sizes, b"".join(files)), FORMAT, key)
