"""What reviews and pacts often tell besides: deeds, figures, who assigned, who joined, what is to come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from bulletins.domain.model import Award, Decision, Person, Result
from tests.builders import bulletin, library, register
from tests.indexes import sample
from tests.pages.builders import links, made, parsed, said

RESOLVERS = dict(register().resolvers({"bloc": "khoi-1"}))
FACTS: dict[str, Any] = {
    "people": [{"name": "Trần Thị Mẫu", "role": "Giám đốc", "did": ["tặng hoa", "trao quà cho hộ nghèo"]}],
    "decisions": [
        {"kind": "assigned", "role": "head", "unit": "phong-hai", "for_year": "2024", "by": "Sở Mẫu",
         "by_unit": "so-mau", "document": "12/QĐ-SM"},
        {"kind": "joined", "unit": "phong-ba", "on": "2023-01-01", "document": "3/QĐ-SM"},
    ],
    "results": [
        {"text": "Thu vượt dự toán", "value": "12,5", "unit": "tỷ đồng", "change": "-8", "of_unit": "phong-mot"},
    ],
    "announced": [{"text": "Hội thao của khối", "date": "9/2023", "place": "Nhà thi đấu"}],
    "awards": [
        {"form": "cờ luân lưu", "by": "Sở Mẫu", "by_unit": "so-mau", "status": "bình xét", "units": "phong-mot"},
    ],
    "years": {"reviewed": "2023"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "did"),
    [
        (["chứng kiến", "khai mạc"], ("witnessed", "opened")),
        ("tặng hoa", ("presented_flowers",)),
        (["spoke", "trao quà cho hộ nghèo"], ("spoke", "trao quà cho hộ nghèo")),
    ],
)
def test_deeds_are_codes_or_words(typed: object, did: tuple[str, ...]) -> None:
    assert Person.model_validate({"did": typed}).did == did


@pytest.mark.parametrize(
    ("model", "value"), [(Person, {"did": "atended"}), (Result, {"text": "a", "unit": "vnd_milion"})]
)
def test_a_mistyped_code_is_no_words(model: type[Person], value: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(value)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("tỷ đồng", "vnd_billion"), ("%", "percent"), ("người", "people"), ("công trình", "công trình")],
)
def test_what_a_result_counts_is_a_code_or_words(typed: str, unit: str) -> None:
    result = Result.model_validate({"text": "a", "value": "1.250,5", "unit": typed, "change": "-3"})

    assert (result.value, result.unit, result.change) == (1250.5, unit, -3)


@pytest.mark.parametrize(
    ("typed", "change"), [("8", 8), ("-8", -8), ("−8", -8), ("giảm 8,5%", -8.5), ("tăng 12 %", 12)]
)
def test_a_change_goes_up_or_down(typed: str, change: float) -> None:
    assert Result.model_validate({"text": "a", "change": typed}).change == change


@pytest.mark.parametrize("model", [Award, Decision])
@pytest.mark.parametrize(("by", "unit"), [("Sở Mẫu", "so-mau"), ("Phòng Hai", "phong-hai"), ("Chủ tịch tỉnh", None)])
def test_whoever_gives_or_decides_is_a_unit_where_the_register_knows_the_name(
    model: type[Award], by: str, unit: str | None
) -> None:
    kind = {"form": "giay_khen"} if model is Award else {"kind": "assigned"}

    assert model.model_validate(kind | {"by": by}, context=RESOLVERS).by_unit == unit


@pytest.fixture(scope="module")
def pages() -> Mapping[str, bytes]:
    return made(library(bulletin(**FACTS)))


@pytest.mark.parametrize(
    "words",
    [
        "Tặng hoa, trao quà cho hộ nghèo",
        "Bổ sung thành viên: Phòng Ba theo 3/QĐ-SM",
        "Thu vượt dự toán (12,5 tỷ đồng; giảm 8 %; Phòng Một)",
        "Hội thao của khối ( tháng 9 năm 2023, Nhà thi đấu)",
        "Cờ luân lưu của khối, cụm của Sở Mẫu (bình xét, suy tôn)",
    ],
)
def test_the_page_of_a_bulletin_shows_them(pages: Mapping[str, bytes], words: str) -> None:
    assert words in said(pages, "ban-tin/khoi-1-2023-pact/index.html")


def test_a_giver_that_is_a_unit_is_a_link(pages: Mapping[str, bytes]) -> None:
    page = parsed(pages["ban-tin/khoi-1-2023-pact/index.html"].decode())

    assert "/don-vi/so-mau/" in links(page)


def test_the_dossier_shows_who_joined_and_the_figure_of_a_result(pages: Mapping[str, bytes]) -> None:
    shown = said(pages, "khoi/khoi-1/2023/index.html")

    assert "Vào khối, rời khối Bổ sung thành viên: Phòng Ba" in shown
    assert "(12,5 tỷ đồng; giảm 8 %; Phòng Một)" in shown


def test_documents_hold_codes_and_words_apart() -> None:
    files = sample.made(sample.lines(library(bulletin(**FACTS))))
    whole = json.loads(files["api/v1/bulletins/khoi-1-2023-pact.json"])
    dossier = json.loads(files["api/v1/blocs/khoi-1/2023.json"])

    assert (whole["people"][0]["did"], whole["people"][0]["did_as"]) == (
        ["presented_flowers"],
        ["trao quà cho hộ nghèo"],
    )
    assert {key: whole["results"][0][key] for key in ("value", "unit", "unit_as", "change")} == {
        "value": 12.5,
        "unit": "vnd_billion",
        "unit_as": None,
        "change": -8,
    }
    assert dossier["results"][0]["of_unit"] == "phong-mot"
    assert [(change["unit"], change["kind"], change["on"]) for change in dossier["membership_changes"]] == [
        ("phong-ba", "joined", "2023-01-01")
    ]
    assert whole["announced"][0]["date"] == "2023-09"
