"""Names of units in a running text by their pattern: a head noun (“Sở”, “Cục”, “Trường”) and the words of its name.

Knows no register: what the register has is found by name elsewhere and goes before what only looks like a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bulletins.vietnamese.person_names import CAPITAL, LOWER, find_names, words

_HEADS = (
    "Văn phòng|Thư viện|Trung tâm|Tổng công ty|Tổng Công ty|Công ty|Tập đoàn|Ngân hàng|Ủy ban nhân dân|Uỷ ban nhân dân"
    "|Ủy ban|Uỷ ban|UBND|UBMTTQVN|UBMTTQ|MTTQ|HĐND|Mặt trận Tổ quốc|Mặt trận|Liên đoàn Lao động|Liên đoàn|LĐLĐ"
    "|Công đoàn|CĐ|Chi đoàn|Đoàn(?= (?:Cơ quan|Công ty|Viện|Trường|Khối))"
    "|Đoàn Thanh niên|Đoàn đại biểu|Đoàn ĐBQH|Tỉnh đoàn|Tỉnh Đoàn|Thành đoàn|Thành Đoàn"
    "|Huyện đoàn|Thị đoàn"
    "|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|Thị ủy|Thị uỷ|Quận ủy|Đảng ủy|Đảng uỷ|Đảng bộ|Công an"
    "|Tổng cục|Chi cục|Cục|Vụ|Viện|Sở|Ban|Báo|Tạp chí|Đài|Trường|Học viện|Bệnh viện|Kho bạc Nhà nước|Kho bạc|Bảo hiểm"
    "|BHXH|Bưu điện|Viễn thông|Điện lực|Thanh tra|Tòa án|Toà án|TAND|VKSND|Kiểm toán|Bộ Chỉ huy|Bộ CHQS|Bộ Tư lệnh"
    "|Bộ đội|Hải quan|Hội đồng|Hội|Liên hiệp|Liên minh|Hợp tác xã|Phòng|Nhà máy|Nhà xuất bản|Nhà hát|Bảo tàng|Xí nghiệp"
    "|Quỹ|Vườn quốc gia|Khu bảo tồn|Hạt Kiểm lâm|Trạm|Chi nhánh|Đội|Tổ|Thuế|Thi hành án|KBNN|NHNN|NHCSXH|VPQH"
    "|VNPT|Viettel|Agribank|Vietcombank|VietinBank|Vietinbank|BIDV|Sacombank|MobiFone|Mobifone|VinaPhone"
    "|KTNN|BV|TTYT|Lữ đoàn|Sư đoàn|Trung đoàn|Tiểu đoàn|Quân đoàn"
    "|Petrolimex|Co-opmart|HTX|Phân viện|Cơ quan|Bộ|Trại giam|Sân bay|Cảng"
)
AREAS = (
    "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|TP|Tỉnh|Thành phố|Huyện|Quận|Thị xã|Thị trấn|Xã|Phường"
)
HEAD_NOUN = re.compile(rf"(?<![\w-])(?:{_HEADS})(?![\w])")
LOWER_HEAD_NOUN = re.compile(
    r"(?<![\w-])(?:trường|báo|sở|ban|cục|công ty|công an|ngân hàng|trung tâm|viện|văn phòng|cơ quan)"
    rf" (?=[{CAPITAL}])"
)
AREA_NOUN = re.compile(rf"(?<![\w-])(?:{AREAS}) (?=[{CAPITAL}0-9])")
_NO_UNIT = re.compile(
    r"(?:Ban (?:tổ chức|Tổ chức (?:hội|lễ|đã|trao|cũng|tặng|công bố)|giám đốc|Giám đốc|lãnh đạo|Lãnh đạo"
    r"|chấp hành|Thường vụ(?! )|Thường trực(?! )"
    r"|cán sự)|Hội (?:nghị|trường|thi|thao|thảo|đồng (?:Thi đua|thi đua|bình))|Đội ngũ|Tổ (?:quốc|chức|trưởng|Quốc)"
    r"|Bộ (?:trưởng|máy|Chính trị|phận|mặt)|Trường hợp|Công đoàn viên|Trung tâm (?:hội nghị|Hội nghị|của)|Báo cáo"
    r"|Phòng (?:chống|họp|trừ)|Liên (?:hoan|hệ|kết|tục)|Đoàn (?:kết|viên|thể|công tác)|Viện trưởng|Vụ trưởng"
    r"|Cục trưởng|Kiểm toán trưởng|Đảng bộ|Cơ quan (?:[Tt]hường trực|Đảng)|Thanh tra (?:viên|chéo)|Tổ thư ký)(?!\w)"
)
_ALONE = re.compile(
    r"(?:Tỉnh|Thành|Huyện|Thị|Quận) ?(?:đoàn|Đoàn|[uủ][yỷ])|VPQH|KBNN|NHNN|NHCSXH|Kho bạc Nhà nước|Liên đoàn Lao động"
    r"|Mặt trận Tổ quốc"
)
"""Head nouns that are names by themselves."""
_COMPOUNDS = (
    "Văn hóa, Thể thao và Du lịch|Văn hóa, Thể thao & Du lịch|Văn hóa Thể thao và Du lịch|Văn hóa và Thể thao"
    "|Văn hóa, Thể thao|Văn hóa, Khoa học và Thông tin|Lao động, Thương binh và Xã hội|Lao động - Thương binh và Xã hội"
    "|Lao động – Thương binh và Xã hội|Lao động Thương binh và Xã hội|Lao động - Thương binh & Xã hội"
    "|Lao động -Thương binh và Xã hội|Thông tin và Truyền thông|Giáo dục và Đào tạo|Kế hoạch và Đầu tư"
    "|Tài nguyên và Môi trường|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và PTNT|Nông nghiệp và Môi trường"
    "|Khoa học và Công nghệ|Phát thanh và Truyền hình|Phát thanh - Truyền hình|Phát thanh – Truyền hình"
    "|Đoàn ĐBQH và HĐND|Đoàn đại biểu Quốc hội và Hội đồng nhân dân|Đoàn ĐBQH & HĐND|ĐBQH và HĐND|Dân tộc và Tôn giáo"
    "|Lễ tân và Hợp tác quốc tế|Thi đua - Khen thưởng|Thi đua – Khen thưởng|Thi đua, Khen thưởng|Tài chính - Kế hoạch"
    "|Tài chính – Kế hoạch|Dân số - Kế hoạch hóa gia đình|Giáo dục nghề nghiệp - Giáo dục thường xuyên|Đảng – Đoàn thể"
    "|Đảng - Đoàn thể|Quản lý và Khai thác|Đầu tư và Phát triển|Thương mại và Dịch vụ|Tư vấn và Xây dựng"
    "|Tổ chức - Cán bộ"
    "|Nghiên cứu và Phát triển|Xây dựng và Thương mại|Kinh tế và Hạ tầng|Trồng trọt và Bảo vệ thực vật"
    "|Chăn nuôi và Thú y|Bảo vệ và Phát triển rừng|Kiểm dịch và Bảo vệ|Tổ chức – Cán bộ|Tổ chức cán bộ và Đào tạo"
    "|TT&TT|VH,TT&DL|VHTT&DL|LĐ-TB&XH|LĐTB&XH|NN&PTNT|TN&MT|KH&CN|KH&ĐT|GD&ĐT|PT&TH|PT-TH|VH-TT&DL|LĐ,TB&XH"
    "|Lưu trữ và Quản lý|Phòng, chống|Khí tượng và Thủy văn|Cảnh sát phòng cháy, chữa cháy|Bưu chính và Viễn thông"
    "|Đăng ký và Kiểm định|Công nghiệp và Thương mại|Vật tư và Thiết bị|Sách và Thiết bị|Kinh tế, Hạ tầng và Đô thị"
    "|Cấp nước và Vệ sinh|Thuỷ sản và Kiểm ngư|Thủy sản và Kiểm ngư|Quy hoạch và Phát triển|Quy hoạch và Kiến trúc"
    "|Quản lý Đất đai và Môi trường|Văn hóa và Truyền thông|Báo và Phát thanh, Truyền hình"
    "|Báo và phát thanh, truyền hình|Sản - Nhi|Phong - Da liễu"
    "|Lao - Phổi|Lao và Bệnh phổi|Mắt - Da liễu|Y - Dược|Nội tiết - Chuyển hóa"
)
_JOINT = r"(?: ?[-–,&] ?|,? và | )"


def _spellings(compound: str) -> str:
    """A compound however its parts are joined: “Lao động, Thương binh và Xã hội”, “Lao động- Thương binh & Xã hội”."""
    parts = re.split(r" ?[-–,&] ?|,? và ", compound)
    return _JOINT.join(re.escape(part) for part in parts).replace("hóa", "h[óo][aá]")


_COMPOUND = re.compile(
    "|".join(sorted({_spellings(compound) for compound in _COMPOUNDS.split("|")}, key=len, reverse=True)), re.IGNORECASE
)
# A word that ends a name: verbs, prepositions and the like; names of units have none of them in lower case.
_ENDS = words(
    """
    đã được là làm sẽ có của cho với tại trong về theo đến tới từ để khi nhằm cùng các những này cũng đảm giữ nhận
    ký kí thực trao tặng đề thay đạt lên ra vào nêu khẳng đánh ghi do bởi vì nên thì mà như hay hoặc gồm bao tham
    triển hướng năm ngày sáng chiều khối cụm đồng nơi đang vừa tiếp thống chủ nhấn phấn phối xếp dẫn đứng trên trước
    sau qua đại lần chúc mừng rất luôn không chưa còn cần phải nếu tuy bằng vẫn đăng bàn bầu suy cử tiếng ngay giai
    nhiệm dự họp hiện thông trình vinh biểu khen nộp cam gửi mong kết nghe xem thuộc trực xuất khởi long vui đó đây
    vốn cụ riêng đều bỏ thảo điều quyết nỗ
    phân luân kiêm trúng nắm giao tiếp đọc khởi thôi
    """
)
_ENDING_PAIRS = re.compile(
    r"(?:phát (?:biểu|động)|báo cáo|tổ chức|trình bày|chủ (?:trì|tịch|nhiệm|đề)|tổng (?:kết|số|biên)|giám đốc|phó"
    r" (?:chủ|giám|trưởng|bí|cục|vụ|viện|tổng)|trưởng (?:ban|khối|cụm|phòng|đoàn)|khen thưởng|hội nghị|sơ kết|ủy viên"
    r"|bí thư|nhất trí|hoàn thành|phong trào|cờ|trân trọng|đơn vị|thành viên|lãnh đạo|đại diện|cán bộ phụ)(?!\w)",
    re.IGNORECASE,
)
# Words that end a name elsewhere and are part of it after one of these.
_PAIRS_IN_NAMES = frozenset(
    {
        "thường trực", "thường vụ",
        "chuyển giao", "công trình", "giao thông", "giao dịch", "giao lưu", "giao nhận", "tiếp thị", "tiếp công",
        "chính sách", "chính trị", "có hạn", "công nghệ", "cần thơ", "cộng đồng", "cử tri", "dân cử", "dự báo",
        "dự trữ", "dự án", "giải quyết", "hiện hành", "hiện đại", "hướng nghiệp", "hội đồng",
        "hợp tác", "khởi công", "khởi nghiệp", "kết cấu", "lâm đồng", "nghị quyết", "năm căn", "phân bón",
        "phân hiệu", "phân tích", "phân viện", "phổ thông", "thuộc bộ", "thuộc tp", "thuộc tỉnh", "thông phủ",
        "thông tin", "thông vận", "thư ký", "thảo dược", "thảo nguyên", "thống kê", "thực hành", "thực phẩm",
        "thực vật", "triển nông", "truyền thông", "trình độ", "trực thuộc", "viễn thông", "xuất bản", "xuất khẩu",
        "xuất nhập", "xếp dỡ", "điều dưỡng", "điều độ", "đăng kiểm", "đăng ký", "đại biểu", "đại học", "đại lý",
        "đại đoàn", "đến nơi", "đồng nhân",
    }
)  # fmt: skip
_TOKEN = re.compile(
    rf"(?P<sep>[ ]?[-–/&][ ]?|[ ]+|,[ ])(?P<word>[{CAPITAL}{LOWER}][\w’'.&-]*[\w’']|[{CAPITAL}{LOWER}0-9]+)"
)
_ROLE = re.compile(
    r"(?:đơn vị |là )?(?:khối|cụm|phó|trưởng)[ ](?:trưởng|phó|khối|cụm)|cơ quan thường trực|thường trực (?:khối|cụm)",
    re.I,
)
_OFFICE = re.compile(
    r"(?:Giám đốc|Phó |Chủ tịch|Bí thư|Trưởng |Cục trưởng|Vụ trưởng|Viện trưởng|Chánh|Tổng |Hiệu trưởng|Đại tá"
    r"|Thượng tá"
    r"|Ủy viên|Uỷ viên|Thiếu tướng|Khối trưởng|Cụm trưởng|Khối phó|Cụm phó|Trung tá|Phó|Ông (?!Ích)"
    r"|Bà (?!Rịa|Triệu|Đen|Nà|Huyện|Chiểu|Điểm)|Đồng chí)"
)
_OFFICE_BEFORE = re.compile(r"(?:[Gg]iám đốc|[Cc]hủ tịch|[Bb]í thư|[Tt]rưởng|Chánh|Tổng Biên tập|[Pp]hó) \Z")
_SHORTEST_NAME = 2
_LONGEST_NUMBER = 3
"""Digits of the number of a regiment; those of other units are fewer."""
_LONGEST_BEFORE = 24
_MOST_LOWER = 7
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit in a text: where it stands, how it is written, and the ids it may have in the register, if any."""

    start: int
    end: int
    written: str
    ids: frozenset[str] = frozenset()


