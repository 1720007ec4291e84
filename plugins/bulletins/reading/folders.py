"""The content's folders: what lies in each, told without opening a file, and stamped so that a change is seen."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bulletins.ignored import is_ignored
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.attachments import is_attachable
from bulletins.reading.sources import SourceFile
from bulletins.vietnamese.folding import nfc

YOUNG = 2_000_000_000
"""Nanoseconds within which a file may change again without its time telling; some file systems count in such steps."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder: its name in messages, its own plain files by name, and the links in it, which are not followed."""

    name: str
    files: Mapping[str, os.DirEntry[str]]
    links: tuple[str, ...]

    def source(self, file: str) -> SourceFile:
        """One of its files."""
        return SourceFile(Path(self.files[file].path), f"{self.name}/{file}")

    def sources(self) -> list[SourceFile]:
        """All of its files."""
        return [self.source(file) for file in self.files]

    def paths(self) -> dict[str, Path]:
        """All of its files by name."""
        return {file: Path(entry.path) for file, entry in self.files.items()}

    def stamp(self, file: str, now: int) -> str:
        """Changes whenever a file does, or what lies beside it; `now` is the hour in nanoseconds.

        A file that changed just now could change again unseen: its stamp is like no other.
        """
        at = self.files[file].stat()
        names = "/".join(map(self._entry, self.files))
        beside = blake2b(names.encode(errors="surrogateescape"), digest_size=8).hexdigest()
        age = "" if now - at.st_mtime_ns > YOUNG else f"-{now}"
        return f"{at.st_size}-{at.st_mtime_ns}-{at.st_ctime_ns}-{beside}{age}"

    def _entry(self, file: str) -> str:
        """A file's name, and for one that may be attached how it stands: its content goes into the reading."""
        if not is_attachable(file):
            return file
        at = self.files[file].stat()
        return f"{file}:{at.st_size}:{at.st_mtime_ns}:{at.st_ctime_ns}"


def stamped(stamp: str | None, seen: Sequence[int]) -> bool:
    """Whether a stamp is that of a file of this size and these times."""
    return stamp is not None and bool(seen) and stamp.startswith("".join(f"{number}-" for number in seen))


def folders(top: Path, root: Path) -> Iterator[Folder]:
    """`top` and every folder below it, each before those inside it; names start from `root`."""
    if top.is_dir():
        yield from _folders(str(top), top.relative_to(root).as_posix())


def _folders(path: str, name: str) -> Iterator[Folder]:
    with os.scandir(path) as entries:
        kept = sorted((entry for entry in entries if not is_ignored(entry.name)), key=lambda entry: nfc(entry.name))
    for entry in kept:
        if not entry.name.isascii() and entry.name != entry.name.encode(errors="ignore").decode():
            raise OSError(errno.EILSEQ, "its name is no UTF-8", entry.path)
    links = tuple(f"{name}/{entry.name}" for entry in kept if entry.is_symlink())
    yield Folder(name, {entry.name: entry for entry in kept if entry.is_file(follow_symlinks=False)}, links)
    for entry in kept:
        if entry.is_dir(follow_symlinks=False):
            yield from _folders(entry.path, f"{name}/{entry.name}")


def link(name: str) -> Mistake:
    """What is said of a link: it is not followed."""
    return messages.LINK.at(name, 1, 1)


def hour() -> int:
    """Now, in nanoseconds, as files are stamped."""
    return time.time_ns()
