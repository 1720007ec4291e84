"""A check says to which year the facts went that name none, where a bulletin is about several years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletins.domain.attribution import Undated, undated
from bulletins.domain.dossier import dossiers
from bulletins.listing import UNDATED_LISTED, where_undated
from tests.builders import bulletin, library

TWO_YEARS: dict[str, Any] = {"years": {"reviewed": "2022", "pact": "2023"}}
FACTS: dict[str, Any] = {
    "awards": [{"form": "bang_khen"}, {"form": "giay_khen"}, {"form": "giay_khen", "year": "2021"}],
    "results": ["Hoàn thành mọi chỉ tiêu", "Năm 2021, khối đứng đầu"],
    "themes": ["Đoàn kết", {"text": "Sáng tạo", "year": "2023"}],
    "commitments": ["Một", "Hai"],
    "targets": [{"of": "cán bộ"}],
    "directions": ["Phát huy"],
}


def test_only_what_names_no_year_is_told_with_the_year_it_went_to() -> None:
    assert undated(bulletin(**TWO_YEARS, **FACTS)) == (
        Undated("awards", 2, 2022),
        Undated("themes", 1, 2023),
        Undated("results", 1, 2022),
        Undated("commitments", 2, 2023),
        Undated("targets", 1, 2023),
        Undated("directions", 1, 2023),
    )


def test_there_is_nothing_to_tell_of_a_bulletin_about_one_year() -> None:
    assert undated(bulletin(**FACTS)) == ()


@pytest.mark.parametrize("field", ["awards", "results", "themes", "commitments", "targets", "directions"])
def test_what_is_told_is_what_the_dossiers_do(field: str) -> None:
    one = bulletin(**TWO_YEARS, **{field: FACTS[field][:1]})
    joined = dossiers(library(one).by_bloc_year)

    assert {(fact.field, fact.year) for fact in undated(one)} == {
        (field, year) for (_, year), dossier in joined.items() if getattr(dossier, field)
    }


def test_a_line_names_the_facts_and_their_years() -> None:
    facts = (Undated("awards", 2, 2022), Undated("commitments", 3, 2023), Undated("results", 1, 2022))

    assert where_undated([("a/index.md", facts)], "vi") == [
        "a/index.md: điều không ghi năm vào hồ sơ: khen thưởng (2), kết quả (1) → 2022; cam kết (3) → 2023."
    ]


def test_a_check_of_all_lists_the_few_that_were_saved_last_and_counts_the_others(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{n}.md") for n in range(UNDATED_LISTED + 2)]
    (tmp_path / "4.md").write_text("x")
    lines = where_undated([(name, (Undated("awards", 1, 2022),)) for name in names], "en")

    assert lines[0].startswith(names[4])
    assert len(lines) == UNDATED_LISTED + 1
    assert lines[-1].startswith("2 more")


def test_a_check_of_one_lists_that_alone() -> None:
    facts = (Undated("awards", 1, 2022),)

    assert len(where_undated([("a", facts), ("b", facts)], "vi", "b")) == 1
