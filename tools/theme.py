"""The contract of a theme: every template that makes a page, and what it is given, as the views declare it."""

from __future__ import annotations

import ast
import dataclasses
import datetime
import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from bulletins.pages import plan
from bulletins.pages.page import View

_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "yes or no",
    types.NoneType: "nothing",
    datetime.date: "day",
    datetime.time: "time of day",
    Any: "anything",
}


def page_types() -> dict[str, View]:
    """The view of every template that makes a page, as the lines of `pages/plan.py` name them."""
    return dict(sorted(_page_types()))


def _page_types() -> Iterator[tuple[str, View]]:
    for node in ast.walk(ast.parse(inspect.getsource(plan))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "page":
            _, _, template, view, *_ = node.args
            assert isinstance(template, ast.Constant) and isinstance(view, ast.Attribute)
            assert isinstance(view.value, ast.Name) and isinstance(template.value, str)
            yield template.value, getattr(getattr(plan, view.value.id), view.attr)


def declared(view: View) -> type:
    """The type of what a view gives its template."""
    kind: type = typing.get_type_hints(view)["return"]
    return kind


def fields(kind: type) -> dict[str, tuple[Any, str]]:
    """Each attribute of a value as templates name it: its type, and what is to be said of it."""
    if issubclass(kind, BaseModel):
        hints = typing.get_type_hints(kind)
        extras = {name: info.json_schema_extra for name, info in kind.model_fields.items()}
        remarks = {name: str(extra["x-en"]) if isinstance(extra, dict) else "" for name, extra in extras.items()}
        return {name: (hints[name], remark[:1].lower() + remark[1:]) for name, remark in remarks.items()}
    hints = typing.get_type_hints(kind, include_extras=True)
    names = [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else list(hints)
    return {name: _remark(hints[name]) for name in names if name != "digest"}


def _remark(hint: Any) -> tuple[Any, str]:
    return (hint.__origin__, hint.__metadata__[0]) if typing.get_origin(hint) is typing.Annotated else (hint, "")


def words(hint: Any) -> str:
    """A type in words: `tuple[Link, ...] | None` is “list of [Link](#link), or nothing”."""
    inner = typing.get_args(hint)
    match typing.get_origin(hint):
        case typing.Union | types.UnionType:
            return ", or ".join(dict.fromkeys(words(part) for part in inner))
        case origin if origin is tuple:
            parts = [words(part) for part in inner if part is not ...]
            return f"list of {parts[0]}" if ... in inner else f"pair of {' and '.join(parts)}"
        case origin if origin is dict:
            return f"{words(inner[1])} by key"
        case origin if origin is not None and inner:
            return f"{_anchor(origin)} of {words(inner[0])}"
    return "anything" if isinstance(hint, typing.TypeVar) else _PLAIN.get(hint) or _anchor(hint)


def _anchor(kind: Any) -> str:
    name = getattr(kind, "__name__", str(kind))
    return f"[{name}](#{name.lower()})"


def kinds_in(hint: Any) -> Iterator[type]:
    """Every class with attributes in a type, not those below them."""
    for part in typing.get_args(hint):
        yield from kinds_in(part)
    kind = typing.get_origin(hint) or hint
    if isinstance(kind, type) and kind not in _PLAIN and kind.__module__.startswith("bulletins."):
        yield kind


def kinds() -> list[type]:
    """The classes of all values that templates are given, by name."""
    seen: set[type] = set()
    waiting = [hint for view in page_types().values() for hint, _ in fields(declared(view)).values()]
    while waiting:
        for kind in set(kinds_in(waiting.pop())) - seen:
            seen.add(kind)
            waiting += [hint for hint, _ in fields(kind).values()]
    return sorted(seen, key=lambda kind: kind.__name__)


def contract() -> str:
    """The contract as Markdown: the templates of pages, then the values they are given."""
    pages = [_section(f"`{template}`", declared(view)) for template, view in page_types().items()]
    values = [_section(kind.__name__, kind) for kind in kinds()]
    return "\n".join(["## What each template is given\n", *pages, "## The values\n", *values])


def _section(heading: str, kind: type) -> str:
    lines = [f"- `{name}`: {words(hint)}{remark and f'; {remark}'}" for name, (hint, remark) in fields(kind).items()]
    summary = inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return "\n".join([f"### {heading}\n", f"{summary}\n", *lines, ""])
