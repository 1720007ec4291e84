"""Long lists as pages that keep their places: one more item touches two or three pages of a list, not all of them.

The first page holds the newest items. The older ones stand in pages counted from the oldest: `trang/2` begins with the
list's very first item, so that an address once cited keeps its items for good. Nothing is ever left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class ListPage(NamedTuple, Generic[T]):
    """One page of a list: its number as in `urls.listing`, its items, and its neighbours' numbers or `None`.

    `pages` is how many the list has, and known to the first alone: so a longer list leaves the others as they are.
    """

    number: int
    items: tuple[T, ...]
    newer: int | None
    older: int | None
    pages: int | None = None


def list_pages(items: Sequence[T], length: int, on_first: int | None = None) -> list[ListPage[T]]:
    """Items, newest first, as pages of at most `length` (1 or more); an empty list is one empty page.

    The first page holds `on_first` items, where it has not the room for as many as the others.
    """
    head = length if on_first is None else on_first
    old = items[head:]
    last = 1 + -(-len(old) // length)
    first = ListPage(1, tuple(items[:head]), None, last if old else None, last)
    return [first, *(_kept(old, length, number, last) for number in range(last, 1, -1))]


def _kept(old: Sequence[T], length: int, number: int, last: int) -> ListPage[T]:
    end = len(old) - (number - 2) * length
    return ListPage(
        number=number,
        items=tuple(old[max(0, end - length) : end]),
        newer=number + 1 if number < last else 1,
        older=number - 1 if number > 2 else None,
    )
