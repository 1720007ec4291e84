"""What a dossier adds to the statistics: little enough to stand in its summary, so that counting fetches nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from bulletins.domain.record import Number

if TYPE_CHECKING:
    from bulletins.domain.dossier import Stated
    from bulletins.domain.model import Award, Target

AWARDED = ("decided", "given")
"""Statuses of an award that somebody has: what is registered, proposed or voted is not one yet."""


class CountedAward(NamedTuple):
    """An award as one statement has it; `id` is the same wherever the award is told of."""

    id: str
    form: str
    number: int | None


class CountedTarget(NamedTuple):
    """A target in percent: what it wants attained, or for whom it is; 95 stays 95 on file, and is not 95.0."""

    attain: str
    value: Number


class Tally(NamedTuple):
    """The awards of a dossier that somebody has, and its targets in percent that no bulletin disputes."""

    awards: tuple[CountedAward, ...]
    targets: tuple[CountedTarget, ...]


def tally(awards: Iterable[Stated[Award]], targets: Iterable[Stated[Target]]) -> Tally:
    """What these add to the statistics."""
    return Tally(
        tuple(
            CountedAward(stated.id, stated.fact.form, stated.fact.count)
            for stated in awards
            if stated.fact.status in AWARDED
        ),
        tuple(
            CountedTarget(", ".join(target.attain) or target.of or "", target.value)
            for target, is_disputed in ((stated.fact, stated.conflict) for stated in targets)
            if target.value is not None and target.unit == "percent" and not is_disputed
        ),
    )
