"""The state of a built site: the snapshot of what it was built from, and what else later builds must know of it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bulletins.making.ledger import LEDGER, Stamp, stamp
from bulletins.shortcut import snapshot
from bulletins.shortcut.snapshot import Changed, Snapshot

FORMAT = "bulletins-snapshot-1"
STATE = "snapshot.json"


class State(NamedTuple):
    """A snapshot as it was when a site was last built.

    `called` is the name of the settings the site was built with; `content` and `listed` are what the snapshot was taken
    of; it holds until an hour (seconds since 1970), or for good, and together with one ledger. `counts` are the sums of
    bulletins, and `levels` those of mistakes by level, that the build printed: for builds that read only a part. What
    it kept on file for them is told by `kept` from what others did; empty if nothing. `published` is how many files
    the site has.
    """

    called: str
    content: str
    listed: list[str]
    snapshot: Snapshot
    until: float | None
    ledger: Stamp
    counts: list[int]
    levels: dict[str, int]
    kept: str = ""
    published: int = 0

    @property
    def is_over(self) -> bool:
        """Whether a bulletin has come out, or expired, since."""
        return self.until is not None and time.time() >= self.until

    def changes(self) -> Changed | None:
        """What changed in the content; None if anything else did, or more than the shortcut can take."""
        return None if self.is_over else snapshot.changes(self.snapshot, self.listed)

    def changes_among(self, paths: Iterable[str]) -> Changed | None:
        """The same if nothing but these paths can have changed."""
        return None if self.is_over else snapshot.changes_among(self.snapshot, self.content, paths)


def save(cache: Path, state: State) -> None:
    """Keep the state for the next build; written at once or not at all."""
    cache.mkdir(parents=True, exist_ok=True)
    beside = cache / f"{STATE}.new"
    beside.write_bytes(_line([FORMAT, state]))
    beside.replace(cache / STATE)


def note(cache: Path, state: State, changed: Changed) -> None:
    """Keep the state of an amended site: it is as it was saved before, but for what changed."""
    files = {name: state.snapshot.files[name] for name in changed.files}
    folders = {name: state.snapshot.folders[name] for name in changed.folders}
    with (cache / STATE).open("ab") as file:
        file.write(_line([files, folders, state.ledger, state.levels]))


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def load(cache: Path) -> State | None:
    """The state of the last build, or None where there is none to rely on."""
    try:
        first, *later = (cache / STATE).read_bytes().splitlines()
        form, (called, content, listed, taken, *others) = json.loads(first)
        notes = [json.loads(line) for line in later]
    except (OSError, ValueError, TypeError):
        return None
    if form != FORMAT:
        return None
    state = State(called, content, listed, Snapshot(*taken), *others)
    for files, folders, ledger, levels in notes:
        state.snapshot.files.update(files)
        state.snapshot.folders.update(folders)
        state = state._replace(ledger=ledger, levels=levels)
    return state if state.ledger == stamp(cache / LEDGER) else None
