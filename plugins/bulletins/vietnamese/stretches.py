"""Stretches of a text around what is quick to look for, so that slow patterns need not be tried at every letter."""

from __future__ import annotations

import re
from collections.abc import Iterable


def stretches(places: Iterable[re.Match[str]], before: int, behind: int) -> list[tuple[int, int]]:
    """Where the stretches around these places begin and end; none touches another.

    `before` and `behind` are how many characters around a place what is looked for may reach, with room to spare.
    """
    all_: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place.start() - before), place.end() + behind
        if all_ and all_[-1][1] >= start:
            start = all_.pop()[0]
        all_.append((start, end))
    return all_
