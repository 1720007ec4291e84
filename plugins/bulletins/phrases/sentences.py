"""Sentences of a paragraph, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bulletins.vietnamese.person_names import CAPITAL

# Begins with what it looks for, because lookbehinds are tried at every letter; of a stop only what follows is the gap.
_END = re.compile(rf"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[”\")]?\s+(?=[“\"(]?[{CAPITAL}0-9]))")
_ABBREVIATIONS = re.compile(r"(?:\b(?:TP|Tp|T|Th|TS|ThS|PGS|GS|BS|CN|KS|Đ|st|tr|Q|P|H|M|v)|\b[A-ZĐ])\.\Z")

_LONGEST_ABBREVIATION = 5
"""Characters, the stop and what tells that a word begins included."""

_LONGEST = 3_000
"""Characters; nobody writes longer sentences, and what looks for several things in one takes its length squared."""

_TEXTS_KEPT = 4


class Sentence(NamedTuple):
    """A sentence and where it begins in its paragraph."""

    start: int
    text: str


@lru_cache(maxsize=_TEXTS_KEPT)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph, in order, without the blanks between; “TP. Hồ Chí Minh” ends none.

    Those of the last texts are kept, because one text is searched for several things.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for end in _END.finditer(text):
        stop = end.start() + (end[0][0] != "\n")
        if _ABBREVIATIONS.search(text, max(start, stop - _LONGEST_ABBREVIATION), stop):
            continue
        yield from _trimmed(start, text[start : end.start() + len(end[0].rstrip())])
        start = end.end()
    yield from _trimmed(start, text[start:])


def _trimmed(start: int, text: str) -> Iterator[Sentence]:
    for at in range(0, len(text), _LONGEST):
        piece = text[at : at + _LONGEST]
        trimmed = piece.strip()
        if trimmed:
            yield Sentence(start + at + piece.index(trimmed[0]), trimmed)
