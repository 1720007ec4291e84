"""Work in a process aside: whoever asks has its result, as if it had been done here."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from bulletins.aside import aside


class Broken(Exception):
    """What work breaks off with."""


def _refused() -> int:
    raise BlockingIOError


def _breaks_off() -> object:
    raise Broken


@pytest.mark.parametrize("result", [True, None, {"nhiều": [("chữ", 1)] * 50_000}])
def test_whoever_asks_has_the_result_whenever_he_asks(result: object) -> None:
    asked = aside(lambda: result)

    assert (asked(), asked()) == (result, result)


def test_the_work_is_done_in_another_process() -> None:
    assert aside(os.getpid)() != os.getpid()


def test_who_asks_for_work_that_broke_off_sees_why() -> None:
    asked = aside(_breaks_off)

    for _ in range(2):
        with pytest.raises(Broken):
            asked()


def test_the_result_comes_also_where_the_system_takes_children_away_by_itself() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert aside(lambda: "made")() == "made"
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_what_a_killed_process_had_begun_to_send_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed_halfway(self: Connection, value: object) -> None:
        os.write(self.fileno(), b"\0\0\0\x09half")
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Connection, "send", killed_halfway)

    assert aside(lambda: "whole")() == "whole"


@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_where_the_system_lends_nothing_the_work_is_done_when_it_is_asked_for(
    call: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, call, _refused)
    asked = aside((tmp_path / "made").touch)

    assert not (tmp_path / "made").exists()
    assert asked() is None
    assert (tmp_path / "made").exists()


def test_no_result_that_nobody_asks_for_keeps_its_process_alive() -> None:
    asked = aside(lambda: b"x" * 1_000_000)
    del asked
    # It writes more than a pipe holds: it must hear that nobody reads.
    pid, _ = os.waitpid(-1, 0)

    assert pid
