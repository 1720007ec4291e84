"""An award has one id wherever it is told, so that nobody counts it twice."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.model import Bulletin
from bulletins.domain.statistics import awards
from tests.builders import bulletin, library

FLAG: dict[str, Any] = {"form": "co_luan_luu", "by": "Khối thi đua 1", "to": "collectives", "count": "1"}


def review(bulletin_id: str, *told: dict[str, Any], year: str = "2022", **fields: Any) -> Bulletin:
    return bulletin(bulletin_id, years={"reviewed": year}, awards=[*told], **fields)


@pytest.mark.parametrize(
    "again",
    [
        FLAG | {"status": "proposed"},
        FLAG | {"by": "KHỐI THI ĐUA SỐ 1"},
        FLAG | {"count": "2"},
        FLAG | {"year": "2022"},
    ],
)
def test_an_award_that_is_told_again_has_the_same_id(again: dict[str, Any]) -> None:
    assert review("a", FLAG).award_ids == review("b", again).award_ids


@pytest.mark.parametrize(
    "other", [{"form": "bang_khen"}, {"by": "Sở Mẫu"}, {"to": "individuals"}, {"year": "2021"}, {"for": "phong trào"}]
)
def test_another_award_has_another_id(other: dict[str, Any]) -> None:
    assert review("a", FLAG).award_ids != review("b", FLAG | other).award_ids


def test_two_awards_of_one_bulletin_are_never_one() -> None:
    assert len(set(review("a", FLAG, FLAG).award_ids)) == 2


def test_an_award_of_another_bloc_is_another() -> None:
    assert review("a", FLAG).award_ids != review("b", FLAG, bloc="khoi-2").award_ids


def test_an_award_is_counted_once_however_often_it_is_told() -> None:
    told = library(
        review("a", FLAG),
        review("b", FLAG | {"presented_by": "Trần Thị Mẫu"}),
        review("c", FLAG | {"form": "bang_khen", "count": "3"}, bloc=["khoi-1", "khoi-2"]),
    )

    assert [(line.form, line.number) for line in awards(told.dossiers.values())] == [
        ("bang_khen", 3),
        ("co_luan_luu", 1),
    ]


def test_where_bulletins_give_other_numbers_of_one_award_both_stand_in_conflict() -> None:
    stated = library(review("a", FLAG), review("b", FLAG | {"count": "2"})).dossiers["khoi-1", 2022].awards

    assert [(one.fact.count, one.conflict, one.sources) for one in stated] == [(1, True, ("a",)), (2, True, ("b",))]


def test_an_award_that_was_proposed_and_is_given_is_no_conflict() -> None:
    proposed = FLAG | {"status": "proposed", "count": "2"}
    stated = library(review("a", proposed), review("b", FLAG)).dossiers["khoi-1", 2022].awards

    assert [(one.fact.status, one.conflict) for one in stated] == [("proposed", False), ("given", False)]
    assert len({one.id for one in stated}) == 1
