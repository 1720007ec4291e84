"""How many members a bloc has, and which: “gồm 6 đơn vị: A, B và C”, “11 đơn vị thành viên”, “5/7 đơn vị”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bulletins.phrases.sentences import sentences
from bulletins.phrases.units import AREAS, split_list, unit_end
from bulletins.vietnamese.counting import COUNT_ENDS, NUMBER, count_of
from bulletins.vietnamese.stretches import stretches

_NOUNS = (
    r"(?:(?:cơ quan|sở|ban|ngành|đơn vị|địa phương|doanh nghiệp|huyện|thành phố|thị xã|quận|xã|phường|thị trấn"
    r"|tỉnh|trường(?: thpt| thcs| mầm non| tiểu học| học| cao đẳng| đại học| trung cấp| nghề)?"
    r"|công ty|ngân hàng|bộ|hội|đoàn thể|tổ chức|chi cục|cục|phòng|bệnh viện|trung tâm|viện"
    r"|công đoàn(?: cơ sở)?|cđ|cđcs|vksnd|viện kiểm sát(?: nhân dân)?|tand|tòa án(?: nhân dân)?|ubmttq"
    r"|chi đoàn|thành viên|báo|đài|chi nhánh|tập đoàn|tổng công ty|liên đoàn lao động|ldld|lđlđ"
    r"|đảng bộ|đảng ủy|chi hội|hợp tác xã|xí nghiệp|trạm|văn phòng|vụ|học viện)"
    r"(?:(?:, | và |/| )(?=(?:đơn vị|ngành|ban|địa phương|doanh nghiệp|thị xã|thành phố|thị trấn|phường"
    r"|đoàn thể|tổ chức|hội|cơ quan)(?!\w))(?:đơn vị|ngành|ban|địa phương|doanh nghiệp|thị xã|thành phố"
    r"|thị trấn|phường|đoàn thể|tổ chức|hội|cơ quan))*)"
)
_BLOC = r"(?:khối|cụm)"
_MEMBER = r"(?:thành viên|trực thuộc)"
Strength = Literal["stated", "likely", "weak"]
_BEFORE = r"(?<![\w.,/-])"
_WORDINGS: tuple[tuple[Strength, str], ...] = (
        ("stated",
            rf"{_BLOC}(?:(?!đề nghị|suy tôn|trong đó|tặng|đạt|có (?:\d|mười|hai|ba|bốn|năm) đơn vị (?:đạt"
            rf"|được))(?:[^.;:]|(?<=TP)\.)){{0,90}}?(?<!\w)(?:gồm|bao gồm|quy tụ|với sự tham gia của|tập hợp"
            rf"|hiện có|có|gồm có"
            rf"|giữa)(?: tổng số| tất cả| đại diện| lãnh đạo| đủ)* {NUMBER} {_NOUNS}(?: {_MEMBER})?"),
        ("stated", rf"{_BEFORE}{NUMBER} {_NOUNS} (?:là )?thành viên(?!\w)"),
        ("stated",
            rf"{_BEFORE}{NUMBER} {_NOUNS}(?: {_MEMBER})?(?: đã| cùng)?(?: tham gia)?(?: ký kết| ký)? (?:trong"
            rf"|thuộc|của|ở|trực thuộc|tham gia|là thành viên (?:của|thuộc|trong))(?: toàn)? {_BLOC}(?!\w)"),
        ("stated", rf"(?<!\w)công an {NUMBER} (?:tỉnh|thành phố|huyện|đơn vị|địa phương|xã|phường)"),
        ("stated",
            rf"{_BEFORE}{NUMBER} (?:tỉnh|huyện|xã|thành phố"
            rf"|đơn vị)(?:, thành phố)?(?: [^.;,]{{0,30}})? {_BLOC} thi đua"),
        ("likely",
            rf"{_BLOC}(?: thi đua)? {NUMBER} (?:tỉnh|thành phố|huyện|xã|đơn vị|sở|trường|công ty"
            rf"|ngân hàng)(?: [^.;,]{{0,40}})?"),
        ("likely",
            rf"(?:giữa|đại diện(?: lãnh đạo)?|lãnh đạo|thủ trưởng|sự chứng kiến của|của"
            rf"|cho)(?: của)? {NUMBER} {_NOUNS}(?: (?:đã|tham gia|ký|cùng|lên|tiến hành))?"),
        (
            "likely",
            rf"{_BEFORE}{NUMBER} {_NOUNS} (?:tham gia |cùng |đã |đại diện |lần lượt )*(?:ký|thi đua|thống nhất)",
        ),
        ("weak", rf"{_BEFORE}{NUMBER} {_NOUNS}"),
)  # fmt: skip
_COUNTS = tuple((strength, re.compile(pattern, re.IGNORECASE)) for strength, pattern in _WORDINGS)
# Whatever the wording, a count ends so, and then comes a noun: most texts have no such place, and need no more.
_COUNT_AND_NOUN = re.compile(rf"{COUNT_ENDS} {_NOUNS}")
_BEFORE_COUNT, _BEHIND_COUNT = 250, 400
"""Characters around a count in which its wording stands, with room to spare."""
_NOT_ALL = re.compile(
    r"\A(?:(?! trong| thuộc| của| thành viên)[^.;:]){0,25}?(?<!\w)(?:đạt|được|xuất sắc|tiêu biểu|dẫn đầu"
    r"|có thành tích|hoàn thành|xếp|đề nghị|khác|chuyên|gặp|nghèo|bị|mới|đăng ký|điển hình"
    r"|có nhiều|có công|tiên tiến|nhận|vững mạnh)(?!\w)",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    r"(?:trong đó|tặng|cho|suy tôn|đề nghị|khen|có thêm|hỗ trợ|trên|hơn|gần|khoảng|vượt|chọn|xét|bình chọn|còn"
    r"|bầu|công nhận|thăm|tại) (?:có |cho )?\Z",
    re.I,
)
_LIST_INTRO = re.compile(
    r"(?:(?:bao )?gồm(?: có)?(?: (?:các )?(?:cơ quan|đơn vị|thành viên|địa phương|thành phố)(?:, (?:cơ quan|đơn vị))*)?"
    r"|(?:cụm|khối)(?: thi đua)?(?: số)? [0-9IVX]+(?= ?\()|cụ thể(?: là)?|như sau|là|có(?= ?:)"
    r"|(?:đơn vị|cơ quan|thành viên|khối|trường"
    r"|ngành)(?= ?[:(]))\s*(?P<sign>[:(])?\s*",
    re.IGNORECASE,
)
_OF_MEMBERS = ("khối", "cụm", "đơn vị", "thành viên", "cơ quan")
"""A sentence that lists members has one of these."""
_PLACE_HEAD = re.compile(r"(?:Tỉnh|Huyện|Thành phố|Xã|Phường|Quận|Thị xã|Thị trấn|Trường|Công an|Công ty) \w")
_LONGEST_NAME = 110
_MOST_WORDS_OF_A_PLACE = 4
_FEWEST = 2
_MOST = 40
_MOST_MEMBERS = 150


@dataclass(frozen=True, slots=True)
class MemberCount:
    """A number of members in a text; `stated` where the words say that they are the bloc's, else `likely` or `weak`."""

    start: int
    end: int
    written: str
    value: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class MemberList:
    """A list of members in a text: the names as written, each whole, and the count the sentence gives, if any."""

    start: int
    end: int
    written: str
    names: tuple[str, ...]
    stated: int | None = None


