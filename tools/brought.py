"""What a target shows, read with few questions: over ssh each one costs more than the files it brings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bulletins.memory.read import CHANGES, DUMPS, GALLERY_CHANGES, ROOT, dumps_of, files_of_memory, read_memory
from bulletins.memory.state import Memory, ObjectKey
from bulletins.publishing.release import withdrawn_of
from bulletins.publishing.target import Target

HEADS = (ROOT, CHANGES, GALLERY_CHANGES, DUMPS)
"""The files that name all others of the memory."""


class Brought:
    """Files of a release, by their paths; those that were not brought together are read when they are asked for."""

    def __init__(self, target: Target, number: int | None = None) -> None:
        self._target, self._number = target, number
        self._files: dict[str, bytes | None] = {}
        self.bring(HEADS)

    def bring(self, paths: Iterable[str]) -> None:
        """Read all of these files at once."""
        missing = [path for path in paths if path not in self._files]
        if missing:
            there = self._target.read_all(missing, self._number)
            self._files |= {path: there.get(path) for path in missing}

    def __call__(self, path: str) -> bytes | None:
        """A file; None where there is none."""
        self.bring([path])
        return self._files[path]

    def shards(self) -> dict[str, str]:
        """The SHA-256 of every shard of the catalogue."""
        root = self(ROOT)
        return {shard["path"]: shard["sha256"] for shard in json.loads(root)["shards"]} if root else {}


def memory_of(target: Target) -> Memory | None:
    """What a target remembers of its present release; None where nothing is published. Raises `Damaged`."""
    shown = Brought(target)
    shown.bring(set(files_of_memory(shown)) - dumps_of(shown).keys())
    return read_memory(shown)


def withdrawn_since(earlier: Brought, present: Brought) -> list[str]:
    """The ids of what an earlier release shows and the present one says is withdrawn.

    What both say alike is passed over, so this takes as long as they differ.
    """
    then, now = earlier.shards(), present.shards()
    changed = {path for path in then.keys() | now.keys() if then.get(path) != now.get(path)}
    return withdrawn_of(_gone(earlier, changed & then.keys()), _gone(present, changed & now.keys()))


def _gone(release: Brought, shards: Iterable[str]) -> dict[ObjectKey, str]:
    """What these shards say has become of each object."""
    release.bring(shards)
    documents: list[Any] = [json.loads(release(path) or b"") for path in shards]
    entries = [entry for document in documents for entry in document["entries"]]
    return {(item["type"], item["id"]): item["gone"] or "" for entry in entries for item in entry["objects"]}
