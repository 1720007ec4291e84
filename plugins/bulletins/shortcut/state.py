"""The state of a built site: the snapshot of what it was built from, and what else later builds must know of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bulletins.making import journal
from bulletins.making.ledger import LEDGER, Stamp, stamp
from bulletins.shortcut import snapshot
from bulletins.shortcut.snapshot import Changed, Snapshot

FORMAT = "bulletins-snapshot-2"
STATE = "snapshot.json"


class State(NamedTuple):
    """A snapshot as it was when a site was last built.

    `called` is the name of the settings the site was built with; `content` and `listed` are what the snapshot was taken
    of; it holds until an hour (seconds since 1970), or for good, and together with one ledger. `counts` are the sums of
    bulletins, and `levels` those of mistakes by level, that the build printed: for builds that read only a part. What
    it kept for the shortcut has the seal `kept`; empty if nothing. `published` is how many files the site has.
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
    journal.write(cache / STATE, state, FORMAT)


def note(cache: Path, changed: Changed, ledger: Stamp, levels: Mapping[str, int]) -> None:
    """Keep the state of an amended site: it is as it was saved before, but for what changed, its ledger and levels."""
    journal.add(cache / STATE, [*snapshot.taken_in(changed), ledger, levels], FORMAT)


def load(cache: Path) -> State | None:
    """The state of the last build, or None where there is none to rely on."""
    lines = journal.read(cache / STATE, FORMAT)
    if not lines:
        return None
    (called, content, listed, taken, *others), *later = lines
    state = State(called, content, listed, Snapshot(*taken), *others)
    for files, folders, ledger, levels in later:
        state.snapshot.files.update(files)
        state.snapshot.folders.update(folders)
        state = state._replace(ledger=ledger, levels=levels)
    return state if state.ledger == stamp(cache / LEDGER) else None
