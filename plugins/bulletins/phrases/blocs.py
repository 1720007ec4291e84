"""Blocs in a running text: by number (“Khối thi đua số V”) or by name (“Khối thi đua các cơ quan nội chính”)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bulletins.vietnamese.numerals import bloc_number
from bulletins.vietnamese.person_names import CAPITAL

_WORD = r"(?<![\w-])(?P<word>[Kk]hối|[Cc]ụm|KHỐI|CỤM)"
_EMULATION = r"(?: (?:[Tt]hi [Đđ]ua|THI ĐUA|TĐ|TĐKT)(?:,? ?-? ?(?:khen thưởng|Khen thưởng))?)"
_NUMBERED = re.compile(
    rf"{_WORD}(?P<emulation>{_EMULATION})?(?P<again> (?:cụm|khối))?(?: (?:số|SỐ|Số|thứ))?"
    rf"[ ](?P<numeral>[0-9]{{1,3}}|[IVX]+)"
    r"(?![\w]|[./,][0-9]|%)"
)
_COUNTED = re.compile(
    r" (?:tỉnh|thành phố|đơn vị|cơ quan|huyện|xã|phường|sở|ngành|trường|doanh nghiệp|công ty|thành viên|tháng)(?!\w)",
    re.I,
)
_NAMED = re.compile(rf"{_WORD}(?P<emulation>{_EMULATION})?[ ](?=[\w“\"])")
_NO_BLOC = re.compile(
    r"[ ]?(?:trưởng|phó|như |nào|ấy|đó|kia|tiêu biểu|xuất sắc|mạnh|đại đoàn kết|lượng|u |nhà|tích|cảng|từ "
    r"|dân cư|công nghiệp|cụm|kiến thức|đã |được "
    r"|năm |tổ chức|là "
    r"|và |ký |trong|tiếp tục|thi đua(?: đã| được| năm| tổ chức| là| và| ký| trong| tiếp| cần| có| của | này|,|\.|$))",
    re.I,
)
# Words at which a bloc's name ends: what it does, when, with whom.
_ENDS = re.compile(
    r"(?:đã|được|là|làm|sẽ|cho|với|tại|về(?! (?:kinh|văn|xã|nội))|theo|đến|để|khi|nhằm|cùng|này|cũng|tổ chức"
    r"|tổng kết|sơ kết|ký|kí|họp"
    r"|ra mắt|triển khai"
    r"|phát động|năm|ngày|tháng|quý|sáng|chiều|vừa|phải|tiếp tục|thống nhất|hoàn thành|bàn giao|bầu|bình xét"
    r"|chấm điểm|gồm|bao gồm"
    r"|có|do|đánh giá|nhìn lại|gặp mặt|họp mặt|giao ban|giao lưu|tăng cường|hướng|phấn đấu|trao|tặng|nêu"
    r"|chủ trì|cần|đề|tham gia"
    r"|tham quan|kiểm tra|thăm|dâng|thành lập|đạt|gắn|khen thưởng|công bố|rà soát|thực hiện|hưởng ứng"
    r"|trên địa bàn|đẩy mạnh|luôn|tiến hành"
    r"|nhiệm kỳ|giai đoạn|lần|đợt|đi |nhất|ngay|đề ra|đề nghị|nâng cao|nỗ lực|đang|lấy|góp|thảo luận|suy tôn"
    r"|kỷ niệm|đại diện|lãnh đạo|đồng|dự"
    r"|khối trưởng|cụm trưởng|hiệu quả|trong|xây dựng(?! đảng)|đón|ủng hộ|quyên góp|chung tay|chia sẻ|thông qua"
    r"|kết thúc|bế mạc|khai mạc|quyết tâm"
    r"|sôi nổi|6 tháng|sáu tháng|của|từ|hội nghị|lễ|vinh dự|giữ|xếp|dẫn|lập|phổ biến|quán triệt|cam kết"
    r"|đăng ký|chính thức|long trọng|vào|nhân|nằm|đóng (?:trên|tại|ở|chân)|bảo đảm|đảm bảo"
    r"|không|còn|rất"
    r"|phát huy|cụ thể|tích cực"
    r"|chủ động|đóng góp|góp phần|gặt hái|hợp tác|gồm|sinh hoạt|trở thành|thường xuyên|xác định|đối với"
    r"|tuyên truyền|quan tâm|chăm lo|tập trung|hoạt động|nhanh|tham mưu (?!,|và|tổng)"
    r"|thi đua(?! yêu nước))(?![\w])",
    re.I,
)
_PIECE = re.compile(r"(?P<sep>[ ]|,[ ]|[ ]?[-–][ ]?|[ ]?/[ ]?)(?P<word>[^\s,.;:()“”\"!?\[\]–]+)")
_OF_A_PLACE = re.compile(rf"(?:tỉnh|thành phố|TP\.?|huyện|thị xã) [{CAPITAL}]")
_ORGANIZATIONS = re.compile(r"tổ chức (?:xã hội|chính trị|hội|nghề|phi|đoàn|thành)", re.I)
_JOINS = re.compile(
    r" (?:(?:các )?(?:cơ quan|đơn vị|doanh nghiệp|đoàn thể|tổ chức)(?! hội nghị| lễ)|tương đương|[A-ZĐÂĂÊÔƠƯ])"
)
_LONGEST_BEFORE = 12
_MOST_WORDS = 18


@dataclass(frozen=True, slots=True)
class BlocMention:
    """A bloc in a text: where it stands, how it is written, whether khối or cụm, and the number it bears, if any."""

    start: int
    end: int
    written: str
    kind: Literal["khoi", "cum"]
    number: int | None = None

    @property
    def key(self) -> tuple[str, int] | None:
        """Kind and number of a numbered bloc: equal for all spellings of one bloc of one host."""
        return (self.kind, self.number) if self.number is not None else None


def find_blocs(text: str) -> Iterator[BlocMention]:
    """Every bloc of the text in order, numbered or named; a bare “Khối” or “Khối thi đua” names none."""
    at = 0
    while match := _NAMED.search(text, at):
        bloc = _numbered(text, match.start()) or _named(text, match)
        if bloc:
            yield bloc
        at = bloc.end if bloc else match.end()


def _numbered(text: str, start: int) -> BlocMention | None:
    match = _NUMBERED.match(text, start)
    if match is None:
        return None
    has_number_word = re.search(r"\bsố\b", match[0], re.IGNORECASE)
    if not has_number_word and match["numeral"].isdecimal() and _COUNTED.match(text, match.end()):
        return None
    numeral = match["numeral"]
    number = int(numeral) if numeral.isdecimal() else bloc_number(f"khối {numeral}")
    if not number:
        return None
    return BlocMention(match.start(), match.end(), match[0], _kind(match["word"]), number)


def _named(text: str, match: re.Match[str]) -> BlocMention | None:
    bare = match["emulation"] is None
    if _NO_BLOC.match(text, match.end() - 1) or _preceded_by_an_office(text, match.start()):
        return None
    if bare and not (match["word"][0].isupper() and re.match(rf"(?:[Cc]ác |[0-9]+ |[{CAPITAL}])", text[match.end() :])):
        return None
    end = _name_end(text, match.end() - 1)
    bare_place = re.search(r"(?<!,)(?<!tuyến)(?<!cấp)(?<!toàn) (?:tỉnh|thành phố|huyện)\Z", text[match.start() : end])
    end -= len(bare_place[0]) if bare_place else 0
    name = text[match.end() : end]
    if len(name) < 2 or (bare and len(name.split()) < 2):
        return None
    written = text[match.start() : end]
    return BlocMention(match.start(), end, written, _kind(match["word"]), bloc_number(written))


def _name_end(text: str, end: int) -> int:
    for _ in range(_MOST_WORDS):
        piece = _PIECE.match(text, end)
        if piece is None or not _goes_on(text, piece):
            break
        end = piece.end()
    return end


def _goes_on(text: str, piece: re.Match[str]) -> bool:
    at, sep = piece.start("word"), piece["sep"].strip()
    if piece["word"].lower() == "và":
        return bool(_JOINS.match(text, piece.end()))
    is_part = _ORGANIZATIONS.match(text, at) and re.search(r"(?:các|,) ?\Z", text[max(0, at - _LONGEST_BEFORE) : at])
    of_somebody = (
        text.startswith("thuộc ", at) and text[at + 6 : at + 7].isupper() and not text.endswith("trực ", 0, at)
    )
    if (
        of_somebody
        or (_ENDS.match(text, at) and not is_part)
        or (
            _OF_A_PLACE.match(text, at)
            and not re.search(r"(?:các|(?<!số )\b[0-9]+) ?\Z", text[max(0, at - _LONGEST_BEFORE) : at])
        )
    ):
        return False
    if sep == ",":
        return text[at].islower()
    if sep in ("-", "–", "/"):
        return text[at].isupper() or sep == piece["sep"]
    return True


def _preceded_by_an_office(text: str, start: int) -> bool:
    """“Đảng ủy Khối các cơ quan”, “Đoàn khối” are committees and no blocs."""
    return bool(
        re.search(
            r"(?:[Đđ]ảng [uủ][yỷ]|[Đđ]ảng bộ|[Đđ]oàn|ĐUK|[Tt]rưởng|[Pp]hó|[Hh]ình|[Ll]ớp) \Z",
            text[max(0, start - 12) : start],
        )
    )


def _kind(word: str) -> Literal["khoi", "cum"]:
    return "khoi" if word.lower() == "khối" else "cum"
