"""What pages are made from: small tuples whose parts have digests, so that a page sees nothing that is not hashed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bulletins import urls
from bulletins.domain.attached import AttachedFile
from bulletins.domain.dossier import Dossier
from bulletins.domain.model import Award, Body, Bulletin, Card
from bulletins.domain.pictures import Picture
from bulletins.pages.listing import ListPage
from bulletins.vietnamese.dates import PartialDate


class Link(NamedTuple):
    """An address from the root of the site, and its words."""

    address: str
    text: str


class Named(NamedTuple):
    """A bloc, unit or host: its id, its name, and a name short enough for lists.

    A bloc has its `kind`, a code of `kinds.BLOC_KINDS`.
    """

    id: str
    name: str
    short: str
    kind: str | None = None


class Teaser(NamedTuple):
    """A bulletin in a list; `reasons` are codes of `kinds.YEARS` where the list is a year's.

    `host` is that of a ceremony of no bloc.
    """

    card: Card
    blocs: tuple[Named, ...]
    host: Named | None
    picture: Picture | None
    reasons: tuple[str, ...] = ()
    is_day_disputed: bool = False
    """Whether another report of the ceremony gives another day; known where the list is a year's."""


class BlocOfBulletin(NamedTuple):
    """A bloc that a bulletin is about, and its host as far as known."""

    bloc: Named
    host: Named | None


class Sister(NamedTuple):
    """Another bulletin of a ceremony; `other_day` is the day it gives, where that is another than this one's."""

    link: Link
    other_day: PartialDate | None


class BulletinInputs(NamedTuple):
    """A bulletin's page; `pictures` in the order of its photos, `sisters` report the same ceremony.

    `host` is that of a ceremony of no bloc. `earlier` and `later` are its neighbours among its blocs' bulletins;
    `disputes` are the seats it states and other bulletins contradict: bloc, year, role and unit.
    """

    bulletin: Bulletin
    body: Body
    blocs: tuple[BlocOfBulletin, ...]
    host: Named | None
    units: tuple[Named, ...]
    related_blocs: tuple[Named, ...]
    pictures: tuple[Picture | None, ...]
    sisters: tuple[Sister, ...]
    earlier: tuple[Link, ...]
    later: tuple[Link, ...]
    disputes: tuple[tuple[str, int, str, str], ...]
    attached: tuple[AttachedFile, ...] = ()


class Photographed(NamedTuple):
    """A bulletin with photos, and their pictures in its order."""

    bulletin: Bulletin
    pictures: tuple[Picture | None, ...]


class BlocInputs(NamedTuple):
    """A bloc's page: `years` the latest first, `newest` the whole of the latest."""

    bloc: Named
    number: int | None
    numeral: str | None
    former_names: tuple[str, ...]
    host: Named | None
    council: str | None
    website: str | None
    years: tuple[YearOfBloc, ...]
    newest: DossierInputs | None


class Leader(NamedTuple):
    """A unit that leads a bloc, what that rests on, and whether a bulletin says otherwise."""

    unit: Link
    origin: str
    conflict: bool


class YearOfBloc(NamedTuple):
    """A year of a bloc: the units that led it as far as anybody says, its members and its bulletins counted."""

    link: Link
    heads: tuple[Leader, ...]
    members: int | None
    bulletins: int


class DossierInputs(NamedTuple):
    """A bloc's year; `years` says where each of the bloc's years is, `bulletins` are the dossier's sources in order."""

    dossier: Dossier
    bloc: Named
    host: Named | None
    units: tuple[Named, ...]
    bulletins: tuple[Link, ...]
    years: tuple[tuple[int, Link], ...]
    photographed: tuple[Photographed, ...]


class Group(NamedTuple):
    """Blocs or units of one host, in alphabetical order; without a host they belong to none.

    Here and below, `lang` is the language of a name that is not in the language of the page.
    """

    id: str
    host: str | None
    lines: tuple[GroupLine, ...]
    lang: str = ""


class GroupLine(NamedTuple):
    """A bloc or unit in an index: its first and last year as far as known, and the number of its bulletins."""

    link: Link
    years: tuple[int, ...]
    bulletins: int
    lang: str = ""

    @property
    def span(self) -> str:
        """The years in words: “2019–2024”."""
        first, last = (min(self.years), max(self.years)) if self.years else ("", "")
        return f"{first}–{last}" if first != last else f"{first}"


