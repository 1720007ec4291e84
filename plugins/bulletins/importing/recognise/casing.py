"""A title in capitals as a sentence: words in the case they have in the text, names and abbreviations kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.numerals import roman

_WORD = re.compile(r"\w+")
_LONGEST_RUN = 8
_MOSTLY = 0.7
_KEPT = frozenset(
    {"KHCN", "CNTT", "XHCN", "GRDP", "OCOP", "ASEAN", "THPT", "THCS", "KCN", "KKT", "DN", "PVN", "EVN", "VNPT", "BHXH"}
)


def is_in_capitals(title: str) -> bool:
    """Whether a title is written in capitals, all or nearly all of it."""
    letters = [letter for letter in title if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) >= _MOSTLY * len(letters)


def sentence_case(title: str, texts: Iterable[str], names: Iterable[str] = ()) -> str:
    """The title with the case that runs of its words have in the texts or the names; the first letter stays a capital.

    Lower-casing is not reversible, so this is a proposal: an editor looks at names of which the text says nothing.
    """
    known = _runs([*names, *texts])
    words = list(_WORD.finditer(title))
    said: list[str] = []
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(min(_LONGEST_RUN, len(words) - at), 0, -1) if _key(words[at : at + n]) in known), 0
        )
        if length:
            said += known[_key(words[at : at + length])]
        else:
            said.append(_alone(words[at][0]))
        at += max(1, length)
    pieces, end = [], 0
    for word, text in zip(words, said, strict=True):
        pieces += [title[end : word.start()], text]
        end = word.end()
    whole = "".join([*pieces, title[end:]])
    return whole[:1].upper() + whole[1:]


def _key(words: list[re.Match[str]]) -> tuple[str, ...]:
    return tuple(word[0].casefold() for word in words)


def _runs(texts: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Every run of up to eight words with the case it has inside a sentence; a run in capitals tells nothing."""
    runs: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        for sentence in re.split(r"(?<=[.!?:;])\s+|\n", text):
            words = [word[0] for word in _WORD.finditer(sentence)]
            for length in range(1, _LONGEST_RUN + 1):
                for start in range(len(words) - length + 1):
                    run = words[start : start + length]
                    # The first word of a sentence has its capital from its place.
                    if start == 0 and length < 2:
                        continue
                    runs.setdefault(tuple(word.casefold() for word in run), run)
    return runs


def _alone(word: str) -> str:
    is_kept = word in ABBREVIATIONS or word in _KEPT or (roman(word) is not None and word.isascii() and len(word) < 5)
    return word if is_kept or not word.isalpha() else word.casefold()
