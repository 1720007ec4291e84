"""Dates as Vietnamese authors write them, day first and never month first, and as the site writes them."""

from __future__ import annotations

import contextlib
import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Reason = Literal["no_year", "impossible", "unreadable"]

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAY_SPELLINGS = {
    **{name.casefold(): day for day, name in enumerate(_WEEKDAYS)},
    **{f"thứ {day + 2}": day for day in range(6)},
    "thứ bẩy": 5,
    "cn": 6,
}
_LEAP_YEAR = 2000

_DATE = re.compile(
    rf"""
    (?:(?P<weekday>(?-x:{"|".join(_WEEKDAY_SPELLINGS)})),?[ ])?
    (?:ngày[ ])?
    (?: (?P<iso_year>[0-9]{{4}})-(?P<iso_month>[0-9]{{2}})-(?P<iso_day>[0-9]{{2}})
      | (?P<day>[0-9]{{1,2}})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?:(?P=mark)(?P<year>[0-9]{{4}}))?
      | (?P<day_in_words>[0-9]{{1,2}})[ ]tháng[ ](?P<month_in_words>[0-9]{{1,2}})
        (?:,?[ ]năm[ ](?P<year_in_words>[0-9]{{4}}))?
    )
    (?: (?:t|[ ]-[ ]|,?[ ])
        (?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?|h(?P<minute_after_h>[0-9]{{2}})?)
        (?:[ ]?\+07:?00|[ ]?\(?gmt[ ]?\+0?7\)?)?
    )?
    """,
    re.VERBOSE,
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour if it is known; both as clocks in Vietnam show them (+07:00, no summer time)."""

    date: datetime.date
    time: datetime.time | None = None


class DateError(ValueError):
    """A text that is no date: `no_year` (with `day` and `month`), `impossible` (30/02/2023) or `unreadable`."""

    def __init__(self, text: str, reason: Reason, day: int | None = None, month: int | None = None) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason: Reason = reason
        self.day = day
        self.month = month


def read_date(text: str) -> Moment:
    """The day, and the hour if given, that `text` names.

    Reads ISO 8601 (“2022-12-09”, “2022-12-09T16:25+07:00”), day-first figures with “/”, “-” or “.” (“9/12/2022 16h25”)
    and words (“ngày 28 tháng 4 năm 2022”), after a weekday or not. Never month first. Raises `DateError`; a weekday
    that the date does not have makes it `impossible`, since one of the two is wrong.
    """
    if _ISO_DAY.fullmatch(text):
        # Most dates by far; `fromisoformat` alone would take other forms as well.
        with contextlib.suppress(ValueError):
            return Moment(datetime.date.fromisoformat(text))
    match = _DATE.fullmatch(" ".join(unicodedata.normalize("NFC", text).casefold().split()))
    if match is None:
        raise DateError(text, "unreadable")
    year, month, day = (_first(match, part, f"iso_{part}", f"{part}_in_words") for part in ("year", "month", "day"))
    try:
        date = datetime.date(_LEAP_YEAR if year is None else year, month or 0, day or 0)
        time = _time(match)
    except ValueError:
        raise DateError(text, "impossible", day, month) from None
    if year is None:
        raise DateError(text, "no_year", day, month)
    if match["weekday"] and _WEEKDAY_SPELLINGS[match["weekday"]] != date.weekday():
        raise DateError(text, "impossible", day, month)
    return Moment(date, time)


def _first(match: re.Match[str], *groups: str) -> int | None:
    """The number in whichever of the groups took part in the match."""
    return next((int(match[group]) for group in groups if match[group]), None)


def _time(match: re.Match[str]) -> datetime.time | None:
    hour = _first(match, "hour")
    if hour is None:
        return None
    return datetime.time(hour, _first(match, "minute", "minute_after_h") or 0, _first(match, "second") or 0)


def long_date(date: datetime.date) -> str:
    """“22 tháng 3 năm 2024”, “5 tháng 2 năm 2024”: as in a sentence.

    The zeros of Decree 30/2020/NĐ-CP, Appendix I, belong to the date at the head of a document.
    """
    return f"{date.day} tháng {date.month} năm {date.year:04}"


def short_date(date: datetime.date) -> str:
    """“22/3/2024”, “05/02/2024”: days below 10 and the months 1 and 2 take a zero, as Decree 30/2020/NĐ-CP has them."""
    return f"{date.day:02}/{_month(date)}/{date.year:04}"


def _month(date: datetime.date) -> str:
    return f"{date.month:02}" if date.month <= 2 else str(date.month)


def weekday_name(date: datetime.date) -> str:
    """“thứ Sáu”, “Chủ nhật”: capitals as in Decree 30/2020/NĐ-CP, Appendix II."""
    return _WEEKDAYS[date.weekday()]


def month_name(month: int) -> str:
    """“Tháng 3” for 3; raises `ValueError` for a number that is no month."""
    if not 1 <= month <= 12:
        raise ValueError(f"{month} is no month")
    return f"Tháng {month}"


def iso(moment: Moment) -> str:
    """RFC 3339: “2022-12-09T16:25:00+07:00”, or the bare date when the hour is not known (contract §3)."""
    if moment.time is None:
        return moment.date.isoformat()
    return f"{moment.date.isoformat()}T{moment.time.isoformat('seconds')}+07:00"
