"""A text to be imported, whatever file it came from: paragraphs and pictures in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
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


OF_A_LETTER = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập ?[-–] ?tự do|nơi nhận|(?-i:TM\.)", re.IGNORECASE)
"""Words of a letter's head and foot, which are laid out as tables and are none."""

_RULE = "|---"


def as_table(rows: Sequence[Sequence[str]]) -> str:
    """The text of a table, its first row as the head, as Markdown writes it."""
    lines = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join([lines[0], f"{_RULE * len(rows[0])}|", *lines[1:]])


def is_table(text: str) -> bool:
    """Whether a paragraph is a table."""
    return text.startswith("| ") and f"\n{_RULE}" in text


class Unreadable(Exception):
    """A file that cannot be imported; the message says why, in Vietnamese, and what to do instead."""


def plain(text: str) -> str:
    """A line in NFC, blanks of all kinds as single blanks, nothing invisible, bullets of Word as “•”."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return _BLANKS.sub(" ", _PRIVATE.sub("•", text)).strip()
