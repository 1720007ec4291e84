"""Every page of the site: its address, its template, and what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.library import Chapter, Library
from bulletins.domain.model import Bulletin, StaticPage
from bulletins.domain.pictures import Picture
from bulletins.pages import render
from bulletins.pages.desk import Desk
from bulletins.pages.edition import Edition, edition
from bulletins.pages.inputs import (
    BulletinInputs,
    DossierInputs,
    GalleryInputs,
    ListInputs,
    NoticeInputs,
    Teaser,
)
from bulletins.pages.listing import ListPage, list_pages
from bulletins.pages.version import code_version, template_versions
from bulletins.plan import Output, Part
from bulletins.settings import Settings

Pages = Callable[[Desk], Iterator[Output]]


def plan(
    library: Library,
    static_pages: Iterable[StaticPage],
    pictures: Mapping[tuple[str, int], Picture],
    settings: Settings,
    theme: Path,
) -> list[Part]:
    """Every page of the site and every file of the theme.

    `pictures` are keyed by a bulletin's id and a photo's number from 1; `theme` is the theme's folder.
    Raises `FileNotFoundError` when the theme has no catalogue of the settings' language.
    """
    static_pages = tuple(static_pages)
    desk = Desk(library, static_pages, pictures, *press(static_pages, settings, theme))
    return [
        *(Part(partial(chapter, desk, one), one.name, one.size) for one in library.chapters),
        *(Part(partial(unit, desk, unit_id)) for unit_id in library.units),
        *(Part(partial(bloc, desk, bloc_id)) for bloc_id in library.blocs),
        *(Part(partial(year, desk, one)) for one in library.years),
        *(Part(partial(pages, desk)) for pages in PAGES),
    ]


class Press(NamedTuple):
    """What pages are printed with, whatever stands on them: the fields of the same names of a `Desk`."""

    edition: Edition
    versions: Mapping[str, str]
    code: str


def press(static_pages: Iterable[StaticPage], settings: Settings, theme: Path) -> Press:
    """The press of a build; raises `FileNotFoundError` as `plan` does."""
    return Press(edition(theme, settings, static_pages), template_versions(theme / "templates"), code_version())


def texts(
    library: Library, told: Iterable[Bulletin], pictures: Mapping[tuple[str, int], Picture], printed: Press
) -> list[Output]:
    """The pages on which the text of these bulletins of the library stands."""
    return list(bulletins(Desk(library, (), pictures, *printed), told))


def home(desk: Desk) -> Iterator[Output]:
    """The home page; its later pages hold all bulletins."""
    first, *later = _pages(desk, "home", urls.HOME, "", desk.teasers(desk.library.newest))
    blocs = desk.bloc_groups({teaser.bloc.id for teaser in first.items})
    yield desk.output(urls.HOME, "home.html", render.make_home, first, blocs, desk.year_lines)
    yield from _later(desk, later)


def chapter(desk: Desk, told: Chapter) -> Iterator[Output]:
    """What is made from the records of a chapter's bulletins."""
    yield from bulletins(desk, told.bulletins)
    yield from bloc_years(desk, told)
    yield from galleries_of(desk, told)


def bulletins(desk: Desk, told: Iterable[Bulletin]) -> Iterator[Output]:
    """Each bulletin."""
    for bulletin in told:
        given = BulletinInputs(
            bulletin=bulletin,
            body=desk.library.bodies[bulletin.id],
            bloc=desk.blocs[bulletin.bloc],
            host=desk.host_of(bulletin.bloc),
            units=desk.units_of(bulletin),
            blocs=tuple(desk.blocs[bloc] for bloc in bulletin.related_blocs),
            pictures=desk.pictures_of(bulletin),
            sisters=desk.sisters(bulletin),
        )
        yield desk.output(urls.bulletin(bulletin.id), "bulletin.html", render.make_bulletin, given)


def withdrawn(desk: Desk) -> Iterator[Output]:
    """A notice in the place of each withdrawn bulletin."""
    for bulletin in desk.library.withdrawn:
        if bulletin.withdrawn:
            date, reason = bulletin.withdrawn.date.isoformat(), bulletin.withdrawn.reason
            given = NoticeInputs(bulletin.id, bulletin.title, date, reason)
            yield desk.output(urls.bulletin(bulletin.id), "withdrawn.html", render.make_notice, given)


def blocs(desk: Desk) -> Iterator[Output]:
    """The index of blocs."""
    yield desk.output(urls.BLOCS, "blocs.html", render.make_blocs, desk.bloc_groups(desk.library.blocs))


def bloc(desk: Desk, bloc_id: str) -> Iterator[Output]:
    """A bloc with its bulletins."""
    told = desk.teasers(desk.library.by_bloc.get(bloc_id, ()))
    first, *later = _pages(desk, "bloc", urls.bloc(bloc_id), desk.blocs[bloc_id].name, told)
    yield desk.output(urls.bloc(bloc_id), "bloc.html", render.make_bloc, desk.bloc_inputs(bloc_id), first)
    yield from _later(desk, later)


