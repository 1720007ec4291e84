"""The memory: the machine-readable state of the last publication, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from bulletins.memory.copy import Copy


class Published(NamedTuple):
    """A document as it was last published: its id, the digest of what it says, and its times (RFC 3339)."""

    id: str | None
    digest: str
    first_published: str | None
    modified: str | None


class ObjectPublished(NamedTuple):
    """A primary object as it was last published.

    `seq` is the number of its last activity in the change log; `gone` is empty, or else `withdrawn`, or the id it
    moved to; `changes` counts the entries of its change history.
    """

    digest: str
    seq: int
    gone: str
    changes: int


class LogPage(NamedTuple):
    """A page of the change log: its path, the SHA-256 of its bytes, and the activities on it."""

    path: str
    sha256: str
    activities: int


class Dump(NamedTuple):
    """A dump of a year: the SHA-256 of its bytes, the `seq` it stands at, and how many bulletins are in it."""

    sha256: str
    seq: int
    bulletins: int


ObjectKey = tuple[str, str]
"""Type and id of a primary object; a photo's id is `<bulletin>/<photo>`."""


@dataclass(frozen=True)
class Memory:
    """What the last publication held: documents by path, primary objects, the change log, and the dumps by year.

    `seq` is the number of the log's last activity. `last_page` is the text of its last page, which may be continued,
    and `last_moment` that of its last activity.
    `gallery_pages` are the SHA-256 of the pages of what happened to galleries, in their order, and `last_gallery_page`
    is the text of the last. `dumps` are by their year, None for bulletins of no known one; `dumped` is when their index
    last changed.
    """

    documents: Mapping[str, Published] = field(default_factory=dict)
    objects: Mapping[ObjectKey, ObjectPublished] = field(default_factory=dict)
    seq: int = 0
    pages: tuple[LogPage, ...] = ()
    last_page: str = ""
    last_moment: str | None = None
    dumps: Mapping[int | None, Dump] = field(default_factory=dict)
    dumped: str | None = None
    gallery_pages: tuple[str, ...] = ()
    last_gallery_page: str = ""

    def has(self, type_: str, id_: str) -> bool:
        """Whether an object of this type and id was ever published."""
        return (type_, id_) in self.objects

    def ids(self, type_: str) -> tuple[str, ...]:
        """The ids of every object of a type, in their order."""
        return tuple(sorted(id_ for kind, id_ in self.objects if kind == type_))

    @cached_property
    def latest(self) -> str:
        """The latest moment that it tells of; empty where it tells of none."""
        known = (self.last_moment, *(document.modified for document in self.documents.values()))
        return max((moment for moment in known if moment and "T" in moment), default="")

    @cached_property
    def digest(self) -> str:
        """A string that changes whenever anything in the memory does."""
        parts = (
            sorted(self.documents.items()),
            sorted(self.objects.items()),
            self.seq,
            self.pages,
            self.last_page,
            self.last_moment,
            self.gallery_pages,
        )
        return blake2b(repr((parts, list(self.dumps.items()))).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Publication:
    """A build that is to be published: the memory of the last one, and the moment (RFC 3339) of this one.

    `copy` is what the memory was read from. `is_first` says that nothing was published before, or that nobody knows
    any more what was.
    """

    memory: Memory
    moment: str
    copy: Copy | None = None
    is_first: bool = False
