"""The complete list of machine-readable files (contract §3): one short function for each kind of document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from bulletins import urls
from bulletins.domain.citations import CitedDocument
from bulletins.domain.dossier import dossier as dossier_of
from bulletins.domain.library import NOTHING_KEPT, Chapter, Kept, Library
from bulletins.domain.library_digests import LibraryDigests
from bulletins.domain.model import Bulletin, Card
from bulletins.domain.register import Bloc
from bulletins.indexes import (
    bloc_year,
    catalogue,
    changes,
    citations,
    discovery,
    dumps,
    gone,
    linked_data,
    manifest,
    openapi,
    organizations,
    parts,
    provinces,
    schemas,
    sitemap,
    tables,
    vocabulary,
    years,
)
from bulletins.indexes import bulletin as bulletin_document
from bulletins.indexes.file import File, code_version
from bulletins.indexes.parts import Share
from bulletins.indexes.shape import Terms, latest
from bulletins.indexes.subscriptions import Subscriptions
from bulletins.indexes.texts import Pictures, bulletin_files
from bulletins.memory.state import Publication
from bulletins.plan import Catalogue, Line, Output, Part
from bulletins.settings import Settings
from bulletins.versions import digest_of
from bulletins.vietnamese.dates import iso

Digest = Callable[[Any], str]

LayOut = Callable[[], Iterable[File]]
"""Lays out a part of the list, where and when it is needed."""

FEW = 6
"""Blocs or units whose documents are laid out together."""

ENTRY_BYTES = {
    "bloc": 1_000, "unit": 900, "bulletin": 900, "ceremony": 650, "progress": 230, "service": 450, "award": 700,
    "document": 450, "citation": 200, "movement": 600, "mention": 150, "source": 45,
}  # fmt: skip
"""About how many bytes an entry of a list takes, by what it is of: enough to know which documents are long."""


def plan(
    library: Library,
    pictures: Pictures,
    settings: Settings,
    publication: Publication | None = None,
    digests: LibraryDigests | None = None,
    kept: Kept = NOTHING_KEPT,
) -> list[Line]:
    """Every machine-readable file; `pictures` by bulletin id and the photo's number from 1.

    `digests` are those of the library with these pictures, `kept` is what no bulletin tells of any more.
    """
    terms = Terms.of(settings)
    version = code_version()
    planned = _planned_pages(library, settings.list_length, kept)
    for_crawlers = (terms.at(urls.SITEMAP), settings.drafts)
    lines = partial(_lines, terms=terms, version=version, publication=publication)
    digests = digests or LibraryDigests(library, pictures)
    of_parts = digest_of((version, repr(settings)))

    def part(files: LayOut, *inputs: object, near: str = "", size: int = 1) -> Part:
        # The times of a publication are no input, so nobody knows without laying it out what it would make anew.
        return Part(partial(lines, files), near, size, () if publication else inputs, of_parts)

    def of_chapter(chapter: Chapter) -> Part:
        files, known = partial(_of_chapter, library, pictures, chapter), digests.chapter(chapter)
        return part(files, "chapter", chapter.name, known, near=chapter.name, size=chapter.size)

    return [
        *map(of_chapter, library.chapters),
        *(part(files, *inputs) for files, *inputs in _others(library, digests)),
        part(partial(_kept, library, kept)),
        *_subscriptions(library, pictures, settings, version, digests),
        *_of_other_formats(library, terms, settings.site_name, version),
        Output((urls.output_path(urls.ROBOTS),), sitemap.robots, for_crawlers, version),
        *(Catalogue(path, sitemap.sitemap, (terms.root, planned, path), version) for path in planned.sitemap),
        *_of_a_publication(library, pictures, terms, publication),
        *catalogue.listings(terms, publication),
    ]


def _of_a_publication(
    library: Library, pictures: Pictures, terms: Terms, publication: Publication | None
) -> Iterator[Line]:
    """What only a publication makes: the change log, that of galleries, and the dumps."""
    if publication:
        yield changes.listing(terms, publication)
        yield discovery.listing(terms, publication)
        yield dumps.listing(terms, library, pictures, publication)


def _lines(files: LayOut, terms: Terms, version: str, publication: Publication | None) -> Iterator[Output]:
    return (file.line(terms, version, publication) for file in files())


def _subscriptions(
    library: Library, pictures: Pictures, settings: Settings, version: str, digests: LibraryDigests
) -> Iterator[Part]:
    """Feeds and calendars of the site, of each bloc, unit and year."""
    all_ = Subscriptions(library, pictures, Terms.of(settings), settings.site_name, version)
    gone = tuple(bulletin.digest for bulletin in library.withdrawn)
    of_parts = digest_of((version, repr(settings), *gone))

    def part(lay_out: Callable[[Sequence[Any]], Iterator[Output]], ids: Sequence[Any], digest: Digest) -> Part:
        inputs = (lay_out.__name__, *ids, *map(digest, ids))
        return Part(partial(lay_out, ids), inputs=inputs, version=of_parts)

    yield Part(all_.of_site)
    yield from (part(all_.of_blocs, ids, digests.bloc) for ids in _few(sorted(library.blocs)))
    yield from (part(all_.of_units, ids, digests.unit) for ids in _few(sorted(library.units)))
    yield from (part(all_.of_years, (year,), digests.year_but_for_names) for year in library.years)


def _of_other_formats(library: Library, terms: Terms, site_name: str, version: str) -> Iterator[Output]:
    """Files that keep the specification of somebody else: tables, OpenAPI, JSON-LD, DCAT."""
    dossiers = tuple(library.dossiers.values())
    figures = tuple(map(tables.Figures, dossiers))
    services = tuple(service for dossier in dossiers for service in dossier.services)
    units = tuple((id_, library.units[id_].name) for id_ in sorted({service.unit for service in services}))
    files: tuple[tuple[str, Callable[..., Sequence[bytes]], tuple[Any, ...]], ...] = (
        (urls.api_table("bulletins"), tables.bulletins, (_published(library),)),
        (urls.api_table("blocs"), tables.blocs, (_blocs_with_sources(library),)),
        (urls.api_table("memberships"), tables.memberships, (services, units)),
        (urls.api_table("targets"), tables.targets, (figures,)),
        (urls.api_table("awards"), tables.awards, (figures,)),
        (urls.REDIRECTS, bulletin_document.redirects, (_moves(library),)),
        (urls.API_OPENAPI, openapi.openapi, (site_name,)),
        (urls.API_CONTEXT, linked_data.context, ()),
        (urls.DATASETS, linked_data.datasets, (site_name,)),
    )
    for address, make, inputs in files:
        yield Output((urls.output_path(address),), make, (terms, *inputs), version)


def _published(library: Library) -> tuple[tuple[Card, str | None], ...]:
    """Every card with the moment of its publication, newest first."""
    return tuple((b.card, iso(b.published) if b.published else None) for b in library.newest)


def _blocs_with_sources(library: Library) -> tuple[tuple[Bloc, tuple[int, ...], tuple[str, ...]], ...]:
    return tuple(
        (library.blocs[id_], library.years_of(id_), tuple(b.id for b in library.by_bloc.get(id_, ())))
        for id_ in sorted(library.blocs)
    )


def _of_chapter(library: Library, pictures: Pictures, chapter: Chapter) -> Iterator[File]:
    """What is made from the records of a chapter's bulletins."""
    yield from bulletin_files(library, pictures, chapter.bulletins)
    yield from _galleries(pictures, chapter)
    yield from _bloc_years(library, chapter)
    yield from _ceremonies(library, chapter)


