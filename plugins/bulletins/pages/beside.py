"""What a bulletin's page shows of other bulletins: those of the bloc before and after it, and what they contradict.

A whole build takes this from the library. The shortcut, which knows no bulletin but those edited, is given what the
last whole build kept: whatever would change it takes a whole build anyhow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bulletins.domain.library import Library
from bulletins.pages.inputs import Link, bulletin_link

Dispute = tuple[str, int, str, str]
"""A seat that a bulletin states and another contradicts: bloc, year, role and unit."""


class Beside(NamedTuple):
    """The bulletins of each bloc, the latest first, and the seats in dispute of each bulletin that states one."""

    of_bloc: Mapping[str, tuple[Link, ...]]
    disputes: Mapping[str, tuple[Dispute, ...]]

    def neighbours(self, bloc: str, address: str) -> tuple[Link | None, Link | None]:
        """The bulletins before and after the one at an address: a new one touches the page of one other, not of all."""
        links = self.of_bloc[bloc]
        place = next(n for n, link in enumerate(links) if link.address == address)
        earlier = links[place + 1] if place + 1 < len(links) else None
        return earlier, links[place - 1] if place else None


def beside(library: Library) -> Beside:
    """What stands beside the bulletins of a whole library."""
    disputes: dict[str, list[Dispute]] = {}
    for dossier in library.dossiers.values():
        for service in dossier.services:
            for source in service.sources if service.conflict else ():
                disputes.setdefault(source, []).append((dossier.bloc, dossier.year, service.role, service.unit))
    return Beside(
        {bloc: tuple(map(bulletin_link, bulletins)) for bloc, bulletins in library.by_bloc.items()},
        {source: tuple(seats) for source, seats in disputes.items()},
    )
