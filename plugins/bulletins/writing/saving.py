"""A file put in the place of another at once, and only if that is still what its editor opened."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path


class Moved(Exception):
    """The file is not the one that was opened: somebody else has saved it meanwhile."""


def digest(data: bytes) -> str:
    """By which the bytes of a file are known again."""
    return blake2b(data, digest_size=16).hexdigest()


def save(path: Path, data: bytes, opened: str) -> bool:
    """Put `data` in the place of the file whose digest was `opened`; whether anything had to be written.

    Whoever reads sees the old file or the new one, whatever is killed when. Call it with a lock held. Raises `Moved`,
    and OSError where the file cannot be written.
    """
    before = path.read_bytes()
    if digest(before) != opened:
        raise Moved
    if before == data:
        return False
    replace(path, data)
    return True


def replace(path: Path, data: bytes) -> None:
    """Write a file beside, bring it to the disk, and give it the name; a link by that name is not followed."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
