"""The lock: one build at a time, and none after its holder is gone."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bulletins.making.build import make
from bulletins.making.lock import Busy, held
from tests.making.plans import page, tree

HOLDING = """
import pathlib, sys
from bulletins.making.lock import held
with held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_second_build_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    make([page("a.html", "cũ")], output, cache)
    with holding(cache / "lock") as other:
        with pytest.raises(Busy, match=rf"PID {other.pid}\b"):
            make([page("a.html", "mới")], output, cache)
        other.communicate("\n")

    assert tree(output) == {"a.html": "cũ".encode()}


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_the_lock_dies_with_the_process(tmp_path: Path, end: signal.Signals) -> None:
    with holding(tmp_path / "lock") as other:
        other.send_signal(end)
        other.communicate()

    with held(tmp_path / "lock"):
        assert other.returncode == -end


def test_the_lock_can_be_held_again_after_it_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with held(tmp_path / "lock"):
            pass

    assert (tmp_path / "lock").read_bytes() == b""


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing there")
def test_the_lock_has_the_rights_that_the_umask_gives_so_that_a_group_can_build(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        with held(tmp_path / "lock"):
            assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o664
    finally:
        os.umask(before)
