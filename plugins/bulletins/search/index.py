"""The index of a library: its layout, and what each volume gives to the shards, fetched or made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b
from typing import NamedTuple

from bulletins.aside import aside
from bulletins.crew import cores, spread
from bulletins.domain.library import Library
from bulletins.search.layout import Layout, Tier
from bulletins.search.shards import DIGEST, Slice, slices
from bulletins.search.store import GROUP, Store
from bulletins.search.texts import moment, organizers, texts
from bulletins.search.volumes import Key

AT_ONCE = 1
"""Volumes that a worker makes at a time: each takes some tenths of a second."""


def layout(library: Library) -> Layout:
    """The layout of the index of everything that is shown."""
    return Layout.of(Key(moment(bulletin), bulletin.id) for bulletin in library.newest)


@dataclass(frozen=True)
class Index:
    """The index of a library; `recipients` says whether those who received awards may be found by name."""

    library: Library
    layout: Layout
    recipients: bool
    store: Store
    version: str

    def digests(self, workers: int) -> list[bytes]:
        """The digests of the slices of all volumes; those of volumes that changed are made anew, and kept.

        `workers` is the number of processes, 0 for one per core. Raises `WorkerLost`.
        """
        kept = self._kept()
        changed = [volume for volume, digests in enumerate(kept) if digests is None]
        for volume, made in zip(changed, spread(_put, self, changed, workers or cores(), AT_ONCE), strict=True):
            kept[volume] = made
        self.store.keep_only(map(self._name, range(len(kept))))
        return [digests for digests in kept if digests is not None]

    def _kept(self) -> list[bytes | None]:
        return [self.store.digests(self._name(volume), stamp) for volume, stamp in enumerate(self._stamps)]

    def begin(self) -> Callable[[], object]:
        """Make the volume that changed aside, if it is a single one; whoever asks for digests waits for that first."""
        changed = [volume for volume, digests in enumerate(self._kept()) if digests is None]
        return aside(partial(self.put, *changed)) if len(changed) == 1 else lambda: None

    def put(self, volume: int) -> bytes:
        """Make the slices of a volume and keep them; gives their digests."""
        return self.store.put(self._name(volume), self._stamps[volume], self._slices(volume))

    def group(self, tier: Tier, group: int) -> list[tuple[int, list[Slice]]]:
        """What each volume of the tier gives to the shards of a group; what the store lost is made anew."""
        return [(volume, self._group(volume, group)) for volume in tier.volumes]

    def _group(self, volume: int, group: int) -> list[Slice]:
        kept = self.store.group(self._name(volume), self._stamps[volume], group)
        return self._slices(volume)[group * GROUP : (group + 1) * GROUP] if kept is None else kept

    def _slices(self, volume: int) -> list[Slice]:
        tier = self.layout.outline.tier_of(volume)
        library, register = self.library, self.library.register
        ids = (key.id for key in self.layout.volumes[volume])
        return slices((texts(library.bulletins[i], library.bodies[i], register, self.recipients) for i in ids), tier)

    def _name(self, volume: int) -> str:
        return self.layout.volumes[volume][0].id

    @cached_property
    def _stamps(self) -> tuple[str, ...]:
        """Of each volume one that changes whenever anything its slices are made from does."""
        return tuple(map(self._stamp, range(len(self.layout.volumes))))

    def _stamp(self, volume: int) -> str:
        tier = self.layout.outline.tier_of(volume)
        known = [self.version, str(tier.shards), str(self.recipients)]
        for key in self.layout.volumes[volume]:
            known += self._digests_of(key.id)
        return blake2b(" ".join(known).encode(), digest_size=16).hexdigest()

    def _digests_of(self, id_: str) -> Iterator[str]:
        bulletin, register = self.library.bulletins[id_], self.library.register
        yield from (id_, bulletin.digest, self.library.bodies[id_].digest)
        yield from (organizer.digest for organizer in organizers(bulletin, register))
        yield from (register.all_units[unit].digest for unit in bulletin.units)


def _put(index: Index, volumes: Sequence[int]) -> bytes:
    return b"".join(map(index.put, volumes))


class ShardDigests(NamedTuple):
    """The digests of what all volumes of a tier give to each of its shards."""

    tier: Tier
    volumes: list[bytes]

    def of(self, shard: int) -> str:
        """Changes whenever the shard does."""
        return self._digest(shard, 1)

    def of_group(self, group: int) -> str:
        """Changes whenever one of the shards of a group of the store does."""
        return self._digest(group * GROUP, GROUP)

    def _digest(self, first: int, count: int) -> str:
        start, end = first * DIGEST, (first + count) * DIGEST
        joined = b"".join(digests[start:end] for digests in self.volumes)
        # A volume's number is the code of its groups; those of a tier follow one another.
        return blake2b(f"{self.tier.volumes.start} ".encode() + joined, digest_size=16).hexdigest()
