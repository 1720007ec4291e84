"""Waiting for changes of content, theme, program and settings, however editors save them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch
from watchfiles.main import FileChange

from bulletins.ignored import is_ignored

STEP = 20
"""Milliseconds without a further change after which a save is over: editors write aside, rename, and set times."""

AT_MOST = 400
"""Milliseconds after which changes are passed on even while more of them come."""

PERIOD = 200
"""Milliseconds between looks at single files."""


POLL = 1000
"""Milliseconds between looks through all folders, where the system cannot tell of changes."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Folders, with all that is in them, and single files, which need not exist."""

    folders: Sequence[Path]
    files: Sequence[Path] = ()

    def wants(self, path: Path) -> bool:
        """Whether a change of this path matters; what editors and Python leave behind does not."""
        for folder in self.folders:
            if path.is_relative_to(folder):
                return not any(_left_behind(part) for part in path.relative_to(folder).parts)
        return False

    def times(self) -> dict[Path, int]:
        """When each single file last changed."""
        return {path: path.stat().st_mtime_ns for path in self.files if path.is_file()}


def changes(watched: Watched, stop: threading.Event, polling: bool = False) -> Iterator[frozenset[Path]]:
    """The paths that changed, each time some did, until `stop` is set; first of all an empty set: watching has begun.

    Changes made while the taker is busy are passed on together when it comes back. Where the system cannot tell of so
    many folders, or with `polling`, they are looked through again and again. Raises OSError if that fails too.
    """
    begun, times, polling = False, watched.times(), polling or _is_any_silent(watched.folders)
    for paths in _changes(watched, stop, polling):
        before, times = times, watched.times()
        changed = paths | {path for path, _ in before.items() ^ times.items()}
        if changed or not begun:
            begun = True
            yield changed


SILENT = ("nfs", "cifs", "smb", "9p", "fuse", "vboxsf", "vmhgfs", "prl_fs", "ceph", "afs", "drvfs")
"""How kinds of file systems begin on which the system does not tell what another machine changes."""


def is_silent(folder: Path, mounts: str) -> bool:
    """Whether a folder stands on such a file system, as `/proc/self/mountinfo` says."""
    kinds = {}
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4])  # blanks, most often
        kinds[point] = after.split()[0]
    above = [str(each) for each in (folder, *folder.parents) if str(each) in kinds]
    return bool(above) and kinds[above[0]].startswith(SILENT)


def _is_any_silent(folders: Sequence[Path]) -> bool:
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False  # another system, which tells
    return any(is_silent(folder.resolve(), mounts) for folder in folders)


def _changes(watched: Watched, stop: threading.Event, polling: bool) -> Iterator[frozenset[Path]]:
    """What changed in the folders, at least every `PERIOD`: usually nothing."""
    begun = False
    try:
        for paths in _watch(watched, stop, polling):
            begun = True
            yield frozenset(Path(path) for _, path in paths)
    except OSError:
        if begun or polling:
            raise
        yield from _changes(watched, stop, polling=True)


def _watch(watched: Watched, stop: threading.Event, polling: bool) -> Iterator[set[FileChange]]:
    return watch(
        *(folder for folder in watched.folders if folder.is_dir()),
        watch_filter=lambda change, path: watched.wants(Path(path)),
        debounce=AT_MOST,
        step=STEP,
        rust_timeout=PERIOD,
        stop_event=stop,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling or None,
        poll_delay_ms=POLL,
    )


def _left_behind(name: str) -> bool:
    """What is hidden is no change either. Vim tries whether it may write with a file called 4913."""
    return (
        name.startswith(".")
        or is_ignored(name)
        or name == "__pycache__"
        or name.endswith((".pyc", ".swp"))
        or name == "4913"
    )
