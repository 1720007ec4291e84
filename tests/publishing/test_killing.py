"""A publication and a build killed at a step that readers would see; `python3 tasks.py faults --publish` does more."""

from __future__ import annotations

import pytest

from tests.publishing.killing import kills


@pytest.mark.long
def test_a_publication_killed_at_any_moment_leaves_the_old_release_or_the_new_one() -> None:
    outcomes = list(kills(["folder", "build"], ways=0, inside=1, seed=14))

    assert [outcome.kind for outcome in outcomes] == ["folder", "build"]
    assert [outcome.wrong for outcome in outcomes] == ["", ""]
    assert {outcome.seen for outcome in outcomes if outcome.kind == "folder"} <= {"old", "new"}
