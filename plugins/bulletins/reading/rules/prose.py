"""The text against the front matter: days, years, people and documents that the two give otherwise.

Everything here only warns: a text may tell of other days and other people for good reasons, and a rule is silenced
with a word on why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from bulletins.mistakes import Mistake
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.dates import short_date
from bulletins.vietnamese.dates_in_text import DateMention, find_dates
from bulletins.vietnamese.folding import fold, tone_key

# What stands before is looked at last: a pattern that begins with a lookbehind is tried at every letter.
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?<!\w[0-9]{4})(?![0-9])")
_PLAIN_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:(?<![\w/.–-][0-9]{4})(?![\w/–-]|\.[0-9])|(?<=năm học [0-9]{4}))")
_WORD = re.compile(r"\w+|[^\w\s]+")
_NEAR = 2
_SHORTEST_SHOUT = 12
"""Letters of a title in capitals; a shorter one may be an abbreviation."""


def day_in_text(checked: Checked) -> Iterator[Mistake]:
    """D7. The text gives days, and none is the ceremony's; those of documents and anniversaries do not count."""
    date = checked.bulletin.date
    if date.first is None or date.precision != "day":
        return
    text, year = checked.text, date.first.year
    cited = [(document.start, document.end) for document in checked.cited_documents]
    mentions = [
        mention
        for mention in find_dates(text)
        if abs((mention.year or year) - year) <= 1 and not any(start <= mention.start < end for start, end in cited)
    ]
    if mentions and not any(_is_day(mention, date.first) for mention in mentions):
        written = ", ".join(dict.fromkeys(mention.written for mention in mentions[:3]))
        yield checked.at(("ceremony", "date"), messages.DAY_IN_TEXT, date=short_date(date.first), written=written)


def _is_day(mention: DateMention, day: datetime.date) -> bool:
    """Whether a date of the text is the day, or a span that begins or ends with it."""
    days = {mention.day, mention.first_day or mention.day}
    return day.day in days and day.month == mention.month and day.year == (mention.year or day.year)


def years_in_text(checked: Checked) -> Iterator[Mistake]:
    """D8. A year of `years` that stands nowhere in the text, and a title whose years are none of them."""
    bulletin = checked.bulletin
    fields = ("pact", "plan", "reviewed", "awards", "scoring")
    years: dict[str, int] = {name: value for name in fields if (value := getattr(bulletin.years, name))}
    text = checked.text
    said = {int(year) for year in _YEAR.findall(text)}
    # A text that gives only the years of documents and programmes says nothing of its own year.
    own = bulletin.date.year
    speaks = own is not None and any(abs(int(year) - own) <= _NEAR for year in _PLAIN_YEAR.findall(text))
    for name, year in years.items():
        # The year of the day itself goes without saying, and a plan is often that of “the coming year”.
        is_implied = year == own or (name == "plan" and year - 1 in said)
        if speaks and year not in said and not is_implied:
            yield checked.at(("years", name), messages.YEAR_NOT_IN_TEXT, year=year)
    in_title = {int(year) for year in _YEAR.findall(bulletin.title)}
    if in_title and years and not in_title & {*years.values(), own}:
        yield checked.at(("title",), messages.YEAR_OF_TITLE, year=", ".join(map(str, sorted(in_title))))


def people_in_text(checked: Checked) -> Iterator[Mistake]:
    """M7. Somebody who stands in the front matter and nowhere in the text or under a photo; a head with other marks."""
    for n, person in enumerate(checked.bulletin.people):
        if person.name and not any(_stands(name, checked) for name in (person.name, *person.variants)):
            yield checked.at(("people", n, "name"), messages.PERSON_NOT_IN_TEXT, name=person.name)
    for n, entry in enumerate(checked.bulletin.bloc_years):
        name = entry.head.person if entry.head else None
        # Who stands for the head may be known from elsewhere; the same letters with other marks are a slip.
        if name and not _stands(name, checked) and _has_other_marks(name, checked.text):
            yield checked.at(("bloc_years", n, "head", "person"), messages.PERSON_NOT_IN_TEXT, name=name)


def _stands(name: str, checked: Checked) -> bool:
    """Whether a name stands in the text, its tones in either place; most stand there just so, as words of their own."""
    before, _, behind = checked.text.partition(name)
    is_word = name in checked.text and not (before[-1:].isalpha() or behind[:1].isalpha())
    return is_word or tone_key(name) in checked.spelled_text


def _has_other_marks(name: str, text: str) -> bool:
    """Whether the letters of a name stand in the text as words with capitals: “Lê An” for “Lê Ân”, but no “lễ ăn”."""
    words = " ".join(fold(word) if word[0].isupper() else "" for word in _WORD.findall(text))
    return f" {fold(' '.join(_WORD.findall(name)))} " in f" {words} "


def documents_in_text(checked: Checked) -> Iterator[Mistake]:
    """S4. A document to which the text gives another day than the front matter."""
    dated = {
        symbol: checked.bulletin.documents[n].date
        for n, typed, ruled in checked.listed_symbols
        for symbol in (typed, ruled)
    }
    if not any(dated.values()):
        return
    for mention in checked.cited_documents:
        date = dated.get(mention.symbol)
        if date and mention.date and mention.date != date:
            words = {"symbol": mention.written[:60], "date": short_date(date), "written": short_date(mention.date)}
            yield checked.in_text(mention.start, messages.DOCUMENT_DATE_IN_TEXT, **words)


def title_in_capitals(checked: Checked) -> Iterator[Mistake]:
    """N4."""
    title = checked.bulletin.title
    if title.isupper() and sum(map(str.isalpha, title)) >= _SHORTEST_SHOUT:
        yield checked.at(("title",), messages.TITLE_IN_CAPITALS)


def handed_over_to_itself(checked: Checked) -> Iterator[Mistake]:
    """M8."""
    for n, decision in enumerate(checked.bulletin.decisions):
        if decision.from_unit and decision.from_unit == decision.to_unit:
            yield checked.at(
                ("decisions", n, "to_unit"), messages.TO_ITSELF, unit=checked.unit_name(decision.from_unit)
            )
