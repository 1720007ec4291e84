"""Symbols of laws, party and state documents and letters: “98/2023/NĐ-CP”, “05-CT/TW”, “5007/BNV-TĐKT”."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Family = Literal["law", "party", "state", "letter"]

# Decree 30/2020/NĐ-CP, Appendix III: 27 kinds and three sorts of copies; then the kinds of normative documents.
_STATE_KIND = (
    "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB|SY|TrS|SL"
    "|NĐ|TT|TTLT|L|LCT|PL"
)
# Guideline 36-HD/VPTW (2018). “QĐ” stands for Quyết định, and in many offices for Quy định (QĐi) too.
_PARTY_KIND = "NQ|QĐ|QĐi|CT|KL|QC|TT|HD|TB|BC|KH|QH|CTr|ĐA|PA|DA|TTr|CV|BB|TG|GM|GT"
_PARTY_ISSUER = re.compile(r"(?:BTG|BTC|BNC|BDV|BĐN|BKT|UBKT|VP|QU)?TW|(?:BTG|BTC|BNC|BDV|UBKT|VP)?(?:TU|HU|QU|ThU|ĐU)")

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_CAPITAL = "[A-ZÂĂĐÊÔƠƯ]"
_GROUP = rf"{_CAPITAL}[A-Za-zÂĂĐÊÔƠƯâăđêôơư0-9]*"
_GROUPS = rf"{_GROUP}(?:-{_GROUP})*"
_TWO_CAPITALS = rf"(?={_CAPITAL}{{2}})"


def _numbered(rest: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<number>[0-9]{{1,6}}){rest}(?!\w)")


# In this order, letters last: else KH of “154/KH-VPQH” would be read as who wrote it.
# A slip of the keyboard puts a blank after a state document's hyphen (“65/2014/NĐ- CP”).
_FAMILIES: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("law", _numbered(rf"/{_YEAR}/(?P<issuer>(?:UBTV)?QH[0-9]{{1,2}})")),
    ("party", _numbered(rf"-(?P<kind>{_PARTY_KIND})/{_TWO_CAPITALS}(?P<issuer>{_GROUPS})")),
    ("state", _numbered(rf"/(?:{_YEAR}/)?(?P<kind>{_STATE_KIND})-[ \u00a0]?(?P<issuer>{_GROUPS})")),
    ("letter", _numbered(rf"/{_TWO_CAPITALS}(?P<issuer>{_GROUP})-(?P<unit>{_GROUPS})")),
)
# What a symbol has before its first stroke. Strokes are few, so they are looked for, and not numbers.
_BEFORE_STROKE = re.compile(rf"(?<![\w/-])(?<![0-9][.,])[0-9]{{1,6}}(?P<kind>-(?:{_PARTY_KIND}))?\Z")
_LONGEST_BEFORE_STROKE = len("123456-CTr")
_MOST_KNOWN = 10_000
_AFTER_STROKE = re.compile("[0-9A-ZĐ]")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The parts of a symbol. It names a document only together with its issuer and its date or term.

    `kind` is the code in the symbol (“NĐ”) or `None` where it has none; `issuer` as written, with the term of a
    National Assembly (“QH15”); `unit` is the drafting unit of a letter.
    """

    number: int
    year: int | None
    kind: str | None
    issuer: str
    family: Family
    unit: str | None = None

    @property
    def symbol(self) -> str:
        """The symbol as the rules write it: no blanks, and a zero before a number below 10."""
        if self.family == "party":
            return f"{self.number:02}-{self.kind}/{self.issuer}"
        last = "-".join(part for part in (self.kind, self.issuer, self.unit) if part)
        return "/".join(part for part in (f"{self.number:02}", self.year and str(self.year), last) if part)


class Citation(NamedTuple):
    """A symbol in a running text: where it begins, how it is written there, what it says."""

    start: int
    written: str
    document: DocumentNumber


@lru_cache(maxsize=_MOST_KNOWN)
def parse_symbol(text: str) -> DocumentNumber | None:
    """What a symbol says, read as a law, a party document, a state document or a letter, in this order.

    `None` for what is no symbol (“24/7”, “100%”, “22/3/2024”) and for irregular ones (“450/HLGVN”).
    """
    text = unicodedata.normalize("NFC", text).strip()
    for family, pattern in _FAMILIES:
        if match := pattern.fullmatch(text):
            return _document(family, match)
    return None


def find_symbols(text: str) -> list[Citation]:
    """Every symbol of a running text, in its order; `start` counts characters of `text`, which is NFC."""
    starts = (_beginning(text, stroke.start()) for stroke in re.finditer("/", text))
    return [citation for start in starts if start is not None and (citation := _symbol_at(text, start))]


def _beginning(text: str, stroke: int) -> int | None:
    """Where a symbol begins whose first stroke may be this one."""
    match = _BEFORE_STROKE.search(text, max(0, stroke - _LONGEST_BEFORE_STROKE), stroke)
    return match.start() if match and (match["kind"] or _AFTER_STROKE.match(text, stroke + 1)) else None


def irregular(text: str) -> str | None:
    """The symbol an author probably meant, or `None` if there is nothing to say.

    Finds a party symbol in state form (“05/CT-TW” for “05-CT/TW”) and a blank inside (“65/2014/NĐ- CP”).
    """
    document = parse_symbol(text)
    if document is None:
        return None
    if document.family == "state" and document.year is None and _PARTY_ISSUER.fullmatch(document.issuer):
        return f"{document.number:02}-{document.kind}/{document.issuer}"
    return document.symbol if re.search(r"\s", text.strip()) else None


def _symbol_at(text: str, start: int) -> Citation | None:
    for family, pattern in _FAMILIES:
        if match := pattern.match(text, start):
            return Citation(start, match[0], _document(family, match))
    return None


def _document(family: Family, match: re.Match[str]) -> DocumentNumber:
    parts = match.groupdict()
    return DocumentNumber(
        number=int(parts["number"]),
        year=int(parts["year"]) if parts.get("year") else None,
        kind=parts.get("kind"),
        issuer=parts["issuer"],
        family=family,
        unit=parts.get("unit"),
    )
