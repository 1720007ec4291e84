"""Sentences of a paragraph, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bulletins.vietnamese.person_names import CAPITAL

_END = re.compile(rf"(?<=[.!?…])[”\")]?\s+(?=[“\"(]?[{CAPITAL}0-9])|\n+")
_ABBREVIATIONS = re.compile(r"(?:\b(?:TP|Tp|T|Th|TS|ThS|PGS|GS|BS|CN|KS|Đ|st|tr|Q|P|H|M|v)|\b[A-ZĐ])\.\Z")

_LONGEST_ABBREVIATION = 5
"""Characters, the stop and what tells that a word begins included."""

_LONGEST = 3_000
"""Characters; nobody writes longer sentences, and what looks for several things in one takes its length squared."""


class Sentence(NamedTuple):
    """A sentence and where it begins in its paragraph."""

    start: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order, without the blanks between; “TP. Hồ Chí Minh” ends none."""
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATIONS.search(text, max(start, end.start() - _LONGEST_ABBREVIATION), end.start()):
            continue
        yield from _trimmed(start, text[start : end.start() + len(end[0].rstrip())])
        start = end.end()
    yield from _trimmed(start, text[start:])


def _trimmed(start: int, text: str) -> Iterator[Sentence]:
    for at in range(0, len(text), _LONGEST):
        piece = text[at : at + _LONGEST]
        if piece.strip():
            yield Sentence(start + at + len(piece) - len(piece.lstrip()), piece.strip())
