"""Which symbols name documents, what their parts say, and which are irregular."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.document_numbers import DocumentNumber, Family, find_symbols, irregular, parse_symbol


@pytest.mark.parametrize(
    ("symbol", "family", "number", "year", "kind", "issuer", "unit"),
    [
        ("06/2022/QH15", "law", 6, 2022, None, "QH15", None),
        ("44/2024/UBTVQH15", "law", 44, 2024, None, "UBTVQH15", None),
        ("05-CT/TW", "party", 5, None, "CT", "TW", None),
        ("21-KL/TW", "party", 21, None, "KL", "TW", None),
        ("01-CT/TU", "party", 1, None, "CT", "TU", None),
        ("550-QĐ/HVCTQG", "party", 550, None, "QĐ", "HVCTQG", None),
        ("123-QĐi/TW", "party", 123, None, "QĐi", "TW", None),
        ("455-CV/BTGTU", "party", 455, None, "CV", "BTGTU", None),
        ("36-HD/VPTW", "party", 36, None, "HD", "VPTW", None),
        ("12-KH/TWĐTN-BTG", "party", 12, None, "KH", "TWĐTN-BTG", None),
        ("154/KH-VPQH", "state", 154, None, "KH", "VPQH", None),
        ("2186/KH-VPQH", "state", 2186, None, "KH", "VPQH", None),
        ("138/QĐ-UBND", "state", 138, None, "QĐ", "UBND", None),
        ("58/QĐ-HĐTĐKT", "state", 58, None, "QĐ", "HĐTĐKT", None),
        ("1290/QĐ-TTg", "state", 1290, None, "QĐ", "TTg", None),
        ("01/NQ-CP", "state", 1, None, "NQ", "CP", None),
        ("98/2023/NĐ-CP", "state", 98, 2023, "NĐ", "CP", None),
        ("01/2022/TT-BTTTT", "state", 1, 2022, "TT", "BTTTT", None),
        ("31/2020/QĐ-UBND", "state", 31, 2020, "QĐ", "UBND", None),
        ("08/2022/L-CTN", "state", 8, 2022, "L", "CTN", None),
        ("12/QyĐ-BCA-V05", "state", 12, None, "QyĐ", "BCA-V05", None),
        ("957/UBND-VX", "letter", 957, None, None, "UBND", "VX"),
        ("5007/BNV-TĐKT", "letter", 5007, None, None, "BNV", "TĐKT"),
        ("08/HĐTĐKT-NV", "letter", 8, None, None, "HĐTĐKT", "NV"),
        ("51820/CTHN-TTHT", "letter", 51820, None, None, "CTHN", "TTHT"),
    ],
)
def test_a_symbol_says_its_parts(
    symbol: str, family: Family, number: int, year: int | None, kind: str | None, issuer: str, unit: str | None
) -> None:
    document = DocumentNumber(number, year, kind, issuer, family, unit)

    assert parse_symbol(symbol) == parse_symbol(unicodedata.normalize("NFD", f" {symbol} ")) == document
    assert document.symbol == symbol
    assert irregular(symbol) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/7",
        "100%",
        "02/3/2023",
        "22/3",
        "18-01-2023",
        "2021-2025",
        "08/08 Hội",
        "450/HLGVN",
        "47-HĐBT",
        "KH-VPQH",
        "154/KH",
        "154/kh-vpqh",
        "154 KH-VPQH",
        "số 154/KH-VPQH",
        "98/1023/NĐ-CP",
        "1234567/KH-VPQH",
        "154/KH-VPQH.",
    ],
)
def test_what_is_no_symbol_says_nothing(text: str) -> None:
    assert parse_symbol(text) is None
    assert irregular(text) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("05/CT-TW", "05-CT/TW"),
        ("34/CT-TW", "34-CT/TW"),
        ("1/CT-TU", "01-CT/TU"),
        ("455/CV-BTGTU", None),
        ("12/HD-BTGTU", "12-HD/BTGTU"),
        ("23/TTr-MTTW", None),
        ("65/2014/NĐ- CP", "65/2014/NĐ-CP"),
        ("65/2014/NĐ-\u00a0CP", "65/2014/NĐ-CP"),
        ("154/KH-VPQH", None),
        ("9/KH-UBND", None),
    ],
)
def test_an_irregular_symbol_gets_a_suggestion(written: str, meant: str | None) -> None:
    assert irregular(written) == meant


def test_symbols_are_found_in_a_running_text() -> None:
    text = (
        "Theo Kế hoạch số 154/KH-VPQH, ngày 18/01/2023 (trực 24/7, đạt 100%), Chỉ thị 05-CT/TW; Luật 06/2022/QH15. "
        "Từ 02/3/1946 – 02/3/2023: Nghị định số:98/2023/NĐ-CP và “5007/BNV-TĐKT”."
    )

    found = find_symbols(text)

    assert [citation.written for citation in found] == [
        "154/KH-VPQH",
        "05-CT/TW",
        "06/2022/QH15",
        "98/2023/NĐ-CP",
        "5007/BNV-TĐKT",
    ]
    assert all(text.startswith(citation.written, citation.start) for citation in found)
    assert all(citation.document == parse_symbol(citation.written) for citation in found)


@pytest.mark.parametrize("text", ["", "24/7", "1/154/KH-VPQH", "A154/KH-VPQH", "1.154/KH-VPQH", "154/KH-VPQHa\u0065_"])
def test_nothing_is_found_inside_a_longer_word(text: str) -> None:
    assert find_symbols(text) == []


@given(
    st.integers(1, 999_999),
    st.one_of(st.none(), st.integers(1945, 2099)),
    st.sampled_from(["NQ", "QĐ", "KH", "TT", "NĐ", "BC"]),
    st.sampled_from(["UBND", "CP", "TTg", "VPQH", "BCA-V05"]),
)
def test_a_written_symbol_reads_back(number: int, year: int | None, kind: str, issuer: str) -> None:
    document = DocumentNumber(number, year, kind, issuer, "state")

    assert parse_symbol(document.symbol) == document
