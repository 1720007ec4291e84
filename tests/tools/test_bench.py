"""What the bench starts: a builder is a command of its own, and must find the project by itself."""

import os
import subprocess
from pathlib import Path

import pytest

from bench import builders
from tools.environment import ROOT


@pytest.mark.parametrize("make", [builders.ours, builders.ours_equal])
def test_a_builder_of_ours_comes_as_far_as_its_settings_by_its_own_command(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "SCRATCH", tmp_path)
    assert callable(make)
    *command, _, content, output, cache = make(1).command
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    nowhere = [*command, str(tmp_path / "nowhere.py"), content, output, cache]
    run = subprocess.run(nowhere, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "nowhere.py: không thấy tệp cấu hình" in run.stdout + run.stderr
