"""The ledger: what each published file was made from and how it stood on the disk; harmless if lost.

It is read before any library is loaded, so this file needs nothing but the standard library. Where little changed a
line is added to it, otherwise it is written whole. Whoever reads it half written finds an empty one.
"""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bulletins.making import journal

LEDGER = "ledger.json"
"""The ledger's name in the folder of a site's caches."""

FORMAT = "bulletins-ledger-6"

METADATA = "metadata.json"
"""Beside the ledger, the metadata of those files that have some: only builds of a whole site look at it."""

METADATA_FORMAT = "bulletins-metadata-1"

Stat = tuple[int, int]
"""Size in bytes and modification time in nanoseconds."""

Stamp = list[int]
"""Size in bytes, and the times of the last change of content and of status in nanoseconds; empty where no file is."""

Entry = tuple[str, str, int, int]
"""Fingerprint of the line of the plan, SHA-256 of the bytes, size in bytes, modification time in nanoseconds."""

Metadata = dict[str, tuple[str, str]]
"""SHA-256 and metadata of files by their paths."""


def folder(cache: Path, output: Path) -> Path:
    """The folder of the caches that are this output's alone, among all `cache` holds."""
    return cache / f"site-{output.name}"


class Ledger(NamedTuple):
    """The published site as the last build left it, by paths relative to the output folder.

    `folders` gives each folder's modification time in nanoseconds (the output folder itself is ""): while it is
    the same, no name in the folder has come or gone. `parts` gives the files of each part of the plan
    by its fingerprint. `lines` counts those that were added since the ledger was written whole.
    """

    files: dict[str, Entry]
    folders: dict[str, int]
    parts: dict[str, list[str]] = {}  # noqa: RUF012 - nobody changes it
    lines: int = 0


class Change(NamedTuple):
    """What is different in a ledger: entries of files, times of folders (0 of one that is gone), files that are gone.

    A part of the plan is known no longer once anything in it is named here, but for those in `parts`.
    """

    files: dict[str, Entry]
    folders: dict[str, int]
    gone: list[str] = []  # noqa: RUF012 - nobody changes them
    parts: dict[str, list[str]] = {}  # noqa: RUF012


NOTHING = Ledger({}, {})


def load(cache: Path) -> Ledger:
    """The ledger that was kept in the folder `cache`; empty if it is missing, cut, damaged or of another format.

    An unreadable ledger only means that everything is made and compared again.
    """
    lines = journal.read(cache / LEDGER, FORMAT)
    if not lines:
        return NOTHING
    (names, *columns, folders, numbers), *later = lines
    parts = {part: [names[n] for n in of_part] for part, of_part in numbers.items()}
    files = dict(zip(names, zip(*columns, strict=True), strict=True))
    part_of = {name: part for part, of_part in parts.items() for name in of_part} if later else {}
    for change in (Change(*line) for line in later):
        for name in chain(change.files, change.gone, *change.parts.values()):
            parts.pop(part_of.pop(name, ""), None)
        files.update({name: tuple(entry) for name, entry in change.files.items()})
        for name in change.gone:
            del files[name]
        folders.update(change.folders)
        parts.update(change.parts)
        part_of.update({name: part for part, of_part in change.parts.items() for name in of_part})
    return Ledger(files, {folder: time for folder, time in folders.items() if time}, parts, len(later))


def load_metadata(cache: Path) -> Metadata:
    """The metadata likewise: those files are made again of which there is none."""
    lines = journal.read(cache / METADATA, METADATA_FORMAT)
    return {name: (sha256, metadata) for line in lines for name, (sha256, metadata) in line.items()}


def stamp(path: str | Path) -> Stamp:
    """How a file, or a link itself, stands: another build that publishes leaves a ledger of another stamp."""
    try:
        at = os.lstat(path)
    except OSError:
        return []
    return [at.st_size, at.st_mtime_ns, at.st_ctime_ns]


def stands(ledger: Ledger, output: Path) -> bool:
    """Whether every published file and folder has the size and the time that the ledger says."""
    try:
        return (
            bool(ledger.files)
            and all(os.lstat(f"{output}/{folder}").st_mtime_ns == time for folder, time in ledger.folders.items())
            and all(_stat(f"{output}/{path}") == entry[2:] for path, entry in ledger.files.items())
        )
    except OSError:
        return False


def _stat(path: str) -> Stat:
    at = os.lstat(path)
    return at.st_size, at.st_mtime_ns


LINES, SHARE = 20, 10
"""With more lines, or a change of more than this part of all files, both are read sooner if they are written whole."""


def keep(cache: Path, old: Ledger, new: Ledger, known: Metadata, metadata: Metadata) -> None:
    """Keep the ledger and the metadata in the folder `cache`, which holds what is `old` and `known`.

    A line more where that is little, whole otherwise; nothing where all is alike.
    """
    change, others = _change(old, new), {name: said for name, said in metadata.items() if known.get(name) != said}
    is_little = (len(change.files) + len(change.gone)) * SHARE < len(new.files) and old.lines < LINES
    if is_little and len(others) * SHARE <= len(metadata):
        add(cache, change, others)
        return
    if others:
        journal.write(cache / METADATA, metadata, METADATA_FORMAT)
    if any(change):
        journal.write(cache / LEDGER, _by_columns(new), FORMAT)


def add(cache: Path, change: Change, metadata: Metadata) -> None:
    """Note what changed since the ledger and the metadata in the folder `cache` were kept. The ledger comes last."""
    if metadata:
        journal.add(cache / METADATA, metadata, METADATA_FORMAT)
    if any(change):
        journal.add(cache / LEDGER, change, FORMAT)


def _change(old: Ledger, new: Ledger) -> Change:
    gone_folders = dict.fromkeys(old.folders.keys() - new.folders.keys(), 0)
    return Change(
        {name: entry for name, entry in new.files.items() if old.files.get(name) != entry},
        {name: time for name, time in new.folders.items() if old.folders.get(name, 0) != time} | gone_folders,
        sorted(old.files.keys() - new.files.keys()),
        {part: names for part, names in new.parts.items() if part not in old.parts},
    )


def _by_columns(ledger: Ledger) -> list[object]:
    """The ledger as it is written: lists of texts and of numbers are parsed twice as fast as a list of entries."""
    columns = list(zip(*ledger.files.values(), strict=True)) or [()] * 4
    number = {name: n for n, name in enumerate(ledger.files)}
    parts = {part: [number[name] for name in names] for part, names in ledger.parts.items()}
    return [list(ledger.files), *columns, ledger.folders, parts]
