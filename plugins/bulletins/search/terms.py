"""The terms of a text: what it can be found by. `themes/thidua/static/search/terms.js` reads queries the same way.

A term is a word (a syllable, most often), a pair of neighbouring words, the designation of a bloc (“khối#5”), or a
facet (“@y2023”). Words keep their marks; how a query without marks finds them is the reader's part.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

from bulletins.vietnamese.folding import nfc, with_tones_in_place
from bulletins.vietnamese.numerals import roman

BREAK = ""
"""Stands among words for what parts neighbours: the end of a sentence or of a line."""

OFTEN = 3
"""A word that stands so often in a text says what it is about."""

TEXT, OFTEN_IN_TEXT, NAMED, TITLED = range(4)
"""Weights: where a term stands, the heaviest last."""

_WORD = re.compile(r"[^\W_]+|[.!?;\n]")
_MARKS = re.compile("[\u0300-\u036f]+")
_NUMERAL = re.compile("[0-9]{1,3}|[ivx]+")
_BLOCS = ("khối", "cụm")
# “Cụm thi đua 5 tỉnh Tây Nguyên” counts its members; only “số” makes such a digit a number.
_COUNTED = frozenset(
    map(
        tuple,
        map(
            str.split,
            (
                "tỉnh", "thành phố", "đơn vị", "cơ quan", "huyện", "xã", "phường", "sở", "ngành", "trường",
                "doanh nghiệp", "công ty",
            ),
        ),
    )
)  # fmt: skip

_MOST_KNOWN = 100_000
"""Words that are remembered; a site of ten thousand bulletins has some twenty thousand."""


class Texts(NamedTuple):
    """What a bulletin is found by: its texts by the weight of what stands in them, and its facets."""

    titled: tuple[str, ...]
    named: tuple[str, ...]
    text: tuple[str, ...]
    facets: tuple[str, ...]


def words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, NFC, tones in one place; `BREAK` where neighbours part."""
    return list(chain.from_iterable(map(_words_of, text.replace("\n", " \n ").split(" "))))


@lru_cache(maxsize=_MOST_KNOWN)
def _words_of(piece: str) -> tuple[str, ...]:
    """The words of what stands between two blanks; a text is made of few such pieces, again and again."""
    return tuple(map(_spelled, _WORD.findall(piece)))


def _spelled(word: str) -> str:
    # Not `casefold`: JavaScript has no such thing, and makes no ss of ß.
    lower = unicodedata.normalize("NFC", word.lower())
    return with_tones_in_place(lower.replace("ð", "đ")) if word not in ".!?;\n" else BREAK


def bare(word: str) -> str:
    """A word of `words` without its marks and with d for đ; all spellings of it are one."""
    return nfc(_MARKS.sub("", unicodedata.normalize("NFD", word)).replace("đ", "d"))


@lru_cache(maxsize=_MOST_KNOWN)
def word_hash(word: str) -> int:
    """A number below 2³² that all spellings of a word, a designation or a facet share."""
    return crc32(bare(word).encode())


def term_hash(term: str) -> int:
    """The same for any term; of a pair the order counts."""
    first, _, second = term.partition(" ")
    return word_hash(first) * 31 + word_hash(second) if second else word_hash(term)


def designation(bloc: str, number: int) -> str:
    """The term for a bloc by its kind (“khối”, “cụm”) and number, however a text spells it."""
    return f"{bloc}#{number}"


def designations(of: Sequence[str]) -> Iterator[str]:
    """The blocs that words name by their numbers: “khối#5” for “khối thi đua số V” and “khối 5” alike."""
    for bloc in _BLOCS:
        at = -1
        for _ in range(of.count(bloc)):
            at = of.index(bloc, at + 1)
            number = _bloc_number(of, at + 1)
            if number:
                yield designation(bloc, number)


def _bloc_number(of: Sequence[str], at: int) -> int | None:
    """The number that follows a bloc's word, `at` being the next one."""
    if tuple(of[at : at + 2]) == ("thi", "đua"):
        at += 2
    numbered = of[at : at + 1] == ["số"]
    numeral = of[at + numbered] if at + numbered < len(of) else ""
    if not _NUMERAL.fullmatch(numeral):
        return None
    after = tuple(of[at + numbered + 1 : at + numbered + 3])
    if not numeral.isdecimal():
        return roman(numeral)
    return None if not numbered and {after[:1], after} & _COUNTED else int(numeral) or None


def weigh(texts: Texts) -> dict[str, int]:
    """Every term of a bulletin with its heaviest weight, in the same order whenever it is asked."""
    return _with_names(_in_text(texts), texts)


def weigh_both(before: Texts, after: Texts) -> tuple[dict[str, int], dict[str, int]]:
    """The same for a bulletin before and after a change; what the text holds is weighed once, if only names changed."""
    in_text = _in_text(after)
    is_same = (before.text, before.facets) == (after.text, after.facets)
    return _with_names(dict(in_text) if is_same else _in_text(before), before), _with_names(in_text, after)


def _in_text(texts: Texts) -> dict[str, int]:
    text = [words(each) for each in texts.text]
    weights = dict.fromkeys((*texts.facets, *_terms(text)), TEXT)
    count = Counter(chain.from_iterable(text))
    weights |= dict.fromkeys((word for word, n in count.items() if n >= OFTEN), OFTEN_IN_TEXT)
    return weights


def _with_names(weights: dict[str, int], texts: Texts) -> dict[str, int]:
    weights |= dict.fromkeys(_terms(map(words, texts.named)), NAMED)
    weights |= dict.fromkeys(_terms(map(words, texts.titled)), TITLED)
    weights.pop(BREAK, None)
    return weights


def _terms(texts: Iterable[Sequence[str]]) -> list[str]:
    terms: list[str] = []
    for each in texts:
        terms += each
        terms += [f"{a} {b}" for a, b in pairwise(each) if a and b]
        terms += designations(each)
    return terms


def changed(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """The terms whose weight differs, or that only one of the two has; sorted."""
    return sorted(term for term in before.keys() | after.keys() if before.get(term) != after.get(term))
