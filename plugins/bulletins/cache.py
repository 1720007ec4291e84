"""Files and rows kept from build to build: sealed when written, and read back whole or not at all.

A seal is a digest of every byte and of what the bytes are said to be. It is checked before anything is parsed, so what
is damaged, cut, of another format or laid there by somebody else is as good as missing: whoever asks makes it anew.
Only data may be kept (JSON, pictures), since anybody can compute a seal. What would be *run* when it is loaded, such
as Python's bytecode, needs a `key` that does not stand in the folder of the cache.

This file needs nothing but the standard library: a build of an unchanged site ends before anything else is loaded.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

SEAL = 32
"""Bytes of a seal: hexadecimal digits of 128 bits."""

About = str | int | None
"""What kept bytes are said to be: their format with its number, their name, other columns of their row."""


def seal(data: bytes, *about: About, key: bytes = b"") -> bytes:
    """The seal of bytes that are `about` something: another for any other byte, name or order of names."""
    digest = blake2b(repr(about).encode(), digest_size=SEAL // 2, key=key)
    # `about` ends where its closing bracket stands, so no byte can pass from one to the other.
    digest.update(data)
    return digest.hexdigest().encode()


def sealed(data: bytes, *about: About, key: bytes = b"") -> bytes:
    """The bytes with their seal before them, for a row or a line."""
    return seal(data, *about, key=key) + data


def unsealed(kept: object, *about: About, key: bytes = b"") -> bytes | None:
    """The bytes that were sealed as being about the same; None if this is anything else, of whatever type."""
    if not isinstance(kept, bytes) or len(kept) < SEAL:
        return None
    data = kept[SEAL:]
    return data if kept[:SEAL] == seal(data, *about, key=key) else None


def read(path: Path, *about: About, key: bytes = b"") -> bytes | None:
    """What `write` kept in a file as being about the same; None if it is missing, not to be read or not the same."""
    try:
        return unsealed(path.read_bytes(), *about, key=key)
    except OSError:
        return None


def write(path: Path, data: bytes, *about: About, key: bytes = b"") -> bool:
    """Keep the bytes in a file; gives whether the disk took them. One that does not costs only time, at the next build.

    Where it does not, the file is as it was before.
    """
    try:
        replace(path, sealed(data, *about, key=key))
    except OSError:
        return False
    return True


def replace(path: Path, data: bytes) -> None:
    """Put the bytes in the place of a file: whoever reads it has the old one or the new one, whoever is killed when.

    Its folder is made if it is missing. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def append(path: Path, data: bytes) -> None:
    """Put the bytes at the end of a file; of what the disk does not take whole, nothing. Raises `OSError`."""
    with path.open("ab", buffering=0) as file:
        before = os.fstat(file.fileno()).st_size
        if file.write(data) < len(data):
            file.truncate(before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
