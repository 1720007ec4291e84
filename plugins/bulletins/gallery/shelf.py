"""Renditions kept from build to build, outside the output folder, by content and settings; harmless if lost.

One file holds all renditions of a photo, so that it is there whole or not at all. Its name is a hash of everything its
bytes depend on and of no path, so the folder can be carried from one machine to another.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FORMAT = "bulletins-renditions-1"
_ENDING = ".photos"
_LISTS = "in-use"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder `path`; as an input of the plan it counts for nothing, since it changes no byte of any file."""

    path: Path

    @property
    def digest(self) -> str:
        return ""

    def get_or_make(self, key: str, make: Callable[[], list[bytes]]) -> list[bytes]:
        """The files kept under `key`, made and kept if they are not there, or not whole."""
        kept = _read(self._file(key))
        if kept is None:
            kept = make()
            _write(self._file(key), kept)
        return kept

    def prune(self, used: Iterable[str], site: Path) -> None:
        """Remove what no site uses any more; `used` are the keys of the site whose output folder is `site`.

        Several sites (the public one, a preview) may share a shelf: each has a list here of what it uses, which
        counts as long as its output folder exists.
        """
        wanted = set(used)
        mine = self.path / _LISTS / f"{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]}.json"
        told = json.dumps([str(site.resolve()), sorted(wanted)]).encode()
        if mine.is_file() and mine.read_bytes() == told:
            # What others no longer use, they remove.
            return
        _replace(mine, told)
        others = [path for path in (self.path / _LISTS).glob("*.json") if path != mine]
        wanted.update(key for path in others for key in _listed(path))
        for path in self.path.glob(f"*/*{_ENDING}"):
            if path.name.removesuffix(_ENDING) not in wanted:
                path.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.path / key[:2] / f"{key}{_ENDING}"


def _listed(path: Path) -> Iterator[str]:
    """What another site uses; nothing, and its list goes, if its output folder is gone."""
    try:
        site, keys = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return
    if Path(site).is_dir():
        yield from keys
    else:
        path.unlink(missing_ok=True)


def _read(path: Path) -> list[bytes] | None:
    """The files, or `None` if they are missing or any byte of them is not what was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        format_, seal, *sizes = json.loads(head)
    except (OSError, ValueError, TypeError):
        return None
    if (format_, seal, sum(sizes)) != (FORMAT, hashlib.sha256(body).hexdigest(), len(body)):
        return None
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    return [body[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def _write(path: Path, files: list[bytes]) -> None:
    """Keep the files; a disk that does not take them costs only time."""
    body = b"".join(files)
    head = json.dumps([FORMAT, hashlib.sha256(body).hexdigest(), *map(len, files)])
    with suppress(OSError):
        _replace(path, head.encode() + b"\n" + body)


def _replace(path: Path, data: bytes) -> None:
    """Whoever reads it has the old file or the new one, whoever else writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_bytes(data)
    beside.replace(path)
