"""Every field of a bulletin's front matter: its name, type, default and meaning, said once.

Reading, checking, the authors' table, the JSON Schema and the JSON of agencies all follow from these classes.
What a bulletin does not say stays empty (`None` or an empty list) and is never guessed; `as` holds the exact words
of a source, `origin` says on what a statement rests.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from bulletins.domain import kinds
from bulletins.domain.attribution import ids_of_awards, year_of_award, years_spoken_of
from bulletins.domain.citations import Citation, Cited, Mention
from bulletins.domain.focus import FocusPoint
from bulletins.domain.record import (
    NO_DAY,
    AlsoTyped,
    BlocId,
    ChangeInPercent,
    CodeOf,
    CodeOrWords,
    Count,
    Day,
    Flag,
    FormerAddress,
    HostIfKnown,
    Instant,
    Language,
    Listed,
    ListedBlocs,
    ListedTexts,
    ListedUnits,
    MovementId,
    Number,
    OrganiserId,
    PartialDay,
    Record,
    Slug,
    Text,
    UnitId,
    UnknownName,
    Wholesale,
    Year,
    about,
    beginning,
    is_school_year,
    short,
)
from bulletins.vietnamese.dates import PartialDate, iso
from bulletins.vietnamese.folding import fold, slug

Origin = Annotated[str, CodeOf(kinds.ORIGINS)]
WhoseBloc = BlocId | None
WHOSE: Any = about("Của khối nào, khi bản tin nói về nhiều khối", "Whose, where there are several blocs", None)


class Source(Record):
    """Where the facts of a bulletin come from."""

    publisher: Text | None = about(
        "Cơ quan báo chí, cổng thông tin đã đưa tin", "Who published the source", None, usual=True
    )
    title_as: Text | None = about("Tiêu đề gốc, giữ nguyên chữ hoa", "Title exactly as published", None)
    prefix: Text | None = about("Ký hiệu đứng đầu tin gốc, ví dụ “BDK.VN - ”", "Prefix before the source's lead", None)
    url: Text | None = about("Địa chỉ trang gốc", "Address of the source", None, usual=True)
    alternates: Listed[Text] = about("Các địa chỉ khác của cùng tin", "Other addresses of it", ())


class Byline(Record):
    """An author of the source."""

    name: Text | None = about("Tên hoặc bút danh", "Name or pen name", None, usual=True)
    roles: Listed[Annotated[str, CodeOf(kinds.BYLINE_ROLES)]] = about("Phần việc", "What they did", (), usual=True)
    anonymous: Flag = about("Không nêu tên (“PV”)", "No name is given", False)


class Place(Record):
    """Where a ceremony was held."""

    name: Text | None = about("Tên địa điểm", "Name of the place", None, usual=True)
    province: Text | None = about("Tỉnh, thành phố theo tên gọi lúc đó", "Province, by its name on the day", None)


# A field called `kinds` hides the module from the fields after it.
CeremonyKind = Annotated[str, CodeOf(kinds.CEREMONIES)]
PartOfDay = Annotated[str, CodeOf(kinds.PARTS_OF_DAY)]
YearSource = Annotated[str, CodeOf(kinds.YEAR_SOURCES)]


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


class Ceremony(Record):
    """What took place."""

    id: Slug | None = about("Mã buổi lễ; bỏ trống thì lấy mã bản tin", "Id; the bulletin's own when left out", None)
    kinds: Annotated[Listed[CeremonyKind], AfterValidator(_once)] = about("Loại lễ, hội nghị", "Kinds of ceremony")
    name: Text | None = about("Tên buổi lễ", "Name of the ceremony", None, usual=True)
    name_as: Text | None = about("Tên đúng như bản tin viết", "The name exactly as written", None)
    date: PartialDay = about(
        "Ngày diễn ra; bài không nêu ngày thì ghi tháng (3/2024), năm (2024), hoặc bỏ trống",
        "The day it was held, or the month or year where the day is not stated",
        NO_DAY,
        usual=True,
    )
    part: PartOfDay | None = about("Buổi", "Part of the day", None, usual=True)
    date_as: Text | None = about("Ngày đúng như bản tin viết", "The date exactly as written", None)
    year_from: YearSource = about("Năm của ngày diễn ra lấy từ đâu", "Where the year of the date comes from", "text")
    place: Annotated[Place, short("name")] | None = about("Địa điểm", "Where it was held", None, usual=True)
    organiser: OrganiserId | None = about(
        "Đơn vị tổ chức, hoặc chính khối", "Who held it: a unit, or the bloc itself", None
    )


SCHOOL_YEAR: Any = about(
    "Là năm học: ghi “2022–2023”, hoặc năm bắt đầu", "A school year, by the year in which it begins", False
)


class Years(Record):
    """The years a bulletin is about; there is never just one."""

    pact: Year | None = about("Năm của giao ước", "Year of the pact", None, usual=True)
    plan: Year | None = about("Năm của kế hoạch, phương hướng", "Year of the plan or directions", None, usual=True)
    reviewed: Year | None = about("Năm được sơ kết, tổng kết", "Year under review", None, usual=True)
    awards: Year | None = about("Năm xét khen thưởng", "Year of the awards", None, usual=True)
    scoring: Year | None = about("Năm chấm điểm", "Year of the scoring", None, usual=True)
    school_year: Flag = SCHOOL_YEAR
    origin: Origin = about("Căn cứ của các năm", "What the years rest on", "stated")

    @model_validator(mode="before")
    @classmethod
    def _of_school(cls, data: object) -> object:
        """Years typed as school years are such."""
        if not isinstance(data, dict) or data.get("school_year") is not None:
            return data
        return {**data, "school_year": True} if any(map(is_school_year, data.values())) else data

    @field_validator("school_year", mode="before")
    @classmethod
    def _one_of_these(cls, value: object, info: ValidationInfo) -> object:
        """“school_year: 2022–2023” says that the year 2022 among these is a school year."""
        first = beginning(value) if is_school_year(value) else None
        years = {info.data.get(reason) for reason in kinds.YEARS.codes} - {None}
        if first is None or not years or first in years:
            return value if first is None else True
        raise PydanticCustomError("school_year", "{text}", {"text": value, "year": first})

    @property
    def reasons(self) -> dict[int, tuple[str, ...]]:
        """Each year with the reasons, in the order of the fields, why the bulletin belongs to it."""
        years: dict[int, tuple[str, ...]] = {}
        for reason in kinds.YEARS.codes:
            year: int | None = getattr(self, reason)
            if year is not None:
                years[year] = (*years.get(year, ()), reason)
        return years


class Seat(Record):
    """A unit in a role of the bloc: a member, the head, a deputy, the standing body."""

    unit: UnitId = about("Đơn vị: mã hoặc tên trong danh bạ", "The unit, by id or any name")
    person: Text | None = about(
        "Người đại diện: nói thay đơn vị trong vai trò này", "Who speaks for it in this role", None, usual=True
    )
    as_: Text | None = about("Cách viết trong bản tin", "Exact words of the bulletin", None, alias="as")
    origin: Origin = about("Căn cứ", "What it rests on", "stated")


ShortSeat = Annotated[Seat, short("unit")]


class Members(Record):
    """The members of a bloc in a year, as far as the bulletin says."""

    complete: Flag = about("Bản tin nêu đủ mọi đơn vị", "The bulletin names every member", False, usual=True)
    count_stated: Count | None = about("Số đơn vị bản tin nêu", "The number the bulletin states", None, usual=True)
    list: ListedUnits[ShortSeat] = about("Các đơn vị", "The units", (), usual=True)


class BlocYear(Record):
    """What a bulletin says of its bloc in one year; a year-end review tells of two."""

    bloc: WhoseBloc = WHOSE
    year: Year = about("Năm", "The year")
    school_year: Flag = SCHOOL_YEAR
    head: ShortSeat | None = about("Đơn vị khối trưởng, cụm trưởng", "The head", None, usual=True)
    deputies: ListedUnits[ShortSeat] = about("Các đơn vị khối phó, cụm phó", "The deputy heads", (), usual=True)
    deputies_origin: Origin = about("Căn cứ về khối phó", "What is known of deputies", "not_stated")
    standing_body: ShortSeat | None = about("Cơ quan thường trực của khối", "The standing body", None, usual=True)
    members: Members = about("Các đơn vị thành viên", "The members", Members(), usual=True)

    @model_validator(mode="before")
    @classmethod
    def _of_school(cls, data: object) -> object:
        is_said = isinstance(data, dict) and data.get("school_year") is None and is_school_year(data.get("year"))
        return {**data, "school_year": True} if is_said and isinstance(data, dict) else data


F = TypeVar("F", "BlocYear", "Decision")


class Person(Record):
    """A person in a public role at the ceremony."""

    name: Text | None = about("Họ và tên", "Full name", None, usual=True)
    honorific: Text | None = about("Cách xưng hô: ông, bà, đồng chí…", "Form of address", None)
    role: Text | None = about("Chức vụ", "Office held", None, usual=True)
    unit: UnitId | None = about("Đơn vị, nếu có trong danh bạ", "The unit, when the register has it", None, usual=True)
    capacity: Text | None = about("Tư cách tại buổi lễ", "Capacity at the ceremony", None)
    did: Listed[Annotated[str, CodeOrWords(kinds.DEEDS)]] = about(
        "Việc làm tại buổi lễ; không có trong danh mục thì ghi bằng lời",
        "What they did: codes, or words",
        (),
        usual=True,
    )
    origin: Origin = about("Căn cứ", "What it rests on", "stated")
    as_: Text | None = about("Cách viết trong bản tin", "Exact words of the bulletin", None, alias="as")
    variants: ListedTexts[Text] = about("Các cách viết khác", "Other spellings seen", ())


class Document(Record):
    """A document the bulletin cites, or one adopted or signed at the ceremony."""

    kind: Annotated[str, CodeOf(kinds.DOCUMENTS)] = about("Loại văn bản", "Kind of document")
    symbol: Text | None = about("Số, ký hiệu", "Number and symbol", None, usual=True)
    title: Text | None = about("Tên, trích yếu", "Title", None, usual=True)
    date: Day | None = about("Ngày ban hành", "Date of issue", None, usual=True)
    year: Year | None = about("Năm, khi không rõ ngày", "Year, when the day is not known", None)
    issuer: Text | None = about("Cơ quan ban hành", "Issuer", None)
    term: Text | None = about("Khóa, nhiệm kỳ", "Term of the issuer", None)
    status: Annotated[str, CodeOf(kinds.DOCUMENT_STATUSES)] = about("Vai trò trong bản tin", "Its part here", "cited")
    as_: Text | None = about("Cách viết trong bản tin", "Exact words of the bulletin", None, alias="as")


class Theme(Record):
    """The theme or motto of a year's emulation."""

    text: Text = about("Nguyên văn chủ đề, phương châm", "The exact words", long=True)
    kind: Annotated[str, CodeOf(kinds.THEMES)] = about("Chủ đề hay phương châm", "Theme or motto", "theme", usual=True)
    year: Year | None = about("Năm", "Year", None)
    of: Text | None = about("Của cơ quan nào", "Whose it is", None)


