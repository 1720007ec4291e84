"""Publications of an office one after the other, and mirrors that follow each of them over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.builders import bulletin
from tests.indexes import sample
from tests.indexes.test_mirror import PROGRAM, Site, files, serving
from tests.memory.test_sequences import (
    ADDED,
    CASES,
    FIRST,
    INDEX,
    PACT,
    Content,
    Files,
    activities,
    happened,
    moment,
    publish,
    times,
)
from tests.pages.builders import planned

SUMMARY = "khoi-1-2023-summary"
MOVED_TO = "khoi-2-2024-ky"
ONE: dict[str, Any] = {
    "bloc": "khoi-2", "years": {"pact": "2024"}, "photos": [{"file": "a.jpg", "alt": "Ba người"}],
}  # fmt: skip
GONE = bulletin(
    SUMMARY, **sample.REVIEW, status="withdrawn", withdrawn={"date": "2026-12-07", "reason": "Đăng nhầm"}
)  # fmt: skip


class Step(NamedTuple):
    """A change of the content, what the log says of it, and the documents that say something else since."""

    name: str
    content: Content
    activities: set[tuple[str, str, str]]
    modified: set[str]


SENTENCE = replace(FIRST, text=CASES["a sentence"][0].text)
UNIT = replace(SENTENCE, unit="Phòng Thứ Hai")
CAPTION = replace(UNIT, facts=CASES["a caption"][0].facts)
COUNT = replace(CAPTION, facts={**CAPTION.facts, "awards": CASES["an award's count"][0].facts["awards"]})
MORE = replace(COUNT, added=(bulletin(ADDED, **ONE),))
MOVED = replace(COUNT, added=(bulletin(MOVED_TO, **ONE, former_ids=ADDED),))
OF_ITS_BLOC = {"blocs/khoi-2", "blocs/khoi-2/2024", "years/2023", "years/2024"}
OF_THE_SUMMARY = {
    f"bulletins/{SUMMARY}", f"ceremonies/{SUMMARY}", "blocs", "blocs/khoi-1", "blocs/khoi-1/2023", "blocs/khoi-1/2024",
    "units", "units/phong-hai", "units/phong-mot", "years", "years/2023", "years/2024",
}  # fmt: skip

STEPS = (
    Step("a sentence corrected", SENTENCE, {("Update", "bulletin", PACT)}, {f"bulletins/{PACT}"}),
    Step(
        "a unit renamed", UNIT, {("Update", "unit", "phong-hai")},
        {"units/phong-hai", "units", f"bulletins/{PACT}", f"bulletins/{SUMMARY}", "blocs/khoi-1/2023",
         "blocs/khoi-1/2024"},
    ),
    Step(
        "a caption", CAPTION, {("Update", "photo", f"{PACT}/1")}, {f"bulletins/{PACT}", f"galleries/{PACT}/manifest"},
    ),
    Step("an award's count", COUNT, {("Update", "bulletin", PACT)}, {f"bulletins/{PACT}", "blocs/khoi-1/2022"}),
    Step(
        "one bulletin added", MORE,
        {("Create", "bulletin", ADDED), ("Create", "ceremony", ADDED), ("Create", "photo", f"{ADDED}/a")},
        {f"bulletins/{ADDED}", f"ceremonies/{ADDED}", f"galleries/{ADDED}/manifest", *OF_ITS_BLOC, "blocs",
         "blocs/khoi-hai/2024", "years"},
    ),
    Step(
        "one withdrawn", replace(MORE, withdrawn=(GONE,)),
        {("Delete", "bulletin", SUMMARY), ("Delete", "ceremony", SUMMARY)}, OF_THE_SUMMARY,
    ),
    Step(
        "one un-withdrawn", MORE,
        {("Create", "bulletin", SUMMARY), ("Create", "ceremony", SUMMARY)}, OF_THE_SUMMARY,
    ),
    Step(
        "one address moved", MOVED,
        {("Move", "bulletin", ADDED), ("Move", "ceremony", ADDED), ("Move", "photo", f"{ADDED}/a")},
        {*(f"{kind}/{id_}" for kind in ("bulletins", "ceremonies") for id_ in (ADDED, MOVED_TO)),
         f"galleries/{MOVED_TO}/manifest", *OF_ITS_BLOC},
    ),
    Step("nothing", MOVED, set(), set()),
)  # fmt: skip


@cache
def published() -> tuple[Files, ...]:
    """The site as it is first published, and after each step; with the pictures that another room makes."""
    sites = [with_pictures(publish(FIRST, None, 1))]
    for number, step in enumerate(STEPS, 2):
        sites.append(with_pictures(publish(step.content, sites[-1], number)))
    return tuple(sites)


def with_pictures(site: Files) -> dict[str, bytes]:
    """The site with a file for every picture that a bulletin lists."""
    bulletins = (json.loads(data) for path, data in site.items() if path.startswith("api/v1/bulletins/"))
    photos = [photo for bulletin in bulletins for photo in bulletin.get("photos", ()) if "renditions" in photo]
    shown = [file for photo in photos for file in (*photo["renditions"], photo["social"], photo["square"])]
    paths = [urlsplit(file["url"]).path.lstrip("/") for file in shown]
    return {**site, **{path: path.encode() for path in paths}}


PAIRS = [pytest.param(n, step, id=step.name) for n, step in enumerate(STEPS)]


@pytest.mark.parametrize(("n", "step"), PAIRS)
def test_each_publication_logs_exactly_what_happened(n: int, step: Step) -> None:
    assert happened(published()[n + 1], published()[n]) == step.activities


@pytest.mark.parametrize(("n", "step"), PAIRS)
def test_modified_moves_for_the_documents_that_say_something_else_and_for_no_other(n: int, step: Step) -> None:
    before, after = times(published()[n]), times(published()[n + 1])
    changed = {path for path in after if after[path] != before.get(path)}

    assert changed == {f"api/v1/{name}.json" for name in step.modified}
    assert {after[path] for path in changed} <= {moment(n + 2)}
    assert all(before[path] <= after[path] for path in before.keys() & after.keys())


def test_a_design_change_is_no_json_but_the_catalogue_and_no_entry_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    before = published()[0]
    for path in ("theme/site.css", "index.html", f"ban-tin/{PACT}/index.html"):
        monkeypatch.setitem(sample.OTHER_ROOMS, path, b"another design")
    after = with_pictures(publish(FIRST, before, 2))
    differing = {path for path in after if after[path] != before.get(path)}

    assert activities(after) == activities(before)
    assert {path for path in differing if not path.endswith((".css", ".html"))} == {
        INDEX, "api/v1/catalogue/pages.json", "api/v1/catalogue/pages/ban-tin.json", "api/v1/catalogue/theme.json",
    }  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path / "site") as served:
        yield served


def test_a_mirror_that_follows_the_log_equals_the_server_after_every_publication(site: Site, tmp_path: Path) -> None:
    for n, files_now in enumerate(published()):
        site.publish(files_now)
        done = site.mirror(tmp_path / "copy", "--log")
        activities = {tuple(line.split()[2:]) for line in done.stdout.splitlines()[:-1]}

        assert done.returncode == 0, done.stderr
        assert files(tmp_path / "copy") == files_now
        assert activities == (STEPS[n - 1].activities if n else {("Refresh",)})


def test_a_mirror_that_reads_everything_equals_the_server_too(site: Site, tmp_path: Path) -> None:
    for n in (0, 6, 8):
        site.publish(published()[n])

        assert site.mirror(tmp_path / "copy", "--whole").returncode == 0
        assert files(tmp_path / "copy") == published()[n]


KILLER = """
import os, runpy, sys
program, left = sys.argv[1], int(sys.argv[2])
def counted(real):
    def step(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*arguments, **named)
    return step