def _others(library: Library, digests: LibraryDigests) -> Iterator[tuple[Any, ...]]:
    """All documents that belong to no chapter, in parts: how each is laid out, and from what, unless it is too much."""
    yield (partial(_indexes, library),)
    for ids in _few(sorted(library.blocs)):
        yield (partial(_blocs, library, ids), "blocs", *ids, *map(digests.bloc, ids))
    for ids in _few(sorted(library.units)):
        yield (partial(_units, library, ids), "units", *ids, *map(digests.unit, ids))
    for year in library.years:
        yield partial(_years, library, (year,)), "year", year, digests.year_but_for_names(year)
    yield (partial(_withdrawn, library),)
    yield (partial(_moved, library),)
    yield (partial(_gone_ceremonies, library),)
    yield (partial(gone.files, library),)
    of_movements = digests.of("modified", "mentions"), library.register.digests["movement"]
    yield partial(_movements, library), "movements", *of_movements
    yield partial(_cited, library), "documents", digests.of("modified", "citations")
    yield _vocabularies, "vocabularies"
    yield _schemas, "schemas"


def _few(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + FEW] for first in range(0, len(ids), FEW))


def _indexes(library: Library) -> Iterator[File]:
    yield from _all_blocs(library)
    yield from _all_units(library)
    yield _all_years(library)
    yield _hosts(library)


