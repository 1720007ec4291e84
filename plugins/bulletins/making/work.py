"""The state of one job: how a site stands published, and what has been made afresh, and from what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from bulletins.making import lock
from bulletins.making.fingerprints import DATED
from bulletins.making.ledger import Entry, Metadata
from bulletins.making.line import Done, Standing, make_line
from bulletins.making.publish import Published, Survey, same, speaking
from bulletins.plan import Check, Files, Made, Output


@contextmanager
def staging_of(cache: Path) -> Iterator[Path]:
    """The staging folder of a site, for one job at a time; raises `Busy` while another process has it.

    It is made only when something is, free of what a killed build left, and gone afterwards. Each job has one of its
    own name: what a machine of a cluster still writes for a job that ended is in nobody's way.
    """
    with speaking(cache), lock.held(cache / "lock"):
        rmtree(cache / "staging", ignore_errors=True)
        try:
            yield cache / "staging" / token_hex(8)
        finally:
            rmtree(cache / "staging", ignore_errors=True)


@dataclass(slots=True)
class Work:
    """Lines are made into `staging`, and then published in `output`.

    `metadata` is that of files that have some; `fresh` is what was made, and `fingerprints` are those of all files that
    the site is to have, as far as this job looks at them.
    """

    output: Path
    staging: Path
    checks: tuple[Check, ...]
    survey: Survey
    standing: Standing = field(default_factory=dict)
    metadata: Metadata = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Made] = field(default_factory=dict)

    def note(self, done: Done) -> None:
        """Note what came of a line."""
        self.fingerprints.update(dict.fromkeys(done.paths, done.fingerprint))
        if done.made is not None:
            self.fresh.update(zip(done.paths, done.made, strict=True))

    def make(self, line: Output) -> None:
        """Make a line in this process, where its files do not stand; raises `MakingFailed`, `PublishFailed`."""
        self.note(make_line(line, self.staging, self.checks, self.standing))

    def made(self, path: str) -> Made:
        """The file as it will stand published."""
        if path in self.fresh:
            return self.fresh[path]
        fingerprint, sha256, size, _ = self.standing[path]
        # What a file had whose line said more of it once is still noted.
        return Made(sha256, size, self.metadata[path][1] if fingerprint.endswith(DATED) else "")

    def metadata_now(self) -> Metadata:
        """The metadata of those files of the site that have some."""
        files = ((path, self.made(path)) for path in sorted(self.fingerprints))
        return {path: (made.sha256, made.metadata) for path, made in files if made.metadata}

    def differing(self) -> Files:
        """Those of the fresh files that do not stand published with these bytes."""
        there = self.survey.files
        return {path: made for path, made in self.fresh.items() if not same(self.output, path, made, there.get(path))}

    def entry(self, path: str, published: Published) -> Entry:
        """What the ledger says of a file from now on."""
        if path not in self.fresh:
            return self.standing[path]
        size, modified = published.written.get(path) or self.survey.files[path]
        return self.fingerprints[path], self.fresh[path].sha256, size, modified
