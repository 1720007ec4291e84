"""`check --fix`: what can be mended without asking; everything else stays as it is.

Safe are, in every file that is read: UTF-8 instead of UTF-16, windows-1258 and of UTF-8 taken for Western letters,
letters composed (NFC), blanks for NBSP, invisible characters removed; and in bulletins dates as ISO, and ids instead of
other names in fields that refer to the register.
"""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial, reduce
from operator import getitem
from pathlib import Path
from typing import Any

from bulletins.domain.model import Bulletin
from bulletins.domain.record import (
    BlocId,
    Day,
    Instant,
    MovementId,
    OrganiserId,
    PartialDay,
    Resolver,
    UnitId,
    UnknownName,
)
from bulletins.domain.register import Register
from bulletins.mistakes import errors
from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.fields import Kind, places_of
from bulletins.reading.folders import folders
from bulletins.reading.frontmatter import Malformed, parse, split
from bulletins.reading.register import FILES, read_register
from bulletins.reading.sources import LARGEST, LARGEST_REGISTER, mojibake, unmojibaked, visible, windows_1258
from bulletins.vietnamese.dates import DateError, Moment, read_date, read_partial_date
from bulletins.writing.frontmatter import NotWritable, with_data
from bulletins.writing.saving import replace

INDEX = "index.md"
_KINDS: tuple[tuple[Any, Kind], ...] = (
    (Day, "day"),
    (PartialDay, "part of a day"),
    (Instant, "moment"),
    (BlocId, "bloc"),
    (UnitId, "unit"),
    (OrganiserId, "organiser"),
    (MovementId, "movement"),
)


def mend_content(content: Path, root: Path, only: Path | None = None) -> list[str]:
    """Mend everything below `content`, in place, or the bulletin of the file `only`; the answer is a unified diff.

    While the register has an error names stay names: whose they are, and by which id, is not sure then.
    """
    shown = [] if only else _mend_letters_elsewhere(content, root)
    register, mistakes = read_register(content / "register", root)
    if errors(mistakes):
        register = Register()
    for folder in folders(content / "bulletins", root):
        source = folder.source(INDEX) if INDEX in folder.files else None
        if source and only in (None, source.path):
            shown += mend_file(source.path, source.name, register)
    return shown


def _mend_letters_elsewhere(content: Path, root: Path) -> list[str]:
    """Mend the encoding and the letters of the register's files and of the pages; their data stays as typed."""
    places = [*folders(content / "register", root), *folders(content / "pages", root)]
    sources = (source for place in places for source in place.sources())
    ours = (source for source in sources if source.path.suffix == ".md" or source.path.name in FILES)
    return [line for source in ours for line in mend_file(source.path, source.name, None, LARGEST_REGISTER)]


def mend_file(path: Path, name: str, register: Register | None, most: int = LARGEST) -> list[str]:
    """Mend one file, of a bulletin if there is a register; the lines of the difference, none if nothing was to do."""
    if path.stat().st_size > most:
        return []
    data = path.read_bytes()
    before = _text(data)
    if before is None:
        return []
    after = mended(before, register) if register else _mended_letters(before, lambda plain: plain)
    new = after.encode("utf-8", "surrogatepass")
    if new == data:
        return []
    replace(path, new)
    changed = difflib.unified_diff(_lines(before), _lines(after), name, name, lineterm="")
    return list(changed) or [f"{name}: UTF-8"]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def _text(data: bytes) -> str | None:
    """A file's text if its encoding is certain."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _or_none(data, "utf-16")
    text = _or_none(data, "utf-8")
    return windows_1258(data) if text is None else text


def _or_none(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def mended(text: str, register: Register) -> str:
    """The text with everything mended that is safe; a byte order mark and the ends of lines stay as they are."""
    return _mended_letters(text, partial(_with_better_data, register))


def _with_better_data(register: Register, plain: str) -> str:
    try:
        return with_data(plain, _mended_data(plain, register), VERBATIM)
    except (Malformed, NotWritable):
        return plain


def _mended_letters(text: str, further: Callable[[str], str]) -> str:
    """The text with its letters mended, and what `further` makes of that."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = unmojibaked(text.removeprefix(mark).replace("\r\n", "\n"))
    if mojibake(plain) is not None:
        # What seems invisible there may be half of a letter.
        return text
    shown = visible(plain)
    if unmojibaked(shown) != shown:
        # With its blanks as blanks it would be taken for Western letters, and is not certain to be any.
        return text
    return mark + further(shown).replace("\n", newline)


def _mended_data(text: str, register: Register) -> Any:
    """The data of the front matter with the better form of each value that has one. Raises `Malformed`."""
    head, _, _ = split("", text)
    data = parse("", head, verbatim=VERBATIM).data
    resolvers = register.resolvers(data)
    places = [(loc, kind) for loc, kind in places_of(Bulletin, _KINDS, data) if loc]
    for loc, kind in places:
        holder = reduce(getitem, loc[:-1], data)
        better = _better(holder[loc[-1]], kind, resolvers)
        if better is not None:
            holder[loc[-1]] = better
    return data


def _better(value: str, kind: Kind, resolvers: Mapping[str, Resolver]) -> str | None:
    if kind == "part of a day":
        with suppress(DateError):
            return str(read_partial_date(value)) or None
        return None
    if kind in ("day", "moment"):
        try:
            return _iso(read_date(value))
        except DateError:
            return None
    try:
        return resolvers[kind](value) if kind in resolvers else None
    except UnknownName:
        return None


def _iso(moment: Moment) -> str:
    if moment.time is None:
        return moment.date.isoformat()
    return f"{moment.date.isoformat()} {moment.time.isoformat('seconds' if moment.time.second else 'minutes')}"
