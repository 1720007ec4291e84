"""Entries that several documents show: bulletins in lists, and facts with the bulletins that state them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.dossier import Stated
from bulletins.domain.model import Award, Card
from bulletins.domain.record import PartialDay, Record, about
from bulletins.indexes.shape import PRECISION, Address, DatePrecision, Entry, Terms

F = TypeVar("F", bound=Record)
S = TypeVar("S", bound="Sourced")


class Sourced(Record):
    """Mixed into a fact of the front matter: the bulletins that state it."""

    model_config = ConfigDict(validate_by_name=True)

    sources: tuple[str, ...] = about("Mã các bản tin nêu điều này", "Ids of the bulletins that state it")


class StatedAward(Sourced, Award):
    """An award or title, and who says so."""


class BulletinEntry(Entry):
    """A bulletin in a list."""

    id: str = about("Mã bản tin", "Id of the bulletin")
    title: str = about("Tiêu đề", "Title")
    lead: str = about("Sa-pô", "Lead paragraph")
    blocs: tuple[str, ...] = about("Mã các khối, cụm", "Ids of the blocs")
    kinds: tuple[str, ...] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    date: PartialDay = about("Ngày diễn ra", "The day of the ceremony")
    date_precision: DatePrecision = PRECISION
    place: str | None = about("Địa điểm", "Place")
    url: Address = about("Trang của bản tin", "The bulletin's page")
    data: Address = about("Tệp JSON của bản tin", "The bulletin's JSON file")


def sourced(model: type[S], stated: Stated[F], **more: int) -> S:
    """A fact of the dossier with its sources; `model` is the fact's own class with `Sourced` mixed in.

    `more` are the values of other mixins.
    """
    fact = stated.fact
    values = {name: getattr(fact, name) for name in type(fact).model_fields}
    return model.model_validate({**values, **more, "sources": stated.sources}, by_name=True)


def award(terms: Terms, stated: Stated[Award]) -> StatedAward:
    """An award; the recipients' names only if the site's setting says so (contract §4.5)."""
    shown = sourced(StatedAward, stated)
    return shown if terms.recipients else shown.model_copy(update={"recipients": ()})


@lru_cache(maxsize=1024)
def bulletin_entry(terms: Terms, card: Card) -> BulletinEntry:
    """The bulletin in a list; cached, because the units of a bloc list the same bulletins and are made in a row."""
    return BulletinEntry(**card_values(terms, card))


def card_values(terms: Terms, card: Card) -> dict[str, Any]:
    """The values of a `BulletinEntry`, by field, from the card of the bulletin."""
    return {
        "id": card.id,
        "title": card.title,
        "lead": card.lead,
        "blocs": (card.bloc,),
        "kinds": card.kinds,
        "date": card.date,
        "date_precision": card.date.precision,
        "place": card.place,
        "url": terms.at(urls.bulletin(card.id)),
        "data": terms.at(urls.api_bulletin(card.id)),
    }
