"""The page of an edited bulletin ahead of all else that its facts reach, for whoever is looking at it (decision 0025).

A whole build follows at once. It makes these pages again as it makes every other, so nothing relies on them; where it
refuses the site, they go back to what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bulletins import urls
from bulletins.domain.model import Bulletin
from bulletins.making import claims
from bulletins.making.publish import publish, stage, survey_of
from bulletins.making.work import Work, staging_of
from bulletins.mistakes import errors
from bulletins.pages import plan as pages
from bulletins.pages.beside import Beside
from bulletins.pages.inputs import bulletin_link
from bulletins.plan import Output
from bulletins.reading.bulletin import Reading
from bulletins.reading.folders import INDEX
from bulletins.shortcut.build import checks, pictures_of
from bulletins.shortcut.edited import Was, read_edited
from bulletins.shortcut.kept import Kept
from bulletins.shortcut.site import Site

FEW = 5
"""Bulletins at a time; whoever saves more is not looking at their pages."""

Before = Mapping[str, bytes | None]
"""Pages by path as they were; None for one that was not there."""


def lines_ahead(kept: Kept, site: Site, paths: Iterable[str]) -> list[Output]:
    """The pages of the bulletins in these files and folders; none where one of them is not as it will be shown.

    Raises `Unusable`, and OSError for a file that vanishes just now.
    """
    names = sorted({name for path in paths for name in _names(Path(path), site)})
    if not 0 < len(names) <= FEW:
        return []
    edited = read_edited(kept, site, names, partial(_is_sound, site))
    if edited is None:
        return []
    pictures, _ = pictures_of(edited.photos, kept, site)
    beside = _with(kept.beside, edited.bulletins)
    return pages.texts(edited.library, edited.bulletins, pictures, kept.site, beside)


def _is_sound(site: Site, was: Was, reading: Reading) -> bool:
    """Whether nothing is wrong with a bulletin, and its page is its own: it had this id before, or nobody had it."""
    if reading.bulletin is None or errors(reading.mistakes):
        return False
    id_ = reading.bulletin.id
    if was and was[1].bulletin:
        return id_ == was[1].bulletin.id
    return not (site.output / urls.output_path(urls.bulletin(id_))).exists()


def _names(path: Path, site: Site) -> Iterable[str]:
    """The bulletin that a path which changed is, or lies in, by its name in messages."""
    index = path / INDEX if path.is_dir() else path.with_name(INDEX)
    if path.is_relative_to(site.content / "bulletins") and index.is_file():
        yield index.relative_to(site.root).as_posix()


def _with(known: Beside, bulletins: Sequence[Bulletin]) -> Beside:
    """What stands beside, with these bulletins: a new one is taken to be the latest of its bloc until it is joined."""
    of_bloc = dict(known.of_bloc)
    for bulletin in bulletins:
        link = bulletin_link(bulletin)
        for bloc in bulletin.blocs:
            others = of_bloc.get(bloc, ())
            if link.address not in {other.address for other in others}:
                of_bloc[bloc] = (link, *others)
    return known._replace(of_bloc=of_bloc)


def show(lines: Sequence[Output], kept: Kept, site: Site) -> Before:
    """Put these pages in their places; gives what stood there.

    Raises `Busy`, `MakingFailed`, `PublishFailed`.
    """
    paths = [path for line in lines for path in line.paths]
    with staging_of(site.ledgers) as staging:
        work = Work(site.output, staging, checks(kept.settings), survey_of(site.output, paths))
        there = work.survey.files
        before = {path: (site.output / path).read_bytes() if path in there else None for path in paths}
        for line in lines:
            work.make(line)
        # A new bulletin's page is in no ledger yet.
        claims.write(site.ledgers, paths)
        publish(work.differing(), paths, site.output, staging, work.survey)
    return before


def put_back(before: Before, site: Site) -> None:
    """Put pages back as they were. Raises `Busy`, `PublishFailed`."""
    with staging_of(site.ledgers) as staging:
        were = {path: data for path, data in before.items() if data is not None}
        for path, data in were.items():
            stage(staging, path, data)
        publish(were, were, site.output, staging, survey_of(site.output, before))
