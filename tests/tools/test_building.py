"""The command that builds: what it leaves to others, and how it ends."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from tools import building
from tools.door import STOPPED, STOPPED_LINE


def test_ctrl_c_ends_a_build_with_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "build_public", interrupted)
    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(os, "_exit", sys.exit)
    with pytest.raises(SystemExit, match=str(STOPPED)):
        building.main([])

    assert capsys.readouterr() == ("", f"{STOPPED_LINE}\n")
