"""The plan: every file the site has, what makes it, and from what.

A room that makes files (pages, gallery, indexes) returns lines of the plan and makes nothing by itself;
`making` decides which lines have to be made again and publishes the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Output:
    """One line of the plan: one or more files that are a pure function of `inputs`.

    `paths` are relative to the output folder, with `/` between folders and no leading slash.
    `make(*inputs)` returns the files' bytes, as many as there are paths and in their order.
    `inputs` hold all that `make` may look at: strings, numbers, `None`, tuples of these, or objects with a
    `digest` (a string that changes whenever anything in them does).
    `version` changes whenever `make` itself would answer otherwise: its code, its template, its settings.
    """

    paths: tuple[str, ...]
    make: Callable[..., Sequence[bytes]]
    inputs: tuple[Any, ...]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the plan that is laid out only where its files are made: no large plan is in memory as a whole.

    `lay_out()` gives its lines, the same ones whenever it is asked. Parts with one name in `near` are made from the
    same records, and so by the same worker, one after the other. `size` says about how many lines it has.
    """

    lay_out: Callable[[], Iterable[Output]]
    near: str = ""
    size: int = 1


class Made(NamedTuple):
    """A finished file as the ledger knows it: SHA-256 of its bytes in lowercase hex, and its size in bytes."""

    sha256: str
    size: int


Files = Mapping[str, Made]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A line of the plan that is made last, because it lists the finished files: all but the catalogues after it.

    `make(files, *inputs)` gets them sorted by path: path to `Made`, or, when `sees` is "names", only the paths in a
    tuple, so that it is not made again when their bytes change.
    `amend(published, files)` gives the same bytes as `make` where nothing differs from the `published` catalogue but
    the bytes of these files; one that sees "names" alone needs none.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    version: str = ""
    sees: Literal["files", "names"] = "files"
    amend: Callable[[bytes, Files], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the plan that makes nothing: a last look at every file made, before anything is published.

    `look(path, data, *inputs)` says why the file must not be published, or `None`. It sees each file once, when it is
    made; what a stricter look should see again needs another `version` in its own line.
    """

    look: Callable[..., str | None]
    inputs: tuple[Any, ...]


Line = Output | Part | Catalogue | Check


def laid_out(lines: Iterable[Output | Part]) -> Iterator[Output]:
    """Every line in its order, parts laid out."""
    for line in lines:
        if isinstance(line, Part):
            yield from line.lay_out()
        else:
            yield line
