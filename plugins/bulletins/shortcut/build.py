"""The shortcut itself: where nothing changed but the text of a few bulletins, only what holds it is made anew.

It leads past Pelican, from what the last whole build kept for it, and through the same rooms: texts are read, their
pages and documents planned and made, and the site amended. Whoever calls knows from a snapshot that settings, theme,
program, register and every other file of the content are as that build left them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TextIO

from bulletins import listing
from bulletins.clock import now
from bulletins.context import Counts
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.gallery.gate import Originals, look
from bulletins.indexes import texts as documents
from bulletins.indexes.shape import Terms
from bulletins.making.ledger import LEDGER, Stamp, stamp
from bulletins.making.line import MakingFailed
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.making.report import Report, Stopwatch, failed, summary
from bulletins.mistakes import Mistake
from bulletins.pages import plan as pages
from bulletins.plan import Check, Line, Listing, Output
from bulletins.reading.database import Unusable
from bulletins.search.edits import Edit, edited_shards
from bulletins.settings import Settings
from bulletins.shortcut.amend import Amendment, amend
from bulletins.shortcut.kept import Kept
from bulletins.shortcut.site import Site
from bulletins.shortcut.snapshot import Changed, updated
from bulletins.shortcut.state import State, note
from bulletins.shortcut.texts import Texts, read_texts


class Amended(NamedTuple):
    """What the shortcut did, how long it took before that, what to say of the texts, and how the site stands."""

    report: Report
    seconds: Mapping[str, float]
    mistakes: tuple[Mistake, ...]
    state: State


class Standing(NamedTuple):
    """How a site stands: its last build's state.

    `stands` says whether it is published as that build left it, and is asked just before the site is touched.
    """

    site: Site
    state: State
    stands: Callable[[], bool]

    def still_stands(self) -> bool:
        """Whether the site stands, and no other build has published since that was seen: each leaves another ledger."""
        return stamp(self.site.ledgers / LEDGER) == self.state.ledger and self.stands()


def amended(kept: Kept, standing: Standing, changed: Changed) -> Amended | None:
    """Bring the site up to date with the texts of these files; None if that takes a whole build.

    Raises `Busy`, `MakingFailed`, `PublishFailed`.
    """
    watch, site = Stopwatch(), standing.site
    try:
        texts = read_texts(kept, site, now(), _by_name(changed.files, site.root))
    except (OSError, Unusable):
        return None  # a file that vanishes just now, or no file of readings: a whole build says what is to be said
    watch.lap("read")
    if texts is None:
        return None
    pictures, complaints = pictures_of(texts.photos, kept, site)
    try:
        lines = [*_lines(texts, pictures, kept), *_shards(texts, kept, site)]
    except (OSError, ValueError):
        return None  # the index that is published is not the one that was kept: a whole build makes it anew
    watch.lap("plan")
    job = Amendment(lines, documents.listings(), checks(kept.settings), site.output, site.ledgers)
    made = amend(job, standing.still_stands, standing.state.published)
    if made is None:
        return None
    sums = Counter(standing.state.levels) + listing.levels(texts.mistakes) - listing.levels(texts.before)
    after = updated(standing.state.snapshot, changed)
    state = standing.state._replace(snapshot=after, ledger=made.ledger, levels=dict(sums))
    note(site.ledgers, state, changed)
    return Amended(made, watch.seconds, (*texts.mistakes, *complaints), state)


def checks(settings: Settings) -> tuple[Check, ...]:
    """The checks of a plan, as far as they concern texts: no text is an original photo, whichever photos there are."""
    return (Check(look, (Originals({}), settings.keep_credit)),)


def is_open_for(plan: Iterable[Line], settings: Settings) -> bool:
    """Whether all that a plan has for every file, its checks and the listings of all files, is known here."""
    lines = list(plan)
    amends = [line.amend for line in lines if isinstance(line, Listing)]
    looks = [line.look for line in lines if isinstance(line, Check)]
    known = [line.amend for line in documents.listings()]
    return amends == known and looks == [check.look for check in checks(settings)]


def _by_name(changed: Mapping[str, tuple[Stamp, Stamp]], root: Path) -> dict[str, list[int]]:
    """The files by their names in messages, as they were when the site was built."""
    return {Path(path).relative_to(root).as_posix(): was for path, (was, _) in changed.items()}


def _lines(texts: Texts, pictures: Mapping[tuple[str, int], Picture], kept: Kept) -> list[Output]:
    """The lines in which the texts stand."""
    on_pages = pages.texts(texts.library, texts.edited, pictures, kept.site, kept.beside)
    return [*on_pages, *documents.texts(texts.library, texts.edited, pictures, Terms.of(kept.settings), kept.version)]


def _shards(texts: Texts, kept: Kept, site: Site) -> list[Output]:
    """The shards of the search index that differ."""
    if kept.search is None:
        return []
    edits = (Edit(b, texts.bodies_before[b.id], texts.library.bodies[b.id]) for b in texts.edited)
    return edited_shards(kept.search, edits, kept.register, kept.settings.publish_recipients, site.output)


def pictures_of(
    photos: tuple[PhotoSource, ...], kept: Kept, site: Site
) -> tuple[Mapping[tuple[str, int], Picture], tuple[Mistake, ...]]:
    """The pictures of these photos, and what is said of them; where there are none, no image library is loaded."""
    if not photos:
        return {}, ()
    from bulletins.gallery.measures import measures_of
    from bulletins.gallery.plan import measure_photos, pictures
    from bulletins.gallery.store import RenditionStore

    known = measures_of(site.cache, site.output)
    measured, mistakes = measure_photos(photos, kept.settings, known, partial=True)
    return pictures(measured, kept.settings, RenditionStore(site.cache.resolve() / "renditions")), mistakes


def build(kept: Kept, standing: Standing, changed: Changed, out: TextIO, err: TextIO) -> int | None:
    """`amended`, reported as a whole build reports itself; gives the exit code, or None if a whole build has to run."""
    try:
        done = amended(kept, standing, changed)
    except (Busy, MakingFailed, PublishFailed) as failure:
        print(failed(failure), file=err)
        return 1
    if done is None:
        return None
    language = kept.settings.messages
    listing.of_a_build(done.mistakes, language, err)
    print(listing.summary(Counts(*done.state.counts), done.state.levels, language), file=out)
    print(summary(done.report, done.seconds), file=out, flush=True)
    return 0
