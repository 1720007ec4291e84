"""What a million bulletins would take is reckoned rightly; that the page says the same is held by the tests of docs."""

from __future__ import annotations

import pytest
from pytest import MonkeyPatch

from bench import reckoning
from bench.reckoning import Pair, alone, cost, grown, hours


@pytest.fixture(autouse=True)
def _round_figures(monkeypatch: MonkeyPatch) -> None:
    figures = {"BULLETINS": Pair(1_000, 3_000), "PROCESSOR": 0.03, "SHARED": 2 / 3, "CORES": 2, "PRICE": 0.5}
    for name, figure in figures.items():
        monkeypatch.setattr(reckoning, name, figure)


@pytest.mark.parametrize(("bulletins", "files"), [(1_000, 6_000), (3_000, 16_000), (1_000_000, 5_001_000)])
def test_a_figure_grows_on_the_line_through_both_that_were_measured(bulletins: int, files: int) -> None:
    assert grown(Pair(6_000, 16_000), bulletins) == files


def test_one_machine_shares_everything_among_its_cores() -> None:
    assert alone(720_000) == pytest.approx(3)


@pytest.mark.parametrize(("workers", "took"), [(1, 5), (4, 2), (10**9, 1)])
def test_more_workers_share_what_is_made_and_nothing_of_what_is_read(workers: int, took: float) -> None:
    assert hours(720_000, workers) == pytest.approx(took)


def test_every_core_is_paid_for_from_the_first_hour_to_the_last() -> None:
    assert cost(2, 6) == 6
