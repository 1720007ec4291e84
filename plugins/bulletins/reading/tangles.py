"""Texts that python-markdown takes minutes for, or never ends: told before it sees them (`faults.md` row 16).

Its time grows with the square of some signs in one paragraph, so each paragraph may have only so many of them.
No bulletin comes near: a long one has a few links, and a table of some hundred rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.mistakes import Both

LONGEST = 200_000
"""Characters of a text; a long bulletin has some ten thousand."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Limit:
    """What is counted in a paragraph, how many there may be, and what an author calls it."""

    sign: str
    most: int
    name: Both


_LIMITS = (
    Limit("[", 50, Both("dấu ngoặc vuông", "square brackets")),
    Limit("*", 1_000, Both("dấu sao", "asterisks")),
    Limit("_", 1_000, Both("dấu gạch dưới", "underscores")),
    Limit("`", 1_000, Both("dấu nháy ngược", "backticks")),
    Limit("\\", 1_000, Both("dấu gạch chéo ngược", "backslashes")),
    Limit("<", 1_000, Both("dấu nhỏ hơn", "less-than signs")),
    Limit("&", 1_000, Both("dấu &", "ampersands")),
    Limit(">", 1_000, Both("dấu >", "greater-than signs")),
    Limit("|", 5_000, Both("dấu |", "bars")),
    Limit("\n", 1_000, Both("dòng", "lines")),
)


@dataclass(frozen=True, slots=True)
class Tangle:
    """A paragraph that has too many of something; `line` counts from 0 in the text."""

    line: int
    limit: Limit
    count: int


def tangles(text: str) -> list[Tangle]:
    """Every paragraph that has too many signs, with the first of them that it has too many of. Linear in the text."""
    suspects = [limit for limit in _LIMITS if limit.sign in text and text.count(limit.sign) > limit.most]
    return list(_tangled(text, suspects)) if suspects else []


def _tangled(text: str, suspects: list[Limit]) -> Iterator[Tangle]:
    line, start = 0, 0
    for blank in [*_BLANK_LINES.finditer(text), None]:
        block = text[start : blank.start() if blank else len(text)]
        over = next((limit for limit in suspects if block.count(limit.sign) > limit.most), None)
        if over:
            yield Tangle(line + len(block) - len(block.lstrip("\n")), over, block.count(over.sign))
        line += block.count("\n") + (blank[0].count("\n") if blank else 0)
        start = blank.end() if blank else len(text)
