"""Files packed once, when they are published, so that no server packs them for each reader: `page.html.gz`."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bulletins.making import journal
from bulletins.publishing.target import Part

ENDINGS = (".html", ".json", ".jsonld", ".xml", ".css", ".js", ".svg", ".csv", ".ics", ".txt", ".webmanifest")
"""What is text; pictures, archives and fonts are packed already."""

INDEX = ".packed"
FORMAT = "bulletins-packed-1"

Packed = tuple[str, str]
"""SHA-256 of a file, and of the packed one made from it."""


def packed(built: Part, folder: Path) -> Part:
    """Every text of a site packed into `folder`, where what an earlier call left is used again."""
    texts = {path: sha256 for path, sha256 in built.files.items() if path.endswith(ENDINGS)}
    before = _read(folder / INDEX)
    missing = [path for path, sha256 in texts.items() if not _stands(folder, path, sha256, before)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = dict(zip(missing, pool.map(partial(_pack, built.folder, folder), missing), strict=True))
    now = {path: (sha256, made.get(path) or before[path][1]) for path, sha256 in texts.items()}
    for path in before.keys() - now.keys():
        (folder / f"{path}.gz").unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    journal.write(folder / INDEX, now, FORMAT)
    return Part(folder, {f"{path}.gz": result for path, (_, result) in now.items()})


def _read(index: Path) -> dict[str, Packed]:
    lines: Iterator[Mapping[str, Packed]] = iter(journal.read(index, FORMAT))
    return {path: (source, result) for line in lines for path, (source, result) in line.items()}


def _stands(folder: Path, path: str, sha256: str, before: Mapping[str, Packed]) -> bool:
    return before.get(path, ("", ""))[0] == sha256 and (folder / f"{path}.gz").is_file()


def _pack(source: Path, folder: Path, path: str) -> str:
    """Pack a file, and give the SHA-256 of what came out."""
    data = compressed((source / path).read_bytes())
    target = folder / f"{path}.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def compressed(data: bytes) -> bytes:
    """A file packed: the same bytes for the same text."""
    return gzip.compress(data, 9, mtime=0)
