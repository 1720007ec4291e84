"""Kinds of ceremony and the years a text is about, as titles, leads and reports of what was done say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.phrases.sentences import sentences


@dataclass(frozen=True, slots=True)
class KindMention:
    """A kind of ceremony (a code of `CEREMONIES`) in a text, and the words that say so."""

    start: int
    end: int
    written: str
    kind: str


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year the text is about, with the reason (a code of `YEARS`), or the first year of a school year."""

    start: int
    end: int
    written: str
    reason: str
    year: int
    school_year: str | None = None


_PACT = (
    r"(?:ký|kí)(?: kết)?(?: các| bản| biên bản| nội dung| và triển khai)*,?"
    r" (?:giao ước|giao kết|thi đua|cam kết thi đua)"
)
# What the name of a ceremony says: looked for in titles, and in the sentences that tell that it was held.
_NAMED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("assignment",
            r"phân công (?:khối|cụm|nhiệm vụ (?:khối|cụm)) trưởng|chia (?:khối|cụm)"
            r"|thành lập(?: \d+)?(?: các)? (?:khối|cụm) thi đua|kiện toàn (?:khối|cụm)"
            r"|ra mắt(?: (?:khối|cụm)|(?=,| và ký))"),
        ("consultation",
            r"lấy ý kiến|góp ý(?: vào| đối với| cho)?(?: các)?(?: bản)? (?:dự thảo|quy chế|kế hoạch|bảng)"
            r"|thảo luận (?:dự thảo|quy chế|kế hoạch|bảng|thống nhất)"),
        ("gathering", r"họp mặt|gặp mặt"),
        ("launch",
            r"phát động(?: và (?:ký|đăng ký)(?: kết)?(?: giao ước)?)?(?: các| đợt| phong trào|,)* thi đua"
            r"|lễ phát động|phát động(?: và|,) (?:ký|triển khai)|phát động phong trào"),
        ("plan_adoption",
            r"thông qua[^.;]{0,40}?(?:kế hoạch|chương trình|quy chế)|triển khai (?:kế hoạch|chương trình|công tác"
            r"|nhiệm vụ|phong trào|phương hướng)"),
        ("pact", rf"{_PACT}|giao ước thi đua|ký cam kết thi đua|đăng ký và ký kết thi đua"),
        ("midterm",
            r"sơ kết(?! (?:[0-9]+|một|hai|ba|năm) năm)|giao ban(?: công tác thi đua)?[^.;]{0,30}(?:6 tháng"
            r"|sáu tháng|quý)|đánh giá[^.;]{0,60}(?:6"
            r"|sáu) tháng đầu"),
        ("scoring", r"chấm điểm|bình xét|bình bầu thi đua|xét thi đua|kiểm tra chéo|đánh giá chéo|thẩm định|chấm chéo"),
        ("summary",
            r"(?<!trù bị )tổng kết|trù bị tổng kết|nhìn lại|giao ban công tác thi đua năm"
            r"|đánh giá (?:công tác thi đua|kết quả (?:thực hiện )?(?:công tác|phong trào"
            r"|thi đua))(?![^.;]{0,60}tháng)"),
        ("election",
            r"(?:bầu|suy tôn|bình bầu|bầu chọn)(?: chọn)?(?: [^.;,]{1,40}?)? (?:trưởng, phó (?:khối|cụm)"
            r"|khối trưởng|trưởng khối|cụm trưởng"
            r"|trưởng cụm|khối phó|cụm phó)"),
        ("handover",
            r"(?:bàn giao|chuyển giao)(?: [^.;,]{0,40}?)? (?:khối trưởng|trưởng khối|cụm trưởng|trưởng cụm"
                r"|nhiệm vụ khối|nhiệm vụ cụm)|bàn giao (?:cờ|nhiệm vụ|chức|vai trò|trách nhiệm|công tác)|(?:trao"
                r"|nhận|chuyển) (?:lại )?cờ luân lưu"),
        ("award",
                r"(?:trao|trao tặng|tặng|khen thưởng) (?:\d+ )?(?:giấy khen|bằng khen|cờ(?! luân lưu"
                r"| truyền thống)|thưởng|tập thể"
            r"|cho (?:\d+ )?(?:tập thể|cá nhân))|vinh danh|biểu dương (?:các )?(?:\d+ )?(?:tập thể|cá nhân"
            r"|điển hình)|tôn vinh (?:các )?(?:\d+ )?(?:tập thể|cá nhân|điển hình)|trao thưởng|đón nhận (?:bằng|cờ"
            r"|huân)"),
        ("congress", r"đại hội thi đua|hội nghị điển hình tiên tiến"),
        ("sports",
            r"hội thao|giao lưu (?:văn nghệ|văn hóa|thể thao|thể dục|bóng|cầu)|giải (?:bóng|cầu|thể thao|việt dã)"
            r"|liên hoan văn nghệ|hội diễn"),
        ("anniversary", r"lễ kỷ niệm|mít tinh kỷ niệm"),
        ("visit",
            r"tham quan|học tập(?:,)? (?:trao đổi )?kinh nghiệm (?:tại|ở)|về nguồn|khảo sát thực tế"
            r"|thăm và làm việc|trao đổi kinh nghiệm tại"),
    )
)  # fmt: skip
# What was done in the course of it: told with “Tại hội nghị …” or in the past.
_DONE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("launch", r"phát động(?: và tổ chức)?(?: các)?(?: \w+)?(?: đợt)?(?: phong trào)? thi đua"),
        ("plan_adoption",
            r"thông qua[^.;]{0,90}?(?:kế hoạch|quy chế|chương trình (?:công tác|hoạt động|hành động))"
            r"|thống nhất (?:nội dung )?kế hoạch hoạt động"),
        ("pact", rf"{_PACT}|ký (?:kết )?(?:vào )?(?:bản )?giao ước|ký kết thực hiện [^.;]{{0,20}}nội dung thi đua"),
        ("scoring",
                r"(?:tiến hành |đã |tổ chức |thảo luận, )(?:bình xét|chấm điểm|bình bầu|bỏ phiếu|xét)(?!\w)"
                r"|bỏ phiếu (?:kín|bình"
            r"|suy)|chấm điểm, (?:xếp hạng|bình xét)|bình xét, (?:suy tôn|xếp)"),
        ("award",
            r"(?:trao|trao tặng|tặng)(?: thưởng)? [^.;]{0,60}?(?:giấy khen|bằng khen|cờ thi đua|huân chương"
            r"|kỷ niệm chương|danh hiệu|phần thưởng)"),
        ("handover",
            r"bàn giao(?: [^.;,]{0,60}?)?(?:khối trưởng|trưởng khối|cụm trưởng|trưởng cụm|trưởng khối thi đua"
            r"|cờ luân lưu|cờ truyền thống|nhiệm vụ|chức|vai trò)|(?:trao|chuyển giao|nhận) (?:lại )?cờ luân lưu"
            r"|trao cờ luân lưu"),
        ("election",
                r"(?:bầu|suy tôn|bầu chọn|bình bầu|cử|chọn|lựa chọn|tín nhiệm"
                r"|nhất trí)[^.;]{0,120}?(?:trưởng, phó (?:khối|cụm)|khối trưởng"
            r"|trưởng khối|cụm trưởng|trưởng cụm|khối phó|cụm phó|phó trưởng khối|phó khối|phó cụm|phó trưởng cụm)"
            r"|được (?:bầu|suy tôn|tín nhiệm)[^.;]{0,30}(?:làm|là|giữ)[^.;]{0,20}(?:khối|cụm)"),
        ("sports", r"(?:tham gia|tổ chức|diễn ra|giao lưu)[^.;]{0,30}(?:giao lưu (?:văn nghệ|thể thao|bóng)|hội thao)"),
        ("visit", r"(?:đã |tổ chức )(?:đi )?(?:tham quan|về nguồn|dâng hương)"),
    )
)  # fmt: skip
_AT_THE_CEREMONY = re.compile(
    r"(?:tại (?:hội nghị|buổi|lễ|cuộc họp|họp mặt|chương trình)|dịp này|nhân dịp|cũng tại|kết thúc (?:hội nghị"
    r"|buổi|chương trình|lễ)|hội nghị (?:cũng )?(?:đã|thống nhất"
    r"|nhất trí|tiến hành)|(?:cuối|sau) (?:hội nghị|buổi|khi thảo luận|phần)|sau đó|tiếp đó|trong khuôn khổ"
    r"|thay mặt (?:khối|cụm)(?!\w)|(?:các đơn vị|đại diện[^.;]{0,60}|lãnh đạo[^.;]{0,60}"
    r"|các thành viên|khối|cụm|ban tổ chức|các đại biểu|các trường"
    r"|các đồng chí[^.;]{0,30}) (?:\w+ ){0,8}?(?:cũng |cùng |lần lượt )?(?:đã |tiến hành |thống nhất "
    r"|nhất trí |cùng nhau ))",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"(?:lãnh đạo|đại diện|các (?:đơn vị|sở|trường|cơ quan|thành viên)"
    r"|thủ trưởng)[^.;]{0,80}? (?=(?:cùng )?(?:ký|kí) (?:kết )?(?:bản )?giao ước)",
    re.I,
)
_IN_SO_MANY_WORDS = re.compile(
    r"(?:tại (?:hội nghị|buổi|lễ|cuộc họp|họp mặt|chương trình)|dịp này|nhân dịp|cũng tại|kết thúc (?:hội nghị"
    r"|buổi|chương trình|lễ)|hội nghị (?:cũng )?(?:đã|thống nhất|nhất trí"
    r"|tiến hành)|sau đó|tiếp đó|trong khuôn khổ|ban tổ chức|thay mặt (?:khối|cụm))",
    re.IGNORECASE,
)
_MUST_BE_PLACED = frozenset({"launch", "award"})
"""Kinds that reports of the past year tell of as well (“các đơn vị đã phát động …”)."""
_NOWHERE_ELSE = frozenset({"handover"})
"""Kinds that are only ever done at a ceremony."""
_NOT_DONE = re.compile(
    r"(?:đề nghị|yêu cầu|kế hoạch hoạt động|sẽ|cần|phấn đấu|tiếp tục (?:tổ chức|phát động|tuyên truyền)"
    r"|dự kiến|phương hướng|nhiệm vụ trọng tâm|trong năm(?: qua)?|năm qua|thời gian (?:qua|tới)"
    r"|hằng năm|hàng năm|theo đúng|giai đoạn|đề ra|căn cứ)",
    re.IGNORECASE,
)
_OF_A_PLAN = re.compile(
    r"(?:nhiệm vụ trọng tâm|phương hướng|trong đó có|thống nhất (?:việc|các nhiệm vụ|một số|nhiệm vụ"
    r"|các công việc|phương hướng)|đề ra|dự kiến|sẽ )",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"(?:do|được) [^.;]{2,80}? \Z|hưởng ứng[^.;]{0,60}\Z|(?:dự thảo|về|việc|kế hoạch) \Z", re.IGNORECASE
)
_NO_PACT = re.compile(
    r"(?:(?:thực hiện|kết quả|nội dung|theo|trong|của|vào|các chỉ tiêu|chỉ tiêu|sau|tổ chức thực hiện) (?:các "
    r"|bản |nội dung |việc )*)\Z"
    r"|(?:sơ kết|tổng kết|đánh giá)[^.;]{0,60}(?:thực hiện|kết quả)[^.;]{0,40}\Z",
    re.IGNORECASE,
)


