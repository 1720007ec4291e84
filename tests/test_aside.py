"""Work in a process aside: whoever asks waits for it, and hears whether its answer is true."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletins.aside import aside


def _breaks_off() -> object:
    raise KeyboardInterrupt


def _refused() -> int:
    raise BlockingIOError


@pytest.mark.parametrize(("work", "answer"), [(lambda: "done", True), (lambda: "", False), (_breaks_off, False)])
def test_whoever_asks_hears_whether_the_answer_is_true(work: Callable[[], object], answer: bool) -> None:
    asked = aside(work)

    assert (asked(), asked()) == (answer, answer)


def test_the_work_is_done_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "worker"

    assert aside(lambda: path.write_text(str(os.getpid())))()
    assert path.read_text() != str(os.getpid())


def test_where_the_system_lends_no_process_the_work_is_done_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "fork", _refused)
    done: list[int] = []
    asked = aside(lambda: not done.append(1))

    assert not done
    assert (asked(), asked(), done) == (True, True, [1])