def find_units(text: str, registered: Iterable[UnitMention] = ()) -> list[UnitMention]:
    """Every unit of the text, in order; `registered` are those found by name, and go before the pattern.

    Where the pattern sees a longer name begin with a registered one (“Sở Y tế” and “Sở Y tế tỉnh Hậu Giang”), the
    longer name is the unit, under no id.
    """
    known = {mention.start: mention for mention in registered}
    units: list[UnitMention] = []
    end = 0
    for start in sorted({*known, *(match.start() for match in HEAD_NOUN.finditer(text)), *_other_starts(text)}):
        if start < end:
            continue
        mention = _at(text, start, known.get(start))
        if mention:
            units.append(mention)
            end = mention.end
    return units


def _other_starts(text: str) -> Iterator[int]:
    """Where a head noun in lower case or an area (“tỉnh Hà Tây”: a cluster's members may be provinces) begins."""
    yield from (match.start() for match in LOWER_HEAD_NOUN.finditer(text))
    yield from (match.start() for match in AREA_NOUN.finditer(text))


def _at(text: str, start: int, known: UnitMention | None) -> UnitMention | None:
    end = unit_end(text, start)
    if known is None:
        return UnitMention(start, end, text[start:end]) if end is not None else None
    if end is not None and end > known.end and _adds_a_name(text[known.end : end]):
        return UnitMention(start, end, text[start:end])
    return known


