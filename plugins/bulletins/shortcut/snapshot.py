"""Snapshots: the stamps of everything a site was built from, by which a build sees what changed without reading a file.

This file needs nothing but the standard library: a build of an unchanged site ends before anything is loaded.
A snapshot may see a change where there is none, and then the site is built as ever; the other way round it cannot.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bulletins.ignored import is_ignored, is_ignored_folder
from bulletins.making.ledger import Stamp

# Variables that differ from one call to the next and mean nothing to a build; neither do those that Python reads.
_PASSING = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "TERM", "TZ"})

FEW = 100
"""Changed files of which it is worth knowing which they are; with more, a whole build is as quick."""

COARSE = 1_000_000_000
"""Nanoseconds in the step of a clock that some file systems keep time by."""

LIBRARIES = "*.dist-info"
"""Stands for the libraries installed in a folder, as the last step of a path."""


class Changed(NamedTuple):
    """What is different since the site was built.

    `files` are those of the content by path, each as it was then and as it is now. `folders` are those whose time is
    another while no name in them came or went, with that time: an editor saved a file aside and renamed it.
    """

    files: dict[str, tuple[Stamp, Stamp]]
    folders: dict[str, int]


class Snapshot(NamedTuple):
    """What a build starts from.

    `files` and `folders` are the content's, by path: each file's stamp, each folder's time. `others` is a digest of
    everything else a build depends on: settings, theme, code, variables of the environment.
    """

    files: dict[str, Stamp]
    folders: dict[str, int]
    others: str


def take(content: str, listed: Iterable[str], begun: int = 0) -> Snapshot:
    """A snapshot of the content's folder, and of files and folders that are listed whole.

    Some of the latter were loaded before: of one that has changed since `begun` (ns) nobody knows how it was loaded.
    """
    files: dict[str, Stamp] = {}
    folders: dict[str, int] = {}
    now = time.time_ns()
    for folder, modified, names in _walk(content, _is_ignored):
        folders[folder] = modified if _is_certain(modified, now) else 0
        files |= {name: _certain(_stamp_of_own(name), now) for name in names}
    return Snapshot(files, folders, others(listed, begun))


def _is_certain(modified: int, now: int) -> bool:
    """Whether another change would have another time: not on a file system of whole seconds, within the last two."""
    return modified % COARSE != 0 or now - modified >= 2 * COARSE


def _certain(stamp: Stamp, now: int) -> Stamp:
    """The stamp, or none if another change could leave the same."""
    return stamp if stamp and _is_certain(stamp[1], now) else []


def others(listed: Iterable[str], begun: int = 0) -> str:
    """A digest of the stamps of files and folders, and of the environment's variables; nothing if one is too young."""
    stamps = [(name, _followed(name)) for path in sorted(listed) for name in _files(path)]
    if begun and any(status >= begun for _, stamp in stamps for status in stamp[2::3]):
        return ""
    meant = (name for name in os.environ if name not in _PASSING and not name.startswith("PYTHON"))
    variables = sorted((name, os.environ[name]) for name in meant)
    return hashlib.sha256(repr((stamps, variables)).encode(errors="surrogateescape")).hexdigest()


def changes(known: Snapshot, listed: Iterable[str]) -> Changed | None:
    """What changed in the content since the snapshot, which was taken with these files and folders `listed`.

    None when anything else did, a file came or went, or more than `FEW` files changed.
    """
    folders = {folder: now for folder, was in known.folders.items() if (now := _time_within(folder)) != was}
    if not _same_names(folders, known):
        return None
    files = _changed_files(known.files, known.files)
    return Changed(files, folders) if len(files) <= FEW and known.others == others(listed) else None


def changes_among(known: Snapshot, content: str, paths: Iterable[str]) -> Changed | None:
    """The same for somebody who knows that nothing but these paths, and what is in those that are folders, changed.

    None also for a path outside the folder `content`.
    """
    paths = set(paths)
    if any(path != content and not path.startswith(f"{content}{os.sep}") for path in paths):
        return None
    files = _changed_files(paths - known.folders.keys(), known.files)
    # Of a folder that was moved away a watcher names nothing inside.
    folders = {path if path in known.folders else os.path.dirname(path) for path in paths}
    return Changed(files, {folder: _time_within(folder) for folder in folders}) if _same_names(folders, known) else None


