"""Documents and movements as bulletins name them, joined over all bulletins: the same one is one entry."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from bulletins.vietnamese.folding import fold, match_key


class Citation(NamedTuple):
    """A document as a bulletin cites it; fields as in `model.Document`."""

    kind: str
    symbol: str | None
    title: str | None
    date: datetime.date | None
    year: int | None
    issuer: str | None
    term: str | None
    status: str

    @property
    def year_of_issue(self) -> int | None:
        """The year it is from, as far as known."""
        return self.date.year if self.date else self.year

    def id_for(self, bloc: str) -> str:
        """The id of the document that a bulletin of this bloc cites.

        A symbol alone names no document: numbers run by issuer and by year or term (Guideline 36-HD/VPTW). Where too
        little is known to tell it from another's, only bulletins of one bloc are taken to mean the same.
        """
        day = self.date.isoformat() if self.date else self.term or str(self.year or "")
        issuer = match_key(self.issuer or "")
        name = match_key(self.symbol or self.title or "")
        known = (self.symbol and (issuer or self.date or self.term)) or (issuer and day)
        identity = ("" if self.symbol else self.kind, name, issuer, day, "" if known else bloc)
        return f"{_plain(self.symbol or self.kind)}-{blake2b(repr(identity).encode(), digest_size=4).hexdigest()}"


class Cited(NamedTuple):
    """A citation with the id of the document, which is worked out when the bulletin is read."""

    id: str
    citation: Citation


class Mention(NamedTuple):
    """A movement as a bulletin names it: its id in the register, if it has one, its name and kind.

    Those of one `key` are one movement; it is worked out when the bulletin is read.
    """

    id: str | None
    name: str
    kind: str
    key: str

    @classmethod
    def of(cls, id_: str | None, name: str, kind: str) -> Mention:
        return cls(id_, name, kind, "" if id_ else match_key(name))


class CitedDocument(NamedTuple):
    """A document, and each bulletin that cites it with the part it has there, in the order of `library.newest`."""

    id: str
    citation: Citation
    citations: tuple[tuple[str, str, str | None], ...]
    """Id of the bulletin, status, and the title it gives."""


class ReportedMovement(NamedTuple):
    """A movement, and the ids of the bulletins that name it."""

    mention: Mention
    bulletins: tuple[str, ...]


def documents(cited: Iterable[tuple[str, Cited]]) -> tuple[CitedDocument, ...]:
    """Every document once, in the order of ids; `cited` are a bulletin's id and what it cites."""
    known: dict[str, list[tuple[str, Citation]]] = {}
    for bulletin, (id_, citation) in cited:
        known.setdefault(id_, []).append((bulletin, citation))
    return tuple(_document(id_, known[id_]) for id_ in sorted(known))


def movements(named: Iterable[tuple[str, Mention]]) -> tuple[ReportedMovement, ...]:
    """Every movement once, those of the register first; `named` are a bulletin's id and a movement it names."""
    known: dict[tuple[str, str], tuple[Mention, dict[str, None]]] = {}
    for bulletin, mention in named:
        key = ("", mention.id) if mention.id else (mention.key, mention.kind)
        known.setdefault(key, (mention, {}))[1][bulletin] = None
    return tuple(ReportedMovement(mention, tuple(bulletins)) for _, (mention, bulletins) in sorted(known.items()))


def _plain(text: str) -> str:
    """The text in the letters that ids have."""
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")[:60]


def _document(id_: str, citing: list[tuple[str, Citation]]) -> CitedDocument:
    fields: Iterable[Sequence[Any]] = zip(*(citation for _, citation in citing), strict=True)
    fullest = Citation._make(next((value for value in values if value is not None), None) for values in fields)
    return CitedDocument(
        id_, fullest, tuple((bulletin, citation.status, citation.title) for bulletin, citation in citing)
    )
