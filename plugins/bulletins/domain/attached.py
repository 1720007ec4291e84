"""Files that go out as they stand: what is known of each before it is copied."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Attachment `n` (from 1) of a bulletin; the file lies at `path`, and goes out under `name` beside the page.

    `title` is what readers see it called. `media_type` is that of its content (RFC 6838), `size` is in bytes, `sha256`
    in lowercase hex.
    """

    n: int
    path: str
    name: str
    title: str
    media_type: str
    size: int
    sha256: str

    @property
    def digest(self) -> str:
        """Changes whenever what goes out does; where the file lies does not matter."""
        return f"{self.n} {self.name} {self.media_type} {self.sha256} {self.title}"

    def read(self) -> bytes:
        """Its bytes; raises ValueError if they are no longer the ones that were looked at."""
        return _proven(self.path, self.sha256)


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """A file of `content/extra`, which goes out as it stands: `name` is its path below the root, `size` is in bytes."""

    path: str
    name: str
    size: int
    sha256: str

    @property
    def digest(self) -> str:
        """Changes whenever what goes out does."""
        return f"{self.name} {self.sha256}"

    def read(self) -> bytes:
        """Its bytes; raises ValueError if they are no longer the ones that were looked at."""
        return _proven(self.path, self.sha256)


def _proven(path: str, expected: str) -> bytes:
    data = Path(path).read_bytes()
    if sha256(data).hexdigest() != expected:
        raise ValueError("tệp đã đổi trong lúc dựng; hãy chạy lại lệnh")
    return data
