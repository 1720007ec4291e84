"""Worker processes: how many there may be, how one begins and ends, and work spread over them in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from multiprocessing.connection import wait
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Work = Callable[[Any, Sequence[T]], R]
"""Does a batch of items, with what all batches share."""


class WorkerLost(Exception):
    """A worker ended before its time, most often for want of memory."""

    def __init__(self) -> None:
        super().__init__("một tiến trình con bị dừng đột ngột (có thể do hết bộ nhớ); hãy chạy lại lệnh")


# Set only in a worker, once, before its first batch.
_shared: ContextVar[Any] = ContextVar("_shared")


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether workers can inherit what this process holds; without that, work is done here."""
    return "fork" in multiprocessing.get_all_start_methods()


def can_have(workers: int) -> bool:
    """Whether the system lends so many workers: shared memory, and room for their processes and threads.

    It is tried out before the first of them begins: one that is refused later leaves the others waiting for ever.
    Where the answer is no, one process does the work, and that is said once.
    """
    if workers < 2 or not can_fork():
        return False
    try:
        multiprocessing.get_context("fork").Lock()
        _be_many(THREADS_OF_A_WORKER * workers + THREADS_OF_A_POOL)
    except (OSError, ImportError, RuntimeError) as refused:
        _say_alone(str(refused))
        return False
    return True


THREADS_OF_A_WORKER, THREADS_OF_A_POOL = 2, 4
"""Threads that they have at most; to the system, which counts both alike, a process is one too."""


def _be_many(count: int) -> None:
    """Have so many threads at the same time, for a moment; raises RuntimeError if the system refuses one."""
    gate, threads = threading.Event(), []
    try:
        for _ in range(count):
            thread = threading.Thread(target=gate.wait, daemon=True)
            thread.start()
            threads.append(thread)
    finally:
        gate.set()
        for thread in threads:
            thread.join()


@lru_cache
def _say_alone(reason: str) -> None:
    print(
        f"Máy không cho thêm tiến trình, nên dựng bằng một tiến trình, chậm hơn / No further processes here: {reason}",
        file=sys.stderr,
    )


SELDOM = (20_000, 20, 100)
"""How many new objects the garbage collector waits for, and how often it then looks at all of them."""


def collect_seldom() -> None:
    """Let the garbage collector look seldom: records stay until the end, and hold no cycles it would find.

    At what is loaded by now it never looks again.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)


@contextmanager
def at_rest() -> Iterator[None]:
    """Freeze the garbage collector: touching reference counts breaks copy-on-write sharing with forked workers.

    Where something was frozen for good, all else is from now on: nobody can thaw the one without the other.
    """
    for_good = gc.get_freeze_count() > 0
    gc.freeze()
    try:
        yield
    finally:
        if not for_good:
            gc.unfreeze()


def settle_in() -> None:
    """Begin as a worker: the parent alone answers Ctrl-C, and a worker does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def spread(work: Work[T, R], shared: Any, items: Sequence[T], workers: int, batch: int) -> Iterator[R]:
    """The results of `work(shared, batch of items)`, in the order of the items, from `workers` processes.

    Where one process is enough (one worker, one batch, no fork) the work is done in this one.
    What the workers raise is raised here.
    """
    batches = [items[first : first + batch] for first in range(0, len(items), batch)]
    if len(batches) < 2 or not can_have(min(workers, len(batches))):
        yield from (work(shared, each) for each in batches)
        return
    context = multiprocessing.get_context("fork")
    with at_rest(), ProcessPoolExecutor(min(workers, len(batches)), context, _receive, (shared,)) as pool:
        try:
            yield from pool.map(_do, [work] * len(batches), batches)
        except BrokenProcessPool as error:
            raise WorkerLost from error


def _receive(shared: Any) -> None:
    settle_in()
    _shared.set(shared)


def _do(work: Work[T, R], items: Sequence[T]) -> R:
    return work(_shared.get(), items)
