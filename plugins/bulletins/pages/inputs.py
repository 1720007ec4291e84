"""What pages are made from: small tuples whose parts have digests, so that a page sees nothing that is not hashed."""

from __future__ import annotations

from typing import NamedTuple

from bulletins.domain.dossier import Dossier, Service
from bulletins.domain.library import Progress
from bulletins.domain.model import Award, Body, Bulletin, Card
from bulletins.domain.pictures import Picture


class Named(NamedTuple):
    """A bloc, unit or host: its id, its name, and a name short enough for lists."""

    id: str
    name: str
    short: str


class Teaser(NamedTuple):
    """A bulletin in a list; `reasons` are codes of `kinds.YEARS` where the list is a year's."""

    card: Card
    bloc: Named
    picture: Picture | None
    reasons: tuple[str, ...] = ()


class Reference(NamedTuple):
    """A bulletin that another page names: its id and title."""

    id: str
    title: str


class BulletinInputs(NamedTuple):
    """A bulletin's page; `pictures` in the order of its photos, `sisters` report the same ceremony."""

    bulletin: Bulletin
    body: Body
    bloc: Named
    host: Named
    units: tuple[Named, ...]
    blocs: tuple[Named, ...]
    pictures: tuple[Picture | None, ...]
    sisters: tuple[Reference, ...]


class NoticeInputs(NamedTuple):
    """The notice in the place of a withdrawn bulletin: nothing of its text is at hand."""

    id: str
    title: str
    date: str
    reason: str


class BlocInputs(NamedTuple):
    """A bloc's page: `years` with the units that led, the latest first."""

    bloc: Named
    kind: str
    number: int | None
    numeral: str | None
    former_names: tuple[str, ...]
    host: Named
    council: str | None
    years: tuple[BlocYearLine, ...]


class BlocYearLine(NamedTuple):
    """One year of a bloc: who led it as far as anybody says, and for how many members and bulletins."""

    year: int
    heads: tuple[Named, ...]
    members: int | None
    bulletins: int


class DossierInputs(NamedTuple):
    """A bloc's year; `years` are all of the bloc's years, `bulletins` those the dossier draws on."""

    dossier: Dossier
    bloc: Named
    host: Named
    units: tuple[Named, ...]
    bulletins: tuple[Reference, ...]
    years: tuple[int, ...]


class GroupInputs(NamedTuple):
    """Blocs or units of one host, in alphabetical order; without a host they belong to none."""

    host: Named | None
    lines: tuple[BodyLine, ...]


class BodyLine(NamedTuple):
    """A bloc or unit in an index, with its years or the number of its bulletins."""

    body: Named
    years: tuple[int, ...]
    bulletins: int


class UnitInputs(NamedTuple):
    """A unit's page."""

    unit: Named
    former_names: tuple[str, ...]
    parent: Named | None
    successors: tuple[Named, ...]
    services: tuple[Service, ...]
    awards: tuple[UnitAward, ...]
    blocs: tuple[Named, ...]
    references: tuple[Reference, ...]


class UnitAward(NamedTuple):
    """An award a unit received, and the bulletins that say so."""

    award: Award
    sources: tuple[str, ...]


class YearInputs(NamedTuple):
    """A year's page: the ceremonies held in it, and what each bloc has and lacks."""

    year: int
    held: tuple[Teaser, ...]
    progress: tuple[Progress, ...]
    blocs: tuple[Named, ...]
    ceremonies: tuple[CeremonyLink, ...]
    dossiers: tuple[str, ...]
    earlier: int | None
    later: int | None


class CeremonyLink(NamedTuple):
    """A ceremony and a bulletin that reports it."""

    ceremony: str
    bulletin: Reference
    date: str


class YearLine(NamedTuple):
    """A year in the index of years."""

    year: int
    bulletins: int
    blocs: int


class ListInputs(NamedTuple):
    """One page of a list of bulletins; `kind` is what the list is of, `subject` whose it is."""

    kind: str
    first: str
    subject: str
    items: tuple[Teaser, ...]
    number: int
    newer: int | None
    older: int | None


class GalleryInputs(NamedTuple):
    """A bulletin's photos, in its order, with their pictures."""

    bulletin: Bulletin
    bloc: Named
    pictures: tuple[Picture, ...]
