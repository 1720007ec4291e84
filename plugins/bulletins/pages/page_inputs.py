"""The library's answers as inputs of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bulletins import urls
from bulletins.domain.dossier import Service
from bulletins.domain.library import Library, YearSteps, gives_another_day, newest_first
from bulletins.domain.model import Bulletin, Card, StaticPage
from bulletins.domain.pictures import Picture
from bulletins.domain.register import Bloc, Organization
from bulletins.pages.beside import Beside, beside
from bulletins.pages.edition import SiteInputs
from bulletins.pages.inputs import (
    AwardOfUnit,
    BlocInputs,
    BlocOfBulletin,
    BulletinInputs,
    DossierInputs,
    GalleryInputs,
    Group,
    GroupLine,
    Leader,
    Link,
    ListInputs,
    MonthOfYear,
    Named,
    Photographed,
    ProgressOfBloc,
    ServiceOfUnit,
    Sister,
    StepHeld,
    Teaser,
    UnitInputs,
    YearInputs,
    YearLine,
    YearOfBloc,
    bloc_link,
    bulletin_link,
    unit_link,
    year_link,
    year_of_bloc_link,
)
from bulletins.pages.listing import list_pages
from bulletins.vietnamese.collation import collation_key

LONGEST_CALENDAR = 60
"""Ceremonies that a calendar lists on the page of its year; of more it names the months and how many they had."""


@dataclass(frozen=True)
class PageInputs:
    """Gives each page what it is made from."""

    site: SiteInputs
    library: Library
    static_pages: tuple[StaticPage, ...]
    pictures: Mapping[tuple[str, int], Picture]
    beside: Beside | None = None

    @cached_property
    def blocs(self) -> Mapping[str, Named]:
        """Blocs of one name are told apart by their hosts wherever the short name stands."""
        shared = frozenset(self.shared_names)
        return {
            id_: bloc._replace(short=f"{bloc.short}, {host.short}") if host and bloc.short in shared else bloc
            for id_, bloc, host in ((id_, bloc, self._host_of(id_)) for id_, bloc in self._blocs.items())
        }

    @cached_property
    def shared_names(self) -> tuple[str, ...]:
        """The short names that several blocs bear, in alphabetical order."""
        counts = Counter(bloc.short for bloc in self._blocs.values())
        return tuple(sorted(short for short, count in counts.items() if count > 1))

    @cached_property
    def _blocs(self) -> Mapping[str, Named]:
        blocs = self.library.blocs
        return {id_: named._replace(kind=blocs[id_].kind) for id_, named in self._named(blocs).items()}

    @cached_property
    def units(self) -> Mapping[str, Named]:
        return self._named(self.library.units)

    @cached_property
    def hosts(self) -> Mapping[str, Named]:
        return self._named(self.library.hosts)

    def _named(self, organizations: Mapping[str, Organization]) -> Mapping[str, Named]:
        """The organizations by id, under the names they bear in the language of the site."""
        vietnamese = self.site.edition.words.vietnamese
        return {
            organization.id: Named(organization.id, organization.name, organization.short_name or organization.name)
            if vietnamese or not organization.names[0].en
            else Named(organization.id, organization.names[0].en, organization.names[0].en)
            for organization in organizations.values()
        }

    def _host_of(self, bloc_id: str) -> Named | None:
        return self._host(self.library.blocs[bloc_id].host)

    def _host(self, host_id: str | None) -> Named | None:
        return self.hosts[host_id] if host_id else None

    def _blocs_of(self, card: Card) -> tuple[Named, ...]:
        return tuple(self.blocs[bloc] for bloc in card.blocs)

    def _units_of(self, *bulletins: Bulletin) -> tuple[Named, ...]:
        """The units that the bulletins name."""
        return tuple(self.units[unit] for unit in sorted({unit for b in bulletins for unit in b.units}))

    def bulletin(self, bulletin: Bulletin) -> BulletinInputs:
        beside = [self._beside.neighbours(bloc, urls.bulletin(bulletin.id)) for bloc in bulletin.blocs]
        earlier, later = (tuple(dict.fromkeys(link for pair in beside if (link := pair[n]))) for n in (0, 1))
        return BulletinInputs(
            bulletin=bulletin,
            body=self.library.bodies[bulletin.id],
            blocs=tuple(BlocOfBulletin(self.blocs[bloc], self._host_of(bloc)) for bloc in bulletin.blocs),
            host=self._host(bulletin.host),
            units=self._units_of(bulletin),
            related_blocs=tuple(self.blocs[bloc] for bloc in bulletin.related_blocs),
            pictures=self._pictures_of(bulletin),
            sisters=tuple(
                Sister(bulletin_link(sister), sister.date if gives_another_day(sister, bulletin) else None)
                for sister in self.library.sisters(bulletin)
            ),
            earlier=earlier,
            later=later,
            disputes=self._beside.disputes.get(bulletin.id, ()),
            attached=self.library.attached.get(bulletin.id, ()),
        )

    @cached_property
    def _beside(self) -> Beside:
        return self.beside or beside(self.library)

    def gallery(self, bulletin: Bulletin) -> GalleryInputs:
        pictures = tuple(picture for picture in self._pictures_of(bulletin) if picture)
        return GalleryInputs(bulletin, self._blocs_of(bulletin.card), self._host(bulletin.host), pictures)

    def _pictures_of(self, bulletin: Bulletin) -> tuple[Picture | None, ...]:
        return tuple(self.pictures.get((bulletin.id, n)) for n in range(1, bulletin.photo_count + 1))

    def list_pages(
        self,
        kind: str,
        first: str,
        subject: str,
        bulletins: Iterable[Bulletin],
        year: int | None = None,
        on_first: int | None = None,
    ) -> list[ListInputs]:
        """A list of bulletins as pages; `first` is the address of the first, which is the subject's own page.

        With a year, each bulletin carries the reasons why it belongs to it.
        """
        teasers = tuple(self._teaser(b, b.reasons(year) if year is not None else ()) for b in bulletins)
        pages = list_pages(teasers, self.site.edition.settings.list_length, on_first)
        return [ListInputs(kind, first, subject, page) for page in pages]

    def _teaser(self, bulletin: Bulletin, reasons: tuple[str, ...] = ()) -> Teaser:
        n = bulletin.lead_photo
        picture = self.pictures.get((bulletin.id, n)) if n else None
        card = bulletin.card
        return Teaser(card, self._blocs_of(card), self._host(card.host), picture, reasons)

    @cached_property
    def years(self) -> tuple[YearLine, ...]:
        """Every year, the latest first."""
        blocs = Counter(year for _, year in self.library.by_bloc_year)
        by_year, held = self.library.by_year, self.library.by_day_year
        ceremonies = {year: len({b.ceremony_id for b in reports}) for year, reports in held.items()}
        return tuple(
            YearLine(year_link(year), len(by_year.get(year, ())), blocs[year], ceremonies.get(year, 0))
            for year in self.library.years
        )

    @cached_property
    def _blocs_in_order(self) -> tuple[Bloc, ...]:
        """By the names of their hosts, then by number, those without a number last, then by name."""
        return tuple(sorted(self.library.blocs.values(), key=self._bloc_key))

    def _bloc_key(self, bloc: Bloc) -> tuple[Any, ...]:
        host = collation_key(self.hosts[bloc.host].name) if bloc.host else ()
        return (
            not bloc.host,
            host,
            bloc.host or "",
            bloc.number is None,
            bloc.number or 0,
            collation_key(bloc.name),
            bloc.id,
        )

    @cached_property
    def bloc_groups(self) -> tuple[Group, ...]:
        """All blocs by host."""
        groups: dict[str | None, list[GroupLine]] = {}
        for bloc in self._blocs_in_order:
            years = self.library.years_of(bloc.id)
            bulletins = len(self.library.by_bloc.get(bloc.id, ()))
            line = GroupLine(bloc_link(self.blocs[bloc.id], short=False), years, bulletins, self._lang(bloc))
            groups.setdefault(bloc.host, []).append(line)
        return tuple(self._group(host, lines) for host, lines in groups.items())

    @cached_property
    def unit_groups(self) -> tuple[Group, ...]:
        """All units by the host they belong to, then those that belong to none."""
        groups: dict[str | None, list[GroupLine]] = {}
        for unit in sorted(self.library.units.values(), key=lambda unit: (collation_key(unit.name), unit.id)):
            bulletins = len(self.library.by_unit.get(unit.id, ()))
            line = GroupLine(unit_link(self.units[unit.id]), (), bulletins, self._lang(unit))
            groups.setdefault(unit.parent, []).append(line)
        hosts = sorted((host for host in groups if host), key=lambda host: (collation_key(self.hosts[host].name), host))
        order: list[str | None] = [*hosts, *([None] if None in groups else [])]
        return tuple(self._group(host, groups[host]) for host in order)

    def _group(self, host: str | None, lines: Iterable[GroupLine]) -> Group:
        lang = self._lang(self.library.hosts[host]) if host else ""
        return Group(host or "khac", self.hosts[host].name if host else None, tuple(lines), lang)

    def _lang(self, organization: Organization) -> str:
        """The language of an organization's name, where it is not that of the page."""
        edition = self.site.edition
        return edition.native if edition.translated and not organization.names[0].en else ""

    def bloc(self, bloc_id: str) -> BlocInputs:
        bloc = self.library.blocs[bloc_id]
        years = self.library.years_of(bloc_id)
        host = self.library.hosts[bloc.host] if bloc.host else None
        return BlocInputs(
            bloc=self.blocs[bloc_id],
            number=bloc.number,
            numeral=bloc.numeral,
            former_names=_former_names(bloc),
            host=self._host(bloc.host),
            council=host.council.name if host and host.council else None,
            website=host.website if host else None,
            years=tuple(self._year_of_bloc(bloc_id, year) for year in years),
            newest=self.dossier(bloc_id, years[0]) if years else None,
        )

    def _year_of_bloc(self, bloc_id: str, year: int) -> YearOfBloc:
        dossier = self.library.dossiers[bloc_id, year]
        return YearOfBloc(
            self._year_link(bloc_id, year), self._heads(bloc_id, year), dossier.member_count, len(dossier.sources)
        )

    def _year_link(self, bloc_id: str, year: int) -> Link:
        return year_of_bloc_link(bloc_id, year, self.library.dossiers[bloc_id, year].school_year)

    def _heads(self, bloc_id: str, year: int) -> tuple[Leader, ...]:
        heads = (service for service in self.library.dossiers[bloc_id, year].services if service.role == "head")
        return tuple(Leader(unit_link(self._unit_in(head.unit, year)), head.origin, head.conflict) for head in heads)

    def _bloc_in(self, bloc_id: str, year: int) -> Named:
        return _of_year(self.blocs[bloc_id], self.library.blocs[bloc_id], year)

    def _unit_in(self, unit_id: str, year: int) -> Named:
        return _of_year(self.units[unit_id], self.library.units[unit_id], year)

    def dossier(self, bloc_id: str, year: int) -> DossierInputs:
        dossier = self.library.dossiers[bloc_id, year]
        sources = [self.library.bulletins[source] for source in dossier.sources]
        return DossierInputs(
            dossier=dossier,
            bloc=self._bloc_in(bloc_id, year),
            host=self._host_of(bloc_id),
            units=tuple(self._unit_in(unit.id, year) for unit in self._units_of(*sources)),
            bulletins=tuple(map(bulletin_link, sources)),
            years=tuple((year, self._year_link(bloc_id, year)) for year in sorted(self.library.years_of(bloc_id))),
            photographed=tuple(Photographed(b, self._pictures_of(b)) for b in sources if b.photo_count),
        )

    def unit(self, unit_id: str) -> UnitInputs:
        unit = self.library.units[unit_id]
        return UnitInputs(
            unit=self.units[unit_id],
            former_names=_former_names(unit),
            parent=self.hosts[unit.parent].name if unit.parent else None,
            successors=tuple(unit_link(self.units[successor]) for successor in dict.fromkeys(unit.replaced_by)),
            services=tuple(map(self._service, self.library.services.get(unit_id, ()))),
            awards=tuple(
                AwardOfUnit(won.fact, self._links(won.sources)) for won in self.library.awards.get(unit_id, ())
            ),
        )

    def _service(self, service: Service) -> ServiceOfUnit:
        bloc = self._bloc_in(service.bloc, service.year)
        return ServiceOfUnit(
            year=year_of_bloc_link(service.bloc, service.year, service.school_year),
            bloc=bloc_link(bloc),
            bloc_kind=bloc.kind,
            role=service.role,
            person=service.person,
            origin=service.origin,
            conflict=service.conflict,
            sources=self._links(service.sources),
        )

    def _links(self, bulletin_ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(bulletin_link(self.library.bulletins[bulletin_id]) for bulletin_id in bulletin_ids)

    def year_lists(self, year: int) -> list[ListInputs]:
        """The list of a year, as pages: what its calendar does not show already, or all of a year too long for one."""
        held, own = self.library.by_day_year.get(year, ()), self.library.by_year.get(year, ())
        if len(held) <= LONGEST_CALENDAR:
            others = [bulletin for bulletin in own if bulletin.date.year != year]
            return self.list_pages("year", urls.year(year), str(year), others, year)
        every = newest_first({bulletin.id: bulletin for bulletin in (*held, *own)}.values())
        return self.list_pages("year", urls.year(year), str(year), every, year, on_first=0)

    def year(self, year: int, pages: Iterable[ListInputs]) -> YearInputs:
        """A year's page, whose list has these pages."""
        years = self.library.years
        place = years.index(year)
        held = self.library.by_day_year.get(year, ())
        whole = len(held) <= LONGEST_CALENDAR
        return YearInputs(
            year=year,
            held=tuple(self._in_calendar(bulletin, year) for bulletin in held) if whole else (),
            months=() if whole else tuple(_months(year, held, pages)),
            progress=tuple(self._progress_in(year)),
            earlier=year_link(years[place + 1]) if place + 1 < len(years) else None,
            later=year_link(years[place - 1]) if place else None,
        )

    def _in_calendar(self, bulletin: Bulletin, year: int) -> Teaser:
        is_day_disputed = any(gives_another_day(sister, bulletin) for sister in self.library.sisters(bulletin))
        return self._teaser(bulletin, bulletin.reasons(year))._replace(is_day_disputed=is_day_disputed)

    def _progress_in(self, year: int) -> Iterator[ProgressOfBloc]:
        """A line for each bloc that is known to exist then, which leads to its year where there is one."""
        by_bloc: Mapping[str, YearSteps] = {line.bloc: line for line in self.library.progress(year)}
        for bloc in (bloc for bloc in self._blocs_in_order if bloc.id in by_bloc):
            known = (bloc.id, year) in self.library.by_bloc_year
            yield ProgressOfBloc(
                bloc=Link(
                    urls.bloc_year(bloc.id, year) if known else urls.bloc(bloc.id), self._bloc_in(bloc.id, year).name
                ),
                bloc_kind=bloc.kind,
                host=self._host(bloc.host),
                known=known,
                heads=self._heads(bloc.id, year) if known else (),
                steps=tuple(self._held(step) if step else None for step in by_bloc[bloc.id].steps),
            )

    def _held(self, ceremony_id: str) -> StepHeld:
        bulletin = self.library.by_ceremony[ceremony_id][0]
        return StepHeld(bulletin_link(bulletin), bulletin.date)


def _months(year: int, held: Iterable[Bulletin], pages: Iterable[ListInputs]) -> Iterator[MonthOfYear]:
    """The months of a long year, the first one first, with the page on which the latest bulletin of each stands."""
    counts = Counter(bulletin.date.month or 0 for bulletin in held)
    address: dict[int, str] = {}
    for listed in pages:
        for item in listed.page.items:
            if item.card.date.year == year:
                address.setdefault(item.card.date.month or 0, urls.listing(listed.first, listed.page.number))
    return (
        MonthOfYear(month, counts[month], address[month]) for month in sorted(counts, key=lambda month: month or 13)
    )


def _of_year(named: Named, organization: Organization, year: int) -> Named:
    """The organization under the name of that year, if it had another than now."""
    then = organization.name_in(year)
    return named if then == organization.name else named._replace(name=then, short=then)


def _former_names(organization: Organization) -> tuple[str, ...]:
    return tuple(name.name for name in organization.names[1:])
