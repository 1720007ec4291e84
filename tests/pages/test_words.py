"""The words of the interface: all of them in the catalogues, none of them bare."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from bulletins.domain.model import StaticPage
from bulletins.pages.edition import LANGUAGES
from bulletins.pages.version import sources
from bulletins.settings import Settings
from tests.pages.builders import THEME, full_library, html_of, made, parsed, words

PAGES = THEME.parents[1] / "plugins" / "bulletins" / "pages"
TEMPLATES = THEME / "templates"
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def catalogue(name: str) -> Catalog:
    with (THEME / "locale" / name).open("rb") as file:
        return read_po(file)


def known(name: str) -> set[str]:
    """The messages of a catalogue, singular and plural."""
    return {text for message in catalogue(name) if message.id for text in _texts(message.id)}


def _texts(message: object) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)  # type: ignore[arg-type]


def used() -> set[str]:
    """The messages that templates and code use."""
    files = [(path, "jinja2") for path in TEMPLATES.rglob("*.*")] + [(path, "python") for path in PAGES.rglob("*.py")]
    found = (message for path, method in files for _, message, _, _ in extract_from_file(method, str(path)))
    return {text for message in found for text in _texts(message) if text}


def literals(path: Path) -> Iterator[str]:
    """The texts of a Python file, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def test_the_list_of_words_is_up_to_date() -> None:
    assert known("thidua.pot") == used(), "run: python3 tasks.py messages"


@pytest.mark.parametrize("name", [path.name for path in sorted((THEME / "locale").glob("*.po"))])
def test_a_catalogue_translates_every_word(name: str) -> None:
    translated = catalogue(name)
    wanting = [message.id for message in translated if message.id and not all(_texts(message.string))]

    assert known("thidua.pot") <= known(name)
    assert wanting == []
    assert [message.id for message in translated if message.id and message.fuzzy] == []


@pytest.mark.parametrize("name", sorted(sources(TEMPLATES)))
def test_a_template_holds_no_word_outside_the_catalogue(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", sources(TEMPLATES)[name], flags=re.DOTALL)
    code = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
    strings = {found for part in code.findall(text) for found in re.findall(r'"([^"]*)"', part)}

    assert VIETNAMESE.findall(code.sub("", text)) == []
    assert {found for found in strings if VIETNAMESE.search(found)} <= used()


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=lambda path: path.name)
def test_code_holds_no_word_outside_the_catalogue_but_what_a_language_calls_itself(path: Path) -> None:
    assert {text for text in literals(path) if VIETNAMESE.search(text)} <= used() | {*LANGUAGES.values()}


def test_an_english_site_has_no_vietnamese_word_left() -> None:
    settings = Settings(site_name="Bulletins", language="en", attribution="Cite us", license="https://example.org/by")
    files = made(full_library("Text"), settings, pages=[StaticPage("about", "About", "What", "<p>Text</p>", "d")])
    # Texts of bulletins, and what searching in them takes, are in the bulletins' language.
    bulletins = re.compile(r'<p>(?:Thân bài|Hết)\.</p>|"abbreviations": \{[^}]*\}')
    left = {path: VIETNAMESE.findall(bulletins.sub("", html)) for path, html in html_of(files).items()}

    assert {path: letters for path, letters in left.items() if letters} == {}
    assert all(parsed(html).get("lang") == "en" for html in html_of(files).values())


def test_an_english_site_writes_dates_and_numbers_in_english() -> None:
    files = made(full_library("Text"), Settings(site_name="Bulletins", language="en"))
    shown = words(parsed(files["ban-tin/khoi-1-2023-pact/index.html"].decode()))
    of_year = words(parsed(files["khoi/khoi-1/2023/index.html"].decode()))

    assert "Morning, March 2, 2023" in shown
    assert "at least 95 %" in of_year.replace("\xa0", " ")
    assert "Total points 1,000" in of_year
