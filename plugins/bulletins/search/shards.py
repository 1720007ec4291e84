"""Shards: files of terms, each with the bulletins it stands in; put together from what each volume gives to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from bulletins.search.coding import code, moved, placed, runs
from bulletins.search.layout import Tier
from bulletins.search.terms import Texts, changed, weigh, weigh_both

Slice = dict[str, str]
"""What a volume gives to a shard: runs of places by term."""

DIGEST = 8
"""Bytes of the digest of a slice."""

NOTHING = bytes(DIGEST)
"""The digest of a slice without terms."""


def slices(texts: Iterable[Texts], tier: Tier) -> list[Slice]:
    """What a volume gives to each shard of its tier; `texts` are those of its bulletins by place."""
    sliced: list[Slice] = [{} for _ in range(tier.shards)]
    shard_of = tier.shard_of
    for term, places in runs([weigh(each) for each in texts]).items():
        sliced[shard_of(term)][term] = places
    return sliced


def slice_digests(sliced: Iterable[Slice]) -> bytes:
    """The digests of slices, one after the other."""
    return b"".join(map(_digest, sliced))


def _digest(sliced: Slice) -> bytes:
    if not sliced:
        return NOTHING
    text = "\n".join(f"{term} {places}" for term, places in sliced.items())
    return blake2b(text.encode(), digest_size=DIGEST).digest()


def shard(volumes: Iterable[tuple[int, Slice]]) -> bytes:
    """The file of a shard from the slices of its volumes, the oldest first: a JSON object, a term a line."""
    groups: dict[str, str] = {}
    for volume, sliced in volumes:
        sign = code(volume)
        for term, places in sliced.items():
            before = groups.get(term)
            groups[term] = f"{before} {sign}{places}" if before else sign + places
    return _file(groups)


def _file(groups: Mapping[str, str]) -> bytes:
    # Neither terms nor codes hold anything that JSON would escape, and this is five times as fast as a library.
    lines = [f'"{term}":"{groups[term]}"' for term in sorted(groups)]
    return ("{" + ",\n".join(lines) + "}\n").encode()


Move = tuple[str, int, int, int | None]
"""A term, the volume and the place of a bulletin, and the weight the term has there from now on; None for no more."""


def moves(volume: int, place: int, before: Texts, after: Texts) -> list[Move]:
    """What an edited bulletin changes in the index."""
    old, new = weigh_both(before, after)
    return [(term, volume, place, new.get(term)) for term in changed(old, new)]


def put(sliced: Slice, term: str, place: int, weight: int | None) -> None:
    """Let the bulletin at a place of a volume have a term with this weight, or no more."""
    places = placed(sliced.get(term, ""), place, weight)
    if places:
        sliced[term] = places
    else:
        sliced.pop(term, None)


def patched(published: bytes, some: Sequence[Move]) -> list[bytes]:
    """The file of a shard as it is after these moves. Raises ValueError for what is no shard."""
    groups: dict[str, str] = json.loads(published)
    for term, volume, place, weight in some:
        value = moved(groups.get(term, ""), volume, place, weight)
        if value:
            groups[term] = value
        else:
            groups.pop(term, None)
    return [_file(groups)]
