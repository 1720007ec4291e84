"""The content's folders: what lies in each, told without opening a file, and stamped so that a change is seen."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from bulletins.ignored import is_ignored, is_ignored_folder
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.attachments import is_attachable
from bulletins.reading.sources import SourceFile
from bulletins.vietnamese.folding import nfc

INDEX = "index.md"
"""The file of a bulletin in the folder that is its own."""

TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".yaml", ".yml")
"""Endings of what is written for this program, in lower case."""

YOUNG = 2_000_000_000
"""Nanoseconds within which a file may change again without its time telling; some file systems count in such steps."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder: its name in messages, its own plain files by name, and what is wrong with others in it.

    Links are not followed, and of what is hidden nothing is read.
    """

    name: str
    files: Mapping[str, os.DirEntry[str]]
    mistakes: tuple[Mistake, ...] = ()
    left: tuple[str, ...] = ()
    """The names of files that are none of ours: hidden ones, and what systems and editors left."""

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
    """`top` and every folder below it, each before those inside it; names start from `root`.

    One that is no folder, or cannot be looked into, holds nothing but the mistake that says so.
    """
    name = top.relative_to(root).as_posix()
    if top.is_dir():
        yield from _folders(str(top), name)
    elif os.path.lexists(top):
        yield Folder(name, {}, (messages.NO_FOLDER.at(name, 1, 1),))


def _folders(path: str, name: str) -> Iterator[Folder]:
    try:
        with os.scandir(path) as entries:
            in_order = sorted(entries, key=lambda entry: nfc(entry.name))
    except OSError as error:
        yield Folder(name, {}, (messages.UNREADABLE.at(name, 1, 1, why=error.strerror),))
        return
    kept = [entry for entry in in_order if not _is_passed_over(entry)]
    files = {entry.name: entry for entry in kept if _is_sound(entry) and entry.is_file(follow_symlinks=False)}
    left = tuple(entry.name for entry in in_order if entry not in kept and entry.is_file(follow_symlinks=False))
    yield Folder(name, files, tuple(_mistakes(in_order, kept, name)), left)
    for entry in kept:
        if _is_sound(entry) and entry.is_dir(follow_symlinks=False):
            yield from _folders(entry.path, f"{name}/{entry.name}")


def _is_passed_over(entry: os.DirEntry[str]) -> bool:
    """Whether a file or folder is none of ours; hidden ones are none."""
    ignored = is_ignored_folder if entry.is_dir(follow_symlinks=False) else is_ignored
    return entry.name.startswith(".") or ignored(entry.name)


def _is_sound(entry: os.DirEntry[str]) -> bool:
    """Whether its name is UTF-8."""
    return entry.name.isascii() or entry.name == entry.name.encode(errors="ignore").decode()


def _mistakes(entries: Sequence[os.DirEntry[str]], kept: Sequence[os.DirEntry[str]], name: str) -> Iterator[Mistake]:
    """What in a folder would be passed over though it may be a bulletin, and what can be no file of ours."""
    for entry in kept:
        if not _is_sound(entry):
            seen = os.fsencode(entry.name).decode(errors="replace")
            yield messages.NO_UTF_8_NAME.at(f"{name}/{seen}", 1, 1)
        elif entry.is_symlink():
            yield messages.LINK.at(f"{name}/{entry.name}", 1, 1)
        elif entry.name == INDEX and not entry.is_file():
            yield messages.NO_FILE.at(f"{name}/{entry.name}", 1, 1)
    for entry in entries:
        if entry not in kept and _is_hidden_text(entry):
            yield messages.HIDDEN.at(f"{name}/{entry.name}", 1, 1)


def _is_hidden_text(entry: os.DirEntry[str]) -> bool:
    """Whether a hidden file is a bulletin's, or a hidden folder holds one; what systems and editors left is neither."""
    if entry.is_dir(follow_symlinks=False):
        return not is_ignored_folder(entry.name) and holds_text(entry.path)
    return not is_ignored(entry.name) and entry.name.casefold().endswith(TEXTS)


def holds_text(folder: str) -> bool:
    """Whether a text, or a file of a register, lies anywhere in a folder."""
    return any(
        file.casefold().endswith(TEXTS) and not is_ignored(file) for _, _, files in os.walk(folder) for file in files
    )


def hour() -> int:
    """Now, in nanoseconds, as files are stamped."""
    return time.time_ns()
