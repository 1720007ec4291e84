"""The workers: the same result however many they are, and a failure that stops everything and says where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bulletins.crew import cores
from bulletins.making.one import MakingFailed
from bulletins.making.workers import batches, make_all
from bulletins.plan import Output
from tests.making.plans import failing, made_by, page, slow, written

# Under pytest-xdist the test process has threads of its own, of which Python warns before it forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def nobody(done: int, total: int) -> None:
    pass


def staged(staging: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in staging.iterdir()}


@pytest.mark.parametrize("workers", [2, 4])
def test_files_are_the_same_however_many_workers_make_them(tmp_path: Path, workers: int) -> None:
    plan = [Output((f"{n}/a.html", f"{n}/b.html"), written, (f"một {n}", f"hai {n}")) for n in range(150)]
    alone = make_all(plan, tmp_path / "1", 1, nobody)
    together = make_all(plan, tmp_path / "n", workers, nobody, patience=0)

    assert list(together.items()) == list(alone.items())
    assert staged(tmp_path / "n") == staged(tmp_path / "1")


def test_many_files_are_made_in_other_processes(tmp_path: Path) -> None:
    make_all([Output((f"{n}",), made_by, ()) for n in range(50)], tmp_path, 2, nobody, patience=0)

    assert str(os.getpid()).encode() not in staged(tmp_path).values()


def test_little_work_is_done_in_this_process(tmp_path: Path) -> None:
    make_all([Output((f"{n}",), made_by, ()) for n in range(3)], tmp_path, 2, nobody, patience=60)

    assert set(staged(tmp_path).values()) == {str(os.getpid()).encode()}


@pytest.mark.parametrize(("workers", "patience"), [(1, 0), (2, 0), (2, 60)])
def test_progress_counts_every_line_once(tmp_path: Path, workers: int, patience: float) -> None:
    told: list[tuple[int, int]] = []
    make_all(
        [page(f"{n}", "a") for n in range(40)], tmp_path, workers, lambda *told_now: told.append(told_now), patience
    )

    assert told == sorted(told)
    assert told[-1] == (40, 40)


@pytest.mark.parametrize("patience", [0, 60])
def test_a_failure_names_the_file_and_the_cause(tmp_path: Path, patience: float) -> None:
    plan = [*(page(f"{n}", "a") for n in range(40)), Output(("tin/hỏng.html",), failing, ("thiếu ảnh",))]
    with pytest.raises(MakingFailed) as caught:
        make_all(plan, tmp_path, 2, nobody, patience)

    assert caught.value.path == "tin/hỏng.html"
    assert "LookupError: thiếu ảnh" in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_failure_stops_the_work_of_the_other_workers(tmp_path: Path) -> None:
    plan = [Output(("hỏng",), failing, ("",)), *(Output((f"{n}",), slow, ("a", 0.01)) for n in range(1000))]
    with pytest.raises(MakingFailed):
        make_all(plan, tmp_path, 2, nobody, patience=0)

    assert len(staged(tmp_path)) < 1000


@pytest.mark.parametrize("paths", [("a",), ("a", "b", "c")])
def test_a_maker_that_gives_too_few_or_too_many_files_fails(tmp_path: Path, paths: tuple[str, ...]) -> None:
    with pytest.raises(MakingFailed, match="a"):
        make_all([Output(paths, written, ("một", "hai"))], tmp_path, 1, nobody)


def dying() -> list[bytes]:
    os._exit(9)


def test_a_worker_that_dies_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(MakingFailed, match="tiến trình con"):
        make_all([Output((f"{n}",), dying, ()) for n in range(4)], tmp_path, 2, nobody, patience=0)


@pytest.mark.parametrize(("count", "workers"), [(1, 2), (7, 2), (160, 2), (1000, 4), (30_000, 2)])
def test_batches_hold_every_line_once(count: int, workers: int) -> None:
    assert sorted(n for batch in batches(count, workers) for n in batch) == list(range(count))


def test_slow_neighbours_are_in_different_batches() -> None:
    images = range(100, 160)
    per_batch = [len(set(batch) & set(images)) for batch in batches(1000, 2)]

    assert max(per_batch) == 1


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
