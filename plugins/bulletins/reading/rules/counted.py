"""Numbers before a noun in the text: “năm đơn vị thành viên”, “09 giấy khen”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.numerals import number

_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_WORDS |= {"mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15}
_COUNT = re.compile(
    r"(?:\A|[^\w.,/-])(?P<count>[0-9][0-9.]*|mười (?:một|hai|ba|bốn|lăm)|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)"
    r"(?:/[0-9]+)? \Z"
)
_A_YEAR = re.compile(r"(?:trong|cả|hằng|hàng|mỗi|nửa|đầu|cuối|giữa|từng|một|các|những|nhiều|theo) năm \Z")
_REACH = 16


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and the noun after it: where they stand and the number's value."""

    start: int
    end: int
    value: int | float


def counts_before(checked: Checked, nouns: Iterable[str]) -> Iterator[Counted]:
    """Every number right before one of these nouns, which are in lower case; a noun inside a longer one counts once.

    Offsets are those of the whole text.

    “năm” is five unless the words before it make it a year; “một” is no count, because it is an article as well.
    """
    taken: set[int] = set()
    for noun in nouns:
        for start in checked.text_places(noun):
            match = _count(checked.lowered_text, start)
            if match and match.start not in taken:
                taken.add(match.start)
                yield Counted(match.start, start + len(noun), match.value)


def _count(text: str, end: int) -> Counted | None:
    before = text[max(0, end - _REACH) : end]
    match = _COUNT.search(before)
    if match is None or match["count"] == "một" or (match["count"] == "năm" and _A_YEAR.search(before)):
        return None
    value = _WORDS.get(match["count"], number(match["count"]))
    return Counted(end - len(before) + match.start("count"), end, value) if value is not None else None
