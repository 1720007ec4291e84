"""Who heads a bloc, is its deputy or its standing body, as bulletins say it; elections and hand-overs with them.

“X (Khối trưởng)”, “X – Khối trưởng Khối thi đua III”, “X làm Khối trưởng”, “Khối trưởng là X”, “vai trò Khối trưởng do
X đảm nhiệm”, “suy tôn X làm Cụm trưởng”, “bàn giao chức vụ Trưởng khối năm 2024 cho X”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from bulletins.phrases.blocs import BlocMention, find_blocs
from bulletins.phrases.sentences import Sentence, sentences
from bulletins.phrases.units import AREA_NOUN, UnitMention, split_list
from bulletins.vietnamese.person_names import CAPITAL, PersonName, find_names

Role = Literal["head", "deputy", "standing_body"]
Deed = Literal["holds", "elected", "assigned", "hands_over", "takes_over"]

_B = r"(?:khối|cụm)"
_TITLE = re.compile(
    rf"(?<![\w])(?:(?P<deputy>phó(?: trưởng)? {_B}(?: trưởng)?|{_B} phó|phó {_B} trưởng|phó trưởng {_B})"
    rf"|(?P<head>{_B} trưởng|trưởng {_B}|trưởng ban {_B}(?= thi đua))"
    rf"|(?P<standing_body>(?:cơ quan|đơn vị) thường trực(?:(?: của)? (?:khối|cụm))?))(?![\w])",
    re.IGNORECASE,
)
_TITLES = (
    *(f"{title} {bloc}" for title in ("phó", "trưởng", "trưởng ban") for bloc in ("khối", "cụm")),
    *(f"{bloc} {title}" for title in ("phó", "trưởng") for bloc in ("khối", "cụm")),
    "thường trực",
)
_OF_TITLES = ("phó", "trưởng", "thường trực")
"""Every title has one of these: a quick way past texts that have none."""
_TAIL = re.compile(
    r"(?: (?:số )?[12](?=:| là ))?(?:,? ?(?:của |thuộc )?(?:(?:khối|cụm)(?: này)?"
    r"|thi đua(?:,? khen thưởng)?))?(?P<bloc>)(?:[ ,]{1,2}(?:trong )?(?:năm"
    r"|nhiệm kỳ|giai đoạn|của năm)"
    r" (?P<year>(?:19|20)[0-9]{2}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:[Nn]ăm|[Nn]hiệm kỳ|NĂM)(?: công tác)? (?P<year>(?:19|20)[0-9]{2})(?![0-9])")

_ELECTED = r"(?:bầu|suy tôn|cử|chọn|giới thiệu|biểu quyết|đề cử|tín nhiệm|nhất trí"
_ELECTED += r"|thống nhất(?! đất nước| tổ quốc)|bình bầu|lựa chọn)"
_VERB = (
    r"(?:tiếp tục|sẽ|đã|cùng|vinh dự|được|vinh dự được|hội nghị|các đơn vị|khối|cụm|tín nhiệm|nhất trí"
    r"|thống nhất|bầu chọn"
    rf"|{_ELECTED}|phân công|giao|chỉ định|bổ nhiệm|luân phiên|tin tưởng|đề nghị|hiện"
    rf"|hiện nay|đang|lần lượt"
    r"|trúng cử|nhận|và|đơn vị|trở thành)"
)
_IS = (
    r"(?:là|làm|giữ|nắm giữ|đảm nhiệm|đảm nhận|đảm đương|nhận|đảm trách|giữ chức vụ|giữ chức|với|trong|tiếp nhận"
    r"|tiếp quản|nhận bàn giao|trúng cử)"
    r"(?: (?:vai trò|chức vụ|chức danh|cương vị|nhiệm vụ|trách nhiệm|chức|vị trí|trọng trách|nhiệm kỳ))?(?: là"
    r"| làm| của)?"
)
_AFTER_UNIT = re.compile(
    rf"(?:,? ?\((?:hiện )?(?:là |giữ vai trò |làm |đảm nhiệm )?(?:đơn vị |cơ quan )?"
    rf"|(?:,| ?[-–—])? (?:(?:đơn vị|cơ quan) )?(?:{_VERB},? )*{_IS},? (?:đơn vị |cơ quan )?(?:đăng cai )?"
    rf"|,? (?:{_VERB} )*được (?:{_VERB} )*(?:phân công |giao |bầu |cử |suy tôn |chọn )(?:là |làm "
    rf"|giữ )?(?:nhiệm vụ |vai trò |chức )?(?:đơn vị )?"
    rf"|(?:,| ?[-–—]) ?(?:hiện |đồng thời )?(?:là |làm |giữ vai trò )?(?:đại diện (?:cho )?|thay mặt (?=đơn vị ))?"
    rf"(?:đơn vị |cơ quan )?|[ ](?:là |kiêm |đại diện (?:cho )?|thay mặt (?=đơn vị ))?(?:đơn vị )?)\Z",
    re.IGNORECASE,
)
_HAS_A_ROLE = re.compile(
    rf",? (?:{_VERB},? )*{_IS},? (?:đơn vị )?(?:phó|trưởng|khối|cụm) ?(?:trưởng|phó|khối|cụm)", re.IGNORECASE
)
_AFTER_PERSON = re.compile(r"(?:,| ?[-–—]| ?\()? ?(?:là |làm )?(?:đơn vị )?\Z")
_BEFORE_UNIT = re.compile(
    r"(?: ?\)?,? ?(?:thi đua|khối|cụm)?,? (?:(?:hiện )?(?:là|thuộc về|cho|gồm|do|được giao cho|giao cho"
    r"|được giao|cho đơn vị|sẽ do|tiếp tục do)(?: các)?:? ?"
    r"(?:đơn vị |đại diện |lãnh đạo )?)|: ?(?:đơn vị )?|,? (?:đơn vị )?|\) ?| \((?:là )?)\Z",
    re.IGNORECASE,
)
_IN_THE_ROLE = re.compile(
    r"(?:là|với vai trò(?: là)?|với tư cách(?: là)?|trong vai trò(?: là)?|trên cương vị(?: là)?|ở vai trò"
    r"|đảm nhiệm vai trò)(?: đơn vị)? \Z",
    re.I,
)
_SUBJECT = re.compile(
    r"[^,.;]{0,60}, (?:thay mặt [^,]{2,40}, )?(?:đại diện )?(?:lãnh đạo )?(?:(?:đồng chí|ông|bà"
    r"|đ/c) [^,]{4,40}, [^,.;]{2,40})?"
)
_NAMES_WHAT_FOLLOWS = re.compile(
    r",? ?(?:hiện )?(?:là|:|thuộc về|do|được giao cho|giao cho) ?(?:đơn vị )?(?=[A-ZĐÂĂÊÔƠƯỦ])"
)
_OF_THE_OWNER = re.compile(
    r",?(?: (?:trong )?(?:năm|nhiệm kỳ) (?:19|20)[0-9]{2})?,? (?:là|thuộc về|do) (?:đơn vị )?", re.IGNORECASE
)
_VOTED_TO_BE = re.compile(
    r"(?:được (?:[^,.;]{0,30} )?(?:bầu|suy tôn|tín nhiệm|cử|chọn|phân công|giao)(?: chọn)?"
    r"(?: (?:là|làm|giữ|đảm nhiệm|đảm nhận))?|đồng thời (?:là|làm|giữ))(?: (?:vai trò|chức|nhiệm vụ|đơn vị))* \Z",
    re.IGNORECASE,
)
_TAKES_OVER = re.compile(r"(?:nhận|tiếp nhận|tiếp quản) (?:lại )?(?:nhiệm vụ|vai trò|bàn giao|cờ|chức)", re.IGNORECASE)
_CALLED = re.compile(r" ?\([^()]*(?:gọi|viết) (?:tắt|chung|là)[^()]*\)")
_SHARED_NOUN = re.compile(r"[Cc]ác \Z")
_LIST_OF_ROLES = re.compile(r":[^.]*\Z")
_HANDS_OVER = re.compile(
    r"bàn giao|chuyển giao|trao (?:lại )?(?:cờ luân lưu|biểu trưng|nhiệm vụ|chức|quyền|vai trò|cờ)|giao lại"
    r"|trao cờ|bàn giao cờ",
    re.I,
)
_TO = re.compile(
    r"(?:cho|sang|đến|tới)(?: (?:đơn vị|đại diện|lãnh đạo|đồng chí|ông|bà|tân [Kk]hối trưởng"
    r"|[A-ZĐ][^,.;]{0,40}?))?,? \Z"
)
_ELECTS = re.compile(rf"(?<!\w){_ELECTED}(?!\w)", re.IGNORECASE)
_ASSIGNS = re.compile(
    r"(?<!\w)(?:phân công|chỉ định|được giao|giao nhiệm vụ|giao cho|luân phiên|kiện toàn)(?!\w)", re.IGNORECASE
)
_ISSUES = re.compile(r"(?:khen|cờ|thưởng|tặng|quyết định)(?: \w+){0,4} (?:của|do) \Z|(?:được|do) \Z", re.IGNORECASE)
_SEPARATES = re.compile(
    r"[.;:!?]|(?<!\w)(?:và|tổ chức|chủ trì|trình bày|phát biểu|cho biết|đề nghị|tặng|báo cáo|tham dự)(?!\w)", re.I
)
_BARE = re.compile(
    rf"(?<![\w])(?P<name>[{CAPITAL}]\w*(?: [{CAPITAL}]\w*){{0,3}})(?= \((?:đơn vị )?(?:[Kk]hối|[Cc]ụm|[Pp]hó"
    rf"|[Tt]rưởng)[ ](?:trưởng|phó|khối|cụm)\))"
)
_INSTEAD = re.compile(r"(?<!\w)thay(?: thế| cho)* \Z", re.IGNORECASE)
_OUTCOME = re.compile(r"(?:Kết quả|Theo đó|Cụ thể|Trong đó)(?!\w)")
"""How the sentence behind a vote begins."""
_REACH = 120


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A unit in a role of a bloc: both spans together, how the role is written, and for which year, if it says so.

    `deed` is how: it holds the role, is elected or assigned to it, hands it over or takes it over. `person` speaks for
    the unit; `bloc` is the bloc the role's words name (“Khối trưởng Khối thi đua số 2”), if they do.
    """

    start: int
    end: int
    written: str
    role: Role
    unit: UnitMention
    role_written: str
    deed: Deed = "holds"
    year: int | None = None
    person: str | None = None
    bloc: BlocMention | None = None


