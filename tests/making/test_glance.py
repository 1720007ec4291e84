"""A glance may see a change where there is none; the other way round it cannot."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletins.making import glance
from bulletins.making.glance import Changed, State

SECOND = 1_000_000_000


def state_of(folder: Path, *listed: Path) -> State:
    """The state of a site that was built of `folder/content` a moment ago."""
    names = list(map(str, listed))
    taken = glance.take(str(folder / "content"), names)
    return State("conf", str(folder / "content"), names, taken, None, glance.ledger_stamp(folder), [0] * 5)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of the content, some days old."""
    path = tmp_path / "content/one/index.md"
    path.parent.mkdir(parents=True)
    path.write_text("Một.", encoding="utf-8")
    return path


@pytest.mark.parametrize("take", [
    lambda state, path: state,
    lambda state, path: glance.amended(state, Changed({str(path): ([], [4, this_second(), 1])}, {}), path.parent),
])  # fmt: skip
def test_a_time_in_whole_seconds_is_not_trusted_while_it_is_young(
    tmp_path: Path, text: Path, take: Callable[[State, Path], State]
) -> None:
    os.utime(text, ns=(this_second(), this_second()))
    state = take(state_of(tmp_path), text)

    assert state.glance.files[str(text)] == []


def this_second() -> int:
    return time.time_ns() // SECOND * SECOND
