"""Events of calendars are written by hand; a line, and a whole event, is what the library makes of it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser import Contentline

from bulletins.indexes.calendars import folded
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
