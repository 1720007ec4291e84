"""Marks of truth: what is inferred, from a caption or in dispute is said to be so on every page that tells it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Name, Register
from tests.builders import bulletin, library, register
from tests.indexes import sample
from tests.pages.builders import links, made, parsed, said, words

CAPTION, INFERRED = "chỉ nêu trong chú thích ảnh", "suy ra từ bản tin"
DISPUTED = "Các bản tin nêu khác nhau"
MARKS = {"caption": CAPTION, "inferred": INFERRED}
DOCUMENT = re.compile(r"api/v1/(bulletins|blocs|units|ceremonies)/.+\.json")
PAGES = {
    "bulletin": "ban-tin/{id}/index.html",
    "dossier": "khoi/khoi-1/2023/index.html",
    "bloc": "khoi/khoi-1/index.html",
    "unit": "don-vi/{unit}/index.html",
    "year": "nam/2023/index.html",
}
WITHOUT = {"deputy": ("year",), "standing_body": ("year",), "member": ("year",)}
"""Pages that do not tell a fact: a year's page names the heads alone."""


def seat(role: str, unit: str, **more: Any) -> dict[str, Any]:
    one = {"unit": unit, **more}
    return {
        "head": {"head": one},
        "deputy": {"deputies": [one]},
        "standing_body": {"standing_body": one},
        "member": {"members": {"list": [one]}},
    }[role]


def of_year(name: str, year: dict[str, Any]) -> Bulletin:
    return bulletin(name, title=f"Tin {name}", bloc_years=[{"year": 2023, **year}])


def shown(told: Library, page: str, unit: str, name: str = "a") -> str:
    return said(made(told), PAGES[page].format(id=name, unit=unit))


@pytest.mark.parametrize(("role", "page"), [*product(("head", "deputy", "standing_body", "member"), PAGES)])
def test_a_fact_that_is_not_plainly_stated_says_so_on_every_page_that_tells_it(role: str, page: str) -> None:
    for origin, mark in (("caption", CAPTION), ("inferred", INFERRED)):
        text = shown(library(of_year("a", seat(role, "phong-mot", origin=origin))), page, "phong-mot")

        assert (mark in text) is (page not in WITHOUT.get(role, ()))


@pytest.mark.parametrize("page", PAGES)
def test_a_plain_statement_has_no_mark(page: str) -> None:
    text = shown(library(of_year("a", seat("head", "phong-mot"))), page, "phong-mot")

    assert not any(mark in text for mark in (CAPTION, INFERRED, DISPUTED))


@pytest.mark.parametrize("page", PAGES)
def test_heads_on_which_bulletins_differ_are_marked_on_every_page_that_names_one(page: str) -> None:
    told = library(of_year("a", seat("head", "phong-mot")), of_year("b", seat("head", "phong-hai")))

    assert DISPUTED in shown(told, page, "phong-mot")
    assert DISPUTED in shown(told, page, "phong-hai", "b")


def test_a_unit_that_two_bulletins_give_two_roles_shows_both_each_with_its_own_source() -> None:
    told = library(of_year("a", seat("head", "phong-mot")), of_year("b", seat("deputy", "phong-mot")))
    text = shown(told, "unit", "phong-mot")

    assert "Khối trưởng Khối thi đua 1 theo Tin a" in text
    assert "Khối phó Khối thi đua 1 theo Tin b" in text


def test_marks_of_sources_begin_with_two_sources_and_lead_to_them() -> None:
    one = made(library(of_year("a", seat("head", "phong-mot"))))[PAGES["dossier"]].decode()
    two = made(library(of_year("a", seat("head", "phong-mot")), of_year("b", seat("deputy", "phong-hai"))))
    marks = [a for a in parsed(two[PAGES["dossier"]].decode()).iter("a") if a.get("class") == "mark"]

    assert 'class="mark"' not in one
    assert {a.get("href") for a in marks} == {"/ban-tin/a/", "/ban-tin/b/"}
    assert {a.get("aria-label") for a in marks} == {"Theo bản tin 1", "Theo bản tin 2"}
    assert "Căn cứ: các bản tin Tin a Tin b" in said(two, PAGES["bloc"])
    assert "/ban-tin/a/" in links(parsed(one))


def test_a_ceremony_that_elected_a_deputy_only_is_not_called_an_election_of_a_head() -> None:
    ceremony = {"kinds": ["election"], "date": "2023-03-02"}
    decided = [{"kind": "elected", "role": "deputy", "unit": "phong-mot", "for_year": 2023}]
    text = words(
        parsed(made(library(bulletin("a", ceremony=ceremony, decisions=decided)))["ban-tin/a/index.html"].decode())
    )

    assert "Bầu khối phó" in text
    assert "Bầu khối trưởng" not in text


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_cluster_use_the_words_of_a_cluster(page: str) -> None:
    year = {"head": {"unit": "phong-mot"}, "deputies": [{"unit": "phong-hai"}]}
    decided = [{"kind": "handed_over", "role": "head", "to_unit": "phong-mot", "for_year": 2023}]
    ceremony = {"kinds": ["election", "handover"], "date": "2023-03-02"}
    held = bulletin("a", title="Tin a", ceremony=ceremony, decisions=decided, bloc_years=[{"year": 2023, **year}])
    cluster = register().blocs["khoi-1"].model_copy(update={"kind": "cum", "names": (Name(name="Cụm thi đua 1"),)})
    others = [bloc for bloc in register().blocs.values() if bloc.id != "khoi-1"]
    clusters = Register(register().hosts.values(), [cluster, *others], register().units.values())
    text = shown(Library(clusters, (held,), {"a": Body(("<p>Tin.</p>",), "a")}), page, "phong-mot")

    assert "Cụm trưởng" in text
    assert not any(word in text for word in ("Khối trưởng", "khối trưởng", "khối phó", "Khối phó", "Về khối"))


def marks_wanted(value: Any) -> Iterator[str]:
    """The mark of each fact in a JSON document that is not plainly stated, or that bulletins tell differently."""
    if isinstance(value, dict):
        if mark := MARKS.get(str(value.get("origin"))):
            yield mark
        if value.get("conflict"):
            yield DISPUTED
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from marks_wanted(part)


def test_every_mark_of_every_json_document_stands_on_the_page_of_the_same_facts() -> None:
    pages = made(sample.library(), sample.SETTINGS)
    documents = [json.loads(data) for path, data in sample.site().items() if DOCUMENT.match(path)]
    lacking = {
        (document["url"], mark): (wanted, shown)
        for document in documents
        for mark, wanted in Counter(marks_wanted(document)).items()
        if (shown := said(pages, page_of(document["url"])).count(mark)) < wanted
    }

    assert {mark for document in documents for mark in marks_wanted(document)} == {CAPTION, DISPUTED}
    assert lacking == {}


def page_of(url: str) -> str:
    return url.removeprefix(f"{sample.SETTINGS.site_url}/").partition("#")[0] + "index.html"