os.replace, os.unlink = counted(os.replace), counted(os.unlink)
sys.argv = sys.argv[2:]
runpy.run_path(program, run_name="__main__")
"""
"""Runs a program that dies, as by `kill -9`, before it renames or removes another file than the first so many."""


def killed_after(steps: int, site: Site, copy: Path) -> int:
    address = f"http://127.0.0.1:{site.server.server_port}"
    command = [sys.executable, "-c", KILLER, str(PROGRAM), str(steps), "--pause", "0", address, str(copy)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_a_mirror_that_is_killed_at_any_moment_is_taken_up_again_and_ends_as_the_server(
    site: Site, tmp_path: Path
) -> None:
    copy, sites = tmp_path / "copy", published()
    for n, files_now in enumerate((sites[0], sites[5], sites[6], sites[8])):
        site.publish(files_now)
        endings = [killed_after(steps, site, copy) for steps in (3 + n, 17, 40, 60)]

        assert endings[0] == 9
        assert site.mirror(copy).returncode == 0
        assert files(copy) == files_now


def test_every_address_that_was_ever_in_the_log_still_answers(site: Site) -> None:
    last, library = published()[-1], STEPS[-1].content.library()
    pages = {path: b"" for output in planned(library) for path in output.paths if path.endswith("index.html")}
    site.publish({**pages, **last})
    about = [entry for activity in activities(last) for entry in (activity["object"], activity["target"]) if entry]
    addresses = {urlsplit(entry["id"]).path for entry in about}

    assert {entry["type"] for entry in about} == {"bulletin", "ceremony", "photo", "unit"}
    for address in sorted(addresses):
        with urlopen(f"http://127.0.0.1:{site.server.server_port}{address}") as answer:
            assert answer.status == 200