@dataclass(frozen=True, slots=True)
class _Title:
    """The words of a role in a sentence, its bloc's name and year included."""

    start: int
    end: int
    role: Role
    written: str
    year: int | None
    bloc: BlocMention | None
    core_end: int


def find_roles(text: str, units: Sequence[UnitMention]) -> list[RoleMention]:
    """Every unit that the text gives a role, in order; `units` are those of the text, with its offsets."""
    roles: list[RoleMention] = []
    vote: int | None = None
    for sentence in sentences(text) if has_role(text) else ():
        if not has_role(sentence.text):
            vote = None
            continue
        inside = [unit for unit in units if sentence.start <= unit.start < sentence.start + len(sentence.text)]
        moved = list(_each(sentence.text, [_moved(unit, -sentence.start) for unit in inside]))
        moved = sorted([*moved, *_bare(sentence.text, moved)], key=lambda unit: unit.start)
        said = list(_with_years(list(_in_sentence(sentence, moved))))
        if vote and _OUTCOME.match(sentence.text):
            said = [replace(role, year=role.year or vote, deed="elected") for role in said]
        vote = None if said else _voted_for(sentence.text)
        roles += said
    return roles


def _voted_for(text: str) -> int | None:
    """The year of a vote that a sentence tells of without its outcome: “… bầu Cụm trưởng, Cụm phó năm 2021.”"""
    year = _YEAR.search(text) if _ELECTS.search(text) and _TITLE.search(text) else None
    return int(year["year"]) if year else None