def find_member_counts(text: str) -> Iterator[MemberCount]:
    """Every number of units that may be the number of the bloc's members, the surest words first.

    “03 đơn vị được đề nghị tặng Bằng khen” counts those awarded and is passed over.
    """
    seen: set[int] = set()
    around = stretches(_COUNT_AND_NOUN.finditer(text.lower()), _BEFORE_COUNT, _BEHIND_COUNT)
    for strength, pattern in _COUNTS if around else ():
        for match in (match for stretch in around for match in pattern.finditer(text, *stretch)):
            value = count_of(match["count"].lower())
            if value is None or match.end() in seen or not _counts_members(text, match, value):
                continue
            seen.add(match.end())
            yield MemberCount(match.start(), match.end(), match[0], value, strength)


def _counts_members(text: str, match: re.Match[str], value: int) -> bool:
    is_part = match["part"] and not (int(match["part"]) == value and re.search("thành viên|khối|cụm", match[0], re.I))
    if not _FEWEST <= value <= _MOST_MEMBERS or is_part:
        return False
    at = match.start("count")
    before = text[max(0, at - 30) : at]
    if match["count"].lower() == "năm" and re.search(
        r"(?:trong|cả|hằng|hàng|mỗi|nửa|đầu|cuối|giữa|các|nhiều|theo|qua|\d) \Z", before, re.I
    ):
        return False
    if _NOT_ALL.match(text[match.end() :]) and not re.search(
        r"(?:trong|thuộc|của|thành viên)[^.;]*\Z", match[0][match.end("count") - match.start() :]
    ):
        return False
    return not _PARTIAL.search(before)


