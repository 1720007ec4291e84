"""Numbers as signs, and the runs of a term."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.search import coding
from tests.search.js import run

WEIGHTS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3)), max_size=200)

GROUPS = """
import { groups } from "./query.js";
console.log(JSON.stringify(given.map((value) => [...groups(value)])));
"""


def test_every_number_has_a_code_that_no_other_code_begins_with() -> None:
    codes = list(map(coding.code, range(coding.LIMIT)))

    assert coding.numbers("".join(codes)) == list(range(coding.LIMIT))
    assert {len(one) for one in codes[:83]} == {1}
    assert {len(one) for one in codes[83:528]} == {2}
    assert all(json.dumps(one) == f'"{one}"' for one in codes)


@pytest.mark.parametrize("number", [-1, coding.LIMIT])
def test_a_number_without_a_code_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        coding.code(number)


def test_the_browser_reads_the_groups_of_a_term(tmp_path: Path) -> None:
    value = f"{coding.code(3)}##!$!!% {coding.code(700)}{coding.code(90)}!!{coding.code(2000)}"
    found = run(tmp_path, GROUPS, [value])

    assert found == [[[3, 0, 1], [3, 0, 1], [3, 1, 1.4], [3, 2, 5], [700, 90, 1], [700, 2000, 3]]]


@given(WEIGHTS, st.integers(0, 199), st.none() | st.integers(0, 3))
def test_a_moved_term_reads_as_if_it_had_always_stood_there(
    weighed: list[dict[str, int]], place: int, weight: int | None
) -> None:
    if place >= len(weighed):
        return
    before = {term: coding.code(7) + places for term, places in coding.runs(weighed).items()}
    weighed[place] = {**weighed[place], "a": weight} if weight is not None else _without(weighed[place])
    after = {term: coding.code(7) + places for term, places in coding.runs(weighed).items()}

    assert coding.moved(before.get("a", ""), 7, place, weight) == after.get("a", "")


def _without(weights: dict[str, int]) -> dict[str, int]:
    return {term: weight for term, weight in weights.items() if term != "a"}


def test_other_volumes_of_a_moved_term_stay_as_they_are() -> None:
    assert coding.moved("#% &$", 1, 4, 3) == "#% $!!!' &$"
    assert coding.moved("#% $!!!' &$", 1, 4, None) == "#% &$"
