"""One build, from the plan to the published site."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bulletins.crew import cores
from bulletins.making import ledger as ledgers
from bulletins.making import lock
from bulletins.making.conflicts import PlanConflict, check
from bulletins.making.fingerprints import catalogue_fingerprint
from bulletins.making.glance import Stamp, ledger_stamp
from bulletins.making.ledger import LEDGER, Entry, Ledger
from bulletins.making.one import make_one
from bulletins.making.publish import (
    Found,
    Published,
    emptied,
    folder_times,
    parents,
    publish,
    same,
    speaking,
    survey,
)
from bulletins.making.told import Report, Stopwatch
from bulletins.making.workers import Bench, Done, make_all
from bulletins.plan import Catalogue, Check, Files, Line, Made, Output, Part

Progress = Callable[[str, int, int], None]
"""Told the stage (`make`), how many of its lines are done, of how many."""


def silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""


def make(
    lines: Iterable[Line],
    output: Path,
    cache: Path,
    workers: int = 0,
    progress: Progress = silent,
    executor: str = "",
) -> Report:
    """Bring `output` up to date with the plan; the report says what that took.

    `cache` is a folder for this output alone: it holds the ledger, the lock and, during a build, finished files, and
    had best be on the file system of `output`. `workers` is the number of worker processes, 0 for one per core.
    `executor` names a cluster to make the files on (`dask://host:port`) instead of this machine.
    Everything is made, and seen by the plan's checks, before the first file of `output` is touched; where nothing
    changed, nothing is written.
    Raises `PlanConflict`, `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    plan = list(lines)
    outputs = [line for line in plan if isinstance(line, Output | Part)]
    catalogues = [line for line in plan if isinstance(line, Catalogue)]
    checks = tuple(line for line in plan if isinstance(line, Check))
    check([*(line.paths for line in plan if isinstance(line, Output)), *((line.path,) for line in catalogues)])
    _keep_apart(output, cache)
    watch = Stopwatch()
    with speaking(cache), lock.held(cache / "lock"), emptied(cache / "staging") as staging:
        with watch("compare"):
            work = _Work.compare(output, staging, ledgers.load(cache / LEDGER))
        with watch("make"):
            told, processes = functools.partial(progress, "make"), workers or cores()
            made = make_all(Bench(outputs, staging, checks, work.has), processes, told, executor=executor)
            work.note(made, (line.path for line in catalogues))
            work.make_catalogues(catalogues, checks)
        with watch("publish"):
            published = publish(work.fresh, work.prints, output, staging, work.found)
            work.remember(published, cache / LEDGER)
        ledger = ledger_stamp(cache)
    return work.report(published, watch.seconds, ledger)


@dataclass(slots=True)
class _Work:
    """The state of one build: what stands published, what the plan wants, what has been made afresh."""

    output: Path
    staging: Path
    found: Found
    old: Ledger
    standing: Mapping[str, Entry]
    prints: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def compare(cls, output: Path, staging: Path, old: Ledger) -> _Work:
        found = survey(output, old)
        return cls(output, staging, found, old, _standing(old.files, found, output))

    def has(self, paths: Sequence[str], print_: str) -> bool:
        """Whether all files of a line stand published and were made from inputs with this fingerprint."""
        return all(path in self.standing and self.standing[path][0] == print_ for path in paths)

    def note(self, lines: Iterable[Done], others: Iterable[str] = ()) -> None:
        """Note what came of the lines; raises `PlanConflict` if their files, and `others`, cannot stand together."""
        named = list(others)
        for line in lines:
            named += line.paths
            self.prints.update(dict.fromkeys(line.paths, line.fingerprint))
            if line.made is not None:
                self.fresh.update(zip(line.paths, line.made, strict=True))
        check((path,) for path in sorted(named))

    def make_catalogues(self, catalogues: Sequence[Catalogue], checks: tuple[Check, ...]) -> None:
        """Make the catalogues that list something new, each seeing those before it."""
        files = self._finished(frozenset(line.path for line in catalogues)) if catalogues else {}
        for line in catalogues:
            listed: Files | tuple[str, ...] = files if line.sees == "files" else tuple(files)
            print_ = self.prints[line.path] = catalogue_fingerprint(line, _digest_of(listed))
            if not self.has((line.path,), print_):
                self.staging.mkdir(parents=True, exist_ok=True)
                output = Output((line.path,), functools.partial(_make_catalogue, line.make, listed), line.inputs)
                self.fresh |= make_one(output, self.staging, checks)
            files = dict(sorted({**files, line.path: self._made(line.path)}.items()))

    def _finished(self, without: frozenset[str]) -> Files:
        """Every file of the Outputs, sorted by path."""
        return {path: self._made(path) for path in sorted(self.prints.keys() - without)}

    def _made(self, path: str) -> Made:
        return self.fresh.get(path) or Made(*self.standing[path][1:3])

    def remember(self, published: Published, ledger: Path) -> None:
        """Save the ledger, last of all: what a killed build has published is then found out by its stats."""
        files = {path: self._entry(path, print_, published) for path, print_ in sorted(self.prints.items())}
        new = Ledger(files, self._folders(published))
        if new != self.old:
            ledgers.save(ledger, new)

    def _folders(self, published: Published) -> dict[str, int]:
        if self.found.times and not published.removed and published.written.keys() <= self.found.files.keys():
            touched = {path.rpartition("/")[0] for path in published.written}
            return {**self.found.times, **folder_times(self.output, touched)}
        return folder_times(self.output, {"", *parents(self.prints)})

    def _entry(self, path: str, print_: str, published: Published) -> Entry:
        made = self.fresh.get(path)
        if made is None:
            return self.standing[path]
        size, modified = published.written.get(path) or self.found.files[path]
        return print_, made.sha256, size, modified

    def report(self, published: Published, seconds: Mapping[str, float], ledger: Stamp) -> Report:
        planned, made = len(self.prints), len(self.fresh)
        written = sum(size for size, _ in published.written.values())
        counts = (planned, made, planned - made, len(published.written), len(published.removed))
        return Report(*counts, written, seconds, ledger)


def _standing(old: Mapping[str, Entry], found: Found, output: Path) -> dict[str, Entry]:
    """The entries whose files stand as they were published; one that was only touched keeps its new time."""
    standing: dict[str, Entry] = {}
    for path, entry in old.items():
        print_, sha256, size, modified = entry
        seen = found.files.get(path)
        if seen == (size, modified):
            standing[path] = entry
        elif seen is not None and same(output, path, Made(sha256, size), seen):
            standing[path] = (print_, sha256, *seen)
    return standing


def _digest_of(listed: Files | tuple[str, ...]) -> str:
    told = listed if isinstance(listed, tuple) else [(path, made.sha256, made.size) for path, made in listed.items()]
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _make_catalogue(make: Callable[..., bytes], files: Files | tuple[str, ...], *inputs: object) -> tuple[bytes]:
    return (make(files, *inputs),)


def _keep_apart(output: Path, cache: Path) -> None:
    """Whatever the plan does not name is removed from `output`, so nothing of worth may lie in it."""
    if cache.resolve().is_relative_to(output.resolve()):
        raise PlanConflict(f"The cache {str(cache)!r} lies inside the output folder {str(output)!r}.")
