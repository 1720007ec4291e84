"""One-line texts of front matter taken exactly as typed, though YAML would stumble over them or change them.

`title: Khối thi đua III: ký kết` breaks YAML, and `title: #3` says nothing to it. Authors mean the words they see.
So before YAML reads the file, such a line is put into quotes: only in fields that hold plain text, only where the
value stands on one line, and only where YAML would refuse it or lose some of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_FIELD = re.compile(r"(?P<before> *(?:- +)*(?P<key>[a-z_]+):[ \t]+)(?P<rest>\S.*?)[ \t]*\Z")
_ITEM = re.compile(r"(?P<before> *(?:- +)+)(?P<rest>[^\s-].*?)[ \t]*\Z")
_KEYED = re.compile(r"[\"']?[a-z_]+[\"']?:(?:\s|\Z)")
_BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?:\s+#.*)?\Z")
_CLOSED = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[.*\]|\{.*\})(?:\s+\#.*)?\Z""", re.VERBOSE)
_WRONG = re.compile(r":(?:[ \t]|\Z)|[ \t]#(?![ \t]|\Z)")
"""Inside a value: a colon before a blank, or a hash that begins a word (before a blank it begins a comment)."""
_COMMENT = re.compile(r"#(?:[ \t]|\Z)")
_LATER_COMMENT = re.compile(r"[ \t]#(?:[ \t]|\Z)")
_WRAPPED = re.compile(r"""(?P<sign>["'])(?P<inside>[^\\]*)(?P=sign)\Z""")
"""A value in a pair of quotes."""
_SIGNS = "\"'[]{}#&*!|>%@`,?-"
_HARMLESS_START = re.compile(r"[?-][^\s]")
_SUSPECT = re.compile(
    r"\n *+(?>(?:- +)*+[a-z_]+:[ \t]++|(?:- +)++(?![a-z_]+:\n))(?!\"[^\"\\\n]*+\"\n|'[^'\n]*+'\n)"
    rf"(?P<rest>(?=[{re.escape(_SIGNS)}]|[^\n]*?(?::[ \t\n]|[ \t]\#))[^\n]+)"
)
"""A line whose value may need quotes: it holds a sign and is not in quotes. Most front matter has next to none."""


def quoted(text: str, fields: frozenset[str]) -> str:
    """The YAML text with the one-line values of these fields in quotes, where they need them; line by line the same.

    Linear in the text. Nothing is done inside a block (`|`, `>`) or a value that runs over several lines.
    """
    if not fields or not any(_needs_quotes(line["rest"].rstrip(" \t")) for line in _SUSPECT.finditer(f"\n{text}\n")):
        return text
    return "\n".join(_lines(text.split("\n"), fields))


def _lines(lines: list[str], fields: frozenset[str]) -> Iterator[str]:
    inside: int | None = None
    for number, line in enumerate(lines):
        depth = len(line) - len(line.lstrip(" "))
        if inside is not None and (depth > inside or not line.strip()):
            yield line
            continue
        inside = None
        match = _text_line(line, fields)
        if match is None:
            yield line
        elif _goes_on(lines, number, depth):
            inside = depth
            yield line
        else:
            yield _as_typed(match)


def _text_line(line: str, fields: frozenset[str]) -> re.Match[str] | None:
    """A line that holds a field of plain text, or an item of a list that is no field at all."""
    field = _FIELD.match(line)
    if field and _COMMENT.match(field["rest"]):
        return None  # what the field holds stands below
    if field:
        return field if field["key"] in fields or _BLOCK.match(field["rest"]) else None
    item = _ITEM.match(line)
    return item if item and not _KEYED.match(item["rest"]) and not item["rest"].startswith("#") else None


def _goes_on(lines: list[str], number: int, depth: int) -> bool:
    """Whether the value runs on in the lines below: what follows is indented more than its field."""
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return len(following) - len(following.lstrip(" ")) > _own_depth(lines[number], depth)


def _own_depth(line: str, depth: int) -> int:
    """The column of a field's name: in `- name: x` the fields below `name` stand two columns further in.

    Of an item that is no field it is the column of its dash.
    """
    if not line[depth:].startswith("- "):
        return depth
    column = len(line) - len(line[depth:].lstrip("- "))
    return column if _FIELD.match(line) else line.rindex("-", 0, column)


def _as_typed(match: re.Match[str]) -> str:
    rest = match["rest"]
    if not _needs_quotes(rest):
        return match[0]
    comment = _LATER_COMMENT.search(rest)
    text = rest[: comment.start()].rstrip(" \t") if comment else rest
    return match["before"] + json.dumps(_unwrapped(text), ensure_ascii=False) + rest[len(text) :]


def _unwrapped(text: str) -> str:
    """A text without the pair of quotes around it, in which other quotes of the same sign open and close.

    `"Về "danh sách" mới"` is in quotes as a whole; `"Một" và "Hai"` is not, for its second quote closes the first.
    """
    pair = _WRAPPED.match(text)
    if pair is None:
        return text
    inner = pair["inside"].split(pair["sign"])
    opens = all(not before or before[-1] in " \t(" for before in inner[:-1:2])
    return pair["inside"] if len(inner) % 2 and opens else text


def _needs_quotes(rest: str) -> bool:
    if _COMMENT.match(rest) or _BLOCK.match(rest) or _CLOSED.match(rest):
        return False
    if rest[0] in _SIGNS:
        return not _HARMLESS_START.match(rest) or bool(_WRONG.search(rest))
    return bool(_WRONG.search(rest))
