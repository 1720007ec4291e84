"""What a place that serves the site can do for a publication, whatever kind of place it is."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple, Protocol


class TargetFailed(Exception):
    """The target cannot take a release; the text says why and what to do. The site that is out stays whole."""


ANOTHER_RUNS = "Một lần đăng khác đang chạy ({}); hãy đợi lần đó xong rồi đăng lại / Another publication is running."
"""What a second publisher is told; the braces name the first one."""


class Server(Enum):
    """What answers readers, and so which files a release needs besides the site's own.

    `OWN` is a server with the configuration of `deploy/`, `PAGES` a host of static pages that reads `_headers` and
    `_redirects`, `STORAGE` a store of objects that answers with what each was stored with.
    """

    OWN = "own"
    PAGES = "pages"
    STORAGE = "storage"


class Part(NamedTuple):
    """Files that lie in one folder: the SHA-256, in lowercase hex, of each by its path below the folder."""

    folder: Path
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """One state of the whole site, ready to go out.

    `parts` are files on this machine; `extra` gives the bytes of the others by their paths: the sums, their signature,
    marks for the server. Where a path is in both, `extra` counts.
    """

    number: int
    parts: Sequence[Part]
    extra: Mapping[str, bytes] = field(default_factory=dict)


class Sent(NamedTuple):
    """What a publication took: files and bytes that went over, all others stood there already."""

    files: int
    bytes: int


class Target(Protocol):
    """A place that serves the site: it keeps the newest releases, and shows one of them."""

    @property
    def name(self) -> str:
        """The place as the person who publishes knows it."""

    @property
    def server(self) -> Server:
        """What answers readers there."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep other publishers out, and clear away what a killed one left. Raises `TargetFailed` if one is at work."""

    def present(self) -> int | None:
        """The number of the release that is shown, or None before the first."""

    def kept(self) -> tuple[int, ...]:
        """The numbers of the releases that are kept, the oldest first."""

    def read(self, path: str, number: int | None = None) -> bytes | None:
        """A file of a release, of the present one unless a number is given; None where there is none."""

    def read_all(self, paths: Collection[str], number: int | None = None) -> dict[str, bytes]:
        """Those of these files of a release that are there, brought together: as `read`, with fewer questions."""

    def publish(self, release: Release) -> Sent:
        """Lay the release beside the others, and show it, in one step. Raises `TargetFailed`."""

    def show_again(self, earlier: int, release: Release, without: Collection[str]) -> None:
        """Show an earlier release again as a new one: all its files but those named, and those of `release.extra`.

        It may be kept under its old number too, or not.
        """

    def drop(self, numbers: Collection[int]) -> None:
        """Remove these releases whole; never the present one."""


def proven(file: Path, sha256: str) -> bytes:
    """The bytes of a file that the build made; raises `TargetFailed` if they were altered since."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise TargetFailed(f"{file}: tệp đã bị sửa sau khi dựng; hãy chạy lại / was altered since it was built; again.")
    return data
