"""What each volume gives to the shards, kept from build to build: only volumes that changed are made again.

A volume's slices lie in files of some shards each, sealed together with their digests, and those with its stamp: what
is damaged, or was made from other texts, is as good as missing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bulletins import cache
from bulletins.search.shards import DIGEST, Slice, slice_digests

GROUP = 64
"""Shards whose slices lie in one file, and are put together by one worker."""

_ABOUT = "search slices 2"
_DIGESTS = "digests"
_REGISTER = "register-"
"""What the name of a file begins with that is no volume: no id of a bulletin ends with `-`."""


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

    def group(self, volume: str, group: int, digests: bytes) -> list[Slice] | None:
        """The slices of the shards of a group, if they are kept; `digests` are those of all slices of the volume."""
        kept = cache.read(self._folder / volume / str(group), *_about(volume, group, digests))
        return None if kept is None else json.loads(kept)

    def put(self, volume: str, stamp: str, slices: Sequence[Slice]) -> bytes:
        """Keep the slices of a volume; gives their digests. A disk that takes nothing costs only time."""
        groups = {n: slices[first : first + GROUP] for n, first in enumerate(range(0, len(slices), GROUP))}
        return self.patch(volume, stamp, bytes(DIGEST * len(slices)), groups)

    def patch(self, volume: str, stamp: str, digests: bytes, groups: Mapping[int, Sequence[Slice]]) -> bytes:
        """Keep these groups of a volume, whose other slices stay as they are; likewise. `digests` are those before."""
        known = bytearray(digests)
        for group, slices in groups.items():
            known[_of_group(group)] = slice_digests(slices)
        digests = bytes(known)
        for group, slices in groups.items():
            data = json.dumps(slices, ensure_ascii=False, separators=(",", ":")).encode()
            cache.write(self._folder / volume / str(group), data, *_about(volume, group, digests))
        cache.write(self._folder / volume / _DIGESTS, digests, _ABOUT, volume, stamp, _DIGESTS)
        return digests

    def has_register(self, digest: str) -> bool:
        """Whether the register of this digest is kept."""
        return (self._folder / f"{_REGISTER}{digest}").exists()

    def other_register(self, digest: str) -> bytes | None:
        """The register with which volumes were made, as it was kept, if it is another than that of this digest."""
        others = () if self.has_register(digest) else self._folder.glob(f"{_REGISTER}*")
        return next((cache.read(path, _ABOUT, path.name) for path in others), None)

    def keep_register(self, digest: str, as_json: bytes) -> None:
        """Keep the register with which all volumes are made now, in the place of another."""
        others, name = list(self._folder.glob(f"{_REGISTER}*")), f"{_REGISTER}{digest}"
        if cache.write(self._folder / name, as_json, _ABOUT, name):
            for path in others:
                with suppress(OSError):
                    path.unlink()

    def keep_only(self, volumes: Iterable[str]) -> None:
        """Forget all other volumes, and all there is where none is left."""
        wanted = set(volumes)
        if not wanted:
            shutil.rmtree(self._folder, ignore_errors=True)
            return
        kept = self._folder.iterdir() if self._folder.is_dir() else ()
        for folder in [folder for folder in kept if folder.name not in wanted and folder.is_dir()]:
            shutil.rmtree(folder, ignore_errors=True)


def _of_group(group: int) -> slice:
    """Where the digests of a group stand among those of a volume."""
    return slice(group * GROUP * DIGEST, (group + 1) * GROUP * DIGEST)


def _about(volume: str, group: int, digests: bytes) -> tuple[cache.About, ...]:
    return _ABOUT, volume, group, digests[_of_group(group)].hex()
