"""The sum of bulletins that every build prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Bulletins in = published + drafts + scheduled + withdrawn + refused (`faults.md`)."""

    published: int
    draft: int
    scheduled: int
    withdrawn: int
    refused: int

    @property
    def total(self) -> int:
        return self.published + self.draft + self.scheduled + self.withdrawn + self.refused
