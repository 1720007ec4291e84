"""The law of making: however a site came about step by step, it equals a clean build of its last plan."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletins.making.build import make
from bulletins.making.conflicts import PlanConflict
from bulletins.plan import Line, Output
from tests.making.plans import catalogue, page, shouted, sums, times, tree, written

PATHS = ["index.html", "a", "a/b", "a/b/c", "a/index.html", "khoi/1/index.html", "khoi/2/index.html", "ảnh/1.jpg"]
TEXTS = st.sampled_from(["", "một", "Một", "hai", "ba"])


@st.composite
def plans(draw: st.DrawFn) -> list[Line]:
    """A plan of a few files, now and then with two files a line, a catalogue or a listing."""
    lines: list[Line] = [
        Output((path,), shouted, (text,)) if draw(st.booleans()) else page(path, text)
        for path, text in draw(st.dictionaries(st.sampled_from(PATHS), TEXTS)).items()
    ]
    if draw(st.booleans()):
        lines.append(Output(("hai/1", "hai/2"), written, (draw(TEXTS), draw(TEXTS))))
    if draw(st.booleans()):
        lines.append(catalogue(title=draw(TEXTS)))
    if draw(st.booleans()):
        lines.append(sums())
    return draw(st.permutations(lines))


def lose_ledger(output: Path, cache: Path) -> None:
    (cache / "ledger.json").unlink(missing_ok=True)


def spoil_files(output: Path, cache: Path) -> None:
    for path in output.rglob("*.html"):
        path.write_bytes(b"?" * path.stat().st_size)


def lose_output(output: Path, cache: Path) -> None:
    shutil.rmtree(output, ignore_errors=True)


def leave_alone(output: Path, cache: Path) -> None:
    pass


STEPS = st.tuples(plans(), st.sampled_from([leave_alone, leave_alone, lose_ledger, spoil_files, lose_output]))


@settings(max_examples=30)
@example([([], lose_output)])
@given(st.lists(STEPS, min_size=1, max_size=5))
def test_a_site_built_step_by_step_equals_a_clean_one(
    steps: list[tuple[list[Line], Callable[[Path, Path], None]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "output").mkdir()
        built: list[Line] = []
        for plan, mishap in steps:
            try:
                make(plan, folder / "output", folder / "cache", 1)
            except PlanConflict:
                continue
            built = plan
            mishap(folder / "output", folder / "cache")
        make(built, folder / "output", folder / "cache", 1)
        (folder / "clean").mkdir()
        make(built, folder / "clean", folder / "cache-clean", 1)
        before = times(folder)
        make(built, folder / "output", folder / "cache", 1)

        assert tree(folder / "output") == tree(folder / "clean")
        assert times(folder) == before
