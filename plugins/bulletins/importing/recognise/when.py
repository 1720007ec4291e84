"""The day of the ceremony, with the reason for its year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.importing.article import Article
from bulletins.importing.recognise.facts import Proposal
from bulletins.vietnamese.dates_in_text import DateMention, find_dates

_NOT_THE_DAY = re.compile(
    r"(?:(?-i:(?![IVX]+,)[A-ZĐ]{2,}[\w-]*),?\s*(?:ban hành\s*)?|dự kiến(?: vào| ngày| tổ chức)*|trước|kỷ niệm[^.]{0,80}"
    r"|thành lập[^.]{0,40}|kể từ|hết|đến|truyền thống[^.]{0,40}|(?<!ngày )\([^)]{0,12}"
    r"|quyết định (?:số )?\d[^.]{0,60}|kế hoạch (?:số )?\d[^.]{0,40}|thông báo (?:số )?\d[^.]{0,40}"
    r"|công văn (?:số )?\d[^.]{0,40}|hướng dẫn (?:số )?\d[^.]{0,40}"
    r"|sinh nhật[^.]{0,30}|luật (?:số )?\d[^.]{0,50}|nghị định (?:số )?\d[^.]{0,40}|chỉ thị (?:số )?\d[^.]{0,50})\Z",
    re.IGNORECASE,
)
_LUNAR = re.compile(r"tháng (?:giêng|chạp)(?!\w)|âm lịch", re.IGNORECASE)
_HELD = re.compile(r"tổ chức|diễn ra|họp|hội nghị|lễ|buổi|khai mạc|ký kết|dự", re.IGNORECASE)
_TODAY = re.compile(
    r"(?<!\w)(?P<part>sáng|trưa|chiều|tối)(?: (?P<day>nay|qua))(?!\w)|(?<!\w)hôm (?P<other>nay|qua)(?!\w)",
    re.IGNORECASE,
)
_PARTS = {"sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening"}
_EARLIEST = 2000
_EARLY, _LATE = 6, 9
_LONGEST_WAIT = 150


@dataclass(frozen=True, slots=True)
class Day:
    """The day as recognised: its date, the words, the part of the day, and the source of its year (a code)."""

    date: Proposal[datetime.date] | None
    date_as: str | None
    part: str | None
    year_from: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: DateMention
    score: int


def find_day(article: Article, years: dict[str, Proposal[int]], kinds: tuple[str, ...], school_year: str | None) -> Day:
    """The day the ceremony was held; without a day in the text, “sáng nay” with the day of publication, else none."""
    best = max(_candidates(article), key=lambda candidate: candidate.score, default=None)
    if best is None or best.score < 1:
        return _today(article)
    mention = best.mention
    if mention.year:
        date = mention.in_year(mention.year)
        return Day(Proposal(date, mention.written) if date else None, mention.written, mention.part, "text")
    if article.published:
        date = _before(mention, article.published.date)
        return Day(Proposal(date, mention.written) if date else None, mention.written, mention.part, "published")
    guessed = _year_of_month(mention.month, years, kinds, school_year)
    date = mention.in_year(guessed) if guessed else None
    reason = "pact_year" if "pact" in years and guessed == years["pact"].value else "editor"
    return Day(Proposal(date, mention.written, False) if date else None, mention.written, mention.part, reason)


def _candidates(article: Article) -> Iterator[_Candidate]:
    places = [(article.lead, 6), *((text, max(0, 3 - n)) for n, text in enumerate(article.body)), (article.title, 2)]
    places += [(picture.caption, 0) for picture in article.illustrations]
    for text, weight in places:
        for mention in find_dates(text):
            score = _score(text, mention)
            if score > 0:
                yield _Candidate(mention, score + weight)


def _score(text: str, mention: DateMention) -> int:
    """How likely a date is the day of the ceremony: 0 for that of a document, of an anniversary, of a plan."""
    before = text[max(0, mention.start - 100) : mention.start]
    sentence = re.split(r"(?<=[.!?])\s", before)[-1]
    if (mention.year is not None and mention.year < _EARLIEST) or _LUNAR.search(text[mention.start : mention.end + 12]):
        return 0
    if mention.part is None and _NOT_THE_DAY.search(sentence.rstrip(" ")) and mention.start:
        return 0
    after = text[mention.end : mention.end + 160]
    if re.match(r"\s*[-–]\s*\(?\d", after) or re.match(r"[^.;]{0,12}(?:của|về việc)", after):
        return 0
    at_start = mention.start < 3 or not sentence.strip()
    return 1 + 2 * bool(mention.part) + 2 * at_start + 2 * bool(_HELD.search(after)) + (mention.start < 120)


def _today(article: Article) -> Day:
    for text in (article.lead, *article.body[:2]):
        today = _TODAY.search(text)
        if today and article.published:
            back = 1 if "qua" in today[0].lower() else 0
            date = article.published.date - datetime.timedelta(days=back)
            part = _PARTS.get((today["part"] or "").lower())
            return Day(Proposal(date, f"{today[0]}; {article.published_as}", False), today[0], part, "published")
    return Day(None, None, None, "text")


def _before(mention: DateMention, published: datetime.date) -> datetime.date | None:
    """The day in the year of publication, or in the year before: a ceremony is reported after it was held."""
    for year in (published.year, published.year - 1):
        date = mention.in_year(year)
        if date and date <= published + datetime.timedelta(days=1):
            return date
    return mention.in_year(published.year)


def _year_of_month(
    month: int, years: dict[str, Proposal[int]], kinds: tuple[str, ...], school_year: str | None
) -> int | None:
    """The year that a month falls in: reviews are held from October to the spring after, pacts in their own year."""
    values = {reason: year.value for reason, year in years.items()}
    if school_year:
        first = int(school_year[:4])
        return first if month >= _EARLY + 1 and not ({"summary"} & set(kinds) and month < _LATE) else first + 1
    if "reviewed" in values and "summary" in kinds:
        return values["reviewed"] if month >= _EARLY + 1 else values["reviewed"] + 1
    if "reviewed" in values:
        return values["reviewed"]
    if "pact" in values:
        return values["pact"] if month <= _LATE + 1 else values["pact"] - (month >= 11)
    return next(iter(values.values()), None)
