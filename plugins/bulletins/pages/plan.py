"""Every page of the site: its address, its template, its view, and what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bulletins import urls
from bulletins.domain import statistics as counting
from bulletins.domain.attached import AttachedFile, ExtraFile
from bulletins.domain.library import Chapter, Kept, Library
from bulletins.domain.library_digests import LibraryDigests
from bulletins.domain.model import Bulletin, StaticPage, WithdrawnPhoto
from bulletins.domain.pictures import Picture
from bulletins.pages import index
from bulletins.pages.beside import Beside
from bulletins.pages.edition import SiteInputs, Theme, site_inputs
from bulletins.pages.inputs import ListInputs, bulletin_link
from bulletins.pages.page import Page, View
from bulletins.pages.page_inputs import PageInputs
from bulletins.pages.views import bodies, bulletin, data, dossier, english, galleries, lists, others
from bulletins.pages.views import search as searching
from bulletins.pages.views import statistics as figures
from bulletins.plan import Output, Part
from bulletins.settings import Settings
from bulletins.versions import digest_of

LONGEST_INDEX = 200
"""Lines of a page of all blocs or all units."""

LATEST_IN_ENGLISH = 10
"""Bulletins on the home page in English."""

MOST_BLOCS_AT_HOME = 12
"""As many blocs as the home page names; of more it names the hosts."""


def plan(
    library: Library,
    static_pages: Iterable[StaticPage],
    pictures: Mapping[tuple[str, int], Picture],
    settings: Settings,
    theme: Theme,
    search: str = "",
    digests: LibraryDigests | None = None,
) -> list[Part]:
    """Every page of the site and every file of the theme.

    `pictures` are keyed by a bulletin's id and a photo's number from 1. `search` is what a reader must know of the
    search index, as JSON, or nothing where there is none. `digests` are those of the library with these pictures.
    Raises `FileNotFoundError` when the theme has no catalogue of the settings' language.
    """
    static_pages = tuple(static_pages)
    inputs = PageInputs(site_inputs(static_pages, settings, theme), library, static_pages, pictures)
    digests, version = digests or LibraryDigests(library, pictures), _version(inputs)
    counts = counting.counts(library)

    def part(pages: Callable[[PageInputs, Any], Iterator[Output]], of: Any, digest: str) -> Part:
        near, size = (of.name, of.size) if isinstance(of, Chapter) else ("", 1)
        return Part(partial(pages, inputs, of), near, size, (pages.__name__, near or of, digest), version)

    return [
        *(part(chapter_pages, chapter, digests.chapter(chapter)) for chapter in library.chapters),
        *(part(unit_pages, unit_id, digests.unit(unit_id)) for unit_id in library.units),
        *(part(bloc_pages, bloc_id, digests.bloc(bloc_id)) for bloc_id in library.blocs),
        *(part(year_pages, year, digests.year(year)) for year in library.years),
        *(Part(partial(pages, inputs)) for pages in PAGES),
        *(
            Part(partial(statistics_pages, of, counts), inputs=("statistics", *counts), version=_version(of))
            for of in _languages(inputs)
        ),
        *([Part(partial(search_pages, inputs, search))] if search else []),
    ]


def kept(
    library: Library, static_pages: Iterable[StaticPage], settings: Settings, theme: Theme, what: Kept
) -> list[Part]:
    """The notices in the place of what was published and no bulletin tells of any more."""
    static_pages = tuple(static_pages)
    if not any(what):
        return []
    inputs = PageInputs(site_inputs(static_pages, settings, theme), library, static_pages, {})
    return [Part(partial(kept_pages, inputs, what))]


def _version(inputs: PageInputs) -> str:
    """Changes whenever pages of the same stretch of the library might be laid out otherwise."""
    edition, versions, code = inputs.site
    return digest_of((edition.digest, repr(edition.settings), repr(inputs.shared_names), code, repr(versions)))


def texts(
    library: Library,
    edited: Iterable[Bulletin],
    pictures: Mapping[tuple[str, int], Picture],
    site: SiteInputs,
    beside: Beside,
) -> list[Output]:
    """The pages on which the text of these bulletins of the library stands."""
    return list(bulletin_pages(PageInputs(site, library, (), pictures, beside), edited))


def page(inputs: PageInputs, address: str, template: str, view: View, *page_inputs: Any) -> Output:
    """A line of the plan that makes one page: `view(edition, *page_inputs)` as the template shows it.

    Raises `FileNotFoundError` for a template that the theme lacks.
    """
    site = inputs.site
    if template not in site.versions:
        raise FileNotFoundError(f"{site.edition.theme.folder}: templates/{template}")
    version = f"{site.code}-{site.versions[template]}"
    return Output((site.edition.site.file(address),), Page(template, view), (site.edition, *page_inputs), version)


def home_pages(inputs: PageInputs) -> Iterator[Output]:
    """The home page; its later pages hold all bulletins."""
    first, *later = inputs.list_pages("home", urls.HOME, "", inputs.library.newest)
    groups = inputs.bloc_groups
    hosts = index.index_pages(urls.BLOCS, groups, LONGEST_INDEX)[0].jumps
    few = groups if len(inputs.library.blocs) <= MOST_BLOCS_AT_HOME else ()
    yield page(inputs, urls.HOME, "home.html", lists.home, first, few, hosts, inputs.years)
    yield from later_pages(inputs, later)


def later_pages(inputs: PageInputs, later: Iterable[ListInputs]) -> Iterator[Output]:
    """The pages of a long list after the first."""
    for listed in later:
        address = urls.listing(listed.first, listed.page.number)
        yield page(inputs, address, "listing.html", lists.later_page, listed)


def chapter_pages(inputs: PageInputs, chapter: Chapter) -> Iterator[Output]:
    """What is made from the records of a chapter's bulletins."""
    yield from bulletin_pages(inputs, chapter.bulletins)
    for bloc_id, year in chapter.years:
        address = urls.bloc_year(bloc_id, year)
        yield page(inputs, address, "dossier.html", dossier.dossier, inputs.dossier(bloc_id, year))
    yield from gallery_pages(inputs, chapter.bulletins)


