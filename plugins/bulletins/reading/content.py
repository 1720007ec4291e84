"""The whole content folder: the register, every bulletin and every static page, or all mistakes at once."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bulletins.aside import aside
from bulletins.context import Content, Counts
from bulletins.crew import cores, spread
from bulletins.domain.library import Library
from bulletins.domain.life import due, state
from bulletins.domain.model import StaticPage
from bulletins.ignored import is_ignored, is_ignored_folder
from bulletins.mistakes import Mistake, errors
from bulletins.reading import messages
from bulletins.reading.bulletin import Reading
from bulletins.reading.database import Unusable
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.drafts import DRAFT, excused, says_draft
from bulletins.reading.extra import read_extra
from bulletins.reading.folders import INDEX, TEXTS, Folder, folders, holds_text, hour
from bulletins.reading.former_addresses import clashes
from bulletins.reading.inside_links import Addresses
from bulletins.reading.pages import read_pages
from bulletins.reading.reader import Reader, Waiting, context, read_alike, read_batch
from bulletins.reading.reading_cache import ReadingCache
from bulletins.reading.register import read_register
from bulletins.reading.rules.across import contradictions
from bulletins.reading.shown import is_shown, library_of
from bulletins.settings import Settings

BATCH = 64
"""Bulletins that one worker reads at a time."""

KNOWN = frozenset({"bulletins", "register", "pages", "extra"})
"""The folders of the content."""

_MARKDOWN = frozenset(TEXTS) - {".yaml", ".yml"}


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
    extra, extra_mistakes = read_extra(content / "extra", root, [page.slug for page in pages])
    finished = [reading for reading in readings if settings.drafts or not reading.is_draft]
    taken = clashes(finished, [page.slug for page in pages], [file.name for file in extra])
    of_bulletins = _of_bulletins(readings, [*folder_mistakes, *taken], settings.drafts)
    mistakes = (*_elsewhere(content, root), *register_mistakes, *of_bulletins, *page_mistakes, *extra_mistakes)
    refused = {m.path for m in errors(mistakes)}
    good = [reading for reading in readings if reading.name not in refused]
    states = {r.name: state(r.bulletin, now) if r.bulletin else DRAFT for r in good}
    library = library_of(register, good, states, settings, partial(dossiers_on_file, reading_cache, workers or cores()))
    shown = [reading for reading in good if is_shown(states[reading.name], settings)]
    return Content(
        library=library,
        pages=pages,
        extra=extra,
        photos=tuple(photo for reading in shown for photo in reading.photos),
        counts=Counts.of(states.values(), len(readings) - len(good)),
        mistakes=tuple(sorted({*mistakes, *_dead_links(shown, library, pages)})),
        undated=tuple((reading.name, reading.undated) for reading in readings if reading.undated),
        until=next((event.at.timestamp() for event in due((r.bulletin for r in good if r.bulletin), now)), None),
    )


def _of_bulletins(readings: Sequence[Reading], others: Iterable[Mistake], drafts: bool) -> list[Mistake]:
    """What is wrong with bulletins, each by itself and beside others; where no drafts are shown, theirs are excused."""
    mistakes = [*others, *_same_ids(readings), *_contradictions(readings), *(m for r in readings for m in r.mistakes)]
    return mistakes if drafts else excused(mistakes, {r.name.rpartition("/")[0]: r.is_draft for r in readings})


def _dead_links(shown: Sequence[Reading], library: Library, pages: Iterable[StaticPage]) -> Iterator[Mistake]:
    """Links of texts to pages that the site will not have; those of a site with mistakes may lead to a refused one."""
    if not any(reading.links for reading in shown):
        return
    addresses = Addresses(library, pages, {r.bulletin.id: r.anchors for r in shown if r.bulletin})
    for reading in shown:
        yield from addresses.dead(reading.name, reading.links)


def _bulletins(
    top: Path, root: Path, reader: Reader, cache: ReadingCache, workers: int
) -> tuple[list[Reading], Sequence[Mistake]]:
    """Every bulletin below `top`: those that changed since they were last read are read anew, the others fetched."""
    look = partial(_seen, top, root)
    seen = functools.cache(look) if (workers or cores()) == 1 else aside(look)
    # A file of readings that fails is followed by a new one, and that, if the disk refuses it, by one in memory.
    for _ in range(2):
        with suppress(Unusable):
            return _up_to_date(cache, seen, reader, workers), seen().mistakes
    return _up_to_date(cache, seen, reader, workers), seen().mistakes


class _Seen(NamedTuple):
    """What lies in the folders of bulletins: those to be read, by name, and what is wrong with other files."""

    with_bulletin: Mapping[str, Waiting]
    mistakes: Sequence[Mistake]


def _seen(top: Path, root: Path) -> _Seen:
    mistakes: list[Mistake] = []
    with_bulletin: dict[str, Waiting] = {}
    now = hour()
    for folder in folders(top, root):
        mistakes += folder.mistakes
        mistakes += _strays(folder)
        if INDEX in folder.files:
            with_bulletin[f"{folder.name}/{INDEX}"] = Waiting.of(folder, now)
    return _Seen(with_bulletin, mistakes)


def _up_to_date(cache: ReadingCache, seen: Callable[[], _Seen], reader: Reader, workers: int) -> list[Reading]:
    """The readings of all bulletins; what is kept of them is fetched while somebody looks through their folders."""
    is_of_another_register = cache.begin()
    kept, with_bulletin = dict(cache.readings()), seen().with_bulletin
    readings = {
        name: reading
        for name, (stamp, reading) in kept.items()
        if name in with_bulletin and with_bulletin[name].stamp == stamp
    }
    if is_of_another_register:
        readings = _of_this_register(readings, cache, with_bulletin, reader, workers)
    changed = [waiting for name, waiting in with_bulletin.items() if name not in readings]
    cache.drop(kept.keys() - with_bulletin.keys())
    for rows in spread(read_batch, reader, changed, workers or cores(), BATCH):
        cache.put(rows)
        readings.update((row.name, cache.reading(row)) for row in rows)
    in_order = [readings[name] for name in with_bulletin]
    cache.keep_ceremonies(in_order)
    return in_order


def _of_this_register(
    readings: Mapping[str, Reading],
    cache: ReadingCache,
    with_bulletin: Mapping[str, Waiting],
    reader: Reader,
    workers: int,
) -> dict[str, Reading]:
    """Those readings that the reader's register leaves as they are."""
    unsure = [with_bulletin[name] for name in readings]
    alike = [name for names in spread(read_alike, (reader, cache), unsure, workers or cores(), BATCH) for name in names]
    cache.follow({name: with_bulletin[name].stamp for name in alike})
    return {name: readings[name] for name in alike}


