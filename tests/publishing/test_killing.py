"""A whole publication killed at any moment, twice; `python3 tasks.py faults --publish` does it a hundred times."""

from __future__ import annotations

from tests.publishing.killing import kills


def test_a_publication_killed_at_any_moment_leaves_the_old_release_or_the_new_one() -> None:
    outcomes = list(kills(["folder"], ways=1, inside=1, seed=14))

    assert [outcome.kind for outcome in outcomes] == ["folder", "build"] * 2
    assert [outcome.wrong for outcome in outcomes] == [""] * 4
    assert {outcome.seen for outcome in outcomes if outcome.kind == "folder"} <= {"old", "new"}
