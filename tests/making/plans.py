"""Small plans for the tests: what they make needs no bulletin."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bulletins.plan import Catalogue, Files, Line, Listing, Output


@dataclass(frozen=True)
class Card:
    """An input that knows its own digest."""

    digest: str


def written(*texts: str) -> Sequence[bytes]:
    return [text.encode() for text in texts]


def shouted(text: str) -> Sequence[bytes]:
    return [text.upper().encode()]


def failing(text: str) -> Sequence[bytes]:
    raise LookupError(text)


def slow(text: str, seconds: float) -> Sequence[bytes]:
    time.sleep(seconds)
    return [text.encode()]


def made_by() -> Sequence[bytes]:
    return [str(os.getpid()).encode()]


def listed(names: tuple[str, ...], title: str) -> bytes:
    return "\n".join([title, *names]).encode()


def summed(path: str, files: Files) -> Iterable[Output]:
    yield page(path, "\n".join(f"{name} {made.sha256} {made.size}" for name, made in files.items()))


def page(path: str, text: str) -> Output:
    return Output((path,), written, (text,))


@dataclass(frozen=True)
class Weighed:
    """Gives a file its length as metadata (`plan.Dating`)."""

    known: str = ""

    def date(self, data: bytes) -> tuple[bytes, str]:
        return data, str(len(data))

    def state(self, metadata: str) -> str:
        return ""


def shard_and_root(title: str, dating: Weighed | None = Weighed()) -> list[Line]:
    """A shard that has metadata, or none, and a root that tells of it."""

    def shard(files: Files) -> Iterable[Output]:
        yield Output(("shard.json",), written, ("tập",), dating=dating)

    def root(files: Files) -> Iterable[Output]:
        yield Output(("root.json",), written, (f"{title}: {files['shard.json'].metadata}",))

    return [Listing(shard), Listing(root)]


def pages(texts: Mapping[str, str]) -> list[Output]:
    return [page(path, text) for path, text in texts.items()]


def catalogue(path: str = "index.json", title: str = "mục lục") -> Catalogue:
    return Catalogue(path, listed, (title,))


def sums(path: str = "sums.txt") -> Listing:
    """Lists every other file with its hash."""
    return Listing(partial(summed, path))


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes and every folder (None), by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def times(folder: Path) -> dict[str, int]:
    """When each file and folder was last modified, the folder too; but for the lock, which names a holder."""
    return {str(path): path.lstat().st_mtime_ns for path in [folder, *folder.rglob("*")] if path.name != "lock"}
