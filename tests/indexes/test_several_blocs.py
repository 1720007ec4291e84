"""The documents of a bulletin of several blocs, and of a ceremony of no bloc."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body
from tests.builders import bulletin
from tests.domain.test_several_blocs import BOTH
from tests.indexes import sample


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    told = (
        bulletin("hai-khoi-2023", **BOTH, ceremony={"id": "le-chung", "kinds": ["pact"], "date": "2023-03-02"}),
        bulletin("tinh-2023", bloc="không", host="so-mau", ceremony={"kinds": ["launch"], "date": "2023-01-05"}),
    )
    bodies = {one.id: Body(("<p>Bài.</p>",), one.id) for one in told}
    return sample.made(sample.lines(Library(sample.register(), told, bodies)))


def document(files: Mapping[str, bytes], path: str) -> Any:
    return json.loads(files[f"api/v1/{path}.json"])


@pytest.mark.parametrize("path", ["bulletins/hai-khoi-2023", "ceremonies/le-chung"])
def test_a_document_lists_every_bloc(files: Mapping[str, bytes], path: str) -> None:
    assert document(files, path)["blocs"] == ["khoi-1", "khoi-2"]


def test_every_year_of_a_bloc_says_which_bloc(files: Mapping[str, bytes]) -> None:
    years = document(files, "bulletins/hai-khoi-2023")["bloc_years"]

    assert [(entry["bloc"], entry["year"]) for entry in years] == [
        ("khoi-1", 2023), ("khoi-2", 2023), ("khoi-2", 2022),
    ]  # fmt: skip


def test_a_ceremony_of_no_bloc_has_an_empty_list_and_its_host(files: Mapping[str, bytes]) -> None:
    told = document(files, "bulletins/tinh-2023")

    assert (told["blocs"], told["host"]) == ([], "so-mau")
    assert document(files, "ceremonies/tinh-2023")["blocs"] == []


def test_the_calendar_of_a_year_has_the_ceremonies_of_several_blocs_and_of_none(files: Mapping[str, bytes]) -> None:
    ceremonies = document(files, "years/2023")["ceremonies"]

    assert {entry["id"]: entry["blocs"] for entry in ceremonies} == {"le-chung": ["khoi-1", "khoi-2"], "tinh-2023": []}


@pytest.mark.parametrize("bloc", ["khoi-1", "khoi-2"])
def test_each_bloc_has_the_bulletin_in_its_document_feed_and_calendar(files: Mapping[str, bytes], bloc: str) -> None:
    entry = document(files, f"blocs/{bloc}")["bulletins"]
    item = json.loads(files[f"khoi/{bloc}/feed.json"])["items"]

    assert [b["id"] for b in entry] == ["hai-khoi-2023"]
    assert [i["_bulletin"]["blocs"] for i in item] == [["khoi-1", "khoi-2"]]
    assert b"le-chung" in files[f"khoi/{bloc}/lich.ics"]


def test_a_table_has_all_blocs_in_a_cell(files: Mapping[str, bytes]) -> None:
    head, *rows = files["api/v1/csv/bulletins.csv"].decode().split("\r\n")

    assert head.split(",")[2:4] == ["blocs", "host"]
    assert any(",khoi-1 | khoi-2,," in row for row in rows)
    assert any(",,so-mau," in row for row in rows)


@pytest.mark.parametrize(
    ("front", "fits"),
    [
        ({"bloc": "khoi-1"}, True),
        ({"bloc": ["khoi-1", "khoi-2"]}, True),
        ({"blocs": ["khoi-1", "khoi-2"]}, True),
        ({"bloc": "không", "host": "so-mau"}, True),
        ({"host": "so-mau"}, True),
        ({}, False),
    ],
)
def test_the_schema_of_what_authors_type_knows_one_bloc_several_and_none(
    files: Mapping[str, bytes], front: dict[str, Any], fits: bool
) -> None:
    schema = document(files, "schemas/front-matter")
    text = {"id": "a", "title": "b", "lead": "c", "ceremony": {"kinds": ["pact"]}, "years": {}}

    assert jsonschema.Draft202012Validator(schema).is_valid(text | front) is fits
