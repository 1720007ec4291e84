"""Volumes: stretches of all bulletins in the order of their publication, cut by the calendar.

A term says where it stands by volume and place. As a new bulletin comes last, and a full stretch is cut where the
calendar says, nobody else's place moves by one bulletin more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

CAP = 128
"""Bulletins of a volume, at most; a large site doubles it."""


class Key(NamedTuple):
    """Where a bulletin stands among all: when it was published (ISO 8601, as much as is known), and its id."""

    moment: str
    id: str


def _quarter(moment: str) -> str:
    return moment[:4] + (str((int(moment[5:7]) - 1) // 3) if moment[5:7] else "")


def _third_of_month(moment: str) -> str:
    return moment[:7] + (str(min((int(moment[8:10]) - 1) // 10, 2)) if moment[8:10] else "")


_PERIODS: tuple[Callable[[str], str], ...] = (
    lambda moment: moment[:3],
    lambda moment: moment[:4],
    _quarter,
    lambda moment: moment[:7],
    _third_of_month,
    lambda moment: moment[:10],
)
"""Decade, year, quarter, month, third of a month, day."""


def cap(count: int) -> int:
    """The most bulletins of a volume, where there are so many bulletins."""
    most = CAP
    while most * CAP < count:
        most *= 2
    return most


def cut(keys: Sequence[Key], most: int, period: int = 0) -> Iterator[Sequence[Key]]:
    """The volumes of sorted keys: a stretch of more than `most` is cut by its decades, years, and so on down to days.

    What was published on one day is cut into pieces.
    """
    if len(keys) <= most:
        yield from [keys] if keys else []
    elif period == len(_PERIODS):
        yield from (keys[first : first + most] for first in range(0, len(keys), most))
    else:
        for _, part in groupby(keys, lambda key: _PERIODS[period](key.moment)):
            yield from cut(list(part), most, period + 1)
