"""Builds in processes of their own: killed at any moment, with any hash seed, with any number of workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bulletins.making.build import make
from tests.making.one_build import PLANS
from tests.making.plans import tree

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")

ROOT = Path(__file__).parents[2]


def build(folder: Path, plan: str, workers: int = 1, die_at: str = "", seed: str = "random") -> int:
    """Build in another process; gives its exit code. Fails if anything it began lives on with its output open."""
    command = [sys.executable, "-m", "tests.making.one_build", str(folder / "output"), str(folder / "cache")]
    done = subprocess.run(
        [*command, plan, str(workers), *die_at.split()],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    return done.returncode


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes | None]]:
    """The trees of clean builds, by the name of the plan."""
    folder = tmp_path_factory.mktemp("clean")
    for name in ("old", "new", "slow"):
        make(PLANS[name](), folder / name, folder / f"cache-{name}", 1)
    return {name: tree(folder / name) for name in ("old", "new", "slow")}


Clean = dict[str, dict[str, bytes | None]]


@pytest.mark.parametrize("moment", range(1, 22, 2))
def test_a_build_killed_at_any_moment_leaves_whole_files_and_is_completed_by_the_next(
    tmp_path: Path, clean: Clean, moment: int
) -> None:
    make(PLANS["old"](), tmp_path / "output", tmp_path / "cache", 1)
    died = build(tmp_path, "new", die_at=str(moment))
    left = tree(tmp_path / "output")
    make(PLANS["new"](), tmp_path / "output", tmp_path / "cache", 1)

    assert died == -signal.SIGKILL
    assert all(data in (clean["old"].get(path, b"-"), clean["new"].get(path, b"-")) for path, data in left.items())
    assert tree(tmp_path / "output") == clean["new"]


@pytest.mark.parametrize("moment", [2, 12, 20])
def test_a_killed_build_can_be_taken_back(tmp_path: Path, clean: Clean, moment: int) -> None:
    make(PLANS["old"](), tmp_path / "output", tmp_path / "cache", 1)
    died = build(tmp_path, "new", die_at=str(moment))
    make(PLANS["old"](), tmp_path / "output", tmp_path / "cache", 1)

    assert died == -signal.SIGKILL
    assert tree(tmp_path / "output") == clean["old"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_killed_while_making_leaves_the_old_site_and_no_workers(
    tmp_path: Path, clean: Clean, workers: int
) -> None:
    make(PLANS["old"](), tmp_path / "output", tmp_path / "cache", 1)
    died = build(tmp_path, "deadly", workers)

    assert died == -signal.SIGKILL
    assert tree(tmp_path / "output") == clean["old"]
    assert build(tmp_path, "new", workers) == 0
    assert tree(tmp_path / "output") == clean["new"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
def test_ctrl_c_ends_a_build_cleanly(tmp_path: Path, clean: Clean) -> None:
    make(PLANS["old"](), tmp_path / "output", tmp_path / "cache", 1)
    command = [sys.executable, "-m", "tests.making.one_build", str(tmp_path / "output"), str(tmp_path / "cache")]
    with subprocess.Popen(
        [*command, "endless", "2"], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        while len([*(tmp_path / "cache").rglob("staging/**/*")]) < 4:
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)

    # The interruption may fall into the handling of another one: what counts is that it alone ends the build.
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"ledger.json", "lock"}
    assert tree(tmp_path / "output") == clean["old"]


@pytest.mark.parametrize(("workers", "seed"), [(1, "0"), (2, "1"), (4, "4242")])
def test_the_site_is_the_same_for_any_hash_seed_and_number_of_workers(
    tmp_path: Path, clean: Clean, workers: int, seed: str
) -> None:
    code = build(tmp_path, "slow", workers, seed=seed)

    assert code == 0
    assert tree(tmp_path / "output") == clean["slow"]


def test_a_ledger_of_one_process_serves_another(tmp_path: Path) -> None:
    build(tmp_path, "new", seed="1")
    report = make(PLANS["new"](), tmp_path / "output", tmp_path / "cache", 1)

    assert report.made == 0
