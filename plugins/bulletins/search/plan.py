"""The files of the search index as lines of the plan."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.register import Unit
from bulletins.plan import Output, Part
from bulletins.search.index import Index, ShardDigests
from bulletins.search.layout import table_address
from bulletins.search.shards import Slice, shard
from bulletins.search.store import GROUP
from bulletins.versions import source_digest
from bulletins.vietnamese.collation import collation_key

CODE = ("bulletins.search", "bulletins.domain", "bulletins.vietnamese", "bulletins.urls")
"""What the bytes of the index depend on, besides the bulletins."""

CHOICES = urls.search_index("loc.json")
"""The blocs and units by which a search may be narrowed, with their names."""

Group = Callable[[], list[tuple[int, list[Slice]]]]


def code_version() -> str:
    """A hash of the code that reads texts into terms and writes the index."""
    return source_digest(*CODE)


def plan(index: Index, workers: int) -> list[Part | Output]:
    """Every file of the index; volumes that changed are made by so many workers before it answers."""
    digests = iter(index.digests(workers))
    lines: list[Part | Output] = [Part(partial(_tables, index), size=len(index.layout.volumes))]
    for tier in index.layout.outline.tiers:
        of_tier = ShardDigests(tier, [next(digests) for _ in tier.volumes])
        lines += [_group(index, of_tier, group) for group in range(-(-tier.shards // GROUP))]
    return [*lines, _file(CHOICES, choices, index.library, index.version)]


def _group(index: Index, digests: ShardDigests, group: int) -> Part:
    """The part of the shards of a group."""
    lay_out, tier = partial(_shards, index, digests, group), digests.tier
    inputs = (tier.address(group * GROUP), tier.shards, digests.of_group(group))
    return Part(lay_out, size=min(GROUP, tier.shards), inputs=inputs, version=index.version)


def _file(address: str, text: Callable[[Library], str], library: Library, version: str) -> Output:
    return Output((urls.output_path(address),), as_file, (text(library),), version)


def as_file(text: str) -> Sequence[bytes]:
    """A text as a file."""
    return [text.encode()]


def choices(library: Library) -> str:
    """The blocs and units that bulletins tell of, each with its name, in the order of the language, as JSON."""
    blocs = [(bloc.id, library.bloc_name(bloc.id)) for bloc in library.blocs.values() if bloc.id in library.by_bloc]
    units = [(unit.id, _unit_name(unit)) for unit in library.units.values() if unit.id in library.by_unit]
    lists = {"khoi": _in_order(blocs), "don-vi": _in_order(units)}
    return json.dumps(lists, ensure_ascii=False, separators=(",", ":")) + "\n"


def _unit_name(unit: Unit) -> str:
    return unit.short_name or unit.name


def _in_order(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda item: (collation_key(item[1]), item[0]))


def _tables(index: Index) -> Iterator[Output]:
    """The ids of each volume."""
    for volume in range(len(index.layout.volumes)):
        path = urls.output_path(table_address(volume))
        yield Output((path,), as_file, (index.layout.table(volume).decode(),), index.version)


@dataclass(frozen=True)
class ShardSource:
    """What a shard is made from: the slices of its volumes, read only where the shard has to be made."""

    digest: str
    number: int
    group: Group

    @property
    def slices(self) -> list[tuple[int, Slice]]:
        """The volumes with what they give to the shard."""
        return [(volume, slices[self.number % GROUP]) for volume, slices in self.group()]

    def __reduce__(self) -> tuple[type[LoadedSource], tuple[str, list[tuple[int, Slice]]]]:
        """It travels to another machine with its slices: the store stays here."""
        return LoadedSource, (self.digest, self.slices)


@dataclass(frozen=True)
class LoadedSource:
    """The same with its slices at hand."""

    digest: str
    slices: list[tuple[int, Slice]]


def _shards(index: Index, digests: ShardDigests, group: int) -> Iterator[Output]:
    """The shards of a group, whose slices lie together in the store."""
    tier = digests.tier
    slices = lru_cache(maxsize=1)(partial(index.group, tier, group, tuple(digests.volumes)))
    for number in range(group * GROUP, min((group + 1) * GROUP, tier.shards)):
        source = ShardSource(digests.of(number), number, slices)
        yield Output((urls.output_path(tier.address(number)),), shard_file, (source,), index.version)


def shard_file(source: ShardSource | LoadedSource) -> Sequence[bytes]:
    """The file of a shard."""
    return [shard(source.slices)]
