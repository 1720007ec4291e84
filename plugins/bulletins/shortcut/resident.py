"""What stays of a site between two builds: an edited text takes the shortcut in a fraction of a command's time.

Between two requests it looks whether all else still stands as the last build left it; where that is not so, it leaves
the next to a whole build.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from bulletins.aside import aside
from bulletins.making.line import MakingFailed
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.reading.database import Unusable
from bulletins.shortcut import build as shortcut
from bulletins.shortcut import site as sites
from bulletins.shortcut.ahead import Before, lines_ahead, show
from bulletins.shortcut.amend import LastBuild
from bulletins.shortcut.kept import Kept, kept_in
from bulletins.shortcut.snapshot import others
from bulletins.shortcut.state import State


class Resident:
    """What is known of a site between two requests; nothing while that is not certain."""

    def __init__(self, site: sites.Site, begun: int = 0) -> None:
        """`begun` (ns) is when the first part of the program was loaded: of what changed since nobody knows how."""
        self._site = site
        self._begun = begun
        self._program = ""
        self._kept: Kept | None = None
        self._kept_by = ""
        self._last: LastBuild | None = None

    def look(self) -> None:
        """See how the site stands. What was kept for the shortcut is loaded anew where another build kept it since.

        What is known is forgotten before it is read anew: every build begins with a copy of what is in memory here.
        """
        self._last = None
        state = self._site.state()
        if state and state.kept != self._kept_by and self._is_current(state):
            self._kept = None
            self._kept, self._kept_by = kept_in(self._site.ledgers, state), state.kept
        unchanged = state and state.changes() == ({}, {})
        # Aside, since nothing of a ledger is to stay in this process.
        sure = state and unchanged and state.kept == self._kept_by and aside(self._site.standing)()
        self._last = LastBuild(self._site, state, lambda: sure) if state and sure else None

    def build(self, paths: Sequence[str], out: io.StringIO, err: io.StringIO) -> int | None:
        """Bring the site up to date after nothing but these paths changed; None if that takes a whole build.

        Without paths, nobody knows what changed.
        """
        if not paths:
            return sites.build(self._site, aside(self._site.standing), out, err)
        if self._kept is None or self._last is None:
            return None
        changed = self._last.state.changes_among(paths)
        if changed is None:
            return None
        if not changed.files:
            print(sites.UNCHANGED, file=out)
            return 0
        return shortcut.build(self._kept, self._last, changed, out, err)

    def show_ahead(self, paths: Sequence[str]) -> Before:
        """Show the pages of bulletins that were saved ahead of the whole build that follows; gives what stood there.

        Nothing where the site does not stand as it was left, or a page is not to be had so soon.
        """
        if self._kept is None or self._last is None:
            return {}
        try:
            lines = lines_ahead(self._kept, self._site, paths)
            return show(lines, self._kept, self._site) if lines else {}
        except (OSError, Busy, MakingFailed, PublishFailed, Unusable):
            return {}  # the whole build says what is to be said

    def is_current(self) -> bool:
        """Whether everything but the content is as it was when it was loaded: program, theme and settings."""
        state = self._last.state if self._last else self._site.state()
        return state is not None and self._is_current(state)

    def _is_current(self, state: State) -> bool:
        self._program = self._program or others(state.listed, self._begun)
        return bool(self._program) and others(state.listed) == self._program
