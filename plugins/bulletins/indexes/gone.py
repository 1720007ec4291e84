"""What stands where an entry of the register was: where it moved, or that it was withdrawn and why (contract §1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.library import NOTHING_KEPT, Kept, Library
from bulletins.domain.model import Withdrawal
from bulletins.domain.register import RegisterEntry
from bulletins.indexes import organizations
from bulletins.indexes.file import File

MOVED, WITHDRAWN = "moved-organization", "withdrawn-organization"


class Place(NamedTuple):
    """Where entries of a type have their page and their JSON."""

    page: Callable[[str], str]
    data: Callable[[str], str]


PLACES = {"bloc": Place(urls.bloc, urls.api_bloc), "unit": Place(urls.unit, urls.api_unit)}


def files(library: Library) -> Iterator[File]:
    """The JSON at the address of every bloc and unit, and of every dossier, that moved or was withdrawn."""
    for type_, place in PLACES.items():
        for id_, entry, gone in _withdrawn(library, type_):
            inputs = (id_, entry.name, place.page(id_), gone.reason, gone.date)
            yield File(place.data(id_), WITHDRAWN, gone.date.isoformat(), organizations.withdrawn, inputs)
        for former, id_ in _moves(_present(library, type_)):
            yield _moved(former, id_, place.page(former), place.data(former), place.data(id_))
    for former, id_ in _moves(library.blocs.values()):
        for year in library.years_of(id_):
            page, data = urls.bloc_year(former, year), urls.api_bloc_year(former, year)
            yield _moved(f"{former}-{year}", f"{id_}-{year}", page, data, urls.api_bloc_year(id_, year))


def dossiers(library: Library, kept: Kept) -> Iterator[File]:
    """The JSON at the dossiers of blocs that were withdrawn, and at former addresses of those no bulletin tells of."""
    for bloc_id, year in kept.dossiers:
        for id_, entry, gone in _withdrawn(library, "bloc"):
            if entry.id == bloc_id:
                page, data = urls.bloc_year(id_, year), urls.api_bloc_year(id_, year)
                inputs = (f"{id_}-{year}", entry.name, page, gone.reason, gone.date)
                yield File(data, WITHDRAWN, gone.date.isoformat(), organizations.withdrawn, inputs)
        for former in _former_ids(library, bloc_id):
            own = (urls.bloc_year(former, year), urls.api_bloc_year(former, year), urls.api_bloc_year(bloc_id, year))
            yield _moved(f"{former}-{year}", f"{bloc_id}-{year}", *own)


def addresses(library: Library) -> Iterator[tuple[str, str]]:
    """Every address of an entry that moved, and where to: pages, and what stands beside them."""
    for former, id_ in _moves(library.blocs.values()):
        years = library.years_of(id_)
        yield from (_pair(urls.bloc_year, former, id_, year) for year in years)
    for type_, place in PLACES.items():
        for former, id_ in _moves(_present(library, type_)):
            old, new = place.page(former), place.page(id_)
            yield old, new
            yield from ((urls.feed(old, suffix), urls.feed(new, suffix)) for suffix in ("json", "xml"))
            if type_ == "bloc":
                yield urls.calendar(old), urls.calendar(new)


def of_older_site(library: Library) -> Iterator[tuple[str, str]]:
    """Every address at which a bulletin stood on an older site of the office, and its page here."""
    for bulletin in sorted(library.addressed, key=lambda b: b.id):
        former = {address.lower(): address for address in bulletin.former_addresses}
        yield from ((address, urls.bulletin(bulletin.id)) for address in former.values())


def notices(library: Library, kept: Kept = NOTHING_KEPT) -> Iterator[str]:
    """Every address whose page says no more than where something went."""
    yield from (urls.year(year) for year in kept.years)
    yield from (urls.photo_or_gallery(*key) for key in kept.photos)
    for bloc_id, year in kept.dossiers:
        yield from (urls.bloc_year(id_, year) for id_ in (bloc_id, *_former_ids(library, bloc_id)))
        yield from (urls.bloc_year(id_, year) for id_, entry, _ in _withdrawn(library, "bloc") if entry.id == bloc_id)
    for bulletin in library.withdrawn:
        yield from _pages(bulletin.id, bulletin.all_photo_ids)
    for bulletin in library.newest:
        yield from (urls.photo(bulletin.id, photo.id) for photo in bulletin.withdrawn_photos)
        if not bulletin.photo_count:
            yield urls.gallery(bulletin.id)
    for bulletin in library.addressed:
        for former in bulletin.former_ids:
            yield from _pages(former, bulletin.all_photo_ids)
        yield from filter(None, map(urls.page_in_place_of, bulletin.former_addresses))
    for type_, place in PLACES.items():
        yield from (place.page(id_) for id_, _, _ in _withdrawn(library, type_))
    yield from (old for old, _ in addresses(library))


def _former_ids(library: Library, bloc_id: str) -> Iterable[str]:
    return library.blocs[bloc_id].former_ids if bloc_id in library.blocs else ()


def _pages(bulletin_id: str, photo_ids: Iterable[str]) -> Iterator[str]:
    yield urls.bulletin(bulletin_id)
    yield urls.gallery(bulletin_id)
    yield from (urls.photo(bulletin_id, id_) for id_ in photo_ids)


def of_type(library: Library, type_: str) -> tuple[organizations.Gone, ...]:
    """The entries of a type that moved or were withdrawn, in the order of their ids."""
    moved = [(former, id_, None, None) for former, id_ in _moves(_present(library, type_))]
    withdrawn = [(id_, None, gone.reason, gone.date) for id_, _, gone in _withdrawn(library, type_)]
    return tuple(sorted([*moved, *withdrawn], key=lambda gone: gone[0]))


def _withdrawn(library: Library, type_: str) -> Iterator[tuple[str, RegisterEntry, Withdrawal]]:
    """Every entry of a type that was withdrawn, under its id and under each it had before, with why and when."""
    for entry in library.register.withdrawn[type_]:
        if gone := entry.withdrawn:
            yield from ((id_, entry, gone) for id_ in (entry.id, *entry.former_ids))


def _present(library: Library, type_: str) -> Iterable[RegisterEntry]:
    register = library.register
    by_type: dict[str, Iterable[RegisterEntry]] = {
        "host": register.hosts.values(),
        "bloc": register.blocs.values(),
        "unit": library.units.values(),
        "movement": register.movements.values(),
    }
    return by_type[type_]


def _moves(entries: Iterable[RegisterEntry]) -> list[tuple[str, str]]:
    """Each former id with the present one, in the order of the former."""
    return sorted((former, entry.id) for entry in entries for former in entry.former_ids)


def _moved(former: str, id_: str, page: str, data: str, present: str) -> File:
    return File(data, MOVED, None, organizations.moved, (former, id_, page, present, None))


def _pair(address: Callable[[str, int], str], former: str, id_: str, year: int) -> tuple[str, str]:
    return address(former, year), address(id_, year)
