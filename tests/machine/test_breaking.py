"""A broken program never says that all went well: a thin slice of `python3 tasks.py faults`."""

from __future__ import annotations

from pathlib import Path

from tests.machine.breaking import Way, every, prepare

SLICE = (
    Way("plugins/bulletins/reading/plugin.py", "emptied"),
    Way("plugins/bulletins/making/plugin.py", "cut at a line"),
    Way("plugins/bulletins/pages/plan.py", "removed"),
    Way("plugins/bulletins/domain/library.py", "cut"),
    Way("themes/thidua/templates/base.html", "emptied"),
    Way("pelicanconf.py", "emptied"),
    Way("publishconf.py", "emptied"),
    Way("requirements.lock", "emptied"),
    Way("tools/whole.py", "cut at a line"),
)


def test_a_broken_program_ends_with_one_line_and_leaves_the_site_as_it_stood(tmp_path: Path) -> None:
    endings = list(every(SLICE, prepare(tmp_path / "project"), tmp_path))

    assert [(str(each.way), each.faults, each.said) for each in endings if each.faults or not each.code] == []
    assert [str(each.way) for each in endings if len(each.said.splitlines()) != 1] == []
