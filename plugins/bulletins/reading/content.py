"""The whole content folder: the register, every bulletin and every static page, or all mistakes at once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bulletins.crew import cores, spread
from bulletins.domain.dossier import Join, dossiers
from bulletins.domain.library import Library
from bulletins.domain.life import as_withdrawn, due, state
from bulletins.domain.model import StaticPage
from bulletins.domain.pictures import PhotoSource
from bulletins.domain.record import Resolver
from bulletins.domain.register import Register
from bulletins.mistakes import Mistake, errors
from bulletins.reading import sayings
from bulletins.reading.bulletin import Reading, read
from bulletins.reading.dossiers import dossiers_on_file
from bulletins.reading.folders import Folder, folders, hour, link, stamped
from bulletins.reading.markdown import Renderer
from bulletins.reading.pages import read_pages
from bulletins.reading.register import read_register
from bulletins.reading.rules.across import contradictions
from bulletins.reading.rules.all import Rules
from bulletins.reading.shelf import Damaged, Row, Shelf, row
from bulletins.reading.sources import Source
from bulletins.settings import Settings
from bulletins.versions import source_digest

INDEX = "index.md"
CODE = ("bulletins.reading", "bulletins.domain", "bulletins.vietnamese", "bulletins.mistakes")
LIBRARIES = ("markdown", "nh3", "pydantic", "pyyaml")
BATCH = 64
"""Bulletins that one worker reads at a time."""

_TEXTS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt", ".rst", ".html", ".htm", ".docx", ".doc"})


@dataclass(frozen=True, slots=True)
class Counts:
    """Bulletins in = published + drafts + scheduled + withdrawn + refused (`faults.md`)."""

    published: int
    draft: int
    scheduled: int
    withdrawn: int
    refused: int

    @property
    def total(self) -> int:
        return self.published + self.draft + self.scheduled + self.withdrawn + self.refused


@dataclass(frozen=True, slots=True)
class Content:
    """What was read. The library holds only what may be shown, and only bulletins without a mistake."""

    library: Library
    pages: tuple[StaticPage, ...]
    photos: tuple[PhotoSource, ...]
    counts: Counts
    mistakes: tuple[Mistake, ...]
    until: float | None = None
    """The hour, in seconds since 1970, at which time alone will next change the site; None if it never will."""
    texts_only: bool = False
    """Whether these are but the bulletins whose text changed, with those of the same ceremonies."""


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
    renderer = Renderer(settings.site.link)
    register, register_mistakes = read_register(content / "register", root)
    desk = _Desk(register, renderer, Rules(register))
    shelf = Shelf(cache, desk.context(root))
    readings, folder_mistakes = _bulletins(content / "bulletins", root, desk, shelf, workers)
    pages, page_mistakes = read_pages(content / "pages", root, renderer)
    same = (*_same_ids(readings), *_contradictions(readings))
    mistakes = (*register_mistakes, *folder_mistakes, *page_mistakes, *same, *(m for r in readings for m in r.mistakes))
    refused = {m.path for m in errors(mistakes)}
    good = [reading for reading in readings if reading.name not in refused]
    states = {reading.name: state(reading.bulletin, now) for reading in good if reading.bulletin}
    return Content(
        library=_library(register, good, states, settings, partial(dossiers_on_file, shelf, workers or cores())),
        pages=pages,
        photos=tuple(photo for r in good if _shown(states[r.name], settings) for photo in r.photos),
        counts=_counts(states.values(), len(readings) - len(good)),
        mistakes=tuple(sorted(set(mistakes))),
        until=next((one.at.timestamp() for one in due((r.bulletin for r in good if r.bulletin), now)), None),
    )


def readings_of(cache: Path, output: Path) -> Path:
    """The file in the folder `cache` where the readings of the site in `output` are kept."""
    return cache / f"readings-{output.name}.sqlite"


def read_texts(
    content: Path,
    root: Path,
    settings: Settings,
    now: datetime.datetime,
    cache: Path,
    changed: Mapping[str, Sequence[int]],
) -> Content | None:
    """The bulletins of a few files, if nothing but their text changed since the site was last built; or None.

    `changed` are the files by name, each with the size and times (ns) that it had then: a reading of any other state,
    as a check in between leaves it, says nothing of the site. The library holds the bulletins and those of the same
    ceremonies. Other arguments are those of `read_content`.
    """
    renderer = Renderer(settings.site.link)
    register, mistakes = read_register(content / "register", root)
    desk = _Desk(register, renderer, Rules(register))
    shelf = Shelf(cache, desk.context(root))
    names = list(changed)
    if errors(mistakes) or not all(map(stamped, shelf.stamps_of(names), changed.values())):
        return None
    before, rows = shelf.readings(names), _read_batch(desk, [_to_read(root, name) for name in names])
    if not all(map(_differ_in_text_only, before, (shelf.reading(row) for row in rows))):
        return None
    shelf.put(rows)
    told = shelf.of_ceremonies(shelf.readings(names))
    states = {r.name: state(r.bulletin, now) for r in told if r.bulletin}
    shown = [r for r in told if _shown(states[r.name], settings)]
    if not {r.name for r in shown} >= set(names):
        return None
    pages, _ = read_pages(content / "pages", root, renderer)
    return Content(
        library=_library(register, told, states, settings),
        pages=pages,
        photos=tuple(photo for reading in shown for photo in reading.photos),
        counts=_counts((states[name] for name in names), 0),
        mistakes=tuple(sorted({m for r in told if r.name in changed for m in r.mistakes})),
        texts_only=True,
    )


def _to_read(root: Path, name: str) -> tuple[str, Mapping[str, Path], Source]:
    folder = next(folders(root / name.rpartition("/")[0], root))
    return folder.stamp(INDEX, hour()), folder.paths(), folder.source(INDEX)


def _differ_in_text_only(before: Reading, after: Reading) -> bool:
    """Whether two readings of a file have the same facts, and no error."""
    if before.bulletin is None or after.bulletin is None or errors((*before.mistakes, *after.mistakes)):
        return False
    return before.bulletin.digest == after.bulletin.digest and before.photos == after.photos


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a bulletin is read with."""

    register: Register
    renderer: Renderer
    rules: Rules

    @property
    def resolvers(self) -> Mapping[str, Resolver]:
        return self.register.resolvers

    def context(self, root: Path) -> str:
        """Changes whenever a bulletin read with this might be read otherwise; cached paths begin at `root`."""
        code = source_digest(*CODE, distributions=LIBRARIES)
        return f"{code} {self.register.digest} {self.renderer.link('/')} {root.resolve()}"