def find_member_lists(text: str) -> Iterator[MemberList]:
    """Every list of units in a sentence that speaks of the bloc and introduces it (“gồm”, a colon, brackets)."""
    for sentence in sentences(text):
        if not _may_list(sentence.text):
            continue
        for intro in _LIST_INTRO.finditer(sentence.text):
            members = _list_after(sentence.text, intro)
            if members:
                start, end, written, names, stated = members
                yield MemberList(sentence.start + start, sentence.start + end, written, names, stated)
                break


def _may_list(text: str) -> bool:
    """Whether a sentence has both what introduces a list and what speaks of members: most have neither."""
    if not (":" in text or "(" in text or "gồm" in text.lower()):
        return False
    lowered = text.lower()
    return any(word in lowered for word in _OF_MEMBERS)


def _list_after(text: str, intro: re.Match[str]) -> tuple[int, int, str, tuple[str, ...], int | None] | None:
    word = intro[0].strip().lower()
    if intro["sign"] is None and not word.startswith(("gồm", "bao gồm")):
        return None
    before = text[: intro.start()]
    if re.search(
        r"(?:suy tôn|đề nghị|tặng|khen(?! thưởng)|bình chọn|xếp|nội dung|chỉ tiêu|tiêu chí|nhiệm vụ|danh hiệu"
        r"|phong trào)[^.;]{0,80}\Z|(?:chủ trì|chủ tọa)[^.;]{0,40}\Z",
        before,
        re.I,
    ):
        return None
    start = intro.end()
    end = _list_end(text, start, intro["sign"] == "(")
    counted = re.match(
        rf"(?P<all>{NUMBER} (?:{_NOUNS})(?: {_MEMBER})?)(?P<sign>:| gồm:?| là:?| bao gồm:?)?\s*", text[start:end], re.I
    )
    stated = None
    if counted and counted["sign"]:
        stated, start = count_of(counted["count"].lower()), start + counted.end()
    else:
        nearest = list(
            re.finditer(rf"{_BEFORE}{NUMBER} {_NOUNS}", text[max(0, intro.start() - 90) : intro.end()], re.I)
        )
        stated = count_of(nearest[-1]["count"].lower()) if nearest else None
    end = _with_so_many(text, start, end, stated)
    pieces = split_list(_body(text[start:end]))
    if any(_ROLE_LABEL.match(piece) for piece in pieces):
        return None
    named = sum(_is_name(piece) for piece in pieces)
    names = tuple(piece for piece in pieces if _is_name(piece) or (piece[0].isupper() and len(piece) <= _LONGEST_NAME))
    if not _FEWEST <= len(names) <= _MOST or len(names) < len(pieces) or named * 2 < len(pieces):
        return None
    return start, end, text[start:end], names, stated


_ROLE_LABEL = re.compile(r"(?:phó |khối |cụm )?(?:trưởng|phó)(?: khối| cụm)?(?: [^:;]{0,30})?:", re.IGNORECASE)
"""“Phó trưởng khối: Sở Nội vụ” says who leads, and not who belongs to the bloc."""


def _with_so_many(text: str, start: int, end: int, stated: int | None) -> int:
    """Where the list ends so that it has the stated number of names: “gồm 3 đơn vị: A, B và C; B làm Khối trưởng”."""
    close = text.find(";", start, end)
    if stated is None or close < 0 or len(split_list(_body(text[start:end]))) == stated:
        return end
    return close if len(split_list(_body(text[start:close]))) == stated else end


def _list_end(text: str, start: int, bracketed: bool) -> int:
    if bracketed:
        close = text.find(")", start)
        return close if close >= 0 else len(text)
    # A list ends where the sentence goes on with what the units do.
    verb = re.compile(
        r"(?:,? (?:đã|vừa|cùng nhau|tổ chức|ký kết|họp|long trọng|tiến hành|tham dự|tham gia"
        r"|dự hội nghị)(?!\w)|\.(?:\s|\Z)|\Z)"
    ).search(text, start)
    return verb.start() if verb else len(text)


def _body(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text) if text.count("(") == text.count(")") else text


def _is_name(name: str) -> bool:
    """Whether a piece of a list is a unit or a place: it begins with a head noun, or has capitals only."""
    if re.match(rf"(?:{AREAS}) [A-ZĐÂĂÊÔƠƯ]", name):
        return True
    if not (1 < len(name) <= _LONGEST_NAME and name[0].isupper()):
        return False
    words = name.split()
    return (
        unit_end(name, 0) is not None
        or _PLACE_HEAD.match(name) is not None
        or (len(words) <= _MOST_WORDS_OF_A_PLACE and all(word[0].isupper() for word in words))
    )
