"""Calendars of ceremonies (iCalendar, RFC 5545): one event for each ceremony whose day is known.

A calendar is the library's; events, of which the site's own calendar has one for every ceremony, are written as that
library writes them, in a tenth of its time: `tests/indexes/test_calendars.py` holds them against it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from bulletins import urls
from bulletins.clock import ZONE
from bulletins.domain import kinds
from bulletins.domain.model import Card
from bulletins.indexes.shape import Terms

PRODUCT = "-//bulletins//lich//VI"

Occasion = tuple[str, str, tuple[Card, ...]]
"""The id that a ceremony had first, when what is said of it last changed, and the cards of its reports, in order."""


EARLIER = "Các buổi lễ từ năm {} trở lại đây; mỗi năm trước đó có lịch riêng ở trang của năm: {}"


def calendar(
    terms: Terms, name: str, page: str, occasions: tuple[Occasion, ...], since: int | None = None
) -> Sequence[bytes]:
    """The calendar of these ceremonies under a name; `page` is the address of the page it belongs to.

    A ceremony whose day is not known stands in no calendar. One that begins with a year says so, and where to find
    earlier ones.
    """
    from icalendar import Calendar  # a whole build in which no calendar changes need not load it

    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("name", name)  # RFC 7986
    whole.add("x-wr-calname", name)  # what calendar programs older than it read
    if since is not None:
        whole.add("description", EARLIER.format(since, terms.at(urls.YEARS)))  # RFC 7986
    whole.add("url", terms.at(page))
    whole.add("source", terms.at(urls.calendar(page)), parameters={"VALUE": "URI"})
    events = [
        _event(terms, id_, modified, cards, day) for id_, modified, cards in occasions if (day := cards[0].date.whole)
    ]
    head, end = bytes(whole.to_ical()).split(_END)
    return [b"".join([head, *events, _END, end])]


_END = b"END:VCALENDAR"


def _event(terms: Terms, id_: str, modified: str, cards: tuple[Card, ...], day: datetime.date) -> bytes:
    """A ceremony as its first report tells of it: the hour is not known, so it lasts all day."""
    first = cards[0]
    lines = (
        "BEGIN:VEVENT",
        f"SUMMARY:{_text(first.title)}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}",
        f"DTSTAMP:{moment(modified):%Y%m%dT%H%M%SZ}",
        f"UID:{_text(id_)}@{_text(terms.authority.partition(',')[0])}",
        f"CATEGORIES:{','.join(map(_text, _labels(cards)))}",
        f"DESCRIPTION:{_text(first.lead)}",
        *([f"LOCATION:{_text(first.place)}"] if first.place else []),
        "TRANSP:TRANSPARENT",
        f"URL:{terms.at(urls.bulletin(first.id))}",
        "END:VEVENT",
    )
    return b"".join(map(folded, lines))


def _text(value: str) -> str:
    """A text with what separates values escaped."""
    from icalendar import vText

    return vText(value).to_ical().decode()


LONGEST = 74
"""Bytes of a line; a longer one is folded."""


def folded(line: str) -> bytes:
    """A line as RFC 5545 (3.1) folds it: no character and no escape is cut in two."""
    rest, pieces = line.encode(), list[bytes]()
    while len(rest) > LONGEST:
        end = LONGEST
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        end -= rest[end - 1] in b"\\^"
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def _labels(cards: Iterable[Card]) -> tuple[str, ...]:
    """The Vietnamese names of the kinds of ceremony."""
    return tuple(dict.fromkeys(kinds.CEREMONIES[kind].vi for card in cards for kind in card.kinds))


def moment(text: str) -> datetime.datetime:
    """The moment of an RFC 3339 text in UTC; a bare date is the beginning of that day in Việt Nam."""
    parsed = datetime.datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ZONE)).astimezone(datetime.UTC)
