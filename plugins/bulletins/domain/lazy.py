"""Bulletins, texts and dossiers of which only a summary is in memory; whatever else is asked of them is fetched.

So ten thousand bulletins are small and quick to join. Lists must ask for nothing but what a summary holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from bulletins.domain.citations import Cited, Mention
from bulletins.domain.dossier import Dossier, Service, Stated
from bulletins.domain.model import Award, Body, Bulletin, Card, IdentifiedAward, Piece, Target, WithdrawnPhoto
from bulletins.domain.tally import Tally
from bulletins.vietnamese.dates import Moment

T = TypeVar("T")

Fetch = Callable[[str, str], T]
"""Fetches what was kept under a name and has this digest."""


ON_CARD = ("id", "title", "blocs", "host", "date")
"""The attributes of a `Bulletin` that stand on its card."""


class Summary(NamedTuple):
    """The attributes of a `Bulletin` that lists and joins ask for, besides those on its card."""

    digest: str
    lang: str
    status: str
    published: Moment | None
    expires: Moment | None
    card: Card
    home: str
    ceremony_id: str
    modified: str | None
    lead_photo: int | None
    photo_ids: tuple[str, ...]
    withdrawn_photos: tuple[WithdrawnPhoto, ...]
    former_ids: tuple[str, ...]
    former_addresses: tuple[str, ...]
    year_reasons: dict[int, tuple[str, ...]]
    bloc_years_told: tuple[tuple[str, int], ...]
    units: tuple[str, ...]
    unit_awards: tuple[IdentifiedAward, ...]
    citations: tuple[Cited, ...]
    mentions: tuple[Mention, ...]
    related_blocs: tuple[str, ...]

    @classmethod
    def of(cls, bulletin: Bulletin | LazyBulletin) -> Summary:
        return cls(*(getattr(bulletin, name) for name in cls._fields))


class DossierSummary(NamedTuple):
    """The attributes of a `Dossier` that lists and other pages ask for."""

    bloc: str
    year: int
    school_year: bool
    digest: str
    sources: tuple[str, ...]
    modified: str | None
    steps: tuple[str | None, ...]
    heads: tuple[str, ...]
    member_count: int | None
    units: tuple[str, ...]
    units_of_next: tuple[str, ...]
    services: tuple[Service, ...]
    figures_digest: str
    tally: Tally

    @classmethod
    def of(cls, dossier: Dossier | LazyDossier) -> DossierSummary:
        return cls(*(getattr(dossier, name) for name in cls._fields))


class DossierFigures(NamedTuple):
    """The attributes of a `Dossier` that tables ask of every one: too many to be in memory."""

    targets: tuple[Stated[Target], ...]
    awards: tuple[Stated[Award], ...]

    @classmethod
    def of(cls, dossier: Dossier) -> DossierFigures:
        return cls(*(getattr(dossier, name) for name in cls._fields))


class Sharing:
    """Holds once what many bulletins have alike: ten thousand need not each know six units of their own."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def __call__(self, summary: Summary) -> Summary:
        """The summary with values that others hold as well."""
        return summary._replace(
            year_reasons=self._known.setdefault(("reasons", *summary.year_reasons.items()), summary.year_reasons),
            bloc_years_told=self._alike(summary.bloc_years_told),
            units=self._alike(summary.units),
            citations=self._alike(summary.citations),
            mentions=self._alike(summary.mentions),
        )

    def _alike(self, value: T) -> T:
        known: T = self._known.setdefault(value, value)
        return known

    def dossier(self, summary: DossierSummary) -> DossierSummary:
        """The summary of a dossier, most of whose units are named by the same bulletins."""
        services = tuple(service._replace(sources=self._alike(service.sources)) for service in summary.services)
        return summary._replace(services=services)

    def text(self, text: str) -> str:
        """A text that many say in the same words."""
        return self._alike(text)


