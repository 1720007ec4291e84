"""The content folder as commands see it that look at all of it: drafts and scheduled bulletins with the rest."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bulletins.clock import ZONE
from bulletins.context import Content
from bulletins.crew import WorkerLost
from bulletins.reading.content import read_content
from bulletins.reading.database import Unusable
from bulletins.reading.reading_cache import reading_cache_of
from bulletins.settings import Settings


def read_all(root: Path, settings: Settings, moment: datetime | None = None) -> tuple[Content, datetime]:
    """The content below `root` at a moment (now, if none is given), and that moment as clocks in Việt Nam show it.

    What was read is kept where the next build finds it. Where that cannot be, the program ends and says why.
    """
    now = (moment or datetime.now(UTC)).astimezone(ZONE)
    cache = reading_cache_of(root / settings.cache, root / "output")
    try:
        return read_content(root / "content", root, replace(settings, drafts=True), now, cache, settings.workers), now
    except (Unusable, WorkerLost) as failure:
        sys.exit(f"Không đọc được nội dung: {failure}.")


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """A folder that is filled; where that fails, nothing of it stays, as half a folder would bar the next attempt."""
    folder.mkdir(parents=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
