"""The reckoning for a million bulletins says what was measured where it was measured, and halves what can be shared."""

from __future__ import annotations

import pytest

from bench import reckoning
from bench.reckoning import CORES, FEW, MANY, SHARED, along, core_hours, files, hours, processor, readings, size


@pytest.mark.parametrize("built", [FEW, MANY])
def test_the_lines_go_through_what_was_counted(built: reckoning.Built) -> None:
    n = built.bulletins

    assert (files(n), size(n), readings(n)) == pytest.approx((built.files, built.bytes, built.readings))


@pytest.mark.parametrize(("bulletins", "seconds"), reckoning.PROCESSOR)
def test_the_line_of_the_processor_goes_through_both_builds(bulletins: int, seconds: float) -> None:
    assert processor(bulletins) == pytest.approx(seconds)


def test_a_line_goes_on_beyond_its_points() -> None:
    assert along((1, 10), (3, 30), 7) == 70


def test_twice_the_workers_halve_only_what_they_share() -> None:
    work = processor(reckoning.MILLION) / 3600
    saved = hours(reckoning.MILLION, 8) - hours(reckoning.MILLION, 16)

    assert saved == pytest.approx(work * SHARED / 16)
    assert hours(reckoning.MILLION, 10**9) == pytest.approx(work * (1 - SHARED) / CORES)


def test_what_is_paid_for_are_all_cores_for_the_whole_time() -> None:
    assert core_hours(reckoning.MILLION, 8) == pytest.approx(hours(reckoning.MILLION, 8) * 10)
