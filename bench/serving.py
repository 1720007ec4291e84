"""What an edit costs while `serve` is running: from the save to the page that shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Literal

from bench import builders
from bench.corpus import Item
from bench.measure import CommandFailed, Cost, Sampler, can_sample
from bulletins.shortcut.site import Site
from bulletins.urls import bulletin, output_path
from tools.environment import ROOT
from tools.live import Outcome
from tools.preview import previewing
from tools.rebuilding import Builder
from tools.watching import Watched

SAVES = 5
"""Edits of one measure; the first waits until the builder that stays is there."""

BETWEEN = 1.0
"""Seconds between two saves: people do not type faster."""

FIRST_SAVE = {"page": 10, "site": 50}
"""So that no change is one that a command was given, or another measure."""

PATIENCE = 60.0
STEP = 0.001
"""Seconds between two looks at the page."""

Change = Callable[[builders.Builder, int], None]
Shown = Callable[[int], Item]
"""The bulletin on whose page a change is to be seen."""


Until = Literal["page", "site"]
"""What is waited for: the page that shows an edit, or the end of the build that brings the whole site up to date."""


def served(builder: builders.Builder, change: Change, page: Shown, k: int, sample: bool, until: Until) -> Cost:
    """The median seconds from a change to the page that shows it on the disk, or to the end of the build.

    Processor time is not told apart. Memory is that of all processes that the server started. Raises CommandFailed if
    neither comes.
    """
    settings, *folders = builder.command[-4:]
    site, stop, built = Site(settings, *map(Path, folders)), threading.Event(), threading.Event()
    watched = Watched([site.content], [Path(settings)])
    sampler = Sampler() if sample and can_sample() else None

    def told(outcome: Outcome) -> None:
        built.set()

    rebuild = Builder(ROOT, site, stop)
    with previewing((site.output, 0, ""), watched, rebuild, told, stop):
        built.wait(PATIENCE)
        seconds = []
        first = FIRST_SAVE[until] + k * SAVES
        for number in range(first, first + SAVES):
            time.sleep(BETWEEN)
            built.clear()
            start, shown = time.perf_counter(), _save(builder, change, page, number)
            if not built.wait(PATIENCE):
                raise CommandFailed(f"no end of a build within {PATIENCE:.0f} s")
            seconds.append(shown if until == "page" else time.perf_counter() - start)
    rebuild.close()
    return Cost(median(seconds), float("nan"), 0, sampler.stop() if sampler else None)


def _save(builder: builders.Builder, change: Change, page: Shown, k: int) -> float:
    """Seconds from one save to the page."""
    path = builder.output / output_path(bulletin(page(k).id))
    before = _bytes(path)
    start = time.perf_counter()
    change(builder, k)
    while _bytes(path) == before:
        if time.perf_counter() - start > PATIENCE:
            raise CommandFailed(f"no new {path} within {PATIENCE:.0f} s")
        time.sleep(STEP)
    return time.perf_counter() - start


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
