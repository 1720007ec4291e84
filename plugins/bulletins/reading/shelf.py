"""What was read before, on file: a bulletin that did not change is neither parsed nor checked again.

The file is a cache: harmless if lost, made anew when it is damaged or when what readings depend on (`context`:
our code, the register, the libraries) has changed. Records and bodies stay on file until somebody asks for them.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bulletins.domain.filed import filed_body, filed_bulletin, summary
from bulletins.domain.model import Bulletin, Part
from bulletins.reading.bulletin import Reading

KEPT = 512
"""Records that stay in memory once fetched: those of a few blocs, since pages are made bloc by bloc."""

FEW = 100
"""Readings that are quicker asked for one by one than with all others."""

_TABLES = """
create table if not exists context(value text);
create table if not exists readings(
    name text primary key, stamp text not null, ceremony text, light blob not null, record text, body blob);
create index if not exists ceremonies on readings(ceremony);
"""


class Row(NamedTuple):
    """A reading as it lies on file: all but the record and the body is `light`, and pickled."""

    name: str
    stamp: str
    ceremony: str | None
    light: bytes
    record: str | None
    body: bytes | None


def row(stamp: str, reading: Reading) -> Row:
    """The row of a reading; `stamp` changes whenever the file, or what lies beside it, does."""
    bulletin, body = reading.bulletin, reading.body
    light = (
        replace(reading, bulletin=None, body=None),
        summary(bulletin) if bulletin else None,
        body.digest if body else None,
    )
    return Row(
        reading.name,
        stamp,
        bulletin.ceremony_id if bulletin else None,
        pickle.dumps(light, pickle.HIGHEST_PROTOCOL),
        bulletin.model_dump_json(by_alias=True, exclude_defaults=True) if bulletin else None,
        pickle.dumps(body.parts, pickle.HIGHEST_PROTOCOL) if body else None,
    )


class Shelf:
    """The file of readings. It may be inherited by a worker: each process opens the file for itself."""

    def __init__(self, path: Path | None, context: str) -> None:
        self._path = path
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._kept: dict[str, Bulletin] = {}
        try:
            self._begin(context)
        except sqlite3.DatabaseError:
            self._discard()
            self._begin(context)

    def _begin(self, context: str) -> None:
        database = self._database()
        database.executescript(_TABLES)
        if database.execute("select value from context").fetchall() != [(context,)]:
            database.executescript("delete from context; delete from readings;")
            database.execute("insert into context values(?)", (context,))

    def _discard(self) -> None:
        if self._path is not None:
            self._opened = None
            self._path.unlink(missing_ok=True)

    def _database(self) -> sqlite3.Connection:
        if self._opened is None or (self._opened[0] != os.getpid() and self._path is not None):
            self._opened = (os.getpid(), self._open())
        return self._opened[1]

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path or ":memory:", isolation_level=None)
        # A power cut may cost the file, which is only a cache; a killed build does not.
        database.execute("pragma synchronous = off")
        return database

    def stamps(self) -> dict[str, str]:
        """The stamp of every file that was read."""
        return dict(self._database().execute("select name, stamp from readings"))

    def put(self, rows: Iterable[Row]) -> None:
        """Keep these readings, in the place of older ones of the same files."""
        database = self._database()
        with database:
            database.execute("begin")
            database.executemany("insert or replace into readings values(?, ?, ?, ?, ?, ?)", rows)
        self._kept.clear()

    def drop(self, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        database = self._database()
        with database:
            database.execute("begin")
            database.executemany("delete from readings where name = ?", ((name,) for name in names))

    def readings(self, names: Sequence[str]) -> list[Reading]:
        """The readings of these files, in this order; their records and bodies are fetched when asked for."""
        one_by_one = len(names) < FEW
        found = dict(self._lights(names if one_by_one else None))
        return [self._reading(name, *pickle.loads(found[name])) for name in names]

    def _lights(self, names: Iterable[str] | None) -> Iterator[tuple[str, bytes]]:
        if names is None:
            yield from self._database().execute("select name, light from readings")
            return
        for name in names:
            yield name, self._column("light", name)

    def of_ceremonies(self, readings: Iterable[Reading]) -> list[Reading]:
        """Every reading of the ceremonies that these report, in the order of their files."""
        ceremonies = sorted({reading.bulletin.ceremony_id for reading in readings if reading.bulletin})
        ask = "select name from readings where ceremony = ?"
        names = {name for one in ceremonies for (name,) in self._database().execute(ask, (one,))}
        return self.readings(sorted(names))

    def _reading(self, name: str, light: Reading, values: tuple[Any, ...] | None, digest: str | None) -> Reading:
        return replace(
            light,
            bulletin=filed_bulletin(values, partial(self._bulletin, name)) if values else None,
            body=filed_body(digest, partial(self._parts, name)) if digest else None,
        )

    def _bulletin(self, name: str) -> Bulletin:
        if name not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[name] = Bulletin.model_validate_json(self._column("record", name))
        return self._kept[name]

    def _parts(self, name: str) -> tuple[Part, ...]:
        parts: tuple[Part, ...] = pickle.loads(self._column("body", name))
        return parts

    def _column(self, column: str, name: str) -> Any:
        found = self._database().execute(f"select {column} from readings where name = ?", (name,)).fetchone()
        return found[0]