def _with_years(roles: list[RoleMention]) -> Iterator[RoleMention]:
    """A year said once: “Trưởng khối năm 2016: A; Phó khối: B”, “A làm Cụm trưởng, B làm Cụm phó năm 2024”."""
    year: int | None = None
    for role, following in zip_longest(roles, roles[1:]):
        year = role.year or year
        if role.year is None and role.deed not in ("hands_over", "takes_over"):
            is_pair = following is not None and (role.role, following.role) == ("head", "deputy")
            behind = following.year if following is not None and is_pair else None
            yield replace(role, year=year if role.role == "deputy" else behind)
        else:
            yield role


def _bare(text: str, units: Sequence[UnitMention]) -> Iterator[UnitMention]:
    """Names without a head noun that have a role in brackets: “Sở Tài chính các tỉnh: Phú Lộc (Cụm trưởng), …”."""
    for match in _BARE.finditer(text):
        if not any(unit.start <= match.start("name") < unit.end for unit in units):
            yield UnitMention(match.start("name"), match.end("name"), match["name"])


def _each(text: str, units: Sequence[UnitMention]) -> Iterator[UnitMention]:
    """The units one by one: “các trường Tiểu học A và Tiểu học B” are two, “(gọi tắt là B)” is none beside its own."""
    called = [match.span() for match in _CALLED.finditer(text)]
    # A unit inside the name of a bloc is none: “Khối thi đua các cơ quan Đảng”.
    called += [(bloc.start, bloc.end) for bloc in find_blocs(text) if bloc.number is None]
    for unit in units:
        if any(start < unit.start and unit.end <= end for start, end in called):
            continue
        if " và " in unit.written and _SHARED_NOUN.search(text[: unit.start]) and not unit.ids:
            yield from _pieces(unit)
        else:
            yield unit


