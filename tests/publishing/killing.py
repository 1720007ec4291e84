"""Publications and builds killed at random moments, whatever kind of target they go to, and then begun again.

A folder, a machine behind ssh and a branch show the old release or the new one; in a store of objects every object is
whole, no page leads to a missing one, and the memory is the old one or the new. The next publication makes each target
equal what an office published that was never killed. `python3 tasks.py faults --publish` runs many; `test_killing.py`
runs a few.
"""

from __future__ import annotations

import argparse
import contextlib
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bulletins.making.plugin import ROOMS
from bulletins.publishing.sums import SUMS, read_sums
from tests.publishing.office import Office
from tests.publishing.places import WHOLE, Files, Place, files_of, missing, places, torn
from tests.site.conftest import ROOT
from tools import building, whole
from tools.door import Fault

PUBLISH = """
import sys
from pathlib import Path
from tests.publishing.office import Office
from tools import building
office = Office(Path(sys.argv[1]))
sys.exit(office.publish(sys.argv[2]) if sys.argv[2] else building.build(office.site))
"""

COMMIT = {"folder": "publishing/folder.py", "ssh": "publishing/ssh.py", "git": "publishing/git.py",
          "s3": "publishing/s3.py", "build": "making/publish.py"}  # fmt: skip
"""Where each kind exchanges what readers see."""

DYING = ROOT / "tests/publishing/dying/sitecustomize.py"

FIRST_MOMENT = 1_800_000_000


ENDED = "ended before"
"""What is said of a publication or a build that came to its end before it was killed."""


class Outcome(NamedTuple):
    """What was killed, what readers saw then (`old`, `new`, `between`, `broken`), and what was wrong, if anything."""

    kind: str
    seen: str
    wrong: str


class _Child:
    """A forked process, in a group of its own, as `subprocess.Popen` has them."""

    def __init__(self, act: Callable[[], int]) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            with contextlib.suppress(Exception):
                os.setsid()
                code = act()
            os._exit(code)

    def wait(self, timeout: float = math.inf) -> int:
        """Its exit code. Raises `TimeoutExpired` if it has not ended after so many seconds."""
        deadline = time.monotonic() + timeout
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("publish", timeout)
            time.sleep(0.005)


