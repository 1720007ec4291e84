"""A few bulletins read anew, and a library of them and of all others of their ceremonies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bulletins.clock import now
from bulletins.domain.library import Library
from bulletins.domain.life import state
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.pictures import PhotoSource
from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import Reading
from bulletins.reading.reader import read_batch, waiting
from bulletins.reading.reading_cache import ReadingCache, reading_cache_of
from bulletins.reading.shown import is_shown, library_of
from bulletins.shortcut.kept import Kept
from bulletins.shortcut.site import Site

Was = tuple[str, Reading] | None
"""The stamp and the reading of a file that were kept, if there are any."""

Suits = Callable[[Was, Reading], bool]
"""Whether a bulletin is as it has to be, by what was kept of it and as it is read now."""


class Edited(NamedTuple):
    """The `bulletins` of files that were edited, all of which are shown, and the photos of their ceremonies.

    `bodies_before` are the texts as they were until now, by bulletin id. `mistakes` are those of the files, `before`
    those that they had until now; one may be there twice.
    """

    bulletins: tuple[Bulletin, ...]
    bodies_before: Mapping[str, Body]
    library: Library
    photos: tuple[PhotoSource, ...]
    mistakes: tuple[Mistake, ...]
    before: tuple[Mistake, ...]


def read_edited(kept: Kept, site: Site, names: Sequence[str], suits: Suits) -> Edited | None:
    """The bulletins of these files; None if one does not suit, is not shown, or is none.

    What is read is kept, if all suit. Raises `Unusable`, and OSError for a file that vanishes just now.
    """
    file = reading_cache_of(site.cache, site.output)
    cache = ReadingCache(file, kept.context, partial(kept.reader.read_again, site.root))
    known = dict(cache.readings(names))
    rows = read_batch(kept.reader, [bulletin for name in names for bulletin in waiting(site.root, name)])
    after = list(map(cache.reading, rows))
    if [r.name for r in after] != names or not all(suits(known.get(r.name), r) for r in after):
        return None
    before = [reading for _, reading in known.values()]
    bodies = {r.bulletin.id: Body(r.body.parts, r.body.digest) for r in before if r.bulletin and r.body}
    cache.put(rows)
    # A new bulletin is not yet known to be of its ceremony.
    readings = {r.name: r for r in (*cache.of_ceremonies(after), *after)}
    states = {name: state(r.bulletin, now()) for name, r in readings.items() if r.bulletin}
    shown = {name for name, state_of in states.items() if is_shown(state_of, kept.settings)}
    if not shown.issuperset(names):
        return None
    return Edited(
        bulletins=tuple(r.bulletin for r in after if r.bulletin),
        bodies_before=bodies,
        library=library_of(kept.register, readings.values(), states, kept.settings),
        photos=tuple(photo for name, r in readings.items() if name in shown for photo in r.photos),
        mistakes=tuple(mistake for r in after for mistake in r.mistakes),
        before=tuple(mistake for r in before for mistake in r.mistakes),
    )
