"""The schema of the front matter accepts whatever authors may type, as an editor of YAML 1.2 reads it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bulletins.indexes.schemas import FRONT_MATTER
from tests.indexes import sample

ROOT = Path(__file__).parent.parent.parent
BULLETINS = sorted((ROOT / "content" / "bulletins").rglob("index.md"))
LEAST = {
    "id": "khoi-1-2023-pact",
    "title": "Khối 1 ký giao ước",
    "lead": "Các đơn vị ký giao ước.",
    "bloc": "Khối thi đua 1",
    "ceremony": {"kinds": "pact"},
    "years": {"pact": 2023},
}


class Yaml12(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `on` is a text, and so is a date."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(sample.site()[f"api/v1/schemas/{FRONT_MATTER}.json"]))


def complaints(head: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(head)]


@pytest.mark.parametrize("path", BULLETINS, ids=lambda path: path.parent.name)
def test_every_published_bulletin_keeps_the_schema(path: Path) -> None:
    head = path.read_text(encoding="utf-8").split("---\n")[1]

    assert complaints(yaml.load(head, Yaml12)) == []


def test_the_facts_of_the_sample_keep_the_schema() -> None:
    assert complaints(LEAST | {"id": "khoi-1-2023-pact", **sample.FULL}) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("years", "{pact: năm 2023, reviewed: 2022-2023}"),
        ("published", "22/02/2023 16h25"),
        ("published", '{date: 2023-02-22, time: "16:25"}'),
        ("ceremony", "{kinds: Ký giao ước thi đua, date: 2/2023, place: Hội trường Sở Mẫu}"),
        ("ceremony", "{kinds: [pact, launch], date: 2023, place: {name: Hội trường, province: Tỉnh Mẫu}}"),
        ("bloc_years", "{year: 2023, head: Phòng Một, deputies: Phòng Hai, members: {complete: có, list: Phòng Ba}}"),
        ("commitments", "[Giữ nền nếp, Học tập]"),
        ("commitments", "{open_ended: true, list: Giữ nền nếp}"),
        ("targets", '{of: cán bộ, value: "97,5%"}'),
        ("scoring", "{year: 2023, total: 1.000, criteria: [Chuyên môn, {name: Sáng kiến, points: 50}]}"),
        ("photos", "auto"),
        ("photos", "{file: 1.jpg, alt: Toàn cảnh, focus: phải trên}"),
        ("source", "{publisher: Báo Mẫu, url: https://nguon.example/1}"),
        ("results", "Hoàn thành mọi chỉ tiêu"),
        ("targets", ""),
        ("title", "2023"),
    ],
)
def test_a_form_that_authors_may_type_keeps_the_schema(field: str, typed: str) -> None:
    assert complaints(LEAST | {field: yaml.load(typed, Yaml12)}) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [("lang", "tiếng Việt"), ("years", "[2023]"), ("photos", "tất cả"), ("ceremony", "{date: 2023}"), ("tittle", "x")],
)
def test_what_is_no_front_matter_does_not(field: str, typed: str) -> None:
    assert complaints(LEAST | {field: yaml.load(typed, Yaml12)}) != []
