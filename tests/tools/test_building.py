"""The command that builds: what it leaves to others, and how it ends."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from tools import building


def test_ctrl_c_ends_a_build_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "build_public", interrupted)
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit, match=str(building.INTERRUPTED)):
        building.main([])

    assert capsys.readouterr() == ("", "")
