"""The words of the interface: Vietnamese as they stand in the source, or a language of the theme's catalogues."""

from __future__ import annotations

import datetime
import gettext
import io
from collections.abc import Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path

from bulletins.domain import kinds
from bulletins.domain.kinds import Vocabulary
from bulletins.vietnamese import dates

SOURCE_LANGUAGE = "vi"

AnyDate = datetime.date | dates.PartialDate


def is_vietnamese(language: str) -> bool:
    """Whether a BCP 47 tag names Vietnamese, of any region."""
    return language.partition("-")[0] == SOURCE_LANGUAGE


class Words:
    """What the interface says in one language: gettext messages, labels of codes, dates and numbers."""

    def __init__(self, language: str, messages: gettext.NullTranslations) -> None:
        self.language = language
        self.vietnamese = is_vietnamese(language)
        self.gettext = messages.gettext
        self.ngettext = messages.ngettext

    def label(self, code: str, vocabulary: Vocabulary) -> str:
        """What people call a code."""
        term = vocabulary[code]
        return term.vi if self.vietnamese else term.en

    def of_bloc(self, text: str, kind: str | None) -> str:
        """Words about a bloc, of `kinds.BLOC_KINDS`, as its people say them: “khối trưởng”, of a cụm “cụm trưởng”."""
        return kinds.of_bloc(text, kind) if self.vietnamese else text

    def long_date(self, date: AnyDate) -> str:
        """“22 tháng 3 năm 2024”, or how the language writes it."""
        return dates.long_date(date) if self.vietnamese else self._date(date, "long")

    def short_date(self, date: AnyDate) -> str:
        """“22/3/2024”, or how the language writes it."""
        return dates.short_date(date) if self.vietnamese else self._date(date, "medium")

    def month(self, number: int) -> str:
        """“Tháng 3”, or the month's name; for 0 that the month is not known."""
        if not number:
            return self.gettext("Chưa rõ tháng")
        if self.vietnamese:
            return dates.month_name(number)
        return self._months[number]

    @cached_property
    def _months(self) -> Mapping[int, str]:
        from babel.dates import get_month_names

        return {number: str(name) for number, name in get_month_names("wide", "stand-alone", self._locale).items()}

    def year(self, figures: str) -> str:
        """What follows the word “năm”: “2022”, or “học 2022–2023” of a school year."""
        return self.gettext("học %(years)s") % {"years": figures} if "–" in figures else figures

    def number(self, value: int | float) -> str:
        """A number with the language's separators: “1.000”, “99,5”."""
        plain = f"{value:,}"
        return plain.translate(str.maketrans(",.", ".,")) if self.vietnamese else plain

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")

    def _date(self, date: AnyDate, length: str) -> str:
        from babel.dates import format_date, format_skeleton

        whole = date.whole if isinstance(date, dates.PartialDate) else date
        if whole or not isinstance(date, dates.PartialDate):
            return format_date(whole, length, locale=self._locale)
        if not date.first:
            return self.gettext("không nêu ngày")
        return format_skeleton("yMMMM" if date.month else "y", date.first, locale=self._locale)


def catalogue_path(theme: Path, language: str) -> Path:
    """The catalogue of a language: `locale/en.po` for `en`."""
    return theme / "locale" / f"{language}.po"


def catalogue_digest(theme: Path, language: str) -> str:
    """A hash of the language's catalogue; empty for Vietnamese, which needs none.

    Raises `FileNotFoundError` when the theme has no catalogue of the language.
    """
    if is_vietnamese(language):
        return ""
    return blake2b(catalogue_path(theme, language).read_bytes(), digest_size=16).hexdigest()


@lru_cache(maxsize=4)
def words(theme: Path, language: str, digest: str) -> Words:
    """The words of a language; `digest` is the catalogue's, so that a changed catalogue is read again."""
    if not digest:
        return Words(language, gettext.NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with catalogue_path(theme, language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.replace("-", "_")))
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))