class Period(Record):
    """A span of years."""

    from_: Year = about("Từ năm", "First year", alias="from")
    to: Year = about("Đến năm", "Last year")


class Movement(Record):
    """A movement or campaign the bulletin names."""

    id: MovementId | None = about(
        "Phong trào: mã hoặc tên trong danh bạ", "The movement, by id or any name", None, usual=True
    )
    name: Text = about("Tên phong trào, cuộc vận động", "Name")
    kind: Annotated[str, CodeOf(kinds.MOVEMENTS)] = about("Loại", "Kind", "movement", usual=True)
    year: Year | None = about("Năm", "Year", None, usual=True)
    period: Period | None = about("Giai đoạn", "Span of years", None)
    under: Text | None = about("Theo văn bản nào", "Document it follows", None)
    launched_by: Text | None = about("Ai phát động", "Who launched it", None)


class Anniversary(Record):
    """An anniversary the ceremony honours; its dates are neither the ceremony's nor the publication's."""

    text: Text = about("Kỷ niệm gì", "What is remembered")
    from_: Day | None = about("Ngày gốc", "The day remembered", None, alias="from", usual=True)
    to: Day | None = about("Ngày kỷ niệm", "The anniversary", None, usual=True)
    years: Count | None = about("Số năm", "How many years", None)


