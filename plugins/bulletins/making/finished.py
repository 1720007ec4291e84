"""The finished files as catalogues see them: all but those that are made after them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Literal

from bulletins.plan import Files, Made

Sees = Literal["files", "names"]


class Finished:
    """Finished files by path, in their order; a catalogue that is made joins them.

    Of a hundred thousand files a dozen catalogues are made, so whatever they see is put in order, and digested, once.
    """

    def __init__(self, files: Mapping[str, Made]) -> None:
        """`files` are sorted by path."""
        self._files = dict(files)
        self._later: dict[str, Made] = {}
        self._digests: dict[Sees, str] = {}
        self._first = files

    def add(self, more: Mapping[str, Made]) -> None:
        """These are finished too."""
        self._later.update(more)

    @property
    def files(self) -> Files:
        """All of them, sorted by path."""
        if not self._later.keys() <= self._files.keys():
            self._files = dict(sorted({**self._files, **self._later}.items()))
        return self._files

    def digest(self, sees: Sees) -> str:
        """Changes whenever a file does, or, for who sees names alone, whenever one comes or goes."""
        if sees not in self._digests:
            self._digests[sees] = _digest(_seen(self._first, sees))
        return _digest((self._digests[sees], *_seen(self._later, sees)))


def _seen(files: Files, sees: Sees) -> tuple[object, ...]:
    return tuple(files) if sees == "names" else tuple((path, made.sha256, made.size) for path, made in files.items())


def _digest(value: tuple[object, ...]) -> str:
    return blake2b(repr(value).encode(), digest_size=16).hexdigest()
