"""Long lists as pages: nothing is lost, and what was on an older page stays there."""

from __future__ import annotations

import pytest

from bulletins.pages.listing import list_pages

NEWEST_FIRST = tuple(range(100, 0, -1))


@pytest.mark.parametrize("count", [0, 1, 23, 24, 25, 48, 49, 100])
def test_a_list_is_never_cut(count: int) -> None:
    items = NEWEST_FIRST[:count]

    assert [item for page in list_pages(items, 24) for item in page.items] == list(items)


@pytest.mark.parametrize("count", [1, 24, 25, 48, 49, 100])
def test_no_page_is_longer_than_the_setting_says(count: int) -> None:
    assert all(0 < len(page.items) <= 24 for page in list_pages(NEWEST_FIRST[:count], 24))


@pytest.mark.parametrize("count", [1, 25, 60, 100])
def test_following_the_older_pages_from_the_first_visits_all_of_them_and_the_newer_lead_back(count: int) -> None:
    pages = {page.number: page for page in list_pages(NEWEST_FIRST[:count], 24)}
    seen, at = [1], pages[1]
    while at.older:
        assert pages[at.older].newer == at.number

        at = pages[at.older]
        seen.append(at.number)

    assert sorted(seen) == sorted(pages)


def test_one_more_item_changes_the_first_page_and_at_most_two_others() -> None:
    for count in range(1, 99):
        before = {page.number: page for page in list_pages(tuple(range(count, 0, -1)), 10)}
        after = {page.number: page for page in list_pages(tuple(range(count + 1, 0, -1)), 10)}

        assert sum(after[number] != before.get(number) for number in after) <= 3
