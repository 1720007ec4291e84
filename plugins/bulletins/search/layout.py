"""The layout of the index: how many shards, which bulletin stands where, and what a reader must know to ask."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from bulletins import urls
from bulletins.search.terms import term_hash
from bulletins.search.volumes import Key, cap, cut

VERSION = 1
"""Of the format of shards and tables, and of how a reader finds terms in them."""

PER_SHARD = 3.75
"""Bulletins to a shard, at most: then one holds some 3 to 5 kB as it travels, whatever the size of the site."""

NEWEST_FROM = 256
"""Shards from which on the newest volume has shards of its own."""

NEWEST_SHARE = 16
"""How many times fewer they are than the others."""


class Tier(NamedTuple):
    """Shards filled from the same volumes: their folder, how many they are (a power of two), and the volumes."""

    name: str
    shards: int
    volumes: range

    def shard_of(self, term: str) -> int:
        """The shard in which a term lies."""
        return term_hash(term) & (self.shards - 1)

    def address(self, shard: int) -> str:
        """The file of a shard."""
        return urls.search_index(f"{self.name}/{shard:0{len(f'{self.shards - 1:x}')}x}.json")


class Outline(NamedTuple):
    """The numbers of shards, and the first key of each volume: enough to know where an edited text stands.

    On a large site the newest volume stands in `newest` shards of its own, so that one bulletin more changes few and
    small files; `newest` is 0 on a small one.
    """

    shards: int
    newest: int
    firsts: tuple[Key, ...]

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The shards of all volumes; or those of all but the newest, and its own."""
        count = len(self.firsts)
        if not self.newest:
            return (Tier("i", self.shards, range(count)),)
        return Tier("i", self.shards, range(count - 1)), Tier("n", self.newest, range(count - 1, count))

    def tier_of(self, volume: int) -> Tier:
        """The shards that are filled from a volume."""
        return next(tier for tier in self.tiers if volume in tier.volumes)

    def volume_of(self, key: Key) -> int:
        """The volume in which a bulletin stands. Raises ValueError for one that comes before all of them."""
        volume = bisect_right(self.firsts, key) - 1
        if volume < 0:
            raise ValueError(key)
        return volume


@dataclass(frozen=True)
class Layout:
    """The volumes of a site, each with the keys of its bulletins, and the numbers of shards as `Outline` has them."""

    shards: int
    newest: int
    volumes: tuple[tuple[Key, ...], ...]

    @classmethod
    def of(cls, keys: Iterable[Key]) -> Layout:
        """The layout of a site with these bulletins."""
        in_order = sorted(keys)
        shards = 1
        while shards * PER_SHARD < len(in_order):
            shards *= 2
        newest = shards // NEWEST_SHARE if shards >= NEWEST_FROM else 0
        return cls(shards, newest, tuple(map(tuple, cut(in_order, cap(len(in_order))))))

    @cached_property
    def outline(self) -> Outline:
        return Outline(self.shards, self.newest, tuple(volume[0] for volume in self.volumes))

    @cached_property
    def numbering(self) -> tuple[str, ...]:
        """For each tier what changes whenever a place in its volumes may mean another bulletin."""
        return tuple(_hash(*(self._ids(n) for n in tier.volumes)) for tier in self.outline.tiers)

    def table(self, volume: int) -> bytes:
        """The ids of a volume by place, as a file."""
        return (json.dumps(self._ids(volume), separators=(",", ":")) + "\n").encode()

    def _ids(self, volume: int) -> list[str]:
        return [key.id for key in self.volumes[volume]]

    @cached_property
    def about(self) -> str:
        """What a reader must know of the index, as JSON; the same bytes for the same layout."""
        known = {
            "version": VERSION,
            "shards": self.shards,
            "newest": self.newest,
            "numbering": self.numbering,
            "volumes": [len(volume) for volume in self.volumes],
        }
        return json.dumps(known, separators=(",", ":"))


def table_address(volume: int) -> str:
    """The file of a volume's ids."""
    return urls.search_index(f"v/{volume}.json")


def _hash(*values: object) -> str:
    return blake2b(repr(values).encode(), digest_size=6).hexdigest()