def _pieces(unit: UnitMention) -> Iterator[UnitMention]:
    start = unit.start
    for name in split_list(f"các {unit.written}"):
        end = unit.written.find(" và ", start - unit.start)
        end = unit.end if end < 0 else unit.start + end
        yield UnitMention(start, end, name)
        start = end + len(" và ")


def has_role(text: str) -> bool:
    """Whether the text speaks of a head, deputy or standing body at all."""
    lowered = text.lower()
    is_likely = any(word in lowered for word in _OF_TITLES) and any(words in lowered for words in _TITLES)
    return is_likely and _TITLE.search(text) is not None


def _moved(unit: UnitMention, by: int) -> UnitMention:
    return UnitMention(unit.start + by, unit.end + by, unit.written, unit.ids)


def _in_sentence(sentence: Sentence, units: list[UnitMention]) -> Iterator[RoleMention]:
    titles = _titles(sentence.text)
    people = list(find_names(sentence.text)) if titles else []
    for n, title in enumerate(titles):
        handed = list(_handed_over(sentence, title, units, people))
        single = [] if handed else list(_holder(sentence, title, units, people))
        yield from handed or single or list(_shared(sentence, titles, n, units))


def _titles(text: str) -> list[_Title]:
    blocs = {bloc.start: bloc for bloc in find_blocs(text)}
    titles: list[_Title] = []
    for match in _TITLE.finditer(text):
        role: Role = "deputy" if match["deputy"] else "head" if match["head"] else "standing_body"
        if role == "standing_body" and not re.search(
            r"khối|cụm", text[match.start() : match.end() + 40], re.IGNORECASE
        ):
            continue
        titles.append(_title(text, match, role, blocs))
    return titles


def _title(text: str, match: re.Match[str], role: Role, blocs: dict[int, BlocMention]) -> _Title:
    end, bloc = match.end(), None
    # The bloc's own word may be the last of the title: “Trưởng Khối thi đua các cơ quan tham mưu”.
    last_word = match.end() - len(match[0].split()[-1])
    for start in (last_word, match.end() + 1):
        if start in blocs:
            bloc = blocs[start]
            end = bloc.end
    if bloc and role == "deputy" and text[end : end + 1] == ":":
        bloc = None  # “Phó khối 2: …” numbers the deputies
    following = _TAIL.match(text, end)
    year = int(following["year"]) if following and following["year"] else None
    if following and following[0]:
        end = following.end()
    return _Title(match.start(), end, role, text[match.start() : end], year, bloc, match.end())


