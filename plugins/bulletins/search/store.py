"""What each volume gives to the shards, kept from build to build: only volumes that changed are made again.

A volume's slices lie in files of some shards each, sealed together with its stamp: what is damaged, or was made from
other texts, is as good as missing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from bulletins import cache
from bulletins.search.shards import Slice, slice_digests

GROUP = 64
"""Shards whose slices lie in one file, and are put together by one worker."""

_ABOUT = "search slices 1"
_DIGESTS = "digests"


def store_of(cache: Path, output: Path) -> Path:
    """The folder in the folder `cache` where the slices of the site in `output` are kept."""
    return cache.resolve() / f"search-{output.name}"


class Store:
    """The folder of the slices of a site; a volume is named by the id of its first bulletin."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def digests(self, volume: str, stamp: str) -> bytes | None:
        """The digests of all slices of a volume, if it is kept with this stamp."""
        return cache.read(self._folder / volume / _DIGESTS, _ABOUT, volume, stamp, _DIGESTS)

    def group(self, volume: str, stamp: str, group: int) -> list[Slice] | None:
        """The slices of the shards of a group, if they are kept with this stamp."""
        kept = cache.read(self._folder / volume / str(group), _ABOUT, volume, stamp, group)
        return None if kept is None else json.loads(kept)

    def put(self, volume: str, stamp: str, slices: Sequence[Slice]) -> bytes:
        """Keep the slices of a volume; gives their digests. A disk that takes nothing costs only time."""
        for group, first in enumerate(range(0, len(slices), GROUP)):
            data = json.dumps(slices[first : first + GROUP], ensure_ascii=False, separators=(",", ":")).encode()
            cache.write(self._folder / volume / str(group), data, _ABOUT, volume, stamp, group)
        digests = slice_digests(slices)
        cache.write(self._folder / volume / _DIGESTS, digests, _ABOUT, volume, stamp, _DIGESTS)
        return digests

    def keep_only(self, volumes: Iterable[str]) -> None:
        """Forget all other volumes."""
        wanted = set(volumes)
        kept = self._folder.iterdir() if self._folder.is_dir() else ()
        for folder in [folder for folder in kept if folder.name not in wanted]:
            shutil.rmtree(folder, ignore_errors=True)
