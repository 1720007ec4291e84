"""Worker processes: as many as the system lends, or one that says so once; and what the collector leaves alone."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from bulletins.crew import at_rest, can_have, cores

# Root is refused nothing, so it becomes somebody else, once everything is loaded.
FEW = """
import os, resource
from bulletins.crew import can_have, spread
resource.setrlimit(resource.RLIMIT_NPROC, (3, 3))
if os.geteuid() == 0:
    os.setuid(61234)
print(can_have(8), can_have(8), list(spread(lambda shared, items: sum(items) + shared, 1, [1, 2, 3, 4], 8, 2)))
"""


def test_as_many_workers_as_cores_can_be_had() -> None:
    assert can_have(max(2, cores()))


def test_one_worker_is_none() -> None:
    assert not can_have(1)


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits there")
def test_where_processes_are_limited_one_does_the_work_and_says_so_once() -> None:
    done = subprocess.run([sys.executable, "-c", FEW], capture_output=True, encoding="utf-8", check=False, timeout=60)

    assert done.stdout == "False False [4, 8]\n"
    assert len(done.stderr.splitlines()) == 1
    assert "No further processes here" in done.stderr


@pytest.mark.parametrize("for_good", [False, True])
def test_after_a_rest_the_collector_looks_again_unless_something_was_frozen_for_good(for_good: bool) -> None:
    try:
        if for_good:
            gc.freeze()
        with at_rest():
            assert gc.get_freeze_count() > 0

        assert (gc.get_freeze_count() > 0) is for_good
    finally:
        gc.unfreeze()
