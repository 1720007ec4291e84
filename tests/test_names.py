"""Names in code: a binding is named for what it holds, as `docs/developers/glossary.md` asks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.environment import ROOT

EMPTY = frozenset({"told", "one", "given", "found"})
"""They say nothing about what they hold: each had a dozen meanings."""

PENDING = ("plugins/bulletins/search",)
"""Rooms whose names have yet to be put right."""

FILES = sorted(
    path
    for folder in ("plugins", "tools")
    for path in (ROOT / folder).rglob("*.py")
    if not path.relative_to(ROOT).as_posix().startswith(PENDING)
)
GLOSSARY = (ROOT / "docs" / "developers" / "glossary.md").read_text(encoding="utf-8")


def bindings(code: str) -> Iterator[tuple[int, str]]:
    """Every name that a file binds, with its line: variables, parameters, functions, classes, fields, imports."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from ((node.lineno, alias.asname or alias.name) for alias in names)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield node.lineno, name


def empty(code: str) -> list[tuple[int, str]]:
    return sorted((line, name) for line, name in bindings(code) if name.strip("_") in EMPTY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_binding_has_a_name_that_says_nothing(path: Path) -> None:
    assert empty(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    ["one = 1", "def told(): ...", "def f(given): ...", "[x for found in y]", "from a import told", "self.one = 1",
     "with a as found: ...", "for one, x in y: ...", "lambda one: one", "class _One: ...\n_one = 1"],
)  # fmt: skip
def test_such_a_name_is_noticed_wherever_it_is_bound(code: str) -> None:
    assert len(empty(code)) == 1


def test_the_glossary_explains_twenty_words_at_most() -> None:
    words = re.findall(r"^\| ([a-z].*?) \| ", GLOSSARY, re.MULTILINE)

    assert 0 < len(words) <= 20
    assert len(set(words)) == len(words)