def _holder(
    sentence: Sentence, title: _Title, units: list[UnitMention], people: list[PersonName]
) -> Iterator[RoleMention]:
    """The unit right before or after the words of the role."""
    text = sentence.text
    if _ISSUES.search(text[: title.start]):
        return
    before = None if _names_what_follows(text, title, units) else _unit_before(text, title, units, people)
    if before:
        unit, person = before
        partner = _partner(text, title, unit, units)
        if partner:
            yield _mention(sentence, title, partner, None)
        yield _mention(sentence, title, unit, person)
        return
    after = _unit_after(text, title, units, people)
    if after:
        unit, person = after
        yield _mention(sentence, title, unit, person)
    elif len(units) == 1 and units[0].end < title.start and _VOTED_TO_BE.search(text[: title.start]):
        yield _mention(sentence, title, units[0], None)  # “A đạt điểm cao nhất, đồng thời được bầu làm Cụm phó”


def _names_what_follows(text: str, title: _Title, units: list[UnitMention]) -> bool:
    """“Khối trưởng là A”; and in a list, “như sau: Trưởng khối - A, Phó khối - B”."""
    if _NAMES_WHAT_FOLLOWS.match(text, title.end):
        return True
    following = next((unit for unit in units if unit.start >= title.end), None)
    dash = following is not None and re.fullmatch(r" ?[-–—] ?", text[title.end : following.start])
    return bool(dash and _LIST_OF_ROLES.search(text[: title.start]))


def _partner(text: str, title: _Title, unit: UnitMention, units: list[UnitMention]) -> UnitMention | None:
    """A of “A và B cùng giữ nhiệm vụ Khối phó”, and of “gồm X (Khối trưởng), A và B (Khối phó), C”.

    Amid a list “và” joins none but those who share the role.
    """
    first = next((other for other in reversed(units) if other.end <= unit.start), None)
    if title.role != "deputy" or first is None or text[first.end : unit.start] != " và ":
        return None
    amid_a_list = re.match(r"\)[,;]", text[title.end :])
    both = text[unit.end :].startswith(" cùng ") or _SHARED_NOUN.search(text[: first.start])
    return first if amid_a_list or both else None


def _unit_before(
    text: str, title: _Title, units: list[UnitMention], people: list[PersonName]
) -> tuple[UnitMention, str | None] | None:
    actor: UnitMention | None = None
    for unit in reversed([unit for unit in units if unit.end <= title.start and title.start - unit.end < _REACH]):
        between = _CALLED.sub("", text[unit.end : title.start])
        if _acts_on_another(text, unit, between):
            actor = unit
            continue
        if actor:
            between = _INSTEAD.sub("", text[unit.end : actor.start]) + text[actor.end + 1 : title.start]
        if _AFTER_UNIT.match(between):
            return unit, _person_before(text, unit, people)
        person = next((name for name in people if unit.end <= name.start and name.end <= title.start), None)
        if person and _AFTER_PERSON.match(text[person.end : title.start]):
            gap = text[unit.end : person.start]
            if re.fullmatch(r",? ?[-–—]?,? ?(?:do |là )?(?:đồng chí |ông |bà |đ/c )?", gap):
                return unit, person.written
        return None
    return None


def _acts_on_another(text: str, unit: UnitMention, between: str) -> bool:
    """“X được Bộ Công an phân công làm …”: the unit right before the role gives it to the unit before.

    In “X thay Y làm …” it had the role until then.
    """
    if _INSTEAD.search(text[: unit.start]):
        return True
    passive = re.search(r"(?:được|do) \Z", text[: unit.start])
    return bool(
        passive and re.match(r" (?:đã )?(?:phân công|giao|chỉ định|bầu|tín nhiệm|cử|chọn|bổ nhiệm)(?!\w)", between)
    )


