"""A text to be imported, whatever file it came from: paragraphs and pictures in their order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_BLANKS = re.compile(r"[^\S\n]+")
# Word writes bullets with letters of its own symbol font.
_PRIVATE = re.compile("[\uf0a0-\uf0ff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `level` is 1 for the heading of the page, more for those below, 0 for plain text."""

    text: str
    level: int = 0
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture between paragraphs: its content, if the file held it, and what its page said of it."""

    data: bytes | None
    name: str = ""
    alt: str = ""
    caption: str = ""


Block = Paragraph | Picture


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a file holds: its blocks, and title, publication and address where the file itself tells them."""

    name: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None


class Unreadable(Exception):
    """A file that cannot be imported; the message says why, in Vietnamese, and what to do instead."""


def plain(text: str) -> str:
    """A line in NFC, blanks of all kinds as single blanks, nothing invisible, bullets of Word as “•”."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return _BLANKS.sub(" ", _PRIVATE.sub("•", text)).strip()
