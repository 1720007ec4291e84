"""The workers: they lay out the parts of the plan, make on every core what does not stand yet, and stage it."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import SimpleQueue
from socket import gethostname
from tempfile import TemporaryDirectory

from bulletins.crew import at_rest, can_have, settle_in
from bulletins.making.cluster import NoCluster, cluster_at
from bulletins.making.fingerprints import dated, fingerprint_of
from bulletins.making.line import Done, MakingFailed, Standing, make_line, stands
from bulletins.plan import Check, Output, Part, laid_out
from bulletins.versions import source_digest

Progress = Callable[[int, int], None]
"""Told how many lines are done, of how many."""


def silent(done: int, total: int) -> None:
    """Progress for nobody."""


# Work that takes less than this, in seconds, is done before other processes could have begun.
PATIENCE = 0.05
# The more lines travel together, the less the travel costs; the fewer, the less one waits for another's slow ones.
LARGEST_BATCH = 16
BATCHES_PER_WORKER = 32
# Batches that a worker has waiting for it, while the process that hands them out makes one itself.
AHEAD = 3

CODE = ("bulletins",)
LIBRARIES = ("icalendar", "jinja2", "markdown", "markupsafe", "nh3", "pillow", "pydantic", "pydantic-core", "pyyaml")
"""What a machine of a cluster must have as this one has it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made, and where: all but the lines whose files are `standing`. `checks` see what is made."""

    lines: Sequence[Output | Part]
    staging: Path
    checks: tuple[Check, ...] = ()
    standing: Standing = field(default_factory=dict)

    def make(self, n: int, stopped: Callable[[], bool] = lambda: False) -> list[Done]:
        """Line `n`, or all lines of part `n`, as far as they come before the work is stopped."""
        done: list[Done] = []
        for output in laid_out([self.lines[n]]):
            if stopped():
                break
            done.append(make_line(output, self.staging, self.checks, self.standing, n))
        return done


# What a worker inherits through the fork: set only there, once, before its first batch.
_inherited: ContextVar[tuple[Job, Event]] = ContextVar("_inherited")


def make_all(
    job: Job, workers: int, progress: Progress, patience: float = PATIENCE, executor: str = ""
) -> Iterator[Done]:
    """Make every line that does not stand yet and stage its files; tells of every line, as it is finished.

    Works in this process, and after `patience` seconds, if more than one of the `workers` is allowed and the system
    can fork, in worker processes too; or all of it on the cluster that `executor` names. The result is the same.
    The first failure stops everything: raises `MakingFailed`, or `PublishFailed` if the staging folder cannot be
    written.
    """
    counted, until = _Counted(job.lines, progress), time.perf_counter() + patience
    if executor and not _stands(job):
        yield from _make_on_cluster(job, executor, counted)
        return
    for n in range(len(job.lines)):
        if time.perf_counter() >= until:
            if can_have(workers):
                yield from _make_by_workers(job, n, workers, counted)
                return
            until = float("inf")
        yield from job.make(n)
        counted.of([n])


class _Counted:
    """Progress, counted in lines."""

    def __init__(self, lines: Sequence[Output | Part], progress: Progress) -> None:
        self._sizes = [line.size if isinstance(line, Part) else 1 for line in lines]
        self._progress, self._done, self._all = progress, 0, sum(self._sizes)

    def of(self, finished: Iterable[int]) -> None:
        self._done += sum(self._sizes[n] for n in finished)
        self._progress(self._done, self._all)


def batches(lines: Sequence[Output | Part], first: int, workers: int) -> list[tuple[int, ...]]:
    """What workers take at a time of the lines from `first` on: a few lines, or parts that are near each other.

    A few lines are a comb through all of them, so that slow neighbours part. They come first, since photos are among
    them: nobody waits in the end for whoever began with the slowest.
    """
    near: dict[tuple[str, int], list[int]] = {}
    single: list[int] = []
    for n, line in enumerate(lines[first:], first):
        if isinstance(line, Part):
            near.setdefault((line.near, 0 if line.near else n), []).append(n)
        else:
            single.append(n)
    return [*_combs(single, workers), *map(tuple, near.values())]


def _combs(single: Sequence[int], workers: int) -> Iterator[tuple[int, ...]]:
    size = max(1, min(LARGEST_BATCH, len(single) // (workers * BATCHES_PER_WORKER)))
    number = -(-len(single) // size)
    return (tuple(single[first::number]) for first in range(number))


def _make_by_workers(job: Job, first: int, workers: int, counted: _Counted) -> Iterator[Done]:
    context = multiprocessing.get_context("fork")
    together = batches(job.lines, first, workers)
    inherited = (job, context.Event())
    # One fewer than the cores: this process is a worker too.
    others = max(1, min(workers, len(together)) - 1)
    with at_rest(), ProcessPoolExecutor(others, context, _settle_in, inherited) as pool:
        try:
            yield from _gather(pool, AHEAD * others, together, job, counted)
        except BaseException:
            inherited[1].set()
            pool.shutdown(cancel_futures=True)
            raise


def _gather(
    pool: Executor, most: int, together: Iterable[tuple[int, ...]], job: Job, counted: _Counted
) -> Iterator[Done]:
    """What comes of the batches, each as it is finished.

    Workers are handed the first that are left, so many at a time; this process makes the last, whenever there is
    nothing to gather: one more of them would have a copy of nearly all that this one holds.
    """
    left, begun = deque(together), dict[Future[list[Done]], tuple[int, ...]]()
    finished = SimpleQueue[Future[list[Done]]]()
    try:
        while left or begun:
            while left and len(begun) < most:
                batch = _next(left, len(left) // (2 * most) if job.standing else 1)
                begun[future := pool.submit(_make_batch, batch)] = batch
                future.add_done_callback(finished.put)
            if left and finished.empty():
                yield from _made(job, batch := left.pop())
            else:
                yield from (future := finished.get()).result()
                batch = begun.pop(future)
            counted.of(batch)
    except BrokenProcessPool as error:
        lost = laid_out(job.lines[n] for n in sorted(n for batch in begun.values() for n in batch))
        path = next((output.paths[0] for output in lost), "phần còn lại")
        reason = "khi làm tệp này hoặc một tệp sau nó, một tiến trình con bị dừng đột ngột (có thể do hết bộ nhớ)"
        raise MakingFailed(path, reason) from error


def _next(left: deque[tuple[int, ...]], most: int) -> tuple[int, ...]:
    """The next batch, and up to so many more as long as all are none too large: where a site stands, most parts do."""
    batch = left.popleft()
    while most > 1 and len(batch) + len(left[0]) <= LARGEST_BATCH:
        batch, most = batch + left.popleft(), most - 1
    return batch


def _settle_in(job: Job, stopped: Event) -> None:
    settle_in()
    _inherited.set((job, stopped))


def _make_batch(batch: tuple[int, ...]) -> list[Done]:
    job, stopped = _inherited.get()
    return _made(job, batch, stopped.is_set)


def _made(job: Job, batch: Iterable[int], stopped: Callable[[], bool] = lambda: False) -> list[Done]:
    return [done for n in batch for done in job.make(n, stopped)]


def _make_on_cluster(job: Job, executor: str, counted: _Counted) -> Iterator[Done]:
    """A machine of the cluster is sent the whole job once, and then numbers of lines and parts, which it lays out."""
    with cluster_at(executor) as cluster:
        job.staging.mkdir(parents=True, exist_ok=True)
        value = job, source_digest(*CODE, distributions=LIBRARIES)
        for batch, done in cluster.results(make_batch, batches(job.lines, 0, cluster.workers), value):
            yield from done
            counted.of(batch)


def _stands(job: Job) -> bool:
    """Whether all that there is are lines that stand: then no cluster is called."""
    return all(
        isinstance(line, Output) and stands(line, dated(fingerprint_of(line), line), job.standing) for line in job.lines
    )


def make_batch(batch: tuple[int, ...], shared: tuple[Job, str]) -> tuple[tuple[int, ...], list[Done]]:
    """What a machine of a cluster does: lines and parts by their numbers; gives what came of them.

    Files are handed in whole: a machine that is thought dead may still be writing what another has made instead of it.
    Raises `NoCluster` on a machine with another program.
    """
    job, version = shared
    if version != source_digest(*CODE, distributions=LIBRARIES):
        raise NoCluster(f"Máy {gethostname()} của cụm có chương trình hoặc thư viện khác; hãy cài như máy này.")
    with TemporaryDirectory(dir=job.staging) as own:
        here = replace(job, staging=Path(own))
        done = _made(here, batch)
        for name in os.listdir(own):
            os.replace(os.path.join(own, name), job.staging / name)
    return batch, done
