"""Two people's changes of one tree put together, place by place; where they differ, both values are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bulletins.reading.frontmatter import Loc

GONE = object()
"""Of a field that one of the two does not have."""


@dataclass
class Merged:
    """The tree with what both changed; where they clash it has mine, and `theirs` says what the other wrote."""

    data: Any
    theirs: dict[Loc, Any] = field(default_factory=dict)


def merged(base: Any, mine: Any, theirs: Any) -> Merged:
    """What `mine` and `theirs` made of `base`. Lists whose length changed are taken as one value."""
    made = Merged(None)
    made.data = _merged(base, mine, theirs, (), made.theirs)
    return made


def _merged(base: Any, mine: Any, theirs: Any, loc: Loc, clashes: dict[Loc, Any]) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _fields(base if isinstance(base, dict) else {}, mine, theirs, loc, clashes)
    lists = [side for side in (base, mine, theirs) if isinstance(side, list)]
    if len(lists) == 3 and len({len(side) for side in lists}) == 1:
        return [_merged(*three, (*loc, n), clashes) for n, three in enumerate(zip(base, mine, theirs, strict=True))]
    clashes[loc] = theirs
    return mine


def _fields(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], loc: Loc, clashes: dict[Loc, Any]
) -> Any:
    made: dict[str, Any] = {}
    for key in dict.fromkeys([*theirs, *mine]):
        three = (base.get(key, GONE), mine.get(key, GONE), theirs.get(key, GONE))
        value = _merged(*three, (*loc, key), clashes)
        if value is not GONE:
            made[key] = value
    return made