def taken_in(changed: Changed) -> tuple[dict[str, Stamp], dict[str, int]]:
    """What a snapshot holds instead of its files and folders once a build has taken these in as they are now."""
    now = time.time_ns()
    files = {name: _certain(stamp, now) for name, (_, stamp) in changed.files.items()}
    return files, {name: time if _is_certain(time, now) else 0 for name, time in changed.folders.items()}


def _changed_files(paths: Iterable[str], known: Mapping[str, Stamp]) -> dict[str, tuple[Stamp, Stamp]]:
    """The paths whose stamp is another; one that is not known had none."""
    changed = {}
    for path in paths:
        # As `stamp` does it; but this is most of what a comparison costs.
        try:
            at = os.lstat(path)
            now = [at.st_size, at.st_mtime_ns, at.st_ctime_ns]
        except OSError:
            now = []
        was = known.get(path, [])
        if was != now:
            changed[path] = (was, now)
    return changed


def _same_names(folders: Iterable[str], known: Snapshot) -> bool:
    """Whether the folders hold the names they held."""
    if not folders:
        return True
    names: dict[str, set[str]] = {folder: set() for folder in folders}
    for path in (*known.files, *known.folders):
        folder, _, name = path.rpartition(os.sep)
        if folder in names:
            names[folder].add(name)
    return all(_names(folder) == held for folder, held in names.items())


def _names(folder: str) -> set[str]:
    """The names in a folder; a link never passes for the file or folder that had its name."""
    try:
        with os.scandir(folder) as entries:
            return {f"{entry.name}{os.sep * entry.is_symlink()}" for entry in entries if not _is_ignored(entry)}
    except OSError:
        return set()


def _is_ignored(entry: os.DirEntry[str]) -> bool:
    """As reading does it; but a hidden folder counts, as there may be a bulletin in it, which is told."""
    return (is_ignored_folder if entry.is_dir(follow_symlinks=False) else is_ignored)(entry.name)


def _walk(
    top: str, ignored: Callable[[os.DirEntry[str]], bool] = lambda entry: False
) -> Iterator[tuple[str, int, list[str]]]:
    """Every folder, with its time before it was looked into, and the files in it."""
    folders = [top] if os.path.isdir(top) else []
    while folders:
        folder = folders.pop()
        modified = _time_within(folder)
        names: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                if not ignored(entry):
                    (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.path)
        yield folder, modified, names


def _files(path: str) -> list[str]:
    """A file itself, or every file of a folder but what Python compiled.

    Of a folder of libraries only the lists of files that an installer leaves: it exchanges none without the list.
    """
    folder, _, name = path.rpartition(os.sep)
    if name == LIBRARIES:
        records = (f"{folder}/{library}/RECORD" for library in os.listdir(folder) if library.endswith(".dist-info"))
        return sorted(filter(os.path.lexists, records))
    if not os.path.isdir(path):
        return [path] if os.path.lexists(path) else []
    return sorted(name for folder, _, names in _walk(path) if not folder.endswith("__pycache__") for name in names)


def _stamp(at: os.stat_result) -> Stamp:
    return [at.st_size, at.st_mtime_ns, at.st_ctime_ns]


def _stamp_of_own(name: str) -> Stamp:
    """The stamp of a file; of a link none, since nobody looks at what it leads to."""
    at = os.lstat(name)
    return [] if stat.S_ISLNK(at.st_mode) else _stamp(at)


def _followed(name: str) -> Stamp:
    """The stamp of a file; of a link also that of the file it leads to."""
    own = os.lstat(name)
    return [*_stamp(own), *_stamp(os.stat(name))] if stat.S_ISLNK(own.st_mode) and os.path.exists(name) else _stamp(own)


def _time_within(folder: str) -> int:
    """When a name last came or went in a folder; the content's own may be a link."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0
