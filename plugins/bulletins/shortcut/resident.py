"""A builder that stays loaded: it takes the shortcut for an edited text in a fraction of the time a command needs.

It is asked on standard input: a line of JSON with the paths that changed. It answers on standard output, a line of
JSON too: the exit code, or null where a whole build has to run, and what there is to say. Between two requests it looks
whether all else still stands as the last build left it; where that is not so, it leaves the next to a whole build.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bulletins.shortcut import build as shortcut
from bulletins.shortcut import site as sites
from bulletins.shortcut.build import Standing
from bulletins.shortcut.kept import Kept, kept_in
from bulletins.shortcut.site import UNCHANGED, Site


class Resident:
    """What is known of a site between two requests; nothing while that is not certain."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._kept: Kept | None = None
        self._kept_by = ""
        self._standing: Standing | None = None

    def look(self) -> None:
        """See how the site stands. What was kept for the shortcut is loaded once: nothing else is loaded again."""
        state = self._site.state()
        if state and self._kept is None:
            self._kept, self._kept_by = kept_in(self._site.ledgers, state), state.kept
        unchanged = state and state.changes() == ({}, {})
        sure = state and unchanged and state.kept == self._kept_by and self._site.stands()
        self._standing = Standing(self._site, state, lambda: True) if state and sure else None

    def build(self, paths: Sequence[str], out: io.StringIO, err: io.StringIO) -> int | None:
        """Bring the site up to date after nothing but these paths changed; None if that takes a whole build.

        Without paths, nobody knows what changed.
        """
        if not paths:
            return sites.build(self._site, out, err)
        if self._kept is None or self._standing is None:
            return None
        changed = self._standing.state.changes_among(paths)
        if changed is None:
            return None
        if not changed.files:
            print(UNCHANGED, file=out)
            return 0
        return shortcut.build(self._kept, self._standing, changed, out, err)


def main(arguments: Sequence[str]) -> None:
    """Answer until nobody asks any more."""
    settings, *folders = arguments
    resident = Resident(Site(settings, *map(Path, folders)))
    resident.look()
    gc.freeze()
    for line in sys.stdin:
        out, err = io.StringIO(), io.StringIO()
        code = resident.build(json.loads(line), out, err)
        print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
        resident.look()


if __name__ == "__main__":
    main(sys.argv[1:])