def bulletin_pages(inputs: PageInputs, bulletins: Iterable[Bulletin]) -> Iterator[Output]:
    """Each bulletin."""
    for record in bulletins:
        address = urls.bulletin(record.id)
        yield page(inputs, address, "bulletin.html", bulletin.bulletin, inputs.bulletin(record))
        yield from attached_files(record, inputs.library.attached.get(record.id, ()))


def attached_files(record: Bulletin, files: Iterable[AttachedFile]) -> Iterator[Output]:
    """The files attached to a bulletin, as they are."""
    for file in files:
        address = urls.attachment(record.id, file.name)
        yield Output((urls.output_path(address),), as_attached, (file,))


def extra_files(files: Iterable[ExtraFile]) -> Iterator[Output]:
    """The files of `content/extra`, at the root of the site."""
    return (Output((file.name,), as_attached, (file,)) for file in files)


def as_attached(file: AttachedFile | ExtraFile) -> Sequence[bytes]:
    return [file.read()]


def gallery_pages(inputs: PageInputs, bulletins: Iterable[Bulletin]) -> Iterator[Output]:
    """The gallery of each bulletin with photos, and the page of each photo."""
    for record in bulletins:
        if record.photo_count:
            gallery = inputs.gallery(record)
            yield page(inputs, urls.gallery(record.id), "gallery.html", galleries.gallery, gallery)
            for n, photo_id in enumerate(record.photo_ids, 1):
                yield page(inputs, urls.photo(record.id, photo_id), "photo.html", galleries.photo, gallery, n)


def withdrawn_pages(inputs: PageInputs) -> Iterator[Output]:
    """A notice in the place of each withdrawn bulletin with its gallery and photos, of each bloc and unit."""
    for record in inputs.library.withdrawn:
        if gone := record.withdrawn:
            for what, address in _addresses_of(record):
                place = bulletin.Withdrawn(what, address, urls.api_bulletin(record.id), record.title)
                yield page(inputs, address, "withdrawn.html", bulletin.notice, place, gone.date, gone.reason)
    for record in inputs.library.newest:
        for what, address, photo in _withdrawn_photos(record):
            place = bulletin.Withdrawn(what, address, urls.api_bulletin(record.id), record.title)
            yield page(inputs, address, "withdrawn.html", bulletin.notice, place, photo.date, photo.reason)
    for what, address_of, data_of in (("bloc", urls.bloc, urls.api_bloc), ("unit", urls.unit, urls.api_unit)):
        for entry in inputs.library.register.withdrawn[what]:
            if gone := entry.withdrawn:
                for id_ in (entry.id, *entry.former_ids):
                    place = bulletin.Withdrawn(what, address_of(id_), data_of(id_), entry.name)
                    yield page(inputs, place.address, "withdrawn.html", bulletin.notice, place, gone.date, gone.reason)


def _withdrawn_photos(record: Bulletin) -> Iterator[tuple[str, str, WithdrawnPhoto]]:
    """What stands where photos of a bulletin were: of each, and of the gallery if the last one went."""
    gone = record.withdrawn_photos
    yield from (("photo", urls.photo(record.id, photo.id), photo) for photo in gone)
    if gone and not record.photo_count:
        yield "gallery", urls.gallery(record.id), max(gone, key=lambda photo: photo.date)


def _addresses_of(record: Bulletin) -> Iterator[tuple[str, str]]:
    yield "bulletin", urls.bulletin(record.id)
    if record.all_photo_ids:
        yield "gallery", urls.gallery(record.id)
        yield from (("photo", urls.photo(record.id, id_)) for id_ in record.all_photo_ids)


