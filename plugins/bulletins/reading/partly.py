"""A bulletin read without its wrong fields, so that what else is wrong with it is told in the same round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bulletins.domain.model import Bulletin
from bulletins.domain.record import Resolver
from bulletins.mistakes import Mistake
from bulletins.reading.frontmatter import Loc

_STAND_INS: Mapping[str, Any] = {"id": "chua-co-ma", "title": "…", "lead": "…", "ceremony": {"kinds": "other"}}
"""What required fields have when they are wrong or missing."""

_TEXT = frozenset("ABDMNS")
_SPEAK_OF: Mapping[str, frozenset[str]] = {
    "title": _TEXT, "lead": _TEXT, "photos": frozenset("DMPS"), "bloc": frozenset("BMR"), "blocs": frozenset("BMR"),
    "bloc_years": frozenset("MR"), "decisions": frozenset("M"), "people": frozenset("M"), "documents": frozenset("S"),
    "movements": frozenset("S"), "awards": frozenset("A"), "targets": frozenset("T"), "scoring": frozenset("T"),
    "commitments": frozenset("C"), "ceremony": frozenset("D"), "published": frozenset("DW"), "expires": frozenset("W"),
    "years": frozenset("DMRT"), "attachments": frozenset("E"), "withdrawn": frozenset("W"), "status": frozenset("QW"),
}  # fmt: skip
"""The first letters of the codes that say something of a field, and so nothing where it was left out."""

_HIDES_ALL = "silenced"
"""Without it nobody knows which rules an author has put to rest."""

_OF_WHAT_IS_SILENCED = "Z2"


@dataclass(frozen=True, slots=True)
class Part:
    """What of a bulletin can be read, and the fields of its top that were left out."""

    bulletin: Bulletin
    left_out: frozenset[str]

    def speaks(self, mistake: Mistake) -> bool:
        """Whether a mistake says nothing of what was left out."""
        if _HIDES_ALL in self.left_out or mistake.code == _OF_WHAT_IS_SILENCED:
            return False
        return not any(mistake.code[0] in _SPEAK_OF.get(field, ()) for field in self.left_out)


def part_of(data: Mapping[str, Any], wrong: Iterable[Loc], resolvers: Mapping[str, Resolver]) -> Part | None:
    """The bulletin of a tree without the fields that are wrong; `None` where nothing can be made of the rest."""
    rest = deepcopy(dict(data))
    left_out = frozenset(str(loc[0]) for loc in wrong if loc)
    for field in left_out:
        rest.pop(field, None)
    rest = {**_STAND_INS, "years": {}, **rest}
    with suppress(ValidationError):
        return Part(Bulletin.model_validate(rest, context=dict(resolvers)), left_out)
    return None
