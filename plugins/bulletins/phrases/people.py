"""People in public roles: name, form of address, office and what they did, as a bulletin tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.phrases.sentences import Sentence, sentences
from bulletins.vietnamese.person_names import PersonName, find_names

_HONORIFIC = re.compile(
    r"(?<!\w)(?P<honorific>(?:các )?(?:đồng chí|ông|bà|đ/c|TS\.?|PGS\.? ?TS\.?|ThS\.?|Thượng tướng|Đại tá"
    r"|Thiếu tướng|Thượng tá|Trung tá|thầy|cô)):? \Z",
    re.I,
)
_RANKS = (
    r"(?:(?:Phó |Quyền |Q\. ?)?(?:Tổng )?(?:Giám đốc|Chủ tịch|Bí thư|Vụ trưởng|Cục trưởng|Viện trưởng"
    r"|Trưởng ban|Trưởng Ban|Trưởng phòng|Trưởng Phòng|Chánh Văn phòng|Chánh Thanh tra"
    r"|Chánh án|Hiệu trưởng|Tổng Biên tập|Tổng biên tập|Chủ nhiệm|Tư lệnh|Bộ trưởng|Thứ trưởng|Chi cục trưởng"
    r"|Trưởng khoa|Trưởng đoàn|Chính ủy|Chỉ huy trưởng|Giám đốc|Kiểm toán trưởng|Đội trưởng|Trạm trưởng"
    r"|Trưởng Công an)"
    r"|Phó (?:Vụ|Cục|Viện|trưởng|Trưởng|Chánh|Hiệu|Tổng|bí thư|Bí thư|chủ tịch|giám đốc)|Ủy viên|Uỷ viên"
    r"|Khối trưởng|Cụm trưởng|Trưởng khối|Trưởng Khối|Khối phó|Cụm phó|Chuyên viên)"
)
_OFFICE_BEFORE = re.compile(rf"(?P<office>{_RANKS}(?:(?!{_RANKS})[^.;:()“”\"]){{0,90}}?) ?\Z")
_OFFICE_AFTER = re.compile(
    rf"(?:,| ?[-–—]| ?\() ?(?:là )?(?P<office>{_RANKS}(?:(?! (?:đã|phát biểu|chủ trì|trình bày|nêu|cho biết"
    rf"|nhấn mạnh|ghi nhận|tham dự|dự|đánh giá|đề nghị|trao|khẳng định|chúc mừng|cùng|và các"
    rf"|đồng (?=chủ|điều)|bàn giao|tặng"
    rf"|điều hành|báo cáo|thông qua|phát động|đến dự|nhận|yêu cầu|kết luận|khai mạc|tới dự|biểu dương|ký"
    rf"|thay mặt|mong|và (?:ông|bà|đồng chí|(?:PGS|GS|TS|ThS|BS|BSCKI)\b)))"
    r"[^.;:()“”\"])*)",
)
_DEEDS = (
    ("chaired", r"chủ trì|đồng chủ trì|điều hành"),
    ("presented_plan", r"trình bày (?:dự thảo )?(?:kế hoạch|phương hướng)|thông qua (?:dự thảo )?kế hoạch"),
    ("launched", r"phát động"),
    ("responded", r"hưởng ứng"),
    ("concluded", r"kết luận|bế mạc"),
    ("presented_award", r"trao (?:tặng )?(?:giấy khen|bằng khen|cờ|thưởng|quà|hoa)|tặng (?:giấy khen|bằng khen)"),
    ("handed_over", r"bàn giao"),
    ("reported", r"báo cáo"),
    ("spoke", r"phát biểu|nhấn mạnh|nêu rõ|cho biết|khẳng định|đánh giá|ghi nhận|đề nghị|yêu cầu|khai mạc|cho rằng"),
    ("attended", r"dự|tham dự|có mặt|chứng kiến"),
)  # fmt: skip
_REACH = 110


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person in a public role; `did` are codes of deeds. Somebody with no office and no deed is not listed."""

    start: int
    end: int
    written: str
    name: str
    honorific: str | None = None
    office: str | None = None
    did: tuple[str, ...] = ()


def find_people(text: str) -> Iterator[PersonMention]:
    """Everybody whom the text names with an office, in order."""
    for sentence in sentences(text):
        names = list(find_names(sentence.text))
        for n, name in enumerate(names):
            start = names[n - 1].end if n else 0
            end = names[n + 1].start if n + 1 < len(names) else len(sentence.text)
            person = _person(sentence, name, start, end)
            if person:
                yield person


def _person(sentence: Sentence, name: PersonName, start: int, end: int) -> PersonMention | None:
    text = sentence.text
    before = text[start : name.start]
    honorific = _HONORIFIC.search(before)
    after = _OFFICE_AFTER.match(text[:end], name.end)
    ahead = _OFFICE_BEFORE.search(before[: honorific.start()] if honorific else before)
    office = after["office"] if after else ahead["office"] if ahead else None
    if office is None:
        return None
    first = name.start - (len(before) - (honorific.start() if honorific else len(before)))
    first = min(first, start + ahead.start()) if ahead and not after else first
    last = after.end() if after else name.end
    return PersonMention(
        start=sentence.start + first,
        end=sentence.start + last,
        written=text[first:last].strip(" ,"),
        name=name.written,
        honorific=honorific["honorific"].strip() if honorific else None,
        office=re.sub(r"(?:,? (?:và|cùng|các|đồng chí|ông|bà))+\Z", "", office.strip(" ,-–—;")).strip(" ,-–"),
        did=_deeds(text, last, end),
    )


def _deeds(text: str, start: int, end: int) -> tuple[str, ...]:
    """What the words right behind somebody say that they did; where nothing follows, those at the sentence's head."""
    behind = text[start : min(end, start + _REACH)]
    did = [
        code
        for code, pattern in _DEEDS
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", behind, re.I) and code != "attended"
    ]
    head = text[: min(start, _REACH)]
    if not did and re.match(r"(?:phát biểu|kết luận|báo cáo|trình bày)", head, re.I):
        did = ["concluded"] if head.lower().startswith("kết luận") else ["spoke"]
    if not did and re.search(r"(?<!\w)(?:tham dự|tới dự|đến dự|dự)(?!\w)", text, re.I):
        did = ["attended"]
    return tuple(dict.fromkeys(did))
