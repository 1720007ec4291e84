"""The order of a Vietnamese dictionary: a sort key that orders names as ICU's `vi` does."""

from __future__ import annotations

import re
import unicodedata

# The order of CLDR (root and `vi`): blanks, punctuation, symbols, numbers, letters; letters before tones before case.
_PUNCTUATION = " _-‐‒–—,;:!¡?¿.‥…·'‘’‚‹›\"“”„«»()[]{}§¶@*/\\&#%‰†‡•`´^°©®+±÷×<=>|~¢$£¥₫€"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES_AND_MARKS = (
    "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; no mark at all (ngang) comes first
    "\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0327\u0328\u0304"  # marks of other languages
)
_NUMBER_BEGINS = "\ue000"

_DIGITS = re.compile(r"[0-9]+")
_NO_MARK = re.compile("[^\u0300-\u036f]")


def collation_key(text: str) -> tuple[str, str, str, str]:
    """A key to sort by: letters of the whole text first, then its tones, then lower before upper case.

    a ă â … d đ e ê … o ô ơ … u ư …; ngang < huyền < hỏi < ngã < sắc < nặng; numbers by value (“Khối 9” < “Khối 12”).
    Letters of the whole text outrank every tone, as in ICU and unlike dictionaries that compare syllable by syllable.
    Two texts have the same key only if their NFC is the same, so an order by this key is total.
    """
    composed = unicodedata.normalize("NFC", text)
    parts = _DIGITS.sub(_by_value, composed.translate(_PARTS))
    return (
        parts.translate(_RANKS),
        _NO_MARK.sub(" ", parts).translate(_MARK_RANKS),
        parts.swapcase(),
        composed,
    )


def _by_value(digits: re.Match[str]) -> str:
    """A number that sorts as text: its length without leading zeros stands before it."""
    number = digits[0].lstrip("0")
    return f"{_NUMBER_BEGINS}{chr(0xE001 + len(number))}{number}"


def _parts(char: str) -> str:
    """A letter of the alphabet in its case, then its tone and other marks: ậ is â and a dot."""
    base, *marks = list(unicodedata.normalize("NFD", char))
    letters = {mark: unicodedata.normalize("NFC", base + mark) for mark in marks}
    own = next((mark for mark, letter in letters.items() if letter.lower() in _LETTERS), "")
    return letters.get(own, base) + "".join(mark for mark in marks if mark != own)


_IGNORED = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF]
_PARTS: dict[int, str | None] = {
    **{code: _parts(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))},
    **dict.fromkeys(_IGNORED),
    **dict.fromkeys(map(ord, "\t\n\v\f\r\xa0\u2028\u2029"), " "),
}
_RANKED = [*_PUNCTUATION, _NUMBER_BEGINS, *_LETTERS]
_RANKS: dict[int, str | None] = {
    **{ord(spelling): chr(rank) for rank, char in enumerate(_RANKED, 1) for spelling in (char, char.upper())},
    **dict.fromkeys(range(0x300, 0x370)),
}
_MARK_RANKS = {ord(mark): chr(ord("!") + rank) for rank, mark in enumerate(_TONES_AND_MARKS)}
