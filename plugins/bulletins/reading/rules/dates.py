"""Rules of dates: event and publication, the pact's year, weekdays in the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from bulletins.mistakes import Both, Mistake
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.dates import weekday_name

_ANNOUNCING = frozenset({"consultation", "launch", "assignment"})
"""Kinds whose bulletins may announce a day to come."""

_LATE = 10
_DAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5}
_DAYS |= {str(n): n - 2 for n in range(2, 8)}
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(
    r"(?:thứ (?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật),? (?:\()?(?:ngày )?"
    r"(?P<day>[0-9]{1,2})(?:(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}))?"
    r"| tháng (?P<in_words>[0-9]{1,2})(?:,? năm (?P<year_in_words>[0-9]{4}))?)"
)


def event_after_publication(checked: Checked) -> Iterator[Mistake]:
    """D2. A day's grace, because notices go out the evening before; kinds that announce may be far ahead."""
    bulletin = checked.bulletin
    if bulletin.published is None or _ANNOUNCING & set(bulletin.ceremony.kinds):
        return
    if bulletin.date.first and bulletin.date.first > bulletin.published.date + datetime.timedelta(days=1):
        dates = {"date": bulletin.date, "published": bulletin.published.date}
        yield checked.at(("ceremony", "date"), messages.EVENT_AFTER_PUBLICATION, **dates)


def pact_signed_late_in_year(checked: Checked) -> Iterator[Mistake]:
    """D3."""
    ceremony, pact = checked.bulletin.ceremony, checked.bulletin.years.pact
    if ceremony.year_from == "pact_year" and (ceremony.date.month or 0) >= _LATE and ceremony.date.year == pact:
        words = {"year": pact, "month": ceremony.date.month, "before": (pact or 0) - 1}
        yield checked.at(("ceremony", "date"), messages.PACT_SIGNED_LATE_IN_YEAR, **words)


def far_from_pact_year(checked: Checked) -> Iterator[Mistake]:
    """D4."""
    year, pact = checked.bulletin.date.year, checked.bulletin.years.pact
    if pact is not None and year is not None and abs(year - pact) > 1:
        yield checked.at(("ceremony", "date"), messages.FAR_FROM_PACT_YEAR, year=year, pact=pact)


def wrong_weekday(checked: Checked) -> Iterator[Mistake]:
    """D5. A weekday beside a date in the text; a date without a year is of the ceremony's year."""
    for words in ("thứ ", "chủ nhật"):
        for start in checked.places(words):
            match = _WEEKDAY.match(checked.lowered, start)
            date = _date(match, checked.bulletin.date.year) if match else None
            if match and date and date.weekday() != _DAYS.get(match["name"] or "", 6):
                written = checked.body[match.start() : match.end()]
                weekday = Both(weekday_name(date), _ENGLISH_DAYS[date.weekday()])
                yield checked.in_body(start, messages.WRONG_WEEKDAY, written=written, date=date, weekday=weekday)


def _date(match: re.Match[str], year: int | None) -> datetime.date | None:
    stated = match["year"] or match["year_in_words"]
    month = match["month"] or match["in_words"]
    try:
        return datetime.date(int(stated or year or 0), int(month), int(match["day"]))
    except ValueError:
        return None
