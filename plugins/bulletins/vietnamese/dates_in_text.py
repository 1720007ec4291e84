"""Dates in a running text, with or without a year: “Sáng 22/3”, “ngày 28 tháng 4 năm 2022”, “14 – 15.7”."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.vietnamese.stretches import stretches

_PARTS = {"sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening", "đêm": "evening"}
_MONTHS_IN_WORDS = ("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_WORD_MONTH = "|".join(sorted((*_MONTHS_IN_WORDS, "chạp"), key=len, reverse=True))
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|cn)"
_DATE = re.compile(
    rf"""
    (?<![\w/.,-])
    (?: (?P<part>sáng|trưa|chiều|tối|đêm)(?:[ ]nay)?(?:,?[ ]{_WEEKDAY})?,?[ ]? )?
    (?: (?:trong[ ])?(?:(?<!giờ[ ])(?<!:)[1-9][0-9]?|hai|ba)?[ ]?(?:từ[ ])?ngày[ ]|vào[ ]ngày[ ] )?
    (?P<open>\()?(?:ngày[ ])?
    (?: (?P<first>[0-9]{{1,2}})(?:[/.-][0-9]{{1,2}})?[ ]?(?:[-–]|đến(?:[ ]ngày)?|và|,)[ ]?(?:ngày[ ])? )?
    (?: (?P<day>[0-9]{{1,2}})[ ]?(?P<mark>[/.-])[ ]?(?P<month>[0-9]{{1,2}})
        (?:(?P=mark)[ ]?(?P<year>[0-9]{{4}})|[ ]năm[ ](?P<year_after>[0-9]{{4}}))?
      | (?P<day_in_words>[0-9]{{1,2}})[ ]tháng[ ](?P<month_in_words>[0-9]{{1,2}}|{_WORD_MONTH})
        (?:,?[ ]năm[ ](?P<year_in_words>[0-9]{{4}})|[/-](?P<year_after_month>[0-9]{{4}}))?
    )
    (?![\w%]|[/][\w]|[.,-][0-9])
    """,
    re.VERBOSE,
)
# Whatever the words, a date has a day so joined to its month: most of a text has no such place.
_DAY_AND_MONTH = re.compile("[0-9] ?(?:[/.-] ?[0-9]|tháng )")
_BEFORE, _BEHIND = 80, 40
# “5/7 đơn vị” counts units, “08/08 Hội” and “1.5 tỷ” too.
_COUNTED = re.compile(
    r" ?(?:đơn vị|cơ quan|hội|xã|phường|huyện|sở|ngành|tỉnh|trường|tập thể|cá nhân|đồng chí|phiếu|thành viên|đại biểu"
    r"|chỉ tiêu|tiêu chí|nội dung|tỷ|tỉ|triệu|nghìn|ngàn|điểm|phong trào|doanh nghiệp|công ty|chi|khối|cụm)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: where it stands and what it says; `year` is `None` where the text gives none.

    Of a span of days (“14 – 15.7”) this is the last day and `first_day` the first; `part` is a code of parts of day.
    """

    start: int
    end: int
    written: str
    day: int
    month: int
    year: int | None = None
    part: str | None = None
    first_day: int | None = None

    def in_year(self, year: int) -> datetime.date | None:
        """The first day meant, in a year; `None` for the 29 February of a year that has none."""
        try:
            return datetime.date(year, self.month, self.first_day or self.day)
        except ValueError:
            return None


def find_dates(text: str) -> Iterator[DateMention]:
    """Every date of the text, day first; what is no date (“5/7 đơn vị”, “31/02”) is passed over. `text` is NFC."""
    lowered = text.lower()
    around = stretches(_DAY_AND_MONTH.finditer(lowered), _BEFORE, _BEHIND)
    for match in (match for stretch in around for match in _DATE.finditer(lowered, *stretch)):
        date = _mention(text, match)
        if date and (date.year or not _COUNTED.match(lowered, match.end())):
            yield date


def _mention(text: str, match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    day = int(parts["day"] or parts["day_in_words"])
    month = _month(parts["month"] or parts["month_in_words"])
    years = (parts[name] for name in ("year", "year_after", "year_in_words", "year_after_month"))
    year = next((int(year) for year in years if year), None)
    if not _exists(day, month, year) or _is_decimal(match):
        return None
    first = int(parts["first"]) if parts["first"] and 0 < int(parts["first"]) < day else None
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    written = text[start : match.end()]
    return DateMention(start, match.end(), written, day, month, year, _PARTS.get(parts["part"] or ""), first)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return 12 if text == "chạp" else _MONTHS_IN_WORDS.index(text) + 1


def _exists(day: int, month: int, year: int | None) -> bool:
    try:
        datetime.date(year or 2000, month, day)
    except ValueError:
        return False
    return year is None or 1900 <= year <= 2200


def _is_decimal(match: re.Match[str]) -> bool:
    """“1.5” and “2-3” are dates only where a word says so."""
    bare = match["mark"] in (".", "-") and not (match["year"] or match["year_after"])
    return bare and not match["part"] and "ngày" not in match[0]
