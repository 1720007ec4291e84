"""What the theme's README says of templates is what they are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bulletins.pages.environment import environment
from bulletins.pages.version import sources
from bulletins.pages.views import bodies, bulletin, dossier, galleries, lists, others
from tests.pages.builders import SETTINGS, THEME, full_library, planned

README = (THEME / "README.md").read_text("utf-8")
PARTS = {"base.html", "macros.html", "gallery_cards.html", "gallery_head.html", "strip_head.html", "emblem.svg"}

GIVEN: Mapping[str, tuple[str, Callable[..., Mapping[str, Any]]]] = {
    "home.html": ("index.html", lists.home),
    "listing.html": ("index.html", lambda edition, listed, *_: lists.later_page(edition, listed)),
    "bulletin.html": ("ban-tin/khoi-1-2023-pact/index.html", bulletin.bulletin),
    "withdrawn.html": ("ban-tin/da-go/index.html", bulletin.notice),
    "blocs.html": ("khoi/index.html", lists.blocs),
    "bloc.html": ("khoi/khoi-1/index.html", bodies.bloc),
    "dossier.html": ("khoi/khoi-1/2023/index.html", dossier.dossier),
    "units.html": ("don-vi/index.html", lists.units),
    "unit.html": ("don-vi/phong-mot/index.html", bodies.unit),
    "years.html": ("nam/index.html", lists.years),
    "year.html": ("nam/2023/index.html", bodies.year),
    "galleries.html": ("anh/index.html", lists.galleries),
    "gallery.html": ("anh/khoi-1-2023-pact/index.html", galleries.gallery),
    "photo.html": ("anh/khoi-1-2023-pact/index.html", lambda edition, given: galleries.photo(edition, given, 1)),
    "page.html": ("gioi-thieu/index.html", others.static_page),
    "not_found.html": ("404.html", others.not_found),
}


def documented(template: str) -> list[str]:
    section = re.search(rf"^### `{re.escape(template)}`\n(.*?)(?=^###|\Z)", README, re.DOTALL | re.MULTILINE)
    assert section, f"{template} is not in the theme's README"
    return re.findall(r"^- `([a-z_]+)`", section[1], re.MULTILINE)


def test_every_template_that_makes_a_page_is_listed() -> None:
    assert set(sources(THEME / "templates")) == {*GIVEN, *PARTS}


@pytest.mark.parametrize("template", sorted(GIVEN))
def test_the_readme_lists_what_a_template_is_given(template: str) -> None:
    path, view = GIVEN[template]
    line = next(line for line in planned(full_library("Chữ")) if path in line.paths)

    assert documented(template) == list(view(*line.inputs))


def test_the_readme_lists_the_filters_and_names_every_template_has() -> None:
    env = environment(planned(full_library("Chữ"), SETTINGS)[0].inputs[0])
    names = {"settings", "pages", "menu", "urls"}
    filters = {"link", "absolute", "long_date", "short_date", "month", "number", "iso", "label", "abbr"}

    assert names <= set(env.globals)
    assert filters <= set(env.filters)
    assert [name for name in sorted(names | filters) if f"`{name}" not in README] == []
