"""The whole content folder: the register, every bulletin and every static page, or all mistakes at once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bulletins.context import Content, Counts
from bulletins.crew import cores, spread
from bulletins.domain.life import due, state
from bulletins.mistakes import Mistake, errors
from bulletins.reading import sayings
from bulletins.reading.bulletin import Reading
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.folders import Folder, folders, hour, link
from bulletins.reading.pages import read_pages
from bulletins.reading.reader import INDEX, Reader, context, read_batch
from bulletins.reading.register import read_register
from bulletins.reading.rules.across import contradictions
from bulletins.reading.shelf import Damaged, Shelf
from bulletins.reading.shown import is_shown, library_of
from bulletins.reading.sources import Source
from bulletins.settings import Settings

BATCH = 64
"""Bulletins that one worker reads at a time."""

_TEXTS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt", ".rst", ".html", ".htm", ".docx", ".doc"})


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
    reader = Reader.of(register, settings.site)
    shelf = Shelf(cache, context(register, settings.site, root))
    readings, folder_mistakes = _bulletins(content / "bulletins", root, reader, shelf, workers)
    pages, page_mistakes = read_pages(content / "pages", root, reader.renderer)
    same = (*_same_ids(readings), *_contradictions(readings))
    mistakes = (*register_mistakes, *folder_mistakes, *page_mistakes, *same, *(m for r in readings for m in r.mistakes))
    refused = {m.path for m in errors(mistakes)}
    good = [reading for reading in readings if reading.name not in refused]
    states = {reading.name: state(reading.bulletin, now) for reading in good if reading.bulletin}
    return Content(
        library=library_of(register, good, states, settings, partial(dossiers_on_file, shelf, workers or cores())),
        pages=pages,
        photos=tuple(photo for r in good if is_shown(states[r.name], settings) for photo in r.photos),
        counts=_counts(states.values(), len(readings) - len(good)),
        mistakes=tuple(sorted(set(mistakes))),
        until=next((one.at.timestamp() for one in due((r.bulletin for r in good if r.bulletin), now)), None),
    )


def _bulletins(
    top: Path, root: Path, reader: Reader, shelf: Shelf, workers: int
) -> tuple[list[Reading], list[Mistake]]:
    """Every bulletin below `top`: those that changed since they were last read are read anew, the others fetched."""
    mistakes: list[Mistake] = []
    found: dict[str, Folder] = {}
    for folder in folders(top, root):
        mistakes += map(link, folder.links)
        mistakes += _strays(folder.sources())
        if INDEX in folder.files:
            found[f"{folder.name}/{INDEX}"] = folder
    try:
        readings = _up_to_date(shelf, found, reader, workers)
    except Damaged:
        shelf.renew()
        readings = _up_to_date(shelf, found, reader, workers)
    return readings, mistakes


def _up_to_date(shelf: Shelf, found: Mapping[str, Folder], reader: Reader, workers: int) -> list[Reading]:
    _read_changed(shelf, found, reader, workers)
    return shelf.readings(list(found))


def _read_changed(shelf: Shelf, found: Mapping[str, Folder], reader: Reader, workers: int) -> None:
    now = hour()
    known = shelf.stamps()
    stamps = {name: folder.stamp(INDEX, now) for name, folder in found.items()}
    changed = [
        (stamps[name], folder.paths(), folder.source(INDEX))
        for name, folder in found.items()
        if known.get(name) != stamps[name]
    ]
    shelf.drop(known.keys() - found.keys())
    for rows in spread(read_batch, reader, changed, workers or cores(), BATCH):
        shelf.put(rows)


def _strays(sources: list[Source]) -> Iterator[Mistake]:
    """Texts that would be passed over in silence, and photos without a bulletin."""
    texts = [source for source in sources if source.path.suffix.lower() in _TEXTS and source.path.name != INDEX]
    for source in texts:
        yield sayings.STRAY.at(source.name, 1, 1, index=INDEX)
    if sources and not texts and all(source.path.name != INDEX for source in sources):
        where = sources[0].name.rpartition("/")[0]
        yield sayings.NO_BULLETIN.at(where, 1, 1, index=INDEX)


def _same_ids(readings: Iterable[Reading]) -> Iterator[Mistake]:
    """One id is one bulletin: of several files with it the one whose folder is named so keeps it, or else the first."""
    by_id: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.bulletin is not None:
            by_id.setdefault(reading.bulletin.id, []).append(reading)
    for bulletin_id, same in by_id.items():
        keeper = next((one for one in same if one.name.split("/")[-2] == bulletin_id), same[0])
        for reading in same:
            if reading is not keeper and reading.id_position:
                at = reading.id_position
                yield sayings.SAME_ID.at(reading.name, at.line, at.column, id=bulletin_id, other=keeper.name)


def _contradictions(readings: Sequence[Reading]) -> Iterator[Mistake]:
    """What bulletins say against each other, unless one of them silences the rule."""
    silenced = {reading.name: dict(reading.silenced) for reading in readings if reading.silenced}
    for mistake in contradictions(claim for reading in readings for claim in reading.claims):
        reason = silenced.get(mistake.path, {}).get(mistake.code)
        yield mistake.silenced(reason) if reason else mistake


def _counts(states: Iterable[str], refused: int) -> Counts:
    found = Counter(states)
    return Counts(found["published"], found["draft"], found["scheduled"], found["withdrawn"], refused)