_EXACT: Any = about("Nguyên văn của nguồn, không phải lời biên tập", "The source's own words, not an editor's", False)


class Commitment(NamedTuple):
    """A promise of the pact, and whether it stands in the words of the source."""

    text: str
    verbatim: bool


class Commitments(Record):
    """What the pact promises."""

    open_ended: Flag = about("Danh sách trong bản tin còn để ngỏ (“…”)", "The list is left open", False)
    verbatim: Flag = _EXACT
    list: Listed[Text] = about("Các nội dung cam kết", "The commitments", (), usual=True, long=True)

    @property
    def each(self) -> tuple[Commitment, ...]:
        """Every promise, in order."""
        return tuple(Commitment(text, self.verbatim) for text in self.list)


def _as_group(value: object) -> object:
    """A plain list of commitments is their list."""
    return {"list": value} if isinstance(value, str | list | tuple) else value


class Instruction(Record):
    """One point of the instructions given."""

    text: Text = about("Nội dung", "What is asked", long=True)
    label: Text | None = about("Nhãn: Một là, Hai là…", "Label", None)


class Instructions(Record):
    """What a superior asked of the bloc; these are not commitments of the pact."""

    by: Text | None = about("Người chỉ đạo", "Who gave them", None, usual=True)
    on_behalf_of: ListedTexts[Text] = about("Thay mặt ai", "On whose behalf", ())
    verbatim: Flag = _EXACT
    list: Listed[Annotated[Instruction, short("text")]] = about("Các nội dung", "The points", (), usual=True)


class Target(Record):
    """A target of the pact."""

    of: Text | None = about("Của ai, trên cái gì; bài không nói rõ thì bỏ trống", "Of whom or what", None, usual=True)
    op: Annotated[str, CodeOf(kinds.TARGET_OPERATORS)] | None = about(
        "Phép so sánh; có giá trị mà không ghi thì là bằng",
        "Comparison; exactly, where a value has none",
        None,
        usual=True,
    )
    value: Number | None = about(
        "Giá trị; bỏ trống khi không phải số", "Value; empty when not a number", None, usual=True
    )
    unit: Annotated[str, CodeOf(kinds.TARGET_UNITS)] = about("Đơn vị tính", "Unit", "percent", usual=True)
    attain: ListedTexts[Text] = about("Đạt danh hiệu, mức nào", "What is to be attained", (), usual=True)
    within: Text | None = about("Tính trong phạm vi nào", "Within what", None)
    bloc: WhoseBloc = WHOSE
    as_: Text | None = about("Nguyên văn", "Exact words", None, alias="as")

    @model_validator(mode="before")
    @classmethod
    def _compare_numbers_alone(cls, data: object) -> object:
        """A target that is no number compares nothing; a number is meant exactly where nothing else is said."""
        if not isinstance(data, dict):
            return data
        if data.get("value") is None:
            return {key: value for key, value in data.items() if key != "op" or value != "="}
        return data if data.get("op") else {**data, "op": "="}