def _weight(**numbers: int) -> int:
    """About how many bytes so many entries of each sort take."""
    return sum(ENTRY_BYTES[sort] * number for sort, number in numbers.items())


def _galleries(pictures: Pictures, chapter: Chapter) -> Iterator[File]:
    """`/api/v1/galleries/<bulletin>/manifest.json`"""
    for bulletin in chapter.bulletins:
        if bulletin.photo_count:
            photos = tuple(pictures[bulletin.id, n] for n in range(1, bulletin.photo_count + 1))
            yield File(
                urls.api_gallery(bulletin.id), manifest.SCHEMA, bulletin.modified, manifest.manifest, (bulletin, photos)
            )


def _withdrawn(library: Library) -> Iterator[File]:
    """`/api/v1/bulletins/<id>.json` of a withdrawn bulletin: what it said is no input."""
    for bulletin in library.withdrawn:
        inputs = (bulletin.id, bulletin.title, bulletin.modified, *_withdrawal(bulletin))
        yield File(
            urls.api_bulletin(bulletin.id), "withdrawn-bulletin", bulletin.modified, bulletin_document.withdrawn, inputs
        )


def _gone_ceremonies(library: Library) -> Iterator[File]:
    """`/api/v1/ceremonies/<id>.json` where no bulletin tells of the ceremony any more: it moved, or the last went."""
    moved = {
        former: bulletin
        for bulletin in library.addressed
        for former in (bulletin.former_ids if bulletin.ceremony_id == bulletin.id else ())
    }
    in_turn = sorted(library.withdrawn, key=lambda b: (b.withdrawn.date if b.withdrawn else date.min, b.id))
    for id_, bulletin in ({bulletin.ceremony_id: bulletin for bulletin in in_turn} | moved).items():
        address, modified = urls.api_ceremony(id_), bulletin.modified
        if id_ in library.by_ceremony:
            continue
        if id_ in moved:
            inputs = (id_, bulletin.id, modified)
            yield File(address, "moved-ceremony", modified, bulletin_document.moved_ceremony, inputs)
        else:
            why = (id_, modified, *_withdrawal(bulletin))
            yield File(address, "withdrawn-ceremony", modified, years.withdrawn_ceremony, why)


def _withdrawal(bulletin: Bulletin) -> tuple[str | None, date | None]:
    """Why and when a bulletin was withdrawn, as far as it says so."""
    return (bulletin.withdrawn.reason, bulletin.withdrawn.date) if bulletin.withdrawn else (None, None)


def _moved(library: Library) -> Iterator[File]:
    """What stands under ids that bulletins had before."""
    for bulletin in library.addressed:
        for former in bulletin.former_ids:
            inputs = (former, bulletin.id, bulletin.modified, bulletin.all_photo_ids)
            address = urls.api_bulletin(former)
            yield File(address, "moved-bulletin", bulletin.modified, bulletin_document.moved, inputs)


