"""How dates are read, day first, and how they are written."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.dates import (
    DateError,
    Moment,
    iso,
    long_date,
    month_name,
    read_date,
    short_date,
    weekday_name,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-02-22", "2023-02-22"),
        (" 2023-02-22\u00a0", "2023-02-22"),
        ("2022-12-09 16:25", "2022-12-09T16:25:00+07:00"),
        ("2022-12-09T16:25", "2022-12-09T16:25:00+07:00"),
        ("2022-12-09T16:25:30", "2022-12-09T16:25:30+07:00"),
        ("2022-12-09T16:25:30+07:00", "2022-12-09T16:25:30+07:00"),
        ("2022-12-09 16:25 +07:00", "2022-12-09T16:25:00+07:00"),
        ("2022-12-09T16:25+0700", "2022-12-09T16:25:00+07:00"),
        ("22/02/2023", "2023-02-22"),
        ("9/12/2022", "2022-12-09"),
        ("09/12/2022", "2022-12-09"),
        ("09/12/2022 16:25", "2022-12-09T16:25:00+07:00"),
        ("27-1-2023", "2023-01-27"),
        ("03-01-2023", "2023-01-03"),
        ("9.5.2024", "2024-05-09"),
        ("27/01/2023 - 12:30", "2023-01-27T12:30:00+07:00"),
        ("9/12/2022 16h25", "2022-12-09T16:25:00+07:00"),
        ("16h25, thứ Sáu, ngày 9/12/2022", "2022-12-09T16:25:00+07:00"),
        ("09-12-2022 | 16:25", "2022-12-09T16:25:00+07:00"),
        ("9/12/2022 16h", "2022-12-09T16:00:00+07:00"),
        ("9/12/2022, 7:05", "2022-12-09T07:05:00+07:00"),
        ("09/12/2022 16:25 GMT+7", "2022-12-09T16:25:00+07:00"),
        ("09/12/2022 16:25 (GMT+7)", "2022-12-09T16:25:00+07:00"),
        ("09/12/2022 00:00", "2022-12-09T00:00:00+07:00"),
        ("ngày 28 tháng 4 năm 2022", "2022-04-28"),
        ("Ngày 05 tháng 02 năm 2024", "2024-02-05"),
        ("22 tháng 3 năm 2024", "2024-03-22"),
        ("22 tháng 3, năm 2024", "2024-03-22"),
        ("ngày 22/3/2024", "2024-03-22"),
        ("Thứ bảy, 06/04/2024 07:20", "2024-04-06T07:20:00+07:00"),
        ("thứ Sáu, ngày 22 tháng 3 năm 2024", "2024-03-22"),
        ("Thứ 6 22/3/2024", "2024-03-22"),
        ("CHỦ NHẬT, 24/3/2024", "2024-03-24"),
        ("CN, 24/3/2024", "2024-03-24"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_is_read_day_first(text: str, expected: str) -> None:
    assert iso(read_date(text)) == expected
    assert read_date(unicodedata.normalize("NFD", text)) == read_date(text)


@pytest.mark.parametrize(
    ("text", "day", "month"),
    [
        ("22/3", 22, 3),
        ("17/4", 17, 4),
        ("02/03", 2, 3),
        ("9-12", 9, 12),
        ("ngày 22 tháng 3", 22, 3),
        ("29/2", 29, 2),
        ("22/3 16h25", 22, 3),
        ("thứ Sáu, 22/3", 22, 3),
    ],
)
def test_a_date_without_a_year_says_its_day_and_month(text: str, day: int, month: int) -> None:
    with pytest.raises(DateError) as error:
        read_date(text)

    assert (error.value.reason, error.value.day, error.value.month) == ("no_year", day, month)


@pytest.mark.parametrize(
    "text",
    [
        "30/02/2023",
        "29/02/2023",
        "2023-02-30",
        "31/4/2024",
        "12/22/2023",
        "0/3/2024",
        "22/0/2024",
        "22/3/0000",
        "30/2",
        "22/3/2024 25:00",
        "22/3/2024 16h60",
        "ngày 31 tháng 6 năm 2022",
    ],
)
def test_a_day_that_never_was_is_impossible(text: str) -> None:
    with pytest.raises(DateError) as error:
        read_date(text)

    assert error.value.reason == "impossible"


def test_a_weekday_of_another_day_is_told_with_the_day() -> None:
    with pytest.raises(DateError) as error:
        read_date("Thứ hai, 06/04/2024")

    assert (error.value.reason, error.value.date) == ("weekday", datetime.date(2024, 4, 6))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sáng nay",
        "vừa qua",
        "2023",
        "3/2024",
        "tháng 3 năm 2024",
        "22/3/24",
        "22/3-2024",
        "2023/02/22",
        "2023-2-22",
        "22 March 2024",
        "2022-12-09T16:25Z",
        "2022-12-09T16:25+09:00",
        "22/3/2024 16",
        "22/3/2024 và 23/3/2024",
        "٢٢/٣/٢٠٢٤",
        "154/KH-VPQH",
    ],
)
def test_what_is_no_date_is_unreadable(text: str) -> None:
    with pytest.raises(DateError) as error:
        read_date(text)

    assert error.value.reason == "unreadable"


@given(st.text())
def test_reading_any_text_gives_a_moment_or_a_date_error(text: str) -> None:
    try:
        read = read_date(text)
    except DateError as error:
        assert error.text == text
    else:
        assert isinstance(read, Moment)


@given(st.dates())
def test_a_written_date_reads_back(date: datetime.date) -> None:
    assert read_date(long_date(date)) == read_date(short_date(date)) == Moment(date)
    assert read_date(f"{weekday_name(date)}, {short_date(date)}") == Moment(date)


@given(st.dates(), st.times())
def test_an_iso_moment_reads_back_to_the_second(date: datetime.date, time: datetime.time) -> None:
    moment = Moment(date, time.replace(microsecond=0))

    assert read_date(iso(moment)) == moment


@pytest.mark.parametrize(
    ("date", "long", "short"),
    [
        (datetime.date(2024, 3, 22), "22 tháng 3 năm 2024", "22/3/2024"),
        (datetime.date(2024, 2, 5), "5 tháng 2 năm 2024", "05/02/2024"),
        (datetime.date(2024, 1, 27), "27 tháng 1 năm 2024", "27/01/2024"),
        (datetime.date(2022, 12, 9), "9 tháng 12 năm 2022", "09/12/2022"),
    ],
)
def test_only_the_short_form_of_a_date_takes_zeros(date: datetime.date, long: str, short: str) -> None:
    assert (long_date(date), short_date(date)) == (long, short)


def test_a_week_begins_on_thu_hai_and_ends_on_chu_nhat() -> None:
    week = [weekday_name(datetime.date(2024, 3, 18 + day)) for day in range(7)]

    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def test_months_have_numbers_and_there_are_twelve() -> None:
    assert [month_name(1), month_name(3), month_name(12)] == ["Tháng 1", "Tháng 3", "Tháng 12"]
    for number in (0, 13):
        with pytest.raises(ValueError, match="no month"):
            month_name(number)
