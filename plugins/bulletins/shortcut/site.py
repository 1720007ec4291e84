"""A site that may have been built before: what changed since, and whether less than a whole build brings it up to date.

Nothing but the standard library is loaded here: a build of an unchanged site ends before there is need of more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TextIO

from bulletins.making import ledger
from bulletins.making.ledger import Stamp
from bulletins.shortcut.state import State, load

UNCHANGED = "Không có gì thay đổi từ lần dựng trước: trang giữ nguyên / Nothing changed; the site stays as it is."


class Site(NamedTuple):
    """A site to build: settings file, content and output folders, and the folder of the settings' `CACHE_PATH`."""

    settings: str
    content: Path
    output: Path
    cache: Path

    @property
    def root(self) -> Path:
        """The folder that names in messages start from."""
        return self.content.parent

    @property
    def ledgers(self) -> Path:
        """The folder of the caches that are this output's alone."""
        return ledger.folder(self.cache, self.output)

    def state(self) -> State | None:
        """The state that the last build of this site left, or None where there is none to rely on."""
        state = load(self.ledgers)
        return state if state and (state.called, state.content) == (self.settings, str(self.content)) else None

    def standing(self) -> Stamp:
        """The stamp of the ledger that the last build left, if every published file stands as it says, or nothing."""
        seen = ledger.stamp(self.ledgers / ledger.LEDGER)
        return seen if ledger.stands(ledger.load(self.ledgers), self.output) else []


def build(site: Site, standing: Callable[[], Stamp], out: TextIO, err: TextIO) -> int | None:
    """Build the site without Pelican, where no more than a few texts changed; gives the exit code.

    None if it takes a whole build. `standing` is `Site.standing`, worked out aside.
    """
    try:
        state = site.state()
        changed = state.changes() if state else None
        if state is None or changed is None:
            return None
        if changed.files:
            from bulletins.shortcut import build as shortcut
            from bulletins.shortcut.amend import LastBuild
            from bulletins.shortcut.kept import kept_in

            kept = kept_in(site.ledgers, state)
            return shortcut.build(kept, LastBuild(site, state, standing), changed, out, err) if kept else None
        if not standing():
            return None
    finally:
        standing()  # no process outlives the one that began it
    print(UNCHANGED, file=out)
    return 0
