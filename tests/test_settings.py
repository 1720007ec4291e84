"""Settings are checked as a whole: a line for each that is wrong, with what to write instead."""

from __future__ import annotations

import pytest

from bulletins.settings import wrong_settings


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("BULLETINS_PUBLISER", "Sở Mẫu", "did you mean BULLETINS_PUBLISHER?"),
        ("BULLETINS_LIST_LENGTH", "24", "wants a value such as 24"),
        ("BULLETINS_LIST_LENGTH", 0, "must be ≥ 1"),
        ("BULLETINS_PICTURE_QUALITY", 96, "must be 1–95"),
        ("BULLETINS_DRAFTS", "yes", "wants a value such as False"),
        ("BULLETINS_PICTURE_WIDTHS", 400, "wants a value such as (400, 800, 1600)"),
        ("BULLETINS_PICTURE_WIDTHS", [400, "800"], "wants a value such as (400, 800, 1600)"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(name: str, value: object, message: str) -> None:
    [line] = wrong_settings({name: value})

    assert line.startswith(name)
    assert line.endswith(message)


def test_right_settings_and_those_of_others_are_left_alone() -> None:
    assert wrong_settings({"BULLETINS_PICTURE_WIDTHS": [300], "BULLETINS_WORKERS": 0, "THEME": 7}) == []
