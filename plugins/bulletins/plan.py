"""The plan: every file the site has, what makes it, and from what.

A room that makes files (pages, gallery, indexes) returns lines of the plan and makes nothing by itself;
`making` decides which lines have to be made again and publishes the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class Dating(Protocol):
    """How a file comes to say when its content last changed, which depends on how it was last published."""

    @property
    def known(self) -> str:
        """The state in which the file was last published; empty where no publication is looked at."""

    def date(self, data: bytes) -> tuple[bytes, str]:
        """The file with its time, and its metadata (`Made.metadata`)."""

    def state(self, metadata: str) -> str:
        """The state of a file with this metadata."""


@dataclass(frozen=True, slots=True)
class Output:
    """One line of the plan: one or more files that are a pure function of `inputs`.

    `paths` are relative to the output folder, with `/` between folders and no leading slash.
    `make(*inputs)` returns the files' bytes, as many as there are paths and in their order.
    `inputs` hold all that `make` may look at: strings, numbers, `None`, tuples of these, or objects with a
    `digest` (a string that changes whenever anything in them does).
    `version` changes whenever `make` itself would answer otherwise: its code, its template, its settings.
    `dating` has the last word on each file: what it says of time is no input, since only a change makes it another.
    """

    paths: tuple[str, ...]
    make: Callable[..., Sequence[bytes]]
    inputs: tuple[Any, ...]
    version: str = ""
    dating: Dating | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the plan that is laid out only where its files are made: no large plan is in memory as a whole.

    `lay_out()` gives its lines, the same ones whenever it is asked. Parts with one name in `near` are made from the
    same records, and so by the same worker, one after the other. `size` says about how many lines it has.
    `inputs` are, as those of an `Output`, all that its lines depend on, and tell it from every other part; `version`
    changes whenever it would be laid out otherwise. While both stay, and its files stand, it is not laid out at all.
    Without inputs it always is.
    """

    lay_out: Callable[[], Iterable[Output]]
    near: str = ""
    size: int = 1
    inputs: tuple[Any, ...] = ()
    version: str = ""


class Made(NamedTuple):
    """A finished file: SHA-256 of its bytes in lowercase hex, its size in bytes.

    `metadata` is what its `Dating` says of it, for those who list it; empty where there is none.
    """

    sha256: str
    size: int
    metadata: str = ""


Files = Mapping[str, Made]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A line of the plan that lists what all `Output`s are named, and is made when that is known.

    `make(names, *inputs)` gets their paths in a tuple, sorted: whatever their bytes are, it stays.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    version: str = ""


Read = Callable[[str], bytes]
"""Reads a published file by its path."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that are laid out and made last, because they list the finished files: all but those made after it.

    `lay_out(files)` gets the files sorted by path.
    `amend(read, files)` gives the new bytes of those of its files, by path, that list these files, where nothing else
    differs from what is published.
    """

    lay_out: Callable[[Files], Iterable[Output]]
    amend: Callable[[Read, Files], Mapping[str, bytes]] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the plan that makes nothing: a last look at every file made, before anything is published.

    `look(path, data, *inputs)` says why the file must not be published, or `None`. It sees each file once, when it is
    made; what a stricter look should see again needs another `version` in its own line.
    """

    look: Callable[..., str | None]
    inputs: tuple[Any, ...]


Line = Output | Part | Catalogue | Listing | Check


def laid_out(lines: Iterable[Output | Part]) -> Iterator[Output]:
    """Every line in its order, parts laid out."""
    for line in lines:
        if isinstance(line, Part):
            yield from line.lay_out()
        else:
            yield line
