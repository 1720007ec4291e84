"""Events of calendars are written by hand; a line, and a whole event, is what the library makes of it."""

from __future__ import annotations

from typing import NoReturn

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser import Contentline

from bulletins.domain.lazy import Summary, lazy_bulletin
from bulletins.indexes.calendars import folded
from bulletins.indexes.shape import Terms
from bulletins.indexes.subscriptions import Subscriptions
from tests.builders import bulletin, library
from tests.indexes import sample


@given(st.text(st.sampled_from("aĐấ🎖\\^,; "), max_size=400))
@example("a" * 74)
@example("a" * 75)
@example("\\" * 150)
@example("^" + "🎖" * 60)
def test_a_line_is_folded_as_the_library_folds_it(line: str) -> None:
    assert folded(line) == Contentline(line).to_ical() + b"\r\n"


def test_every_calendar_read_by_the_library_is_written_by_it_with_the_same_bytes() -> None:
    calendars = [data for path, data in sample.site().items() if path.endswith(".ics")]
    assert any(b"BEGIN:VEVENT" in data for data in calendars)
    for data in calendars:
        assert Calendar.from_ical(data).to_ical() == data


def test_the_feeds_and_calendars_of_the_site_fetch_no_whole_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str, digest: str) -> NoReturn:
        raise AssertionError(f"{name} was fetched")

    monkeypatch.setattr("bulletins.indexes.subscriptions.ENOUGH", 1)
    days = ("2021-03-01", "2022-03-01", "2023-03-01")
    whole = [bulletin(f"khoi-1-{day[:4]}-pact", ceremony={"kinds": ["pact"], "date": day}) for day in days]
    lazy = [lazy_bulletin(Summary.of(each), each.id, never) for each in whole]
    of_site = Subscriptions(library(*lazy), {}, Terms.of(sample.SETTINGS), "Bản tin", "").of_site()

    assert {path for line in of_site for path in line.paths} >= {"lich.ics", "feed.xml"}
