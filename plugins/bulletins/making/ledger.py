"""The ledger: what each published file was made from and how it stood on the disk; harmless if lost.

It is read before any library is loaded, so this file needs nothing but the standard library. A build writes it whole;
where only a few texts changed, a line is added. Whoever reads it half written finds an empty one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from bulletins.making import journal

LEDGER = "ledger.json"
"""The ledger's name in the folder of a site's caches."""

FORMAT = "bulletins-ledger-5"

METADATA = "metadata.json"
"""Beside the ledger, the metadata of those files that have some: only builds of a whole site look at it."""

METADATA_FORMAT = "bulletins-metadata-1"

Stat = tuple[int, int]
"""Size in bytes and modification time in nanoseconds."""

Stamp = list[int]
"""Size in bytes, and the times of the last change of content and of status in nanoseconds; empty where no file is."""

Entry = tuple[str, str, int, int]
"""Fingerprint of the line of the plan, SHA-256 of the bytes, size in bytes, modification time in nanoseconds."""


def folder(cache: Path, output: Path) -> Path:
    """The folder of the caches that are this output's alone, among all `cache` holds."""
    return cache / f"site-{output.name}"


class Ledger(NamedTuple):
    """The published site as the last build left it, by paths relative to the output folder.

    `folders` gives each folder's modification time in nanoseconds (the output folder itself is ""): while it is
    the same, no name in the folder has come or gone. `parts` gives the files of each part of the plan
    by its fingerprint.
    """

    files: dict[str, Entry]
    folders: dict[str, int]
    parts: dict[str, list[str]] = {}  # noqa: RUF012 - nobody changes it


NOTHING = Ledger({}, {})


def load(path: Path) -> Ledger:
    """The ledger as it was saved; empty if it is missing, cut, damaged or of another format.

    An unreadable ledger only means that everything is made and compared again.
    """
    lines = journal.read(path, FORMAT)
    if not lines:
        return NOTHING
    (names, *columns, folders, numbers), *later = lines
    parts = {part: [names[n] for n in of_part] for part, of_part in numbers.items()}
    ledger = Ledger(dict(zip(names, zip(*columns, strict=True), strict=True)), folders, parts)
    amended: set[str] = set()
    for files, folders in later:
        ledger.files.update({name: tuple(entry) for name, entry in files.items()})
        ledger.folders.update(folders)
        amended.update(files)
    # What was amended is made from something else than the part it belongs to was laid out from.
    for part in [part for part, of_part in parts.items() if not amended.isdisjoint(of_part)] if amended else ():
        del parts[part]
    return ledger


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


def save(path: Path, ledger: Ledger) -> None:
    """Replace the ledger at once: whoever reads it, or is killed here, has the old one or the new one."""
    # Column by column: lists of texts and of numbers are parsed twice as fast as a list of entries.
    columns = list(zip(*ledger.files.values(), strict=True)) or [()] * 4
    number = {name: n for n, name in enumerate(ledger.files)}
    parts = {part: [number[name] for name in names] for part, names in ledger.parts.items()}
    journal.write(path, [list(ledger.files), *columns, ledger.folders, parts], FORMAT)


def add(path: Path, changed: Ledger) -> None:
    """Note the files and folders that changed since the ledger was saved; it must know all of them already."""
    journal.add(path, [changed.files, changed.folders], FORMAT)


Metadata = dict[str, tuple[str, str]]
"""SHA-256 and metadata of files by their paths."""


def load_metadata(path: Path) -> Metadata:
    """The metadata as saved; none if it is missing or damaged: then those files are made again."""
    lines = journal.read(path, METADATA_FORMAT)
    return {name: (sha256, metadata) for line in lines for name, (sha256, metadata) in line.items()}


def save_metadata(path: Path, metadata: Metadata) -> None:
    """Replace the metadata at once."""
    journal.write(path, metadata, METADATA_FORMAT)


def add_metadata(path: Path, changed: Metadata) -> None:
    """Note the metadata that changed since it was saved."""
    journal.add(path, changed, METADATA_FORMAT)
