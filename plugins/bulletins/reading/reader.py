"""What bulletins are read with, and a batch of them read for the shelf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletins.domain.record import Resolver
from bulletins.domain.register import Register
from bulletins.reading.bulletin import read
from bulletins.reading.markdown import Renderer
from bulletins.reading.rules.all import Rules
from bulletins.reading.shelf import Row, row
from bulletins.reading.sources import Source
from bulletins.urls import Site
from bulletins.versions import source_digest

INDEX = "index.md"
CODE = ("bulletins.reading", "bulletins.domain", "bulletins.vietnamese", "bulletins.mistakes")
LIBRARIES = ("markdown", "nh3", "pydantic", "pyyaml")

Waiting = tuple[str, Mapping[str, Path], Source]
"""A bulletin to be read: the stamp it is kept under, the files beside it by name, and its file."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a bulletin is read with."""

    register: Register
    renderer: Renderer
    rules: Rules

    @classmethod
    def of(cls, register: Register, site: Site) -> Reader:
        return cls(register, Renderer(site.link), Rules(register))

    @property
    def resolvers(self) -> Mapping[str, Resolver]:
        return self.register.resolvers


def context(register: Register, site: Site, root: Path) -> str:
    """Changes whenever a bulletin might be read otherwise; the paths in what was read begin at `root`."""
    code = source_digest(*CODE, distributions=LIBRARIES)
    return f"{code} {register.digest} {site.link('/')} {root.resolve()}"


def read_batch(reader: Reader, batch: Sequence[Waiting]) -> list[Row]:
    """The rows of the batch's readings, in its order."""
    return [
        row(stamp, read(source, files, reader.resolvers, reader.renderer, reader.rules))
        for stamp, files, source in batch
    ]