class Criterion(Record):
    """One criterion of the scoring sheet."""

    name: Text = about("Tên tiêu chí", "Name")
    points: Number | None = about("Số điểm", "Points", None, usual=True)
    bonus: Flag = about("Điểm thưởng", "Bonus points", False)


class Scoring(Record):
    """How the bloc scores its members."""

    year: Year = about("Năm chấm điểm", "Year")
    total: Number | None = about("Tổng số điểm", "Total points", None, usual=True)
    criteria_count_stated: Count | None = about("Số tiêu chí bản tin nêu", "Number of criteria stated", None)
    criteria: Listed[Annotated[Criterion, short("name")]] = about("Các tiêu chí", "The criteria", (), usual=True)


def _with_unit_of_name(data: object, info: ValidationInfo) -> object:
    """`by_unit` is the unit that `by` names, where the register knows the name."""
    find = (info.context or {}).get("unit")
    if find is None or not isinstance(data, dict) or not isinstance(data.get("by"), str) or data.get("by_unit"):
        return data
    with suppress(UnknownName):
        return {**data, "by_unit": find(data["by"])}
    return data


class Award(Record):
    """An award or title."""

    form: Annotated[str, CodeOf(kinds.AWARDS)] = about("Hình thức khen thưởng hoặc danh hiệu", "Form of award")
    by: Text | None = about("Ai khen", "Who confers it", None, usual=True)
    by_unit: UnitId | None = about(
        "Đơn vị khen; ai khen là tên trong danh bạ thì máy tự biết", "Who confers it, where it is a unit", None
    )
    to: Annotated[str, CodeOf(kinds.RECIPIENTS)] | None = about("Đối tượng", "Kind of recipient", None, usual=True)
    count: Count | None = about("Số lượng", "How many", None, usual=True)
    year: Year | None = about("Thành tích của năm nào", "Year it rewards", None)
    status: Annotated[str, CodeOf(kinds.AWARD_STATUSES)] = about("Đã đến bước nào", "Stage reached", "given")
    presented_by: Text | None = about("Ai trao", "Who presented it", None)
    for_: Text | None = about("Vì thành tích gì", "What it rewards", None, alias="for")
    as_: Text | None = about("Cách viết trong bản tin", "Exact words of the bulletin", None, alias="as")
    bloc: WhoseBloc = WHOSE
    units: ListedUnits[UnitId] = about("Các đơn vị được khen", "Units that receive it", (), usual=True)
    recipients: ListedTexts[Text] = about("Tên những người được khen", "Names of recipients", ())

    @model_validator(mode="before")
    @classmethod
    def _known_giver(cls, data: object, info: ValidationInfo) -> object:
        return _with_unit_of_name(data, info)


class IdentifiedAward(NamedTuple):
    """An award with its id."""

    id: str
    award: Award


class Decision(Record):
    """What the ceremony decided."""

    kind: Annotated[str, CodeOf(kinds.DECISIONS)] = about("Việc", "Kind")
    role: Annotated[str, CodeOf(kinds.ROLES)] | None = about(
        "Vai trò được bầu, bàn giao", "Role at stake", None, usual=True
    )
    unit: UnitId | None = about("Đơn vị được bầu", "Unit elected", None, usual=True)
    from_unit: UnitId | None = about("Đơn vị bàn giao", "Unit handing over", None)
    to_unit: UnitId | None = about("Đơn vị nhận", "Unit taking over", None)
    what: Text | None = about("Nội dung được thông qua, ký kết", "What was adopted or signed", None)
    by: Text | None = about("Ai quyết định, phân công", "Who decided or assigned it", None)
    by_unit: UnitId | None = about(
        "Đơn vị quyết định; ai quyết định là tên trong danh bạ thì máy tự biết", "Who decided, where it is a unit", None
    )
    document: Text | None = about("Theo văn bản nào: số, ký hiệu", "By which document: its symbol", None)
    on: Day | None = about("Ngày", "Day", None, usual=True)
    for_year: Year | None = about("Cho năm nào", "Year it is for", None, usual=True)
    bloc: WhoseBloc = WHOSE
    as_: Text | None = about("Cách viết trong bản tin", "Exact words of the bulletin", None, alias="as")
    origin: Origin = about("Căn cứ", "What it rests on", "stated")

    @model_validator(mode="before")
    @classmethod
    def _known_decider(cls, data: object, info: ValidationInfo) -> object:
        return _with_unit_of_name(data, info)


class Announced(Record):
    """What is said to take place later."""

    text: Text = about("Việc gì", "What it is", long=True)
    kind: CeremonyKind | None = about("Loại lễ, hội nghị", "Kind of ceremony", None)
    date: PartialDay = about("Ngày, tháng hoặc năm dự kiến", "The day, month or year it is planned for", NO_DAY)
    place: Text | None = about("Địa điểm dự kiến", "Where", None)
    bloc: WhoseBloc = WHOSE


class Statement(Record):
    """A result, a limitation or a direction."""

    text: Text = about("Nội dung", "What is said", long=True)
    by: Text | None = about("Ai nêu", "Who says it", None, usual=True)
    verbatim: Flag = _EXACT
    bloc: WhoseBloc = WHOSE


_ILLUSTRATION = re.compile(r"(?:anh |hinh |tranh )?minh hoa\b")


