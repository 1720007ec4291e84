"""Which spellings are one under each key, and which words must stay apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.vietnamese.abbreviations import ABBREVIATIONS
from bulletins.vietnamese.folding import fold, match_key, nfc, tone_key

LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ"
vietnamese = st.text(LETTERS + LETTERS.upper() + " ,-–", max_size=40)


@given(vietnamese)
def test_nfc_mends_decomposed_text(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đồng khởi mới", "dong khoi moi"),
        ("ĐỒNG KHỞI MỚI", "dong khoi moi"),
        ("Khối thi đua số V", "khoi thi dua so v"),
        ("Ủy ban nhân dân tỉnh Bắc Ninh", "uy ban nhan dan tinh bac ninh"),
        ("Niê Kđăm", "nie kdam"),
        ("Ðảng", "dang"),
        ("22/3, 100%", "22/3, 100%"),
        ("", ""),
    ],
)
def test_folding_leaves_lower_case_letters_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(vietnamese)
def test_folded_vietnamese_is_ascii(text: str) -> None:
    assert fold(text.replace("–", "-")).isascii()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ủy", "uỷ"),
        ("Tỉnh Ủy", "tỉnh uỷ"),
        ("hóa", "hoá"),
        ("văn hóa, xã hội", "văn hoá, xã hội"),
        ("hòa", "hoà"),
        ("khỏe", "khoẻ"),
        ("tọa", "toạ"),
        ("thủy", "thuỷ"),
        ("Thụy", "THUỴ"),
        ("huỷ", "hủy"),
        ("hũy", "huỹ"),
        ("quý", "QUÝ"),
        ("quỳ", "quỳ"),
    ],
)
def test_both_places_of_a_tone_are_one(old: str, new: str) -> None:
    assert tone_key(old) == tone_key(new)
    assert tone_key(unicodedata.normalize("NFD", old)) == tone_key(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hóa"),
        ("hòa", "hóa"),
        ("ủy", "úy"),
        ("quý", "quỳ"),
        ("tham", "thẩm"),
        ("ma", "má"),
        ("của", "cuá"),
        ("mùa", "múa"),
        ("dua", "đua"),
        ("o", "ô"),
    ],
)
def test_tones_and_letters_stay_apart_under_the_tone_key(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


@given(vietnamese)
def test_the_tone_key_is_its_own_key_and_folds_like_its_text(text: str) -> None:
    key = tone_key(text)

    assert tone_key(key) == key
    assert fold(key) == fold(text)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Khối thi đua số V",
            "Khối Thi đua 5",
            "khối thi đua V",
            "KHỐI THI ĐUA SỐ 5",
            "Khối\u00a0thi đua  số\u200b 05",
            "khối V",
        ),
        ("Cụm thi đua số 6 (Khối Văn hóa – Xã hội)", "Cụm Thi đua VI (khối văn hoá - xã hội)"),
        ("Khối thi đua ngân hàng I", "Khối thi đua Ngân hàng số 1"),
        ("Khối thi đua các cơ quan tham mưu, tổng hợp", "KHỐI THI ĐUA CÁC CƠ QUAN THAM MƯU TỔNG HỢP"),
        (
            "Hội đồng Thi đua - Khen thưởng Văn phòng Quốc hội",
            "Hội đồng Thi đua – Khen thưởng cơ quan Văn phòng Quốc hội",
            "HỘI ĐỒNG THI ĐUA KHEN THƯỞNG VĂN PHÒNG QUỐC HỘI",
            "Hội đồng thi đua, khen thưởng của Văn phòng Quốc hội",
            "HĐTĐKT VPQH",
        ),
        ("Văn phòng Đảng – Đoàn thể", "văn phòng Đảng-Đoàn thể", "Văn phòng “Đảng, Đoàn thể”."),
        ("Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"),
        ("Bộ VHTTDL", "Bộ VHTT&DL", "Bộ Văn hoá, Thể thao và Du lịch"),
        ("Ủy viên TW Đảng", "Uỷ viên T.Ư Đảng", "Ủy viên Trung ương Đảng", "Ủy viên T.Ư. Đảng"),
        ("TP.HCM", "TP HCM", "TPHCM", "Thành phố Hồ Chí Minh", "Tp. Hồ Chí Minh"),
        ("Vụ Lễ Tân và HTQT", "Vụ Lễ tân và Hợp tác quốc tế"),
        ("Tỉnh ủy Bến Tre", "Tỉnh uỷ Bến Tre"),
        ("Phòng Kỷ luật", "Phòng Kỉ luật"),
        ("Chiến sĩ", "chiến sỹ"),
        ("Lý Quý", "Lí Quí"),
        ("Quy chế", "Qui chế"),
        ("Ðảng đoàn", "Đảng đoàn"),
        ("Viện Bảo tồn di tích", "Viện bảo tồn di tích", "Viện Bảo tồn Di tích (*)"),
    ],
)
def test_the_spellings_of_one_name_match(spellings: tuple[str, ...]) -> None:
    composed = {match_key(spelling) for spelling in spellings}
    decomposed = {match_key(unicodedata.normalize("NFD", spelling)) for spelling in spellings}

    assert len(composed | decomposed) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khối Tham mưu", "Khối Thẩm mưu"),
        ("Vụ Thư ký", "Vụ Thu Kỳ"),
        ("Khối thi đua I", "Khối thi đua II"),
        ("Khối thi đua 1", "Khối thi đua 12"),
        ("Khối thi đua 5", "Cụm thi đua 5"),
        ("Cụm thi đua 5 tỉnh Tây Nguyên", "Cụm thi đua số 5"),
        ("Sở Tư pháp", "Sở Trung ương pháp"),
        ("BTV", "Ban Thường vụ"),
        ("tay", "tai"),
        ("Thúy", "Thúi"),
        ("Y tế", "I tế"),
        ("Cơ quan", "của"),
        ("Đoàn", "Doãn"),
    ],
)
def test_the_names_of_two_bodies_do_not_match(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Cục Quản trị I", "cục quản trị i"),
        ("Cục Quản trị III", "cục quản trị iii"),
        ("Trung tâm Lưu trữ quốc gia IV", "trung tâm lưu trữ quốc gia iv"),
        ("Khối thi đua III", "khối thi đua 3"),
        ("Khối C", "khối c"),
        ("Hội nghị Khối thi đua số XII, năm 2023", "hội nghị khối thi đua 12 năm 2023"),
    ],
)
def test_roman_numerals_become_numbers_only_in_the_names_of_blocs(name: str, key: str) -> None:
    assert match_key(name) == key


@pytest.mark.parametrize(("short", "long"), ABBREVIATIONS.items())
def test_an_abbreviation_matches_its_long_form(short: str, long: str) -> None:
    assert match_key(short) == match_key(long)
    assert match_key(f"Sở {short.lower()} tỉnh") == match_key(f"sở {long} tỉnh")


@pytest.mark.parametrize("ambiguous", ["BTV", "TT", "CT", "BCH", "TƯ", "TU"])
def test_an_abbreviation_with_several_meanings_stays_as_it_is(ambiguous: str) -> None:
    assert match_key(ambiguous) == ambiguous.lower()


@given(vietnamese)
def test_spelling_a_name_in_capitals_or_with_more_blanks_changes_no_match(name: str) -> None:
    assert match_key(name.upper().replace(" ", " \u00a0 ")) == match_key(name)
