"""The progress bar of a build, for people at a terminal; anywhere else it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bulletins.making.workers import Progress, silent


@contextmanager
def bar(console: Console | None = None) -> Iterator[Progress]:
    """What `build.make` tells its progress to; it draws on standard error."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Drawn

    columns = (TextColumn("Làm tệp"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # No thread of its own: one must not be alive while workers are forked.
    with Drawn(*columns, console=console, transient=True, auto_refresh=False) as drawn:
        task = drawn.add_task("", total=None)
        yield lambda done, total: drawn.update(task, completed=done, total=total, refresh=True)
