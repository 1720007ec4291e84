"""How proposed front matter is written: each value with how sure and from which words, each open question as one.

A proposed value: `date: "2023-02-22"  # đề xuất (chắc): "Chiều 22/02"`. One to look at: the same with `ngờ`.
An unanswered one: `head:  # CẦN XEM: đơn vị nào là khối trưởng? | "từ trong bài"`.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SURE, DOUBTFUL, QUESTION = "chắc", "ngờ", "CẦN XEM"
_LONGEST_WORDS = 160
_PLAIN = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*|[0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")

Scalar = str | int | float | bool | datetime.date


@dataclass(frozen=True, slots=True)
class Said:
    """A value proposed from words of the text."""

    value: Scalar | Sequence[str]
    words: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A value that the text leaves open: the question to an editor, and the words that raise it."""

    question: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of fields that rests on words of the text as a whole."""

    fields: Mapping[str, Node]
    words: str
    sure: bool = True


Node = Said | Asked | Entry | Scalar | Mapping[str, "Node"] | Sequence["Node"]


def written(fields: Mapping[str, Node]) -> str:
    """The fields as YAML, one after another; empty lists and groups are left out."""
    return "".join(f"{line}\n" for key, node in fields.items() for line in _field(key, node, 0))


def comment(words: str, sure: bool) -> str:
    """The comment of a proposed value."""
    return f"# đề xuất ({SURE if sure else DOUBTFUL}): {_quoted_words(words)}"


def _field(key: str, node: Node, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(node, Asked):
        words = f" | {_quoted_words(node.words)}" if node.words else ""
        yield f"{pad}{key}:  # {QUESTION}: {_one_line(node.question)}{words}"
    elif isinstance(node, Said):
        yield f"{pad}{key}: {_value(node.value)}  {comment(node.words, node.sure)}"
    elif isinstance(node, Entry):
        yield f"{pad}{key}:  {comment(node.words, node.sure)}"
        yield from _fields(node.fields, depth + 1)
    elif isinstance(node, Mapping):
        if node:
            yield f"{pad}{key}:"
            yield from _fields(node, depth + 1)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        if node:
            yield f"{pad}{key}:"
            yield from (line for item in node for line in _item(item, depth + 1))
    else:
        yield f"{pad}{key}: {_value(node)}"


def _fields(fields: Mapping[str, Node], depth: int) -> Iterator[str]:
    for key, node in fields.items():
        yield from _field(key, node, depth)


def _item(node: Node, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(node, Entry | Mapping):
        fields = node.fields if isinstance(node, Entry) else node
        lines = list(_fields(fields, depth + 1))
        if isinstance(node, Entry):
            lines[0] = f"{lines[0]}  {comment(node.words, node.sure)}"
        yield f"{pad}- {lines[0].lstrip()}"
        yield from lines[1:]
    elif isinstance(node, Said):
        yield f"{pad}- {_value(node.value)}  {comment(node.words, node.sure)}"
    elif isinstance(node, str | int | float | datetime.date):
        yield f"{pad}- {_value(node)}"


def _value(value: Scalar | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) and isinstance(value, Sequence):
        return f"[{', '.join(_value(item) for item in value)}]"
    # A point would divide thousands.
    text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return (
        text
        if _PLAIN.fullmatch(text) and text not in ("null", "true", "false")
        else json.dumps(text, ensure_ascii=False)
    )


def _quoted_words(words: str) -> str:
    text = _one_line(words).replace('"', "”")
    return f'"{text if len(text) <= _LONGEST_WORDS else text[: _LONGEST_WORDS - 1].rstrip() + "…"}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())
