"""`SHA256SUMS`: every file of a release with its hash, as `sha256sum` writes and checks it."""

from __future__ import annotations

from collections.abc import Mapping

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.minisig"
SERVER_SUMS = ".SHA256SUMS"
"""The same for files that are none of the site's own: what the server needs to answer well, and nobody asks for."""


def write_sums(files: Mapping[str, str]) -> bytes:
    """The text for paths and the SHA-256 of their files in lowercase hex, sorted by path."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files.items())).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """The same, read back; raises ValueError for a text that `write_sums` did not write whole."""
    lines = data.decode().splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    if write_sums(sums) != data:
        raise ValueError(f"{SUMS} is damaged")
    return sums
