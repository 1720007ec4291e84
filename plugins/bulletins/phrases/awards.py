"""Awards and titles in a running text: form, number, kind of recipient, who confers them, and the stage reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletins.phrases.sentences import Sentence, sentences
from bulletins.phrases.units import UnitMention, find_units, split_list, unit_end
from bulletins.vietnamese.counting import NUMBER, count_of
from bulletins.vietnamese.person_names import CAPITAL

_FORMS: tuple[tuple[str, str], ...] = (
    (
        "co_thi_dua_chinh_phu",
        r"cờ thi đua(?: xuất sắc)?(?: dẫn đầu)?(?: toàn diện)? (?:của )?(?:thủ tướng )?chính phủ"
        r"|cờ (?:của )?(?:thủ tướng )?chính phủ|cờ thi đua chính phủ",
    ),
    (
        "co_thi_dua_bo_nganh_tinh",
        r"cờ thi đua|cờ đơn vị (?:xuất sắc|dẫn đầu)|cờ dẫn đầu|cờ xuất sắc|(?:tặng|nhận|trao) cờ(?=[.,;]|$)"
        r"|(?<!\w)cờ (?=(?:của )?(?:ubnd|bộ"
        r"|tỉnh|chủ tịch|tổng))",
    ),
    ("bang_khen", r"bằng khen"),
    ("giay_khen", r"giấy khen"),
    ("huan_chuong", r"huân chương(?: [A-ZĐĂÂLĐ]\w+(?: \w+){0,2}? hạng (?:nhất|nhì|ba)| [A-ZĐ]\w+ \w+)?"),
    ("huy_chuong", r"huy chương(?! (?:vàng|bạc|đồng))"),
    ("ky_niem_chuong", r"kỷ niệm chương|huy hiệu"),
    (
        "danh_hieu_vinh_du_nha_nuoc",
        r"anh hùng lao động|anh hùng lực lượng vũ trang|nhà giáo (?:nhân dân|ưu tú)|thầy thuốc (?:nhân dân"
        r"|ưu tú)|nghệ sĩ (?:nhân dân|ưu tú)",
    ),
    ("chien_si_thi_dua_toan_quoc", r"chiến s[ĩỹ] thi đua toàn quốc"),
    ("chien_si_thi_dua_bo_nganh_tinh", r"chiến s[ĩỹ] thi đua (?:cấp )?(?:tỉnh|bộ|ngành|thành phố)"),
    ("chien_si_thi_dua_co_so", r"chiến s[ĩỹ] thi đua (?:cấp )?cơ sở"),
    ("tap_the_lao_dong_xuat_sac", r"tập thể lao động xuất sắc"),
    ("tap_the_lao_dong_tien_tien", r"tập thể lao động tiên tiến"),
    ("don_vi_quyet_thang", r"đơn vị quyết thắng"),
    ("don_vi_tien_tien", r"đơn vị tiên tiến"),
    ("lao_dong_tien_tien", r"(?<!tập thể )lao động tiên tiến"),
    ("chien_si_tien_tien", r"chiến s[ĩỹ] tiên tiến"),
)
_FORM = re.compile("|".join(rf"(?P<{code}>{words})" for code, words in _FORMS), re.IGNORECASE)
_WORDS = (
    "cờ", "bằng khen", "giấy khen", "huân chương", "huy chương", "niệm chương", "huy hiệu", "anh hùng", "nhà giáo",
    "thầy thuốc", "nghệ sĩ", "chiến s", "lao động xuất sắc", "lao động tiên tiến", "đơn vị quyết thắng",
    "đơn vị tiên tiến",
)  # fmt: skip
"""Every form has one of these: a quick way past sentences that have none."""
_INDIVIDUALS = (
    r"cá nhân|đồng chí|cán bộ|công chức|viên chức|nhà giáo|giáo viên|học sinh|người"
    r"|đoàn viên|gương|chiến sĩ|đ/c|thầy|cô"
)
_COLLECTIVES = (
    r"tập thể|đơn vị|cơ quan|trường|xã|phường|huyện|sở|công ty|doanh nghiệp|chi bộ|tổ|phòng|tỉnh|hội"
    r"|công đoàn(?: cơ sở)?"
    r"|khoa|ngành|địa phương|ban|chi đoàn|quận|thị trấn"
)
_HOUSEHOLDS = r"hộ gia đình|gia đình|hộ"
_RECIPIENT = rf"(?:(?P<individuals>{_INDIVIDUALS})|(?P<households>{_HOUSEHOLDS})|(?P<collectives>{_COLLECTIVES}))"
_COUNTED = re.compile(rf"(?<![\w.,/-]){NUMBER} (?:lượt )?{_RECIPIENT}(?!\w)", re.IGNORECASE)
_OWN_COUNT = re.compile(rf"(?<![\w.,/-]){NUMBER} (?:chiếc |tấm |lá )?\Z", re.IGNORECASE)
_AWARDED = re.compile(
    rf"(?<![\w.,/-]){NUMBER} (?:lượt )?{_RECIPIENT}(?!\w)(?:[^,;.]{{0,60}}?) (?:được |đề nghị |đề xuất |tặng "
    rf"|nhận |trao |xét |trình |thưởng )+(?:danh hiệu )?\Z",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|đề cử|trình|suy tôn|bình chọn|bình xét|xét chọn|lựa chọn|giới thiệu|bỏ phiếu"
    r"|xét)(?!\w)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?<!\w)(?:trao|tặng|tặng thưởng|nhận|đón nhận|vinh danh|trao tặng|khen thưởng|được|công bố)(?!\w)", re.IGNORECASE
)
_DECIDED = re.compile(
    r"(?<!\w)(?:quyết định (?:tặng|khen|công nhận)|công nhận|công bố quyết định)(?!\w)", re.IGNORECASE
)
_HOPED = re.compile(
    r"%|(?<!\w)(?:phấn đấu|chỉ tiêu|đăng ký|mục tiêu|hướng tới|trở lên)(?!\w)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:hình thức|công tác|tiêu chuẩn|danh hiệu|số lượng|tỷ lệ|hồ sơ|quy trình|quỹ) \Z", re.IGNORECASE
)
_BY_AFTER = re.compile(
    r" (?:của |do )?(?P<by>(?:Chủ tịch |Thủ tướng |Bộ trưởng |Giám đốc |Tổng |Hội đồng |Ban |UBND|Ủy ban"
    r"|Uỷ ban|Bộ |Tỉnh |BCH |BTV |Chính phủ|Liên đoàn|LĐLĐ"
    r"|Trưởng |Khối trưởng|Cụm trưởng|Sở |Hội |Trung ương|Đảng ủy|Tổng cục|Cục |Thành phố|Công an |Văn phòng "
    r"|Hiệu trưởng |Ngân hàng |Tập đoàn |Công đoàn |Huyện )"
    r"(?:(?! cho | năm| đối với| vì | và | là | tặng| đã| được| trong| về | nhân )[^,.;:()“”\"]){0,60})",
)
_BY_BEFORE = re.compile(
    r"(?P<by>(?:Chủ tịch |Thủ tướng |Bộ trưởng |Giám đốc |UBND|Ủy ban|Uỷ ban|Bộ |Trưởng |Hội đồng |Ban |Sở "
    r"|Tổng |Chính phủ|LĐLĐ|Liên đoàn|Tỉnh |Hội |Cục |Khối trưởng|Cụm trưởng|Văn phòng |Công an )"
    r"(?:(?! cho | năm|đề nghị| và (?:đề|trao|tặng))[^,.;:()“”\"]){0,60}?) (?:đã |vừa |quyết định |xét )*(?:trao )?"
    r"(?:tặng|khen|trao|tặng thưởng) (?:thưởng )?\Z"
)
_FOR_YEAR = re.compile(r"năm (?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)
_CLAUSE = re.compile(r"[;]|\.\s|,? (?:đồng thời|trong đó|còn)(?!\w)")


_TO_WHOM = re.compile(rf"[^,.;]{{0,70}}? cho(?: các)?(?: tập thể| đơn vị| cơ quan)*:? (?=[{CAPITAL}])")
_NEXT_DEED = re.compile(r"(?: và|,) (?:đề nghị|trao|tặng|UBND|bầu|cử|suy tôn|thống nhất|đồng thời|trong)(?!\w)")
_PASSIVE = re.compile(r" (?:đã |cũng |vinh dự )*được (?:suy tôn|đề nghị|bình chọn|tặng|trao|UBND|Chủ tịch|Bộ|nhận|xét)")
_CHOSEN = re.compile(
    r"(?:suy tôn|bình chọn|bình bầu|bầu chọn|bầu|chọn) (?P<who>[^,.;]{4,90}?) (?:là|làm) (?:đơn vị|tập thể)"
    r"(?: \w+){0,3}? (?:dẫn đầu|xuất sắc|tiêu biểu)[^.;]{0,90}\Z",
    re.IGNORECASE,
)
_AWARDED_BY_NAME = re.compile(rf"\A:? (?=[{CAPITAL}])[^.;]{{2,90}}? (?=được )")
"""“hai đơn vị Phú Ninh, Quảng Trà được đề nghị tặng”: names between a count and what was awarded."""
_OCCASION = re.compile(
    r"(?:(?:nhân )?dịp này|tại (?:hội nghị|buổi lễ|cuộc họp)|kết quả|theo đó|trong đó|năm (?:19|20)[0-9]{2}), ",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"(?:và|tập thể|đơn vị|Tập thể|Đơn vị|[\s,;.])+")


@dataclass(frozen=True, slots=True)
class AwardMention:
    """An award in a text. `form`, `to` and `status` are codes; `by` and `units`, the collectives named, are as written.

    Where the text gives no number, `count` is that of the collectives it names.
    """

    start: int
    end: int
    written: str
    form: str
    to: str | None = None
    count: int | None = None
    by: str | None = None
    year: int | None = None
    status: str = "given"
    units: tuple[str, ...] = ()


def find_awards(text: str) -> Iterator[AwardMention]:
    """Every award that the text tells of as given, decided or proposed; targets in per cent are none."""
    for sentence in sentences(text):
        lowered = sentence.text.lower()
        for clause in _clauses(sentence) if any(word in lowered for word in _WORDS) else ():
            yield from _in_clause(sentence, clause)


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    start = 0
    for end in _CLAUSE.finditer(sentence.text):
        yield Sentence(start, sentence.text[start : end.start()])
        start = end.end()
    yield Sentence(start, sentence.text[start:])


def _in_clause(sentence: Sentence, clause: Sentence) -> Iterator[AwardMention]:
    forms = list(_FORM.finditer(clause.text))
    for n, form in enumerate(forms):
        left = forms[n - 1].end() if n else 0
        right = forms[n + 1].start() if n + 1 < len(forms) else len(clause.text)
        status = _status(sentence.text, clause, form)
        if status is None or _GENERAL.search(clause.text[: form.start()].replace("danh hiệu ", "")):
            continue
        counts = _counts(clause.text, form, left, right) or _listed(sentence.text, clause, form, n)
        units = () if counts else _named(clause.text, form, left, right)
        for count, to in counts or [(len(units) or None, "collectives" if units else None)]:
            yield replace(_mention(sentence, clause, form, status, count, to), units=units)


def _named(text: str, form: re.Match[str], left: int, right: int) -> tuple[str, ...]:
    """The collectives a clause names: behind the form after “cho”, or before it as what “được … tặng” is said of."""
    behind = _TO_WHOM.match(text, form.end(), right)
    if behind:
        listed = _NEXT_DEED.split(text[behind.end() : right])[0]
        return tuple(name for name in split_list(listed) if unit_end(name, 0) is not None)
    chosen = _CHOSEN.search(text[left : form.start()])
    if chosen:
        return tuple(unit.written for unit in find_units(chosen["who"]) if unit.start == 0)
    passive = _PASSIVE.search(text[left : form.start()])
    if passive is None:
        return ()
    subject = re.split(r"(?:trong đó|gồm|là|:)\s", text[left : left + passive.start()])[-1]
    subject = _OCCASION.sub("", subject.strip())
    units = find_units(subject)
    if units and not _LEFT_OVER.sub("", _without(subject, units)):
        return tuple(unit.written for unit in units)
    listed = split_list(subject) if units and units[0].start == 0 else []
    return tuple(listed) if len(listed) > 1 and all(unit_end(name, 0) == len(name) for name in listed) else ()


def _without(text: str, units: Sequence[UnitMention]) -> str:
    for unit in units:
        text = text.replace(unit.written, "")
    return text


def _mention(
    sentence: Sentence, clause: Sentence, form: re.Match[str], status: str, count: int | None, to: str | None
) -> AwardMention:
    at = sentence.start + clause.start
    by = _BY_AFTER.match(clause.text, form.end()) or _BY_BEFORE.search(clause.text, 0, form.start())
    year = _FOR_YEAR.search(clause.text, form.end()) or _FOR_YEAR.search(clause.text)
    code = form.lastgroup or "other_title"
    return AwardMention(
        start=at + form.start(),
        end=at + form.end(),
        written=clause.text.strip(),
        form=_refined(code, by["by"] if by else ""),
        to=to,
        count=count,
        by=by["by"].strip() if by else None,
        year=int(year["year"]) if year else None,
        status=status,
    )


def _refined(code: str, by: str) -> str:
    """“Cờ thi đua” is the Government's where the Government or its head confers it."""
    is_government = code == "co_thi_dua_bo_nganh_tinh" and re.match(r"(?:Thủ tướng|Chính phủ)", by)
    return "co_thi_dua_chinh_phu" if is_government else code


