"""Files packed once, when they are published, so that no server packs them for each reader: `page.html.gz`.

A coding is named as HTTP names it (RFC 9110): `gzip`, `br` (RFC 7932), `zstd` (RFC 8878).
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bulletins.making import journal
from bulletins.publishing.target import Part

ENDINGS = (".html", ".json", ".jsonld", ".xml", ".css", ".js", ".svg", ".csv", ".ics", ".txt", ".webmanifest")
"""What is text; pictures, archives and fonts are packed already."""


class Coding(NamedTuple):
    """A way to pack: the ending of a packed file's name, and the function, which gives the same bytes every time."""

    ending: str
    compress: Callable[[bytes], bytes]


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _brotli(data: bytes) -> bytes:
    import brotli

    packed: bytes = brotli.compress(
        data, mode=brotli.MODE_TEXT, quality=9
    )  # 11 saves 4 % more, and takes 20 times as long
    return packed


def _zstd(data: bytes) -> bytes:
    import zstandard

    packed: bytes = zstandard.ZstdCompressor(level=15).compress(data)
    return packed


CODINGS = {"gzip": Coding(".gz", _gzip), "br": Coding(".br", _brotli), "zstd": Coding(".zst", _zstd)}

INDEX = ".packed"
FORMAT = "bulletins-packed-2"

Packed = tuple[str, str]
"""SHA-256 of a file, and of the packed one made from it; they are kept by the packed one's name."""


def packed(built: Part, folder: Path, coding: Coding) -> Part:
    """Every text of a site packed into `folder`, where what an earlier call left is used again."""
    texts = {path: sha256 for path, sha256 in built.files.items() if path.endswith(ENDINGS)}
    before = _read(folder / INDEX)
    missing = [path for path, sha256 in texts.items() if not _stands(folder, path + coding.ending, sha256, before)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = dict(zip(missing, pool.map(partial(_pack, built.folder, folder, coding), missing), strict=True))
    now = {
        path + coding.ending: (sha256, made.get(path) or before[path + coding.ending][1])
        for path, sha256 in texts.items()
    }
    for name in before.keys() - now.keys():
        (folder / name).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    journal.write(folder / INDEX, now, FORMAT)
    return Part(folder, {name: result for name, (_, result) in now.items()})


def _read(index: Path) -> dict[str, Packed]:
    lines: Iterator[Mapping[str, Packed]] = iter(journal.read(index, FORMAT))
    return {name: (source, result) for line in lines for name, (source, result) in line.items()}


def _stands(folder: Path, name: str, sha256: str, before: Mapping[str, Packed]) -> bool:
    return before.get(name, ("", ""))[0] == sha256 and (folder / name).is_file()


def _pack(source: Path, folder: Path, coding: Coding, path: str) -> str:
    """Pack a file, and give the SHA-256 of what came out."""
    data = coding.compress((source / path).read_bytes())
    target = folder / (path + coding.ending)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return hashlib.sha256(data).hexdigest()