def _person_before(text: str, unit: UnitMention, people: list[PersonName]) -> str | None:
    """The person whose office stands between the name and the unit: “ông Đặng Khánh Ngọc - Viện trưởng Viện …”."""
    for person in reversed([name for name in people if name.end <= unit.start]):
        if re.fullmatch(r"(?:,| ?[-–—])? ?(?:[^,.;()–]{2,60}[,–-] ?)?[^,.;()]{2,40} ?", text[person.end : unit.start]):
            return person.written
        return None
    return None


def _unit_after(
    text: str, title: _Title, units: list[UnitMention], people: list[PersonName]
) -> tuple[UnitMention, str | None] | None:
    following = next((unit for unit in units if unit.start >= title.end), None) or next(
        (unit for unit in units if title.core_end <= unit.start < title.end), None
    )
    if following is None or following.start - title.core_end > _REACH:
        return None
    next_unit = next((unit for unit in units if unit.start >= following.end), None)
    if next_unit and _OF_THE_OWNER.fullmatch(text[following.end : next_unit.start]):
        return next_unit, None  # “Cụm trưởng Cụm thi đua số 5, Bộ Công an năm 2018 là Công an tỉnh Quảng Trị”
    if re.match(r",? ?\((?:đơn vị )?(?:khối|cụm|phó|trưởng) ", text[following.end :], re.IGNORECASE):
        return None  # “… là A (Cụm trưởng) và B (Cụm phó)”: each has its role behind it
    if _IN_THE_ROLE.search(text[: title.start]) and _SUBJECT.fullmatch(text[title.end : following.start]):
        return following, next((name.written for name in people if title.end <= name.start <= following.end + 2), None)
    between = text[min(title.end, following.start) : following.start]
    if re.fullmatch(r" ?[-–—] ?", between) and (
        _LIST_OF_ROLES.search(text[: title.start]) or _set_off(text, title, following)
    ):
        return following, None
    if _BEFORE_UNIT.fullmatch(between):
        is_place = not between.strip() and AREA_NOUN.match(following.written) is not None and title.bloc is not None
        is_next = between.strip() == "," and _HAS_A_ROLE.match(text, following.end) is not None
        return None if is_place or is_next else (following, None)
    person = next((name for name in people if title.end <= name.start < following.start), None)
    if person is None or not re.fullmatch(
        r",? ?(?:là |do )?(?:đồng chí |ông |bà |đ/c )?", text[title.end : person.start]
    ):
        return None
    office = text[person.end : following.start]
    return (
        (following, person.written)
        if re.match(r"(?:,| ?[-–—])", office) and len(office) < 90 and "." not in office
        else None
    )


def _set_off(text: str, title: _Title, unit: UnitMention) -> bool:
    """Whether a unit between dashes says who bears the title before: “Đơn vị Trưởng khối - Sở Y tế - chủ trì”."""
    return bool(re.match(r" [-–—] ", text[unit.end :]) and re.search(r"(?:\A|[Đđ]ơn vị )\Z", text[: title.start]))


def _handed_over(
    sentence: Sentence, title: _Title, units: list[UnitMention], people: list[PersonName]
) -> Iterator[RoleMention]:
    """Both sides of a hand-over: who gives the role, before the verb, and who gets it, after “cho”."""
    text = sentence.text
    verb = next(
        (v for v in _HANDS_OVER.finditer(text) if v.start() < title.start and title.start - v.end() < _REACH), None
    )
    if verb is None:
        return
    pair = [unit for unit in units if unit.start >= title.core_end][:2]
    if len(pair) > 1 and text[: pair[0].start].endswith("giữa ") and text[pair[0].end : pair[1].start] == " và ":
        yield _mention(sentence, title, pair[0], None, "hands_over", None)
        yield _mention(sentence, title, pair[1], None, "takes_over", title.year)
        return
    after = next(
        (u for u in units if u.start >= title.core_end and _TO.search(_without_people(text[title.core_end : u.start]))),
        None,
    )
    if after is None:
        return
    giver = next((u for u in reversed(units) if u.end <= verb.start() and verb.start() - u.end < _REACH), None)
    year = title.year or _year_between(text, title.end, after.start)
    taker_year = year
    if giver:
        yield _mention(sentence, title, giver, _person_after(text, giver, people, verb.start()), "hands_over", None)
    yield _mention(sentence, title, after, _person_after(text, after, people, len(text)), "takes_over", taker_year)