def _status(sentence: str, clause: Sentence, form: re.Match[str]) -> str | None:
    """The stage reached by the words of the clause, or of the sentence up to it; `None` where nothing was awarded."""
    before = clause.text[: form.start()]
    if _HOPED.search(clause.text) and not re.search(r"(?:đã|được) (?:trao|tặng|đề nghị)", before, re.IGNORECASE):
        return None
    if _PROPOSED.search(before) or (re.search(r"đề nghị", clause.text) and not re.search(r"trao|đã được", before)):
        return "proposed"
    if _DECIDED.search(before):
        return "proposed" if _PROPOSED.search(sentence[: clause.start]) else "decided"
    if re.search(r"(?<!\w)(?:trao|tặng|nhận|khen thưởng|vinh danh|có)(?!\w)", before, re.IGNORECASE) or re.match(
        r"[^,.;]{0,60}(?:được trao|cho|đã được)", clause.text[form.end() :]
    ):
        return "proposed" if _PROPOSED.search(sentence[: clause.start]) and not _given_here(before) else "given"
    if re.search(r"(?<!\w)(?:đạt|được)(?!\w)", before) and _COUNTED.search(before):
        return "given"
    return None


def _given_here(before: str) -> bool:
    return bool(re.search(r"(?<!\w)(?:trao|nhận)(?!\w)", before, re.IGNORECASE))


