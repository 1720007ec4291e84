"""What a publication changes for the public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

KINDS = (
    ("trang", "pages"),
    ("feed và lịch", "feeds and calendars"),
    ("tệp JSON", "JSON files"),
    ("ảnh", "pictures"),
    ("tệp khác", "other files"),
)
"""The kinds of files that an office asks about, in Vietnamese and English."""


class Change(NamedTuple):
    """Paths that are new, changed and gone."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> Change:
    """What differs between two releases: both give the SHA-256 of each file by its path."""
    return Change(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def lines(change: Change, activities: int) -> Iterator[str]:
    """The same in plain words: a line for each kind of file that changes, the pages by name where they are few."""
    for number, (vietnamese, english) in enumerate(KINDS):
        new, changed, gone = (sum(kind_of(path) == number for path in paths) for paths in change)
        if new or changed or gone:
            yield (
                f"  {vietnamese}: {new} mới, {changed} đổi, {gone} bỏ"
                f" / {english}: {new} new, {changed} changed, {gone} gone"
            )
    yield f"  nhật ký thay đổi: thêm {activities} mục / entries of the change log: {activities} more"
    yield from (f"  + /{path.removesuffix('index.html')}" for path in _few(change.new))
    yield from (f"  - /{path.removesuffix('index.html')}" for path in _few(change.gone))


def kind_of(path: str) -> int:
    """Which of `KINDS` a file is of."""
    name = path.rpartition("/")[2]
    if path.endswith(".html"):
        return 0
    if name.startswith("feed") or path.endswith(".ics"):
        return 1
    if path.endswith((".json", ".jsonld")):
        return 2
    return 3 if path.endswith((".avif", ".webp", ".jpg")) else 4


def _few(paths: tuple[str, ...], most: int = 10) -> tuple[str, ...]:
    """Pages to be named; none where they are many."""
    pages = tuple(path for path in paths if kind_of(path) == 0)
    return pages if len(pages) <= most else ()
