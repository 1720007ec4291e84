"""What a build started from, at a glance: whether anything changed since, told without reading a file.

This file needs nothing but the standard library, so that a build of an unchanged site ends before anything is loaded.
A glance may see a change where there is none, and then the site is built as ever; the other way round it cannot.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

FORMAT = "bulletins-glance-2"
STATE = "glance.json"
LEDGER = "ledger.json"

# Variables that differ from one call to the next and mean nothing to a build; neither do those that Python reads.
_PASSING = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "TERM", "TZ", "BULLETINS_CHANGED"})

FEW = 100
"""Changed files of which it is worth knowing which they are; with more, a whole build is as quick."""

COARSE = 1_000_000_000
"""Nanoseconds in the step of a clock that some file systems keep time by."""

Stamp = list[int]
"""Size in bytes, and the times of the last change of content and of status in nanoseconds."""

Changed = dict[str, tuple[Stamp, Stamp]]
"""Files by path, each as it was when the site was built and as it is now."""


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
    of; it holds until an hour (seconds since 1970), or for good, and together with one ledger. `counts` are the sum
    that the build printed, for builds that read only a part.
    """

    called: str
    content: str
    listed: list[str]
    glance: Glance
    until: float | None
    ledger: Stamp
    counts: list[int]


def take(content: str, listed: Iterable[str]) -> Glance:
    """A glance at the content's folder, and at files and folders that are listed whole."""
    files: dict[str, Stamp] = {}
    folders: dict[str, int] = {}
    now = time.time_ns()
    for folder, names in _walk(content):
        folders[folder] = os.lstat(folder).st_mtime_ns
        files |= {name: _certain(_stamp(os.lstat(name)), now) for name in names}
    return Glance(files, folders, others(listed))


def _certain(stamp: Stamp, now: int) -> Stamp:
    """The stamp, unless the file could change once more without its time telling: then one that no file has.

    That is so on a file system that counts in whole seconds, for a file of the last two.
    """
    _, modified, _ = stamp
    return [] if modified % COARSE == 0 and now - modified < 2 * COARSE else stamp


def others(listed: Iterable[str]) -> str:
    """A digest of the stamps of files and folders, and of the environment's variables."""
    stamps = [(name, *_stamp(os.lstat(name))) for path in sorted(listed) for name in _files(path)]
    meant = (name for name in os.environ if name not in _PASSING and not name.startswith("PYTHON"))
    variables = sorted((name, os.environ[name]) for name in meant)
    return hashlib.sha256(repr((stamps, variables)).encode(errors="surrogateescape")).hexdigest()


def save(cache: Path, state: State) -> None:
    """Keep the state for the next build; written at once or not at all."""
    cache.mkdir(parents=True, exist_ok=True)
    beside = cache / f"{STATE}.new"
    beside.write_text(json.dumps([FORMAT, state], separators=(",", ":")), encoding="utf-8")
    beside.replace(cache / STATE)


def load(cache: Path) -> State | None:
    """The state of the last build, or None where there is none to rely on."""
    try:
        form, (called, content, listed, glance, until, ledger, counts) = json.loads((cache / STATE).read_bytes())
        return State(called, content, listed, Glance(*glance), until, ledger, counts) if form == FORMAT else None
    except (OSError, ValueError, TypeError):
        return None


def ledger_stamp(cache: Path) -> Stamp:
    """How the ledger stands: a state holds only together with the ledger it was saved with."""
    return _stamp_or_nothing(str(cache / LEDGER))


def changes(cache: Path, output: Path, called: str, content: str) -> Changed | None:
    """The files of `content` that changed since the site in `output` was built with settings `called`.

    None when anything else did, a file came or went, or more than `FEW` changed; nothing when the published site is
    what a build would give.
    """
    state = load(cache)
    if state is None or (state.called, state.content) != (called, content) or not _holds(state, cache, output):
        return None
    now = {name: _stamp_or_nothing(name) for name in state.glance.files}
    changed = {name: (was, now[name]) for name, was in state.glance.files.items() if now[name] != was}
    return changed if len(changed) <= FEW else None


def _holds(state: State, cache: Path, output: Path) -> bool:
    """Whether everything but the content's files is as it was, cheapest first."""
    return (
        (state.until is None or time.time() < state.until)
        and state.ledger == ledger_stamp(cache)
        and state.glance.others == others(state.listed)
        and all(_time(folder) == seen for folder, seen in state.glance.folders.items())
        and stands(cache, output)
    )


def stands(cache: Path, output: Path) -> bool:
    """Whether every published file and folder is as the ledger says."""
    try:
        files, folders = json.loads((cache / LEDGER).read_bytes().split(b"\n", 2)[2])
    except (OSError, ValueError, IndexError):
        return False
    base = str(output)
    return all(_time(f"{base}/{folder}") == seen for folder, seen in folders.items()) and all(
        _size_and_time(f"{base}/{path}") == (entry[2], entry[3]) for path, entry in files.items()
    )


def amended(state: State, changed: Mapping[str, Sequence[Stamp]], cache: Path) -> State:
    """The state after a build that took in these files as they stood before it."""
    files = {**state.glance.files, **{name: now for name, (_, now) in changed.items()}}
    return state._replace(glance=state.glance._replace(files=files), ledger=ledger_stamp(cache))


def _walk(top: str) -> Iterator[tuple[str, list[str]]]:
    folders = [top] if os.path.isdir(top) else []
    while folders:
        folder = folders.pop()
        names: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.path)
        yield folder, names


def _files(path: str) -> list[str]:
    """A file itself, or every file of a folder but what Python compiled."""
    if not os.path.isdir(path):
        return [path] if os.path.lexists(path) else []
    return sorted(name for folder, names in _walk(path) if not folder.endswith("__pycache__") for name in names)


def _stamp(at: os.stat_result) -> Stamp:
    return [at.st_size, at.st_mtime_ns, at.st_ctime_ns]


def _stamp_or_nothing(name: str) -> Stamp:
    try:
        return _stamp(os.lstat(name))
    except OSError:
        return []


def _time(folder: str) -> int:
    try:
        return os.lstat(folder).st_mtime_ns
    except OSError:
        return 0


def _size_and_time(path: str) -> tuple[int, int] | None:
    try:
        at = os.lstat(path)
    except OSError:
        return None
    return at.st_size, at.st_mtime_ns
