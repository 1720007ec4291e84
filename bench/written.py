"""What a build did to a folder: files written, whether or not their bytes changed, and files removed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Stamps = Mapping[str, tuple[int, int, int]]
"""Path -> inode, modification time in ns, size."""


@dataclass(frozen=True, slots=True)
class Written:
    """Files a build wrote with their bytes, files it removed, and what stands in the folder after it."""

    files: int = 0
    bytes: int = 0
    removed: int = 0
    standing_files: int = 0
    standing_bytes: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.files + other.files,
            self.bytes + other.bytes,
            self.removed + other.removed,
            self.standing_files + other.standing_files,
            self.standing_bytes + other.standing_bytes,
        )


def stamps(folder: Path) -> Stamps:
    """The state of every file of a folder; nothing if there is no such folder."""
    return {entry.path: _stamp(entry) for entry in _files(folder)} if folder.is_dir() else {}


def written(before: Stamps, after: Stamps) -> Written:
    """What happened between two states. A file replaced by an equal one was written: its inode or time differs."""
    new = [stamp for path, stamp in after.items() if before.get(path) != stamp]
    removed = sum(path not in after for path in before)
    return Written(len(new), _bytes(new), removed, len(after), _bytes(after.values()))


def _bytes(found: Iterable[tuple[int, int, int]]) -> int:
    return sum(size for *_, size in found)


def _files(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def _stamp(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    stat = entry.stat(follow_symlinks=False)
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
