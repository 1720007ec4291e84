"""Counts as running texts write them: in figures (“04”, “1.000”, “5/7”) and in words (“mười một”, “hai mươi lăm”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bulletins.vietnamese.numerals import number

_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_WORDS = {word: value for value, word in enumerate(_ONES, 1)} | {"bẩy": 7, "tư": 4, "mốt": 1, "lăm": 5, "nhăm": 5}
_ONE = "một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
_SPELLED = rf"(?:(?:{_ONE}) mươi(?: (?:{_ONE}))?|mười(?: (?:{_ONE}))?|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|một)"
NUMBER = (
    r"(?:(?P<part>[0-9]{1,3})/)?"
    rf"(?P<count>[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,4}}|{_SPELLED})(?: ?\([^()]{{1,14}}\))?"
)
"""A regular expression of a count, with the groups `part` (5 of “5/7”) and `count`, for texts in lower case."""

_ENDINGS = sorted((*_ONE.split("|"), "mười", "mươi"), key=len)
_AFTER_WORD = "|".join(f"(?<={'|'.join(words)})" for _, words in groupby(_ENDINGS, key=len))
COUNT_ENDS = rf"[0-9){''.join(sorted({word[-1] for word in _ENDINGS}))}](?= )(?:(?<=[0-9)])|{_AFTER_WORD})"
"""The last letter of every `NUMBER` before a blank, in texts in lower case: quick to look for."""

_A_YEAR = re.compile(r"(?:trong|cả|hằng|hàng|mỗi|nửa|đầu|cuối|giữa|từng|một|các|những|nhiều|theo|của|vào|sang|qua) \Z")
_LONGEST_BEFORE = 12
_NOT_BEFORE = r"(?<![\w.,/-])"


@dataclass(frozen=True, slots=True)
class Count:
    """A count in a text: where it stands, how it is written, its value, and of “5/7” the part, 5."""

    start: int
    end: int
    written: str
    value: int
    part: int | None = None


def spelled_number(text: str) -> int | None:
    """The value of a number in words, 1 to 99 (“hai mươi mốt” is 21); `None` for anything else."""
    words = text.casefold().split()
    if not words or not re.fullmatch(_SPELLED, " ".join(words)):
        return None
    if words[0] == "mười":
        return 10 + (_WORDS[words[1]] if len(words) > 1 else 0)
    if len(words) > 1:
        return 10 * _WORDS[words[0]] + (_WORDS[words[2]] if len(words) > 2 else 0)
    return _WORDS[words[0]]


def count_of(text: str) -> int | None:
    """The value of a count in figures or words; `None` for what is none."""
    value = number(text)
    return value if isinstance(value, int) else spelled_number(text)


def counts_of(text: str, nouns: str) -> Iterator[Count]:
    """Every count right before one of the nouns, an alternation in lower case (“đơn vị|cơ quan”).

    “năm đơn vị” is five units, but “cuối năm đơn vị …” is a year, and “một đơn vị” is an article as much as a number:
    it counts only in figures. `start` to `end` is the count with its noun.
    """
    for match in re.finditer(rf"{_NOT_BEFORE}{NUMBER} (?:{nouns})(?!\w)", text.lower()):
        value = count_of(match["count"])
        if value is not None and not _is_no_count(text.lower(), match):
            part = int(match["part"]) if match["part"] else None
            yield Count(match.start(), match.end(), text[match.start() : match.end()], value, part)


def _is_no_count(lowered: str, match: re.Match[str]) -> bool:
    before = lowered[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    return match["count"] == "một" or (match["count"] == "năm" and bool(_A_YEAR.search(before)))