class Jump(NamedTuple):
    """A way to a group of an index, the address of its page, and how many lines the group has."""

    id: str
    name: str | None
    address: str
    lines: int
    lang: str = ""


class IndexPage(NamedTuple):
    """One page, `number` from 1 of `pages`, of an index, with ways to every group of the whole index."""

    number: int
    pages: int
    groups: tuple[Group, ...]
    jumps: tuple[Jump, ...]


class UnitInputs(NamedTuple):
    """A unit's page."""

    unit: Named
    former_names: tuple[str, ...]
    parent: str | None
    successors: tuple[Link, ...]
    services: tuple[ServiceOfUnit, ...]
    awards: tuple[AwardOfUnit, ...]


class ServiceOfUnit(NamedTuple):
    """A year of a unit in a bloc, its role there, and the bulletins that say so."""

    year: Link
    bloc: Link
    bloc_kind: str | None
    role: str
    person: str | None
    origin: str
    conflict: bool
    sources: tuple[Link, ...]


class AwardOfUnit(NamedTuple):
    """An award a unit received, and the bulletins that say so."""

    award: Award
    sources: tuple[Link, ...]


class MonthOfYear(NamedTuple):
    """A month of a year: its ceremonies' bulletins counted, and the page of the year's list on which they begin."""

    number: int
    bulletins: int
    address: str


class YearInputs(NamedTuple):
    """A year's page: the ceremonies held in it, and what each bloc has and lacks.

    Of a year too long for one calendar `held` is empty, and `months` lead to the pages of its list.
    """

    year: int
    held: tuple[Teaser, ...]
    months: tuple[MonthOfYear, ...]
    progress: tuple[ProgressOfBloc, ...]
    earlier: Link | None
    later: Link | None


class StepHeld(NamedTuple):
    """A step of a bloc's year: a bulletin that reports it, and its day."""

    link: Link
    date: PartialDate


class ProgressOfBloc(NamedTuple):
    """Who leads a bloc in a year, and what it has of the year's steps; nothing where there is none yet.

    `known` says whether any bulletin tells of the bloc in the year.
    """

    bloc: Link
    bloc_kind: str | None
    host: Named | None
    known: bool
    heads: tuple[Leader, ...]
    steps: tuple[StepHeld | None, ...]


class YearLine(NamedTuple):
    """A year in the index of years: its bulletins, its blocs, and the ceremonies held in it, counted."""

    link: Link
    bulletins: int
    blocs: int
    ceremonies: int


class ListInputs(NamedTuple):
    """One page of a list of bulletins; `kind` is what the list is of, `subject` whose it is, `first` its address."""

    kind: str
    first: str
    subject: str
    page: ListPage[Teaser]


class GalleryInputs(NamedTuple):
    """A bulletin's photos, in its order, with their pictures; `host` is that of a ceremony of no bloc."""

    bulletin: Bulletin
    blocs: tuple[Named, ...]
    host: Named | None
    pictures: tuple[Picture, ...]


def names_of(blocs: tuple[Named, ...], host: Named | None) -> str:
    """Whose a bulletin is, in few words: its blocs, or the host of a ceremony of no bloc."""
    return ", ".join(named.short for named in blocs or ((host,) if host else ()))


def kind_of(blocs: Iterable[Named]) -> str | None:
    """The kind of these blocs (code of `kinds.BLOC_KINDS`); of blocs and clusters together, a bloc's."""
    all_kinds = {bloc.kind for bloc in blocs}
    return all_kinds.pop() if len(all_kinds) == 1 else "khoi" if all_kinds else None


def bloc_link(bloc: Named, *, short: bool = True) -> Link:
    return Link(urls.bloc(bloc.id), bloc.short if short else bloc.name)


def year_text(year: int, school_year: bool) -> str:
    """A year as figures: “2022”, or “2022–2023” for a school year."""
    return f"{year}–{year + 1}" if school_year else str(year)


def year_of_bloc_link(bloc_id: str, year: int, school_year: bool = False) -> Link:
    return Link(urls.bloc_year(bloc_id, year), year_text(year, school_year))


def year_link(year: int) -> Link:
    return Link(urls.year(year), str(year))


def unit_link(unit: Named) -> Link:
    return Link(urls.unit(unit.id), unit.name)


def bulletin_link(bulletin: Bulletin) -> Link:
    return Link(urls.bulletin(bulletin.id), bulletin.title)