def bloc_years(desk: Desk, about: Chapter) -> Iterator[Output]:
    """The bloc in each of the years: its dossier."""
    for bloc_id, year in about.years:
        dossier = desk.library.dossiers[bloc_id, year]
        told = [desk.library.bulletins[source] for source in dossier.sources]
        given = DossierInputs(
            dossier=dossier,
            bloc=desk.blocs[bloc_id],
            host=desk.host_of(bloc_id),
            units=desk.units_of(*told),
            bulletins=tuple(map(desk.reference, told)),
            years=desk.library.years_of(bloc_id),
        )
        yield desk.output(urls.bloc_year(bloc_id, year), "dossier.html", render.make_dossier, given)


def units(desk: Desk) -> Iterator[Output]:
    """The index of units."""
    yield desk.output(urls.UNITS, "units.html", render.make_units, desk.unit_groups)


def unit(desk: Desk, unit_id: str) -> Iterator[Output]:
    """A unit with the bulletins that name it."""
    told = desk.teasers(desk.library.by_unit.get(unit_id, ()))
    first, *later = _pages(desk, "unit", urls.unit(unit_id), desk.units[unit_id].name, told)
    yield desk.output(urls.unit(unit_id), "unit.html", render.make_unit, desk.unit_inputs(unit_id), first)
    yield from _later(desk, later)


def years(desk: Desk) -> Iterator[Output]:
    """The index of years."""
    yield desk.output(urls.YEARS, "years.html", render.make_years, desk.year_lines)


def year(desk: Desk, which: int) -> Iterator[Output]:
    """A year with the bulletins that belong to it."""
    told = desk.teasers(desk.library.by_year.get(which, ()), which)
    first, *later = _pages(desk, "year", urls.year(which), str(which), told)
    yield desk.output(urls.year(which), "year.html", render.make_year, desk.year_inputs(which), first)
    yield from _later(desk, later)


def galleries(desk: Desk) -> Iterator[Output]:
    """The index of galleries."""
    shown = [bulletin for bulletin in desk.library.newest if bulletin.photo_count]
    first, *later = _pages(desk, "galleries", urls.GALLERIES, "", desk.teasers(shown))
    yield desk.output(urls.GALLERIES, "galleries.html", render.make_galleries, first)
    yield from _later(desk, later)


def galleries_of(desk: Desk, told: Chapter) -> Iterator[Output]:
    """Each bulletin's gallery together with the page of each of its photos."""
    for bulletin in (one for one in told.bulletins if one.photo_count):
        pictures = tuple(picture for picture in desk.pictures_of(bulletin) if picture)
        given = GalleryInputs(bulletin, desk.blocs[bulletin.bloc], pictures)
        photos = [urls.photo(bulletin.id, n) for n in range(1, bulletin.photo_count + 1)]
        templates = ("gallery.html", "photo.html")
        yield desk.outputs([urls.gallery(bulletin.id), *photos], templates, render.make_gallery, given)


def static_pages(desk: Desk) -> Iterator[Output]:
    """The pages of `content/pages`, and the one for unknown addresses."""
    for page in desk.static_pages:
        yield desk.output(urls.page(page.slug), "page.html", render.make_static_page, page)
    yield desk.output(urls.NOT_FOUND, "not_found.html", render.make_not_found)


def theme_files(desk: Desk) -> Iterator[Output]:
    """The theme's style sheet, fonts and emblem, as they are."""
    static = desk.edition.theme / "static"
    for path in sorted(path for path in static.rglob("*") if path.is_file()):
        address = urls.theme(path.relative_to(static).as_posix())
        yield Output((urls.output_path(address),), render.make_copy, (path.read_bytes(),))


PAGES: tuple[Pages, ...] = (
    home,
    withdrawn,
    blocs,
    units,
    years,
    galleries,
    static_pages,
    theme_files,
)


def _pages(desk: Desk, kind: str, first: str, subject: str, teasers: Sequence[Teaser]) -> list[ListInputs]:
    """A list of bulletins as pages, the first of which stands on the subject's own page."""
    found = list_pages(teasers, desk.edition.settings.list_length)
    return [_list_inputs(kind, first, subject, one) for one in found]


def _list_inputs(kind: str, first: str, subject: str, one: ListPage[Teaser]) -> ListInputs:
    return ListInputs(kind, first, subject, one.items, one.number, one.newer, one.older)


def _later(desk: Desk, later: Iterable[ListInputs]) -> Iterator[Output]:
    for listed in later:
        yield desk.output(urls.listing(listed.first, listed.number), "listing.html", render.make_later_page, listed)