def _without_people(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _person_after(text: str, unit: UnitMention, people: list[PersonName], end: int) -> str | None:
    person = next((name for name in people if unit.end <= name.start < min(end, unit.end + 12)), None)
    return person.written if person else _person_before(text, unit, people)


def _year_between(text: str, start: int, end: int) -> int | None:
    year = _YEAR.search(text, start, end)
    return int(year["year"]) if year else None


def _shared(sentence: Sentence, titles: list[_Title], n: int, units: list[UnitMention]) -> Iterator[RoleMention]:
    """“bầu cụm trưởng và cụm phó là A và B”: titles and units in the same order, joined alike."""
    text, title = sentence.text, titles[n]
    group = _row(text, [(title.start, title.end) for title in titles])
    if n >= len(group) or len(group) != len(titles) or len(titles) < 2:
        return
    following = [unit for unit in units if unit.start >= titles[-1].end]
    row = _row(text, [(unit.start, unit.end) for unit in following])
    if len(row) == len(titles) and re.search(r"(?:là|cho|gồm|:)", text[titles[-1].end : following[0].start]):
        yield _mention(sentence, title, following[n], None)


def _row(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first spans that are joined by nothing but commas and “và”."""
    row = spans[:1]
    for left, right in pairwise(spans):
        if not re.fullmatch(r"\s*(?:,|;|và|,\s*và)\s*", text[left[1] : right[0]]):
            break
        row.append(right)
    return row


def _mention(
    sentence: Sentence,
    title: _Title,
    unit: UnitMention,
    person: str | None,
    deed: Deed | None = None,
    year: int | None = -1,
) -> RoleMention:
    text = sentence.text
    start, end = min(title.start, unit.start), max(title.end, unit.end)
    deed = deed or _deed(text, start, end)
    year = _year_of(text, title, start, end) if year == -1 else year
    at = sentence.start
    bloc = title.bloc
    moved = BlocMention(bloc.start + at, bloc.end + at, bloc.written, bloc.kind, bloc.number) if bloc else None
    return RoleMention(
        start=start + at,
        end=end + at,
        written=text[start:end],
        role=title.role,
        unit=_moved(unit, at),
        role_written=title.written,
        deed=deed,
        year=year,
        person=person,
        bloc=moved,
    )


def _deed(text: str, start: int, end: int) -> Deed:
    around = text[max(0, start - 70) : end]
    if _HANDS_OVER.search(around) or _TAKES_OVER.search(around):
        return "takes_over"
    clause = re.split(r"[.;]", around)[-1] if ";" in around else around
    if _ELECTS.search(clause):
        return "elected"
    return "assigned" if _ASSIGNS.search(around) else "holds"


def _year_of(text: str, title: _Title, start: int, end: int) -> int | None:
    """The year of the role: in its own words, right behind them, or at the head of the sentence."""
    if title.year:
        return title.year
    inside = _YEAR.search(text, start, end)
    behind = re.match(
        r"[^.;]{0,40}?(?:năm|nhiệm kỳ)(?: công tác)? (?P<year>(?:19|20)[0-9]{2})", text[end:], re.IGNORECASE
    )
    if inside:
        return int(inside["year"])
    if behind and not _SEPARATES.search(behind[0]):
        return int(behind["year"])
    head = re.match(r"(?:Trong |Bước vào |Bước sang |Sang )?[Nn]ăm (?P<year>(?:19|20)[0-9]{2})", text)
    if head:
        return int(head["year"])
    owner = re.search(r"(?:năm|nhiệm kỳ) (?P<year>(?:19|20)[0-9]{2}),? (?:của )?\Z", text[: title.start])
    if owner:
        return int(owner["year"])
    earlier = re.search(
        r"(?:năm|nhiệm kỳ) (?P<year>(?:19|20)[0-9]{2})(?: (?:là|gồm|như sau))?:? ?[^.;]{0,60}\Z", text[:start]
    )
    return int(earlier["year"]) if earlier and _ELECTS.search(text[:start]) else None