def _adds_a_name(rest: str) -> bool:
    return bool(re.match(rf" (?:(?:tỉnh|huyện|thành phố|quận|thị xã|TP\.?) )?[{CAPITAL}]", rest))


def unit_end(text: str, start: int) -> int | None:
    """Where the unit's name that begins here ends; `None` if none begins here.

    A name of one bare head noun (“Sở”, “Ban”) is none, but “Tỉnh đoàn” and “Tỉnh ủy” are names by themselves.
    """
    if _NO_UNIT.match(text, start):
        return None
    head = HEAD_NOUN.match(text, start) or LOWER_HEAD_NOUN.match(text, start) or AREA_NOUN.match(text, start)
    if head is None:
        return None
    end = _name_end(text, head.end() - (1 if head[0].endswith(" ") else 0))
    end = _without_person(text, start, end)
    alone = text[start:end] == head[0].strip()
    return None if alone and not _ALONE.match(head[0]) else end


def _name_end(text: str, end: int) -> int:
    lower, words = 0, 0
    while words < _MOST_WORDS:
        compound = _COMPOUND.match(text, end + 1) if text[end : end + 1] == " " else None
        if compound and (compound.end() == len(text) or not text[compound.end()].isalnum()):
            end, lower, words = compound.end(), 0, words + 1
            continue
        token = _TOKEN.match(text, end)
        if token is None or not _goes_on(text, token, end):
            break
        lower = 0 if token["word"][0].isupper() or token["word"][0].isdigit() else lower + 1
        if lower > _MOST_LOWER:
            break
        end, words = token.end(), words + 1
    return end


