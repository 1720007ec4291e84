"""The lock that keeps two builds from publishing at once; it dies with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        # `lockf`, not `flock`: a lock of the latter kind would live on in forked workers.
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Busy(Exception):
    """Another process is building this site right now."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which stays there afterwards; raises `Busy` if another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)  # the umask decides who else may build
    try:
        try:
            _seize(descriptor)
        except OSError as error:
            raise Busy("Một lần dựng trang khác đang chạy; hãy đợi lần đó xong rồi thử lại.") from error
        yield
    finally:
        os.close(descriptor)
