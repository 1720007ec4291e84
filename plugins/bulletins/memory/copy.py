"""A copy of the published site, or of as much of it as a memory is read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Copy:
    """The folder of a copy; as an input of the plan it counts for nothing, since every file of it is proven."""

    folder: Path

    @property
    def digest(self) -> str:
        return ""

    def read(self, path: str) -> bytes | None:
        """A file by its path below the site's root; None where there is none."""
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None

    def proven(self, path: str, sha256: str) -> bytes:
        """A file that has this SHA-256; raises ValueError if it has not, or is missing."""
        data = self.read(path)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"{self.folder / path}")
        return data