def _moves(library: Library) -> tuple[tuple[str, str], ...]:
    """Every address that moved, and where to."""
    of_bulletins = (
        (make(former), make(bulletin.id))
        for bulletin in sorted(library.addressed, key=lambda b: b.id)
        for former in bulletin.former_ids
        for make, is_there in (
            (urls.bulletin, True),
            (urls.gallery, bool(bulletin.all_photo_ids)),
            (urls.api_gallery, bool(bulletin.photo_count) and bulletin.id in library.bulletins),
        )
        if is_there
    )
    return (*of_bulletins, *gone.addresses(library), *gone.of_older_site(library))


def _all_blocs(library: Library) -> Iterator[File]:
    """`/api/v1/blocs.json`"""
    lines = tuple(_bloc_line(library, id_) for id_ in sorted(library.blocs))
    return _register_list(urls.API_BLOCS, "blocs", organizations.blocs, lines, _weight(bloc=len(lines)))


def _register_list(
    address: str, kind: str, make: Callable[..., Sequence[bytes]], lines: Sequence[Any], weight: int
) -> Iterator[File]:
    """A list of blocs or units: of each its line, with its entry of the register first and its time last."""

    def file(share: Share) -> File:
        held = tuple(line for line in lines if share.has(line[0].id))
        modified = latest(line[-1] for line in (lines if share.parts else held))
        return File(address, kind, modified, make, (held, modified, share))

    return parts.files(weight, file)


def _hosts(library: Library) -> File:
    """`/api/v1/hosts.json`"""
    blocs: dict[str, list[str]] = {}
    for id_ in sorted(library.blocs):
        if host := library.blocs[id_].host:
            blocs.setdefault(host, []).append(id_)
    lines = tuple(
        (library.hosts[id_], tuple(blocs.get(id_, ())), _replaced_by(library, "host", id_))
        for id_ in sorted(library.hosts)
    )
    modified = _latest(library.newest)
    inputs = (modified, lines, gone.of_type(library, "host"))
    return File(urls.API_HOSTS, "hosts", modified, organizations.hosts, inputs)


def _replaced_by(library: Library, type_: str, id_: str) -> tuple[str, ...]:
    """The ids of those that an entry of the register replaces."""
    return library.register.predecessors.get((type_, id_), ())


def _movements(library: Library) -> Iterator[File]:
    """`/api/v1/movements.json`: those of the register and what is gone stand in it; who reports them is shared out."""
    entries = tuple(
        (library.register.movements[id_], _replaced_by(library, "movement", id_))
        for id_ in sorted(library.register.movements)
    )
    reported = library.movements
    sources = sum(len(movement.bulletins) for movement in reported)
    weight = _weight(movement=len(entries), mention=len(reported), source=sources)
    shares = parts.shared_out(weight, ((movement, movement.bulletins) for movement in reported), str)

    def file(share: Share) -> File:
        held = tuple(movement._replace(bulletins=ids) for movement, ids in shares.get(share.part, ()))
        own = {movement.mention.id for movement in held}
        modified = _modified_by(library, (id_ for m in (reported if share.parts else held) for id_ in m.bulletins))
        registered = entries if share.part is None else tuple(line for line in entries if line[0].id in own)
        went = gone.of_type(library, "movement") if share.part is None else ()
        inputs = (modified, registered, held, went, share)
        return File(urls.API_MOVEMENTS, "movements", modified, citations.movements, inputs)

    return parts.files(weight, file)


def _cited(library: Library) -> Iterator[File]:
    """`/api/v1/documents.json`, and the documents of each year"""
    by_year: dict[int | None, list[CitedDocument]] = {}
    for document in library.documents:
        by_year.setdefault(document.citation.year_of_issue, []).append(document)
    years_first = sorted(by_year, key=lambda year: (year is None, -(year or 0)))
    for year in years_first:
        yield from _cited_of_year(library, year, by_year[year])
    modified = _modified_by(library, (citing[0] for document in library.documents for citing in document.citations))
    counts = tuple((year, len(by_year[year])) for year in years_first)
    yield File(urls.API_DOCUMENTS, "all-documents", modified, citations.all_documents, (modified, counts))


