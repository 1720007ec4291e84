"""Texts as YAML writes them: plain, in quotes or as a block, as the file's author did."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass

from bulletins.reading.frontmatter import Malformed, parse

_CODE = re.compile(r"[a-z0-9]+(?:[_/.-][a-z0-9]+)*")
_SAFE_IN_FLOW = re.compile(r"[^\W_][^\W_]*(?:[ _/.-][^\W_]+)*")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Habit:
    """How the author of a file writes: whether texts stand in quotes, and how far lists are indented below a key."""

    quotes: bool = False
    list_indent: int = 2


def one_line(value: str | None, habit: Habit) -> str:
    """A new value on one line."""
    if value is None:
        return ""
    if _CODE.fullmatch(value) or (not habit.quotes and _reads_as(value, value)):
        return value if _reads_as(value, value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def like(value: str | None, style: str, key: str | None, verbatim: frozenset[str], habit: Habit) -> str | None:
    """A value on one line in the style of the one it stands for; None where that was a block of text.

    `key` is the field it stands in, or None for an item of a list.
    """
    if value is None:
        return ""
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style == "" and _reads_as(value, value, key, verbatim):
        return value
    if style in ("|", ">") and fits_block(value):
        return None
    return json.dumps(value, ensure_ascii=False) if style == '"' or "\n" in value else one_line(value, habit)


def in_flow(value: str | None, style: str) -> str:
    """A value inside brackets or braces."""
    if value is None:
        return "null"
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _SAFE_IN_FLOW.fullmatch(value) and value not in ("null", "~"):
        return value
    return json.dumps(value, ensure_ascii=False)


def fits_block(value: str) -> bool:
    """Whether a text can be written as a block of lines, with no signs but the one it begins with."""
    lines = value.removesuffix("\n").split("\n")
    return bool(lines[0].strip() and lines[-1].strip()) and lines[0][0] not in " \t" and "\t" not in value


def block(value: str, style: str, indent: int, width: int = _WIDTH) -> list[str]:
    """A text that fits a block: the sign with which it begins, and its lines, `indent` columns in."""
    body = value.removesuffix("\n")
    lines = _folded(body, width - indent) if style == ">" else body.split("\n")
    return [style if body != value else f"{style}-", *(" " * indent + line if line else "" for line in lines)]


def _folded(body: str, width: int) -> list[str]:
    """The lines of a folded text: a blank line for each line break, and long lines broken at single blanks."""
    made: list[str] = []
    for n, line in enumerate(body.split("\n")):
        if n and line:
            made.append("")
        words = line.split(" ")
        breaks = textwrap.wrap(line, max(width, 40), break_long_words=False, break_on_hyphens=False)
        made += breaks if breaks and " ".join(breaks) == line and all(words) else [line]
    return made


def can_fold(value: str) -> bool:
    """Whether a text can be written as a folded one."""
    return bool(value.strip()) and not any(
        line.startswith((" ", "\t")) or line.endswith(" ") for line in value.split("\n")
    )


def _reads_as(written: str, value: str, key: str | None = "k", verbatim: frozenset[str] = frozenset()) -> bool:
    """Whether a reader takes this, behind a key or a dash, for the value."""
    if not written or written != written.strip() or "\n" in written or "\t" in written:
        return False
    text, wanted = (f"- {written}\n", [value]) if key is None else (f"{key}: {written}\n", {key: value})
    try:
        return bool(parse("", text, verbatim=verbatim).data == wanted)
    except Malformed:
        return False
