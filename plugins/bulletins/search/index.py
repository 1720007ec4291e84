"""The index of a library: its layout, and what each volume gives to the shards, fetched or made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from hashlib import blake2b
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from bulletins.aside import aside
from bulletins.crew import cores, spread
from bulletins.domain.library import Library
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.search.layout import Layout, Tier
from bulletins.search.shards import DIGEST, Move, Slice, moves, put, slices
from bulletins.search.store import GROUP, Store
from bulletins.search.terms import Texts
from bulletins.search.texts import moment, organizers, texts, with_names
from bulletins.search.volumes import Key

AT_ONCE = 1
"""Volumes that a worker makes at a time: each takes some tenths of a second."""


def layout(library: Library) -> Layout:
    """The layout of the index of everything that is shown."""
    return Layout.of(Key(moment(bulletin), bulletin.id) for bulletin in library.newest)


_Entries = tuple[tuple[Host, ...], tuple[Bloc, ...], tuple[Unit, ...]]


@cache
def _entries() -> TypeAdapter[_Entries]:
    return TypeAdapter(_Entries)


def _entries_json(register: Register) -> bytes:
    """The organizations of a register, by whose names bulletins are found."""
    entries = tuple(register.hosts.values()), tuple(register.blocs.values()), tuple(register.units.values())
    return _entries().dump_json(entries, by_alias=True)


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
        _ = self._before if changed else None  # once, and not by each worker
        for volume, made in zip(changed, spread(_put, self, changed, workers or cores(), AT_ONCE), strict=True):
            kept[volume] = made
        if not self.store.has_register(self.library.register.digest):
            self.store.keep_register(self.library.register.digest, _entries_json(self.library.register))
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
        return self._patched(volume) or self._made(volume)

    def _made(self, volume: int) -> bytes:
        return self.store.put(self._name(volume), self._stamps[volume], self._slices(volume))

    def group(self, tier: Tier, group: int, digests: Sequence[bytes]) -> list[tuple[int, list[Slice]]]:
        """What each volume of the tier gives to the shards of a group; what the store lost is made anew.

        `digests` are those of all slices of each volume.
        """
        return [(volume, self._group(volume, group, of)) for volume, of in zip(tier.volumes, digests, strict=True)]

    def _group(self, volume: int, group: int, digests: bytes) -> list[Slice]:
        kept = self.store.group(self._name(volume), group, digests)
        return self._slices(volume)[group * GROUP : (group + 1) * GROUP] if kept is None else kept

    def _slices(self, volume: int) -> list[Slice]:
        ids = (key.id for key in self.layout.volumes[volume])
        return slices(map(self._texts, ids), self.layout.outline.tier_of(volume))

    def _texts(self, id_: str) -> Texts:
        bulletin, body = self.library.bulletins[id_], self.library.bodies[id_]
        return texts(bulletin, body, self.library.register, self.recipients)

    @cached_property
    def _before(self) -> Register | None:
        """The register with which the volumes were made that are kept, if it is another."""
        as_json = self.store.other_register(self.library.register.digest)
        try:
            return Register(*_entries().validate_json(as_json)) if as_json else None
        except ValidationError:
            return None  # kept by a program whose records were others

    def _patched(self, volume: int) -> bytes | None:
        """The digests of a volume of which only names changed, once it has those that organizations bear now."""
        name, before = self._name(volume), self._before
        digests = self._digests_with(before, volume) if before else None
        if before is None or digests is None:
            return None
        of_groups: dict[int, list[tuple[int, Move]]] = {}
        for shard, move in self._moves(volume, before):
            of_groups.setdefault(shard // GROUP, []).append((shard % GROUP, move))
        groups = {group: kept for group in of_groups if (kept := self.store.group(name, group, digests))}
        if len(groups) < len(of_groups):
            return None
        for group, some in of_groups.items():
            for n, (term, _, place, weight) in some:
                put(groups[group][n], term, place, weight)
        return self.store.patch(name, self._stamps[volume], digests, groups)

    def _digests_with(self, register: Register, volume: int) -> bytes | None:
        """The digests of a volume that is kept as it is with this register; or None."""
        try:
            return self.store.digests(self._name(volume), self._stamp(volume, register))
        except KeyError:
            return None  # one of its bulletins names an organization that is not there

    def _moves(self, volume: int, before: Register) -> Iterator[tuple[int, Move]]:
        """What the names of organizations change in a volume, each with the shard in which it lies."""
        tier, register = self.layout.outline.tier_of(volume), self.library.register
        for place, (_, id_) in enumerate(self.layout.volumes[volume]):
            if list(self._digests_of(id_, before)) != list(self._digests_of(id_, register)):
                after = self._texts(id_)
                old = with_names(after, self.library.bulletins[id_], before, self.recipients)
                for move in moves(volume, place, old, after):
                    yield tier.shard_of(move[0]), move

    def _name(self, volume: int) -> str:
        return self.layout.volumes[volume][0].id

    @cached_property
    def _stamps(self) -> tuple[str, ...]:
        """Of each volume one that changes whenever anything its slices are made from does."""
        return tuple(self._stamp(volume, self.library.register) for volume in range(len(self.layout.volumes)))

    def _stamp(self, volume: int, register: Register) -> str:
        tier = self.layout.outline.tier_of(volume)
        known = [self.version, str(tier.shards), str(self.recipients)]
        for key in self.layout.volumes[volume]:
            known += self._digests_of(key.id, register)
        return blake2b(" ".join(known).encode(), digest_size=16).hexdigest()

    def _digests_of(self, id_: str, register: Register) -> Iterator[str]:
        bulletin = self.library.bulletins[id_]
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
