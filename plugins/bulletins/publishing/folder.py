"""A folder that a web server serves: `releases/<n>/` beside each other, and `current`, a link to the one shown.

Exchanging a link is the only step that readers see, and it is one step for the system too: whoever opens a file
through `current` has it from the old release or from the new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bulletins.making.lock import Busy, held
from bulletins.publishing.sums import SERVER_SUMS, SUMS, read_sums
from bulletins.publishing.target import ANOTHER_RUNS, Release, Sent, Server, TargetFailed, proven

CURRENT = "current"
RELEASES = "releases"
WAS = ".was"
"""The ending of a file that tells which release is about to be shown again under the number in its name."""


class Folder:
    """The target `top`; it is made when the first release goes out."""

    server = Server.OWN

    def __init__(self, top: Path) -> None:
        self._top = top
        self._releases = top / RELEASES

    @property
    def name(self) -> str:
        return str(self._top)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See `Target`."""
        try:
            self._releases.mkdir(parents=True, exist_ok=True)
            with held(self._top / ".lock"):
                self._clear()
                yield
        except Busy as busy:
            raise TargetFailed(ANOTHER_RUNS.format(busy.holder)) from busy
        except OSError as error:
            raise TargetFailed(f"Không ghi được vào {self._top} / Cannot write there") from error

    def present(self) -> int | None:
        """See `Target`."""
        current = self._top / CURRENT
        if not current.is_symlink() and not current.exists():
            return None
        name = current.readlink().name if current.is_symlink() else ""
        if not name.isdecimal():
            raise TargetFailed(
                f"{current}: phải là liên kết tới {RELEASES}/<số>; xem “Restoring from nothing” trong "
                f"docs/developers/publishing.md / must be a link to {RELEASES}/<number>."
            )
        return int(name)

    def kept(self) -> tuple[int, ...]:
        """See `Target`."""
        names = (path.name for path in self._releases.iterdir()) if self._releases.is_dir() else ()
        return tuple(sorted(int(name) for name in names if name.isdecimal()))

    def read(self, path: str, number: int | None = None) -> bytes | None:
        """See `Target`."""
        release = self.present() if number is None else number
        if release is None:
            return None
        try:
            return (self._releases / str(release) / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def read_all(self, paths: Collection[str], number: int | None = None) -> dict[str, bytes]:
        """See `Target`."""
        read = {path: self.read(path, number) for path in paths}
        return {path: data for path, data in read.items() if data is not None}

    def publish(self, release: Release) -> Sent:
        """See `Target`."""
        beside = self._releases / f".{release.number}.new"
        sent = self._lay(release, beside)
        self._finish(beside, release.number)
        return sent

    def show_again(self, earlier: int, release: Release, without: Collection[str]) -> None:
        """See `Target`."""
        old, mark = self._releases / str(earlier), self._releases / f".{release.number}{WAS}"
        for path in set(without) - release.extra.keys():
            (old / path).unlink(missing_ok=True)
        for path, data in release.extra.items():
            _replace(old / path, data)
        mark.write_text(str(earlier), encoding="ascii")
        os.sync()
        old.rename(self._releases / str(release.number))
        self._show(release.number)
        mark.unlink()

    def _finish(self, beside: Path, number: int) -> None:
        """Give a release that is laid its number, and show it."""
        # After a power cut, too, a link that is seen must lead to files that are whole.
        os.sync()
        beside.rename(self._releases / str(number))
        self._show(number)

    def drop(self, numbers: Collection[int]) -> None:
        """See `Target`."""
        for number in sorted(set(numbers) - {self.present()}):
            # What is half removed is no release any more.
            beside = self._releases / f".{number}.old"
            (self._releases / str(number)).rename(beside)
            shutil.rmtree(beside)

    def _clear(self) -> None:
        """Remove what a killed publication left: only what has no number, or a number that was never shown.

        An earlier release that was about to be shown again goes back to its own number.
        """
        for mark in self._releases.glob(f".*{WAS}"):
            again = self._releases / mark.name[1:].removesuffix(WAS)
            if again.is_dir() and int(again.name) > (self.present() or 0):
                again.rename(self._releases / mark.read_text(encoding="ascii"))
            mark.unlink()
        for path in self._releases.iterdir():
            if path.name.startswith("."):
                shutil.rmtree(path)
        for number in self.kept():
            if number > (self.present() or 0):
                shutil.rmtree(self._releases / str(number))
        (self._top / f".{CURRENT}.new").unlink(missing_ok=True)

    def _show(self, number: int) -> None:
        beside = self._top / f".{CURRENT}.new"
        try:
            beside.symlink_to(f"{RELEASES}/{number}", target_is_directory=True)
        except OSError as error:
            raise TargetFailed(f"{self._top}: ổ này không tạo được liên kết (symlink): {error.strerror}.") from error
        beside.replace(self._top / CURRENT)
        _flush(self._top)

    def _lay(self, release: Release, beside: Path) -> Sent:
        """Make the release's folder: files that the present one has are linked, the others copied."""
        standing, new, known = str(self._releases / str(self.present())), str(beside), self._known()
        files = size = 0
        paths = [*release.extra, *(path for part in release.parts for path in part.files)]
        for folder in sorted({path.rpartition("/")[0] for path in paths}):
            os.makedirs(f"{new}/{folder}", exist_ok=True)  # noqa: PTH103 - tens of thousands of times
        for part in release.parts:
            for path, sha256 in part.files.items():
                if path in release.extra:
                    continue
                if known.get(path) != sha256 or not _link(f"{standing}/{path}", f"{new}/{path}", sha256):
                    size += _copy(part.folder / path, beside / path, sha256)
                    files += 1
        for path, data in release.extra.items():
            (beside / path).write_bytes(data)
        return Sent(files + len(release.extra), size + sum(map(len, release.extra.values())))

    def _known(self) -> dict[str, str]:
        """The files of the present release, with their hashes."""
        return {
            path: sha256 for name in (SUMS, SERVER_SUMS) for path, sha256 in read_sums(self.read(name) or b"").items()
        }


def _replace(file: Path, data: bytes) -> None:
    """Put a file in another's place. What is written is another file: the old one is other releases' too."""
    beside = file.with_name(f".{file.name}.new")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(data)
    beside.replace(file)


def _link(old: str, new: str, sha256: str) -> bool:
    """Give a published file a second name; not if it was altered since, or the file system has no such links."""
    try:
        with open(old, "rb", buffering=0) as file:  # noqa: PTH123 - a hundred thousand times
            if hashlib.sha256(file.read()).hexdigest() != sha256:
                return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _copy(source: Path, target: Path, sha256: str) -> int:
    """Copy a file with its time, and give its size; raises `TargetFailed` if it is not as the build made it."""
    data = proven(source, sha256)
    target.write_bytes(data)
    stamp = source.stat()
    os.utime(target, ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    return len(data)


def _flush(folder: Path) -> None:
    """Make sure that a name in the folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
