"""What is counted over all bulletins: each ceremony once, nothing that is disputed or not yet decided."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.statistics import AwardsOfForm, StepsOfYear, TargetsOfKind, awards, ceremonies, steps, targets
from tests.builders import bulletin, library


def award(**fields: Any) -> dict[str, Any]:
    return {"form": "giay_khen", "by": "Giám đốc Sở", "to": "collectives", "year": 2023} | fields


def test_a_ceremony_that_two_bulletins_report_is_counted_once_with_all_its_kinds() -> None:
    same = {"id": "le", "date": "2023-03-02"}
    one = bulletin("mot", ceremony={**same, "kinds": ["pact"]})
    other = bulletin("hai", ceremony={**same, "kinds": ["pact", "launch"]})
    counted = ceremonies(library(one, other))

    assert counted.number == 1
    assert dict(counted.months)[3] == 1
    assert counted.kinds == (("launch", 1), ("pact", 1))


def test_all_twelve_months_are_there_and_an_unknown_one_only_where_it_is_needed() -> None:
    known = ceremonies(library(bulletin()))
    unknown = ceremonies(library(bulletin(ceremony={"kinds": ["pact"], "date": "2023"})))

    assert [month for month, _ in known.months] == [*range(1, 13)]
    assert unknown.months[-1] == (0, 1)


def test_a_year_counts_the_blocs_that_have_each_step_among_those_told_of() -> None:
    review = {"kinds": ["summary"], "date": "2023-12-02"}
    counted = steps(library(bulletin(), bulletin("b", bloc="khoi-2", ceremony=review, years={"reviewed": "2023"})))

    assert counted == (StepsOfYear(2023, 2, (1, 0, 1)),)


@pytest.mark.parametrize(
    ("stated", "counted"),
    [
        ([award(count=3), award(count=4, to="individuals")], (AwardsOfForm("giay_khen", 7, 0, 0),)),
        ([award(count=None)], (AwardsOfForm("giay_khen", 0, 1, 0),)),
        ([award(count=3, status="proposed")], ()),
        ([award(count=3, status="decided")], (AwardsOfForm("giay_khen", 3, 0, 0),)),
    ],
)
def test_awards_are_added_by_form_once_they_are_decided(
    stated: list[dict[str, Any]], counted: tuple[AwardsOfForm, ...]
) -> None:
    assert awards(library(bulletin(awards=stated)).dossiers.values()) == counted


def test_targets_in_percent_are_gathered_by_what_they_want_attained_whatever_the_case() -> None:
    low = {"of": "cán bộ", "op": ">=", "value": 80, "unit": "percent", "attain": ["Lao động tiên tiến"]}
    high = {**low, "of": "đảng viên", "value": 95.5, "attain": ["lao động tiên tiến"]}
    points = {**low, "of": "điểm", "unit": "points", "value": 900}
    counted = targets(library(bulletin(targets=[low, high, points])).dossiers.values())

    assert counted == (TargetsOfKind("Lao động tiên tiến", 2, 80, 95.5),)
