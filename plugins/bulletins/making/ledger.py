"""The ledger: what each published file was made from and how it stood on the disk; harmless if lost."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMAT = "bulletins-ledger-1"

Stat = tuple[int, int]
"""Size in bytes and modification time in nanoseconds."""

Entry = tuple[str, str, int, int]
"""Fingerprint of the line of the plan, SHA-256 of the bytes, size in bytes, modification time in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The published site as the last build left it, by paths relative to the output folder.

    `folders` gives each folder's modification time in nanoseconds (the output folder itself is ""): while it is
    the same, no name in the folder has come or gone.
    """

    files: Mapping[str, Entry]
    folders: Mapping[str, int]


def load(path: Path) -> Ledger:
    """The ledger as it was saved; empty if it is missing, cut, damaged or of another format.

    An unreadable ledger only means that everything is made and compared again.
    """
    try:
        head, seal, body = path.read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        return Ledger({}, {})
    if head != FORMAT.encode() or seal != _seal(body):
        return Ledger({}, {})
    files, folders = json.loads(body)
    return Ledger({file: tuple(entry) for file, entry in files.items()}, folders)


def save(path: Path, ledger: Ledger) -> None:
    """Replace the ledger at once: whoever reads it, or is killed here, has the old one or the new one."""
    body = json.dumps([ledger.files, ledger.folders], separators=(",", ":")).encode()
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(b"\n".join((FORMAT.encode(), _seal(body), body)))
    os.replace(beside, path)


def _seal(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode()