def _goes_on(text: str, token: re.Match[str], end: int) -> bool:
    """Whether a name goes on with this word after this sign or blank."""
    word, sep, at = token["word"], token["sep"], token.start("word")
    if (
        _ROLE.match(text, at)
        or (word[0].islower() and _ENDING_PAIRS.match(text, at))
        or (word[0].isupper() and _OFFICE.match(text, at))
    ):
        return False
    if sep.strip() == ",":
        return False
    if sep.strip() in ("-", "–", "/"):
        return sep == sep.strip() and word[0].isupper()
    if word.lower() in ("và", "&"):
        return _joins(text, token.end())
    if word[0].isupper():
        return not re.match(r"(?:Khối|Cụm|Hội nghị|Năm|Ảnh)(?!\w)", text[at:])
    if word.isdigit():
        is_number = len(word) < _LONGEST_NUMBER or (len(word) == _LONGEST_NUMBER and text.endswith("đoàn", 0, end))
        return is_number and not re.match(r"\d*[/.]\d", text[at:])
    previous = re.search(r"[\w’']+\Z", text[max(0, end - _LONGEST_BEFORE) : end])
    pair_before = f"{previous[0].lower()} {word}" if previous else word
    following = re.match(r" ([\w’']+)", text[token.end() :])
    pair_after = f"{word} {following[1].lower()}" if following else word
    return word not in _ENDS or pair_before in _PAIRS_IN_NAMES or pair_after in _PAIRS_IN_NAMES


