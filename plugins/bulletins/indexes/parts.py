"""Long documents: lists that grow with the bulletins are shared out over parts, as the catalogue is over shards.

What an entry is about decides by a hash where it stands, so that one more entry changes one part and moves no other. A
document and all of its parts together hold each list; most documents are short, and whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from bulletins import urls
from bulletins.domain.record import about
from bulletins.indexes.file import File
from bulletins.indexes.shape import Address, ApiDocument, Terms

LONG = 150_000
"""About how many bytes a document holds before it is cut (decision 0023)."""

FULL = 56_000
"""About how many bytes a part of it, or a shard of the catalogue, holds before it is halved."""


T = TypeVar("T")
U = TypeVar("U")


class Divided(ApiDocument):
    """A document that is cut where it grows long."""

    part_of: Address | None = about(
        "Tài liệu dài mà tệp này là một phần; null là chính tài liệu", "The long document this is a part of, or null"
    )
    continued_in: tuple[Address, ...] = about(
        "Các phần giữ danh sách của tài liệu dài", "The parts that hold the lists of a long document"
    )


class Share(NamedTuple):
    """What of a document's lists stands in one of its files.

    `part` is the name of the file's part, None for the document itself; `parts` are the names of all parts, in the
    document itself alone, whose lists are then empty. `halvings` says how often the lists are halved.
    """

    part: str | None = None
    parts: tuple[str, ...] = ()
    halvings: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the document is not cut."""
        return self.part is None and not self.parts

    def has(self, key: str) -> bool:
        """Whether an entry about this stands here."""
        return self.is_whole or (self.part is not None and place(key, self.halvings) == int(self.part or "0", 16))

    def begin(
        self, terms: Terms, model: type[Divided], id_: str, address: str, page: str | None, modified: str | None
    ) -> dict[str, Any]:
        """The keys the file begins with; `id_`, `address` and `page` are the document's."""
        own, part_of = (id_, None) if self.part is None else (f"{id_}/{self.part}", terms.at(address))
        parts = tuple(terms.at(urls.api_part(address, part)) for part in self.parts)
        return {**terms.begin(model, own, page, modified), "part_of": part_of, "continued_in": parts}


WHOLE = Share()
"""All of a document that is not cut."""


def files(weight: int, file: Callable[[Share], File]) -> Iterator[File]:
    """The document of about so many bytes, and its parts where it is long; `file` gives it with a share of its lists.

    The file's address is that of the document.
    """
    names = _names(weight)
    if not names:
        yield file(WHOLE)
        return
    times = halvings(weight)
    yield file(Share(None, names, times))
    for part in names:
        held = file(Share(part, (), times))
        yield replace(held, address=urls.api_part(held.address, part))


def shared_out(
    weight: int, entries: Iterable[tuple[T, Iterable[U]]], key: Callable[[U], str]
) -> Mapping[str | None, Sequence[tuple[T, tuple[U, ...]]]]:
    """Entries that each have a list, by the parts of a document of about so many bytes; by None where it is not cut.

    Each part has the entries of which it holds something, with that alone; `key` is what something in a list is about.
    """
    names, times, shares = _names(weight), halvings(weight), dict[str | None, list[tuple[T, tuple[U, ...]]]]()
    for entry, items in entries:
        held: dict[str | None, list[U]] = {}
        for item in items:
            held.setdefault(names[place(key(item), times)] if names else None, []).append(item)
        for part, some in held.items():
            shares.setdefault(part, []).append((entry, tuple(some)))
    return shares


def _names(weight: int) -> tuple[str, ...]:
    """The names of a document's parts; none where it is not cut."""
    times = halvings(weight)
    return tuple(name(number, times) for number in range(1 << times)) if weight > LONG else ()


def halvings(weight: int) -> int:
    """How often so many bytes must be halved until they are no more than `FULL`."""
    return max(0, (-(-weight // FULL) - 1).bit_length())


def place(key: str, times: int) -> int:
    """Which of the halves a key belongs to: the first bits of its hash."""
    return _bits(key) >> (32 - times) if times else 0


def name(number: int, times: int) -> str:
    """The name of a half, in hex digits; empty where nothing is halved."""
    return f"{number:0{-(-times // 4)}x}" if times else ""


@lru_cache(maxsize=1 << 16)
def _bits(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])
