"""The short way: where nothing changed but the text of a few bulletins, only what holds it is made anew.

It leads past Pelican, from what the last whole build kept on file for it, and through the same rooms: texts are read,
their pages and documents planned and made, and the site amended. Whoever calls knows from a glance that settings,
theme, program, register and every other file of the content are as that build found them.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from bulletins.clock import now
from bulletins.domain.pictures import PhotoSource, Picture
from bulletins.indexes import texts as documents
from bulletins.indexes.file import code_version
from bulletins.indexes.shape import Terms
from bulletins.making import glance
from bulletins.making.amend import amend
from bulletins.making.glance import Changed, Stamp, State
from bulletins.making.lock import Busy
from bulletins.making.one import MakingFailed
from bulletins.making.publish import PublishFailed
from bulletins.making.told import Report, Stopwatch, failed, summary
from bulletins.mistakes import Mistake
from bulletins.pages import plan as pages
from bulletins.plan import Catalogue, Check, Output
from bulletins.reading import report
from bulletins.reading.counts import Counts
from bulletins.reading.reader import context as reading_context
from bulletins.reading.shelf import Unusable, readings_of
from bulletins.reading.texts import Place, Texts, read_texts

KEPT = "kept.pickle"
"""The file, beside the ledger, of what a whole build keeps for the short way."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a whole build keeps: with what texts are read and printed, and the lines that look at all files."""

    place: Place
    press: pages.Press
    terms: Terms
    version: str
    catalogues: tuple[Catalogue, ...]
    checks: tuple[Check, ...]
    output: Path
    cache: Path


class Amended(NamedTuple):
    """What the short way did, how long it took before that, what to say of the texts, and how the site stands."""

    report: Report
    seconds: Mapping[str, float]
    mistakes: tuple[Mistake, ...]
    state: State


def kept(context: Mapping[str, Any], catalogues: Iterable[Catalogue], checks: Iterable[Check]) -> Kept:
    """What to keep of a whole build with this context of Pelican; its plan had these catalogues and checks."""
    content, settings = context["bulletins_content"], context["bulletins_settings"]
    top, output, cache = (Path(context[name]).resolve() for name in ("PATH", "OUTPUT_PATH", "CACHE_PATH"))
    root, register = top.parent, content.library.register
    return Kept(
        Place(root, readings_of(cache, output), reading_context(register, settings.site, root), register, settings),
        pages.press(content.pages, settings, Path(context["THEME"])),
        Terms.of(settings),
        code_version(),
        tuple(replace(line, inputs=()) for line in catalogues),
        tuple(checks),
        output,
        cache,
    )


def keep(cache: Path, kept: Kept) -> str:
    """Keep this for the short way; `cache` is the folder of the site's ledger. Nothing changed, nothing is written.

    Gives what `kept_in` knows it again by.
    """
    data = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
    file = cache / KEPT
    if not file.exists() or file.read_bytes() != data:
        beside = cache / f"{KEPT}.new"
        beside.write_bytes(data)
        beside.replace(file)
    return _mark(data)


def kept_in(cache: Path, state: State) -> Kept | None:
    """What the build of this state kept, if that can be relied on: nothing, or what another build kept, cannot."""
    try:
        data = (cache / KEPT).read_bytes()
    except FileNotFoundError:
        return None
    kept: Kept | None = pickle.loads(data) if _mark(data) == state.kept else None
    return kept


def _mark(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class Standing(NamedTuple):
    """How the site stands: the folder of its ledger, and its last build's state.

    `stands` says whether it is published as that build left it, and is asked just before the site is touched.
    """

    cache: Path
    state: State
    stands: Callable[[], bool]

    def still_stands(self) -> bool:
        """Whether the site stands, and no other build has published since that was seen: each leaves another ledger."""
        return glance.ledger_stamp(self.cache) == self.state.ledger and self.stands()


def amended(kept: Kept, site: Standing, changed: Changed) -> Amended | None:
    """Bring the site up to date with the texts of these files; None if that takes a whole build.

    Raises `Busy`, `MakingFailed`, `PublishFailed`.
    """
    watch = Stopwatch()
    try:
        texts = read_texts(kept.place, now(kept.place.settings.timezone), _by_name(changed.files, kept.place.root))
    except (OSError, Unusable):
        return None  # a file that vanishes just now, or no file of readings: a whole build says what is to be said
    watch.lap("read")
    if texts is None:
        return None
    pictures, complaints = _pictures(texts.photos, kept)
    lines = _lines(texts, pictures, kept)
    watch.lap("plan")
    made = amend(lines, kept.catalogues, kept.checks, kept.output, site.cache, site.still_stands, site.state.published)
    if made is None:
        return None
    sums = Counter(site.state.levels) + report.levels(texts.mistakes) - report.levels(texts.before)
    state = glance.amended(site.state, changed, made.ledger)._replace(levels=dict(sums))
    glance.note(site.cache, state, changed)
    return Amended(made, watch.seconds, (*texts.mistakes, *complaints), state)


def _by_name(changed: Mapping[str, tuple[Stamp, Stamp]], root: Path) -> dict[str, list[int]]:
    """The files by their names in messages, as they were when the site was built."""
    return {Path(path).relative_to(root).as_posix(): was for path, (was, _) in changed.items()}


def _lines(texts: Texts, pictures: Mapping[tuple[str, int], Picture], kept: Kept) -> list[Output]:
    """The lines in which the texts stand."""
    on_pages = pages.texts(texts.library, texts.told, pictures, kept.press)
    return [*on_pages, *documents.texts(texts.library, texts.told, pictures, kept.terms, kept.version)]


def _pictures(
    photos: tuple[PhotoSource, ...], kept: Kept
) -> tuple[Mapping[tuple[str, int], Picture], tuple[Mistake, ...]]:
    """The pictures of the texts, and what is said of them; where there are none, no image library is loaded."""
    if not photos:
        return {}, ()
    from bulletins.gallery.measures import measures_of
    from bulletins.gallery.plan import measure_photos, pictures

    known = measures_of(kept.cache, kept.output)
    measured, mistakes = measure_photos(photos, kept.place.settings, known, partial=True)
    return pictures(measured), mistakes


def build(kept: Kept, site: Standing, changed: Changed, out: TextIO, err: TextIO) -> int | None:
    """`amended`, told as a whole build tells it; gives the exit code, or None if a whole build has to run."""
    try:
        done = amended(kept, site, changed)
    except (Busy, MakingFailed, PublishFailed) as failure:
        print(failed(failure), file=err)
        return 1
    if done is None:
        return None
    language = kept.place.settings.messages
    report.of_a_build(done.mistakes, language, err)
    print(report.summary(Counts(*done.state.counts), done.state.levels, language), file=out)
    print(summary(done.report, done.seconds), file=out, flush=True)
    return 0
