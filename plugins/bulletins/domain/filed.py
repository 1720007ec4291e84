"""Bulletins, bodies and dossiers on file: what lists ask of them is in memory, the rest is fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from bulletins.domain.dossier import Dossier
from bulletins.domain.model import Body, Bulletin, Part

T = TypeVar("T")

Fetch = Callable[[str, str], T]
"""Fetches what was filed under a name, if it still has this digest."""

SUMMARY = (
    "id", "digest", "title", "lang", "status", "published", "expires", "card", "bloc", "date", "ceremony_id",
    "modified", "lead_photo", "photo_count", "year_reasons", "years_told", "units", "unit_awards", "related_blocs",
)  # fmt: skip
"""The attributes of a bulletin that are kept in memory, so that ten thousand are small and quick to join."""


ALIKE = frozenset({"lang", "status", "bloc", "year_reasons", "years_told", "units"})
"""Those of them that are the same in many bulletins."""

DOSSIER_SUMMARY = (
    "bloc", "year", "digest", "sources", "modified", "steps", "heads", "member_count", "units", "services",
)  # fmt: skip
"""The same of a dossier."""


def summary(bulletin: Bulletin) -> tuple[Any, ...]:
    """A bulletin's values for `SUMMARY`."""
    return tuple(getattr(bulletin, name) for name in SUMMARY)


def dossier_summary(dossier: Dossier) -> tuple[Any, ...]:
    """A dossier's values for `DOSSIER_SUMMARY`."""
    return tuple(getattr(dossier, name) for name in DOSSIER_SUMMARY)


class Sharing:
    """Holds once what many bulletins have alike: ten thousand need not each know six units of their own."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """A summary with what others of the summaries hold as well."""
        return tuple(
            self._known.setdefault((name, repr(value)), value) if name in ALIKE else value
            for name, value in zip(SUMMARY, values, strict=True)
        )


class FiledBulletin:
    """Answers as the `Bulletin` it stands for: from its summary, or else from the file that `fetch` opens."""

    __slots__ = (*SUMMARY, "_fetch", "_name")

    def __init__(self, values: tuple[Any, ...], name: str, fetch: Fetch[Bulletin]) -> None:
        for attribute, value in zip(SUMMARY, values, strict=True):
            setattr(self, attribute, value)
        self._name, self._fetch = name, fetch

    def __getattr__(self, name: str) -> Any:
        """Whatever the summary does not hold; a private name is never one of a bulletin's."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.whole, name)

    @property
    def whole(self) -> Bulletin:
        """As `Bulletin.whole`."""
        return self._fetch(self._name, self.digest)

    def __reduce__(self) -> tuple[Callable[[Bulletin], Bulletin], tuple[Bulletin]]:
        """It travels to another machine as the record itself: the file stays here."""
        return _itself, (self.whole,)

    def reasons(self, year: int) -> tuple[str, ...]:
        """As `Bulletin.reasons`."""
        found: tuple[str, ...] = self.year_reasons.get(year, ())
        return found


class FiledBody:
    """Answers as the `Body` it stands for; its parts are fetched when asked for and not kept."""

    __slots__ = ("_fetch", "_name", "digest")

    def __init__(self, digest: str, name: str, fetch: Fetch[tuple[Part, ...]]) -> None:
        self.digest = digest
        self._name, self._fetch = name, fetch

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._fetch(self._name, self.digest)

    def __reduce__(self) -> tuple[type[Body], tuple[tuple[Part, ...], str]]:
        return Body, (self.parts, self.digest)


class FiledDossier:
    """Answers as the `Dossier` it stands for: from its summary, or else from the one that `join` makes."""

    __slots__ = (*DOSSIER_SUMMARY, "_join")

    def __init__(self, values: tuple[Any, ...], join: Callable[[], Dossier]) -> None:
        for name, value in zip(DOSSIER_SUMMARY, values, strict=True):
            setattr(self, name, value)
        self._join = join

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._join(), name)

    def __reduce__(self) -> tuple[Callable[[Dossier], Dossier], tuple[Dossier]]:
        return _itself, (self._join(),)


def _itself(record: T) -> T:
    return record


if TYPE_CHECKING:
    # To a reader of types they are what they answer as.
    def filed_bulletin(values: tuple[Any, ...], name: str, fetch: Fetch[Bulletin]) -> Bulletin: ...
    def filed_body(digest: str, name: str, fetch: Fetch[tuple[Part, ...]]) -> Body: ...
    def filed_dossier(values: tuple[Any, ...], join: Callable[[], Dossier]) -> Dossier: ...
else:
    filed_bulletin = FiledBulletin
    filed_body = FiledBody
    filed_dossier = FiledDossier
