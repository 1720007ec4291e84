"""What bulletins are read with, and how some of them are read: for the reading cache, or once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bulletins.domain.register import Register
from bulletins.reading.bulletin import Reading, read
from bulletins.reading.consulted import Consulted
from bulletins.reading.folders import INDEX, Folder, folders, hour
from bulletins.reading.frontmatter import Malformed, split
from bulletins.reading.markdown import Renderer
from bulletins.reading.reading_cache import Context, ReadingCache, Row, row
from bulletins.reading.rules.all import Rules
from bulletins.reading.sources import SourceFile, clean_text, read_text
from bulletins.urls import Site
from bulletins.versions import source_digest

CODE = ("bulletins.reading", "bulletins.domain", "bulletins.vietnamese", "bulletins.mistakes")
LIBRARIES = ("markdown", "nh3", "pydantic", "pyyaml")


class Waiting(NamedTuple):
    """A bulletin to be read: the stamp it is kept under, and the names of the files in its folder.

    `folder` is where that is, and `name` that of the bulletin's file in messages. Of a hundred thousand there is one
    each in memory, so it holds plain texts.
    """

    stamp: str
    folder: str
    files: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, folder: Folder, now: int) -> Waiting:
        """The bulletin in a folder; `now` is the hour in nanoseconds."""
        path = folder.files[INDEX].path.removesuffix(f"/{INDEX}")
        return cls(folder.stamp(INDEX, now), path, tuple(folder.files), f"{folder.name}/{INDEX}")

    @property
    def source(self) -> SourceFile:
        """Its file."""
        return SourceFile(Path(self.folder, INDEX), self.name)

    @property
    def beside(self) -> dict[str, Path]:
        """The files of its folder, by name."""
        return {file: Path(self.folder, file) for file in self.files}


@dataclass(frozen=True, slots=True)
class Reader:
    """What bulletins are read with; their readings are kept in `context`."""

    context: Context
    register: Register
    renderer: Renderer
    rules: Rules

    @classmethod
    def of(cls, context: Context, register: Register, site: Site) -> Reader:
        return cls(context, register, Renderer(site.link), Rules(register))

    def read(self, source: SourceFile, files: Mapping[str, Path]) -> Reading:
        """The bulletin of a file; `files` are those beside it, by name."""
        return read(source, files, self.register, self.renderer, self.rules)

    def reads_alike(self, source: SourceFile, consulted: Consulted | None) -> bool:
        """Whether a bulletin that was read with the help of what was `consulted` then would be read alike now."""
        if consulted is None:
            return False
        try:
            text = clean_text(source) if consulted.is_clean else read_text(source).text
            _, body, _ = split(source.name, text)
        except (Malformed, OSError):
            return False
        return consulted.is_answered_alike(self.register, self.rules.names, body)

    def read_again(self, root: Path, name: str) -> Reading | None:
        """The bulletin of a file, named from `root`, as it is now; None if it is no plain file any more."""
        try:
            return next((self.read(each.source, each.beside) for each in waiting(root, name)), None)
        except OSError:
            return None


def context(register: Register, site: Site, root: Path) -> Context:
    """What bulletins are read in; the paths in what was read begin at `root`."""
    code = source_digest(*CODE, distributions=LIBRARIES)
    others = f"{code} {site.link('/')} {root.resolve()}"
    return Context(register.digest, blake2b(others.encode(errors="surrogateescape"), digest_size=16).hexdigest())


def waiting(root: Path, name: str) -> Iterator[Waiting]:
    """The bulletin of a file to be read; nothing if it is no plain file any more."""
    for folder in islice(folders(root / name.rpartition("/")[0], root), 1):
        if INDEX in folder.files:
            yield Waiting.of(folder, hour())


def read_batch(reader: Reader, batch: Sequence[Waiting]) -> list[Row]:
    """The rows of the batch's readings, in its order."""
    return [row(reader.context.others, each.stamp, reader.read(each.source, each.beside)) for each in batch]


def read_alike(known: tuple[Reader, ReadingCache], batch: Sequence[Waiting]) -> list[str]:
    """The names of those bulletins of the batch that the reader would read as they were read for the cache.

    Their files stand as they were then; only the register may be another.
    """
    reader, cache = known
    return [each.name for each in batch if reader.reads_alike(each.source, cache.consulted(each.name, each.stamp))]
