"""What the content says must not be shown any more, told without reading the rest of it.

Whoever goes back to an earlier release is in a hurry, and most files say nothing of this: only where the words that
withdraw something stand in the front matter is a file taken apart.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bulletins.domain.life import ends, state
from bulletins.domain.model import Bulletin
from bulletins.reading.drafts import says_draft
from bulletins.reading.fields import text_fields
from bulletins.reading.folders import INDEX, folders
from bulletins.reading.frontmatter import Malformed, parse, split
from bulletins.reading.partly import part_of
from bulletins.reading.sources import SourceFile, read_text
from bulletins.vietnamese.dates import DateError, read_date

_WORDS = re.compile(rb"expires|withdrawn|\\")
"""Keys that withdraw something; a backslash may begin the escape of any letter."""

_UNSEEN = bytes([*range(9), *range(128, 256)])
"""Bytes that stand in no key: characters that nobody sees, which the reader takes out, are made of them."""

_END = re.compile(rb"[\r\n]---[ \t]*(?:[\r\n]|\Z)")
_TERM = re.compile(rb"^expires:[ \t]+([^\s#\"'][^\r\n#\"']*?)[ \t]*$", re.MULTILINE)
_LIFE = ("id", "former_ids", "status", "expires", "withdrawn")


class Withheld(NamedTuple):
    """What must not be shown: of each such bulletin every id, and of others the photos, each with every such id.

    `unclear` names files that withdraw something, but cannot be understood.
    """

    bulletins: tuple[tuple[str, ...], ...] = ()
    photos: tuple[tuple[tuple[str, ...], str], ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Every id under which something of it may have been shown."""
        return sorted({id_ for ids in (*self.bulletins, *(ids for ids, _ in self.photos)) for id_ in ids})


def withheld(content: Path, root: Path, now: datetime) -> Withheld:
    """What the content says is withdrawn at a moment, or has expired by then; names in it begin at `root`."""
    bulletins, photos, unclear = [], [], []
    for source in _candidates(content, root, now):
        try:
            bulletin = _life(source)
        except Malformed:
            if not says_draft(source.path):
                unclear.append(source.name)
            continue
        ids = (bulletin.id, *bulletin.former_ids)
        if state(bulletin, now) == "withdrawn":
            bulletins.append(ids)
        photos += [(ids, photo.id) for photo in bulletin.withdrawn_photos]
    return Withheld(tuple(bulletins), tuple(photos), tuple(unclear))


def shown_of(withheld: Withheld, documents: Mapping[str, Any]) -> list[str]:
    """What of it a release shows, whose documents of these bulletins are given by their ids."""
    shown = {id_: document for id_, document in documents.items() if document["status"] == "published"}
    whole = [id_ for ids in withheld.bulletins for id_ in ids if id_ in shown]
    photos = {(id_, photo["id"]) for id_, document in shown.items() for photo in document["photos"]}
    return [*whole, *(f"{id_}/{photo}" for ids, photo in withheld.photos for id_ in ids if (id_, photo) in photos)]


def _candidates(content: Path, root: Path, now: datetime) -> Iterator[SourceFile]:
    """The bulletins that may be withheld, by the letters in their files alone."""
    for folder in folders(content / "bulletins", root):
        if INDEX in folder.files and _may_be_withheld(_head(folder.files[INDEX].path), now):
            yield folder.source(INDEX)


def _head(path: str) -> bytes:
    """The bytes of a file above its text, without those that stand in no key."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)
    usual = data.find(b"\n---", 3)  # a pattern looks at every byte, which ten thousand files let you feel
    end = _END.match(data, usual) if usual > 0 and b"\r" not in data else _END.search(data, 3)
    return (data[: end.start()] if end else data).translate(None, _UNSEEN)


def _may_be_withheld(head: bytes, now: datetime) -> bool:
    """Whether a head names what withdraws; not where that is but a term, plainly typed, which has not ended."""
    if not any(word in head for word in (b"expires", b"withdrawn", b"\\")):
        return False
    words = _WORDS.findall(head)
    if words != [b"expires"]:
        return bool(words)
    term = _TERM.search(head)
    try:
        return term is None or ends(read_date(term[1].decode()), now.tzinfo) <= now
    except DateError:
        return True


def _life(source: SourceFile) -> Bulletin:
    """The bulletin of a file, with what it says of its life and nothing else. Raises `Malformed`."""
    head, _, _ = split(source.name, read_text(source).text)
    data = parse(source.name, head, 2, _verbatim()).data
    if not isinstance(data, dict):
        raise Malformed
    said = {"bloc": []} | {key: data[key] for key in _LIFE if data.get(key) is not None}
    photos = data.get("photos") or []
    said["photos"] = [photo for photo in photos if isinstance(photo, dict) and photo.get("withdrawn")]
    part = part_of(said, (), {})
    if part is None:
        raise Malformed
    return part.bulletin


@cache
def _verbatim() -> frozenset[str]:
    return text_fields(Bulletin)