def _act(office: Office, address: str, die: str) -> int:
    """Publish, or build, in silence, and die at a step if one is named."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    if die:
        os.environ["BULLETINS_DIE"] = die
        exec(DYING.read_text(encoding="utf-8"), {})
    return office.publish(address) if address else building.build(office.site)


class Runner:
    """An office whose publications are killed, and one in another folder, with the same content, whose are not."""

    def __init__(self, top: Path, targets: list[Place], seed: int, kills_builds: bool) -> None:
        self.top, self.targets, self.chance = top, targets, random.Random(seed)
        self.office, self.reference = Office.new(top / "office"), Office.new(top / "reference")
        # What is not killed is built by children that inherit the program, as the resident builder's are: far sooner.
        whole.load([*sorted(ROOMS), "bulletins.shortcut.plugin"])
        self.steps = dict.fromkeys(COMMIT, 1500.0)
        self._at(0)
        assert self.reference.publish(first=True) == 0
        assert all(self.office.publish(place.address, first=True) == 0 for place in targets)
        assert not kills_builds or building.build(self.office.site) == 0
        killed = [*((place.kind, place.address) for place in targets), *([("build", "")] if kills_builds else [])]
        self.kinds = [kind for kind, _ in killed]
        self.longest = {kind: self._lasts(kind, address) for kind, address in killed}

    def _lasts(self, kind: str, address: str) -> float:
        """How long a publication, or a build, takes that nobody kills, in seconds."""
        begun = time.monotonic()
        assert self._start(kind, address).wait() == 0
        return time.monotonic() - begun

    def round(self, number: int, inside: bool, kinds: Collection[str]) -> Iterator[Outcome]:
        """One edit, published to every target by a process that is killed, and then by one that is not.

        To targets of other kinds than these it is published by the latter alone.
        """
        self._at(number)
        for office in (self.office, self.reference):
            office.change(number)
        assert self.reference.publish() == 0
        wanted = files_of(self.reference.public / "current")
        for place in self.targets:
            if place.kind in kinds:
                yield self._publication(place, wanted, inside)
            else:
                assert self._publish_again(place) == 0
        if "build" in kinds:
            yield self._build(inside)

    def _publication(self, place: Place, wanted: Files, inside: bool) -> Outcome:
        before, seq = place.files(), place.seq(self.office.site.cache)
        is_killed = self._is_killed(place.kind, place.address, inside)
        seen, seq_seen = place.files(), place.seq(self.top / f"another-machine-{place.kind}")
        code = self._publish_again(place)
        after, seq_after = place.files(), place.seq(self.office.site.cache)
        wrong = [
            *torn(seen, before, after),
            *(missing(seen) if place.kind == "s3" else ()),
            *([f"memory {seq_seen} is neither {seq} nor {seq_after}"] if seq_seen not in (seq, seq_after) else ()),
            *([f"the next publication ended with {code}"] if code else ()),
            *_otherwise(_site(after), _site(wanted)),
        ]
        what = _kind(seen, before, after, place.kind not in WHOLE) if is_killed else ENDED
        return Outcome(place.kind, what, "; ".join(wrong[:5]))

    def _build(self, inside: bool) -> Outcome:
        output = self.office.site.output
        before = files_of(output)
        is_killed = self._is_killed("build", "", inside)
        seen = files_of(output)
        code = building.build(self.office.site)
        after = files_of(output)
        clean = self.reference.site._replace(output=self.top / "clean", cache=self.top / "clean-cache")
        assert building.build(clean) == 0
        wrong = [
            *torn(seen, before, after),
            *([f"the next build ended with {code}"] if code else ()),
            *_otherwise(after, files_of(clean.output)),
        ]
        return Outcome("build", _kind(seen, before, after, True) if is_killed else ENDED, "; ".join(wrong[:5]))

    def _is_killed(self, kind: str, address: str, inside: bool) -> bool:
        """Publish, or build, in a process that is killed with all its children, at a moment or at a step.

        What it takes changes with what else the machine does, so the span of moments follows it. False if it came to
        its end before.
        """
        if inside:
            step = int(self.chance.uniform(0, self.steps[kind]))
            is_killed = self._start(kind, address, f"{COMMIT[kind]}:{step}").wait() == -signal.SIGKILL
            self.steps[kind] = self.steps[kind] if is_killed else max(step * 0.7, 20)
            return is_killed
        begun, moment = time.monotonic(), self.chance.uniform(0.02, self.longest[kind])
        child = self._start(kind, address)
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            self.longest[kind] *= 1.03
            return True
        self.longest[kind] = 0.5 * (self.longest[kind] + time.monotonic() - begun)
        return False

    def _start(self, kind: str, address: str, die: str = "") -> subprocess.Popen[bytes] | _Child:
        """A publication, or a build, in a group of its own. It is forked, so that no kill falls into loading programs.

        The client of a store of objects has threads of its own, which no fork takes along.
        """
        if kind != "s3":
            return _Child(partial(_act, self.office, address, die))
        paths = [str(ROOT), str(ROOT / "plugins"), *([str(DYING.parent)] if die else [])]
        more = {"PYTHONPATH": os.pathsep.join(paths), **({"BULLETINS_DIE": die} if die else {})}
        return subprocess.Popen(
            [sys.executable, "-c", PUBLISH, str(self.office.folder), address], cwd=ROOT, start_new_session=True,
            env=os.environ | more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _publish_again(self, place: Place) -> int:
        """The next publication; the far side may need a moment to notice that the killed one is gone."""
        for _ in range(50):
            try:
                return self.office.publish(place.address)
            except Fault as refused:
                if "Another publication" not in str(refused):
                    raise
                time.sleep(0.2)
        return 9

    def _at(self, number: int) -> None:
        """Every process of this round publishes at the same moment."""
        os.environ["SOURCE_DATE_EPOCH"] = str(FIRST_MOMENT + number)


def _kind(seen: Files, before: Files, after: Files, may_be_between: bool) -> str:
    if seen in (before, after):
        return "old" if seen == before else "new"
    return "between" if may_be_between and not torn(seen, before, after) else "broken"


def _otherwise(files: Files, wanted: Files) -> list[str]:
    """The files that are not as they would be had nobody been killed."""
    return [
        f"not as wanted: {path}" for path in sorted(files.keys() | wanted.keys()) if files.get(path) != wanted.get(path)
    ]


def _site(files: Files) -> Files:
    """The files that the sums list, and the sums."""
    return {path: files.get(path, b"") for path in (*read_sums(files[SUMS]), SUMS)}


def kills(kinds: list[str], ways: int, inside: int, seed: int) -> Iterator[Outcome]:
    """Kill each kind so many times at any moment, and as often as `inside` says at a step of what readers would see.

    Kinds are those of targets, and `build`. What came to its end before it was killed does not count.
    """
    targets_of = [kind for kind in kinds if kind != "build"]
    with tempfile.TemporaryDirectory() as folder, places(targets_of, Path(folder)) as targets:
        runner = Runner(Path(folder), targets, seed, "build" in kinds)
        killed, number = Counter[tuple[str, bool]](), 0
        for is_inside, wanted in ((False, ways), (True, inside)):
            while waiting := [kind for kind in runner.kinds if killed[kind, is_inside] < wanted]:
                number += 1
                for outcome in runner.round(number, is_inside, waiting):
                    killed[outcome.kind, is_inside] += outcome.seen != ENDED
                    yield outcome


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ways", type=int, default=100)
    parser.add_argument("--inside", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", default="folder,ssh,git,s3,build")
    asked = parser.parse_args()
    return report(kills(asked.target.split(","), asked.ways, asked.inside, asked.seed))


def report(outcomes: Iterator[Outcome]) -> int:
    """Print what came of them as it comes; the exit code is 1 if anything was wrong."""
    counts: dict[str, Counter[str]] = {}
    code = 0
    for outcome in outcomes:
        if outcome.kind == next(iter(counts), ""):
            print({kind: dict(seen) for kind, seen in counts.items()}, file=sys.stderr, flush=True)
        counts.setdefault(outcome.kind, Counter())[outcome.seen] += 1
        if outcome.wrong or outcome.seen == "broken":
            code = 1
            print(outcome, file=sys.stderr, flush=True)
    print({kind: dict(seen) for kind, seen in counts.items()}, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
