"""The reading cache: what came of every file, so that a bulletin that did not change is neither parsed nor checked.

A file of SQLite, harmless if lost. Every row is JSON under a seal that covers what the row is about: its name, the
stamp of the file that was read, and the `context` it was read in (our code, the libraries). A row with
any other byte is as good as missing, and the bulletin is read anew. Records and texts stay on file until they are asked
for, and are handed out only with the digest that goes with the rest; they too are read anew where the file fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from bulletins.cache import sealed, unsealed
from bulletins.domain.attached import AttachedFile
from bulletins.domain.attribution import Undated
from bulletins.domain.dossier import Dossier
from bulletins.domain.lazy import DossierFigures, DossierSummary, Sharing, Summary, lazy_body, lazy_bulletin
from bulletins.domain.model import Bulletin, Piece, Placed
from bulletins.domain.pictures import PhotoSource
from bulletins.domain.record import record_digest
from bulletins.mistakes import Mistake
from bulletins.reading.bulletin import Reading
from bulletins.reading.consulted import Consulted
from bulletins.reading.database import Database, Unusable
from bulletins.reading.frontmatter import Position
from bulletins.reading.inside_links import InsideLink
from bulletins.reading.rules.across import Claim

KEPT = 64
"""Records and texts that stay in memory once fetched: those of a chapter and its neighbours."""

_SCHEMA = """
drop table if exists readings;
drop table if exists dossiers;
drop table if exists kept;
create table readings(
    name text primary key, stamp text not null, kept blob not null, record blob, body blob, consulted blob);
create table dossiers(
    bloc text not null, year integer not null, stamp text not null, summary blob not null, figures blob not null,
    primary key(bloc, year));
