"""A site that may have been built before: what changed since, and whether less than a whole build brings it up to date.

Nothing but the standard library is loaded here: a build of an unchanged site ends before there is need of more.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from bulletins.making import ledger
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

    def stands(self) -> bool:
        """Whether every published file stands as the last build left it."""
        return ledger.stands(ledger.load(self.ledgers / ledger.LEDGER), self.output)


def build(site: Site, out: TextIO, err: TextIO) -> int | None:
    """Build the site without Pelican, where no more than a few texts changed; gives the exit code.

    None if it takes a whole build.
    """
    with beside(site.stands) as stands:
        state = site.state()
        changed = state.changes() if state else None
        if state is None or changed is None:
            return None
        if changed.files:
            from bulletins.shortcut.build import Standing
            from bulletins.shortcut.build import build as amend
            from bulletins.shortcut.kept import kept_in

            kept = kept_in(site.ledgers, state)
            return amend(kept, Standing(site, state, stands), changed, out, err) if kept else None
        if not stands():
            return None
    print(UNCHANGED, file=out)
    return 0


@contextmanager
def beside(look: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Look in a process of its own while this one goes on; whoever wants the answer waits for it.

    Where the system cannot fork, the look is taken when it is asked for. A look that breaks off has seen nothing good.
    """
    if not hasattr(os, "fork"):
        yield look
        return
    try:
        child = os.fork()
    except OSError:  # the system lends no further process
        yield look
        return
    if child == 0:
        os._exit(_exit_code(look))
    answer = functools.lru_cache(lambda: os.waitpid(child, 0)[1] == 0)
    try:
        yield answer
    finally:
        answer()


def _exit_code(look: Callable[[], bool]) -> int:
    """The exit code of a process that looks."""
    try:
        return 0 if look() else 1
    except BaseException:  # noqa: BLE001 - the other process must hear of whatever it is, and this one must end
        return 1