def kept_pages(inputs: PageInputs, what: Kept) -> Iterator[Output]:
    """A notice in the place of each dossier and year of which no bulletin tells any more, and of such photos."""
    blocs = {**inputs.library.blocs, **{entry.id: entry for entry in inputs.library.register.withdrawn["bloc"]}}
    for bloc_id, year in what.dossiers:
        name, gone = f"{blocs[bloc_id].name_in(year)}, {year}", blocs[bloc_id].withdrawn
        former_ids = blocs[bloc_id].former_ids
        why = (gone.date, gone.reason) if gone else (None, None)
        for id_ in (bloc_id, *(former_ids if gone else ())):
            address, data = urls.bloc_year(id_, year), urls.api_bloc_year(id_, year)
            place = bulletin.Withdrawn("bloc" if gone else "dossier", address, data, name)
            yield page(inputs, place.address, "withdrawn.html", bulletin.notice, place, *why)
        for former in () if gone else former_ids:
            present = urls.bloc_year(bloc_id, year)
            yield page(inputs, urls.bloc_year(former, year), "moved.html", bulletin.moved, name, present)
    for year in what.years:
        place = bulletin.Withdrawn("year", urls.year(year), urls.api_year(year), str(year))
        yield page(inputs, place.address, "withdrawn.html", bulletin.notice, place, None, None)
    yield from _kept_photos(inputs, what)


def _kept_photos(inputs: PageInputs, what: Kept) -> Iterator[Output]:
    """A notice in the place of each photo and gallery of a withdrawn bulletin whose file names them no longer."""
    withdrawn = {id_: record for record in inputs.library.withdrawn for id_ in (record.id, *record.former_ids)}
    for id_, photo_id in what.photos:
        record, address = withdrawn[id_], urls.photo_or_gallery(id_, photo_id)
        place = bulletin.Withdrawn("photo" if photo_id else "gallery", address, urls.api_bulletin(id_), record.title)
        why = (record.withdrawn.date, record.withdrawn.reason) if record.withdrawn else (None, None)
        yield page(inputs, address, "withdrawn.html", bulletin.notice, place, *why)


def moved_entry_pages(inputs: PageInputs) -> Iterator[Output]:
    """A page that leads on in the place of each bloc, dossier and unit whose id is another now."""
    library = inputs.library
    for bloc_id, bloc in library.blocs.items():
        for former in bloc.former_ids:
            moves = [(urls.bloc(former), urls.bloc(bloc_id))]
            moves += [
                (urls.bloc_year(former, year), urls.bloc_year(bloc_id, year)) for year in library.years_of(bloc_id)
            ]
            for address, target in moves:
                yield page(inputs, address, "moved.html", bulletin.moved, bloc.name, target)
    for unit_id, unit in library.units.items():
        for former in unit.former_ids:
            yield page(inputs, urls.unit(former), "moved.html", bulletin.moved, unit.name, urls.unit(unit_id))


def moved_pages(inputs: PageInputs) -> Iterator[Output]:
    """A page that leads on in the place of each bulletin, gallery and photo that moved."""
    for record in inputs.library.addressed:
        for former in record.former_ids:
            moves = [(urls.bulletin(former), urls.bulletin(record.id))]
            if record.all_photo_ids:
                moves.append((urls.gallery(former), urls.gallery(record.id)))
            moves += [(urls.photo(former, id_), urls.photo(record.id, id_)) for id_ in record.all_photo_ids]
            for address, target in moves:
                yield page(inputs, address, "moved.html", bulletin.moved, record.title, target)
        for address in _of_older_site(record):
            yield page(inputs, address, "moved.html", bulletin.moved, record.title, urls.bulletin(record.id))


def _of_older_site(record: Bulletin) -> Iterable[str]:
    """The addresses of the pages that stand where the bulletin was on an older site; letter case makes no other."""
    pages = filter(None, map(urls.page_in_place_of, record.former_addresses))
    return {page.lower(): page for page in pages}.values()


def bloc_pages(inputs: PageInputs, bloc_id: str) -> Iterator[Output]:
    """A bloc with its bulletins."""
    address, bulletins = urls.bloc(bloc_id), inputs.library.by_bloc.get(bloc_id, ())
    first, *later = inputs.list_pages("bloc", address, inputs.blocs[bloc_id].short, bulletins)
    yield page(inputs, address, "bloc.html", bodies.bloc, inputs.bloc(bloc_id), first)
    yield from later_pages(inputs, later)


