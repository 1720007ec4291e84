"""A whole publication killed at any moment, twice; `python3 tasks.py faults --publish` does it a hundred times."""

from __future__ import annotations

from tests.publishing.killing import kills


def test_a_publication_killed_at_any_moment_leaves_the_old_release_or_the_new_one() -> None:
    outcomes = kills(2, seed=14, longest=4)

    assert {outcome.seen for outcome in outcomes} <= {"old", "new"}
    assert [outcome.next_code for outcome in outcomes] == [0, 0]
