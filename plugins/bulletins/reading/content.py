"""The whole content folder: the register, every bulletin and every static page, or all mistakes at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from bulletins.context import Content, Counts
from bulletins.crew import cores, spread
from bulletins.domain.library import Library
from bulletins.domain.life import due, state
from bulletins.domain.model import StaticPage
from bulletins.mistakes import Mistake, errors
from bulletins.reading import messages
from bulletins.reading.bulletin import Reading
from bulletins.reading.database import Unusable
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.folders import Folder, folders, hour, link
from bulletins.reading.inside_links import Addresses
from bulletins.reading.pages import read_pages
from bulletins.reading.reader import INDEX, Reader, context, read_batch
from bulletins.reading.reading_cache import ReadingCache
from bulletins.reading.register import read_register
from bulletins.reading.rules.across import contradictions
from bulletins.reading.shown import is_shown, library_of
from bulletins.reading.sources import SourceFile
from bulletins.settings import Settings

BATCH = 64
"""Bulletins that one worker reads at a time."""

_TEXTS = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def read_content(
    content: Path,
    root: Path,
    settings: Settings,
    now: datetime.datetime,
    cache: Path | None = None,
    workers: int = 1,
) -> Content:
    """Read everything below `content`. `root` is the folder that names in messages start from; `now` has a zone.

    `cache` is a file where readings are kept from build to build; `workers` is the number of processes, 0 one a core.
    """
    register, register_mistakes = read_register(content / "register", root)
    reader = Reader.of(context(register, settings.site, root), register, settings.site)
    reading_cache = ReadingCache(cache, reader.context, partial(reader.read_again, root))
    readings, folder_mistakes = _bulletins(content / "bulletins", root, reader, reading_cache, workers)
    pages, page_mistakes = read_pages(content / "pages", root, reader.renderer)
    same = (*_same_ids(readings), *_contradictions(readings))
    mistakes = (*register_mistakes, *folder_mistakes, *page_mistakes, *same, *(m for r in readings for m in r.mistakes))
    refused = {m.path for m in errors(mistakes)}
    good = [reading for reading in readings if reading.name not in refused]
    states = {reading.name: state(reading.bulletin, now) for reading in good if reading.bulletin}
    library = library_of(register, good, states, settings, partial(dossiers_on_file, reading_cache, workers or cores()))
    shown = [reading for reading in good if is_shown(states[reading.name], settings)]
    mistakes = (*mistakes, *_dead_links(shown, library, pages))
    return Content(
        library=library,
        pages=pages,
        photos=tuple(photo for r in good if is_shown(states[r.name], settings) for photo in r.photos),
        counts=Counts.of(states.values(), len(readings) - len(good)),
        mistakes=tuple(sorted(set(mistakes))),
        until=next((event.at.timestamp() for event in due((r.bulletin for r in good if r.bulletin), now)), None),
    )


def _dead_links(shown: Sequence[Reading], library: Library, pages: Iterable[StaticPage]) -> Iterator[Mistake]:
    """Links of texts to pages that the site will not have; those of a site with mistakes may lead to a refused one."""
    if not any(reading.links for reading in shown):
        return
    addresses = Addresses(library, pages, {r.bulletin.id: r.anchors for r in shown if r.bulletin})
    for reading in shown:
        yield from addresses.dead(reading.name, reading.links)


def _bulletins(
    top: Path, root: Path, reader: Reader, cache: ReadingCache, workers: int
) -> tuple[list[Reading], list[Mistake]]:
    """Every bulletin below `top`: those that changed since they were last read are read anew, the others fetched."""
    mistakes: list[Mistake] = []
    with_bulletin: dict[str, Folder] = {}
    for folder in folders(top, root):
        mistakes += map(link, folder.links)
        mistakes += _strays(folder.sources())
        if INDEX in folder.files:
            with_bulletin[f"{folder.name}/{INDEX}"] = folder
    # A file of readings that fails is followed by a new one, and that, if the disk refuses it, by one in memory.
    for _ in range(2):
        with suppress(Unusable):
            return _up_to_date(cache, with_bulletin, reader, workers), mistakes
    return _up_to_date(cache, with_bulletin, reader, workers), mistakes


def _up_to_date(
    cache: ReadingCache, with_bulletin: Mapping[str, Folder], reader: Reader, workers: int
) -> list[Reading]:
    now = hour()
    stamps = {name: folder.stamp(INDEX, now) for name, folder in with_bulletin.items()}
    cache.begin()
    kept = dict(cache.readings())
    readings = {name: reading for name, (stamp, reading) in kept.items() if stamps.get(name) == stamp}
    changed = [
        (stamps[name], folder.paths(), folder.source(INDEX))
        for name, folder in with_bulletin.items()
        if name not in readings
    ]
    cache.drop(kept.keys() - with_bulletin.keys())
    for rows in spread(read_batch, reader, changed, workers or cores(), BATCH):
        cache.put(rows)
        readings.update((row.name, cache.reading(row)) for row in rows)
    in_order = [readings[name] for name in with_bulletin]
    cache.keep_ceremonies(in_order)
    return in_order


def _strays(sources: list[SourceFile]) -> Iterator[Mistake]:
    """Texts that would be passed over in silence, and photos without a bulletin."""
    texts = [source for source in sources if source.path.suffix.lower() in _TEXTS and source.path.name != INDEX]
    has_index = any(source.path.name == INDEX for source in sources)
    for source in texts:
        is_copy = has_index and source.path.name.startswith("index") and source.path.suffix.lower() == ".md"
        yield (messages.COPY if is_copy else messages.STRAY).at(source.name, 1, 1, index=INDEX)
    if sources and not texts and not has_index:
        where = sources[0].name.rpartition("/")[0]
        yield messages.NO_BULLETIN.at(where, 1, 1, index=INDEX)


def _same_ids(readings: Iterable[Reading]) -> Iterator[Mistake]:
    """One id is one bulletin: of several files with it the one whose folder is named so keeps it, or else the first."""
    by_id: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.bulletin is not None:
            by_id.setdefault(reading.bulletin.id, []).append(reading)
    for bulletin_id, same in by_id.items():
        keeper = next((r for r in same if r.name.split("/")[-2] == bulletin_id), same[0])
        for reading in same:
            if reading is not keeper and reading.id_position:
                at = reading.id_position
                yield messages.SAME_ID.at(reading.name, at.line, at.column, id=bulletin_id, other=keeper.name)


def _contradictions(readings: Sequence[Reading]) -> Iterator[Mistake]:
    """What bulletins say against each other, unless one of them silences the rule."""
    silenced = {reading.name: dict(reading.silenced) for reading in readings if reading.silenced}
    for mistake in contradictions(claim for reading in readings for claim in reading.claims):
        reason = silenced.get(mistake.path, {}).get(mistake.code)
        yield mistake.silenced(reason) if reason else mistake
