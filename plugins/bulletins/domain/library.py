"""The library: bulletins joined with the register, answering who, when and where, each from a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from bulletins.domain.attached import AttachedFile
from bulletins.domain.citations import CitedDocument, ReportedMovement, documents, movements
from bulletins.domain.dossier import STEPS, Dossier, Join, Service, Stated, dossiers, gather_awards
from bulletins.domain.life import begins
from bulletins.domain.model import Award, Body, Bulletin
from bulletins.domain.register import Bloc, Host, Register, Unit

K = TypeVar("K")
V = TypeVar("V")

NOTHING_HELD = (None,) * len(STEPS)

CHAPTER = 40
"""Bulletins of a chapter: some years of a bloc."""


class YearSteps(NamedTuple):
    """What a bloc has in a year: the ceremony's id for each step of `STEPS`, or `None` while there is no bulletin."""

    bloc: str
    year: int
    steps: tuple[str | None, ...]


class Kept(NamedTuple):
    """What was published and no bulletin tells of any more: dossiers by bloc and year, and years. It keeps its address.

    A bloc may be one that was withdrawn since. `photos` are those of withdrawn bulletins whose files name them no
    longer: the id under which the bulletin stood and the photo's, which is empty for the gallery.
    """

    dossiers: tuple[tuple[str, int], ...] = ()
    years: tuple[int, ...] = ()
    photos: tuple[tuple[str, str], ...] = ()


NOTHING_KEPT = Kept()


class Chapter(NamedTuple):
    """Some bulletins of a bloc that follow one another, newest first, with the years whose newest one is among them.

    What is made of a chapter is made from the records of its bulletins, and of few others.
    """

    name: str
    bulletins: tuple[Bulletin, ...]
    years: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        """How many bulletins and years it has."""
        return len(self.bulletins) + len(self.years)


def gives_another_day(bulletin: Bulletin, other: Bulletin) -> bool:
    """Whether two reports of a ceremony cannot both be right about its day; naming less of it says nothing else."""
    return not (bulletin.date.startswith(other.date) or other.date.startswith(bulletin.date))


def newest_first(bulletins: Iterable[Bulletin]) -> tuple[Bulletin, ...]:
    """By the ceremony's day, the latest first; those of one day by the moment of publication, the latest first too, and
    then in the order of their ids.

    One whose day is not stated stands after those of its month or year, or of the latest year that it is about.
    """
    in_order = sorted(bulletins, key=lambda b: b.id)
    return tuple(sorted(in_order, key=_order, reverse=True))


def _order(bulletin: Bulletin) -> tuple[str, str]:
    day = bulletin.date or str(max(bulletin.year_reasons, default=""))
    return day, begins(bulletin.published, None).isoformat() if bulletin.published else ""


