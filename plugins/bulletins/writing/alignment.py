"""Which item of a list became which: so that an item that moved or changed a little keeps its lines."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

LIKE = 0.5
"""How alike two texts are, from 0 to 1, of which one is taken to have become the other."""


def in_place(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Whether every item stays where it is, though it may change."""
    return len(old) == len(new) and aligned(old, new) == {n: n for n in range(len(new))}


def aligned(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """For each new item that an old one became, the place of the old one. No old one becomes two."""
    match: dict[int, int] = {}
    before, after = list(map(repr, old)), list(map(repr, new))
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        match |= {block.b + n: block.a + n for n in range(block.size)}
    free = [n for n in range(len(old)) if n not in set(match.values())]
    for n in [n for n in range(len(new)) if n not in match]:
        same = next((place for place in free if before[place] == after[n]), None)
        if same is None:
            continue
        match[n] = same
        free.remove(same)
    _by_likeness(old, new, match, free)
    _by_neighbours(len(old), len(new), match)
    return match


def _by_likeness(old: Sequence[Any], new: Sequence[Any], match: dict[int, int], free: list[int]) -> None:
    for n in [n for n in range(len(new)) if n not in match]:
        scores = [(_likeness(old[place], new[n]), -abs(place - n), place) for place in free]
        score, _, best = max(scores, default=(0.0, 0, -1))
        if score > 0:
            match[n] = best
            free.remove(best)


def _likeness(before: Any, other: Any) -> float:
    if isinstance(before, dict) and isinstance(other, dict):
        return float(sum(before[key] == other[key] for key in before.keys() & other.keys()))
    if isinstance(before, str) and isinstance(other, str):
        ratio = SequenceMatcher(None, before, other, autojunk=False).quick_ratio()
        return ratio if ratio > LIKE else 0.0
    return 0.0


def _by_neighbours(olds: int, news: int, match: dict[int, int]) -> None:
    """What is left between the same two items changed altogether: the first of it became the first, and so on."""
    taken = {old: new for new, old in match.items()}
    for n in range(news):
        before = match.get(n - 1, -1) if n else -1
        if n not in match and (n == 0 or n - 1 in match) and before + 1 < olds and before + 1 not in taken:
            match[n] = before + 1
            taken[before + 1] = n