create table kept(name text primary key, value blob not null);
"""

_CONTEXT, _REGISTER, _CEREMONIES = "context", "register", "ceremonies"

_IF_HELD = "? = (select value from kept where name = 'register')"
"""Whether readings are still held to be those of one register; in one step with what is done with them."""


class Context(NamedTuple):
    """What readings depend on beside their files: a digest of the register, and one of all others (our code, the
    libraries, where the site and its content stand).
    """

    register: str
    others: str


NOT_KEPT = Context("", "")
"""The context of readings of which nothing is kept."""


def reading_cache_of(folder: Path, output: Path) -> Path:
    """The file in the folder of the caches where the readings of the site in `output` are kept."""
    return folder / f"readings-{output.name}.sqlite"


class Kept(NamedTuple):
    """What is kept of a reading beside its record and its text; `body` is the digest of the latter."""

    summary: Summary | None
    body: str | None
    mistakes: tuple[Mistake, ...]
    photos: tuple[PhotoSource, ...]
    id_position: Position | None
    claims: tuple[Claim, ...]
    silenced: tuple[tuple[str, str], ...]
    attachments: tuple[AttachedFile, ...]
    links: tuple[InsideLink, ...]
    anchors: tuple[str, ...]
    is_draft: bool
    undated: tuple[Undated, ...]


class Row(NamedTuple):
    """A reading as it lies on file: `Kept` as sealed JSON, the JSON of the record, the sealed text, and, sealed too,
    what was asked of the register.
    """

    name: str
    stamp: str
    kept: bytes
    record: bytes | None
    body: bytes | None
    consulted: bytes | None


class DossierRow(NamedTuple):
    """A dossier as it lies on file: its summary and its figures, each as sealed JSON.

    `stamp` tells what it was joined from.
    """

    bloc: str
    year: int
    stamp: str
    summary: bytes
    figures: bytes


@cache
def _json(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def row(context: str, stamp: str, reading: Reading) -> Row:
    """The row of a reading; `stamp` changes whenever the file, or what lies beside it, does."""
    bulletin, body, rest = reading.bulletin, reading.body, (getattr(reading, name) for name in Kept._fields[2:])
    about, consulted = (context, reading.name, stamp), reading.consulted
    kept = Kept(Summary.of(bulletin) if bulletin else None, body.digest if body else None, *rest)
    return Row(
        reading.name,
        stamp,
        sealed(_json(Kept).dump_json(kept, by_alias=True), "reading", *about),
        bulletin.as_json.encode() if bulletin else None,
        sealed(_packed(body.parts), "body", body.digest) if body else None,
        sealed(consulted.as_json, "consulted", *about) if consulted else None,
    )


def _packed(parts: Sequence[Piece]) -> bytes:
    """The parts of a text as a line of JSON, in which a piece of HTML is its length (bytes), and then all HTML.

    HTML makes up nearly all of it, and stays as it is: JSON would have to look at every letter.
    """
    pieces = [part.encode() if isinstance(part, str) else b"" for part in parts]
    line = [len(piece) if isinstance(part, str) else [part] for part, piece in zip(parts, pieces, strict=True)]
    return b"%s\n%s" % (json.dumps(line).encode(), b"".join(pieces))


def _unpacked(packed: bytes) -> Iterator[Piece]:
    line, _, html = packed.partition(b"\n")
    start = 0
    for part in json.loads(line):
        if isinstance(part, int):
            yield html[start : start + part].decode()
            start += part
        else:
            yield part[0] if isinstance(part[0], int) else Placed(*part[0])


class Overtaken(Unusable):
    """A bulletin has changed since the command began: neither its file nor the cache holds what was read."""

    def __str__(self) -> str:
        return "nội dung đã đổi trong lúc lệnh đang chạy; hãy chạy lại lệnh"


ReadAgain = Callable[[str], Reading | None]
"""Reads a bulletin from its file by its name; None if it is gone."""


class ReadingCache:
    """The file of readings at `path`, or one in memory. A worker may inherit it, or be sent it: each process opens the
    file for itself.

    `context` is what readings depend on beside their files; `read_again` gives what the cache has lost.
    The file says for which register its readings hold; who works with another one finds none, and keeps none.
    """

    def __init__(self, path: Path | None, context: Context, read_again: ReadAgain) -> None:
        self._database = Database(path)
        self._made_of = (path, context, read_again)
        self._register, self._context = context
        self._held = self._register
        self._share = Sharing()
        self._bulletin = lru_cache(maxsize=KEPT)(partial(_fetch_bulletin, self._database, read_again))
        self._parts = lru_cache(maxsize=KEPT)(partial(_fetch_parts, self._database, read_again))
        # Bound once, since every bulletin holds them.
        self._fetch_bulletin, self._fetch_parts = self.bulletin, self.parts

    def __reduce__(self) -> tuple[type[ReadingCache], tuple[Path | None, Context, ReadAgain]]:
        return ReadingCache, self._made_of

    def bulletin(self, name: str, digest: str) -> Bulletin:
        """The record of a file; it is read anew if it is not to be had with this digest. Raises `Overtaken`."""
        return self._bulletin(name, digest)

    def parts(self, name: str, digest: str) -> tuple[Piece, ...]:
        """The parts of a file's text, likewise."""
        return self._parts(name, digest)

    def begin(self) -> bool:
        """Throw away what was read in another context. Raises `Unusable`, as all that follows.

        Gives whether what is left was read with another register: `follow` says which of it holds for this one.
        """
        held = self._value(_REGISTER)
        if held is None or self._value(_CONTEXT) != self._context.encode():
            with self._database.opened() as database:
                database.executescript(_SCHEMA)
            self._keep(_CONTEXT, self._context.encode())
            self._keep(_REGISTER, held := self._register.encode())
        self._held = held.decode()
        return self._held != self._register

    def consulted(self, name: str, stamp: str) -> Consulted | None:
        """What the reading of a file with this stamp asked of the register; None if that is not to be had."""
        as_json = unsealed(_column(self._database, "consulted", name), "consulted", self._context, name, stamp)
        return Consulted.of_json(as_json) if as_json else None

    def follow(self, stamps: Mapping[str, str]) -> None:
        """Hold the readings of these files, which have these stamps, to be those of this register; drop all others.

        Raises `Unusable` if another command holds them to be those of yet another since we began.
        """
        with self._database.opened() as database, database:
            database.execute("begin immediate")
            if not database.execute(f"select {_IF_HELD}", (self._as_held,)).fetchone()[0]:
                raise Unusable(_REGISTER)
            known = database.execute("select name, stamp from readings").fetchall()
            gone = [(name,) for name, stamp in known if stamps.get(name) != stamp]
            database.executemany("delete from readings where name = ?", gone)
            self._keep(_REGISTER, self._register.encode())
        self._held = self._register

    @property
    def _as_held(self) -> bytes:
        return sealed(self._held.encode(), _REGISTER)

    def _value(self, name: str) -> bytes | None:
        with self._database.opened() as database:
            if not database.execute("select 1 from sqlite_master where name = 'kept'").fetchone():
                return None
            values = database.execute("select value from kept where name = ?", (name,)).fetchone()
        return unsealed(values[0], name) if values else None

    def _keep(self, name: str, value: bytes) -> None:
        with self._database.opened() as database:
            database.execute("insert or replace into kept values(?, ?)", (name, sealed(value, name)))

    def readings(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, tuple[str, Reading]]]:
        """Every whole reading by name, or those of a few files, each with its stamp.

        Their records and texts are fetched when they are asked for.
        """
        ask, held = f"select name, stamp, kept from readings where {_IF_HELD}", self._as_held
        asked = [(ask, (held,))] if names is None else [(f"{ask} and name = ?", (held, name)) for name in names]
        with self._database.opened() as database:
            for name, stamp, kept in (values for each in asked for values in database.execute(*each)):
                reading = self._reading(name, stamp, kept)
                if reading is not None:
                    yield name, (stamp, reading)

    def reading(self, row: Row) -> Reading:
        """The reading of a row that was made just now."""
        reading = self._reading(row.name, row.stamp, row.kept)
        if reading is None:
            raise Overtaken
        return reading

    def _reading(self, name: str, stamp: str, kept: bytes) -> Reading | None:
        as_json = unsealed(kept, "reading", self._context, name, stamp)
        if as_json is None:
            return None
        summary, body, mistakes, *rest = _json(Kept).validate_json(as_json)
        mistakes = tuple(map(self._shared, mistakes))
        bulletin = lazy_bulletin(self._share(summary), name, self._fetch_bulletin) if summary else None
        return Reading(name, mistakes, bulletin, lazy_body(body, name, self._fetch_parts) if body else None, *rest)

    def _shared(self, mistake: Mistake) -> Mistake:
        """The mistake with words that others share: until they are printed, warnings are half of what is in memory."""
        text = self._share.text
        return mistake._replace(message=text(mistake.message), english=text(mistake.english))

    def put(self, rows: Sequence[Row]) -> None:
        """Keep these readings, in the place of older ones of the same files."""
        with self._database.opened() as database, database:
            database.execute("begin")
            keep = f"insert or replace into readings select ?, ?, ?, ?, ?, ? where {_IF_HELD}"
            database.executemany(keep, ((*row, self._as_held) for row in rows))
        self._bulletin.cache_clear()
        self._parts.cache_clear()

    def drop(self, names: Iterable[str]) -> None:
        """Forget files that are gone."""
        with self._database.opened() as database, database:
            database.execute("begin")
            database.executemany("delete from readings where name = ?", ((name,) for name in names))

    def keep_ceremonies(self, readings: Iterable[Reading]) -> None:
        """Keep which files report the same ceremony; give all readings."""
        names: dict[str, list[str]] = {}
        for reading in readings:
            if reading.bulletin:
                names.setdefault(reading.bulletin.ceremony_id, []).append(reading.name)
        value = json.dumps({ceremony: of_it for ceremony, of_it in names.items() if len(of_it) > 1}).encode()
        if self._value(_CEREMONIES) != value:
            self._keep(_CEREMONIES, value)
        self._share = Sharing()  # all are read, and hold by now what they have alike

    def of_ceremonies(self, readings: Iterable[Reading]) -> list[Reading]:
        """Every reading of the ceremonies that these report, in the order of their files."""
        value = self._value(_CEREMONIES)
        if value is None:
            raise Unusable(_CEREMONIES)
        shared = json.loads(value)
        names = {name for r in readings if r.bulletin for name in shared.get(r.bulletin.ceremony_id, (r.name,))}
        of_them = [reading for _, (_, reading) in self.readings(sorted(names))]
        if len(of_them) < len(names):
            raise Unusable(_CEREMONIES)
        return of_them

    def dossiers(self) -> dict[tuple[str, int], tuple[str, DossierSummary]]:
        """The summary of every dossier that was kept, each after its stamp."""
        with self._database.opened() as database:
            rows = database.execute("select bloc, year, stamp, summary from dossiers").fetchall()
        return {
            (bloc, year): (stamp, _json(DossierSummary).validate_json(summary))
            for bloc, year, stamp, sealed_summary in rows
            if (summary := unsealed(sealed_summary, "dossier", self._context, bloc, year, stamp))
        }

    def figures(self, bloc: str, year: int, stamp: str) -> DossierFigures | None:
        """The figures of a dossier that was joined from what has this stamp; None if they are not kept."""
        ask = "select figures from dossiers where bloc = ? and year = ?"
        with self._database.opened() as database:
            values = database.execute(ask, (bloc, year)).fetchone()
        figures = unsealed(values[0], "figures", self._context, bloc, year, stamp) if values else None
        return _json(DossierFigures).validate_json(figures) if figures else None

    def dossier_row(self, stamp: str, dossier: Dossier) -> DossierRow:
        """A dossier as it is to lie on file."""
        about = (dossier.bloc, dossier.year, stamp)
        summary = _json(DossierSummary).dump_json(DossierSummary.of(dossier))
        figures = _json(DossierFigures).dump_json(DossierFigures.of(dossier), by_alias=True)
        return DossierRow(
            *about,
            sealed(summary, "dossier", self._context, *about),
            sealed(figures, "figures", self._context, *about),
        )

    def put_dossiers(self, rows: Sequence[DossierRow]) -> None:
        """Keep these dossiers, in the place of older ones of the same years."""
        with self._database.opened() as database, database:
            database.execute("begin")
            database.executemany("insert or replace into dossiers values(?, ?, ?, ?, ?)", rows)

    def drop_dossiers(self, keys: Collection[tuple[str, int]]) -> None:
        """Forget the years that nobody tells of any more."""
        if keys:
            with self._database.opened() as database, database:
                database.execute("begin")
                database.executemany("delete from dossiers where bloc = ? and year = ?", keys)


def _fetch_bulletin(database: Database, read_again: ReadAgain, name: str, digest: str) -> Bulletin:
    record = _column(database, "record", name)
    if isinstance(record, bytes) and record_digest(Bulletin, record) == digest:
        return Bulletin.model_validate_json(record)
    reading = read_again(name)
    if reading is None or reading.bulletin is None or reading.bulletin.digest != digest:
        raise Overtaken
    return reading.bulletin


def _fetch_parts(database: Database, read_again: ReadAgain, name: str, digest: str) -> tuple[Piece, ...]:
    packed = unsealed(_column(database, "body", name), "body", digest)
    if packed is not None:
        return tuple(_unpacked(packed))
    reading = read_again(name)
    if reading is None or reading.body is None or reading.body.digest != digest:
        raise Overtaken
    return reading.body.parts


def _column(database: Database, column: str, name: str) -> object:
    """A record or a text as it lies on file; None if it is not to be had."""
    with suppress(Unusable), database.opened() as opened:
        values = opened.execute(f"select {column} from readings where name = ?", (name,)).fetchone()
        return values[0] if values else None
    return None
