"""Questions that importing left in a text: a published bulletin has none, so that nothing is published unread.

`head:  # CẦN XEM: …` is a value somebody must find; `…  # đề xuất (ngờ): …` one that somebody must look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.domain.model import Bulletin
from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.frontmatter import Loc, Tree

_OPEN = re.compile(
    r"^(?P<before>[^\n]*?(?:^|[ \t]))# (?:CẦN XEM: (?P<question>[^\n]*?)|đề xuất \(ngờ\): (?P<words>[^\n]*?))[ \t]*$",
    re.MULTILINE,
)
_MARKS = ("# CẦN XEM: ", "# đề xuất (ngờ): ")
_LONGEST = 80
_TO_FILL_IN = "CẦN ĐIỀN"


def unanswered(tree: Tree, bulletin: Bulletin, head: str) -> Iterator[Mistake]:
    """A mistake for every open question in the front matter `head` of a bulletin that is no draft."""
    if bulletin.status == "draft" or not any(mark in head for mark in _MARKS):
        return
    for match in _OPEN.finditer(head):
        if match["before"].lstrip().startswith("#"):
            continue
        line = tree.first_line + head.count("\n", 0, match.start())
        column = len(match["before"]) + 1
        message, words = (
            (messages.UNANSWERED, match["question"]) if match["words"] is None else (messages.UNREAD, match["words"])
        )
        yield message.at(tree.name, line, column, words=_short(words))


def to_fill_in(tree: Tree, bulletin: Bulletin, body: str, first_line: int) -> Iterator[Mistake]:
    """A mistake for every value and every line of the text that `new` left to be filled in, unless it is a draft."""
    if bulletin.status == "draft":
        return
    for loc in _left(tree.data, ()):
        yield tree.mistake(loc, messages.TO_FILL_IN)
    for number, line in enumerate(body.split("\n"), first_line):
        if _TO_FILL_IN in line:
            yield messages.TO_FILL_IN.at(tree.name, number, line.index(_TO_FILL_IN) + 1)


def _left(data: object, loc: Loc) -> Iterator[Loc]:
    if isinstance(data, str) and _TO_FILL_IN in data:
        yield loc
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from _left(value, (*loc, key))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
