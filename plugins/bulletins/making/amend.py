"""Amending a published site: a few files are made anew, and what lists all files is told of them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bulletins.making import ledger as ledgers
from bulletins.making import lock
from bulletins.making.fingerprints import fingerprint
from bulletins.making.glance import ledger_stamp
from bulletins.making.ledger import LEDGER, Ledger, Stat
from bulletins.making.one import make_one
from bulletins.making.publish import emptied, folder_times, replace, same, speaking, stat_of
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
    files: int,
) -> Report | None:
    """Bring up to date the files of these lines alone, and the catalogues, after a `make` with the same `cache`.

    For a caller who knows that no other line has changed since. Once everything is made, `stands` is asked whether
    the published site is as that build left it: if not, nothing is published and the answer is None. `files` is how
    many the site has, for the report.
    Raises `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    watch = Stopwatch()
    with speaking(cache), lock.held(cache / "lock"), emptied(cache / "staging") as staging:
        work = _Work(output, staging, checks)
        with watch("compare"):
            if not all(
                map(work.has, (*(path for line in lines for path in line.paths), *(c.path for c in catalogues)))
            ):
                return None
        with watch("make"):
            work.make(lines)
            work.tell(catalogues)
        if not stands():
            return None
        with watch("publish"):
            written = work.publish(cache / LEDGER)
        left = ledger_stamp(cache)
    made, size = len(work.fresh), sum(size for size, _ in written.values())
    return Report(files, made, files - made, len(written), 0, size, watch.seconds, left)


@dataclass(slots=True)
class _Work:
    """The state of one amendment: what has been made afresh, from what, and how that stood published."""

    output: Path
    staging: Path
    checks: tuple[Check, ...]
    fresh: dict[str, Made] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    before: dict[str, Stat] = field(default_factory=dict)
    differing: dict[str, Made] = field(default_factory=dict)
    """Of the fresh files those that are not as they stand published."""

    def has(self, *paths: str) -> bool:
        """Whether these are published files."""
        return all((self.output / path).is_file() for path in paths)

    def make(self, lines: Iterable[Output]) -> None:
        """Make the lines, and see which of their files differ."""
        for line in lines:
            made = self._made(line, fingerprint(line))
            self.differing |= {path: m for path, m in made.items() if not same(self.output, path, m, self.before[path])}

    def tell(self, catalogues: Iterable[Catalogue]) -> None:
        """Tell every catalogue that lists files' bytes of those that differ, and of the catalogues before it."""
        for line in catalogues:
            if line.amend and self.differing:
                published = (self.output / line.path).read_bytes()
                make = functools.partial(_amended, line.amend, published, dict(self.differing))
                self.differing |= self._made(Output((line.path,), make, ()), AMENDED)

    def _made(self, line: Output, print_: str) -> dict[str, Made]:
        self.staging.mkdir(parents=True, exist_ok=True)
        made = make_one(line, self.staging, self.checks)
        self.fresh |= made
        self.prints |= dict.fromkeys(made, print_)
        self.before |= {path: stat_of(self.output, path) for path in made}
        return made

    def publish(self, ledger: Path) -> Mapping[str, Stat]:
        """Put what differs in its place, and note it in the ledger; gives the new stats."""
        written = replace(self.differing, self.output, self.staging)
        standing = self.before | written
        entries = {path: (self.prints[path], made.sha256, *standing[path]) for path, made in self.fresh.items()}
        if entries:
            ledgers.add(ledger, Ledger(entries, folder_times(self.output, {_folder(path) for path in written})))
        return written


def _amended(amend: Callable[[bytes, Files], bytes], published: bytes, files: Files) -> tuple[bytes]:
    return (amend(published, files),)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
