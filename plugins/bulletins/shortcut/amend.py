"""Amending a published site: a few files are made anew, and the catalogues that list all files are amended."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletins.making import ledger as ledgers
from bulletins.making.fingerprints import fingerprint_of
from bulletins.making.ledger import LEDGER, Ledger
from bulletins.making.publish import Published, folder_times, publish, survey_of
from bulletins.making.report import Report, Stopwatch
from bulletins.making.work import Work, staging_of
from bulletins.plan import Catalogue, Check, Files, Output

AMENDED = "amended"
"""Stands in the ledger for the fingerprint of an amended catalogue, so that the next whole build composes it anew."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Lines to be made anew, the catalogues that list all files, and the checks, for the site that was made so."""

    lines: Sequence[Output]
    catalogues: Sequence[Catalogue]
    checks: tuple[Check, ...]
    output: Path
    cache: Path


def amend(job: Amendment, stands: Callable[[], bool], files: int) -> Report | None:
    """Bring up to date the files of these lines alone, and the catalogues, after a `make` with the same `cache`.

    For a caller who knows that no other line has changed since. Once everything is made, `stands` is asked whether
    the published site is as that build left it: if not, nothing is published and the answer is None. `files` is how
    many the site has, for the report.
    Raises `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    watch = Stopwatch()
    paths = [*(path for line in job.lines for path in line.paths), *(line.path for line in job.catalogues)]
    with staging_of(job.cache) as staging:
        with watch("compare"):
            work = Work(job.output, staging, job.checks, survey_of(job.output, paths))
        if work.survey.files.keys() != set(paths):
            return None
        with watch("make"):
            for line in job.lines:
                work.make(line, fingerprint_of(line))
            differing = _amend_catalogues(work, job.catalogues)
        if not stands():
            return None
        with watch("publish"):
            published = publish(differing, paths, job.output, staging, work.survey)
            _remember(work, published, job.cache / LEDGER)
        return work.report(files, published, watch.seconds, job.cache)


def _amend_catalogues(work: Work, catalogues: Iterable[Catalogue]) -> Files:
    """Amend every catalogue that lists files' bytes: with those that differ, and with the catalogues before it.

    Gives all the files that differ.
    """
    differing = dict(work.differing())
    for line in catalogues:
        if line.amend and differing:
            published = (work.output / line.path).read_bytes()
            make = functools.partial(_amended, line.amend, published, dict(differing))
            work.make(Output((line.path,), make, ()), AMENDED)
            differing[line.path] = work.fresh[line.path]
    return differing


def _amended(amend: Callable[[bytes, Files], bytes], published: bytes, files: Files) -> tuple[bytes]:
    return (amend(published, files),)


def _remember(work: Work, published: Published, ledger: Path) -> None:
    """Note in the ledger what was made."""
    entries = {path: work.entry(path, published) for path in work.fresh}
    if entries:
        folders = {path.rpartition("/")[0] for path in published.written}
        ledgers.add(ledger, Ledger(entries, folder_times(work.output, folders)))