def _bulletins(top: Path, root: Path, desk: _Desk, shelf: Shelf, workers: int) -> tuple[list[Reading], list[Mistake]]:
    """Every bulletin below `top`: those that changed since they were last read are read anew, the others fetched."""
    mistakes: list[Mistake] = []
    found: dict[str, Folder] = {}
    for folder in folders(top, root):
        mistakes += map(link, folder.links)
        mistakes += _strays(folder.sources())
        if INDEX in folder.files:
            found[f"{folder.name}/{INDEX}"] = folder
    try:
        readings = _up_to_date(shelf, found, desk, workers)
    except Damaged:
        shelf.renew()
        readings = _up_to_date(shelf, found, desk, workers)
    return readings, mistakes


def _up_to_date(shelf: Shelf, found: Mapping[str, Folder], desk: _Desk, workers: int) -> list[Reading]:
    _read_changed(shelf, found, desk, workers)
    return shelf.readings(list(found))


def _read_changed(shelf: Shelf, found: Mapping[str, Folder], desk: _Desk, workers: int) -> None:
    now = hour()
    known = shelf.stamps()
    stamps = {name: folder.stamp(INDEX, now) for name, folder in found.items()}
    changed = [
        (stamps[name], folder.paths(), folder.source(INDEX))
        for name, folder in found.items()
        if known.get(name) != stamps[name]
    ]
    shelf.drop(known.keys() - found.keys())
    for rows in spread(_read_batch, desk, changed, workers or cores(), BATCH):
        shelf.put(rows)


def _read_batch(desk: _Desk, batch: Sequence[tuple[str, Mapping[str, Path], Source]]) -> list[Row]:
    return [
        row(stamp, read(source, files, desk.resolvers, desk.renderer, desk.rules)) for stamp, files, source in batch
    ]


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


def _shown(one: str, settings: Settings) -> bool:
    return one == "published" or (settings.drafts and one in ("draft", "scheduled"))


def _library(
    register: Register, good: list[Reading], states: Mapping[str, str], settings: Settings, join: Join = dossiers
) -> Library:
    shown = [r for r in good if _shown(states[r.name], settings)]
    return Library(
        register,
        [r.bulletin for r in shown if r.bulletin],
        {r.bulletin.id: r.body for r in shown if r.bulletin and r.body},
        [as_withdrawn(r.bulletin) for r in good if r.bulletin and states[r.name] == "withdrawn"],
        join,
    )


def _counts(states: Iterable[str], refused: int) -> Counts:
    found = Counter(states)
    return Counts(found["published"], found["draft"], found["scheduled"], found["withdrawn"], refused)
