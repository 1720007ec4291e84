"""What stands in emitted JSON where bulletins contradict each other, say nothing, or something changed since."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.indexes import cases, sample
from tests.indexes.strict import strict
from tests.pages.builders import planned

SITE = f"{sample.SETTINGS.site_url}/"
DOSSIER = "blocs/khoi-a/2023"

CASES: dict[str, tuple[str, str, Any]] = {
    "two bulletins of one ceremony": ("ceremonies/le-ky-a", "bulletins.*.id", ["a-2023-pact", "a-2023-bao"]),
    "another day": ("ceremonies/le-ky-a", "alternatives.*.date", ["2023-03-03"]),
    "another day is a conflict": ("ceremonies/le-ky-a", "conflict", True),
    "another head": (DOSSIER, "head.alternatives.*.unit", ["phong-moi"]),
    "the head's own source alone": (DOSSIER, "head.sources", ["a-2023-pact"]),
    "the other head's source alone": (DOSSIER, "head.alternatives.0.sources", ["a-2023-bao"]),
    "another head is a conflict": (DOSSIER, "head.conflict", True),
    "another day of signing": (DOSSIER, "pact.alternatives.*.signed", ["2023-03-03"]),
    "another target of the same thing": (DOSSIER, "targets.*.value", [95, 90]),
    "both targets are a conflict": (DOSSIER, "targets.*.conflict", [True, True]),
    "another count of an award": (DOSSIER, "awards.*.count", [9, 8]),
    "both counts are a conflict": (DOSSIER, "awards.*.conflict", [True, True]),
    "a year on which all agree": ("blocs/khoi-a/2022", "members.conflict", False),
    "a renamed bloc, before": ("blocs/khoi-a/2022", "bloc_name", "Khối thi đua số 1"),
    "a renamed bloc, since": (DOSSIER, "bloc_name", "Khối thi đua A"),
    "a renamed bloc's names": ("blocs/khoi-a", "names.*.to", [None, "2022-12-31"]),
    "a unit that went to another bloc": ("units/phong-chuyen", "history.*.bloc", ["khoi-b", "khoi-a"]),
    "merged units, from the old": ("units/phong-gop", "replaced_by", ["phong-moi"]),
    "merged units, from the new": ("units/phong-moi", "replaces", ["phong-gop", "phong-gop-hai"]),
    "a merged unit's end": ("units/phong-gop", "dissolved", "2022-12-31"),
    "a new unit's beginning": ("units/phong-moi", "founded", "2023-01-01"),
    "a new unit's deciding document": ("units/phong-moi", "decision", "12/QĐ-SM"),
    "a split unit, from the old": ("units/phong-tach", "replaced_by", ["nua-mot", "nua-hai"]),
    "a split unit, from the new": ("units/nua-hai", "replaces", ["phong-tach"]),
    "a unit's former id": ("units/phong-ten-cu", "moved_to", "phong-ten-moi"),
    "a unit's former ids": ("units/phong-ten-moi", "former_ids", ["phong-ten-cu"]),
    "a bloc's former id": ("blocs/khoi-b-cu", "moved_to", "khoi-b"),
    "a dossier of a former id": ("blocs/khoi-b-cu/2023", "moved_to", "khoi-b-2023"),
    "a bulletin's former id": ("bulletins/b-2023-ky", "moved_to", "b-2023-pact"),
    "a ceremony's former id": ("ceremonies/b-2023-ky", "moved_to", "b-2023-pact"),
    "a school year": ("blocs/khoi-truong/2022", "school_year", True),
    "a school year of a bulletin": ("bulletins/truong-2022-pact", "bloc_years.0.school_year", True),
    "a year that is none": (DOSSIER, "school_year", False),
    "a month without a day": ("ceremonies/truong-2022-pact", "date_precision", "month"),
    "a year without a day": ("ceremonies/hai-khoi-2024", "date", "2024"),
    "no day at all": ("ceremonies/khong-ngay", "date", None),
    "no day has no precision": ("bulletins/khong-ngay", "ceremony.date_precision", None),
    "several blocs": ("bulletins/hai-khoi-2024", "blocs", ["khoi-a", "khoi-b"]),
    "several blocs of a ceremony": ("ceremonies/hai-khoi-2024", "blocs", ["khoi-a", "khoi-b"]),
    "deputies nobody names": (DOSSIER, "deputies", []),
    "deputies nobody names are said to be so": (DOSSIER, "deputies_origin", "not_stated"),
    "a list of members that is not complete": (DOSSIER, "members.complete", False),
    "a list of members that is": ("blocs/khoi-a/2022", "members.complete", True),
    "no scoring": (DOSSIER, "scoring", None),
    "a corrected bulletin": ("bulletins/da-sua", "change_history.*.minor", [False, True]),
    "a withdrawn bulletin": ("bulletins/da-go", "status", "withdrawn"),
    "why it was withdrawn": ("bulletins/da-go", "reason", "Đăng nhầm"),
    "an expired bulletin": ("bulletins/het-han", "status", "withdrawn"),
    "when it expired": ("bulletins/het-han", "date", "2023-02-01"),
}
"""The case; the document and the keys that lead to what is said there, `*` for each of a list; and what is said."""

MODIFIED = {
    "bulletins/a-2023-pact": "2023-03-03T08:00:00+07:00", "bulletins/da-sua": "2023-05-04",
    "bulletins/da-go": "2023-06-01", "bulletins/het-han": "2023-02-01", "bulletins/khong-ngay": None,
    "bulletins/b-2023-ky": None, "ceremonies/le-ky-a": "2023-03-04", "ceremonies/khong-ngay": None,
    "ceremonies/da-go": "2023-06-01", DOSSIER: "2023-03-04", "blocs/khoi-a/2022": None, "blocs/khoi-a": "2023-03-04",
    "blocs/khoi-truong": None, "blocs/khoi-b-cu": None, "units/phong-mot": "2023-03-03T08:00:00+07:00",
    "units/phong-tach": None, "years/2023": "2023-05-04", "years/2024": None, "blocs": "2023-05-04",
    "units": "2023-03-04", "hosts": "2023-05-04", "movements": None, "years": "2023-05-04", "documents": None,
    "vocab/awards": None, "vocab/provinces": None, "index": "2023-06-01", "catalogue/bulletins/2022": None,
    "catalogue/dossiers/2023": "2023-05-04",
}  # fmt: skip
"""For each kind of document the latest day that the content names for its publication or correction."""


def document(path: str) -> Any:
    return json.loads(cases.site()[f"api/v1/{path}.json"])


def said(value: Any, keys: list[str]) -> Any:
    if not keys:
        return value
    key, *rest = keys
    if key == "*":
        return [said(item, rest) for item in value]
    return said(value[int(key) if key.isdecimal() else key], rest)


@pytest.mark.parametrize(("path", "keys", "expected"), CASES.values(), ids=CASES)
def test_a_document_says_what_is_so_and_no_more(path: str, keys: str, expected: Any) -> None:
    assert said(document(path), keys.split(".")) == expected


def test_nothing_of_what_was_withdrawn_or_expired_is_anywhere() -> None:
    assert [path for path, data in cases.site().items() if "BÍ MẬT".encode() in data] == []


def test_every_document_keeps_its_schema_and_names_no_key_besides() -> None:
    files = cases.site()
    validators: dict[str, Draft202012Validator] = {}
    documents = {p: json.loads(data) for p, data in files.items() if p.startswith("api/") and p.endswith(".json")}
    judged = 0
    for path, value in documents.items():
        address = value.get("schema", "").removeprefix(SITE)
        if address not in files:
            continue
        if address not in validators:
            schema = strict(json.loads(files[address]))
            validators[address] = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        judged += 1
        assert [error.message for error in validators[address].iter_errors(value)] == [], path
    assert judged > 70


@cache
def of_content_alone() -> dict[str, bytes]:
    return sample.made(sample.lines(cases.library()))


@pytest.mark.parametrize(("path", "expected"), MODIFIED.items(), ids=MODIFIED)
def test_without_a_memory_modified_is_the_latest_day_that_the_content_names_or_null(
    path: str, expected: str | None
) -> None:
    assert json.loads(of_content_alone()[f"api/v1/{path}.json"])["modified"] == expected


@cache
def page(path: str) -> str:
    (output,) = (output for output in planned(cases.library()) if output.paths == (path,))
    return unescape(output.make(*output.inputs)[0].decode())


def test_the_page_shows_both_sides_of_every_conflict_as_json_does() -> None:
    dossier = document(DOSSIER)
    shown = " ".join(re.sub(r"<[^>]+>", " ", page("khoi/khoi-a/2023/index.html")).split())
    heads = [dossier["head"], *dossier["head"]["alternatives"]]
    days = [dossier["pact"]["signed"], *(other["signed"] for other in dossier["pact"]["alternatives"])]
    both = [
        *(head["name"] for head in heads),
        *(f"{int(day[8:])} tháng {int(day[5:7])} năm {day[:4]}" for day in days),
        *(f"từ {target['value']} % trở lên" for target in dossier["targets"]),
        *(f"{award['count']} Giấy khen" for award in dossier["awards"]),
    ]

    assert len(both) == 8
    assert [words for words in both if words not in shown] == []
    assert shown.count("Các bản tin nêu khác nhau") == 8
