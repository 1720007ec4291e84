"""Provinces and cities under the central government with their codes, and since when each name and code holds.

Codes of two digits: Decision 124/2004/QĐ-TTg until 30 June 2025, and Decision 19/2025/QĐ-TTg since. On a merger the
code of the province whose seat was kept survives, so a code can go on under another name. ISO 3166-2:VN knows the
provinces as they were before.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from typing import NamedTuple

from bulletins.vietnamese.folding import match_key, nfc, with_tones_in_place

MERGED = datetime.date(2025, 7, 1)
"""The day the 34 provinces of Resolution 202/2025/QH15 began."""

HUE = datetime.date(2025, 1, 1)
"""The day Huế became a city under the central government."""


class Province(NamedTuple):
    """A province under one name: its code, its code of ISO 3166-2, its first and last day as far as they matter."""

    code: str
    name: str
    iso: str | None = None
    begins: datetime.date | None = None
    ends: datetime.date | None = None
    replaced_by: str | None = None
    """The code of the province it became part of."""

    def held_on(self, day: datetime.date | None) -> bool:
        """Whether it was so on a day; None is today and later."""
        if day is None:
            return self.ends is None
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)


_UNCHANGED = (
    ("01", "Hà Nội", "VN-HN"), ("04", "Cao Bằng", "VN-04"), ("11", "Điện Biên", "VN-71"), ("12", "Lai Châu", "VN-01"),
    ("14", "Sơn La", "VN-05"), ("20", "Lạng Sơn", "VN-09"), ("22", "Quảng Ninh", "VN-13"), ("38", "Thanh Hóa", "VN-21"),
    ("40", "Nghệ An", "VN-22"), ("42", "Hà Tĩnh", "VN-23"),
)  # fmt: skip

_BEFORE = (
    ("02", "Hà Giang", "VN-03", "08"), ("06", "Bắc Kạn", "VN-53", "19"), ("08", "Tuyên Quang", "VN-07", "08"),
    ("10", "Lào Cai", "VN-02", "15"), ("15", "Yên Bái", "VN-06", "15"), ("17", "Hòa Bình", "VN-14", "25"),
    ("19", "Thái Nguyên", "VN-69", "19"), ("24", "Bắc Giang", "VN-54", "24"), ("25", "Phú Thọ", "VN-68", "25"),
    ("26", "Vĩnh Phúc", "VN-70", "25"), ("27", "Bắc Ninh", "VN-56", "24"), ("30", "Hải Dương", "VN-61", "31"),
    ("31", "Hải Phòng", "VN-HP", "31"), ("33", "Hưng Yên", "VN-66", "33"), ("34", "Thái Bình", "VN-20", "33"),
    ("35", "Hà Nam", "VN-63", "37"), ("36", "Nam Định", "VN-67", "37"), ("37", "Ninh Bình", "VN-18", "37"),
    ("44", "Quảng Bình", "VN-24", "44"), ("45", "Quảng Trị", "VN-25", "44"), ("48", "Đà Nẵng", "VN-DN", "48"),
    ("49", "Quảng Nam", "VN-27", "48"), ("51", "Quảng Ngãi", "VN-29", "51"), ("52", "Bình Định", "VN-31", "52"),
    ("54", "Phú Yên", "VN-32", "66"), ("56", "Khánh Hòa", "VN-34", "56"), ("58", "Ninh Thuận", "VN-36", "56"),
    ("60", "Bình Thuận", "VN-40", "68"), ("62", "Kon Tum", "VN-28", "51"), ("64", "Gia Lai", "VN-30", "52"),
    ("66", "Đắk Lắk", "VN-33", "66"), ("67", "Đắk Nông", "VN-72", "68"), ("68", "Lâm Đồng", "VN-35", "68"),
    ("70", "Bình Phước", "VN-58", "75"), ("72", "Tây Ninh", "VN-37", "80"), ("74", "Bình Dương", "VN-57", "79"),
    ("75", "Đồng Nai", "VN-39", "75"), ("77", "Bà Rịa - Vũng Tàu", "VN-43", "79"),
    ("79", "Thành phố Hồ Chí Minh", "VN-SG", "79"), ("80", "Long An", "VN-41", "80"),
    ("82", "Tiền Giang", "VN-46", "82"),
    ("83", "Bến Tre", "VN-50", "86"), ("84", "Trà Vinh", "VN-51", "86"), ("86", "Vĩnh Long", "VN-49", "86"),
    ("87", "Đồng Tháp", "VN-45", "82"), ("89", "An Giang", "VN-44", "91"), ("91", "Kiên Giang", "VN-47", "91"),
    ("92", "Cần Thơ", "VN-CT", "92"), ("93", "Hậu Giang", "VN-73", "92"), ("94", "Sóc Trăng", "VN-52", "92"),
    ("95", "Bạc Liêu", "VN-55", "96"), ("96", "Cà Mau", "VN-59", "96"),
)  # fmt: skip

_SINCE = (
    ("08", "Tuyên Quang"), ("15", "Lào Cai"), ("19", "Thái Nguyên"), ("24", "Bắc Ninh"), ("25", "Phú Thọ"),
    ("31", "Hải Phòng"), ("33", "Hưng Yên"), ("37", "Ninh Bình"), ("44", "Quảng Trị"), ("48", "Đà Nẵng"),
    ("51", "Quảng Ngãi"), ("52", "Gia Lai"), ("56", "Khánh Hòa"), ("66", "Đắk Lắk"), ("68", "Lâm Đồng"),
    ("75", "Đồng Nai"), ("79", "Thành phố Hồ Chí Minh"), ("80", "Tây Ninh"), ("82", "Đồng Tháp"), ("86", "Vĩnh Long"),
    ("91", "An Giang"), ("92", "Cần Thơ"), ("96", "Cà Mau"),
)  # fmt: skip

_DAY = datetime.timedelta(days=1)

PROVINCES: tuple[Province, ...] = tuple(
    sorted(
        (
            *(Province(*unchanged) for unchanged in _UNCHANGED),
            Province("46", "Thừa Thiên Huế", "VN-26", None, HUE - _DAY, "46"),
            Province("46", "Huế", "VN-26", HUE),
            *(Province(code, name, iso, None, MERGED - _DAY, into) for code, name, iso, into in _BEFORE),
            *(Province(code, name, None, MERGED) for code, name in _SINCE),
        ),
        key=lambda province: (province.code, province.begins or datetime.date.min),
    )
)
"""In the order of codes, and of days within a code."""


def code_of(name: str | None, day: datetime.date | None = None) -> str | None:
    """The code of the province of this name on a day, or now; a name that no province has now is that of a former one.

    None for a name that is not known.
    """
    key = _bare(name or "")
    named = _BY_KEY.get(key, [])
    held = [province for province in named if province.held_on(day)] or (named if day is None else [])
    return held[-1].code if held else None


def _bare(name: str) -> str:
    """The key of a name without the word for what it is: “tỉnh Bến Tre”, “TP. Huế”."""
    key = match_key(name)
    for word in ("tỉnh ", "thành phố "):
        key = key.removeprefix(word)
    return key


_BY_KEY: dict[str, list[Province]] = {}
for _province in PROVINCES:
    _BY_KEY.setdefault(_bare(_province.name), []).append(_province)


def provinces_in(text: str) -> Counter[str]:
    """How often a running text names each province, by the province's name without “Thành phố”; capitals count."""
    return Counter(_NAMED[with_tones_in_place(match[0].casefold())] for match in _ANY_NAME.finditer(nfc(text)))


def _either_place(name: str) -> str:
    return re.escape(name).replace("òa", "(?:òa|oà)").replace("óa", "(?:óa|oá)")


_NAMES = sorted({province.name.removeprefix("Thành phố ") for province in PROVINCES}, key=len, reverse=True)
_NAMED = {with_tones_in_place(name.casefold()): name for name in _NAMES}
_ANY_NAME = re.compile(rf"(?<!\w)(?:{'|'.join(map(_either_place, _NAMES))})(?!\w)")
