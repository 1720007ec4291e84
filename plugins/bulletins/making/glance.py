"""What a build started from, at a glance: whether anything changed since, told without reading a file.

This file needs nothing but the standard library: a build of an unchanged site ends before anything is loaded.
A glance may see a change where there is none, and then the site is built as ever; the other way round it cannot.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bulletins.ignored import is_ignored
from bulletins.making.ledger import LEDGER, Ledger

FORMAT = "bulletins-glance-8"
STATE = "glance.json"

# Variables that differ from one call to the next and mean nothing to a build; neither do those that Python reads.
_PASSING = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "TERM", "TZ"})

FEW = 100
"""Changed files of which it is worth knowing which they are; with more, a whole build is as quick."""

COARSE = 1_000_000_000
"""Nanoseconds in the step of a clock that some file systems keep time by."""

Stamp = list[int]
"""Size in bytes, and the times of the last change of content and of status in nanoseconds."""


class Changed(NamedTuple):
    """What is different since the site was built.

    `files` are those of the content by path, each as it was then and as it is now. `folders` are those whose time is
    another while no name in them came or went, with that time: an editor saved a file aside and renamed it.
    """

    files: dict[str, tuple[Stamp, Stamp]]
    folders: dict[str, int]


class Glance(NamedTuple):
    """What a build starts from.

    `files` and `folders` are the content's, by path: each file's stamp, each folder's time. `others` is a digest of
    everything else a build depends on: settings, theme, code, variables of the environment.
    """

    files: dict[str, Stamp]
    folders: dict[str, int]
    others: str


class State(NamedTuple):
    """A glance as it was when a site was last built.

    `called` is the name of the settings the site was built with; `content` and `listed` are what the glance was taken
    of; it holds until an hour (seconds since 1970), or for good, and together with one ledger. `counts` are the sums of
    bulletins, and `levels` those of mistakes by level, that the build printed: for builds that read only a part. What
    it kept on file for them is told by `kept` from what others did; empty if nothing. `published` is how many files
    the site has.
    """

    called: str
    content: str
    listed: list[str]
    glance: Glance
    until: float | None
    ledger: Stamp
    counts: list[int]
    levels: dict[str, int]
    kept: str = ""
    published: int = 0


def take(content: str, listed: Iterable[str], begun: int = 0) -> Glance:
    """A glance at the content's folder, and at files and folders that are listed whole.

    Some of the latter were loaded before: of one that has changed since `begun` (ns) nobody knows how it was loaded.
    """
    files: dict[str, Stamp] = {}
    folders: dict[str, int] = {}
    now = time.time_ns()
    for folder, modified, names in _walk(content, is_ignored):
        folders[folder] = modified if _is_certain(modified, now) else 0
        files |= {name: _certain(_stamp_of_own(name), now) for name in names}
    return Glance(files, folders, others(listed, begun))


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


def save(cache: Path, state: State) -> None:
    """Keep the state for the next build; written at once or not at all."""
    cache.mkdir(parents=True, exist_ok=True)
    beside = cache / f"{STATE}.new"
    beside.write_bytes(_line([FORMAT, state]))
    beside.replace(cache / STATE)


def note(cache: Path, state: State, changed: Changed) -> None:
    """Keep the state of an amended site: it is as it was saved before, but for what changed."""
    files = {name: state.glance.files[name] for name in changed.files}
    folders = {name: state.glance.folders[name] for name in changed.folders}
    with (cache / STATE).open("ab") as file:
        file.write(_line([files, folders, state.ledger, state.levels]))


def _line(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def load(cache: Path) -> State | None:
    """The state of the last build, or None where there is none to rely on."""
    try:
        first, *later = (cache / STATE).read_bytes().splitlines()
        form, (called, content, listed, glance, *told) = json.loads(first)
        notes = [json.loads(line) for line in later]
    except (OSError, ValueError, TypeError):
        return None
    if form != FORMAT:
        return None
    state = State(called, content, listed, Glance(*glance), *told)
    for files, folders, ledger, levels in notes:
        state.glance.files.update(files)
        state.glance.folders.update(folders)
        state = state._replace(ledger=ledger, levels=levels)
    return state if state.ledger == ledger_stamp(cache) else None


def ledger_stamp(cache: Path) -> Stamp:
    """How the ledger stands: a state holds only together with the ledger it was saved with."""
    return stamp_or_nothing(str(cache / LEDGER))


def changes(state: State) -> Changed | None:
    """What changed in the content since the glance.

    None when anything else did, a file came or went, the state's time is over, or more than `FEW` files changed.
    """
    if state.until is not None and time.time() >= state.until:
        return None
    known = state.glance
    folders = {folder: now for folder, was in known.folders.items() if (now := _time_within(folder)) != was}
    if not _same_names(folders, known):
        return None
    files = _changed_files(known.files, known.files)
    return Changed(files, folders) if len(files) <= FEW and known.others == others(state.listed) else None


def changes_among(state: State, paths: Iterable[str]) -> Changed | None:
    """The same for somebody who knows that nothing but these paths, and what is in those that are folders, changed."""
    known, paths = state.glance, set(paths)
    if any(path != state.content and not path.startswith(f"{state.content}{os.sep}") for path in paths):
        return None
    files = _changed_files(paths - known.folders.keys(), known.files)
    # Of a folder that was moved away nothing is told but its own name.
    folders = {path if path in known.folders else os.path.dirname(path) for path in paths}
    times = {folder: _time_within(folder) for folder in folders}
    is_over = state.until is not None and time.time() >= state.until
    return None if is_over or not _same_names(folders, known) else Changed(files, times)


def _changed_files(paths: Iterable[str], known: Mapping[str, Stamp]) -> dict[str, tuple[Stamp, Stamp]]:
    """The paths whose stamp is another; one that is not known had none."""
    changed = {}
    for path in paths:
        # As `stamp_or_nothing` does it; but this is most of what a glance costs.
        try:
            at = os.lstat(path)
            now = [at.st_size, at.st_mtime_ns, at.st_ctime_ns]
        except OSError:
            now = []
        was = known.get(path, [])
        if was != now:
            changed[path] = (was, now)
    return changed


def _same_names(folders: Iterable[str], known: Glance) -> bool:
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
            return {f"{one.name}{os.sep * one.is_symlink()}" for one in entries if not is_ignored(one.name)}
    except OSError:
        return set()


def stands(ledger: Ledger, output: Path) -> bool:
    """Whether every published file and folder is as the ledger says."""
    base = str(output)
    return (
        bool(ledger.files)
        and all(_time(f"{base}/{folder}") == seen for folder, seen in ledger.folders.items())
        and all(_size_and_time(f"{base}/{path}") == entry[2:] for path, entry in ledger.files.items())
    )


@contextmanager
def beside(look: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Look in a process of its own while this one goes on; whoever wants the answer waits for it.

    Where the system cannot fork, the look is taken when it is asked for. A look that breaks off has seen nothing good.
    """
    if not hasattr(os, "fork"):
        yield look
        return
    child = os.fork()
    if child == 0:
        os._exit(_told(look))
    answer = functools.lru_cache(lambda: os.waitpid(child, 0)[1] == 0)
    try:
        yield answer
    finally:
        answer()


