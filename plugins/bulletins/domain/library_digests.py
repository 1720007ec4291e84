"""Digests of stretches of a library: while one stays the same, so does whatever is laid out from that stretch.

Each holds more than it must rather than less: what is laid out in vain costs time, what is not laid out a wrong page.
Of the register they hold the entries that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, partial
from hashlib import blake2b
from itertools import pairwise
from operator import attrgetter

from bulletins.domain.library import Chapter, Library
from bulletins.domain.model import Bulletin
from bulletins.domain.pictures import Picture

Key = tuple[str, int]
"""A bloc and a year."""


class LibraryDigests:
    """The digests of a library whose photos have these pictures, by bulletin id and the photo's number from 1."""

    def __init__(self, library: Library, pictures: Mapping[tuple[str, int], Picture]) -> None:
        self._library = library
        self._pictures = pictures
        # Pages, documents and feeds ask for the same ones.
        self.chapter: Callable[[Chapter], str] = cache(self._of_chapter)
        self.bloc: Callable[[str], str] = cache(self._of_bloc)
        self.unit: Callable[[str], str] = cache(self._of_unit)
        self.year: Callable[[int], str] = cache(self._of_year)
        self.year_but_for_names: Callable[[int], str] = cache(partial(self._of_year, with_names=False))
        # Many bulletins name the same ones.
        self._of_entries: Callable[..., str] = cache(self._digest_of_entries)

    def _of_chapter(self, chapter: Chapter) -> str:
        """The bulletins and years of a chapter, and the bulletins and years that are shown with them."""
        keys = {key for bulletin in chapter.bulletins for key in self._keys[bulletin.id]}.union(chapter.years)
        sisters = (b for bulletin in chapter.bulletins for b in self._library.by_ceremony[bulletin.ceremony_id])
        beside = (b for bulletin in chapter.bulletins for b in self._neighbours[bulletin.id])
        order = tuple(bulletin.id for bulletin in chapter.bulletins)
        return self._digest((*chapter.bulletins, *sisters, *beside), keys, order, chapter.years)

    def _of_bloc(self, bloc: str) -> str:
        """All of a bloc."""
        keys = ((bloc, year) for year in self._library.years_of(bloc))
        known = self._of_entries((bloc,)), self._library.register.predecessors.get(("bloc", bloc), ())
        return self._digest(self._library.by_bloc.get(bloc, ()), keys, *known)

    def _of_unit(self, unit: str) -> str:
        """The bulletins that name a unit, and the years in which it had a role."""
        services = self._library.services.get(unit, ())
        sources = (id_ for stated in self._library.awards.get(unit, ()) for id_ in stated.sources)
        bulletins = (*self._library.by_unit.get(unit, ()), *map(self._library.bulletins.__getitem__, sources))
        entry, predecessors = self._library.units[unit], self._library.register.predecessors.get(("unit", unit), ())
        known = self._of_entries((), (entry.parent,), (unit, *entry.replaced_by)), predecessors
        return self._digest(bulletins, ((service.bloc, service.year) for service in services), *known)

    def _of_year(self, year: int, with_names: bool = True) -> str:
        """The bulletins of a year, and what each bloc has of it; with or without the names of those whom they name."""
        library = self._library
        keys = self._keys_of_year.get(year, [])
        steps = (step for key in keys for step in library.dossiers[key].steps if step)
        held = (bulletin for step in steps for bulletin in library.by_ceremony[step])
        of_year = library.by_day_year.get(year, ())
        sisters = (sister for bulletin in of_year for sister in library.sisters(bulletin))
        bulletins = (*library.by_year.get(year, ()), *of_year, *sisters, *held)
        known = library.register.digests["host"], library.register.digests["bloc"]
        return self._digest(bulletins, keys, library.years, library.progress(year), *known, with_names=with_names)

    def of(self, *attributes: str) -> str:
        """Of these attributes of all bulletins, for what is laid out from nothing else of them."""
        of_one = attrgetter("id", *attributes)
        return blake2b(
            repr([of_one(bulletin) for bulletin in self._library.newest]).encode(), digest_size=16
        ).hexdigest()

    def _digest(
        self, bulletins: Iterable[Bulletin], keys: Iterable[Key], *others: object, with_names: bool = True
    ) -> str:
        """Of bulletins, of years of blocs with the bulletins that tell of them, and of what else there is."""
        library, in_order = self._library, sorted(keys)
        shown = {b.id for b in bulletins}.union(b.id for key in in_order for b in library.by_bloc_year[key])
        years = [(bloc, library.years_of(bloc)) for bloc in sorted({bloc for bloc, _ in in_order})]
        names = [self._named[id_] for id_ in sorted(shown)] if with_names else []
        # A dossier is made of its bulletins and nothing else, so they stand for it.
        known = (others, in_order, years, [self._own[id_] for id_ in sorted(shown)], names)
        return blake2b(repr(known).encode(), digest_size=16).hexdigest()

    @cached_property
    def _own(self) -> Mapping[str, tuple[str, ...]]:
        """What each bulletin is itself: its facts, its text, its photos, what goes out beside it."""
        return {bulletin.id: tuple(self._parts(bulletin)) for bulletin in self._library.newest}

    def _parts(self, bulletin: Bulletin) -> Iterable[str]:
        id_, pictures = bulletin.id, (self._pictures.get((bulletin.id, n + 1)) for n in range(bulletin.photo_count))
        body = self._library.bodies.get(id_)
        yield from (id_, bulletin.digest, body.digest if body else "")
        yield from (picture.digest if picture else "" for picture in pictures)
        yield from (file.digest for file in self._library.attached.get(id_, ()))

    @cached_property
    def _named(self) -> Mapping[str, str]:
        """What the register says of those whom each bulletin names."""
        return {b.id: self._of_entries((*b.blocs, *b.related_blocs), (b.host,), b.units) for b in self._library.newest}

    def _digest_of_entries(
        self, blocs: tuple[str, ...], hosts: tuple[str | None, ...] = (), units: tuple[str, ...] = ()
    ) -> str:
        """Of what the register says of these blocs and their hosts, of these hosts and units."""
        register = self._library.register
        of_blocs = [register.blocs[bloc] for bloc in blocs]
        of_hosts = [register.hosts[host] for host in (*hosts, *(bloc.host for bloc in of_blocs)) if host]
        digests = [entry.digest for entry in (*of_blocs, *of_hosts, *map(register.all_units.__getitem__, units))]
        return blake2b("".join(digests).encode(), digest_size=16).hexdigest()

    @cached_property
    def _keys(self) -> Mapping[str, list[Key]]:
        """The years of blocs that each bulletin tells of."""
        keys: dict[str, list[Key]] = {bulletin.id: [] for bulletin in self._library.newest}
        for key, bulletins in self._library.by_bloc_year.items():
            for bulletin in bulletins:
                keys[bulletin.id].append(key)
        return keys

    @cached_property
    def _neighbours(self) -> Mapping[str, list[Bulletin]]:
        """The bulletins before and after each one among those of its bloc."""
        beside: dict[str, list[Bulletin]] = {bulletin.id: [] for bulletin in self._library.newest}
        for bulletins in self._library.by_bloc.values():
            for newer, older in pairwise(bulletins):
                beside[newer.id].append(older)
                beside[older.id].append(newer)
        return beside

    @cached_property
    def _keys_of_year(self) -> Mapping[int, list[Key]]:
        keys: dict[int, list[Key]] = {}
        for key in self._library.by_bloc_year:
            keys.setdefault(key[1], []).append(key)
        return keys
