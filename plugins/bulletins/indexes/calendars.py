"""Calendars of ceremonies (iCalendar, RFC 5545): one event for each ceremony whose day is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from icalendar import Calendar, Event

from bulletins import urls
from bulletins.clock import ZONE
from bulletins.domain import kinds
from bulletins.domain.model import Card
from bulletins.indexes.shape import Terms

PRODUCT = "-//bulletins//lich//VI"

Occasion = tuple[str, str, tuple[Card, ...]]
"""A ceremony's id, when what is said of it last changed, and the cards of its reports, the first of them first."""


def calendar(terms: Terms, name: str, page: str, occasions: tuple[Occasion, ...]) -> Sequence[bytes]:
    """The calendar of these ceremonies under a name; `page` is the address of the page it belongs to.

    A ceremony whose day is not known stands in no calendar.
    """
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("name", name)  # RFC 7986
    whole.add("x-wr-calname", name)  # what calendar programs older than it read
    whole.add("url", terms.at(page))
    whole.add("source", terms.at(urls.calendar(page)), parameters={"VALUE": "URI"})
    for id_, modified, cards in occasions:
        if day := cards[0].date.whole:
            whole.add_component(_event(terms, id_, modified, cards, day))
    return [bytes(whole.to_ical())]


def _event(terms: Terms, id_: str, modified: str, cards: tuple[Card, ...], day: datetime.date) -> Event:
    """A ceremony as its first report tells of it: the hour is not known, so it lasts all day."""
    first = cards[0]
    event = Event()
    event.add("uid", f"{id_}@{terms.authority.partition(',')[0]}")
    event.add("dtstamp", moment(modified))
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", first.title)
    event.add("description", first.lead)
    if first.place:
        event.add("location", first.place)
    event.add("url", terms.at(urls.bulletin(first.id)))
    event.add("categories", list(_labels(cards)))
    event.add("transp", "TRANSPARENT")
    return event


def _labels(cards: Iterable[Card]) -> tuple[str, ...]:
    """The Vietnamese names of the kinds of ceremony."""
    return tuple(dict.fromkeys(kinds.CEREMONIES[kind].vi for card in cards for kind in card.kinds))


def moment(text: str) -> datetime.datetime:
    """The moment of an RFC 3339 text in UTC; a bare date is the beginning of that day in Việt Nam."""
    parsed = datetime.datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ZONE)).astimezone(datetime.UTC)
