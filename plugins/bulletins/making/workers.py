"""The workers: they make the files of the plan on every core and leave them in the staging folder."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from bulletins.crew import can_fork, settle_in
from bulletins.making.cluster import Cluster
from bulletins.making.one import MakingFailed, make_one
from bulletins.plan import Check, Made, Output

Progress = Callable[[int, int], None]
"""Told how many are done, of how many."""

# Work that takes less than this, in seconds, is done before other processes could have begun.
PATIENCE = 0.05
# The more lines travel together, the less the travel costs; the fewer, the less one waits for another's slow ones.
LARGEST_BATCH = 16
BATCHES_PER_WORKER = 32


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a worker inherits through the fork."""

    outputs: Sequence[Output]
    staging: Path
    checks: tuple[Check, ...]
    stopped: Event


# Set only in a worker, once, before its first batch.
_bench: ContextVar[_Bench] = ContextVar("_bench")


def make_all(
    outputs: Sequence[Output],
    staging: Path,
    workers: int,
    progress: Progress,
    patience: float = PATIENCE,
    checks: tuple[Check, ...] = (),
    cluster: Cluster | None = None,
) -> dict[str, Made]:
    """Make every Output and stage its files; gives each file's `Made`, in the order of the plan.

    Works in this process for `patience` seconds, and then, if more than one of the `workers` is allowed and the
    system can fork, in worker processes; or all of it on a `cluster`. The result is the same, and every file has been
    seen by all `checks`. The first failure stops everything: raises `MakingFailed`, or `PublishFailed` if the staging
    folder cannot be written.
    """
    forking = workers > 1 and can_fork()
    if outputs:
        staging.mkdir(parents=True, exist_ok=True)
    if cluster is not None:
        made = _make_on_cluster(outputs, staging, cluster, progress, checks)
        return {path: made[path] for output in outputs for path in output.paths}
    until = time.perf_counter() + patience if forking else float("inf")
    made = {}
    done = 0
    while done < len(outputs) and time.perf_counter() < until:
        made |= make_one(outputs[done], staging, checks)
        done += 1
        progress(done, len(outputs))
    if done < len(outputs):
        bench = _Bench(outputs[done:], staging, checks, multiprocessing.get_context("fork").Event())
        made |= _make_by_workers(bench, workers, lambda n, _: progress(done + n, len(outputs)))
    return {path: made[path] for output in outputs for path in output.paths}


def batches(count: int, workers: int) -> list[range]:
    """Cut `count` lines into batches, each a comb through the whole plan, so that slow neighbours part."""
    size = max(1, min(LARGEST_BATCH, count // (workers * BATCHES_PER_WORKER)))
    number = -(-count // size)
    return [range(first, count, number) for first in range(number)]


def _make_by_workers(bench: _Bench, workers: int, progress: Progress) -> dict[str, Made]:
    context = multiprocessing.get_context("fork")
    combs = batches(len(bench.outputs), workers)
    with ProcessPoolExecutor(min(workers, len(combs)), context, _settle_in, (bench,)) as pool:
        try:
            return _gather(pool, combs, bench.outputs, progress)
        except BaseException:
            bench.stopped.set()
            pool.shutdown(cancel_futures=True)
            raise


def _gather(pool: Executor, combs: list[range], outputs: Sequence[Output], progress: Progress) -> dict[str, Made]:
    made: dict[str, Made] = {}
    done = 0
    try:
        waiting = {pool.submit(_make_batch, comb): len(comb) for comb in combs}
        for future in as_completed(waiting):
            made |= future.result()
            done += waiting[future]
            progress(done, len(outputs))
    except BrokenProcessPool as error:
        path = next(path for output in outputs for path in output.paths if path not in made)
        reason = "khi làm tệp này hoặc một tệp sau nó, một tiến trình con bị dừng đột ngột (có thể do hết bộ nhớ)"
        raise MakingFailed(path, reason) from error
    return made


def _settle_in(bench: _Bench) -> None:
    settle_in()
    _bench.set(bench)


def _make_batch(comb: range) -> dict[str, Made]:
    bench = _bench.get()
    made: dict[str, Made] = {}
    for n in comb:
        if bench.stopped.is_set():
            break
        made |= make_one(bench.outputs[n], bench.staging, bench.checks)
    return made


def _make_on_cluster(
    outputs: Sequence[Output], staging: Path, cluster: Cluster, progress: Progress, checks: tuple[Check, ...]
) -> dict[str, Made]:
    """The same batches, sent whole: a cluster's workers inherit nothing. One that dies is replaced by another."""
    shared = cluster.share((staging, checks))
    combs = batches(len(outputs), cluster.workers)
    tasks = (tuple(outputs[n] for n in comb) for comb in combs)
    made: dict[str, Made] = {}
    done = 0
    for finished in cluster.results(make_batch, tasks, shared):
        count, files = finished
        made |= files
        done += count
        progress(done, len(outputs))
    return made


def make_batch(outputs: tuple[Output, ...], shared: tuple[Path, tuple[Check, ...]]) -> tuple[int, dict[str, Made]]:
    """What a cluster's worker does: make a batch; gives how many Outputs it held and the files' `Made`."""
    staging, checks = shared
    made: dict[str, Made] = {}
    for output in outputs:
        made |= make_one(output, staging, checks)
    return len(outputs), made
