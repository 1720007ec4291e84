"""The indexes of blocs and of units as pages, with a way to every group from each of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bulletins import urls
from bulletins.pages.inputs import Group, GroupLine, IndexPage, Jump


def index_pages(first: str, groups: Sequence[Group], length: int) -> list[IndexPage]:
    """The groups of an index, whose first page is `first`, as pages of at most `length` lines; there is at least one.

    A group that does not fit goes on upon the next page.
    """
    lines = [(group, line) for group in groups for line in group.lines]
    chunks = [lines[start : start + length] for start in range(0, len(lines), length)] or [[]]
    parts = [_parts(chunk) for chunk in chunks]
    pages: dict[str, int] = {}
    for number, part in enumerate(parts, 1):
        for group in part:
            pages.setdefault(group.id, number)
    jumps = tuple(Jump(g.id, g.host, urls.listing(first, pages[g.id]), len(g.lines), g.lang) for g in groups if g.lines)
    return [IndexPage(number, len(parts), part, jumps) for number, part in enumerate(parts, 1)]


def _parts(lines: Sequence[tuple[Group, GroupLine]]) -> tuple[Group, ...]:
    """The lines of one page under their groups again."""
    groups = groupby(lines, key=lambda line: line[0])
    return tuple(group._replace(lines=tuple(line for _, line in some)) for group, some in groups)
