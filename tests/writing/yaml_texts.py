"""Front matter as people type it: trees, and texts that hold them in every form that is read."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.frontmatter import Malformed, parse

WORDS = (
    "Khối",
    "thi đua",
    "ký",
    "giao ước",
    "số 5",
    "2023",
    "no",
    "a: b",
    "#3",
    "“Đồng khởi”",
    "'",
    '"',
    "- gạch",
    "x",
)
KEYS = ("title", "lead", "as", "name", "list", "text", "by")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
long_texts = st.lists(texts, min_size=2, max_size=3).map("\n".join)
scalars = st.one_of(texts, texts, st.none(), long_texts, long_texts.map(lambda text: text + "\n"))


def groups(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
        st.lists(texts, max_size=4),
    )


values = st.recursive(scalars, groups, max_leaves=12)
trees = st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=5)


def read_as_typed(text: str) -> bool:
    """Whether a text of one line needs no quotes for our reader."""
    try:
        field, item = parse("", f"title: {text}\n", verbatim=VERBATIM), parse("", f"- {text}\n", verbatim=VERBATIM)
    except Malformed:
        return False
    return bool(field.data == {"title": text} and item.data == [text])


class Typist:
    """Writes a tree down in ways that `draw` chooses; what it writes is read as that tree."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        return self.one_of("", "", "", "  # lời ghi")

    def above(self, indent: int) -> list[str]:
        return self.one_of([], [], [], [""], [" " * indent + "# phía trên"], ["", " " * indent + "# phía trên"])

    def scalar(self, value: str | None, in_block: bool = False) -> str:
        if value is None:
            return self.one_of("", "~", "null")
        plain = [value] if value and all(c.isalnum() or c == " " for c in value) else []
        plain += [value] if in_block and value.strip() and read_as_typed(value) else []
        single = ["'" + value.replace("'", "''") + "'"] if "\n" not in value else []
        return self.one_of(json.dumps(value, ensure_ascii=False), *single, *plain)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(one)}" for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + self.one_of(", ", ",  ").join(self.flow(one) for one in value) + "]"
        return self.scalar(value) or "null"

    def after(self, lead: str, value: Any, indent: int, is_item: bool) -> list[str]:
        """The lines of a value behind its key or dash, which stands in column `indent`."""
        if isinstance(value, dict | list) and value and self.one_of(True, True, False):
            if is_item and isinstance(value, dict) and self.one_of(True, False):
                first, *rest = self.mapping(value, indent + 2, bare=True)
                return [f"{lead} {first.lstrip()}", *rest]
            below = 0 if isinstance(value, list) and not is_item and self.one_of(True, False) else 2
            return [lead + self.comment(), *self.lines(value, indent + below)]
        if isinstance(value, dict | list):
            return [f"{lead} {self.flow(value)}{self.comment()}"]
        if value and "\n" in value and value[0] != " " and self.one_of(True, False):
            style = self.one_of("|", ">")
            sign = style if value.endswith("\n") else f"{style}-"
            text = value.removesuffix("\n")
            text = text.replace("\n", "\n\n") if style == ">" else text
            body = [" " * (indent + 2) + line if line else "" for line in text.split("\n")]
            return [f"{lead} {sign}{self.comment()}", *body]
        written = self.scalar(value, in_block=True)
        # Behind a text that YAML would stumble over, a comment is part of the text.
        is_bare = value is not None and written == value
        return [f"{lead} {written}".rstrip() + ("" if is_bare else self.comment())]

    def mapping(self, value: dict[str, Any], indent: int, bare: bool = False) -> list[str]:
        made: list[str] = []
        for n, (key, one) in enumerate(value.items()):
            made += [] if bare and n == 0 else self.above(indent)
            made += self.after(" " * indent + key + ":", one, indent, is_item=False)
        return made

    def lines(self, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict):
            return self.mapping(value, indent)
        made: list[str] = []
        for one in value:
            made += [*self.above(indent), *self.after(" " * indent + "-", one, indent, is_item=True)]
        return made


@st.composite
def typed(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A tree, and a file's text whose front matter holds it."""
    tree = draw(trees)
    lines = ["---", *Typist(draw).lines(tree, 0), *draw(st.sampled_from([[], ["# cuối"]])), "---", "", "Nội dung."]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return tree, mark + newline.join(lines) + draw(st.sampled_from(["", newline]))


@st.composite
def altered(draw: st.DrawFn, value: Any) -> Any:
    """The value, a few things in it changed, removed, added or moved."""
    if isinstance(value, dict) and draw(st.integers(0, 9)):
        made = {key: draw(altered(one)) for key, one in value.items() if draw(st.integers(0, 5))}
        return made | (
            draw(st.dictionaries(st.sampled_from(KEYS), values, max_size=1)) if not draw(st.integers(0, 3)) else {}
        )
    if isinstance(value, list) and draw(st.integers(0, 9)):
        made_list = [draw(altered(one)) for one in value if draw(st.integers(0, 5))]
        if not draw(st.integers(0, 3)):
            made_list = draw(st.permutations(made_list))
        return [*made_list, *(draw(st.lists(values, max_size=2)) if not draw(st.integers(0, 3)) else [])]
    return draw(values) if not draw(st.integers(0, 2)) else value
