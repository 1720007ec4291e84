"""Amending a published site: a few files are made anew, and the listings of all files are amended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletins.making import ledger as ledgers
from bulletins.making.ledger import LEDGER, METADATA, Change
from bulletins.making.publish import Published, Survey, folder_times, publish, survey_of
from bulletins.making.report import Report, Stopwatch
from bulletins.making.work import Work, staging_of
from bulletins.plan import Check, Files, Listing, Output


@dataclass(frozen=True, slots=True)
class Amendment:
    """Lines to be made anew, the listings of all files, and the checks, for the site that was made so."""

    lines: Sequence[Output]
    listings: Sequence[Listing]
    checks: tuple[Check, ...]
    output: Path
    cache: Path


def amend(job: Amendment, stands: Callable[[], bool], files: int) -> Report | None:
    """Bring up to date the files of these lines alone, and the listings, after a `make` with the same `cache`.

    For a caller who knows that no other line has changed since. Once everything is made, `stands` is asked whether
    the published site is as that build left it: if not, nothing is published and the answer is None. `files` is how
    many the site has, for the report.
    Raises `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    watch = Stopwatch()
    paths = [path for line in job.lines for path in line.paths]
    with staging_of(job.cache) as staging:
        work = Work(job.output, staging, job.checks, survey_of(job.output, paths))
        watch.lap("compare")
        if work.survey.files.keys() != set(paths):
            return None
        for line in job.lines:
            work.make(line)
        differing = _amend_listings(work, job.listings)
        watch.lap("make")
        if not stands():
            return None
        published = publish(differing, work.survey.files, job.output, staging, work.survey)
        _remember(work, published, job.cache)
        watch.lap("publish")
        return work.report(files, published, watch.seconds, job.cache)


def _amend_listings(work: Work, listings: Iterable[Listing]) -> Files:
    """Amend what lists the files that differ, and what lists that. Gives all the files that differ.

    An amended file is made from its bytes, so that the next whole build composes it anew.
    """
    differing = dict(work.differing())
    for listing in listings:
        if listing.amend and differing:
            amended = listing.amend(lambda path: (work.output / path).read_bytes(), differing)
            work.survey = _with(work.survey, survey_of(work.output, amended))
            for path, data in amended.items():
                work.make(Output((path,), _as_it_is, (data,)))
                differing[path] = work.fresh[path]
    return differing


def _with(survey: Survey, more: Survey) -> Survey:
    return Survey({**survey.files, **more.files}, survey.folders | more.folders, {})


def _as_it_is(data: bytes) -> tuple[bytes]:
    return (data,)


def _remember(work: Work, published: Published, cache: Path) -> None:
    """Note in the ledger what was made."""
    entries = {path: work.entry(path, published) for path in work.fresh}
    metadata = {path: (made.sha256, made.metadata) for path, made in work.fresh.items() if made.metadata}
    if metadata:
        ledgers.add_metadata(cache / METADATA, metadata)
    if entries:
        folders = {path.rpartition("/")[0] for path in published.written}
        ledgers.add(cache / LEDGER, Change(entries, folder_times(work.output, folders)))
