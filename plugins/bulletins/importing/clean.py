"""The first step: what a page has around its text is taken away, and kept as a list of what was stripped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletins.importing.source import Block, Paragraph, Picture

_BOILERPLATE = re.compile(
    r"""\A(?:
    chia\ sẻ(?:\ bài\ viết|\ trên.*|\ tin)?|(?:ý\ kiến\ )?bình\ luận(?:\ \(\d+\))?|ý\ kiến\ bạn\ đọc.*
    |gửi\ bình\ luận.*|nhập\ lại
    |.*reset\ captcha.*|•?\ ?đường\ dây\ nóng.*|•?\ ?hotline.*|•?\ ?liên\ hệ\ quảng\ cáo.*|nổi\ bật\ trang\ chủ.*
    |số\ lượt\ (?:xem|truy\ cập|đọc).*
    |\(?\ ?\d*\ ?lượt\ xem:?.*|\d+\ lượt\ (?:xem|đọc)|a-?\ ?a\ ?(?:a\+?)?|a\ a|email\ in\ pdf|email
    |skip\ (?:ribbon\ commands|to\ main\ content)|in\ bài(?:\ viết|\ này)?
    |in\ (?:trang|tin)|quay\ lên\ trên|về\ đầu\ trang|intnumviewtotal.*|print.*|truy\ cập\ nội\ dung\ luôn
    |trang\ chủ.*(?:\ ?[>»/|].*)?|đọc\ bài\ viết|nghe\ (?:bài|audio|đọc\ bài).*
    |theo\ dõi\ .{0,40}(?:google|zalo|facebook).*|lưu\ bài\ viết|copy\ link|gửi\ (?:email|tin|phản\ hồi|bài).*
    |facebook|twitter|zalo|google\ ?\+?|phản\ hồi|like|share|tweet|kích\ thước\ chữ.*|cỡ\ chữ.*
    |từ\ khóa:?.*|tags?:.*|thẻ:.*|chuyên\ mục:?.*|mã\ (?:bảo\ mật|xác\ nhận).*|đánh\ giá\ bài\ viết.*
    |click\ để\ đánh\ giá.*|xem\ (?:với\ cỡ\ chữ|thêm|tiếp)\.?.*|các\ thông\ tin\ tiện\ ích
    |bản\ quyền.*|©.*|copyright.*|giấy\ phép\ (?:số|xuất\ bản).*|tòa\ soạn:.*|điện\ thoại:.*
    |\[?\ ?(?:trở\ về|quay\ lại|về\ trang\ trước)\ ?\]?|danh\ mục|menu|tìm\ kiếm.*|đăng\ nhập.*|hôm\ nay:?.*
    |(?:\d|\.|\s){1,4}|[-–—_*=•.]{1,60}
    |\(?adsbygoogle.*|.*leftcenterrightdel.*|kính\ (?:gửi|thưa).{0,80}|trân\ trọng(?:\ (?:cảm\ ơn|kính\ chào))?[./!]*
    |sent\ from\ my.*|.*@[\w.-]+\.\w{2,}\b.{0,20}
    |[\s\d.()+-]{8,20}|không\ có\ bình\ luận.*|hãy\ (?:là\ người|đăng\ nhập).*|nguồn\ ảnh:?|video|ảnh
    |(?:.*\ )?cộng\ h(?:òa|oà)\ xã\ hội\ chủ\ nghĩa\ việt\ nam|(?:.*\ )?độc\ lập\ ?[-–]\ ?tự\ do\ ?[-–]\ ?hạnh\ phúc
    |số:\ ?[\w/.-]+(?:\ .*,\ ngày\ .*)?|(?:thông\ báo|báo\ cáo|biên\ bản|tờ\ trình|kế\ hoạch|tin\ bài)
    |đăng\ ký\ nhận\ tin.*|ban\ biên\ tập\ cổng.*|thư\ viện\ ảnh.*|mục\ lục.*|nội\ dung\ chính.*
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_RELATED_FROM = re.compile(
    r"\A(?:tin|bài|các tin|những tin|tin tức|bài viết)(?: bài)? (?:khác|liên quan|cùng chuyên mục|cũ hơn"
    r"|mới hơn|đã đưa|cùng loại|mới nhất|mới|nổi bật|đọc nhiều)[:.]?.*\Z"
    r"|\A(?:có thể bạn quan tâm|đọc thêm|cùng chuyên mục|tin nổi bật|đọc nhiều|xem nhiều|tin mới)[:.]?\Z",
    re.IGNORECASE,
)
_SIGNED_FROM = re.compile(r"\A(?i:nơi nhận)\s*:|\A(?:TM|KT|TL|TUQ|T/M)\. ?[A-ZĐ]{2}")
"""“Nơi nhận:”, “TM. CỤM THI ĐUA SỐ 11”."""

FILE_NAME = re.compile(
    r"(?:\A[\w()%+-]+\.(?:jpe?g|png|gif|webp|heic)\Z|\A(?=.*[_-])[A-Za-z0-9_()%+-]{6,}(?:\(\d+\))?\Z"
    r"|\A[0-9a-f]{12,}\Z|\A(?:IMG|DSC|DSCF|PXL)[_-]?\d+.*\Z)"
)
_CONTACT = re.compile(r"(?<![\w/])0[0-9]{2,3}[. ]?[0-9]{2,3}[. ]?[0-9]{2}[. ]?[0-9]{2,3}(?![\w/])")
_LONGEST_FURNITURE = 90


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The blocks of the text itself; `stripped` are the lines taken away, `related` titles of other bulletins."""

    blocks: tuple[Block, ...]
    stripped: tuple[str, ...]
    related: tuple[str, ...]


def clean(blocks: Sequence[Block]) -> Cleaned:
    """Take away boilerplate, contact lines, counters, and all that follows “Tin liên quan” at the end.

    File names of pictures stay: they say where a picture stood, and the next step takes them.
    """
    body, related = _without_related(list(blocks))
    body, stripped = _without_signatures(body)
    kept: list[Block] = []
    for block in body:
        if isinstance(block, Paragraph) and _is_furniture(block.text):
            stripped.append(_without_contacts(block.text))
        else:
            kept.append(block)
    return Cleaned(tuple(kept), tuple(dict.fromkeys(stripped)), tuple(related))


def _is_furniture(text: str) -> bool:
    if len(text) > _LONGEST_FURNITURE or FILE_NAME.match(text):
        return False
    return bool(_BOILERPLATE.match(text)) or (bool(_CONTACT.search(text)) and len(text.split()) < 12)


def _without_contacts(text: str) -> str:
    """The line without numbers and addresses, which are never published."""
    return re.sub(r"\S+@\S+|[\d.() +-]{8,}", "", text).strip(" -–•:") or "(số điện thoại, thư điện tử)"


def _without_related(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The blocks before the list of other bulletins, and the titles in that list; it stands late."""
    for n, block in enumerate(blocks):
        late = n > len(blocks) // 3
        if late and isinstance(block, Paragraph) and _RELATED_FROM.match(block.text):
            return blocks[:n], list(_titles(blocks[n + 1 :]))
    return blocks, []


def _without_signatures(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """A letter without those who get it and who signed it, which stand at its end; and these lines."""
    for n, block in enumerate(blocks):
        late = n > len(blocks) // 3
        if late and isinstance(block, Paragraph) and _SIGNED_FROM.match(block.text):
            lines = [_without_contacts(line.text) for line in blocks[n:] if isinstance(line, Paragraph)]
            return [*blocks[:n], *(line for line in blocks[n:] if isinstance(line, Picture))], lines
    return blocks, []


def _titles(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text.split()) > 4 and not _is_furniture(block.text):
            yield re.sub(r"\s*\(?\d{1,2}/\d{1,2}/\d{4}.*\Z", "", block.text)


def is_picture(block: Block) -> bool:
    """Whether a block is a picture, or a line that is nothing but a picture's file name."""
    return isinstance(block, Picture) or bool(FILE_NAME.match(block.text))
