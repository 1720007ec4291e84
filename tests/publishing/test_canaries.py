"""Some random edits with canaries; `python3 tasks.py faults --canaries` makes a thousand."""

from __future__ import annotations

import pytest

from tests.publishing.canaries import run


def test_no_word_of_what_is_hidden_is_in_any_release_and_the_log_gives_the_present_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # the run sets it; it is as it was afterwards
    newsroom, wrong = run(edits=16, publications=2, seed=5)

    assert wrong == []
    assert sum(newsroom.made.values()) == 16
