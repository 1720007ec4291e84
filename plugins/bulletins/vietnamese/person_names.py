"""Names of people in a running text: a family name, then capitalised words (“Trịnh Ngọc Cường”, “Lò Văn Muôn”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    """The words of a text, once each."""
    return frozenset(text.split())


CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
"""The capital letters of Vietnamese, for a character class."""

LOWER = "a-zà-öø-ýăđĩũơư" + "".join(chr(code) for code in range(0x1EA1, 0x1EFA, 2))

FAMILY_NAMES = words(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm
    Phùng Mai Tô Hà Tạ Lương Thái Cao Chu Châu Quách La Nông Hứa Lò Vi Triệu Bế Ma Hầu Giàng Sùng Vàng Thào Lù Mùa
    Đàm Kiều Tống Thân Khuất Doãn Âu Lưu Bạch Mạc Nghiêm Tăng Từ Phí Giáp Quan Thạch Danh Kim Y Điểu Hoa Lục Đồng
    Cầm Quàng Tòng Cà Hờ Vừ Lầu Tráng Cứ Chảo Tẩn Bàn Đèo Khổng Viên Ninh Cù Uông Trà Mẫn Lại Chử Cung Diệp Hàn Hạ
    Khúc Long Nhâm Nhan Ngụy Sầm Sử Thiều Tiêu Tôn Trưng Ung Vòng Yên Ka Siu Rơ Ksor Kpă Mã Đường Tào Phương
    """
)
"""Family names of the Kinh, and of peoples whose names are written in the same order."""

_NAMES_OF_PLACES = frozenset(
    {
        "An Giang", "Ba Vì", "Bùi Chu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Cao Bằng", "Cao Lãnh", "Cao Lộc",
        "Cao Phong", "Châu Phú", "Châu Thành", "Châu Đốc", "Dương Kinh", "Dương Minh Châu", "Hoa Lư", "Hoàng Mai",
        "Hoàng Sa", "Hoàng Su Phì", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Quảng", "Hà Tiên", "Hà Trung", "Hà Tĩnh",
        "Hà Đông", "Hòa Bình", "Hồ Chí Minh", "Hồng Lĩnh", "Hồng Ngự", "Kim Bôi", "Kim Bảng", "Kim Sơn",
        "Kim Thành", "Kim Động", "La Gi", "Lai Châu", "Long An", "Long Hồ", "Long Khánh", "Long Thành",
        "Long Xuyên", "Lâm Hà", "Lâm Đồng", "Lê Lợi", "Lương Sơn", "Lương Tài", "Lục Nam", "Lục Ngạn", "Lục Yên",
        "Mai Châu", "Mai Sơn", "Ninh Bình", "Ninh Giang", "Ninh Hòa", "Ninh Hải", "Ninh Phước", "Ninh Sơn",
        "Ninh Thuận", "Nông Cống", "Phan Rang", "Phan Thiết", "Quan Hóa", "Quan Sơn", "Thái Bình", "Thái Hòa",
        "Thái Nguyên", "Thái Thụy", "Thạch An", "Thạch Hà", "Thạch Thành", "Tiêu Biểu", "Triệu Phong", "Triệu Sơn",
        "Tân An", "Tân Châu", "Tô Hiệu", "Từ Liêm", "Từ Sơn", "Vi Xuyên", "Việt Nam", "Văn Bàn", "Văn Chấn",
        "Văn Giang", "Văn Lâm", "Văn Yên", "Yên Bái", "Yên Dũng", "Yên Khánh", "Yên Lạc", "Yên Lập", "Yên Mô",
        "Yên Phong", "Yên Sơn", "Yên Thành", "Yên Thế", "Yên Định", "Đoàn Hùng", "Đô Lương", "Đường Sắt", "Đồng Hỷ",
        "Đồng Khởi", "Đồng Nai", "Đồng Phú", "Đồng Tháp", "Đồng Tân", "Đồng Văn", "Đồng Xoài",
    }
)  # fmt: skip
_WORD = rf"[{CAPITAL}](?:[{LOWER}]|['’][{CAPITAL}{LOWER}])*"
_NAME = re.compile(rf"(?<![\w'’-])({_WORD})((?: {_WORD}){{1,8}})(?![\w'’])")
_AFTER_A_PLACE = re.compile(r"(?:tỉnh|huyện|xã|phường|quận|thị xã|thị trấn|thành phố|tp\.?) \Z", re.I)
_AFTER_A_NAMESAKE = re.compile(r"(?:đường|phố|trường(?: \w+){0,2}|thpt|thcs|tiểu học|giải|bác|mang tên) \Z", re.I)
_SHORTEST_FULL = 3
_LONGEST_BEFORE = 24


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name of a person: where it stands and how it is written."""

    start: int
    end: int
    written: str


def find_names(text: str) -> Iterator[PersonName]:
    """Every name of a person that begins with a known family name; names of places and Hồ Chí Minh are none."""
    at = 0
    while match := _NAME.search(text, at):
        start = _family(text, match)
        if start is None:
            at = match.end(1)
            continue
        written = text[start : match.end()]
        if _is_person(text, start, written):
            yield PersonName(start, match.end(), written)
        at = match.end()


def _family(text: str, match: re.Match[str]) -> int | None:
    """Where the family name stands in a run of capitalised words, with a word after it."""
    words = list(re.finditer(r"\S+", match[0]))
    skip = 0
    for n, word in enumerate(words[:-1]):
        if n < skip:
            continue
        place = next((k for k in (3, 2) if " ".join(w[0] for w in words[n : n + k]) in _NAMES_OF_PLACES), None)
        if place:
            skip = n + place
        elif word[0] in FAMILY_NAMES:
            return match.start() + word.start()
    return None


_OF_A_UNION = re.compile(r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Thành phố|Trung ương) \Z")
"""“Tỉnh Đoàn Lâm Đồng” is the youth union, and nobody of the family Đoàn."""


def _is_person(text: str, start: int, written: str) -> bool:
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    if written.startswith("Đoàn ") and _OF_A_UNION.search(before):
        return False
    is_short = len(written.split()) < _SHORTEST_FULL
    return not (_AFTER_A_NAMESAKE.search(before) or (is_short and _AFTER_A_PLACE.search(before)))
