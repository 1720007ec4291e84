"""What the bench starts: a builder is a command of its own, and must find the project by itself."""

import os
import subprocess
from pathlib import Path

import pytest

from bench import builders, corpus
from bench.kinds import kinds
from tools.environment import ROOT


def test_ours_at_equal_work_is_built_by_its_own_command_without_what_hugo_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "SCRATCH", tmp_path)
    builder = builders.ours_equal(1)
    builder.put(corpus.item(0))
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(builder.command, cwd=ROOT, env=variables, check=True, capture_output=True)
    made = kinds(builder.output)
    assert made["page of a bulletin"].files == made["JSON of a bulletin"].files == 1
    assert not made.keys() & {"search", "English", "feeds and calendars"}