def _grouped(items: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return {key: tuple(group) for key, group in groups.items()}


def _latest_first(key: tuple[str, int]) -> tuple[str, int]:
    return key[0], -key[1]


def _chapters(
    name: str, bulletins: tuple[Bulletin, ...], years: Mapping[str, tuple[tuple[str, int], ...]]
) -> Iterator[Chapter]:
    for n, first in enumerate(range(0, len(bulletins), CHAPTER)):
        some = bulletins[first : first + CHAPTER]
        yield Chapter(f"{name} {n}", some, tuple(key for bulletin in some for key in years.get(bulletin.id, ())))


class Library:
    """Everything published, and the questions a site asks of it.

    `bulletins` are those to be shown; `withdrawn` keep their address with a notice and are counted nowhere else.
    `bodies` hold the texts by bulletin id, `attached` the files that go out beside them.
    `join` makes the dossiers, or fetches them from where they are kept.
    """

    def __init__(
        self,
        register: Register,
        bulletins: Iterable[Bulletin],
        bodies: Mapping[str, Body],
        withdrawn: Iterable[Bulletin] = (),
        join: Join = dossiers,
        attached: Mapping[str, tuple[AttachedFile, ...]] | None = None,
    ) -> None:
        self.attached = attached or {}
        self.register = register
        self.newest = newest_first(bulletins)
        self.bulletins = {bulletin.id: bulletin for bulletin in self.newest}
        self.bodies = bodies
        self.withdrawn = newest_first(withdrawn)
        self._join = join

    @property
    def addressed(self) -> tuple[Bulletin, ...]:
        """Every bulletin that has an address: those to be shown, and those of which a notice is left."""
        return (*self.newest, *self.withdrawn)

    @property
    def blocs(self) -> Mapping[str, Bloc]:
        return self.register.blocs

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units of the register, and the hosts that a bulletin names where a unit stands.

        One that a withdrawn bulletin named stays: its page and its document have gone out, and no address vanishes.
        """
        named_before = {unit for bulletin in self.withdrawn for unit in bulletin.units}
        named = {
            host.id: self.register.all_units[host.id]
            for host in self.register.hosts_alone
            if host.id in self.by_unit or host.id in named_before
        }
        return {**self.register.units, **named} if named else self.register.units

    @property
    def hosts(self) -> Mapping[str, Host]:
        return self.register.hosts

    @cached_property
    def by_bloc(self) -> Mapping[str, tuple[Bulletin, ...]]:
        """Bulletins of each bloc, newest first."""
        return _grouped(self.newest, lambda b: b.blocs)

    @cached_property
    def by_bloc_year(self) -> Mapping[tuple[str, int], tuple[Bulletin, ...]]:
        """Bulletins that tell of a bloc in a year, newest first."""
        return _grouped(self.newest, lambda b: b.bloc_years_told)

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Bulletin, ...]]:
        """Bulletins one of whose `years` is that year (contract §2), newest first."""
        return _grouped(self.newest, lambda b: b.year_reasons)

    @cached_property
    def by_day_year(self) -> Mapping[int, tuple[Bulletin, ...]]:
        """Bulletins by the year in which their ceremony was held, newest first: the calendar."""
        return _grouped(self.newest, lambda b: [b.date.year] if b.date.year else [])

    @cached_property
    def by_ceremony(self) -> Mapping[str, tuple[Bulletin, ...]]:
        """Bulletins that report each ceremony, newest first."""
        return _grouped(self.newest, lambda b: [b.ceremony_id])

    def sisters(self, bulletin: Bulletin) -> tuple[Bulletin, ...]:
        """The other bulletins that report the ceremony of one, newest first."""
        return tuple(other for other in self.by_ceremony[bulletin.ceremony_id] if other.id != bulletin.id)

    @cached_property
    def shared_ceremonies(self) -> Mapping[str, str]:
        """The digests of the bulletins of each ceremony that several report, by its id."""
        shared = ((id_, reports) for id_, reports in self.by_ceremony.items() if len(reports) > 1)
        return {id_: " ".join(bulletin.digest for bulletin in reports) for id_, reports in shared}

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Bulletin, ...]]:
        """Bulletins that name each unit in any of their facts, newest first."""
        return _grouped(self.newest, lambda b: b.units)

    @cached_property
    def documents(self) -> tuple[CitedDocument, ...]:
        """Every document that bulletins cite, once."""
        return documents((b.id, cited) for b in self.newest for cited in b.citations)

    @cached_property
    def movements(self) -> tuple[ReportedMovement, ...]:
        """Every movement that bulletins name, once."""
        return movements((b.id, mention) for b in self.newest for mention in b.mentions)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All bulletins and all keys of `dossiers`, each once, in the order of the bulletins' first blocs."""
        years = _grouped(sorted(self.by_bloc_year, key=_latest_first), lambda of: [self.by_bloc_year[of][0].id])
        whose = _grouped(self.newest, lambda b: [b.home])
        return tuple(chapter for name in sorted(whose) for chapter in _chapters(name, whose[name], years))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year the site has a page for, the latest first."""
        return tuple(sorted({*self.by_year, *self.by_day_year, *(year for _, year in self.by_bloc_year)}, reverse=True))

    @cached_property
    def dossiers(self) -> Mapping[tuple[str, int], Dossier]:
        """Every bloc in every year anything is said of, in the order of blocs' ids and years."""
        return self._join(dict(sorted(self.by_bloc_year.items())))

    def bloc_name(self, bloc_id: str) -> str:
        """A bloc's name with that of its host, since many hosts have a bloc V."""
        bloc = self.blocs[bloc_id]
        name = bloc.short_name or bloc.name
        if not bloc.host:
            return name
        host = self.hosts[bloc.host]
        of_host = host.short_name or host.name
        return name if of_host in name else f"{name}, {of_host}"

    def years_of(self, bloc: str) -> tuple[int, ...]:
        """The years a bloc has a dossier for, the latest first."""
        return self._years_by_bloc.get(bloc, ())

    @cached_property
    def _years_by_bloc(self) -> Mapping[str, tuple[int, ...]]:
        keys = sorted(self.by_bloc_year, key=lambda key: -key[1])
        return {bloc: tuple(year for _, year in group) for bloc, group in _grouped(keys, lambda key: [key[0]]).items()}

    @cached_property
    def services(self) -> Mapping[str, tuple[Service, ...]]:
        """The roles each unit has had, the latest year first."""
        services: dict[str, list[Service]] = {}
        for dossier in sorted(self.dossiers.values(), key=lambda d: (-d.year, d.bloc)):
            for service in dossier.services:
                services.setdefault(service.unit, []).append(service)
        return {unit: tuple(of_unit) for unit, of_unit in services.items()}

    @cached_property
    def awards(self) -> Mapping[str, tuple[Stated[Award], ...]]:
        """The awards each unit has received as a collective, from the newest bulletin on."""
        stated = gather_awards(self.newest, lambda b: b.unit_awards)
        return _grouped(stated, lambda award: award.fact.units)

    def progress(self, year: int) -> tuple[YearSteps, ...]:
        """What every bloc known to exist in a year has and lacks in it, in the order of their ids."""
        return tuple(self._progress(bloc, year) for bloc in sorted(self.blocs) if self._existed(bloc, year))

    def _existed(self, bloc: str, year: int) -> bool:
        """Whether a bulletin tells of the bloc in the year, or in years around it, or else the register knows it."""
        years = self.years_of(bloc)
        if years and years[-1] <= year <= years[0]:
            return True
        return self.blocs[bloc].is_known_in(year) or (bloc, year) in self._registered_years

    @cached_property
    def _registered_years(self) -> frozenset[tuple[str, int]]:
        """The blocs and years of which the register dates a membership from its first year on."""
        dated = [m for unit in self.register.units.values() for m in unit.memberships if m.from_]
        return frozenset((m.bloc, year) for m in dated for year in self.years if m.holds_in(year))

    def _progress(self, bloc: str, year: int) -> YearSteps:
        dossier = self.dossiers.get((bloc, year))
        return YearSteps(bloc, year, dossier.steps if dossier else NOTHING_HELD)
