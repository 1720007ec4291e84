"""The same site comes from a cluster as from this machine, even if one of its machines dies at work."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bench import cluster as bench
from bulletins.making.build import make
from bulletins.making.cluster import NoCluster, cluster_at
from bulletins.making.ledger import LEDGER
from bulletins.making.line import MakingFailed
from bulletins.plan import Check, Output, Part
from tests.making.plans import failing, page, slow, tree
from tests.making.test_checks import refuse


def deadly(text: str, mark: str) -> Sequence[bytes]:
    """Kills the machine that makes it, the first time."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return [text.encode()]
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def slowly(first: int, last: int) -> list[Output]:
    return [Output((f"{n}.html",), slow, (f"trang {n}", 0.01)) for n in range(first, last)]


@pytest.fixture(scope="module", params=[2, pytest.param(1, marks=pytest.mark.long)], ids=["two workers", "one worker"])
def cluster(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A scheduler and workers on this machine; a worker that dies is replaced."""
    from distributed import LocalCluster

    options: dict[str, Any] = {"n_workers": request.param, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(processes=True, silence_logs=50, **options) as running:
        yield running


def address(running: Any) -> str:
    return f"dask://{running.scheduler_address.removeprefix('tcp://')}"


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_midway_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    deadly_line = Output(("x.html",), deadly, ("x", str(tmp_path / "mark")))
    plan = [*slowly(0, 20), *(Part(partial(slowly, n, n + 10)) for n in (20, 30)), deadly_line, *slowly(40, 60)]
    report = make(plan, tmp_path / "far", tmp_path / "cache-far", executor=address(cluster))
    make(plan, tmp_path / "near", tmp_path / "cache-near", workers=1)

    assert (tmp_path / "mark").exists()
    assert tree(tmp_path / "far") == tree(tmp_path / "near")
    assert report.made == 61
    assert [path.name for path in (tmp_path / "cache-far").iterdir() if path.name != "lock"] == [LEDGER]


@pytest.mark.long
def test_a_whole_site_is_the_same_from_a_cluster_one_of_whose_machines_was_killed(capsys: Any) -> None:
    assert bench.main(["--n", "60"]) == 0, capsys.readouterr().out


@pytest.mark.filterwarnings("ignore")
def test_what_goes_wrong_on_a_cluster_is_named_as_here(cluster: Any, tmp_path: Path) -> None:
    wrong = Output(("sai.html",), failing, ("hỏng",))

    with pytest.raises(MakingFailed, match=r"sai\.html: LookupError: hỏng"):
        make([page("a.html", "a"), wrong], tmp_path / "output", tmp_path / "cache", executor=address(cluster))
    with pytest.raises(MakingFailed, match="có chữ GPS"):
        plan = [page("a.jpg", "GPS"), Check(refuse, ("GPS",))]
        make(plan, tmp_path / "output", tmp_path / "cache", executor=address(cluster))


@pytest.mark.parametrize("where", ["may-khac:8786", "ssh://may-khac"])
def test_an_address_of_another_kind_is_refused(where: str) -> None:
    with pytest.raises(NoCluster, match="dask://"), cluster_at(where):
        pass


def test_without_the_library_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match="pip install distributed"):
        make([page("a.html", "a")], tmp_path / "output", tmp_path / "cache", executor="dask://127.0.0.1:1")


def test_a_build_in_which_nothing_changed_calls_nobody(tmp_path: Path) -> None:
    make([page("a.html", "a")], tmp_path / "output", tmp_path / "cache")

    assert make([page("a.html", "a")], tmp_path / "output", tmp_path / "cache", executor="dask://none:1").made == 0
