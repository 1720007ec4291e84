"""What a build did to a folder: files written, whether or not their bytes changed, and files removed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Stamps = Mapping[str, tuple[int, int, int]]
"""Path -> inode, modification time in ns, size."""


@dataclass(frozen=True, slots=True)
class Written:
    """Files a build wrote, their bytes, and the files it removed; then what stands in the folder."""

    files: int
    bytes: int
    removed: int
    standing_files: int
    standing_bytes: int


def stamps(folder: Path) -> Stamps:
    """The state of every file of a folder; nothing if there is no such folder."""
    return {entry.path: _stamp(entry) for entry in _files(str(folder))} if folder.is_dir() else {}


def written(before: Stamps, after: Stamps) -> Written:
    """What happened between two states. A file replaced by an equal one was written: its inode or time differs."""
    new = [stamp for path, stamp in after.items() if before.get(path) != stamp]
    removed = sum(path not in after for path in before)
    return Written(
        len(new), sum(size for *_, size in new), removed, len(after), sum(size for *_, size in after.values())
    )


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        else:
            yield entry


def _stamp(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    stat = entry.stat(follow_symlinks=False)
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
