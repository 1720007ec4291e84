"""A snapshot may see a change where there is none; the other way round it cannot."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletins.making.ledger import LEDGER, stamp
from bulletins.shortcut import snapshot
from bulletins.shortcut.snapshot import Changed
from bulletins.shortcut.state import STATE, State, load, note, save

SECOND = 1_000_000_000


def state_of(folder: Path, *listed: Path) -> State:
    """The state of a site that was built of `folder/content` a moment ago."""
    names = list(map(str, listed))
    taken = snapshot.take(str(folder / "content"), names)
    return State("conf", str(folder / "content"), names, taken, None, stamp(folder / LEDGER), [0] * 5, {})


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of the content, some days old."""
    path = tmp_path / "content/one/index.md"
    path.parent.mkdir(parents=True)
    path.write_text("Một.", encoding="utf-8")
    return path


def test_a_time_in_whole_seconds_is_not_trusted_while_it_is_young(tmp_path: Path, text: Path) -> None:
    os.utime(text, ns=(this_second(), this_second()))
    taken_in, _ = snapshot.taken_in(Changed({str(text): ([], [4, this_second(), 1])}, {}))

    assert state_of(tmp_path).snapshot.files[str(text)] == []
    assert taken_in[str(text)] == []


def seen(state: State) -> bool:
    """Whether it is seen that something changed."""
    changed = state.changes()
    return changed is None or bool(changed.files)


def test_settings_that_changed_after_the_build_had_begun_are_a_change_for_the_next(tmp_path: Path, text: Path) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text("A = 1", encoding="utf-8")
    state = state_of(tmp_path, conf)
    begun = conf.stat().st_ctime_ns

    assert not seen(state._replace(snapshot=snapshot.take(state.content, state.listed, begun + 1)))
    assert seen(state._replace(snapshot=snapshot.take(state.content, state.listed, begun)))


def test_what_a_link_of_the_content_leads_to_is_a_change_each_time(tmp_path: Path, text: Path) -> None:
    folder = text.parent.rename(tmp_path / "elsewhere")
    text.parent.symlink_to(folder)

    assert seen(state_of(tmp_path))


def test_a_folder_that_became_a_link_is_a_change(tmp_path: Path, text: Path) -> None:
    state = state_of(tmp_path)
    text.parent.rename(tmp_path / "elsewhere")
    text.parent.symlink_to(tmp_path / "elsewhere")

    assert seen(state)


def test_a_content_that_is_a_link_is_seen_as_what_it_leads_to(tmp_path: Path, text: Path) -> None:
    content = tmp_path / "content"
    content.rename(tmp_path / "elsewhere")
    content.symlink_to(tmp_path / "elsewhere")
    state = state_of(tmp_path)

    assert not seen(state)
    (content / "two").mkdir()
    assert seen(state)


def test_a_file_of_the_theme_may_be_a_link(tmp_path: Path, text: Path) -> None:
    theme, styles = tmp_path / "theme", tmp_path / "shared.css"
    theme.mkdir()
    styles.write_text("/* 1 */", encoding="utf-8")
    (theme / "site.css").symlink_to(styles)
    (theme / "lost.css").symlink_to(tmp_path / "nowhere")
    state = state_of(tmp_path, theme)

    assert not seen(state)
    styles.write_text("/* 22 */", encoding="utf-8")
    assert seen(state)


def upgraded(libraries: Path) -> None:
    (libraries / "markdown-3.dist-info").rename(libraries / "markdown-4.dist-info")


def installed_again(libraries: Path) -> None:
    record = libraries / "markdown-3.dist-info/RECORD"
    record.with_name("new").write_text(record.read_text(encoding="utf-8"), encoding="utf-8")
    record.with_name("new").replace(record)


@pytest.mark.parametrize("exchange", [upgraded, installed_again])
def test_a_library_that_was_exchanged_is_a_change(tmp_path: Path, text: Path, exchange: Callable[[Path], None]) -> None:
    libraries = tmp_path / "site-packages"
    (libraries / "markdown-3.dist-info").mkdir(parents=True)
    (libraries / "markdown-3.dist-info/RECORD").write_text("markdown.py", encoding="utf-8")
    state = state_of(tmp_path, libraries / snapshot.LIBRARIES)

    assert not seen(state)
    exchange(libraries)
    assert seen(state)


def this_second() -> int:
    return time.time_ns() // SECOND * SECOND


def test_a_note_that_was_cut_leaves_no_state_to_rely_on(tmp_path: Path, text: Path) -> None:
    state = state_of(tmp_path)
    save(tmp_path, state)
    note(tmp_path, Changed({str(text): ([], state.snapshot.files[str(text)])}, {}), state.ledger, {})
    whole = (tmp_path / STATE).read_bytes()

    assert load(tmp_path) == state
    (tmp_path / STATE).write_bytes(whole[:-3])
    assert load(tmp_path) is None
