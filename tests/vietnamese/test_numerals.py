"""What Roman numerals, bloc numbers and Vietnamese figures are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.numerals import bloc_number, number, roman, with_bloc_number_in_digits


def in_roman(value: int) -> str:
    """The canonical spelling, decimal place by place."""
    places = [("M", "", ""), ("C", "D", "M"), ("X", "L", "C"), ("I", "V", "X")]
    spelled = ""
    for (one, five, ten), digit in zip(places, map(int, f"{value:04}"), strict=True):
        spelled += {4: one + five, 9: one + ten}.get(digit, five * (digit >= 5) + one * (digit % 5))
    return spelled


@given(st.integers(1, 3999))
def test_a_roman_numeral_reads_back(value: int) -> None:
    assert roman(in_roman(value)) == value
    assert roman(in_roman(value).lower()) == value


@given(st.text("IVXLCDM", max_size=9))
def test_only_the_canonical_spelling_is_a_roman_numeral(text: str) -> None:
    value = roman(text)

    assert value is None or in_roman(value) == text


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("IV", 4), ("V", 5), ("IX", 9), ("xii", 12), ("MMXXIV", 2024)])
def test_roman_numerals_have_their_value(text: str, value: int) -> None:
    assert roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "IIX", "VV", "IC", "MMMM", "A", "5", " V", "V\n", "ı", "Ⅴ", "Đ"])
def test_what_is_no_canonical_roman_numeral_has_no_value(text: str) -> None:
    assert roman(text) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Khối thi đua số V", 5),
        ("Khối thi đua V", 5),
        ("khối v", 5),
        ("KHỐI THI ĐUA IV", 4),
        ("Khối thi đua III", 3),
        ("Khối Thi đua 1", 1),
        ("Khối thi đua số 01", 1),
        ("Khối\u00a0thi đua số\u00a012", 12),
        ("Khối thi đua 20 năm 2024", 20),
        ("Khối thi đua 20 (Bộ VHTTDL)", 20),
        ("Cụm thi đua số 6 (Khối Văn hóa – Xã hội)", 6),
        ("Cụm số XII", 12),
        ("Cụm thi đua số 5 tỉnh Bắc Ninh", 5),
        ("Ban Nội chính Tỉnh ủy - Cơ quan Thường trực Khối Thi đua 1", 1),
        ("Khối thi đua Doanh nghiệp số 7", 7),
        ("Khối thi đua ngân hàng I", 1),
        ("Cụm thi đua Công đoàn ngành I", 1),
    ],
)
def test_a_numbered_bloc_has_its_number(name: str, value: int) -> None:
    assert bloc_number(name) == value


@pytest.mark.parametrize(
    "name",
    [
        "Cục Quản trị I",
        "Cục Quản trị III",
        "Trung tâm Lưu trữ quốc gia IV",
        "Khối thi đua các cơ quan tham mưu, tổng hợp",
        "Khối thi đua năm 2024",
        "Khối thi đua 2024",
        "Khối thi đua 0",
        "Khối thi đua IIII",
        "Khối thi đua C",
        "Cụm thi đua 5 tỉnh Tây Nguyên",
        "Cụm thi đua 5 thành phố trực thuộc Trung ương",
        "Khối thi đua 1.000",
        "khóa XII",
        "Khối",
        "",
    ],
)
def test_a_unit_or_a_bloc_known_by_its_name_has_no_number(name: str) -> None:
    assert bloc_number(name) is None


@pytest.mark.parametrize(
    ("name", "in_digits"),
    [
        ("khối thi đua số V", "khối thi đua 5"),
        ("cụm 06", "cụm thi đua 6"),
        ("khối thi đua ngân hàng I", "khối thi đua ngân hàng 1"),
        ("khối thi đua ngân hàng số 01", "khối thi đua ngân hàng 1"),
        ("cục quản trị III", "cục quản trị III"),
        ("khối thi đua IIII", "khối thi đua IIII"),
    ],
)
def test_a_bloc_number_is_written_in_one_form(name: str, in_digits: str) -> None:
    assert with_bloc_number_in_digits(name) == in_digits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.000", 1000),
        ("45.840", 45840),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("18,68", 18.68),
        ("251,2", 251.2),
        ("0,5", 0.5),
        ("04", 4),
        ("100", 100),
        ("0", 0),
        (" 95 ", 95),
    ],
)
def test_a_vietnamese_number_has_its_value(text: str, value: float) -> None:
    read = number(text)

    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text",
    ["", "1.5", "18.68", "0.500", "1.00", "1.0000", "12,", ",5", "1,2,3", "08/08", "5%", "V", "năm", "٣", "1 000"],
)
def test_what_is_no_vietnamese_number_has_no_value(text: str) -> None:
    assert number(text) is None


@given(st.integers(0, 10**14))
def test_a_number_grouped_by_full_stops_reads_back(value: int) -> None:
    assert number(f"{value:,}".replace(",", ".")) == value