def _cited_of_year(library: Library, year: int | None, cited: Sequence[CitedDocument]) -> Iterator[File]:
    """`/api/v1/documents/<year>.json`: who cites them is shared out, so that a law which all cite can be long."""
    weight = _weight(document=len(cited), citation=sum(len(document.citations) for document in cited))
    citing = ((document, document.citations) for document in cited)
    shares = parts.shared_out(weight, citing, itemgetter(0))

    def file(share: Share) -> File:
        held = tuple(document._replace(citations=some) for document, some in shares.get(share.part, ()))
        modified = _modified_by(
            library, (citing[0] for d in (cited if share.parts else held) for citing in d.citations)
        )
        inputs = (year, modified, held, share)
        return File(urls.api_documents(citations.part(year)), "documents", modified, citations.documents, inputs)

    return parts.files(weight, file)


def _modified_by(library: Library, ids: Iterable[str]) -> str | None:
    """When the last of these bulletins changed."""
    return _latest(library.bulletins[id_] for id_ in set(ids))


def _blocs(library: Library, ids: Iterable[str]) -> Iterator[File]:
    """`/api/v1/blocs/<bloc>.json`"""
    for id_ in ids:
        yield from _bloc(library, id_)


def _bloc(library: Library, id_: str) -> Iterator[File]:
    """A bloc; its dossiers, one a year, are in every part."""
    line, bulletins = _bloc_line(library, id_), library.by_bloc.get(id_, ())
    school_years = tuple(year for year in library.years_of(id_) if library.dossiers[id_, year].school_year)

    def file(share: Share) -> File:
        held = tuple(bulletin for bulletin in bulletins if share.has(bulletin.id))
        modified = _latest(bulletins if share.parts else held)
        inputs = ((*line[:-1], modified), _cards(held), school_years, share)
        return File(urls.api_bloc(id_), "bloc", modified, organizations.bloc, inputs)

    return parts.files(_weight(bulletin=len(bulletins)), file)


def _bloc_years(library: Library, chapter: Chapter) -> Iterator[File]:
    """`/api/v1/blocs/<bloc>/<year>.json`"""
    for bloc, year in chapter.years:
        dossier = library.dossiers[bloc, year]
        names, of_next = (
            tuple((unit, library.units[unit].name_in(in_year)) for unit in sorted(units))
            for in_year, units in (
                (year, {*dossier.units, *dossier.units_that_changed}),
                (year + 1, dossier.units_of_next),
            )
        )
        inputs = (dossier, library.blocs[bloc].name_in(year), names, of_next)
        yield File(urls.api_bloc_year(bloc, year), "bloc-year", dossier.modified, bloc_year.bloc_year, inputs)


def _kept(library: Library, kept: Kept) -> Iterator[File]:
    """What stands at the addresses of dossiers and years of which no bulletin tells any more."""
    for bloc, year in kept.dossiers:
        address = urls.api_bloc_year(bloc, year)
        if bloc in library.blocs:
            inputs = (dossier_of(bloc, year, ()), library.blocs[bloc].name_in(year), (), ())
            yield File(address, "bloc-year", None, bloc_year.bloc_year, inputs)
    yield from gone.dossiers(library, kept)
    yield from _years(library, kept.years)


def _all_units(library: Library) -> Iterator[File]:
    """`/api/v1/units.json`"""
    lines = tuple(_unit_line(library, id_) for id_ in sorted(library.units))
    return _register_list(urls.API_UNITS, "units", organizations.units, lines, _weight(unit=len(lines)))


def _units(library: Library, ids: Iterable[str]) -> Iterator[File]:
    """`/api/v1/units/<unit>.json`"""
    for id_ in ids:
        yield from _unit(library, id_)