def kinds_named(text: str) -> Iterator[KindMention]:
    """Kinds that a title, or a sentence that tells of the ceremony, names (“Hội nghị tổng kết … và ký giao ước …”)."""
    for kind, pattern in _NAMED:
        for match in pattern.finditer(text):
            if _is_named(text, kind, match):
                yield KindMention(match.start(), match.end(), match[0], kind)
                break


def _is_named(text: str, kind: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 90) : match.start()]
    if kind == "pact":
        is_signed = match[0].lower().startswith(("ký", "kí", "đăng"))
        return not _NO_PACT.search(before) and (
            is_signed or bool(re.search(r"(?:ký|kí|lễ)[^.;]{0,40}\Z", before, re.I))
        )
    if kind == "launch":
        return not _BY_OTHERS.search(before)
    return True


def kinds_done(text: str) -> Iterator[KindMention]:
    """Kinds that the body tells of as done at the ceremony; plans and what others do count nothing."""
    for sentence in sentences(text):
        says_where = _AT_THE_CEREMONY.search(sentence.text) or _SIGNS.match(sentence.text)
        for kind, pattern in _DONE:
            if says_where is None and kind not in _NOWHERE_ELSE:
                continue
            match = pattern.search(sentence.text, says_where.start() if says_where else 0)
            if match and _is_done(sentence.text, kind, match):
                yield KindMention(sentence.start + match.start(), sentence.start + match.end(), match[0], kind)


