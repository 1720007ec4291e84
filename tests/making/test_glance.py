"""A glance may see a change where there is none; the other way round it cannot."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletins.making import glance
from bulletins.making.glance import Changed, State

SECOND = 1_000_000_000


def state_of(folder: Path, *listed: Path) -> State:
    """The state of a site that was built of `folder/content` a moment ago."""
    names = list(map(str, listed))
    taken = glance.take(str(folder / "content"), names)
    return State("conf", str(folder / "content"), names, taken, None, glance.ledger_stamp(folder), [0] * 5, {})


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file of the content, some days old."""
    path = tmp_path / "content/one/index.md"
    path.parent.mkdir(parents=True)
    path.write_text("Một.", encoding="utf-8")
    return path


@pytest.mark.parametrize("take", [
    lambda state, path: state,
    lambda state, path: glance.amended(state, Changed({str(path): ([], [4, this_second(), 1])}, {}), []),
])  # fmt: skip
def test_a_time_in_whole_seconds_is_not_trusted_while_it_is_young(
    tmp_path: Path, text: Path, take: Callable[[State, Path], State]
) -> None:
    os.utime(text, ns=(this_second(), this_second()))
    state = take(state_of(tmp_path), text)

    assert state.glance.files[str(text)] == []


def seen(state: State) -> bool:
    """Whether a glance sees that something changed."""
    changed = glance.changes(state)
    return changed is None or bool(changed.files)


def test_settings_that_changed_after_the_build_had_begun_are_a_change_for_the_next(tmp_path: Path, text: Path) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text("A = 1", encoding="utf-8")
    state = state_of(tmp_path, conf)
    begun = conf.stat().st_ctime_ns

    assert not seen(state._replace(glance=glance.take(state.content, state.listed, begun + 1)))
    assert seen(state._replace(glance=glance.take(state.content, state.listed, begun)))


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


def this_second() -> int:
    return time.time_ns() // SECOND * SECOND


def test_a_note_that_was_cut_leaves_no_state_to_rely_on(tmp_path: Path, text: Path) -> None:
    state = state_of(tmp_path)
    glance.save(tmp_path, state)
    glance.note(tmp_path, state, Changed({str(text): ([], [])}, {}))
    whole = (tmp_path / "glance.json").read_bytes()

    assert glance.load(tmp_path) == state
    (tmp_path / "glance.json").write_bytes(whole[:-3])
    assert glance.load(tmp_path) is None
