"""What a publication costs: `python3 tasks.py bench --publish --n 3000`.

A corpus is published for the first time to a folder, and over ssh to a folder of this machine. Then one sentence of one
bulletin is edited and published, and the release before is shown again, as often as asked. Each is a process of its
own that finds nothing loaded, as an office starts it.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import corpus
from bench.builders import Builder, prepare
from bench.machine import description
from bench.measure import CommandFailed
from bulletins.settings import Settings
from bulletins.shortcut.site import Site
from tests.publishing.servers import has_sshd, sshd
from tools import settings as settings_files
from tools.publishing import Wish, publish

HEAD = "| publication | seconds | processor | sent |\n| --- | --- | --- | --- |"
SENT = re.compile(r"(\d+) files, (\d+) bytes sent")
EDITED = 2
"""The number of the bulletin whose text is edited."""


class Cost(NamedTuple):
    """Seconds by the clock and of the processor (of ssh's far side only what this machine's commands waited for)."""

    wall: float
    cpu: float


class Step(NamedTuple):
    """What one kind of publication cost: its runs, and the files and bytes that went over, run by run."""

    what: str
    costs: Sequence[Cost]
    sent: Sequence[tuple[int, int]]

    def __str__(self) -> str:
        walls = sorted(cost.wall for cost in self.costs)
        sent = sorted(self.sent)
        over = "–".join(f"{files} files, {size:,} bytes" for files, size in dict.fromkeys([*sent[:1], *sent[-1:]]))
        cpu = median(cost.cpu for cost in self.costs)
        return f"| {self.what} | {median(walls):.1f} ({walls[0]:.1f}–{walls[-1]:.1f}) | {cpu:.1f} | {over} |"


class Office(NamedTuple):
    """A corpus that is published to a target."""

    builder: Builder
    target: str

    def publish(self, *words: str) -> tuple[Cost, tuple[int, int]]:
        """Publish in a new process; what it took, and what it says it sent: files and bytes, 0 for a way back."""
        folders = self.builder.command[-4:]
        command = [sys.executable, "-m", "bench.publishing", "--run", *folders, self.target, *words]
        cost, said = _timed(command)
        sent = SENT.search(said)
        return cost, (int(sent[1]), int(sent[2])) if sent else (0, 0)

    def edit(self, k: int) -> None:
        """Add a sentence to the text of one bulletin; another one for another `k`."""
        item = corpus.item(EDITED)
        self.builder.put(replace(item, body=f"{item.body}\n\nThêm câu thứ {k}.\n"))


def _timed(command: Sequence[str]) -> tuple[Cost, str]:
    """Run a command; what it took, and what it said. Raises CommandFailed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if done.returncode:
        raise CommandFailed(f"exit code {done.returncode}: {' '.join(command)}\n{done.stdout[:1500]}")
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout


def steps(office: Office, kind: str, times: int, first_edit: int) -> Iterator[Step]:
    """Publish for the first time, then so many edits and ways back."""
    cost, sent = office.publish("first")
    yield Step(f"{kind}: first publication", [cost], [sent])
    edits, ways_back = [], []
    for k in range(first_edit, first_edit + times):
        office.edit(k)
        edits.append(office.publish())
        ways_back.append(office.publish("rollback"))
    yield Step(f"{kind}: one edited sentence", [cost for cost, _ in edits], [sent for _, sent in edits])
    yield Step(f"{kind}: the release before again", [cost for cost, _ in ways_back], [])


@contextmanager
def targets(top: Path) -> Iterator[dict[str, str]]:
    """The addresses of targets by kind; ssh only where its server is installed."""
    with ExitStack() as stack:
        made = {"folder": f"{top}/folder"}
        if has_sshd():
            (top / "keys").mkdir()
            port, os.environ["BULLETINS_SSH"] = stack.enter_context(sshd(top / "keys"))
            made["ssh"] = f"ssh://127.0.0.1:{port}{top}/ssh"
        yield made


def main(arguments: Sequence[str]) -> int:
    """Measure, and print a table."""
    if arguments[:1] == ["--run"]:
        return _published(*arguments[1:])
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args(arguments)
    os.environ |= {"SITEURL": "https://bantin.thidua.vn", "BULLETINS_CONTACT": "vp@thidua.vn"}
    machine = description([])
    [builder] = prepare(["ours"], asked.n)
    print(f"{asked.n:,} bulletins. {machine}\n\n{HEAD}")
    with tempfile.TemporaryDirectory(dir=builder.content.parent) as folder, targets(Path(folder)) as addresses:
        for number, (kind, address) in enumerate(addresses.items()):
            office = Office(builder, address)
            for step in steps(office, kind, asked.times, number * asked.times):
                print(step, flush=True)
    return 0


def _published(settings: str, content: str, output: str, cache: str, target: str, *words: str) -> int:
    """Publish this site to its target; `words` are `first` or `rollback`."""
    own = Settings.from_pelican(settings_files.read(Path(settings)))
    site = Site(settings, Path(content), Path(output), Path(cache))
    return publish(site, own, Wish(target, first="first" in words, rollback="rollback" in words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
