"""What a pact promises in a running text: targets in figures, the scoring sheet, the list of commitments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletins.phrases.sentences import Sentence, sentences
from bulletins.phrases.units import unit_end
from bulletins.vietnamese.counting import NUMBER, count_of
from bulletins.vietnamese.numerals import number

_PERCENT = re.compile(
    r"(?P<least>(?:ít nhất|tối thiểu|từ|trên|đạt từ|hơn|không dưới) )?(?P<most>(?:dưới|không quá|tối đa) )?"
    r"(?:(?P<low>[0-9]{1,3}(?:,[0-9]+)?)(?: ?%)? ?(?:-|–|đến) ?)?"
    r"(?P<value>[0-9]{1,3}(?:,[0-9]+)?) ?%(?P<up> trở lên)?",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|giao ước|cam kết|đăng ký|hướng tới|quyết tâm|nội dung thi đua"
    r"|các đơn vị thống nhất|thống nhất cao)(?!\w)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\w)(?:đã đạt|đạt được|năm qua|kết quả|trong năm 20\d\d|so với|tăng|(?<!kéo )giảm|ước đạt|cùng kỳ)(?!\w)", re.I
)
_RESULT = re.compile(
    r"(?<!\w)(?:bằng|vượt(?: kế hoạch)?|tăng|giảm|ước đạt|đã đạt|đạt được|chiếm)(?: \w+){0,2} \Z", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:đạt|được công nhận|được xếp loại|xếp loại|giữ vững|đạt danh hiệu|hoàn thành|có|đề nghị"
    r"|được)(?: (?:danh hiệu|mức|tiêu chuẩn|chuẩn|loại))* (?P<attain>[^,;.]+)"
)
_THINGS = (
    r"sáng kiến|mô hình|đề tài|công trình|giải pháp|căn nhà|ngôi nhà|nhà tình nghĩa|nhà đại đoàn kết|đơn vị máu"
    r"|suất quà|tin, bài|tin bài|xã đạt chuẩn|buổi sinh hoạt|buổi|cuộc thi|hội thao|đợt thi đua|gương điển hình"
    r"|điển hình|cây xanh"
)
_COUNTED = re.compile(
    r"(?P<least>(?:ít nhất|tối thiểu|từ|trên|hơn|không dưới) )?"
    rf"(?<![\w.,/-]){NUMBER} (?P<of>(?:{_THINGS})(?!\w)[^,.;:]{{0,60}})",
    re.IGNORECASE,
)
_FOR_EACH = re.compile(
    r"(?<!\w)(?P<each>(?:mỗi|từng) (?:đơn vị|cơ quan|trường|cá nhân|cán bộ|phòng|xã|công ty))(?!\w)", re.I
)
_QUOTED = re.compile(r"“(?P<text>[^”]{2,80})”|\"(?P<straight>[^\"]{2,80})\"")
_TOTAL = re.compile(
    rf"(?:tổng(?: số)?(?: cộng)?(?: điểm)?(?: tối đa)?(?: của bảng điểm)?(?: là|:)?|thang điểm"
    rf"|tối đa(?: là)?) (?:là )?(?P<total>[0-9][0-9.]*)(?: điểm|(?=[,.;)]|$))|{NUMBER} điểm(?= (?:tối đa"
    rf"|chuẩn))",
    re.IGNORECASE,
)
_CRITERIA = re.compile(rf"(?<![\w.,/-]){NUMBER} (?:nhóm )?(?:tiêu chí|nội dung chấm điểm)", re.IGNORECASE)
_CRITERIA_LIST = re.compile(r"(?:tiêu chí)(?: (?:sau|như sau|gồm|là|cụ thể))*:\s*(?P<list>[^\n]+)", re.IGNORECASE)
_POINTS = re.compile(r"\(?(?P<points>[0-9][0-9.]*) điểm\)?", re.IGNORECASE)
_INTRO = re.compile(
    r"(?:giao ước|ký kết|cam kết|thi đua|các nội dung|nội dung|nhiệm vụ)[^:]{0,160}?(?:nội dung|như|nhiệm vụ"
    r"|sau|gồm|cụ thể|trọng tâm|chủ yếu|là|cam kết|chính)[^:]{0,50}:\s*(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(
    r"\A\s*(?:[-–+•*]|[0-9]{1,2}[.)]|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là,?|Thứ (?:nhất|hai|ba|tư"
    r"|năm|sáu|bảy|tám),?)\s*"
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class TargetMention:
    """A target in figures: of whom or what, how compared (a code), the number with its unit, what is to be attained."""

    start: int
    end: int
    written: str
    of: str
    op: str
    value: int | float
    attain: tuple[str, ...] = ()
    unit: str = "percent"


@dataclass(frozen=True, slots=True)
class ScoringMention:
    """The scoring sheet: total of points, number of criteria, their names (with points where the text gives them)."""

    start: int
    end: int
    written: str
    total: int | None
    criteria_count: int | None
    criteria: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentList:
    """The commitments of a pact as listed; `open_ended` where the list ends in “…”."""

    start: int
    end: int
    written: str
    items: tuple[str, ...]
    open_ended: bool = False


def find_targets(text: str) -> Iterator[TargetMention]:
    """Every number that the text sets as a goal: per cents, and things that are counted; results are passed over."""
    for sentence in sentences(text):
        is_past = _PAST.search(sentence.text) and "phấn đấu" not in sentence.text.lower()
        if _WISH.search(sentence.text) and not is_past:
            yield from _percentages(sentence)
            yield from _counted_things(sentence)


def _percentages(sentence: Sentence) -> Iterator[TargetMention]:
    figures = list(_PERCENT.finditer(sentence.text))
    whole = ""
    for n, figure in enumerate(figures):
        if _RESULT.search(sentence.text[: figure.start()]):
            continue
        end = figures[n + 1].start() if n + 1 < len(figures) else len(sentence.text)
        # Of a range the lower end is what must be reached at least.
        low = figure["low"] if not figure["most"] else None
        target, value = _target(sentence.text, figure, end), number(low or figure["value"])
        if target and value is not None:
            of, attain, stop = target
            # “…, trong đó 15% …” is a part of those before it.
            of = whole if whole and of.lower().startswith("trong đó") else of
            whole = of
            op = ">=" if low or figure["least"] or figure["up"] else "<=" if figure["most"] else "="
            start, written = sentence.start + figure.start(), sentence.text[figure.start() : stop]
            yield TargetMention(start, sentence.start + stop, written, of, op, value, attain)


def _counted_things(sentence: Sentence) -> Iterator[TargetMention]:
    """“mỗi đơn vị có ít nhất 02 sáng kiến”: what is counted, and for whom where the words before say so."""
    for match in _COUNTED.finditer(sentence.text):
        value = count_of(match["count"].lower())
        if value is None or _RESULT.search(sentence.text[: match.start()]):
            continue
        each = _FOR_EACH.search(re.split(r"[;:]", sentence.text[: match.start()])[-1])
        what = re.sub(r" trở lên\Z", "", match["of"].strip())
        of = f"{each['each']}: {what}" if each else what
        op = ">=" if match["least"] or match["of"].strip().endswith("trở lên") else "="
        start, end = sentence.start + match.start(), sentence.start + match.end()
        yield TargetMention(start, end, match[0].strip(), of, op, value, (), "count")


def _target(text: str, figure: re.Match[str], end: int) -> tuple[str, tuple[str, ...], int] | None:
    rest = text[figure.end() : end]
    clause = re.split(r"[;]|, (?=trong đó|có |phấn đấu|ít nhất|tối thiểu|trên |không )|\.\s", rest)[0]
    what = _TITLE.search(clause)
    of = clause[: what.start()] if what else clause
    of = re.sub(r"\A[\s,]*(?:trở lên|số|các|của)?\s*|(?:\s*trở lên)?[\s,.;:]*\Z", "", of).strip()
    if not of:
        before = re.split(r"[,;:]|(?<!\w)(?:phấn đấu|có|tỷ lệ|đạt)(?!\w)", text[: figure.start()], flags=re.IGNORECASE)
        of = before[-1].strip(" ,.;:") or (before[-2].strip(" ,.;:") if len(before) > 1 else "")
    attain = tuple(q["text"] or q["straight"] for q in _QUOTED.finditer(clause)) or (
        (what["attain"].strip(' .“”"'),) if what else ()
    )
    return (of, attain, figure.end() + len(clause.rstrip(" .,;"))) if of else None


def find_scoring(text: str) -> ScoringMention | None:
    """The scoring sheet that a paragraph tells of: a total of points, or criteria that are counted for points."""
    if not re.search(r"điểm", text, re.IGNORECASE):
        return None
    total = _TOTAL.search(text)
    count = _CRITERIA.search(text)
    listed = _CRITERIA_LIST.search(text)
    if total is None and not (count and re.search(r"chấm điểm|thang điểm|bảng điểm", text, re.IGNORECASE)):
        return None
    points = number((total["total"] or total["count"]).rstrip(".")) if total else None
    criteria = tuple(_criteria(listed["list"])) if listed else ()
    spans = [match for match in (total, count, listed) if match]
    start, end = min(match.start() for match in spans), max(match.end() for match in spans)
    return ScoringMention(
        start,
        end,
        text[start:end],
        points if isinstance(points, int) else None,
        count_of(count["count"].lower()) if count else None,
        criteria,
    )


def _criteria(text: str) -> Iterator[tuple[str, int | None]]:
    parts = text.split(";") if ";" in text else re.split(r"(?<=\)),|(?<=điểm),", text)
    if len(parts) < _FEWEST:
        return
    for part in parts:
        points = _POINTS.search(part)
        value = number(points["points"].rstrip(".")) if points else None
        name = _POINTS.sub("", part).strip(" .,;:()-–/")
        if name:
            yield re.sub(r"\Avà ", "", name), value if isinstance(value, int) else None


def find_commitments(paragraphs: Sequence[str]) -> CommitmentList | None:
    """The commitments of a pact: after “… với các nội dung:”, in one paragraph or in those that follow.

    Offsets count in the paragraphs joined by line feeds.
    """
    at = 0
    for n, paragraph in enumerate(paragraphs):
        intro = (
            _INTRO.search(paragraph) if re.search(r"giao ước|ký kết|cam kết|kí kết", paragraph, re.IGNORECASE) else None
        )
        if intro:
            rest = intro["rest"].strip()
            items = _inline_items(rest) if rest else _following_items(paragraphs[n + 1 :])
            if len(items) >= _FEWEST and sum(unit_end(item, 0) is not None for item in items) * 2 < len(items):
                text = rest or items[-1]
                written = paragraph[: intro.start("rest")].strip()
                return CommitmentList(
                    at,
                    at + len(paragraph),
                    written,
                    tuple(items),
                    text.rstrip(" .”").endswith("…") or text.endswith("..."),
                )
        at += len(paragraph) + 1
    return None


def _inline_items(rest: str) -> list[str]:
    items = [re.sub(r"\s+", " ", _MARK.sub("", part)).strip(" .…") for part in rest.split(";")]
    return [item for item in items if len(item) > 3]


def _following_items(paragraphs: Sequence[str]) -> list[str]:
    marked = bool(paragraphs) and bool(_MARK.match(paragraphs[0]))
    items: list[str] = []
    for paragraph in paragraphs:
        if marked and not _MARK.match(paragraph):
            break
        if not marked and re.match(
            r"(?:Tại|Kết thúc|Phát biểu|Về |Cũng|Trên cơ sở|Nhân dịp|Dịp này|Sau |Hội nghị|Thay mặt|Theo đó)", paragraph
        ):
            break
        items.append(_MARK.sub("", paragraph).strip(" ;…"))
    return items