class LazyBulletin:
    """Answers as the `Bulletin` it stands for: from its summary, or else from the record that `fetch` gives."""

    __slots__ = (*Summary._fields, *ON_CARD, "_fetch", "_name")

    def __init__(self, summary: Summary, name: str, fetch: Fetch[Bulletin]) -> None:
        for attribute, value in zip(Summary._fields, summary, strict=True):
            setattr(self, attribute, value)
        for attribute in ON_CARD:
            setattr(self, attribute, getattr(summary.card, attribute))
        self._name, self._fetch = name, fetch

    def __getattr__(self, name: str) -> Any:
        """Whatever the summary does not hold; a private name is never one of a bulletin's."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.whole, name)

    @property
    def photo_count(self) -> int:
        """As `Bulletin.photo_count`."""
        return len(self.photo_ids)

    @property
    def first_id(self) -> str:
        """As `Bulletin.first_id`."""
        first: str = self.former_ids[0] if self.former_ids else self.id
        return first

    @property
    def all_photo_ids(self) -> tuple[str, ...]:
        """As `Bulletin.all_photo_ids`."""
        return (*self.photo_ids, *(photo.id for photo in self.withdrawn_photos))

    @property
    def whole(self) -> Bulletin:
        """As `Bulletin.whole`."""
        return self._fetch(self._name, self.digest)

    def __reduce__(self) -> tuple[type[LazyBulletin], tuple[Summary, str, Fetch[Bulletin]]]:
        """It travels to another process as its summary, and `fetch` finds the record there."""
        return LazyBulletin, (Summary.of(self), self._name, self._fetch)

    @property
    def first_day(self) -> str:
        """As `Bulletin.first_day`."""
        first = self.date.first
        return first.isoformat() if first else f"{max(self.year_reasons, default=1970)}-01-01"

    def reasons(self, year: int) -> tuple[str, ...]:
        """As `Bulletin.reasons`."""
        reasons: tuple[str, ...] = self.year_reasons.get(year, ())
        return reasons


class LazyBody:
    """Answers as the `Body` it stands for; its parts are fetched when asked for and not kept."""

    __slots__ = ("_fetch", "_name", "digest")

    def __init__(self, digest: str, name: str, fetch: Fetch[tuple[Piece, ...]]) -> None:
        self.digest = digest
        self._name, self._fetch = name, fetch

    @property
    def parts(self) -> tuple[Piece, ...]:
        return self._fetch(self._name, self.digest)

    def __reduce__(self) -> tuple[type[LazyBody], tuple[str, str, Fetch[tuple[Piece, ...]]]]:
        return LazyBody, (self.digest, self._name, self._fetch)


class DossiersOnFile(Protocol):
    """Where dossiers are kept, by bloc and year."""

    def whole(self, bloc: str, year: int) -> Dossier:
        """The dossier itself."""

    def figures(self, bloc: str, year: int) -> DossierFigures | None:
        """Its figures, or None where they are lost."""


class LazyDossier:
    """Answers as the `Dossier` it stands for: from its summary, or else from what is on file."""

    __slots__ = (*DossierSummary._fields, "_on_file")

    def __init__(self, summary: DossierSummary, on_file: DossiersOnFile) -> None:
        for name, value in zip(DossierSummary._fields, summary, strict=True):
            setattr(self, name, value)
        self._on_file = on_file

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        kept = self._on_file.figures(self.bloc, self.year) if name in DossierFigures._fields else None
        return getattr(kept or self.whole, name)

    @property
    def whole(self) -> Dossier:
        """As `Dossier.whole`: for who asks for more than figures, which are fetched anew each time."""
        return self._on_file.whole(self.bloc, self.year)

    def __reduce__(self) -> tuple[type[LazyDossier], tuple[Any, ...]]:
        return LazyDossier, (DossierSummary.of(self), self._on_file)


if TYPE_CHECKING:
    # To a reader of types they are what they answer as.
    def lazy_bulletin(summary: Summary, name: str, fetch: Fetch[Bulletin]) -> Bulletin: ...
    def lazy_body(digest: str, name: str, fetch: Fetch[tuple[Piece, ...]]) -> Body: ...
    def lazy_dossier(summary: DossierSummary, on_file: DossiersOnFile) -> Dossier: ...
else:
    lazy_bulletin = LazyBulletin
    lazy_body = LazyBody
    lazy_dossier = LazyDossier
