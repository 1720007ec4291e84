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
    """Another process is building this site right now: the `holder` of the lock, as user, machine and process."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"Một lần dựng trang khác đang chạy ({holder}); hãy đợi lần đó xong rồi thử lại.")
        self.holder = holder


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which stays there afterwards; raises `Busy` if another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The umask decides who else may build.
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0) as file:
        try:
            _seize(file.fileno())
        except OSError as error:
            file.seek(1)
            raise Busy(file.read(200).decode("utf-8", "replace") or "?") from error
        # Behind the byte that is locked others can read who holds the lock, on every system.
        file.truncate(file.write(_holder()))
        try:
            yield
        finally:
            file.truncate(0)


def _holder() -> bytes:
    """A blank, and who this process is."""
    import socket

    user = next(filter(None, map(os.environ.get, ("USER", "LOGNAME", "USERNAME"))), "?")
    return f" {user}@{socket.gethostname()}, PID {os.getpid()}".encode("utf-8", "replace")
