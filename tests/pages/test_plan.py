"""The plan of pages: every address of the contract, nothing lost, and honest fingerprints."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path

import jinja2
import jinja2.meta
import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body
from bulletins.making.fingerprints import fingerprint_of
from bulletins.pages.environment import environment
from bulletins.pages.version import sources, used_by
from bulletins.plan import Output
from bulletins.settings import Settings
from tests.builders import bulletin, library, register
from tests.pages.builders import SETTINGS, THEME, full_library, html_of, links, made, parsed, planned, said


def fingerprints(lines: list[Output]) -> dict[str, str]:
    return {path: fingerprint_of(line) for line in lines for path in line.paths}


def changed(before: list[Output], after: list[Output]) -> set[str]:
    old, new = fingerprints(before), fingerprints(after)
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "ban-tin/khoi-1-2023-pact/index.html",
        "ban-tin/da-go/index.html",
        "khoi/index.html",
        "khoi/khoi-1/index.html",
        "khoi/khoi-1/2023/index.html",
        "khoi/khoi-1/2022/index.html",
        "don-vi/index.html",
        "don-vi/phong-mot/index.html",
        "nam/index.html",
        "nam/2023/index.html",
        "nam/2022/index.html",
        "anh/index.html",
        "anh/khoi-1-2023-pact/index.html",
        "anh/khoi-1-2023-pact/gallery/index.html",
        "thong-ke/index.html",
        "gioi-thieu/index.html",
        "404.html",
        "theme/site.css",
    ],
)
def test_the_site_has_every_address_of_the_contract(path: str) -> None:
    assert path in {found for line in planned(full_library("Chữ")) for found in line.paths}


SUBSCRIBED = ("/feed.xml", "/feed.json", "/lich.ics", "/data.json")
"""Files of the room `indexes` that pages lead to."""


def page_of(link: str) -> str:
    return link.partition("#")[0] if link.startswith("/") else link


def test_every_internal_link_leads_to_a_file_of_the_plan() -> None:
    files = made(full_library("Chữ"))
    rooms = (
        "/api/",
        "/anh/khoi-1-2023-pact/khoi-1-2023-pact.zip",
        "/anh/khoi-1-2023-pact/1-",
        "/anh/khoi-1-2023-pact/2-",
        "/anh/khoi-1-2023-pact/3-",
    )
    found = {(path, link) for path, html in html_of(files).items() for link in map(page_of, links(parsed(html)))}
    broken = {
        (path, link)
        for path, link in found
        if link.startswith("/") and not link.startswith(rooms) and link.lstrip("/") not in {*files, ""}
        if f"{link.strip('/')}/index.html" not in files and not link.endswith(SUBSCRIBED)
    }

    assert (found and broken) == set()


def test_a_library_without_bulletins_still_makes_a_site() -> None:
    files = made(library())

    assert "Chưa có bản tin" in said(files, "index.html")


def test_all_bulletins_are_on_the_pages_of_a_long_list() -> None:
    many = [bulletin(f"b-{n:03}", title=f"Bản tin số {n}") for n in range(30)]
    files = made(library(*many), Settings(list_length=7))
    lists = [path for path in files if path == "index.html" or path.startswith("trang/")]
    found = {link for path in lists for link in links(parsed(files[path].decode())) if "/ban-tin/" in link}

    assert found == {f"/ban-tin/{one.id}/" for one in many}


def test_an_edited_body_changes_the_fingerprint_of_its_bulletin_only() -> None:
    one, other = bulletin("mot"), bulletin("hai")
    before = library(one, other)
    bodies = {**before.bodies, "mot": Body(("<p>Khác.</p>",), "new")}
    after = Library(register(), [one, other], bodies)

    assert changed(planned(before), planned(after)) == {"ban-tin/mot/index.html"}


def test_an_edited_fact_that_lists_do_not_show_leaves_lists_alone() -> None:
    before = library(bulletin("mot"), bulletin("hai"))
    after = library(bulletin("mot", byline_as="PV"), bulletin("hai"))

    assert changed(planned(before), planned(after)) == {"ban-tin/mot/index.html"}


def test_one_more_bulletin_does_not_touch_the_pages_of_the_others() -> None:
    first, second = bulletin("mot"), bulletin("hai", bloc="khoi-2")
    touched = changed(planned(library(first)), planned(library(first, second)))

    assert {"ban-tin/hai/index.html", "index.html", "khoi/khoi-2/index.html"} <= touched
    assert not touched & {"ban-tin/mot/index.html", "khoi/khoi-1/index.html", "khoi/khoi-1/2023/index.html"}


def test_settings_that_only_say_how_the_site_is_made_change_no_fingerprint() -> None:
    told = library(bulletin())
    before = planned(told, Settings(workers=1, pixel_budget=5))
    after = planned(told, Settings(workers=2, pixel_budget=6))

    assert changed(before, after) == set()


def test_a_setting_that_pages_show_changes_every_page() -> None:
    told = library(bulletin())
    before, after = planned(told, Settings(site_name="A")), planned(told, Settings(site_name="B"))

    assert changed(before, after) == {path for line in before for path in line.paths if path.endswith(".html")}


def test_where_the_theme_stands_changes_no_fingerprint(tmp_path: Path) -> None:
    shutil.copytree(THEME, tmp_path / "theme")
    told = library(bulletin())

    assert changed(planned(told), planned(told, theme=tmp_path / "theme")) == set()


@pytest.mark.parametrize(
    ("template", "touched"),
    [
        ("year.html", r"nam/\d+/index\.html"),
        ("photo.html", r"anh/(?!da-go/).+/[^/]+/index\.html"),
        ("gallery_cards.html", r"anh/index\.html"),
        ("macros.html", r"(?!404).*\.html"),
        ("base.html", r".*\.html"),
        ("emblem.svg", r".*\.html"),
    ],
)
def test_a_changed_template_changes_the_pages_that_use_it(template: str, touched: str, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    told = full_library("Chữ")
    before = planned(told, theme=theme)
    with (theme / "templates" / template).open("a", encoding="utf-8") as file:
        file.write("{# changed #}\n")

    found = changed(before, planned(told, theme=theme))
    pages = {path for line in before for path in line.paths if path.endswith(".html")}

    assert found == {path for path in pages if re.fullmatch(touched, path)}


def test_what_a_template_uses_is_found_as_jinja_finds_it() -> None:
    texts = sources(THEME / "templates")
    env = environment(planned(library(), SETTINGS)[0].inputs[0])
    for name, text in texts.items():
        direct = {found for found in jinja2.meta.find_referenced_templates(env.parse(text)) if found}

        assert used_by(name, texts) == {name}.union(*(used_by(found, texts) for found in direct))


@pytest.mark.parametrize("said", ['{% include "b" %}', '{%- include "b" ignore missing %}', "{%+ import 'b' as b %}"])
def test_a_template_that_is_not_there_is_used_all_the_same(said: str) -> None:
    assert used_by("a", {"a": said}) == {"a", "b"}


def test_every_line_of_the_plan_can_travel_to_another_process() -> None:
    for line in planned(full_library("Chữ")):
        again = pickle.loads(pickle.dumps(line))

        assert fingerprint_of(again) == fingerprint_of(line)


def test_the_same_inputs_make_the_same_bytes() -> None:
    assert made(full_library("Chữ")) == made(full_library("Chữ"))


def test_a_name_that_a_template_is_not_given_is_an_error(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    (theme / "templates" / "not_found.html").write_text("{{ nobody_knows }}", encoding="utf-8")

    with pytest.raises(jinja2.UndefinedError, match="nobody_knows"):
        made(library(), theme=theme)


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match=r"fr\.po"):
        planned(library(), Settings(language="fr"))


def test_a_template_of_an_override_takes_the_place_of_the_themes_own_and_the_rest_falls_back(tmp_path: Path) -> None:
    (tmp_path / "emblem.svg").write_text("<svg id='office'></svg>", encoding="utf-8")
    ours, theirs = made(library(bulletin())), made(library(bulletin()), overrides=(tmp_path,))

    assert b"<svg id='office'></svg>" in theirs["404.html"]
    assert ours.keys() == theirs.keys()
    assert changed(planned(library(bulletin())), planned(library(bulletin()), overrides=(tmp_path,))) == {
        path for path in ours if path.endswith(".html")
    }
