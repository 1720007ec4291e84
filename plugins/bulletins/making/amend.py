"""Amending a published site: a few files are made anew, and what lists all files is told of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bulletins.making import ledger as ledgers
from bulletins.making import lock
from bulletins.making.fingerprints import fingerprint
from bulletins.making.glance import Stamp, ledger_stamp
from bulletins.making.ledger import LEDGER, Entry, Ledger, Stat
from bulletins.making.one import make_one
from bulletins.making.publish import emptied, folder_times, replace, speaking
from bulletins.making.told import Report, Stopwatch
from bulletins.plan import Catalogue, Check, Files, Made, Output

AMENDED = "amended"
"""Stands in the ledger for the fingerprint of an amended catalogue, so that the next whole build composes it anew."""


def amend(
    lines: Sequence[Output],
    catalogues: Sequence[Catalogue],
    checks: tuple[Check, ...],
    output: Path,
    cache: Path,
    stands: Callable[[], bool],
    ledger: Ledger | None = None,
) -> Report | None:
    """Bring up to date the files of these lines alone, and the catalogues, after a `make` with the same `cache`.

    For a caller who knows that no other line has changed since. Once everything is made, `stands` is asked whether
    the published site is as that build left it: if not, nothing is published and the answer is None. `ledger` is the
    one in `cache`, if the caller has it at hand.
    Raises `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    watch = Stopwatch()
    with speaking(cache), lock.held(cache / "lock"), emptied(cache / "staging") as staging:
        with watch("compare"):
            work = _Work(output, staging, ledger or ledgers.load(cache / LEDGER), checks)
            if not work.knows(lines, catalogues):
                return None
        with watch("make"):
            work.make(lines)
            work.tell(catalogues)
        if not stands():
            return None
        with watch("publish"):
            written = work.publish(cache / LEDGER)
        left = ledger_stamp(cache)
    return work.report(written, watch.seconds, left)


@dataclass(slots=True)
class _Work:
    """The state of one amendment: what stands published, and what has been made afresh from what."""

    output: Path
    staging: Path
    ledger: Ledger
    checks: tuple[Check, ...]
    fresh: dict[str, Made] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)

    def knows(self, lines: Iterable[Output], catalogues: Iterable[Catalogue]) -> bool:
        """Whether all files of the lines are published ones, and the catalogues are there to be amended."""
        published = all(path in self.ledger.files for line in lines for path in line.paths)
        return published and all((self.output / line.path).is_file() for line in catalogues)

    def make(self, lines: Iterable[Output]) -> None:
        """Make the lines that were made from something else."""
        for line in lines:
            print_ = fingerprint(line)
            if any(self.ledger.files[path][0] != print_ for path in line.paths):
                self._made(line, print_)

    def tell(self, catalogues: Iterable[Catalogue]) -> None:
        """Tell every catalogue that lists files' bytes of those that differ, and of the catalogues before it."""
        for line in catalogues:
            if line.amend and self.differing:
                published = (self.output / line.path).read_bytes()
                make = functools.partial(_amended, line.amend, published, self.differing)
                self._made(Output((line.path,), make, ()), AMENDED)

    def _made(self, line: Output, print_: str) -> None:
        self.staging.mkdir(parents=True, exist_ok=True)
        self.fresh |= make_one(line, self.staging, self.checks)
        self.prints |= dict.fromkeys(line.paths, print_)

    @property
    def differing(self) -> Files:
        """The files made afresh that are not as they stand published."""
        return {path: made for path, made in self.fresh.items() if made.sha256 != self.ledger.files[path][1]}

    def publish(self, ledger: Path) -> Mapping[str, Stat]:
        """Put what differs in its place, and note it in the ledger; gives the new stats."""
        written = replace(self.differing, self.output, self.staging)
        entries = {path: self._entry(path, made, written) for path, made in self.fresh.items()}
        if entries:
            ledgers.add(ledger, Ledger(entries, folder_times(self.output, {_folder(path) for path in written})))
        return written

    def _entry(self, path: str, made: Made, written: Mapping[str, Stat]) -> Entry:
        size, modified = written.get(path) or self.ledger.files[path][2:]
        return self.prints[path], made.sha256, size, modified

    def report(self, written: Mapping[str, Stat], seconds: Mapping[str, float], ledger: Stamp) -> Report:
        planned, made = len(self.ledger.files), len(self.fresh)
        size = sum(size for size, _ in written.values())
        return Report(planned, made, planned - made, len(written), 0, size, seconds, ledger)


def _amended(amend: Callable[[bytes, Files], bytes], published: bytes, files: Files) -> tuple[bytes]:
    return (amend(published, files),)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
