"""The desk on which pages are laid out: the library's answers as inputs of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin, StaticPage
from bulletins.domain.pictures import Picture
from bulletins.domain.register import Bloc, Body
from bulletins.pages.edition import Edition
from bulletins.pages.inputs import (
    BlocInputs,
    BlocYearLine,
    BodyLine,
    CeremonyLink,
    GroupInputs,
    Named,
    Reference,
    Teaser,
    UnitAward,
    UnitInputs,
    YearInputs,
    YearLine,
)
from bulletins.plan import Output
from bulletins.vietnamese.collation import collation_key


@dataclass(frozen=True)
class Desk:
    """What the plan of pages is drawn from; `versions` are those of the templates, `code` that of our code."""

    library: Library
    static_pages: tuple[StaticPage, ...]
    pictures: Mapping[tuple[str, int], Picture]
    edition: Edition
    versions: Mapping[str, str]
    code: str

    def output(self, address: str, template: str, make: Callable[..., Sequence[bytes]], *inputs: Any) -> Output:
        """A line of the plan that makes one page."""
        return self.outputs([address], (template,), make, *inputs)

    def outputs(
        self, addresses: Iterable[str], templates: Iterable[str], make: Callable[..., Sequence[bytes]], *inputs: Any
    ) -> Output:
        """A line of the plan that makes several pages."""
        version = "-".join([self.code, *(self.versions[template] for template in templates)])
        return Output(tuple(map(urls.output_path, addresses)), make, (self.edition, *inputs), version)

    @cached_property
    def blocs(self) -> Mapping[str, Named]:
        return self._named(self.library.blocs)

    @cached_property
    def units(self) -> Mapping[str, Named]:
        return self._named(self.library.units)

    @cached_property
    def hosts(self) -> Mapping[str, Named]:
        return self._named(self.library.hosts)

    def _named(self, bodies: Mapping[str, Body]) -> Mapping[str, Named]:
        """The bodies by id, under the names they bear in the language of the site."""
        vietnamese = self.edition.words.vietnamese
        return {
            body.id: Named(body.id, body.name, body.short_name or body.name)
            if vietnamese or not body.names[0].en
            else Named(body.id, body.names[0].en, body.names[0].en)
            for body in bodies.values()
        }

    def host_of(self, bloc_id: str) -> Named:
        return self.hosts[self.library.blocs[bloc_id].host]

    def units_of(self, *told: Bulletin) -> tuple[Named, ...]:
        """The units that the bulletins name."""
        return tuple(self.units[unit] for unit in sorted({unit for one in told for unit in one.units}))

    def reference(self, bulletin: Bulletin) -> Reference:
        return Reference(bulletin.id, bulletin.title)

    def sisters(self, bulletin: Bulletin) -> tuple[Reference, ...]:
        """The other bulletins of the same ceremony."""
        told = self.library.by_ceremony[bulletin.ceremony_id]
        return tuple(self.reference(other) for other in told if other.id != bulletin.id)

    def pictures_of(self, bulletin: Bulletin) -> tuple[Picture | None, ...]:
        return tuple(self.pictures.get((bulletin.id, n)) for n in range(1, bulletin.photo_count + 1))

    def teasers(self, told: Iterable[Bulletin], year: int | None = None) -> tuple[Teaser, ...]:
        """The bulletins as a list shows them; in a year's list with the reasons why they belong to it."""
        if year is None:
            return tuple(map(self._teaser, told))
        return tuple(self._teaser(bulletin, bulletin.reasons(year)) for bulletin in told)

    def _teaser(self, bulletin: Bulletin, reasons: tuple[str, ...] = ()) -> Teaser:
        n = bulletin.lead_photo
        picture = self.pictures.get((bulletin.id, n)) if n else None
        return Teaser(bulletin.card, self.blocs[bulletin.bloc], picture, reasons)

    @cached_property
    def year_lines(self) -> tuple[YearLine, ...]:
        """Every year with its bulletins and blocs counted, the latest first."""
        blocs = Counter(year for _, year in self.library.by_bloc_year)
        return tuple(YearLine(y, len(self.library.by_year.get(y, ())), blocs[y]) for y in self.library.years)

    @cached_property
    def _blocs_in_order(self) -> tuple[Bloc, ...]:
        """By the names of their hosts, then by number, those without a number last, then by name."""
        return tuple(sorted(self.library.blocs.values(), key=self._bloc_key))

    def _bloc_key(self, bloc: Bloc) -> tuple[Any, ...]:
        host = collation_key(self.hosts[bloc.host].name)
        return (host, bloc.host, bloc.number is None, bloc.number or 0, collation_key(bloc.name), bloc.id)

    def bloc_groups(self, wanted: Collection[str]) -> tuple[GroupInputs, ...]:
        """The wanted blocs by host."""
        groups: dict[str, list[BodyLine]] = {}
        for bloc in self._blocs_in_order:
            if bloc.id in wanted:
                told = len(self.library.by_bloc.get(bloc.id, ()))
                line = BodyLine(self.blocs[bloc.id], self.library.years_of(bloc.id), told)
                groups.setdefault(bloc.host, []).append(line)
        return tuple(GroupInputs(self.hosts[host], tuple(lines)) for host, lines in groups.items())

    @cached_property
    def unit_groups(self) -> tuple[GroupInputs, ...]:
        """All units by the host they belong to, then those that belong to none."""
        groups: dict[str | None, list[BodyLine]] = {}
        for unit in sorted(self.library.units.values(), key=lambda unit: (collation_key(unit.name), unit.id)):
            told = len(self.library.by_unit.get(unit.id, ()))
            groups.setdefault(unit.parent, []).append(BodyLine(self.units[unit.id], (), told))
        hosts = sorted((host for host in groups if host), key=lambda host: (collation_key(self.hosts[host].name), host))
        order: list[str | None] = [*hosts, *([None] if None in groups else [])]
        return tuple(GroupInputs(self.hosts[host] if host else None, tuple(groups[host])) for host in order)

    def bloc_inputs(self, bloc_id: str) -> BlocInputs:
        bloc = self.library.blocs[bloc_id]
        council = self.library.hosts[bloc.host].council
        return BlocInputs(
            bloc=self.blocs[bloc_id],
            kind=bloc.kind,
            number=bloc.number,
            numeral=bloc.numeral,
            former_names=_former_names(bloc),
            host=self.hosts[bloc.host],
            council=council[0] if council else None,
            years=tuple(self._bloc_year_line(bloc_id, year) for year in self.library.years_of(bloc_id)),
        )

    def _bloc_year_line(self, bloc_id: str, year: int) -> BlocYearLine:
        dossier = self.library.dossiers[bloc_id, year]
        heads = tuple(self.units[unit] for unit in dossier.heads)
        return BlocYearLine(year, heads, dossier.member_count, len(dossier.sources))

    def unit_inputs(self, unit_id: str) -> UnitInputs:
        unit = self.library.units[unit_id]
        services = self.library.services.get(unit_id, ())
        awards = tuple(UnitAward(won.fact, won.sources) for won in self.library.awards.get(unit_id, ()))
        cited = {
            source for sources in (*(s.sources for s in services), *(a.sources for a in awards)) for source in sources
        }
        return UnitInputs(
            unit=self.units[unit_id],
            former_names=_former_names(unit),
            parent=self.hosts[unit.parent] if unit.parent else None,
            successors=tuple(self.units[successor] for successor in unit.replaced_by),
            services=services,
            awards=awards,
            blocs=tuple(self.blocs[bloc] for bloc in sorted({service.bloc for service in services})),
            references=tuple(self.reference(self.library.bulletins[source]) for source in sorted(cited)),
        )

    def year_inputs(self, year: int) -> YearInputs:
        progress = self.library.progress(year)
        held = sorted({step for line in progress for step in line.steps if step})
        place = self.library.years.index(year)
        return YearInputs(
            year=year,
            held=self.teasers(self.library.by_day_year.get(year, ())),
            progress=progress,
            blocs=tuple(self.blocs[bloc.id] for bloc in self._blocs_in_order),
            ceremonies=tuple(map(self._ceremony_link, held)),
            dossiers=tuple(line.bloc for line in progress if (line.bloc, year) in self.library.by_bloc_year),
            earlier=self.library.years[place + 1] if place + 1 < len(self.library.years) else None,
            later=self.library.years[place - 1] if place else None,
        )

    def _ceremony_link(self, ceremony_id: str) -> CeremonyLink:
        bulletin = self.library.by_ceremony[ceremony_id][0]
        return CeremonyLink(ceremony_id, self.reference(bulletin), bulletin.date.isoformat())


def _former_names(body: Body) -> tuple[str, ...]:
    return tuple(name.name for name in body.names[1:])