def _elsewhere(content: Path, root: Path) -> Iterator[Mistake]:
    """Bulletins and files of the register where nobody looks for them: `content/bulletin`, `content/units.yaml`."""
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        if path.name in KNOWN or path.name.casefold().startswith("readme"):
            continue
        is_folder = path.is_dir() and not path.is_symlink()
        is_ours = not is_ignored_folder(path.name) and holds_text(str(path)) if is_folder else _is_text(path)
        if is_ours:
            yield messages.OUTSIDE.at(path.relative_to(root).as_posix(), 1, 1)


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in TEXTS and not is_ignored(path.name)


def _strays(folder: Folder) -> Iterator[Mistake]:
    """Texts that would be passed over in silence, and photos without a bulletin."""
    texts = [folder.source(name) for name in folder.files if _is_stray(name)]
    has_index = INDEX in folder.files
    for source in texts:
        is_copy = has_index and "index" in source.path.name.casefold()
        mistake = (messages.COPY if is_copy else messages.STRAY).at(source.name, 1, 1, index=INDEX)
        yield mistake.of_a_draft() if says_draft(source.path) else mistake
    left = [name for name in (*folder.left, *folder.files) if _may_be_the_bulletin(name)] if not has_index else []
    for name in left if not texts else ():
        yield messages.LEFT_OVER.at(f"{folder.name}/{name}", 1, 1, index=INDEX)
    if folder.files and not (texts or has_index or left or _is_unread(folder)):
        yield messages.NO_BULLETIN.at(folder.name, 1, 1, index=INDEX)


def _is_stray(name: str) -> bool:
    return name != INDEX and Path(name.strip()).suffix.lower() in _MARKDOWN


def _may_be_the_bulletin(name: str) -> bool:
    """Whether a file seems to be `index.md` under another name: `index.txt`, `index.md.txt`, `index.md~`, `index`."""
    stem, _, ending = name.casefold().partition(".")
    return stem.strip(" _-0123456789()") == "index" and ending.partition(".")[0].strip(" ~") in ("", "md", "txt", "bak")


def _is_unread(folder: Folder) -> bool:
    """Whether what stands in the place of the bulletin, or hidden, is told already."""
    return any(mistake.path.startswith(f"{folder.name}/") for mistake in folder.mistakes)


def _same_ids(readings: Iterable[Reading]) -> Iterator[Mistake]:
    """One id is one bulletin: of several files with it the one whose folder is named so keeps it, or else the first.

    A draft keeps none from a bulletin that is out.
    """
    by_id: dict[str, list[Reading]] = {}
    for reading in readings:
        if reading.bulletin is not None:
            by_id.setdefault(reading.bulletin.id, []).append(reading)
    for bulletin_id, same in by_id.items():
        finished = [reading for reading in same if not reading.is_draft] or same
        keeper = next((r for r in finished if r.name.split("/")[-2] == bulletin_id), finished[0])
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
