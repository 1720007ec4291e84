"""A file of SQLite that may be lost: opened by each process for itself, closed with its object, and done without."""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""

_NOT_DAMAGED = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM,
})  # fmt: skip
"""What the system or another process does to a file that may be whole."""


class Unusable(Exception):
    """The file cannot be used any more; whoever asks again has a new one, or one in memory."""

    def __str__(self) -> str:
        return f"không đọc hay ghi được tệp ghi nhớ các bản tin đã đọc ({', '.join(map(str, self.args))})"


class Database:
    """The file at `path`, or one in memory. A worker may inherit it: it opens the file for itself."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connections: dict[int, sqlite3.Connection] = {}

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The open file. Raises `Unusable` when it fails; from then on there is another, or one in memory."""
        try:
            yield self._connection()
        except (sqlite3.Error, OSError, UnicodeError) as error:
            self._give_up(error)
            raise Unusable(str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        if self._process not in self._connections:
            self._connections[self._process] = self._open()
        return self._connections[self._process]

    @property
    def _process(self) -> int:
        """Whose connection is used: what is in memory is everybody's."""
        return os.getpid() if self._path else 0

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch()  # with the rights that the umask gives: SQLite would leave out a group's
        # The collector may close it, and in whichever thread it runs; nobody uses it in two at once.
        database = sqlite3.connect(
            self._path or ":memory:", timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        weakref.finalize(self, database.close)
        database.text_factory = partial(str, encoding="utf-8", errors="replace")
        # A power cut may cost the file, which is only a cache; a killed build does not.
        database.execute("pragma synchronous = off")
        # A row is read once or twice in a build, by each process for itself, and the system has the file in memory.
        database.execute("pragma cache_size = -256")
        return database

    def _give_up(self, error: Exception) -> None:
        """Go on without the file: with a new one if it is damaged and can be thrown away, or else in memory."""
        if self._process in self._connections:
            self._connections.pop(self._process).close()
        # Of a damaged schema the message itself may be no text.
        is_no_text = isinstance(error, UnicodeError)
        code = sqlite3.SQLITE_CORRUPT if is_no_text else getattr(error, "sqlite_errorcode", None)
        if self._path is None or code is None or code & 0xFF in _NOT_DAMAGED:
            self._path = None
            return
        try:
            self._path.unlink(missing_ok=True)
            # What a killed process left half done belongs to the old file.
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        except OSError:
            self._path = None
