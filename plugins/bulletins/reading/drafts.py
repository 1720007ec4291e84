"""Drafts whose file is broken: nobody else's publication waits for them (contract §4.7).

Only a status that is plainly typed counts. A slip (`status: draf`), or two lines that disagree, is no draft.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bulletins.domain import kinds
from bulletins.mistakes import Mistake

DRAFT = "draft"

_MOST = 250_000
"""Bytes of a file within which its status is looked for: more than any front matter has."""

_STATUS = re.compile(
    r"^\ufeff?status[ \t]*:[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^#\n]*?))[ \t]*(?:#.*)?$", re.MULTILINE
)
_START, _END = re.compile(r"\s*---[^\S\n]*\n"), re.compile(r"^---[^\S\n]*$", re.MULTILINE)


def is_draft_status(value: object) -> bool:
    """Whether a value of `status`, as it was typed, says that the bulletin is a draft."""
    return isinstance(value, str) and kinds.STATUSES.find(value) == DRAFT


def says_draft(path: Path) -> bool:
    """Whether `status: draft` can be read in a file, however broken the rest of it is."""
    try:
        with path.open("rb") as file:
            text = _decoded(file.read(_MOST))
    except OSError:
        return False
    typed = [next(filter(None, match.groups()), "") for match in _STATUS.finditer(_head(text))]
    return bool(typed) and all(map(is_draft_status, typed))


def excused(mistakes: Iterable[Mistake], is_draft: Mapping[str, bool]) -> list[Mistake]:
    """The mistakes, those of a draft's file or of what lies in its folder as warnings.

    `is_draft` says it of every bulletin, by the name of its folder. What lies deeper belongs to the nearest bulletin.
    """
    return [mistake.of_a_draft() if _of_a_draft(mistake.path, is_draft) else mistake for mistake in mistakes]


def _of_a_draft(path: str, is_draft: Mapping[str, bool]) -> bool:
    while path and path not in is_draft:
        path = path.rpartition("/")[0]
    return is_draft.get(path, False)


def _decoded(data: bytes) -> str:
    """The text, with a sign in the place of what is none: the status is ASCII, or Vietnamese that was saved rightly."""
    is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if is_utf_16 else "utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _head(text: str) -> str:
    """What stands above the text of a bulletin; all there is, where the mark that ends it is missing."""
    start = _START.match(text.removeprefix("\ufeff"))
    begin = start.end() if start else 0
    end = _END.search(text, begin)
    return text[begin : end.start()] if end else text[begin:]