def _counts(text: str, form: re.Match[str], left: int, right: int) -> list[tuple[int | None, str | None]]:
    """Numbers with their kind of recipient: before the form (“05 Bằng khen”), behind it, or at the clause's head."""
    own = _OWN_COUNT.search(text[left : form.start()])
    awarded = _AWARDED.search(text[left : form.start()])
    if awarded and not own:
        return _together(text[left : form.start()], awarded)
    behind = [_recipient(match) for match in _COUNTED.finditer(text, form.end(), right)]
    if own:
        to = behind[0][1] if len(behind) == 1 else None
        return [(count_of(own["count"].lower()), to)]
    if behind:
        return [recipient for recipient in behind if recipient[0] is not None]
    before = [
        _recipient(match)
        for match in _COUNTED.finditer(text, left, form.start())
        if "," not in _AWARDED_BY_NAME.sub("", text[match.end() : form.start()])
    ]
    return [recipient for recipient in before[-2:] if recipient[0] is not None]


def _listed(sentence: str, clause: Sentence, form: re.Match[str], n: int) -> list[tuple[int | None, str | None]]:
    """The number before a list that semicolons divide: “03 đơn vị gồm: A; B và C được … tặng”."""
    before = sentence[: clause.start + form.start()]
    intro = None if n else re.search(rf"(?<![\w.,/-]){NUMBER} {_RECIPIENT}(?!\w),? gồm:? (?P<list>.*)\Z", before, re.I)
    return [_recipient(intro)] if intro and not _FORM.search(intro["list"]) else []


_JOINT = re.compile(r"\s*(?:và|,|cùng|;)\s*(?:có )?")


def _together(text: str, last: re.Match[str]) -> list[tuple[int | None, str | None]]:
    """All numbers that are joined to the awarded ones: “07 tập thể và 15 cá nhân được … tặng”."""
    counted = list(_COUNTED.finditer(text))
    row: list[re.Match[str]] = []
    for match in counted:
        if row and not _JOINT.fullmatch(text[row[-1].end() : match.start()]):
            if row[-1].start() >= last.start():
                break
            row.clear()
        row.append(match)
    return [_recipient(match) for match in row]


def _recipient(match: re.Match[str]) -> tuple[int | None, str | None]:
    to = next((kind for kind in ("individuals", "households", "collectives") if match[kind]), None)
    part = match["part"]
    return (int(part) if part else count_of(match["count"].lower())), to
