"""Forms of a text under which spellings of one thing are equal: for comparing and search, never to be shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.numerals import with_bloc_number_in_digits

_MARKS = re.compile("[\u0300-\u036f]+")
# Ð (eth) looks like Đ and stands for it in texts that came from old fonts.
_D = str.maketrans("đĐðÐ", "dDdD")
_ETH = str.maketrans("ðÐ", "đĐ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

_NEW_PLACE = {
    old + last: first + new
    for first, last, olds, news in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new in zip(olds, news, strict=True)
}
# Begins with all vowels it may begin with: one set is looked for many times faster than a choice.
_OLD_PLACE = re.compile(r"[òóỏõọùúủũụ](?:(?<=[òóỏõọ])[ae]|(?<=[ùúủũụ])(?<!q.)y)(?![^\W\d_])")

_I_FOR_Y = dict(zip("yỳỷỹýỵ", "iìỉĩíị", strict=True))
_FINAL_Y = re.compile(r"(?:(?<=[bcdđghklmnprstvx])|(?<=qu))[yỳỷỹýỵ](?![^\W\d_])")

_JOINED_BY_AMPERSAND = re.compile(r"(?<=\w)&(?=\w)")
_CENTRAL = re.compile(r"\bt\.\s?[ưw]\b")
_PUNCTUATION = re.compile(r"(?:[^\w\u0300-\u036f]|_)+")
_FILLERS = re.compile(r"\b(?:của|cơ quan)(?: |\Z)")

_MOST_KNOWN = 20_000
"""Keys that are remembered: a language has some thousand words, a register as many names."""


def nfc(text: str) -> str:
    """The text in Unicode normal form C, the only form stored and published (contract §3)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text in lower case without marks and with d for đ: “Đồng khởi” is “dong khoi”. For search without accents.

    Unicode does not decompose đ, so it is mapped by hand. Different words fall together (ma, má, mạ): no identity.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).casefold()
    return nfc(_MARKS.sub("", unicodedata.normalize("NFD", bare)).translate(_D))


def slug(text: str) -> str:
    """The text folded to `[a-z0-9-]`, at most 80 characters, as ids are made of: “Ảnh 01 (ký)” is “anh-01-ky”."""
    return "-".join(re.findall("[a-z0-9]+", fold(text)))[:80].strip("-")


def tone_key(text: str) -> str:
    """A key under which both accepted places of a tone are one: hóa = hoá, khỏe = khoẻ, ủy = uỷ; but hòa ≠ hóa.

    The two styles differ only in syllables that end in oa, oe, uy; the key takes the style of Decision 1989/QĐ-BGDĐT,
    article 8. The u after q is no vowel, so “quý” has one style. Case is folded.
    """
    return with_tones_in_place(nfc(nfc(text).casefold()))


def with_tones_in_place(text: str) -> str:
    """A text in lower case and NFC with every tone where Decision 1989/QĐ-BGDĐT, article 8, puts it."""
    return _OLD_PLACE.sub(lambda syllable: _NEW_PLACE[syllable[0]], text)


@lru_cache(maxsize=_MOST_KNOWN)
def match_key(text: str) -> str:
    """A key under which the spellings of one body's name are equal: case, tone place, i/y, punctuation, abbreviations.

    “Khối thi đua số V”, “KHỐI THI ĐUA 5” and “khối V” are one; so are “Hội đồng thi đua, khen thưởng của VPQH” and
    “Hội đồng Thi đua - Khen thưởng cơ quan Văn phòng Quốc hội”. Tones count: “Tham mưu” ≠ “Thẩm mưu”.
    """
    words = _plain(text.translate(_INVISIBLE)).split()
    long = with_bloc_number_in_digits(" ".join([_LONG_FORMS.get(word, word) for word in words]))
    return _FILLERS.sub("", long).rstrip() or long


def _plain(text: str) -> str:
    """Lower-case words in one spelling, with blanks for all punctuation."""
    text = tone_key(text).translate(_ETH)
    text = _CENTRAL.sub("tw", _JOINED_BY_AMPERSAND.sub("", text))
    return _PUNCTUATION.sub(" ", _FINAL_Y.sub(lambda y: _I_FOR_Y[y[0]], text))


_LONG_FORMS = {_plain(short): " ".join(_plain(long).split()) for short, long in ABBREVIATIONS.items()}
