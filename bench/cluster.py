"""`python -m bench.cluster`: a site made on a cluster of this machine, one of whose workers is killed at work.

The scheduler and every worker are processes of their own, started as on machines of their own by `dask`. Once a third
of the files wait to be published, a worker is ended by SIGKILL; nobody takes its place. The site must then equal, byte
for byte, that of a build without a cluster. Seconds of processor are those of the build and of all workers.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench import builders, corpus
from bench.builders import Builder
from bench.machine import description
from bench.written import stamps
from tools.environment import ROOT

T = TypeVar("T")

PATIENCE = 3600.0
"""Seconds that a build has to make a third of its files."""


class Failed(Exception):
    """The cluster did not do what it should; the message says what."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process and all it waited for spent, in seconds, and its exit code."""

    wall: float
    cpu: float
    code: int


class Running:
    """A process that goes on beside this one."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._began = time.perf_counter()
        with log.open("wb") as out:
            environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
            self.process = subprocess.Popen(command, stdout=out, stderr=out, cwd=ROOT, env=environment)

    @property
    def is_over(self) -> bool:
        """Whether it ended of itself; `ended` still says what it spent."""
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def ended(self, how: signal.Signals | None = None) -> Spent:
        """Wait for its end, which a signal may bring about."""
        if how is not None:
            self.process.send_signal(how)
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return Spent(time.perf_counter() - self._began, usage.ru_utime + usage.ru_stime, self.process.returncode)


@contextmanager
def cluster(home: Path, workers: int) -> Iterator[tuple[str, list[Running]]]:
    """The address of a scheduler of this machine alone, and its workers; all that still run are ended afterwards."""
    where = home / "scheduler.json"
    where.unlink(missing_ok=True)
    dask = (sys.executable, "-m", "dask")
    options = ("--scheduler-file", str(where), "--no-dashboard")
    scheduler = Running((*dask, "scheduler", *options, "--host", "127.0.0.1", "--port", "0"), home / "scheduler.log")
    machines: list[Running] = []
    try:
        address = _once(lambda: json.loads(where.read_text())["address"] if where.exists() else "", "the scheduler")
        alone = ("--nthreads", "1", "--no-nanny", "--local-directory", str(home))
        machines += [Running((*dask, "worker", *options, *alone), home / f"worker-{n}.log") for n in range(workers)]
        yield address.replace("tcp://", "dask://"), machines
    finally:
        for running in (*machines, scheduler):
            if running.process.returncode is None:
                running.ended(signal.SIGKILL)


def main(arguments: Sequence[str]) -> int:
    """Build here and on the cluster, and print what that took; the exit code is 1 if the sites differ."""
    asked = _parser().parse_args(arguments)
    near, far = (_prepared(asked.n, name) for name in ("cluster-near", "cluster-far"))
    print(description(()), flush=True)
    here = Running(near.command, near.output.with_name("log.txt")).ended()
    _print("this machine alone", here)
    with cluster(far.output.parent, asked.workers) as (address, machines):
        settings = far.output.with_name("settings.py")
        corpus.write(settings, f"{settings.read_text(encoding='utf-8')}\nBULLETINS_EXECUTOR = {address!r}\n")
        building = Running(far.command, far.output.with_name("log.txt"))
        third = len(stamps(near.output)) // 3
        _once(lambda: building.is_over or _waiting(far) > third, "a third of the files")
        killed = machines.pop(0).ended(signal.SIGKILL)
        there = building.ended()
        spent = sum(machine.ended(signal.SIGTERM).cpu for machine in machines)
    _print(f"{asked.workers} workers, one killed after {killed.wall:.0f} s", there, spent + killed.cpu)
    differing = _differing(near.output, far.output)
    print(f"exit codes {here.code} and {there.code}; {len(stamps(near.output))} files, {len(differing)} differ")
    return int(bool(differing or here.code or there.code))


def _prepared(n: int, name: str) -> Builder:
    builder = builders.ours(n, name)
    for item in corpus.items(n):
        builder.put(item)
    return builder


def _print(name: str, spent: Spent, workers: float = 0.0) -> None:
    print(f"{name}: {spent.wall:.1f} s, processor {spent.cpu:.1f} s + workers {workers:.1f} s", flush=True)


def _waiting(builder: Builder) -> int:
    """How many finished files wait to be published."""
    return sum(1 for folder in builder.caches[0].glob("site-output/staging/*") for _ in os.scandir(folder))


def _once(ask: Callable[[], T], what: str) -> T:
    """What `ask` says as soon as it says anything."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answer := ask():
            return answer
        time.sleep(0.2)
    raise Failed(f"{what} did not come within {PATIENCE:.0f} s")


def _differing(near: Path, far: Path) -> set[str]:
    """The files that only one site has, or that have other bytes in the other."""
    here, there = _paths(near), _paths(far)
    return here ^ there | {path for path in here & there if (near / path).read_bytes() != (far / path).read_bytes()}


def _paths(folder: Path) -> set[str]:
    return {os.path.relpath(path, folder) for path in stamps(folder)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.cluster", description=__doc__)
    parser.add_argument("--n", type=int, default=1_000, help="bulletins of the corpus (1000)")
    parser.add_argument("--workers", type=int, default=3, help="workers, one of which is killed (3)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
