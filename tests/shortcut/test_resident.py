"""The builder that stays loaded for `serve`: edited texts are its own, everything else it leaves to a whole build."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletins.shortcut import site as shortcut
from bulletins.shortcut.resident import Resident
from bulletins.shortcut.snapshot import Changed
from bulletins.shortcut.state import State
from tests.site.test_equality import Site, build_on, edits, files, run, stands


def built(folder: Path) -> Site:
    """A site that was built a moment ago."""
    site = Site(folder, random.Random(1))
    build_on(site)
    return site


def staying(site: Site) -> Resident:
    folders = (site.folder / "content", site.folder / "output", site.folder / ".cache")
    resident = Resident(shortcut.Site("conf", *folders))
    resident.look()
    return resident


def asked(resident: Resident, *paths: Path) -> int | None:
    code = resident.build([str(path) for path in paths], io.StringIO(), io.StringIO())
    resident.look()
    return code


def edited(site: Site) -> Path:
    site.edit_text(site.bulletins[0])
    return site.bulletins[0]


def test_text_after_text_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    answers = [asked(resident, edited(site)) for _ in range(3)]
    run(site, "clean")

    assert answers == [0, 0, 0]
    assert files(site.folder / "output") == files(site.folder / "clean")
    assert stands(site)


def seen(site: Site) -> dict[Path, tuple[int, int]]:
    """Everything a watcher looks at, with what a change of it changes."""
    tops = (site.folder / "content", site.folder / "theme", site.folder / "conf.py")
    found = [path for top in tops for path in (top, *top.rglob("*"))]
    return {path: (path.lstat().st_mtime_ns, path.lstat().st_ino) for path in found}


def told(before: dict[Path, tuple[int, int]], after: dict[Path, tuple[int, int]]) -> list[Path]:
    """The paths a watcher tells of; of a folder that was moved away nothing but its own name."""
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    gone = changed - after.keys()
    return [path for path in changed if gone.isdisjoint(path.parents)]


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 8))])
def test_whatever_is_saved_while_it_stays_gives_what_a_clean_build_gives(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    site = Site(tmp_path, chance)
    build_on(site)
    resident = staying(site)
    for n in range(10):
        before, edit = seen(site), chance.choice(edits(site))
        edit()
        paths = told(before, seen(site))
        if paths and asked(resident, *paths) is None:
            build_on(site)
            resident = staying(site)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        shutil.rmtree(tmp_path / ".clean", ignore_errors=True)
        run(site, "clean")

        assert files(tmp_path / "output") == files(tmp_path / "clean"), f"edit {n}: {edit.__name__}"


def test_asked_without_a_path_it_looks_for_itself(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    edited(site)

    assert asked(resident) == 0
    assert stands(site)


def test_a_file_that_was_saved_as_it_is_changes_nothing(tmp_path: Path) -> None:
    site = built(tmp_path)
    path = site.bulletins[0]

    assert asked(staying(site), path, path.parent) == 0


@pytest.mark.parametrize(
    "change", [Site.edit_title, Site.edit_photo, Site.edit_register, Site.edit_template, Site.add_bulletin]
)
def test_whatever_is_more_than_text_is_left_to_a_whole_build(tmp_path: Path, change: Callable[[Site], None]) -> None:
    site = built(tmp_path)
    resident = staying(site)
    before = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*") if path.is_file()}
    change(site)
    after = {path: path.stat().st_mtime_ns for path in site.folder.rglob("*") if path.is_file()}

    assert asked(resident, *(path for path in after if before.get(path) != after[path])) is None


def test_a_folder_that_was_moved_away_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    gone = site.bulletins[0].parent
    gone.rename(tmp_path / "gone")

    assert asked(resident, gone) is None


def test_a_file_of_the_theme_that_is_gone_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    gone = tmp_path / "theme/static/site.css"
    gone.unlink()

    assert asked(resident, gone) is None


def test_what_an_editor_wrote_aside_and_renamed_changes_nothing_else(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    path = site.bulletins[0]
    site.edit_aside(path)

    assert asked(resident, path.with_name("index.md.new"), path) == 0
    assert stands(site)


def test_a_site_that_somebody_touched_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    (site.folder / "output/index.html").write_text("khác", encoding="utf-8")

    assert asked(staying(site), edited(site)) is None


@pytest.mark.parametrize("remove", [Path.unlink, lambda path: shutil.rmtree(path.parent)])
def test_a_file_that_vanishes_after_the_snapshot_was_compared_is_left_to_a_whole_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remove: Callable[[Path], None]
) -> None:
    site = built(tmp_path)
    resident = staying(site)
    path = edited(site)
    look = State.changes_among

    def just_before(state: State, paths: list[str]) -> Changed | None:
        changed = look(state, paths)
        remove(path)
        return changed

    monkeypatch.setattr(State, "changes_among", just_before)

    assert asked(resident, path) is None


def test_a_site_that_another_build_has_published_since_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    run(site, "conf", BULLETINS_CALLED="conf", SITENAME="Tên khác")

    assert asked(resident, edited(site)) is None


def test_it_goes_on_with_what_another_build_has_kept_since(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    run(site, "conf", BULLETINS_CALLED="conf", SITENAME="Tên khác")
    resident.look()

    assert asked(resident, edited(site)) == 0
    assert "Tên khác" in (tmp_path / "output/ban-tin/khoi-1-2023-pact/index.html").read_text(encoding="utf-8")


def test_what_another_build_has_kept_since_the_program_changed_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    site.edit_template()
    build_on(site)
    resident.look()

    assert not resident.is_current()
    assert asked(resident, edited(site)) is None


def test_a_site_that_somebody_removed_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = built(tmp_path)
    resident = staying(site)
    shutil.rmtree(tmp_path / "output")

    assert asked(resident, edited(site)) is None


def test_a_site_that_was_never_built_is_left_to_a_whole_build(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(1))

    assert asked(staying(site), edited(site)) is None
    assert asked(staying(site)) is None