def _told(look: Callable[[], bool]) -> int:
    """The exit code of a process that looks."""
    try:
        return 0 if look() else 1
    except BaseException:  # noqa: BLE001 - the other process must hear of whatever it is, and this one must end
        return 1


def amended(state: State, changed: Changed, ledger: Stamp) -> State:
    """The state after a build that took in these files as they stood before it, and left this ledger."""
    now = time.time_ns()
    files = {**state.glance.files, **{name: _certain(stamp, now) for name, (_, stamp) in changed.files.items()}}
    folders = {**state.glance.folders, **{name: t if _is_certain(t, now) else 0 for name, t in changed.folders.items()}}
    return state._replace(glance=state.glance._replace(files=files, folders=folders), ledger=ledger)


def _walk(top: str, ignored: Callable[[str], bool] = lambda name: False) -> Iterator[tuple[str, int, list[str]]]:
    """Every folder, with its time before it was looked into, and the files in it."""
    folders = [top] if os.path.isdir(top) else []
    while folders:
        folder = folders.pop()
        modified = _time_within(folder)
        names: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                if not ignored(entry.name):
                    (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.path)
        yield folder, modified, names


def _files(path: str) -> list[str]:
    """A file itself, or every file of a folder but what Python compiled."""
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


def stamp_or_nothing(name: str) -> Stamp:
    """The stamp of a file, or of a link itself; empty where there is none."""
    try:
        return _stamp(os.lstat(name))
    except OSError:
        return []


def _time(folder: str) -> int:
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return 0


def _time_within(folder: str) -> int:
    """When a name last came or went in a folder; the content's own may be a link."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def _size_and_time(path: str) -> tuple[int, int] | None:
    try:
        at = os.lstat(path)
    except OSError:
        return None
    return at.st_size, at.st_mtime_ns
