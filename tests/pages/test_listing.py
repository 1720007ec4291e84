"""Long lists as pages: nothing is lost, and what was on an older page stays there."""

from __future__ import annotations

import pytest

from bulletins.pages.listing import list_pages
from bulletins.settings import Settings
from tests.builders import bulletin, library
from tests.pages.builders import made, said

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


def test_a_later_page_says_from_which_day_to_which_its_ceremonies_were_and_that_no_day_is_known() -> None:
    days = ["2023-03-02", "2023-02-01", "2023-01", "", ""]
    told = [bulletin(f"b{n}", ceremony={"kinds": ["pact"], "date": day}) for n, day in enumerate(days)]
    files = made(library(*told), Settings(list_length=2))
    older, oldest = (said(files, f"trang/{number}/index.html") for number in (3, 2))

    assert "Các buổi lễ từ tháng 1 năm 2023 đến tháng 1 năm 2023" in older
    assert "Các buổi lễ không nêu ngày" in oldest
