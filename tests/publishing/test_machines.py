"""Machines that publish the same content after the same memory at the same moment publish the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulletins.publishing.sums import SUMS
from tests.publishing.killing import FIRST_MOMENT, PUBLISH
from tests.publishing.office import Office
from tests.publishing.places import files_of
from tests.site.conftest import ROOT

FIRST = {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "WORKERS": "1"}
OTHER = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C", "WORKERS": "2"}


def _publish(office: Office, machine: dict[str, str], moment: int, *paths: str) -> None:
    """Publish from this office as a machine of these variables does, with a path of programs before the others."""
    conf = office.folder / "conf.py"
    conf.write_text(f"{conf.read_text(encoding='utf-8')}BULLETINS_WORKERS = {machine['WORKERS']}\n", encoding="utf-8")
    environment = os.environ | machine | {
        "SOURCE_DATE_EPOCH": str(moment),
        "PYTHONPATH": os.pathsep.join([*paths, str(ROOT), str(ROOT / "plugins")]),
    }  # fmt: skip
    command = [sys.executable, "-c", PUBLISH, str(office.folder), str(office.public)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office that has published once, and has something to publish."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST_MOMENT))
    office = Office.new(tmp_path / "first")
    assert office.publish(first=True) == 0
    office.add_bulletin("khoi-1-2023-summary")
    return office


@pytest.mark.long
def test_a_fresh_clone_in_another_place_publishes_the_bytes_that_the_first_machine_would(
    first: Office, tmp_path: Path
) -> None:
    clone = Office.new(tmp_path / "another machine" / "bản sao")
    for folder in ("content", "public"):
        shutil.rmtree(clone.folder / folder, ignore_errors=True)
        shutil.copytree(first.folder / folder, clone.folder / folder, symlinks=True)
    before = clone.log()
    _publish(first, FIRST, FIRST_MOMENT + 1)
    _publish(clone, OTHER, FIRST_MOMENT + 1, str(Path(__file__).with_name("backwards")))

    assert not (clone.folder / ".cache").samefile(first.folder / ".cache")
    assert clone.log()[: len(before)] == before
    assert ("Create", "khoi-1-2023-summary") in clone.log()[len(before) :]
    assert clone.read(SUMS) == first.read(SUMS)
    assert files_of(clone.public / "current") == files_of(first.public / "current")
