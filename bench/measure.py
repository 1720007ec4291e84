"""What one command costs: its time and memory, with every process that it starts.

**Time.** `os.wait4` gives the processor time of the command and of all descendants it waited for. Descendants that
outlive it are adopted (Linux), waited for, and counted too; wall time ends when the command itself does.

**Memory.** Every 20 ms the `Pss` of `/proc/<pid>/smaps_rollup` of all descendants is summed: a page that k processes
share counts 1/k in each, so the sum is what the tree truly holds. The sum of `Rss`, in which a shared page counts k
times, is kept as the upper bound. A peak shorter than the interval can be missed; the kernel's own high-water mark of
the largest single process cannot, so it is given beside them (it is never below this process's own, which is small).
Reading `smaps_rollup` slows the process that is read: time a run *or* sample its memory, not both.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import struct_rusage

INTERVAL = 0.02
"""Seconds between two samples of memory."""

_PROC = Path("/proc")
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of `linux/prctl.h`."""


class CommandFailed(Exception):
    """A measured command did not succeed; the message holds the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak sums over the process tree, in KiB."""

    pss: int
    rss: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds, KiB."""

    wall: float
    cpu: float
    largest_process: int
    memory: Memory | None


def run(command: Sequence[str], log: Path, sample: bool = False) -> Cost:
    """Run a command to its end, its output going to `log`, and say what it cost.

    With `sample` the memory of the tree is followed, where the system can tell. Raises CommandFailed.
    """
    _adopt_orphans()
    sampler = Sampler() if sample and can_sample() else None
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu, largest = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
    for orphan in _orphans():
        cpu, largest = cpu + orphan.ru_utime + orphan.ru_stime, max(largest, orphan.ru_maxrss)
    memory = sampler.stop() if sampler else None
    if process.returncode:
        raise CommandFailed(f"exit code {process.returncode}: {' '.join(command)}\n{_tail(log)}")
    return Cost(wall, cpu, largest if sys.platform == "linux" else largest // 1024, memory)


def can_sample() -> bool:
    """Whether the system tells the memory of a process as `Sampler` needs it: Linux from 4.14."""
    return (_PROC / "self" / "smaps_rollup").exists()


class Sampler:
    """Follows the memory of all descendants of this process, in a thread, from its making until `stop`."""

    def __init__(self) -> None:
        self._peak = Memory(0, 0)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def stop(self) -> Memory:
        """Stop, and give the peaks."""
        self._stopped.set()
        self._thread.join()
        return self._peak

    def _follow(self) -> None:
        while not self._stopped.wait(INTERVAL):
            now = _held(descendants(os.getpid(), _parents()))
            self._peak = Memory(max(self._peak.pss, now.pss), max(self._peak.rss, now.rss))


def descendants(root: int, parents: Mapping[int, int]) -> Iterator[int]:
    """Every process below `root`, given the parent of each process."""
    children = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    waiting = [root]
    while waiting:
        below = children[waiting.pop()]
        waiting += below
        yield from below


def _parents() -> dict[int, int]:
    found = {}
    for entry in os.scandir(_PROC):
        if entry.name.isdecimal():
            try:
                stat = Path(entry.path, "stat").read_bytes()
            except OSError:  # it has ended since the folder was read
                continue
            # The name of a process stands in parentheses and may hold spaces; its parent is the second word after it.
            found[int(entry.name)] = int(stat.rpartition(b")")[2].split()[1])
    return found


def _held(pids: Iterator[int]) -> Memory:
    pss = rss = 0
    for pid in pids:
        try:
            lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it has ended since, or is a zombie
            continue
        sizes = {line.partition(":")[0]: int(line.split()[1]) for line in lines[1:]}
        pss, rss = pss + sizes["Pss"], rss + sizes["Rss"]
    return Memory(pss, rss)


def _adopt_orphans() -> None:
    """Ask the kernel to give us the descendants whose parent ends; elsewhere than on Linux they go uncounted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _orphans() -> Iterator[struct_rusage]:
    """What each adopted descendant used, waiting for its end."""
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return
        yield usage


def _tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