def _unit(library: Library, id_: str) -> Iterator[File]:
    """A unit: its years stand by their dossiers, awards and bulletins by their ids."""
    line, services, bulletins = _unit_line(library, id_), library.services.get(id_, ()), library.by_unit.get(id_, ())
    awards = tuple((a.fact, a.sources, a.conflict, a.id) for a in library.awards.get(id_, ()))

    def file(share: Share) -> File:
        served = tuple(service for service in services if share.has(f"{service.bloc}-{service.year}"))
        blocs = tuple((bloc, library.blocs[bloc].name) for bloc in sorted({service.bloc for service in served}))
        honours = tuple(award for award in awards if share.has(award[-1]))
        held = tuple(bulletin for bulletin in bulletins if share.has(bulletin.id))
        said_by = (*(b.id for b in held), *(s for o in served for s in o.sources), *(s for o in honours for s in o[1]))
        modified = _modified_by(library, said_by) if share.part else line[-1]
        inputs = ((*line[:-1], modified), served, honours, _cards(held), blocs, share)
        return File(urls.api_unit(id_), "unit", modified, organizations.unit, inputs)

    numbers = {"bulletin": len(bulletins), "service": len(services), "award": len(awards)}
    return parts.files(_weight(**numbers), file)


def _all_years(library: Library) -> File:
    """`/api/v1/years.json`"""
    lines = tuple(_year_line(library, year) for year in library.years)
    return File(urls.API_YEARS, "years", latest(line[-1] for line in lines), years.years, (lines,))


def _years(library: Library, numbers: Iterable[int]) -> Iterator[File]:
    """`/api/v1/years/<year>.json`"""
    for year in numbers:
        yield from _year(library, year)


def _year(library: Library, year: int) -> Iterator[File]:
    """A year; what each bloc has and lacks stands in it even where it is long."""
    progress = tuple((steps, library.blocs[steps.bloc].name_in(year)) for steps in library.progress(year))
    bulletins, occasions = library.by_year.get(year, ()), _occasions(library, year)

    def file(share: Share) -> File:
        held = tuple((bulletin.card, bulletin.reasons(year)) for bulletin in bulletins if share.has(bulletin.id))
        takes_place = tuple(occasion for occasion in occasions if share.has(occasion[0]))
        of_blocs = progress if share.part is None else ()
        own = (b for b in _of_year(library, year) if share.parts or share.has(b.id) or share.has(b.ceremony_id))
        inputs = (year, modified := _latest(own), takes_place, held, of_blocs, share)
        return File(urls.api_year(year), "year", modified, years.year, inputs)

    numbers = {"bulletin": len(bulletins), "ceremony": len(occasions), "progress": len(progress)}
    return parts.files(_weight(**numbers), file)


def _ceremonies(library: Library, chapter: Chapter) -> Iterator[File]:
    """`/api/v1/ceremonies/<id>.json`: a ceremony belongs to the chapter of its newest report."""
    for bulletin in chapter.bulletins:
        reports = library.by_ceremony[bulletin.ceremony_id]
        if reports[0] is bulletin:
            inputs = (bulletin.ceremony_id, tuple(_oldest_first(reports)))
            yield File(urls.api_ceremony(bulletin.ceremony_id), "ceremony", _latest(reports), years.ceremony, inputs)


def _vocabularies() -> Iterator[File]:
    """`/api/v1/vocab/<name>.json`"""
    for name in vocabulary.VOCABULARIES:
        yield File(urls.api_vocabulary(name), "vocab", None, vocabulary.vocabulary, (name,))
    yield File(urls.API_PROVINCES, "provinces", None, provinces.provinces, ())


def _schemas() -> Iterator[File]:
    """`/api/v1/schemas/<name>.json`"""
    for name in schemas.NAMES:
        yield File(urls.api_schema(name), schemas.KIND, None, schemas.schema, (name,))