class Result(Statement):
    """A result, and its figure where it has one."""

    value: Number | None = about("Con số", "The figure", None)
    unit: Annotated[str, CodeOrWords(kinds.RESULT_UNITS)] | None = about(
        "Đơn vị tính: %, đồng, tỷ đồng, người…, hoặc bằng lời", "What it counts: a code, or words", None
    )
    change: ChangeInPercent | None = about(
        "Tăng bao nhiêu phần trăm so với năm trước; giảm thì ghi số âm", "Change on the year before, in per cent", None
    )
    of_unit: UnitId | None = about("Của đơn vị nào", "Of which unit", None)


class Withdrawal(Record):
    """Why and when something was withdrawn: a bulletin, a photo, an entry of the register."""

    date: Day = about("Ngày gỡ", "Day")
    reason: Text = about("Lý do", "Reason", long=True)


class Photo(Record):
    """A photo beside the bulletin."""

    file: Text = about("Tên tệp ảnh trong thư mục của bản tin", "File name in the bulletin's folder")
    id: Slug | None = about(
        "Mã của ảnh; bỏ trống thì lấy tên tệp", "Id of the photo; made from the file's name when left out", None
    )
    alt: Text = about(
        "Mô tả ảnh cho người không nhìn thấy ảnh", "What the photo shows, for those who cannot see it", long=True
    )
    caption: Text | None = about("Chú thích dưới ảnh", "Caption", None, usual=True, long=True)
    credit: Text | None = about("Người chụp, nguồn ảnh", "Credit", None, usual=True)
    license: Text | None = about("Giấy phép của riêng ảnh: tên hoặc địa chỉ", "The photo's own licence", None)
    focus: FocusPoint | None = about(
        "Điểm chính, giữ lại khi ảnh bị cắt", "The point to keep in sight when the photo is cropped", None, usual=True
    )
    shows: ListedTexts[Text] = about("Những ai trong ảnh, theo vai trò công khai", "Who is seen, by public role", ())
    where: Annotated[str, CodeOf(kinds.PHOTO_PLACES)] = about("Chỗ của ảnh", "Where it stands", "gallery", usual=True)
    alt_as: Text | None = about("Chữ thay ảnh của trang gốc", "The source's own text for the picture", None)
    file_as: Text | None = about("Tên tệp ở trang gốc", "The source's own file name", None)
    withdrawn: Withdrawal | None = about(
        "Gỡ riêng ảnh này: ngày và lý do; giữ mục này lại, tệp ảnh có thể xóa",
        "This photo alone is withdrawn; its entry stays, its file may go",
        None,
    )

    @property
    def photo_id(self) -> str:
        """Its id, unique within the bulletin (contract §1): the one given, or the file's name folded to `[a-z0-9-]`."""
        return self.id or slug(self.file.rpartition(".")[0] or self.file) or "anh"

    @property
    def is_illustration(self) -> bool:
        """Whether it shows something else than the ceremony, as its credit says: “Ảnh minh họa”, “Minh hoạ: …”."""
        return bool(self.credit and _ILLUSTRATION.match(fold(self.credit)))


class WithdrawnPhoto(NamedTuple):
    """A photo that was withdrawn: its id, the day and the reason."""

    id: str
    date: datetime.date
    reason: str


class Attachment(Record):
    """A file that goes out beside the bulletin: a plan, a decision, a score sheet."""

    file: Text = about("Tên tệp trong thư mục của bản tin", "File name in the bulletin's folder")
    title: Text = about("Tên tệp trên trang: ví dụ Kế hoạch thi đua năm 2023", "What readers see it called", long=True)
    kind: Annotated[str, CodeOf(kinds.DOCUMENTS)] | None = about("Loại văn bản", "Kind of document", None, usual=True)
    lang: Language = about("Ngôn ngữ của tệp", "Language of the file", "vi", usual=True)


class Related(Record):
    """Another bulletin that the source links to; nothing is extracted from it."""

    title: Text = about("Tiêu đề", "Title")
    bloc: BlocId | None = about("Khối của bản tin đó, nếu có trong danh bạ", "Its bloc, when registered", None)
    url: Text | None = about("Địa chỉ", "Address", None, usual=True)


class Note(Record):
    """A remark for editors; never published."""

    field: Text = about("Về trường nào", "Field")
    issue: Text = about("Vấn đề", "What is doubtful", long=True)
    resolution: Text | None = about("Cách xử lý", "What was decided", None, usual=True, long=True)


class Change(Record):
    """A correction of substance after publication."""

    date: Day = about("Ngày sửa", "Day")
    note: Text = about("Đã sửa gì", "What was corrected", long=True)
    minor: Flag = about("Sửa nhỏ, không đổi điều bản tin nêu", "A small correction of no fact", False)


class Silenced(Record):
    """A rule that has nothing to say about this bulletin, and why; never published."""

    rule: Text = about("Mã của quy tắc, ví dụ B3", "Code of the rule, such as B3")
    reason: Text = about("Vì sao bỏ qua", "Why it is silenced", long=True)