def _joins(text: str, end: int) -> bool:
    """Whether “và” joins two words of one name: what follows begins no unit of its own."""
    following = text[end + 1 :]
    starts_a_unit = HEAD_NOUN.match(following) or re.match(rf"(?:{AREAS}) ", following)
    return bool(re.match(rf"[{CAPITAL}]", following)) and not starts_a_unit and not _OFFICE.match(following)


def _without_person(text: str, start: int, end: int) -> int:
    """The end of the name without the person that stands right behind it (“Thư viện Quốc hội Trịnh Ngọc Cường”)."""
    for name in find_names(text[start:end]):
        is_whole = len(name.written.split()) > _SHORTEST_NAME or _OFFICE_BEFORE.search(
            text[max(0, start - _LONGEST_BEFORE) : start]
        )
        if is_whole and name.end == end - start and name.start > 0 and text[start : start + name.start].strip():
            return start + len(text[start : start + name.start].rstrip())
    return end


def split_list(text: str) -> list[str]:
    """The units of a list as a sentence writes it, each whole: “Cục Quản trị I, Vụ Lễ tân và Hợp tác quốc tế và …”.

    Semicolons split for certain; a comma or “và” splits where a unit begins after it, or where the items share one
    head noun (“các sở: Nội vụ, Tư pháp và Tài chính”). Then every item gets the head noun.
    """
    text = text.strip().rstrip(".…")
    if ";" in text:
        return [item for part in text.split(";") for item in _distributed(_cleaned(part)) if item]
    return _distributed(text)


_SHARED = re.compile(
    r"(?:(?:các|những|[0-9]{1,2}) )?(?P<noun>viện kiểm sát(?: nhân dân)?|viện ksnd|vksnd|t(?:òa|oà) án nhân dân|tand"
    r"|sở|ban|cục|vụ|viện|trường|huyện|xã|phường|tỉnh|thành phố|công ty"
    r"|đơn vị|cơ quan"
    r"|quận, huyện|quận|thị trấn|xã, thị trấn|xã, phường|chi cục|phòng|bộ|công an (?:các )?(?:tỉnh|huyện|xã|phường)"
    r"|công an tỉnh|huyện ủy|hội|trung tâm|trường thpt|trường mầm non|trường tiểu học|trường thcs|ubnd xã|ubnd huyện"
    r"|ubnd phường)"
    r"(?P<more>(?:, (?:ban|ngành|thị xã|thành phố|phường|thị trấn|đơn vị))*)(?P<colon>:"
    r"| gồm:?)? ?(?=[A-ZĐÁÀẢÃẠÂĂÊÔƠƯỦÍÝ0-9])",
    re.IGNORECASE,
)


_OF_AREAS = re.compile(
    rf"(?P<whose>[{CAPITAL}][^,;:.]{{1,40}}?) (?:các|[0-9]{{1,2}}) (?P<area>tỉnh|thành phố|huyện|quận|xã|phường)"
    rf"(?P<more>(?:, (?:{AREAS}))*):? (?=[{CAPITAL}])"
)
"""“Hội Nông dân các tỉnh: Hà Tĩnh, Quảng Bình”."""


