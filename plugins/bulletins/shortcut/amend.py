"""Amending a published site: a few files are made anew, and the listings of all files are amended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bulletins.indexes.texts import listings
from bulletins.making import ledger as ledgers
from bulletins.making.ledger import LEDGER, Change, Stamp, stamp
from bulletins.making.publish import Published, folder_times, publish, survey_of
from bulletins.making.report import Report, Stopwatch
from bulletins.making.work import Work, staging_of
from bulletins.plan import Check, Files, Output
from bulletins.shortcut.site import Site
from bulletins.shortcut.state import State


class LastBuild(NamedTuple):
    """The last build of a site, with the state that it left.

    `standing` (`Site.standing`) is asked just before the site is touched.
    """

    site: Site
    state: State
    standing: Callable[[], Stamp]

    def still_stands(self) -> bool:
        """Whether the site stands, and no other build has published since that was seen: each leaves another ledger."""
        return stamp(self.site.ledgers / LEDGER) == self.state.ledger == self.standing()


def amend(lines: Sequence[Output], checks: tuple[Check, ...], last: LastBuild) -> Report | None:
    """Bring up to date the files of these lines alone, and the listings of all files.

    For a caller who knows that no other line has changed since the last build. Where, once everything is made, the site
    no longer stands as that build left it, nothing is published and the answer is None.
    Raises `Busy`, `MakingFailed`, `PublishFailed`, and TypeError for an input without a digest.
    """
    site, watch = last.site, Stopwatch()
    paths = {path for line in lines for path in line.paths}
    with staging_of(site.ledgers) as staging:
        work = Work(site.output, staging, checks, survey_of(site.output, paths))
        watch.lap("compare")
        if work.survey.files.keys() != paths:
            return None
        for line in lines:
            work.make(line)
        try:
            differing = _amend_listings(work)
        except (OSError, ValueError):
            return None  # what lists the files is not as it was published: a whole build composes it anew
        watch.lap("make")
        if not last.still_stands():
            return None
        published = publish(differing, work.fresh, site.output, staging, survey_of(site.output, work.fresh))
        _remember(work, published, site.ledgers)
        watch.lap("publish")
        ledger = stamp(site.ledgers / LEDGER)
        return Report(last.state.published, len(work.fresh), published, watch.seconds, ledger)


def _amend_listings(work: Work) -> Files:
    """Amend what lists the files that differ, and what lists that. Gives all the files that differ.

    An amended file is made from its bytes, so that the next whole build composes it anew.
    """
    differing = dict(work.differing())
    for listing in listings():
        if listing.amend and differing:
            amended = listing.amend(lambda path: (work.output / path).read_bytes(), differing)
            for path, data in amended.items():
                work.make(Output((path,), _as_it_is, (data,)))
                differing[path] = work.fresh[path]
    return differing


def _as_it_is(data: bytes) -> tuple[bytes]:
    return (data,)


def _remember(work: Work, published: Published, cache: Path) -> None:
    """Note in the ledger what was made."""
    entries = {path: work.entry(path, published) for path in work.fresh}
    folders = {path.rpartition("/")[0] for path in published.written}
    ledgers.add(cache, Change(entries, folder_times(work.output, folders)), work.metadata_now())
