"""The complete list of machine-readable files (contract §3): one short function for each kind of document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from bulletins import urls
from bulletins.domain.library import Chapter, Library
from bulletins.domain.model import Bulletin, Card
from bulletins.indexes import bloc_year, bodies, catalogue, manifest, schemas, sitemap, vocabulary, years
from bulletins.indexes import bulletin as bulletins
from bulletins.indexes.file import File, code_version
from bulletins.indexes.shape import Terms, latest
from bulletins.indexes.texts import Pictures, bulletin_files
from bulletins.plan import Catalogue, Line, Output, Part
from bulletins.settings import Settings

Files = Callable[[], Iterable[File]]

FEW = 16
"""Blocs or units whose documents are laid out together."""

OTHER_PAGES = 100
"""Static pages and the like, generously."""


def plan(library: Library, pictures: Pictures, settings: Settings) -> list[Line]:
    """Every machine-readable file; `pictures` by bulletin id and the photo's number from 1."""
    terms = Terms.of(settings)
    version = code_version()
    known = _known(library, documents(library, pictures), terms, settings.list_length)
    for_crawlers = (terms.at(urls.SITEMAP), settings.drafts)
    return [
        *(
            Part(partial(_lines, partial(_of_chapter, library, pictures, one), terms, version), one.name, one.size)
            for one in library.chapters
        ),
        *(Part(partial(_lines, files, terms, version)) for files in _others(library)),
        Output((urls.output_path(urls.ROBOTS),), sitemap.robots, for_crawlers, version),
        *(Catalogue(path, catalogue.sitemap, (terms, known, path), version, sees="names") for path in known.sitemap),
        Catalogue(
            urls.output_path(urls.API_INDEX), catalogue.catalogue, (terms, known), version, amend=catalogue.amended
        ),
    ]


def _lines(files: Files, terms: Terms, version: str) -> Iterator[Output]:
    return (file.line(terms, version) for file in files())


def documents(library: Library, pictures: Pictures) -> Iterator[File]:
    """Every JSON document but the catalogue."""
    for chapter in library.chapters:
        yield from _of_chapter(library, pictures, chapter)
    for files in _others(library):
        yield from files()


def _of_chapter(library: Library, pictures: Pictures, told: Chapter) -> Iterator[File]:
    """What is made from the records of a chapter's bulletins."""
    yield from bulletin_files(library, pictures, told.bulletins)
    yield from _galleries(pictures, told)
    yield from _bloc_years(library, told)
    yield from _ceremonies(library, told)


def _others(library: Library) -> Iterator[Files]:
    """All documents that belong to no chapter, in parts."""
    yield partial(_indexes, library)
    yield from (partial(_blocs, library, ids) for ids in _few(sorted(library.blocs)))
    yield from (partial(_units, library, ids) for ids in _few(sorted(library.units)))
    yield from (partial(_years, library, (year,)) for year in library.years)
    yield partial(_withdrawn, library)
    yield _vocabularies
    yield _schemas


def _few(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + FEW] for first in range(0, len(ids), FEW))


def _indexes(library: Library) -> Iterator[File]:
    yield _all_blocs(library)
    yield _all_units(library)
    yield _all_years(library)


def _galleries(pictures: Pictures, told: Chapter) -> Iterator[File]:
    """`/api/v1/galleries/<bulletin>/manifest.json`"""
    for one in told.bulletins:
        if one.photo_count:
            shown = tuple(pictures[one.id, n] for n in range(1, one.photo_count + 1))
            yield File(urls.api_gallery(one.id), manifest.SCHEMA, one.modified, manifest.manifest, (one, shown))


def _withdrawn(library: Library) -> Iterator[File]:
    """`/api/v1/bulletins/<id>.json` of a withdrawn bulletin: what it said is no input."""
    for one in library.withdrawn:
        why = (one.withdrawn.reason, one.withdrawn.date) if one.withdrawn else (None, None)
        inputs = (one.id, one.title, one.modified, *why)
        yield File(urls.api_bulletin(one.id), "withdrawn-bulletin", one.modified, bulletins.withdrawn, inputs)


def _all_blocs(library: Library) -> File:
    """`/api/v1/blocs.json`"""
    lines = tuple(_bloc_line(library, id_) for id_ in sorted(library.blocs))
    hosts = tuple(library.hosts[id_] for id_ in sorted(library.hosts))
    return File(urls.API_BLOCS, "blocs", latest(line[-1] for line in lines), bodies.blocs, (lines, hosts))


def _blocs(library: Library, ids: Iterable[str]) -> Iterator[File]:
    """`/api/v1/blocs/<bloc>.json`"""
    for id_ in ids:
        line = _bloc_line(library, id_)
        inputs = (line, _cards(library.by_bloc.get(id_, ())))
        yield File(urls.api_bloc(id_), "bloc", line[-1], bodies.bloc, inputs)


def _bloc_years(library: Library, told: Chapter) -> Iterator[File]:
    """`/api/v1/blocs/<bloc>/<year>.json`"""
    for bloc, year in told.years:
        one = library.dossiers[bloc, year]
        names = tuple((unit, library.units[unit].name) for unit in one.units)
        inputs = (one, library.blocs[bloc].name, names)
        yield File(urls.api_bloc_year(bloc, year), "bloc-year", one.modified, bloc_year.bloc_year, inputs)


def _all_units(library: Library) -> File:
    """`/api/v1/units.json`"""
    lines = tuple(_unit_line(library, id_) for id_ in sorted(library.units))
    return File(urls.API_UNITS, "units", latest(line[-1] for line in lines), bodies.units, (lines,))