def unit_pages(inputs: PageInputs, unit_id: str) -> Iterator[Output]:
    """A unit with the bulletins that name it."""
    address, bulletins = urls.unit(unit_id), inputs.library.by_unit.get(unit_id, ())
    first, *later = inputs.list_pages("unit", address, inputs.units[unit_id].name, bulletins)
    yield page(inputs, address, "unit.html", bodies.unit, inputs.unit(unit_id), first)
    yield from later_pages(inputs, later)


def year_pages(inputs: PageInputs, year: int) -> Iterator[Output]:
    """A year with the bulletins that belong to it."""
    lists = inputs.year_lists(year)
    yield page(inputs, urls.year(year), "year.html", bodies.year, inputs.year(year, lists), lists[0])
    yield from later_pages(inputs, lists[1:])


def all_galleries_pages(inputs: PageInputs) -> Iterator[Output]:
    """The index of galleries."""
    with_photos = [record for record in inputs.library.newest if record.photo_count]
    first, *later = inputs.list_pages("galleries", urls.GALLERIES, "", with_photos)
    yield page(inputs, urls.GALLERIES, "galleries.html", lists.galleries, first)
    yield from later_pages(inputs, later)


def index_pages(inputs: PageInputs) -> Iterator[Output]:
    """All blocs, all units, all years."""
    for part in index.index_pages(urls.BLOCS, inputs.bloc_groups, LONGEST_INDEX):
        yield page(inputs, urls.listing(urls.BLOCS, part.number), "blocs.html", lists.blocs, part)
    for part in index.index_pages(urls.UNITS, inputs.unit_groups, LONGEST_INDEX):
        yield page(inputs, urls.listing(urls.UNITS, part.number), "units.html", lists.units, part)
    yield page(inputs, urls.YEARS, "years.html", lists.years, inputs.years)


def search_pages(inputs: PageInputs, index: str) -> Iterator[Output]:
    """The search page, with the ways by year, bloc and unit."""
    groups = (inputs.bloc_groups, inputs.unit_groups)
    yield page(inputs, urls.SEARCH, "search.html", searching.search, index, inputs.years, *groups)


def statistics_pages(inputs: PageInputs, counts: counting.Counts) -> Iterator[Output]:
    """Figures over all bulletins, laid out only where they changed."""
    dossiers = inputs.library.dossiers.values()
    counted = (counts.ceremonies, counts.steps, counting.awards(dossiers), counting.targets(dossiers))
    yield page(inputs, urls.STATISTICS, "statistics.html", figures.statistics, *counted)


def other_pages(inputs: PageInputs) -> Iterator[Output]:
    """The pages of `content/pages`, and the one for unknown addresses."""
    for static in inputs.static_pages:
        if not static.english:
            yield page(inputs, urls.page(static.slug), "page.html", others.static_page, static)
    yield page(inputs, urls.NOT_FOUND, "not_found.html", others.not_found)


def data_pages(inputs: PageInputs) -> Iterator[Output]:
    """The page for agencies."""
    yield page(inputs, urls.DATA, "data.html", data.data)


def english_pages(inputs: PageInputs) -> Iterator[Output]:
    """The structure of the site in English, unless the site itself is in English."""
    if not inputs.site.edition.english:
        return
    inputs = _in_english(inputs)
    latest = tuple(map(bulletin_link, inputs.library.newest[:LATEST_IN_ENGLISH]))
    hosts = index.index_pages(urls.BLOCS, inputs.bloc_groups, LONGEST_INDEX)[0].jumps
    yield page(inputs, urls.HOME, "english.html", english.english, hosts, inputs.years, latest)
    yield from index_pages(inputs)
    yield from data_pages(inputs)
    for static in inputs.static_pages:
        yield page(inputs, urls.page(static.slug), "page.html", others.static_page, static)


def _languages(inputs: PageInputs) -> Iterator[PageInputs]:
    """What pages in each language of the structure are made from."""
    yield inputs
    if inputs.site.edition.english:
        yield _in_english(inputs)


def _in_english(inputs: PageInputs) -> PageInputs:
    static_pages = tuple(static for static in inputs.static_pages if static.english)
    return replace(inputs, site=inputs.site.in_english(static_pages), static_pages=static_pages)


def theme_files(inputs: PageInputs) -> Iterator[Output]:
    """The theme's style sheet, fonts and emblem, as they are."""
    static = inputs.site.edition.theme.folder / "static"
    for path in sorted(path for path in static.rglob("*") if path.is_file()):
        address = urls.theme(path.relative_to(static).as_posix())
        yield Output((urls.output_path(address),), copy, (path.read_bytes(),))


def copy(data: bytes) -> Sequence[bytes]:
    """A file as it is."""
    return [data]


PAGES: tuple[Callable[[PageInputs], Iterator[Output]], ...] = (
    home_pages,
    withdrawn_pages,
    moved_pages,
    moved_entry_pages,
    index_pages,
    all_galleries_pages,
    other_pages,
    data_pages,
    english_pages,
    theme_files,
)