@dataclass(frozen=True, slots=True)
class Card:
    """What lists show of a bulletin; a change elsewhere in it leaves lists alone."""

    id: str
    title: str
    lead: str
    blocs: tuple[str, ...]
    host: str | None
    """Of a ceremony of no bloc."""
    kinds: tuple[str, ...]
    date: PartialDay
    place: str | None
    province: str | None
    photo: tuple[int, str, bool] | None
    """The picture that stands for the bulletin: number, alternative text, and whether it is an illustration."""
    digest: str = field(default="", repr=False)
    """A string that changes whenever anything on the card does; worked out where it is not known."""

    def __post_init__(self) -> None:
        if not self.digest:
            object.__setattr__(self, "digest", blake2b(repr(self).encode(), digest_size=16).hexdigest())


class Bulletin(Record):
    """A bulletin: the facts of its front matter. Its text is a `Body`, kept apart."""

    schema_: Annotated[str, CodeOf(kinds.SCHEMAS)] = about(
        "Phiên bản khai báo", "Version", "bulletin/1", alias="schema"
    )
    id: Slug = about("Mã bản tin: đặt một lần, không bao giờ đổi", "Id, minted once, never changed")
    title: Text = about("Tiêu đề", "Title", long=True)
    lead: Text = about("Sa-pô: một đoạn tóm tắt", "Lead paragraph", long=True)
    lang: Language = about("Ngôn ngữ: vi hoặc en", "Language", "vi")
    status: Annotated[str, CodeOf(kinds.STATUSES)] = about("Tình trạng", "Status", "published", usual=True)
    published: Instant | None = about("Ngày (giờ) đăng", "When it was published", None, usual=True)
    expires: Instant | None = about("Hạn đăng: hết ngày (giờ) này thì tự gỡ", "Shown until the end of this", None)
    published_as: Text | None = about("Ngày đăng đúng như bản gốc viết", "The date of publication as written", None)
    withdrawn: Withdrawal | None = about("Thông tin gỡ bài, khi tình trạng là đã gỡ", "Withdrawal", None)
    blocs: ListedBlocs = about(
        "Khối, cụm thi đua: mã hoặc tên trong danh bạ; nhiều khối thì mỗi khối một dòng",
        "The bloc, or several, by id or any name",
        alias="bloc",
        also="blocs",
    )
    host: HostIfKnown = about(
        "Cơ quan tổ chức, khi buổi lễ không của khối nào", "Who held it, for a ceremony of no bloc", None
    )
    bloc_as: Listed[Text] = about("Các cách bản tin viết tên khối", "Spellings of the bloc's name here", ())
    ceremony: Ceremony = about("Buổi lễ, hội nghị", "The ceremony")
    years: Years = about("Các năm bản tin nói tới", "The years it is about")
    bloc_years: Listed[BlocYear] = about(
        "Khối trong từng năm", "What it says of the bloc, year by year", (), usual=True
    )
    people: Listed[Person] = about("Những người được nêu", "People named", (), usual=True)
    documents: Listed[Document] = about("Văn bản", "Documents", (), usual=True)
    themes: Listed[Annotated[Theme, short("text")]] = about("Chủ đề, phương châm", "Themes and mottoes", ())
    movements: Listed[Annotated[Movement, short("name")]] = about("Phong trào, cuộc vận động", "Movements", ())
    anniversaries: Listed[Anniversary] = about("Ngày kỷ niệm", "Anniversaries", ())
    commitments: Annotated[Commitments, BeforeValidator(_as_group), AlsoTyped("texts")] = about(
        "Nội dung giao ước", "Commitments of the pact", Commitments(), usual=True
    )
    instructions: Instructions | None = about("Ý kiến chỉ đạo", "Instructions", None)
    targets: Listed[Target] = about("Chỉ tiêu", "Targets", (), usual=True)
    scoring: Scoring | None = about("Chấm điểm", "Scoring", None)
    awards: Listed[Award] = about("Khen thưởng, danh hiệu", "Awards", (), usual=True)
    decisions: Listed[Decision] = about("Quyết định tại buổi lễ", "Decisions", (), usual=True)
    results: Listed[Annotated[Result, short("text")]] = about("Kết quả", "Results", (), usual=True)
    limitations: Listed[Annotated[Statement, short("text")]] = about("Tồn tại, hạn chế", "Limitations", (), usual=True)
    directions: Listed[Annotated[Statement, short("text")]] = about("Phương hướng", "Directions", (), usual=True)
    announced: Listed[Annotated[Announced, short("text")]] = about(
        "Việc sắp tới được thông báo", "What is announced", ()
    )
    photos_listed: Annotated[Listed[Photo], Wholesale("auto")] = about("Ảnh", "Photos", (), usual=True, alias="photos")
    bylines: Listed[Annotated[Byline, short("name")]] = about("Tác giả tin, ảnh gốc", "Authors of the source", ())
    byline_as: Text | None = about("Dòng tác giả nguyên văn", "Byline exactly as written", None)
    source: Source | None = about("Nguồn", "Source", None)
    attachments: Listed[Attachment] = about(
        "Tệp đính kèm: đăng cùng bài để người đọc tải về", "Files that go out beside it", (), usual=True
    )
    related: Listed[Annotated[Related, short("title")]] = about("Tin liên quan của trang gốc", "Related titles", ())
    end_mark: Text | None = about("Dấu kết của bản gốc, ví dụ “./.”", "End mark of the source", None)
    stripped: Listed[Text] = about("Phần thừa đã bỏ khi nhập", "Boilerplate removed", ())
    former_ids: Listed[Slug] = about(
        "Các mã đã đăng trước đây, mã cũ nhất đứng đầu", "Ids under which it was published before, the oldest first", ()
    )
    former_addresses: Listed[FormerAddress] = about(
        "Địa chỉ của bản tin ở trang cũ của cơ quan, ví dụ /tin-tuc/le-ky.html",
        "Its addresses on an older site of the office",
        (),
    )
    change_history: Listed[Change] = about("Các lần sửa sau khi đăng", "Corrections after publication", ())
    silenced: Listed[Silenced] = about("Quy tắc được bỏ qua, không đăng", "Rules silenced here, never published", ())
    notes: Listed[Note] = about("Ghi chú nội bộ, không đăng", "Notes for editors, never published", ())

    @model_validator(mode="before")
    @classmethod
    def _of_no_bloc(cls, data: object) -> object:
        """Whose host is stated and no bloc is a ceremony of no bloc."""
        if not isinstance(data, dict) or not data.get("host") or data.get("bloc") or data.get("blocs"):
            return data
        return {**{key: value for key, value in data.items() if key != "blocs"}, "bloc": []}

    @field_validator("bloc_years")
    @classmethod
    def _of_school(cls, entries: tuple[BlocYear, ...], info: ValidationInfo) -> tuple[BlocYear, ...]:
        """Where a bulletin tells of school years, its blocs' years are such."""
        years = info.data.get("years")
        if years is None or not years.school_year:
            return entries
        return tuple(entry.model_copy(update={"school_year": True}) for entry in entries)

    @field_validator("bloc_years", "decisions")
    @classmethod
    def _of_the_only_bloc(cls, facts: tuple[F, ...], info: ValidationInfo) -> tuple[F, ...]:
        """Where a bulletin has one bloc, that is the bloc of what it says."""
        blocs = info.data.get("blocs", ())
        if len(blocs) != 1:
            return facts
        return tuple(fact if fact.bloc else fact.model_copy(update={"bloc": blocs[0]}) for fact in facts)

    @property
    def ceremony_id(self) -> str:
        """The id of the ceremony: several bulletins may report one."""
        return self.ceremony.id or self.id

    @property
    def date(self) -> PartialDate:
        """The day lists sort by: the ceremony's own, as far as the bulletin states it."""
        return self.ceremony.date

    @property
    def first_day(self) -> str:
        """A day by which feeds put it in order (ISO 8601): the first on which the ceremony may have been held."""
        first = self.date.first
        return first.isoformat() if first else f"{max(self.year_reasons, default=1970)}-01-01"

    @cached_property
    def modified(self) -> str | None:
        """When the content last changed in substance (contract §3): RFC 3339, a bare date when no hour is known.

        That is the latest of the days that it names for its publication and corrections; it may name none.
        """
        days = [change.date for change in self.change_history]
        if self.withdrawn:
            days.append(self.withdrawn.date)
        published = [iso(self.published)] if self.published else []
        return max([*published, *(day.isoformat() for day in days)], default=None)

    @cached_property
    def photos(self) -> tuple[Photo, ...]:
        """The photos to be shown; those that were withdrawn stand in `photos_listed` only."""
        return tuple(photo for photo in self.photos_listed if photo.withdrawn is None)

    @property
    def withdrawn_photos(self) -> tuple[WithdrawnPhoto, ...]:
        """The photos that were taken away, each by its id with the day and the reason."""
        gone = ((photo.photo_id, photo.withdrawn) for photo in self.photos_listed)
        return tuple(WithdrawnPhoto(id_, why.date, why.reason) for id_, why in gone if why)

    @cached_property
    def lead_photo(self) -> int | None:
        """The number, from 1, of the picture that stands for the bulletin: the one marked lead, or else the first."""
        leads = (n for n, photo in enumerate(self.photos, 1) if photo.where == "lead")
        return next(leads, 1 if self.photos else None)

    @cached_property
    def card(self) -> Card:
        """What lists show of it."""
        n = self.lead_photo
        return Card(
            id=self.id,
            title=self.title,
            lead=self.lead,
            blocs=self.blocs,
            host=self.host,
            kinds=self.ceremony.kinds,
            date=self.date,
            place=self.ceremony.place.name if self.ceremony.place else None,
            province=self.ceremony.place.province if self.ceremony.place else None,
            photo=(n, self.photos[n - 1].alt, self.photos[n - 1].is_illustration) if n else None,
        )

    @property
    def whole(self) -> Bulletin:
        """The bulletin itself: one that is on file is fetched."""
        return self

    def people_shown(self, publish_recipients: bool) -> tuple[Person, ...]:
        """The people a site may name: without recipients, not those whose only part was to receive (contract §4.5)."""
        return tuple(person for person in self.people if publish_recipients or set(person.did) != {"received"})

    @cached_property
    def photo_ids(self) -> tuple[str, ...]:
        """The ids of its photos, in their order."""
        return tuple(photo.photo_id for photo in self.photos)

    @property
    def first_id(self) -> str:
        """The id under which it was first published; of several former ids the oldest stands first."""
        return self.former_ids[0] if self.former_ids else self.id

    @property
    def all_photo_ids(self) -> tuple[str, ...]:
        """The ids of all photos that have an address: those that are shown, then those that were withdrawn."""
        return (*self.photo_ids, *(photo.id for photo in self.withdrawn_photos))

    @property
    def photo_count(self) -> int:
        """How many photos it has."""
        return len(self.photos)

    @property
    def related_blocs(self) -> tuple[str, ...]:
        """The blocs of the bulletins that the source links to."""
        return tuple(related.bloc for related in self.related if related.bloc)

    @property
    def award_ids(self) -> tuple[str, ...]:
        """The ids of its awards, in their order: the same wherever the same award is told."""
        return ids_of_awards(self)

    @property
    def unit_awards(self) -> tuple[IdentifiedAward, ...]:
        """The awards that units receive as collectives."""
        pairs = zip(self.award_ids, self.awards, strict=True)
        return tuple(IdentifiedAward(id_, award) for id_, award in pairs if award.units)

    def awards_of(self, year: int) -> tuple[IdentifiedAward, ...]:
        """The awards that reward a year."""
        pairs = zip(self.award_ids, self.awards, strict=True)
        return tuple(IdentifiedAward(id_, a) for id_, a in pairs if year_of_award(self, a) == year)

    @property
    def citations(self) -> tuple[Cited, ...]:
        """The documents it cites, as lists show them."""
        cited = (Citation(*(getattr(document, name) for name in Citation._fields)) for document in self.documents)
        return tuple(Cited(citation.id_for(self.home), citation) for citation in cited)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The movements it names, as lists show them."""
        return tuple(Mention.of(movement.id, movement.name, movement.kind) for movement in self.movements)

    @cached_property
    def year_reasons(self) -> dict[int, tuple[str, ...]]:
        """The years it is about, each with the reasons why: codes of `kinds.YEARS`."""
        return self.years.reasons

    @cached_property
    def years_told(self) -> tuple[int, ...]:
        """Every year it says something of: those it is about, and those its facts speak of (`attribution.py`)."""
        return tuple(sorted({*self.year_reasons, *years_spoken_of(self)}))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Every unit its facts name, in the order of their ids."""
        seats = [seat for entry in self.bloc_years for seat in (entry.head, entry.standing_body) if seat]
        seats += [seat for entry in self.bloc_years for seat in (*entry.deputies, *entry.members.list)]
        named = [seat.unit for seat in seats]
        named += [unit for award in self.awards for unit in award.units]
        named += [award.by_unit for award in self.awards if award.by_unit]
        named += [decision.by_unit for decision in self.decisions if decision.by_unit]
        named += [result.of_unit for result in self.results if result.of_unit]
        others = [person.unit for person in self.people]
        others += [
            unit for decision in self.decisions for unit in (decision.unit, decision.from_unit, decision.to_unit)
        ]
        return tuple(
            sorted({unit for unit in (*named, *others, self.ceremony.organiser) if unit and unit not in self.blocs})
        )

    def bloc_year(self, year: int) -> BlocYear | None:
        """What the bulletin says of its bloc in a year, or `None`; of several blocs ask `of_bloc` first."""
        return next((entry for entry in self.bloc_years if entry.year == year), None)

    def of_bloc(self, bloc: str) -> Bulletin:
        """The bulletin with only what it says of one of its blocs, or of all of them."""
        if len(self.blocs) == 1:
            return self
        own = {name: tuple(f for f in getattr(self, name) if f.bloc in (None, bloc)) for name in OF_BLOCS}
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**fields | own | {"blocs": (bloc,)})

    @property
    def home(self) -> str:
        """The id of its first bloc, or of the host of a ceremony of no bloc: where it is filed."""
        return self.blocs[0] if self.blocs else self.host or ""

    @cached_property
    def bloc_years_told(self) -> tuple[tuple[str, int], ...]:
        """Every bloc and year that it says something of."""
        return tuple((bloc, year) for bloc in self.blocs for year in self.of_bloc(bloc).years_told)

    def reasons(self, year: int) -> tuple[str, ...]:
        """Why the bulletin belongs to a year: codes of `kinds.YEARS`."""
        return self.year_reasons.get(year, ())


OF_BLOCS = ("bloc_years", "decisions", "targets", "awards", "results", "limitations", "directions", "announced")
"""Fields whose entries may be about one of several blocs."""


class Placed(NamedTuple):
    """A photo in the text under a caption of its own: the photo's number, from 1, and the caption."""

    n: int
    caption: str


Piece = str | int | Placed
"""A piece of safe HTML, the number of a photo, or a photo with a caption for this place."""


@dataclass(frozen=True, slots=True)
class Body:
    """A bulletin's text, made safe: pieces of HTML with the photos that stand between them."""

    parts: tuple[Piece, ...]
    digest: str


def photos_in(parts: Iterable[Piece]) -> frozenset[int]:
    """The numbers of the photos that stand in a text."""
    return frozenset(part.n if isinstance(part, Placed) else part for part in parts if not isinstance(part, str))


@dataclass(frozen=True, slots=True)
class StaticPage:
    """A page of `content/pages`: about, contact, accessibility."""

    slug: str
    title: str
    lead: str
    html: str
    digest: str
    english: bool = False
    """Whether it is the English text of the page of this name."""
