"""Names in the order of a Vietnamese dictionary, by table and against ICU where it is installed."""

from __future__ import annotations

import itertools
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.collation import collation_key

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
texts = st.text(LETTERS + LETTERS.upper() + "fjwz0123456789 ,-–(“./", max_size=12)

IN_ORDER = [
    "“Đồng khởi mới”",
    "2 tháng 3",
    "10 tháng 3",
    "An Giang",
    "Ấn Độ",
    "Ban Dân vận",
    "Ban Nội chính Tỉnh ủy",
    "Báo Đại biểu Nhân dân",
    "Báo Đồng Khởi",
    "Bảo hiểm xã hội",
    "Bắc Ninh",
    "Bến Tre",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Cục Quản lý thị trường",
    "Cục Quản trị I",
    "Cục Quản trị II",
    "Cục Quản trị III",
    "Cụm thi đua số 6",
    "Dân vận",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đồng Tháp",
    "Giao ước",
    "Hạ Long",
    "Ha Noi",
    "Hà Nội",
    "Hoà Bình",
    "Hòa Bình",
    "Khối 2",
    "Khối 9",
    "Khối 12",
    "Khối Thi đua 1",
    "Khối thi đua 20",
    "Khối thi đua III",
    "Lâm Đồng",
    "ma",
    "Ma",
    "mà",
    "mả",
    "mã",
    "má",
    "mạ",
    "man",
    "Nghệ An",
    "Ninh Bình",
    "Phú Thọ",
    "Quảng Ninh",
    "Quảng Trị",
    "Thanh Hóa",
    "Thư viện Quốc gia Việt Nam",
    "Thư viện Quốc hội",
    "Tỉnh ủy Bến Tre",
    "Trung tâm bồi dưỡng đại biểu dân cử",
    "Trung tâm Công nghệ thông tin",
    "Văn phòng Đảng – Đoàn thể",
    "Văn phòng Đảng đoàn Quốc hội",
    "Văn phòng Quốc hội",
    "Viện bảo tồn di tích",
    "Viện Bảo tồn di tích",
    "Viện Văn hóa Nghệ thuật Quốc gia Việt Nam",
    "Vụ Lễ tân và Hợp tác quốc tế",
    "Vụ Thông tin",
    "Vụ Thư ký",
    "Yên Bái",
]


def test_names_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    shuffled = sorted(IN_ORDER, key=lambda name: name[::-1])

    assert sorted(shuffled, key=collation_key) == IN_ORDER


@pytest.mark.parametrize("order", ["aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", "aàảãáạ", "ăằẳẵắặ", "ơờởỡớợ", "yỳỷỹýỵ"])
def test_letters_and_tones_stand_in_their_order(order: str) -> None:
    by_code_point = sorted(order)

    assert "".join(sorted(by_code_point, key=collation_key)) == order


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("má", "mai"),
        ("mạ", "man"),
        ("Đua", "đưa"),
        ("đ", "Đ"),
        ("dz", "đa"),
        ("Hạ Long", "Hà Nội"),
        ("khối 9", "khối 12"),
        ("khối 4", "Khối 04"),
        ("thi đua", "thị đua"),
        ("thi dua", "thi đua"),
        ("khối 3", "khối a"),
        ("khối (3", "khối 3"),
        ("an ninh", "anh"),
        ("", "a"),
        ("9" * 5000, "1" + "0" * 5000),
    ],
)
def test_the_first_stands_before_the_second(first: str, second: str) -> None:
    assert collation_key(first) < collation_key(second)


@given(texts, texts)
def test_only_one_text_has_one_key(one: str, other: str) -> None:
    assert (collation_key(one) == collation_key(other)) == (one == other)


@given(texts)
def test_decomposed_text_has_the_key_of_composed_text(text: str) -> None:
    assert collation_key(unicodedata.normalize("NFD", text)) == collation_key(text)


@given(texts, st.sampled_from("\u0300\u0309\u0303\u0301\u0323"), st.characters(codec="ascii", categories=["Ll"]))
def test_a_letter_outranks_any_tone_before_it(text: str, tone: str, letter: str) -> None:
    assert collation_key(f"a{tone}{text}") < collation_key(f"a{text}{letter}")


def icu_collator() -> Any:
    """ICU's own collator, with numbers by value; PyICU is no dependency, so the test is skipped where it is missing."""
    icu = pytest.importorskip("icu", reason="PyICU is not installed")
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    return collator


def test_icu_orders_the_table_alike() -> None:
    collator = icu_collator()

    assert all(collator.compare(before, after) < 0 for before, after in itertools.pairwise(IN_ORDER))


def test_icu_orders_any_two_texts_alike() -> None:
    collator = icu_collator()

    @given(texts, texts)
    def orders_alike(one: str, other: str) -> None:
        by_icu = collator.compare(one, other)
        assert by_icu == 0 or (by_icu < 0) == (collation_key(one) < collation_key(other))

    orders_alike()
