"""Finding a body of the register by some letters of any of its names, with or without their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bulletins.domain.register import Directory
from bulletins.vietnamese.folding import fold

_SIGNS = re.compile(r"\W+")

MOST = 12
"""Bodies that are offered at once."""


@dataclass(frozen=True)
class Hit:
    """A body that is offered: its id, its name, and the other name by which it was found."""

    id: str
    name: str
    by: str


class Finder:
    """The names of one directory, folded once."""

    def __init__(self, directory: Directory) -> None:  # type: ignore[type-arg]
        self._names = [
            (f" {_plain(spelling)}", spelling, body) for body in directory.values() for spelling in body.spellings
        ]

    def find(self, typed: str) -> list[Hit]:
        """The bodies whose names have every word of what was typed at the beginning of a word; the nearest first."""
        words = [f" {word}" for word in _plain(typed).split()]
        whole = f" {_plain(typed)}"
        matches = [
            (not folded.startswith(whole), len(folded), spelling, body)
            for folded, spelling, body in self._names
            if all(word in folded for word in words)
        ]
        best: dict[str, Hit] = {}
        for _, _, spelling, body in sorted(matches, key=lambda match: match[:3]):
            best.setdefault(body.id, Hit(body.id, body.name, "" if spelling == body.name else spelling))
            if len(best) == MOST:
                break
        return list(best.values())


def _plain(text: str) -> str:
    """Words without marks, with one blank between them."""
    return " ".join(_SIGNS.sub(" ", fold(text)).split())


def folded_ids(names: Iterable[str]) -> str:
    """An id made of a name: `vu-thong-tin`."""
    words = re.findall(r"[a-z0-9]+", _plain(" ".join(names)))
    return "-".join(words)[:76].strip("-")
