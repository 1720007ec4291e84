"""The shortcut itself: where nothing changed but the text of a few bulletins, only what holds it is made anew.

It leads past Pelican, from what the last whole build kept for it, and through the same rooms: texts are read, their
pages and documents planned and made, and the site amended. Whoever calls knows from a snapshot that settings, theme,
program, register and every other file of the content are as that build left them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

from bulletins import listing
from bulletins.context import Counts
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.gallery.gate import Originals, look
from bulletins.indexes import texts as documents
from bulletins.indexes.shape import Terms
from bulletins.making.ledger import Stamp
from bulletins.making.line import MakingFailed
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.making.report import Stopwatch, failed, summary
from bulletins.mistakes import Mistake, errors
from bulletins.pages import plan as pages
from bulletins.plan import Check, Line, Listing, Output
from bulletins.reading.bulletin import Reading
from bulletins.reading.database import Unusable
from bulletins.reading.folders import stamped
from bulletins.search.edits import Edit, edited_shards
from bulletins.settings import Settings
from bulletins.shortcut.amend import LastBuild, amend
from bulletins.shortcut.edited import Edited, Was, read_edited
from bulletins.shortcut.kept import Kept
from bulletins.shortcut.site import Site
from bulletins.shortcut.snapshot import Changed
from bulletins.shortcut.state import note


class Planned(NamedTuple):
    """What is to be made, of which bulletins, and what is said of their photos."""

    lines: list[Output]
    edited: Edited
    complaints: tuple[Mistake, ...]


def build(kept: Kept, last: LastBuild, changed: Changed, out: TextIO, err: TextIO) -> int | None:
    """Bring the site up to date with the texts of these files, reported as a whole build reports itself.

    Gives the exit code, or None if a whole build has to run.
    """
    watch = Stopwatch()
    planned = _planned(kept, last.site, changed, watch)
    try:
        made = amend(planned.lines, checks(kept.settings), last) if planned else None
    except (Busy, MakingFailed, PublishFailed) as failure:
        print(failed(failure), file=err)
        return 1
    if planned is None or made is None:
        return None
    edited, state, language = planned.edited, last.state, kept.settings.messages
    levels = Counter(state.levels) + listing.levels(edited.mistakes) - listing.levels(edited.before)
    note(last.site.ledgers, changed, made.ledger, levels)
    listing.of_a_build((*edited.mistakes, *planned.complaints), language, err)
    print(listing.summary(Counts(*state.counts), levels, language), file=out)
    print(summary(made, watch.seconds), file=out, flush=True)
    return 0


def _planned(kept: Kept, site: Site, changed: Changed, watch: Stopwatch) -> Planned | None:
    """The lines in which the texts of these files stand; None if more than texts changed, or that cannot be told."""
    known = {Path(path).relative_to(site.root).as_posix(): was for path, (was, _) in changed.files.items()}
    try:
        edited = read_edited(kept, site, list(known), partial(_is_other_text, known))
    except (OSError, Unusable):
        return None  # a file that vanishes just now, or no file of readings: a whole build says what is to be said
    if edited is None or _has_other_sisters(edited, kept):
        return None
    watch.lap("read")
    pictures, complaints = pictures_of(edited.photos, kept, site)
    try:
        lines = [*_lines(edited, pictures, kept), *_shards(edited, kept, site)]
    except (OSError, ValueError):
        return None  # the index that is published is not the one that was kept: a whole build makes it anew
    watch.lap("plan")
    return Planned(lines, edited, complaints)


def _is_other_text(known: Mapping[str, Stamp], was: Was, after: Reading) -> bool:
    """Whether a file has the same facts as when the site was built, and no error.

    Its stamp then is among the `known`: a reading of any other state, as a check in between leaves it, says nothing of
    the site.
    """
    stamp, before = was or (None, None)
    if not (before and before.bulletin and after.bulletin and stamped(stamp, known[after.name])):
        return False
    return (
        not errors((*before.mistakes, *after.mistakes))
        and before.bulletin.digest == after.bulletin.digest
        and before.photos == after.photos
        and before.attachments == after.attachments
        and _leads(before) == _leads(after)
    )


def _has_other_sisters(edited: Edited, kept: Kept) -> bool:
    """Whether their ceremonies are not as the site has them: a check in between may have read what came and went."""
    now = edited.library.shared_ceremonies
    return any(now.get(b.ceremony_id) != kept.shared.get(b.ceremony_id) for b in edited.bulletins)


def _leads(reading: Reading) -> tuple[set[str], set[str]]:
    """Where a text leads, and what others may lead to in it: whether such links are dead takes the whole content."""
    return {link.address for link in reading.links}, set(reading.anchors)


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


def _lines(edited: Edited, pictures: Mapping[tuple[str, int], Picture], kept: Kept) -> list[Output]:
    """The pages and documents in which the texts stand."""
    library, bulletins, terms = edited.library, edited.bulletins, Terms.of(kept.settings)
    on_pages = pages.texts(library, bulletins, pictures, kept.site, kept.beside)
    return [*on_pages, *documents.texts(library, bulletins, pictures, terms, kept.version)]


def _shards(edited: Edited, kept: Kept, site: Site) -> list[Output]:
    """The shards of the search index that differ."""
    if kept.search is None:
        return []
    edits = (Edit(b, edited.bodies_before[b.id], edited.library.bodies[b.id]) for b in edited.bulletins)
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
