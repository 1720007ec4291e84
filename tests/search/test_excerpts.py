"""What a result shows of a bulletin: the search page reads the JSON that is published, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.search.js import run

EXPECTED = Path(__file__).parent.parent / "expected" / "api" / "v1" / "bulletins"
EXCERPT = """
import { excerpt } from "./excerpt.js";
import { parse } from "./terms.js";
console.log(JSON.stringify(given.queries.map((query) => excerpt(given.bulletin, parse(query)))));
"""
SHOWN = {
    "sau anh": "Sau ảnh",
    "phong hai": "Phòng Hai",
    "tran thi mau": "Trần Thị Mẫu",
    "12/qd-sm": "12QĐSM",
    "chia khoi": "Chia khối",
    "doan ket": "Đoàn kết",
    "cai cach hanh chinh": "Cải cách hành chính",
    "thi dua thuong xuyen": "Thi đua thường xuyên",
    "lao dong tien tien": "Lao động tiên tiến",
    "giam doc so": "Giám đốc Sở",
    "giu vung nen nep": "Giữ vững nền nếp",
    "ca nuoc": "Cả nước",
    "ngay truyen thong": "Ngày truyền thống",
    "sang kien": "Sáng kiến",
    "hoi truong": "Hội trường",
    "tinh mau": "Tỉnh Mẫu",
    "mai viet": "Mai Viết",
    "bat tay": "bắt tay",
}


def test_a_result_shows_the_words_asked_for_wherever_its_bulletin_has_them(tmp_path: Path) -> None:
    bulletin = json.loads((EXPECTED / "khoi-1-2023-pact.json").read_text("utf-8"))
    excerpts = run(tmp_path, EXCERPT, {"bulletin": bulletin, "queries": [*SHOWN]})

    assert {query: "".join(parts[1::2]) for query, parts in zip(SHOWN, excerpts, strict=True)} == SHOWN


@pytest.mark.parametrize("name", sorted(path.name for path in EXPECTED.glob("*.json")))
def test_every_document_of_a_bulletin_has_an_excerpt(name: str, tmp_path: Path) -> None:
    bulletin = json.loads((EXPECTED / name).read_text("utf-8"))
    if bulletin["status"] == "published":
        (parts,) = run(tmp_path, EXCERPT, {"bulletin": bulletin, "queries": ["xyz"]})

        assert "".join(parts).startswith(bulletin["lead"][:40])
