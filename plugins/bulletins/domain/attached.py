"""A file that goes out beside a bulletin: what is known of it before it is copied."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """Attachment `n` (from 1) of a bulletin; the file lies at `path`, and goes out under `name` beside the page.

    `media_type` is that of its content (RFC 6838), `size` is in bytes, `sha256` in lowercase hex.
    """

    n: int
    path: str
    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def digest(self) -> str:
        """Changes whenever what goes out does; where the file lies does not matter."""
        return f"{self.n} {self.name} {self.media_type} {self.sha256}"

    def read(self) -> bytes:
        """Its bytes; raises ValueError if they are no longer the ones that were looked at."""
        data = Path(self.path).read_bytes()
        if sha256(data).hexdigest() != self.sha256:
            raise ValueError("tệp đính kèm đã đổi trong lúc dựng; hãy chạy lại lệnh")
        return data
