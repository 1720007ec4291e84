"""A day of which only the month or the year is known, or nothing."""

from __future__ import annotations

import datetime

import pytest

from bulletins.vietnamese.dates import DateError, PartialDate, long_date, read_partial_date, short_date


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("15/3/2023", "2023-03-15", "day"),
        ("2023-03-15", "2023-03-15", "day"),
        ("2023-03", "2023-03", "month"),
        ("3/2023", "2023-03", "month"),
        ("tháng 3 năm 2023", "2023-03", "month"),
        ("Tháng 12/2023", "2023-12", "month"),
        ("2023", "2023", "year"),
        ("năm 2023", "2023", "year"),
        ("không rõ", "", None),
        ("bài không nêu ngày", "", None),
        ("", "", None),
    ],
)
def test_as_much_is_read_as_is_told(text: str, date: str, precision: str | None) -> None:
    known = read_partial_date(text)

    assert (known, known.precision) == (date, precision)


@pytest.mark.parametrize("text", ["13/2023", "2023-00", "22/3", "sắp tới", "2023-03-15 8h", "30/02/2023"])
def test_what_is_no_part_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_partial_date(text)


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        ("2023-03-05", "5 tháng 3 năm 2023", "05/3/2023"),
        ("2023-02", "tháng 2 năm 2023", "02/2023"),
        ("2023", "năm 2023", "2023"),
        ("", "không nêu ngày", "không nêu ngày"),
    ],
)
def test_it_is_written_as_far_as_it_is_known(date: str, long: str, short: str) -> None:
    assert (long_date(PartialDate(date)), short_date(PartialDate(date))) == (long, short)


def test_it_may_be_any_day_of_its_month_or_year() -> None:
    assert PartialDate("2024-02").last == datetime.date(2024, 2, 29)
    assert (PartialDate("2024").first, PartialDate("2024").last) == (
        datetime.date(2024, 1, 1),
        datetime.date(2024, 12, 31),
    )
    assert PartialDate("").first is None