def _distributed(text: str) -> list[str]:
    of_areas = _OF_AREAS.match(text)
    if of_areas:
        items = [_cleaned(item) for item in _separated(text[of_areas.end() :])]
        area = "" if of_areas["more"] else f"{of_areas['area']} "
        named = (item if re.match(rf"(?:{AREAS}) ", item) else f"{area}{item}" for item in items if item)
        return [f"{of_areas['whose']} {item}" for item in named]
    shared = _SHARED.match(text)
    noun = shared["noun"] if shared and (shared["colon"] or text.lower().startswith(("các ", "những "))) else ""
    noun = "" if noun.lower() in ("đơn vị", "cơ quan", "bộ") else noun.replace("các ", "")
    rest = text[shared.end() :] if shared and (shared["colon"] or noun) else text
    items = [_cleaned(item) for item in _whole(_separated(rest))]
    if noun:
        return [_with_noun(noun, item) for item in items if item]
    return [item for item in _carried(items) if item]


def _whole(pieces: Sequence[str]) -> Iterator[str]:
    """Pieces of which one that begins in lower case goes on with the name before it (“Ban Bảo vệ, chăm sóc …”)."""
    name = ""
    for piece in pieces:
        goes_on = (
            piece.strip()[:1].islower()
            and not re.match(rf"\s*(?:{AREAS}) ", piece)
            and not LOWER_HEAD_NOUN.match(piece.strip())
        )
        if name and goes_on:
            name = f"{name}, {piece.strip()}"
            continue
        if name:
            yield name
        name = piece
    if name:
        yield name


_NUMERAL = r"(?:[IVX]+|[0-9]{1,2})[a-z]?"


def _carried(items: Sequence[str]) -> Iterator[str]:
    """Items that lack a head noun take that of the item before: “Huyện ủy Ea H’leo, Krông Pắc”."""
    noun = previous = ""
    for item in items:
        head = HEAD_NOUN.match(item) or LOWER_HEAD_NOUN.match(item) or re.match(rf"(?:{AREAS})(?= )", item)
        if head:
            of_an_area = re.match(rf"[^,]{{2,40}}? (?:{AREAS})(?= [{CAPITAL}])", item)
            noun = (of_an_area or head)[0].strip()
            yield item
        elif re.fullmatch(_NUMERAL, item) and previous:
            yield re.sub(rf"{_NUMERAL}\Z", item, previous)
        else:
            yield f"{noun} {item}".strip() if re.match(rf"[{CAPITAL}]", item) else item
        previous = item if not re.fullmatch(_NUMERAL, item) else previous


def _with_noun(noun: str, item: str) -> str:
    # Courts have areas; an area in a list of areas is a whole name.
    is_whole = re.match(rf"(?:{AREAS})(?= )", item) and re.match(rf"(?:{AREAS})\b", noun)
    if HEAD_NOUN.match(item) or is_whole:
        return item
    return f"{noun[0].upper()}{noun[1:]} {item}"


def _separated(text: str) -> list[str]:
    """The pieces between commas and “và” that split; compounds such as “Văn hóa, Thể thao và Du lịch” stay whole."""
    whole = [match.span() for match in _COMPOUND.finditer(text)]
    pieces, start = [], 0
    bare = not any(HEAD_NOUN.match(part.strip()) for part in re.split(r", | và ", text)[1:])
    for match in re.finditer(r",\s*(?:và )?|\s+(?:và|cùng|với)\s+|\s*\n\s*", text):
        inside = any(left < match.start() < right for left, right in whole)
        if not inside and (match[0].lstrip().startswith(",") or bare or not _joins(text, match.end() - 1)):
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]


def _cleaned(item: str) -> str:
    item = re.sub(r"\A[\s\-–+•*:]+|[\s.;,:]+\Z", "", item)
    item = item.replace(")", "") if item.count(")") > item.count("(") else item
    return re.sub(
        r"\A(?:và|cùng|với) ", "", re.sub(r"\s*\((?:đơn vị )?(?:khối|cụm|phó|trưởng)[^)]*\)", "", item, flags=re.I)
    )