def _is_done(text: str, kind: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    if kind in _MUST_BE_PLACED and not _IN_SO_MANY_WORDS.search(before):
        return False
    clause = re.split(r"[;:]", before)[-1]
    if _NOT_DONE.search(clause) and not re.search(r"(?:đã|tiến hành|cùng) [^.;]{0,20}\Z", clause):
        return False
    if _OF_A_PLAN.search(before):
        return False
    if kind == "award":
        return not re.search(
            r"(?:đề nghị|đề xuất|trình|xét|được|từng|suy tôn|danh hiệu)[^.;]{0,80}\Z", before + match[0][:-1], re.I
        )
    if kind == "pact":
        return not _NO_PACT.search(before)
    return kind != "launch" or not _BY_OTHERS.search(before)


_YEAR = r"(?<![0-9/.-])(?P<year>(?:19|20)[0-9]{2})(?![0-9/])"
_SCHOOL_YEAR = re.compile(r"năm học:? ?(?P<year>(?:19|20)[0-9]{2}) ?[-–—] ?(?P<to>(?:19|20)[0-9]{2})", re.IGNORECASE)
_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.IGNORECASE))
    for reason, pattern in (
        ("reviewed",
            rf"(?:tổng kết|sơ kết|đánh giá|nhìn lại|báo cáo kết quả|kết quả)(?:(?!ký kết|giao ước|phương hướng"
            rf"|triển khai|nhiệm vụ|bàn |kế hoạch|năm học|giai đoạn|chỉ thị)[^.;])"
                     rf"{{0,120}}?(?:năm |tháng đầu năm |, )?{_YEAR}"),
        ("pact",
            rf"(?:giao ước|ký kết thi đua|ký thi đua|cam kết thi đua)(?:(?!năm học|giai đoạn|ngày|tổng kết"
            rf"|sơ kết)[^.;])"
                 rf"{{0,80}}?(?:năm )?{_YEAR}"),
        ("plan",
            rf"(?:phương hướng|nhiệm vụ|kế hoạch|triển khai|chương trình (?:công tác|hoạt động)"
            rf"|phát động)(?:(?!năm học|giai đoạn|ngày|tổng kết|sơ kết|số \d|giao ước)[^.;])"
                 rf"{{0,90}}?(?:năm |tháng cuối năm )?{_YEAR}"),
    )
)  # fmt: skip


def find_years(text: str) -> Iterator[YearMention]:
    """Years with the reason the words give: what is reviewed, signed for, planned. “năm học 2022-2023” is 2022."""
    for school in _SCHOOL_YEAR.finditer(text):
        name = f"{school['year']}–{school['to']}"
        yield YearMention(school.start(), school.end(), school[0], "school_year", int(school["year"]), name)
    for reason, pattern in _REASONS:
        for match in pattern.finditer(text):
            yield YearMention(match.start(), match.end(), match[0], reason, int(match["year"]))


def plain_years(text: str) -> list[int]:
    """Every “năm 2023” of the text, in order."""
    return [int(match["year"]) for match in re.finditer(rf"năm {_YEAR}", text, re.IGNORECASE)]
