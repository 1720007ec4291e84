"""Dates as Vietnamese authors write them, day first and never month first, and as the site writes them."""

from __future__ import annotations

import calendar
import contextlib
import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

Reason = Literal["no_year", "impossible", "unreadable", "hour_not_wanted", "weekday"]
Precision = Literal["day", "month", "year"]

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
    (?: (?:t|[ ][|–-][ ]|,?[ ](?:lúc[ ])?)
        (?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?|h(?P<minute_after_h>[0-9]{{2}})?)
        (?:[ ]?\+07:?00|[ ]?\(?gmt[ ]?\+0?7\)?)?
    )?
    """,
    re.VERBOSE,
)
_HOUR_FIRST = re.compile(r"\A(?P<hour>[0-9]{1,2}(?::[0-9]{2}|h(?:[0-9]{2})?))(?: [|–-]|,)? (?P<day>\D{0,15}[0-9].*)")
"""“14:25 | 11/01/2024”, “17h30, thứ Năm, ngày 11/01/2024”."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_KNOWN = 4_000
"""Dates that are remembered: a record is read several times in a build, and a day stands in many."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour if it is known; both as clocks in Vietnam show them (+07:00, no summer time)."""

    date: datetime.date
    time: datetime.time | None = None


class DateError(ValueError):
    """A text that is no date: `no_year` (with `day` and `month`), `impossible` (30/02/2023) or `unreadable`.

    With `weekday` the `date` has another weekday than the text says.
    """

    def __init__(
        self,
        text: str,
        reason: Reason,
        day: int | None = None,
        month: int | None = None,
        date: datetime.date | None = None,
    ) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason: Reason = reason
        self.day = day
        self.month = month
        self.date = date


@lru_cache(maxsize=_MOST_KNOWN)
def read_date(text: str) -> Moment:
    """The day, and the hour if given, that `text` names.

    Reads ISO 8601 (“2022-12-09”, “2022-12-09T16:25+07:00”), day-first figures with “/”, “-” or “.” (“9/12/2022 16h25”)
    and words (“ngày 28 tháng 4 năm 2022”), after a weekday or not. Never month first. Raises `DateError`; a weekday
    that the date does not have is refused, since one of the two is wrong.
    """
    if _ISO_DAY.fullmatch(text):
        # Most dates by far; `fromisoformat` alone would take other forms as well.
        with contextlib.suppress(ValueError):
            return Moment(datetime.date.fromisoformat(text))
    typed = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    match = _DATE.fullmatch(_HOUR_FIRST.sub(r"\g<day> \g<hour>", typed, count=1))
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
        raise DateError(text, "weekday", day, month, date)
    return Moment(date, time)


def _first(match: re.Match[str], *groups: str) -> int | None:
    """The number in whichever of the groups took part in the match."""
    return next((int(match[group]) for group in groups if match[group]), None)


def _time(match: re.Match[str]) -> datetime.time | None:
    hour = _first(match, "hour")
    if hour is None:
        return None
    return datetime.time(hour, _first(match, "minute", "minute_after_h") or 0, _first(match, "second") or 0)


class PartialDate(str):
    """A day, or as much of it as is known: `2024-03-22`, `2024-03`, `2024`, or nothing (an empty text).

    It sorts as a text: what is known less exactly stands before the days of its month or year, or after them where the
    latest stands first.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """To pydantic it is a text, where it is written."""
        return handler.generate_schema(str)

    @classmethod
    def of(cls, date: datetime.date) -> PartialDate:
        """A whole day."""
        return cls(date.isoformat())

    @property
    def year(self) -> int | None:
        return int(self[:4]) if self else None

    @property
    def month(self) -> int | None:
        return int(self[5:7]) if len(self) > 4 else None

    @property
    def day(self) -> int | None:
        return int(self[8:]) if len(self) > 7 else None

    @property
    def digest(self) -> str:
        """What is made from it is made anew when it changes (`plan.py`)."""
        return str(self)

    @property
    def precision(self) -> Precision | None:
        """`day`, `month` or `year`; None when nothing is known."""
        precisions: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}
        return precisions.get(len(self))

    @property
    def whole(self) -> datetime.date | None:
        """The day, if it is known."""
        return datetime.date.fromisoformat(self) if len(self) > 7 else None

    @property
    def first(self) -> datetime.date | None:
        """The first day it may be."""
        return datetime.date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def last(self) -> datetime.date | None:
        """The last day it may be."""
        if not self.year:
            return None
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


_NOTHING_STATED = re.compile(r"(?:bài )?(?:không|chưa) (?:rõ|nêu|biết|ghi|nói)(?: ngày)?")
_MONTH_OR_YEAR = re.compile(
    r"(?:tháng )?(?P<month>0?[1-9]|1[0-2])(?:[/.-]|,? năm )(?P<year_after>[0-9]{4})"
    r"|(?P<year>[0-9]{4})(?:-(?P<iso_month>0[1-9]|1[0-2]))?|năm (?P<year_in_words>[0-9]{4})"
)


@lru_cache(maxsize=_MOST_KNOWN)
def read_partial_date(text: str) -> PartialDate:
    """As much of a day as a text tells: a day as in `read_date`, “3/2024”, “2024-03”, “tháng 3 năm 2024”, “2024”.

    “không rõ” and the like, and an empty text, are no day at all. Raises `DateError`; `hour_not_wanted` for an hour.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if not plain or _NOTHING_STATED.fullmatch(plain):
        return PartialDate("")
    match = _MONTH_OR_YEAR.fullmatch(plain)
    if match:
        year, month = _first(match, "year_after", "year", "year_in_words"), _first(match, "month", "iso_month")
        return PartialDate(f"{year:04}-{month:02}" if month else f"{year:04}")
    moment = read_date(text)
    if moment.time is not None:
        raise DateError(text, "hour_not_wanted")
    return PartialDate.of(moment.date)


def long_date(date: datetime.date | PartialDate) -> str:
    """“22 tháng 3 năm 2024”, “5 tháng 2 năm 2024”; “tháng 3 năm 2024”, “năm 2024” and “không nêu ngày” for less.

    The zeros of Decree 30/2020/NĐ-CP, Appendix I, belong to the date at the head of a document.
    """
    if not date.year:
        return "không nêu ngày"
    day = f"{date.day} " if date.day else ""
    return f"{day}tháng {date.month} năm {date.year:04}" if date.month else f"năm {date.year:04}"


def short_date(date: datetime.date | PartialDate) -> str:
    """“22/3/2024”, “05/02/2024”, “3/2024”, “2024”: days below 10 and the months 1 and 2 take a zero."""
    if not date.year:
        return "không nêu ngày"
    return "/".join(part for part in (date.day and f"{date.day:02}", _month(date.month), f"{date.year:04}") if part)


def _month(month: int | None) -> str:
    return f"{month:02}" if month in (1, 2) else str(month or "")


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
