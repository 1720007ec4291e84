"""Numbers as short signs: how a shard says which bulletins a term stands in.

A group is the code of a volume followed by up to four runs of places in it, parted by `!`: where the term stands in
the text, often in the text, among names, in titles. Empty runs at the end are left off. Groups are parted by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletins.search.terms import TITLED

SIGNS = "".join(chr(n) for n in range(35, 127) if chr(n) not in "\\|~")
"""89 signs of ASCII; none of them needs escaping in JSON, none is the blank or `!`."""

_BASE = len(SIGNS)
_ONE, _TWO = 83, 5
"""Of the signs so many are numbers by themselves; so many begin a number of two signs; the last begins one of three."""

_UP_TO_TWO = _ONE + _TWO * _BASE

LIMIT = _UP_TO_TWO + _BASE * _BASE
"""The first number that has no code."""


def code(number: int) -> str:
    """The code of a number from 0 to below `LIMIT`; no code begins with another. Raises ValueError for any other."""
    if 0 <= number < _ONE:
        return SIGNS[number]
    if _ONE <= number < _UP_TO_TWO:
        first, second = divmod(number - _ONE, _BASE)
        return SIGNS[_ONE + first] + SIGNS[second]
    if _UP_TO_TWO <= number < LIMIT:
        second, third = divmod(number - _UP_TO_TWO, _BASE)
        return SIGNS[-1] + SIGNS[second] + SIGNS[third]
    raise ValueError(number)


CODES = tuple(map(code, range(1024)))
"""The codes of places, asked for millions of times."""


def runs(weighed: Sequence[Mapping[str, int]]) -> dict[str, str]:
    """For each term the runs of places where it stands; `weighed` are the terms of the bulletins of a volume."""
    by_weight: tuple[dict[str, str], ...] = ({}, {}, {}, {})
    for place, weights in enumerate(weighed):
        sign = CODES[place] if place < len(CODES) else code(place)
        for term, weight in weights.items():
            run = by_weight[weight]
            run[term] = run.get(term, "") + sign
    text, *heavier = by_weight
    for weight, run in enumerate(heavier, 1):
        for term, places in run.items():
            known = text.get(term, "")
            text[term] = known + "!" * (weight - known.count("!")) + places
    return text


def moved(value: str, volume: int, place: int, weight: int | None) -> str:
    """The groups of a term once a bulletin has it with this weight, or no more; volumes and places keep their order."""
    groups = {numbers(group)[0]: group for group in value.split(" ") if group}
    new = placed(groups.get(volume, code(volume)).removeprefix(code(volume)), place, weight)
    groups[volume] = code(volume) + new if new else ""
    return " ".join(groups[number] for number in sorted(groups) if groups[number])


def placed(places: str, place: int, weight: int | None) -> str:
    """The runs of a term in one volume, likewise."""
    parts = [numbers(run) for run in places.split("!")]
    parts += [[] for _ in range(TITLED + 1 - len(parts))]
    for n, run in enumerate(parts):
        parts[n] = sorted({*run, place} if n == weight else {*run} - {place})
    return "!".join("".join(map(code, run)) for run in parts).rstrip("!")


def numbers(text: str) -> list[int]:
    """The numbers that a text of codes says, as far as the first `!`. Raises ValueError or IndexError for no codes."""
    read: list[int] = []
    at = 0
    while at < len(text) and text[at] != "!":
        first = SIGNS.index(text[at])
        if first < _ONE:
            read.append(first)
            at += 1
        elif first < _BASE - 1:
            read.append(_ONE + (first - _ONE) * _BASE + SIGNS.index(text[at + 1]))
            at += 2
        else:
            read.append(_UP_TO_TWO + SIGNS.index(text[at + 1]) * _BASE + SIGNS.index(text[at + 2]))
            at += 3
    return read
