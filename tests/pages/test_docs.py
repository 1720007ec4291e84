"""A theme's contract: every template is given what the theme's README promises, and shows the page it is named for."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from types import ModuleType

import jinja2.meta
import pytest
from jinja2 import nodes

from bulletins.pages import plan as plan_module
from bulletins.pages.edition import Theme
from bulletins.pages.environment import environment
from bulletins.pages.page import Page
from bulletins.pages.version import sources, used_by
from bulletins.plan import Output, laid_out
from tests.pages.builders import ABOUT, INDEX, SETTINGS, THEME, full_library, pictures_of, planned
from tools.theme import declared, fields, page_types

README = (THEME / "README.md").read_text("utf-8")
TEXTS = sources(THEME / "templates")
PARTS = {"base.html", "macros.html", "gallery_cards.html", "gallery_head.html", "native.html", "emblem.svg"}
ALWAYS = {"settings", "pages", "menu", "urls", "structured"}
FILTERS = {"link", "absolute", "long_date", "short_date", "month", "number", "iso", "label", "abbr"}

TEMPLATES = {
    r"": "home.html",
    r"(en/)?du-lieu/": "data.html",
    r"(.+/)?trang/\d+/": "listing.html",
    r"ban-tin/khoi-1-\d+-pact/": "bulletin.html",
    r"en/": "english.html",
    r"(en/)?khoi/": "blocs.html",
    r"khoi/[\w-]+/": "bloc.html",
    r"khoi/[\w-]+/\d{4}/": "dossier.html",
    r"(en/)?don-vi/": "units.html",
    r"don-vi/[\w-]+/": "unit.html",
    r"(en/)?nam/": "years.html",
    r"nam/\d{4}/": "year.html",
    r"anh/": "galleries.html",
    r"anh/[\w-]+/": "gallery.html",
    r"anh/[\w-]+/[\w-]+/": "photo.html",
    r"tim-kiem/": "search.html",
    r"(en/)?thong-ke/": "statistics.html",
    r"(en/)?gioi-thieu/": "page.html",
    r"404\.html": "not_found.html",
    r"(ban-tin|anh)/ma-cu/([\w-]+/)?": "moved.html",
    r"(ban-tin|anh)/da-go/([\w-]+/)?": "withdrawn.html",
}
"""The template of every address."""


def template_of(path: str) -> str:
    """The template that the page of a path is made with; the most particular address decides."""
    address = path.removesuffix("index.html")
    return next(TEMPLATES[pattern] for pattern in reversed(TEMPLATES) if re.fullmatch(pattern, address))


def misplaced(lines: Iterable[Output]) -> list[str]:
    """The paths of pages that are made with the template of another kind of page."""
    pages = [line for line in lines if isinstance(line.make, Page)]
    return [line.paths[0] for line in pages if line.make.template != template_of(line.paths[0])]  # type: ignore[union-attr]


def test_every_page_is_made_with_the_template_of_its_address() -> None:
    lines = planned(full_library("Chữ", former_ids=["ma-cu"]))

    assert {line.make.template for line in lines if isinstance(line.make, Page)} >= set(page_types()) - {"listing.html"}
    assert misplaced(lines) == []


def test_two_templates_exchanged_in_the_plan_do_not_pass() -> None:
    unseen = [pair for pair in combinations(set(page_types()) - {"listing.html"}, 2) if not misplaced(exchanged(*pair))]

    assert unseen == []


def exchanged(one: str, other: str) -> list[Output]:
    """The plan as it would be if its source named each of two templates in the place of the other."""
    names = {f'"{one}"': f'"{other}"', f'"{other}"': f'"{one}"'}
    source = re.sub("|".join(map(re.escape, names)), lambda name: names[name[0]], inspect.getsource(plan_module))
    mutant = ModuleType("mutant")
    exec(compile(source, "mutant", "exec"), mutant.__dict__)
    library = full_library("Chữ", former_ids=["ma-cu"])
    return list(laid_out(mutant.plan(library, [ABOUT], pictures_of(library.newest), SETTINGS, Theme(THEME), INDEX)))


def test_a_template_that_the_theme_lacks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "en.po").touch()

    with pytest.raises(FileNotFoundError, match=r"templates/\w+\.html"):
        planned(full_library("Chữ"), theme=tmp_path)


def test_every_template_makes_a_page_or_is_a_part_of_one() -> None:
    assert set(TEXTS) == {*page_types(), *PARTS}


@pytest.mark.parametrize("template", sorted(page_types()))
def test_the_readme_lists_what_a_template_is_given(template: str) -> None:
    section = re.search(rf"^### `{re.escape(template)}`\n(.*?)(?=^##|\Z)", README, re.DOTALL | re.MULTILINE)

    assert section, f"{template} is not in the theme's README"
    assert re.findall(r"^- `([a-z_]+)`", section[1], re.MULTILINE) == list(fields(declared(page_types()[template])))


@pytest.mark.parametrize("line", [line for line in planned(full_library("Chữ")) if isinstance(line.make, Page)],
                         ids=lambda line: line.paths[0])  # fmt: skip
def test_a_view_gives_what_it_declares(line: Output) -> None:
    page = line.make
    assert isinstance(page, Page)

    assert list(page.view(*line.inputs)) == list(fields(declared(page.view)))


@pytest.mark.parametrize("template", sorted(page_types()))
def test_a_template_uses_all_that_it_is_given_and_nothing_else(template: str) -> None:
    env = environment(planned(full_library("Chữ"), SETTINGS)[0].inputs[0])
    names = set().union(*(wanted(env.parse(TEXTS[name])) for name in used_by(template, TEXTS)))

    assert names - ALWAYS - set(env.globals) == set(fields(declared(page_types()[template])))


def wanted(template: nodes.Template) -> set[str]:
    """The names that a template is to be given: those it neither sets nor defines nor imports itself."""
    own = {getattr(node, "target", None) or node.name for node in template.find_all((nodes.Import, nodes.Macro))}
    own |= {name.name for name in template.find_all(nodes.Name) if name.ctx == "store"}
    return jinja2.meta.find_undeclared_variables(template) - own


def test_the_readme_lists_the_filters_and_names_every_template_has() -> None:
    env = environment(planned(full_library("Chữ"), SETTINGS)[0].inputs[0])

    assert {*env.globals, "structured"} >= ALWAYS
    assert set(env.filters) >= FILTERS
    assert [name for name in sorted(ALWAYS | FILTERS) if f"`{name}" not in README] == []
