"""A machine-readable file to be made, as a line of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bulletins import urls
from bulletins.indexes.shape import Terms
from bulletins.memory.dating import dated
from bulletins.memory.state import Publication
from bulletins.plan import Output
from bulletins.versions import source_digest

CODE = ("bulletins.indexes", "bulletins.memory", "bulletins.domain", "bulletins.vietnamese", "bulletins.urls")
"""What the bytes of a document depend on, besides its inputs."""


@dataclass(frozen=True, slots=True)
class File:
    """A JSON document to be made: `make(terms, *inputs)`. Its kind is the name of its schema."""

    address: str
    kind: str
    modified: str | None
    make: Callable[..., Sequence[bytes]]
    inputs: tuple[Any, ...]

    @property
    def path(self) -> str:
        return urls.output_path(self.address)

    def line(self, terms: Terms, version: str, publication: Publication | None = None) -> Output:
        """Its line of the plan; `version` is `code_version()`'s."""
        dating = dated(self.path, terms.root, publication)
        return Output((self.path,), self.make, (terms, *self.inputs), version, dating)


def code_version() -> str:
    """A hash of the code and the libraries that write documents."""
    return source_digest(*CODE, distributions=("icalendar", "pydantic", "pydantic-core"))