def _cards(bulletins: Iterable[Bulletin]) -> tuple[Card, ...]:
    return tuple(bulletin.card for bulletin in bulletins)


def _latest(bulletins: Iterable[Bulletin]) -> str | None:
    return latest(bulletin.modified for bulletin in bulletins)


def _oldest_first(bulletins: Iterable[Bulletin]) -> list[Bulletin]:
    return sorted(bulletins, key=lambda bulletin: (bulletin.date, bulletin.id))


def _bloc_line(library: Library, id_: str) -> organizations.BlocLine:
    bloc = library.blocs[id_]
    council = library.hosts[bloc.host].council if bloc.host else None
    modified = _latest(library.by_bloc.get(id_, ()))
    return bloc, council, library.years_of(id_), _replaced_by(library, "bloc", id_), modified


def _unit_line(library: Library, id_: str) -> organizations.UnitLine:
    return library.units[id_], _replaced_by(library, "unit", id_), _latest(library.by_unit.get(id_, ()))


def _year_line(library: Library, year: int) -> years.YearLine:
    ceremonies = len({bulletin.ceremony_id for bulletin in library.by_day_year.get(year, ())})
    return year, ceremonies, len(library.by_year.get(year, ())), _latest(_of_year(library, year))


def _of_year(library: Library, year: int) -> tuple[Bulletin, ...]:
    """Bulletins of ceremonies held in a year, and those that belong to it; most are both."""
    return library.by_day_year.get(year, ()) + library.by_year.get(year, ())


def _occasions(library: Library, year: int) -> tuple[years.Occasion, ...]:
    """The ceremonies held in a year in the order of their days, each with its reports."""
    reports: dict[str, list[Card]] = {}
    for bulletin in _oldest_first(library.by_day_year.get(year, ())):
        reports.setdefault(bulletin.ceremony_id, []).append(bulletin.card)
    return tuple((id_, tuple(cards)) for id_, cards in reports.items())


def _planned_pages(library: Library, list_length: int, kept: Kept) -> sitemap.PlannedPages:
    pages = tuple(sorted(_pages(library)))
    return sitemap.PlannedPages(
        pages=pages,
        notices=tuple(gone.notices(library, kept)),
        sitemap=sitemap.parts(_about_how_many(library, pages, list_length)),
    )


def _pages(library: Library) -> Iterator[tuple[str, str]]:
    """The address of every page made from bulletins, and when what it shows last changed."""
    lists = (
        *((urls.bloc(id_), bulletins) for id_, bulletins in library.by_bloc.items()),
        *((urls.unit(id_), bulletins) for id_, bulletins in library.by_unit.items()),
        *((urls.year(year), _of_year(library, year)) for year in library.years),
        *((address, library.newest) for address in (urls.HOME, urls.BLOCS, urls.UNITS, urls.YEARS, urls.GALLERIES)),
    )
    yield from ((address, modified) for address, bulletins in lists if (modified := _latest(bulletins)))
    yield from ((urls.bloc_year(*key), moment) for key, d in library.dossiers.items() if (moment := d.modified))
    for id_, bulletin in library.bulletins.items():
        if bulletin.modified:
            yield urls.bulletin(id_), bulletin.modified
            yield urls.gallery(id_), bulletin.modified


def _about_how_many(library: Library, pages: Iterable[tuple[str, str]], list_length: int) -> Counter[str]:
    """About how many pages each folder has, which decides into how many files the sitemap is divided."""
    numbers = Counter(address.split("/")[1] for address, _ in pages)
    photos = sum(bulletin.photo_count for bulletin in library.newest)
    lists = {
        "anh": [library.newest],
        "khoi": library.by_bloc.values(),
        "don-vi": library.by_unit.values(),
        "nam": library.by_year.values(),
    }
    later = {folder: sum(map(len, some)) // list_length for folder, some in lists.items()}
    return numbers + Counter({"anh": photos}) + Counter(later)
