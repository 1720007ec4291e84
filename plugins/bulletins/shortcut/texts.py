"""A few bulletins read anew, where nothing but their text changed since the site was last built."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bulletins.domain.library import Library
from bulletins.domain.life import state
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.pictures import PhotoSource
from bulletins.mistakes import Mistake, errors
from bulletins.reading.bulletin import Reading
from bulletins.reading.folders import INDEX, stamped
from bulletins.reading.reader import read_batch, waiting
from bulletins.reading.reading_cache import ReadingCache, reading_cache_of
from bulletins.reading.shown import is_shown, library_of
from bulletins.shortcut.kept import Kept
from bulletins.shortcut.site import Site


class Texts(NamedTuple):
    """What was read: the `edited` bulletins, a library of all bulletins of their ceremonies, and the photos of those.

    `bodies_before` are the texts as they were until now, by bulletin id. `mistakes` are those of the texts, `before`
    those that they had until now.
    """

    edited: tuple[Bulletin, ...]
    bodies_before: Mapping[str, Body]
    library: Library
    photos: tuple[PhotoSource, ...]
    mistakes: tuple[Mistake, ...]
    before: tuple[Mistake, ...]


def read_texts(kept: Kept, site: Site, now: datetime.datetime, changed: Mapping[str, Sequence[int]]) -> Texts | None:
    """The bulletins of a few files, if nothing but their text changed since the site was last built; or None.

    `changed` are the files by name, each with the size and times (ns) that it had then: a reading of any other state,
    as a check in between leaves it, says nothing of the site. `now` has a zone. Raises `Unusable`, and OSError for a
    file that vanishes just now.
    """
    if any(Path(name).name != INDEX for name in changed):
        return None
    file, names = reading_cache_of(site.cache, site.output), list(changed)
    cache = ReadingCache(file, kept.context, partial(kept.reader.read_again, site.root))
    known = dict(cache.readings(names))
    if any(name not in known or not stamped(known[name][0], seen) for name, seen in changed.items()):
        return None
    bulletins = [bulletin for name in names for bulletin in waiting(site.root, name)]
    if len(bulletins) < len(names):
        return None
    before, rows = [known[name][1] for name in names], read_batch(kept.reader, bulletins)
    after = list(map(cache.reading, rows))
    if not all(map(_differ_in_text_only, before, after)):
        return None
    bodies = {r.bulletin.id: Body(r.body.parts, r.body.digest) for r in before if r.bulletin and r.body}
    cache.put(rows)
    return _texts(kept, cache.of_ceremonies(after), now, before, after, bodies)


def _texts(
    kept: Kept,
    readings: Sequence[Reading],
    now: datetime.datetime,
    before: Sequence[Reading],
    after: Sequence[Reading],
    bodies_before: Mapping[str, Body],
) -> Texts | None:
    """The texts, if all of them are shown."""
    states = {r.name: state(r.bulletin, now) for r in readings if r.bulletin}
    if not all(is_shown(states[reading.name], kept.settings) for reading in after):
        return None
    return Texts(
        edited=tuple(reading.bulletin for reading in after if reading.bulletin),
        bodies_before=bodies_before,
        library=library_of(kept.register, readings, states, kept.settings),
        photos=tuple(photo for r in readings if is_shown(states[r.name], kept.settings) for photo in r.photos),
        mistakes=_mistakes(after),
        before=_mistakes(before),
    )


def _mistakes(readings: Sequence[Reading]) -> tuple[Mistake, ...]:
    return tuple(sorted({mistake for reading in readings for mistake in reading.mistakes}))


def _differ_in_text_only(before: Reading, after: Reading) -> bool:
    """Whether two readings of a file have the same facts, and no error."""
    if before.bulletin is None or after.bulletin is None or errors((*before.mistakes, *after.mistakes)):
        return False
    return (
        before.bulletin.digest == after.bulletin.digest
        and before.photos == after.photos
        and before.attachments == after.attachments
        and _leads(before) == _leads(after)
    )


def _leads(reading: Reading) -> tuple[set[str], set[str]]:
    """Where a text leads, and what others may lead to in it: whether such links are dead takes the whole content."""
    return {link.address for link in reading.links}, set(reading.anchors)
