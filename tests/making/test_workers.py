"""The workers: the same result however many they are, and a failure that stops everything and says where."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytest import MonkeyPatch

from bulletins.crew import cores
from bulletins.making import workers as workers_
from bulletins.making.cluster import NoCluster
from bulletins.making.fingerprints import fingerprint_of
from bulletins.making.ledger import Entry
from bulletins.making.line import MakingFailed
from bulletins.making.workers import PATIENCE, Job, batches, make_all, make_batch
from bulletins.plan import Made, Output, Part
from tests.making.plans import failing, made_by, page, pages, slow, written

# Under pytest-xdist the test process has threads of its own, of which Python warns before it forks.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


Lines = Sequence[Output | Part]
Progress = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    pass


def made(
    lines: Lines, staging: Path, workers: int, progress: Progress = nobody, patience: float = PATIENCE
) -> dict[str, Made]:
    """Every file that was made."""
    told = make_all(Job(lines, staging), workers, progress, patience)
    return {path: file for done in told for path, file in zip(done.paths, done.made or (), strict=True)}


def staged(staging: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in staging.iterdir()}


@pytest.mark.parametrize("workers", [2, 4])
def test_files_are_the_same_however_many_workers_make_them(tmp_path: Path, workers: int) -> None:
    plan = [Output((f"{n}/a.html", f"{n}/b.html"), written, (f"một {n}", f"hai {n}")) for n in range(150)]
    alone = made(plan, tmp_path / "1", 1)
    together = made(plan, tmp_path / "n", workers, patience=0)

    assert together == alone
    assert staged(tmp_path / "n") == staged(tmp_path / "1")


def made_late_elsewhere(own: int) -> list[bytes]:
    if os.getpid() != own:
        time.sleep(0.05)
    return [str(os.getpid()).encode()]


def test_many_files_are_made_in_this_process_and_in_another(tmp_path: Path) -> None:
    made([Output((f"{n}",), made_late_elsewhere, (os.getpid(),)) for n in range(50)], tmp_path, 2, patience=0)
    processes = set(staged(tmp_path).values())

    assert str(os.getpid()).encode() in processes
    assert len(processes) == 2


def test_little_work_is_done_in_this_process(tmp_path: Path) -> None:
    made([Output((f"{n}",), made_by, ()) for n in range(3)], tmp_path, 2, patience=60)

    assert set(staged(tmp_path).values()) == {str(os.getpid()).encode()}


@pytest.mark.parametrize(("workers", "patience"), [(1, 0), (2, 0), (2, 60)])
def test_progress_counts_every_line_once(tmp_path: Path, workers: int, patience: float) -> None:
    told: list[tuple[int, int]] = []
    made([page(f"{n}", "a") for n in range(40)], tmp_path, workers, lambda *told_now: told.append(told_now), patience)

    assert told == sorted(told)
    assert told[-1] == (40, 40)


@pytest.mark.parametrize("patience", [0, 60])
def test_a_failure_names_the_file_and_the_cause(tmp_path: Path, patience: float) -> None:
    plan = [*(page(f"{n}", "a") for n in range(40)), Output(("tin/hỏng.html",), failing, ("thiếu ảnh",))]
    with pytest.raises(MakingFailed) as caught:
        made(plan, tmp_path, 2, nobody, patience)

    assert caught.value.path == "tin/hỏng.html"
    assert "LookupError: thiếu ảnh" in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_failure_stops_the_work_of_the_other_workers(tmp_path: Path) -> None:
    plan = [Output(("hỏng",), failing, ("",)), *(Output((f"{n}",), slow, ("a", 0.01)) for n in range(1000))]
    with pytest.raises(MakingFailed):
        made(plan, tmp_path, 2, patience=0)

    assert len(staged(tmp_path)) < 1000


@pytest.mark.parametrize("paths", [("a",), ("a", "b", "c")])
def test_a_maker_that_gives_too_few_or_too_many_files_fails(tmp_path: Path, paths: tuple[str, ...]) -> None:
    with pytest.raises(MakingFailed, match="a"):
        made([Output(paths, written, ("một", "hai"))], tmp_path, 1)


def dying(own: int) -> list[bytes]:
    if os.getpid() != own:
        os._exit(9)
    return [b""]


def test_a_worker_that_dies_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(MakingFailed, match=r"0: .*tiến trình con"):
        made([Output((f"{n}",), dying, (os.getpid(),)) for n in range(4)], tmp_path, 2, patience=0)


@pytest.mark.parametrize(("count", "workers"), [(1, 2), (7, 2), (160, 2), (1000, 4), (30_000, 2)])
def test_batches_hold_every_line_once(count: int, workers: int) -> None:
    lines: Lines = [part(n) if n % 3 else page(f"{n}", "a") for n in range(count)]

    assert sorted(n for batch in batches(lines, 0, workers) for n in batch) == list(range(count))


def test_slow_neighbours_are_in_different_batches() -> None:
    images = range(100, 160)
    per_batch = [len(set(batch) & set(images)) for batch in batches(pages({f"{n}": "" for n in range(1000)}), 0, 2)]

    assert max(per_batch) == 1


def laid(*names: str) -> list[Output]:
    return [page(name, f"chữ {name}") for name in names]


def part(n: int, near: str = "") -> Part:
    return Part(partial(laid, f"{n}/a", f"{n}/b"), near)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_line_of_a_part_is_made(tmp_path: Path, workers: int) -> None:
    plan = [page("đầu", "a"), part(1), page("giữa", "b"), part(2), page("cuối", "c")]
    found = made(plan, tmp_path, workers, patience=0)

    assert found.keys() == {"đầu", "1/a", "1/b", "giữa", "2/a", "2/b", "cuối"}


def test_parts_that_are_near_each_other_go_to_one_worker() -> None:
    lines = [part(1, "khoi-1"), part(2, "khoi-2"), part(3), part(4, "khoi-1"), part(5)]

    assert batches(lines, 0, 2) == [(0, 3), (1,), (2,), (4,)]


def entries(*lines: Output) -> dict[str, Entry]:
    """What the ledger says of the files of these lines."""
    return {path: (fingerprint_of(line), "", 0, 0) for line in lines for path in line.paths}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_line_whose_files_stand_is_told_of_and_not_made(tmp_path: Path, workers: int) -> None:
    job = Job([part(1), page("2", "a")], tmp_path / "staging", standing=entries(*laid("1/a"), page("2", "a")))
    found = list(make_all(job, workers, nobody, patience=0))

    assert {done.paths for done in found if done.made is None} == {("1/a",), ("2",)}
    assert [done.paths for done in found if done.made] == [("1/b",)]
    assert all(done.fingerprint for done in found)


def test_without_anything_to_make_there_is_no_staging_folder(tmp_path: Path) -> None:
    job = Job([part(1)], tmp_path / "staging", standing=entries(*laid("1/a", "1/b")))

    assert len(list(make_all(job, 2, nobody, patience=0))) == 2
    assert not job.staging.exists()


class Machines:
    """A cluster that is this process."""

    workers = 2

    def results(self, make: Callable[[Any, Any], Any], tasks: Iterable[Any], value: Any) -> Iterator[Any]:
        return reversed([make(task, value) for task in tasks])


def test_a_cluster_lays_out_every_part_and_makes_what_does_not_stand(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(workers_, "cluster_at", lambda address: nullcontext(Machines()))
    told: list[tuple[int, int]] = []
    job = Job([part(1), part(2), page("3", "c")], tmp_path, standing=entries(*laid("2/a")))
    found = list(make_all(job, 2, lambda *told_now: told.append(told_now), executor="dask://x"))

    made_there = sorted((done.place, done.paths[0], done.made is not None) for done in found)
    assert made_there == [(0, "1/a", True), (0, "1/b", True), (1, "2/a", False), (1, "2/b", True), (2, "3", True)]
    assert len(staged(tmp_path)) == 4
    assert told[-1] == (3, 3)


def test_a_machine_with_another_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoCluster, match="chương trình hoặc thư viện khác"):
        make_batch((0,), (Job([page("a", "a")], tmp_path), "của một bản cũ"))


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
