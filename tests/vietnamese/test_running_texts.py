"""Counts, dates and names of people in running texts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.counting import counts_of, spelled_number
from bulletins.vietnamese.dates_in_text import find_dates
from bulletins.vietnamese.person_names import find_names


@pytest.mark.parametrize(
    ("text", "value"),
    [("hai", 2), ("mười", 10), ("mười lăm", 15), ("hai mươi mốt", 21), ("chín mươi", 90), ("đơn vị", None), ("", None)],
)
def test_a_number_in_words_has_a_value(text: str, value: int | None) -> None:
    assert spelled_number(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("có 04 đơn vị và năm cơ quan", [(4, None), (5, None)]),
        ("5/7 đơn vị", [(7, 5)]),
        ("cuối năm đơn vị họp", []),
        ("một đơn vị", []),
        ("1.200 đơn vị", [(1200, None)]),
    ],
)
def test_a_count_stands_right_before_its_noun(text: str, values: list[tuple[int, int | None]]) -> None:
    assert [(one.value, one.part) for one in counts_of(text, "đơn vị|cơ quan")] == values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Sáng 22/3, Khối họp", [(22, 3, None, "morning")]),
        ("Chiều ngày 09/12/2022 tại", [(9, 12, 2022, "afternoon")]),
        ("ngày 28 tháng 4 năm 2022", [(28, 4, 2022, None)]),
        ("Sáng 27-1-2023", [(27, 1, 2023, "morning")]),
        ("ngày 14 – 15.7, tại", [(15, 7, None, None)]),
        ("Chiều nay (10/4), tại", [(10, 4, None, "afternoon")]),
        ("đạt 5/7 đơn vị, tăng 1.5 lần, trực 24/24", []),
        ("ngày 31/02/2023", []),
        ("Kế hoạch 12/KH-UBND", []),
    ],
)
def test_a_date_is_day_first_and_exists(text: str, dates: list[tuple[int, int, int | None, str | None]]) -> None:
    assert [(one.day, one.month, one.year, one.part) for one in find_dates(text)] == dates


def test_the_minutes_before_a_date_are_no_part_of_it() -> None:
    text = "Hồi 8 giờ 00 ngày 20/8/2025, hồi 8:30 ngày 2/9/2025, trong 2 ngày 3/9"

    assert [one.written for one in find_dates(text)] == ["ngày 20/8/2025", "ngày 2/9/2025", "trong 2 ngày 3/9"]


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(text[one.start : one.end] == one.written for one in find_dates(text))
    assert all(text[one.start : one.end] == one.written for one in find_names(text))


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["lời ", "12.500 người, ", "5/7 đơn vị. "]))
def test_a_date_is_found_wherever_in_a_text_it_stands(before: int, behind: int, other: str) -> None:
    text = "trong hai ngày (14/12 đến ngày 15/12/2023)"
    start = len(other) * before
    (alone,) = find_dates(text)
    assert [replace(alone, start=alone.start + start, end=alone.end + start)] == list(
        find_dates(f"{other * before}{text} {other * behind}")
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giám đốc Sở Y tế Trần Thị Mai Hoa phát biểu", ["Trần Thị Mai Hoa"]),
        ("Chủ tịch HĐND tỉnh Hồ Thị Kim Ngân dự", ["Hồ Thị Kim Ngân"]),
        ("tại tỉnh Thái Nguyên và Hà Nội", []),
        ("Trường THPT Nguyễn Trãi", []),
        ("tư tưởng Hồ Chí Minh", []),
    ],
)
def test_a_person_has_a_family_name_and_no_place_is_one(text: str, names: list[str]) -> None:
    assert [one.written for one in find_names(text)] == names