def _units(library: Library, ids: Iterable[str]) -> Iterator[File]:
    """`/api/v1/units/<unit>.json`"""
    for id_ in ids:
        line, services = _unit_line(library, id_), library.services.get(id_, ())
        blocs = tuple((bloc, library.blocs[bloc].name) for bloc in sorted({service.bloc for service in services}))
        awards = tuple((stated.fact, stated.sources) for stated in library.awards.get(id_, ()))
        inputs = (line, services, awards, _cards(library.by_unit.get(id_, ())), blocs)
        yield File(urls.api_unit(id_), "unit", line[-1], bodies.unit, inputs)


def _all_years(library: Library) -> File:
    """`/api/v1/years.json`"""
    lines = tuple(_year_line(library, year) for year in library.years)
    return File(urls.API_YEARS, "years", latest(line[-1] for line in lines), years.years, (lines,))


def _years(library: Library, those: Iterable[int]) -> Iterator[File]:
    """`/api/v1/years/<year>.json`"""
    blocs = tuple((id_, library.blocs[id_].name) for id_ in sorted(library.blocs))
    for year in those:
        told = tuple((one.card, one.reasons(year)) for one in library.by_year.get(year, ()))
        modified = _year_line(library, year)[-1]
        inputs = (year, modified, _occasions(library, year), told, library.progress(year), blocs)
        yield File(urls.api_year(year), "year", modified, years.year, inputs)


def _ceremonies(library: Library, told: Chapter) -> Iterator[File]:
    """`/api/v1/ceremonies/<id>.json`: a ceremony belongs to the chapter of its newest report."""
    for one in told.bulletins:
        reports = library.by_ceremony[one.ceremony_id]
        if reports[0] is one:
            inputs = (one.ceremony_id, tuple(_oldest_first(reports)))
            yield File(urls.api_ceremony(one.ceremony_id), "ceremony", _latest(reports), years.ceremony, inputs)


def _vocabularies() -> Iterator[File]:
    """`/api/v1/vocab/<name>.json`"""
    for name in vocabulary.VOCABULARIES:
        yield File(urls.api_vocabulary(name), "vocab", None, vocabulary.vocabulary, (name,))


def _schemas() -> Iterator[File]:
    """`/api/v1/schemas/<name>.json`"""
    for name in schemas.NAMES:
        yield File(urls.api_schema(name), schemas.KIND, None, schemas.schema, (name,))


def _cards(told: Iterable[Bulletin]) -> tuple[Card, ...]:
    return tuple(one.card for one in told)


def _latest(told: Iterable[Bulletin]) -> str | None:
    return latest(one.modified for one in told)


def _oldest_first(told: Iterable[Bulletin]) -> list[Bulletin]:
    return sorted(told, key=lambda one: (one.date, one.id))


def _bloc_line(library: Library, id_: str) -> bodies.BlocLine:
    return library.blocs[id_], library.years_of(id_), _latest(library.by_bloc.get(id_, ()))


def _unit_line(library: Library, id_: str) -> bodies.UnitLine:
    return library.units[id_], _latest(library.by_unit.get(id_, ()))


def _year_line(library: Library, year: int) -> years.YearLine:
    ceremonies = len({one.ceremony_id for one in library.by_day_year.get(year, ())})
    return year, ceremonies, len(library.by_year.get(year, ())), _latest(_of_year(library, year))


def _of_year(library: Library, year: int) -> tuple[Bulletin, ...]:
    """Bulletins of ceremonies held in a year, and those that belong to it; most are both."""
    return library.by_day_year.get(year, ()) + library.by_year.get(year, ())


def _occasions(library: Library, year: int) -> tuple[years.Occasion, ...]:
    """The ceremonies held in a year in the order of their days, each with its reports."""
    reports: dict[str, list[Card]] = {}
    for one in _oldest_first(library.by_day_year.get(year, ())):
        reports.setdefault(one.ceremony_id, []).append(one.card)
    return tuple((id_, tuple(cards)) for id_, cards in reports.items())


def _known(library: Library, files: Iterable[File], terms: Terms, list_length: int) -> catalogue.Known:
    by_kind = {name: terms.at(urls.api_schema(name)) for name in (*schemas.MODELS, *schemas.WRITTEN)} | {
        schemas.KIND: schemas.DIALECT
    }
    pages = tuple(sorted(_pages(library)))
    return catalogue.Known(
        documents=tuple((file.path, file.kind, by_kind[file.kind], file.modified) for file in files),
        pages=pages,
        notices=tuple(urls.bulletin(one.id) for one in library.withdrawn),
        sitemap=sitemap.parts(_about_how_many(library, len(pages), list_length)),
    )


def _pages(library: Library) -> Iterator[tuple[str, str]]:
    """The address of every page made from bulletins, and when what it shows last changed."""
    lists = (
        *((urls.bloc(id_), told) for id_, told in library.by_bloc.items()),
        *((urls.unit(id_), told) for id_, told in library.by_unit.items()),
        *((urls.year(year), _of_year(library, year)) for year in library.years),
        *((address, library.newest) for address in (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.GALLERIES)),
    )
    yield from ((address, modified) for address, told in lists if (modified := _latest(told)))
    yield from ((urls.bloc_year(*key), one.modified) for key, one in library.dossiers.items())
    for id_, one in library.bulletins.items():
        yield urls.bulletin(id_), one.modified
        yield urls.gallery(id_), one.modified


def _about_how_many(library: Library, own: int, list_length: int) -> int:
    """About how many pages the site has; no page is too many, a few too few do no harm."""
    listed = chain((library.newest,) * 2, library.by_bloc.values(), library.by_unit.values(), library.by_year.values())
    later = sum(len(told) for told in listed) // list_length
    photos = sum(one.photo_count for one in library.newest)
    return own + later + photos + len(library.units) + len(library.blocs) + OTHER_PAGES
