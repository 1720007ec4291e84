"""What was read before, on file: a bulletin that did not change is neither parsed nor checked again.

The file is a cache: harmless if lost, made anew when it is damaged or when what readings depend on (`context`:
our code, the register, the libraries) has changed. Records and bodies stay on file until somebody asks for them.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from bulletins.domain.filed import Sharing, filed_body, filed_bulletin, summary
from bulletins.domain.model import Body, Bulletin, Part
from bulletins.domain.record import filed_digest
from bulletins.reading.bulletin import Reading

KEPT = 64
"""Records and bodies that stay in memory once fetched: those of a chapter and its neighbours."""

FEW = 100
"""Readings that are quicker asked for one by one than with all others."""

PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""

_TABLES = """
drop table if exists readings;
drop table if exists dossiers;
create table readings(
    name text primary key, stamp text not null, ceremony text, light blob not null, summary blob not null,
    record text, body blob);
create index ceremonies on readings(ceremony);
create table dossiers(
    bloc text not null, year integer not null, told text not null, light blob not null, primary key(bloc, year));
delete from context;
"""


def readings_of(cache: Path, output: Path) -> Path:
    """The file in the folder `cache` where the readings of the site in `output` are kept."""
    return cache / f"readings-{output.name}.sqlite"


class Row(NamedTuple):
    """A reading as it lies on file, in pickled pieces: what is kept in memory of the bulletin is its `summary`.

    All else but the record and the body is `light`, and soon done with: were it one piece with what is kept, memory
    would be left full of holes.
    """

    name: str
    stamp: str
    ceremony: str | None
    light: bytes
    summary: bytes
    record: str | None
    body: bytes | None


def row(stamp: str, reading: Reading) -> Row:
    """The row of a reading; `stamp` changes whenever the file, or what lies beside it, does."""
    bulletin, body = reading.bulletin, reading.body
    light = (reading.mistakes, reading.photos, reading.id_position, reading.claims, reading.silenced)
    kept = (summary(bulletin) if bulletin else None, body.digest if body else None)
    return Row(
        reading.name,
        stamp,
        bulletin.ceremony_id if bulletin else None,
        pickle.dumps(light, pickle.HIGHEST_PROTOCOL),
        pickle.dumps(kept, pickle.HIGHEST_PROTOCOL),
        bulletin.filed if bulletin else None,
        pickle.dumps((body.digest, body.parts), pickle.HIGHEST_PROTOCOL) if body else None,
    )


class Joined(NamedTuple):
    """The summary of a dossier as it lies on file, pickled; `told` is the stamp of what it was joined from."""

    bloc: str
    year: int
    told: str
    light: bytes

    @property
    def key(self) -> tuple[str, int]:
        return self.bloc, self.year


class Unusable(Exception):
    """The file of readings does not give what is asked of it."""


class Damaged(Unusable):
    """The file could not be read and has been thrown away: whoever asks again begins anew."""

    def __str__(self) -> str:
        return "tệp ghi nhớ các bản tin đã đọc bị hỏng và đã được bỏ đi; hãy chạy lại lệnh"


class Overtaken(Unusable):
    """Another command has read a bulletin anew since this one did: what is on file is not what was asked for."""

    def __str__(self) -> str:
        return "nội dung đã đổi và một lệnh khác vừa đọc lại; hãy chạy lại lệnh"


class Stuck(Unusable):
    """The system does not let the file be read or written, or another command holds it too long; says why."""

    def __str__(self) -> str:
        return f"không đọc hay ghi được tệp ghi nhớ các bản tin đã đọc ({', '.join(map(str, self.args))})"


class Shelf:
    """The file of readings. It may be inherited by a worker: each process opens the file for itself.

    Every method may raise `Unusable`.
    """

    def __init__(self, path: Path | None, context: str) -> None:
        self._path = path
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._context = context
        self._bulletin = lru_cache(maxsize=KEPT)(self._fetched_bulletin)
        self._parts = lru_cache(maxsize=KEPT)(self._fetched_parts)
        try:
            self.renew()
        except Damaged:
            self.renew()

    def renew(self) -> None:
        """Begin with what is on file, as far as it was read in this context; after `Damaged`, from nothing."""
        with self._whole() as database:
            database.execute("create table if not exists context(value text)")
            if database.execute("select value from context").fetchall() != [(self._context,)]:
                database.executescript(_TABLES)
                database.execute("insert into context values(?)", (self._context,))

    @contextmanager
    def _whole(self) -> Iterator[sqlite3.Connection]:
        """The open file; one that turns out to be damaged is thrown away. A file that is merely busy is not."""
        try:
            yield self._database()
        except sqlite3.OperationalError as error:
            raise Stuck(str(error)) from error
        except (sqlite3.DatabaseError, pickle.UnpicklingError, EOFError) as error:
            self._opened = None
            if self._path is not None:
                self._path.unlink(missing_ok=True)
            raise Damaged from error

    def _database(self) -> sqlite3.Connection:
        if self._opened is None or (self._opened[0] != os.getpid() and self._path is not None):
            self._opened = (os.getpid(), self._open())
        return self._opened[1]

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path or ":memory:", timeout=PATIENCE, isolation_level=None)
        # A power cut may cost the file, which is only a cache; a killed build does not.
        database.execute("pragma synchronous = off")
        return database

    def stamps(self) -> dict[str, str]:
        """The stamp of every file that was read."""
        with self._whole() as database:
            return dict(database.execute("select name, stamp from readings"))

    def stamps_of(self, names: Iterable[str]) -> list[str | None]:
        """The stamps of a few files; None for one that was not read."""
        return [self._column("stamp", name) for name in names]

    def put(self, rows: Iterable[Row]) -> None:
        """Keep these readings, in the place of older ones of the same files."""
        with self._whole() as database, database:
            database.execute("begin")
            database.executemany("insert or replace into readings values(?, ?, ?, ?, ?, ?, ?)", rows)
        self._bulletin.cache_clear()
        self._parts.cache_clear()

    def drop(self, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        with self._whole() as database, database:
            database.execute("begin")
            database.executemany("delete from readings where name = ?", ((name,) for name in names))

    def dossiers(self) -> list[Joined]:
        """Every dossier that was kept."""
        with self._whole() as database:
            return [Joined(*found) for found in database.execute("select bloc, year, told, light from dossiers")]

    def keep_dossiers(self, joined: Iterable[Joined]) -> None:
        """Keep these dossiers, and no others."""
        with self._whole() as database, database:
            database.execute("begin")
            database.execute("delete from dossiers")
            database.executemany("insert into dossiers values(?, ?, ?, ?)", joined)

    def readings(self, names: Sequence[str]) -> list[Reading]:
        """The readings of these files, in this order; their records and bodies are fetched when asked for."""
        share = Sharing()
        with self._whole() as database, database:
            database.execute("begin")
            filed = {name: self._filed(name, kept, share) for name, kept in self._each("summary", names)}
            lights = dict(self._each("light", names))
        if not filed.keys() >= set(names):
            raise Overtaken
        return [self._reading(name, lights[name], filed[name]) for name in names]

    def reading(self, row: Row) -> Reading:
        """The reading of a row that need not be on file: its record and body are to be had once it is."""
        return self._reading(row.name, row.light, self._filed(row.name, row.summary, Sharing()))

    def of_ceremonies(self, readings: Iterable[Reading]) -> list[Reading]:
        """Every reading of the ceremonies that these report, in the order of their files."""
        ceremonies = sorted({reading.bulletin.ceremony_id for reading in readings if reading.bulletin})
        ask = "select name from readings where ceremony = ?"
        with self._whole() as database:
            names = {name for one in ceremonies for (name,) in database.execute(ask, (one,))}
        return self.readings(sorted(names))

    def _each(self, column: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if len(names) < FEW:
            yield from ((name, found) for name in names if (found := self._column(column, name)) is not None)
        else:
            with self._whole() as database:
                yield from database.execute(f"select name, {column} from readings")

    def _filed(self, name: str, pickled: bytes, share: Sharing) -> tuple[Bulletin | None, Body | None]:
        values, digest = self._unpickled(pickled)
        bulletin = filed_bulletin(share(values), name, self._bulletin) if values else None
        return bulletin, filed_body(digest, name, self._parts) if digest else None

    def _reading(self, name: str, pickled: bytes, filed: tuple[Bulletin | None, Body | None]) -> Reading:
        mistakes, photos, id_position, claims, silenced = self._unpickled(pickled)
        return Reading(name, mistakes, *filed, photos, id_position, claims, silenced)

    def _unpickled(self, data: bytes) -> Any:
        with self._whole():
            return pickle.loads(data)

    def _fetched_bulletin(self, name: str, digest: str) -> Bulletin:
        record = self._column("record", name)
        if record is None or filed_digest(Bulletin, record) != digest:
            raise Overtaken
        return Bulletin.model_validate_json(record)

    def _fetched_parts(self, name: str, digest: str) -> tuple[Part, ...]:
        body = self._column("body", name)
        found, parts = self._unpickled(body) if body else (None, ())
        if found != digest:
            raise Overtaken
        return tuple(parts)

    def _column(self, column: str, name: str) -> Any:
        with self._whole() as database:
            found = database.execute(f"select {column} from readings where name = ?", (name,)).fetchone()
        return found[0] if found else None
