"""Readers during publications, and two publishers at once: `python3 tasks.py faults --race`.

Two readers read files through `current` as fast as they can while an office publishes: none may be missing, and each
must be a file of some release. Then two machines with the same content publish at the same moment, again and again: the
target stays whole, and its log tells every edit once.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, NamedTuple

from bulletins.publishing.addresses import target_of
from bulletins.publishing.sums import SUMS, read_sums
from tests.publishing.killing import FIRST_MOMENT, PUBLISH
from tests.publishing.office import Office
from tests.publishing.places import Place, places
from tests.site.conftest import ROOT
from tools.brought import memory_of


class Reads(NamedTuple):
    """What readers met: reads, files that were missing, and the contents (path, SHA-256) that they had."""

    count: int
    missing: int
    contents: frozenset[tuple[str, str]]


def _read(current: Path, paths: list[str], seed: int, stop: Event, answer: Any) -> None:
    chance, count, gone, contents = random.Random(seed), 0, 0, set()
    while not stop.is_set():
        path = chance.choice(paths)
        try:
            data = (current / path).read_bytes()
        except OSError:
            gone += 1
            continue
        count += 1
        contents.add((path, hashlib.sha256(data).hexdigest()))
    answer.send(Reads(count, gone, frozenset(contents)))


def reading(publications: int, least: int) -> tuple[int, int, int, int]:
    """Reads, missing files, torn files and publications, with at least so many of the first and of the last."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office.new(Path(folder) / "office")
        assert office.publish(first=True) == 0
        released = set(read_sums(office.read(SUMS)).items())
        paths = sorted(path for path, _ in released)
        stop, (ours, theirs) = multiprocessing.Event(), multiprocessing.Pipe()
        readers = [
            multiprocessing.Process(target=_read, args=(office.public / "current", paths, n, stop, theirs))
            for n in range(2)
        ]
        for reader in readers:
            reader.start()
        for number in range(publications):
            office.add_sentence(number)
            assert office.publish() == 0
            released |= set(read_sums(office.read(SUMS)).items())
        stop.set()
        reads: list[Reads] = [ours.recv() for _ in readers]
        assert sum(read.count for read in reads) >= least
        torn = sum(len(read.contents - released) for read in reads)
        return sum(read.count for read in reads), sum(read.missing for read in reads), torn, publications


def both(place: Place, top: Path, times: int) -> list[str]:
    """Two machines publish the same edits at once, so many times; what was wrong."""
    machines = [Office.new(top / f"{place.kind}-{name}") for name in ("first", "second")]
    assert machines[0].publish(place.address, first=True) == 0
    wrong, told = [], Counter[int]()
    for number in range(times):
        os.environ["SOURCE_DATE_EPOCH"] = str(FIRST_MOMENT + number)
        for machine in machines:
            machine.add_sentence(number)
        children = [_publisher(machine, place) for machine in machines]
        codes = [child.wait() for child in children]
        told.update(codes)
        if 0 not in codes:
            wrong.append(f"{place.kind}, round {number}: nobody published: {codes}")
        for machine in machines:
            assert machine.publish(place.address) == 0
        files = place.files()
        sums = read_sums(files[SUMS])
        if any(hashlib.sha256(files.get(path, b"")).hexdigest() != sha256 for path, sha256 in sums.items()):
            wrong.append(f"{place.kind}, round {number}: not whole")
        memory = memory_of(target_of(place.address, top, top / "looking"))
        if memory is None or memory.seq != number + 2:
            wrong.append(f"{place.kind}, round {number}: the log ends at {memory and memory.seq}")
    print(f"{place.kind}: {times} times, exit codes {dict(told)}", file=sys.stderr, flush=True)
    return wrong


def _publisher(machine: Office, place: Place) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(machine.folder), place.address], cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def main() -> int:
    """Run what the command line asks for, and print what came of it; the exit code is 1 if anything was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--publications", type=int, default=10)
    parser.add_argument("--reads", type=int, default=50_000)
    parser.add_argument("--both", type=int, default=10)
    parser.add_argument("--target", default="folder,ssh,git,s3")
    asked = parser.parse_args()
    reads, missing, torn, publications = reading(asked.publications, asked.reads)
    print(
        f"{reads} reads during {publications} publications: {missing} missing, {torn} torn", file=sys.stderr, flush=True
    )
    with tempfile.TemporaryDirectory() as folder, places(asked.target.split(","), Path(folder)) as targets:
        wrong = [line for place in targets for line in both(place, Path(folder), asked.both)]
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong or missing or torn else 0


if __name__ == "__main__":
    sys.exit(main())
