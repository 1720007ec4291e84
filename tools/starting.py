"""The first text of a new bulletin: what is known filled in, what is not yet known marked, and the rest offered.

Lines that begin with `# ` are offers: without these two characters they are front matter. Those with `## ` explain.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletins.domain.dossier import Dossier, Stated
from bulletins.domain.kinds import CEREMONIES
from bulletins.domain.library import Library
from bulletins.domain.model import Seat
from bulletins.vietnamese.dates import PartialDate

YEAR_REASONS = {"pact": "pact", "midterm": "reviewed", "summary": "reviewed", "award": "awards", "scoring": "scoring"}
"""Why a bulletin belongs to its year, by the kind of its ceremony; of any other it is the year's plan."""

MOST_UNITS = 40
"""Units of a host that are offered as members when no bulletin names any."""

_PLAIN = re.compile(r"[^\W\d_][\w .,()/&–-]*")
"""A name that YAML takes as it is."""


_HEAD = """\
## Điền những chỗ ghi CẦN ĐIỀN. Dòng có một dấu # là gợi ý: xóa dấu # và một dấu cách sau nó thì dùng được.
## Dòng có hai dấu ## là lời dặn, để lại hay xóa đều được. Bảng đầy đủ: docs/staff/truong-thong-tin.md
## Mã đặt một lần, không bao giờ đổi.
id: {id}
## CẦN ĐIỀN: tiêu đề, không viết hoa cả dòng. Có dấu hai chấm thì cứ gõ như thường.
title:
## CẦN ĐIỀN: sa-pô, một đoạn tóm tắt hai ba câu.
lead:
## Viết xong thì xóa dòng này; chừng nào còn thì bản tin không lên trang.
status: draft
## Ngày (giờ) đăng; ghi giờ chưa tới thì bản tin chờ đến giờ đó.
# published: {day}
{bloc}
ceremony:
  ## {kind_name}. Một buổi gồm nhiều việc thì ghi đủ, ví dụ [pact, plan_adoption, award].
  kinds: [{kind}]
  {date}
  # part: Sáng
  # place: Tên hội trường, trụ sở
## Các năm bản tin nói tới: pact (giao ước), plan (kế hoạch), reviewed (sơ kết, tổng kết), awards, scoring.
years:
{years}
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the new bulletin is about: `kind` is a code of `CEREMONIES`, `bloc` an id, empty for a ceremony of no bloc.

    The day may not be known yet, nor the `host` of a ceremony of no bloc, an id of the register.
    `more_kinds` are further codes: a review often comes with next year's pact, whose year is `later_year`.
    """

    kind: str
    bloc: str
    year: int
    date: PartialDate | None
    id: str
    more_kinds: tuple[str, ...] = ()
    later_year: int | None = None
    host: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """All of them, the main one first."""
        return (self.kind, *self.more_kinds)

    @property
    def folder(self) -> str:
        """Where it belongs, from the project's root."""
        return f"content/bulletins/{self.year}/{self.id}"


def conventional_id(bloc: str, year: int, kind: str) -> str:
    """`vpqh-khoi-3-2023-pact` (contract §1); `bloc` is the host of a ceremony of no bloc, or empty."""
    return f"{bloc or 'le'}-{year}-{kind.replace('_', '-')}"


def first_text(wish: Wish, library: Library) -> str:
    """The whole file; filled in where it says CẦN ĐIỀN, it is a bulletin without a mistake."""
    offers = dict.fromkeys(offer for kind in wish.kinds for offer in _OFFERS.get(kind, ()))
    parts = (_head(wish, library), _bloc_year(wish, library), *offers, _END)
    return "\n".join(["---", *(line for part in parts for line in part), "---", "", ""])


def _head(wish: Wish, library: Library) -> list[str]:
    unknown = f"## CẦN ĐIỀN: ngày diễn ra, kiểu 31/12/{wish.year}.\n  date:"
    return _HEAD.format(
        id=wish.id,
        day=(wish.date and wish.date.whole) or datetime.date(wish.year, 12, 31),
        bloc="\n".join(_bloc(wish, library)),
        kind=", ".join(wish.kinds),
        kind_name="; ".join(CEREMONIES[kind].vi for kind in wish.kinds),
        date=f"date: {wish.date}" if wish.date else unknown,
        years="\n".join(_years(wish)),
    ).splitlines()


def _bloc(wish: Wish, library: Library) -> Iterator[str]:
    """Whose ceremony it is: a bloc's, or a host's alone."""
    if wish.bloc:
        bloc = library.blocs[wish.bloc]
        yield f"## {bloc.name} ({library.hosts[bloc.host].name})." if bloc.host else f"## {bloc.name}."
        yield f"bloc: {wish.bloc}"
        return
    yield "## Buổi lễ không của khối nào; host là mã hoặc tên của cơ quan tổ chức, chưa rõ thì bỏ dòng ấy."
    yield "bloc: không"
    yield f"host: {wish.host}  # {library.hosts[wish.host].name}" if wish.host else "# host: không rõ"


def _years(wish: Wish) -> Iterator[str]:
    """The years by reason: what is reviewed is of the first, what is promised and planned of the later one."""
    reasons = dict.fromkeys(YEAR_REASONS.get(kind, "plan") for kind in wish.kinds)
    looks_back = [reason for reason in reasons if reason in ("reviewed", "awards", "scoring")]
    for reason in reasons:
        is_next = bool(looks_back) and reason not in looks_back
        yield f"  {reason}: {(wish.later_year or wish.year + 1) if is_next else wish.year}"
    if wish.later_year and not any(reason not in looks_back for reason in reasons):
        yield f"  plan: {wish.later_year}"


def _bloc_year(wish: Wish, library: Library) -> Iterator[str]:
    """The bloc in its year, as earlier bulletins or at least the register let one guess."""
    if not wish.bloc:
        return
    known = [dossier for year in (wish.year, wish.year - 1) if (dossier := library.dossiers.get((wish.bloc, year)))]
    offered = [*_single("head", known, library), *_single("standing_body", known, library)]
    offered += [*_several("deputies", known, library), *_members(known, library)]
    if not any(line.lstrip().startswith("members") for line in offered):
        offered += _units_of_host(wish, library)
    yield f"## Khối trong năm {wish.year}. Chỉ giữ điều bản tin có nói; điều không được nhắc lại thì đừng chép sang."
    yield "# bloc_years:"
    yield f"#   - year: {wish.year}"
    yield from (line if line.startswith("##") else f"#     {line}" for line in offered or _STUBS)
    if wish.later_year:
        yield f"## Đơn vị được bầu, nhận bàn giao cho năm {wish.later_year}: ghi tên sau dấu hai chấm."
        yield f"#   - year: {wish.later_year}"
        yield from (f"#     {line}" for line in _ROLE_STUBS)


_ROLE_STUBS = ("head:", "deputies: []")
_STUBS = (
    "## Chưa bản tin nào nói về khối trong năm này. Ghi tên đơn vị sau dấu hai chấm; trong ngoặc thì cách bằng dấu ;",
    *_ROLE_STUBS,
    "members:",
    "  count_stated:",
    "  list: []",
)
"""What a bulletin may say of a bloc of which nothing is known yet."""


def _single(role: str, known: list[Dossier], library: Library) -> Iterator[str]:
    """A role of one unit; where bulletins disagree both are named and none is offered."""
    for dossier in known:
        seats: tuple[Stated[Seat], ...] = getattr(dossier, role)
        if len(seats) == 1:
            yield _according(seats, dossier.year)
            yield f"{role}: {_spelled(seats[0].fact.unit, library)}"
        elif seats:
            named = ", ".join(library.units[seat.fact.unit].name for seat in seats)
            yield f"## {role}, năm {dossier.year}: các bản tin nói khác nhau ({named}); xem lại bản gốc."
        if seats:
            return


def _several(role: str, known: list[Dossier], library: Library) -> Iterator[str]:
    for dossier in known:
        seats: tuple[Stated[Seat], ...] = getattr(dossier, role)
        if seats:
            yield _according(seats, dossier.year)
            yield f"{role}:"
            yield from (f"  - {_spelled(seat.fact.unit, library)}" for seat in seats)
            return


def _members(known: list[Dossier], library: Library) -> Iterator[str]:
    for dossier in known:
        if dossier.members.list:
            yield _according(dossier.members.list, dossier.year)
            yield "members:"
            yield "  list:"
            yield from (f"    - {_spelled(seat.fact.unit, library)}" for seat in dossier.members.list)
            return


def _units_of_host(wish: Wish, library: Library) -> Iterator[str]:
    host = library.blocs[wish.bloc].host
    units = [unit.id for unit in library.units.values() if unit.parent == host][:MOST_UNITS]
    if host and units:
        yield f"## Chưa bản tin nào nêu thành viên của khối trong năm {wish.year} hay năm {wish.year - 1}."
        yield f"## Dưới đây là các đơn vị của {library.hosts[host].name} trong danh bạ; chỉ giữ đơn vị thuộc khối."
        yield "members:"
        yield "  list:"
        yield from (f"    - {_spelled(unit, library)}" for unit in units)


def _according(seats: tuple[Stated[Seat], ...], year: int) -> str:
    sources = dict.fromkeys(source for seat in seats for source in seat.sources)
    return f"## Năm {year}, theo {', '.join(sources)}:"


def _spelled(unit: str, library: Library) -> str:
    """The unit's name if an author could type it and be understood, or else its id with the name beside it."""
    name = library.units[unit].name
    alone = sum(name == other.name for other in library.units.values()) == 1
    return name if alone and _PLAIN.fullmatch(name) else f"{unit}  # {name}"


_TARGETS = (
    "# targets:",
    "#   - of: cán bộ, công chức",
    '#     op: ">="',
    "#     value: 95",
    "#     attain: lao động tiên tiến",
)
_AWARDS = ("# awards:", "#   - form: giay_khen", "#     to: individuals", "#     count: 1")
_REVIEW = (
    "# results:",
    "#   - Kết quả thứ nhất.",
    "# limitations:",
    "#   - Hạn chế thứ nhất.",
    "# directions:",
    "#   - Phương hướng thứ nhất.",
)
_COMMITMENTS = ("# commitments:", "#   list:", "#     - Nội dung giao ước thứ nhất.")
_OFFERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "pact": (_COMMITMENTS, _TARGETS),
    "plan_adoption": (_TARGETS,),
    "launch": (_TARGETS,),
    "midterm": (_REVIEW,),
    "summary": (_REVIEW, _AWARDS),
    "award": (_AWARDS,),
}
"""What bulletins of a kind usually tell besides."""

_END = (
    "## Ảnh: chép vào thư mục này rồi khai ở đây; alt tả điều nhìn thấy trong ảnh.",
    "# photos:",
    "#   - file: anh-01.jpg",
    "#     alt: Đại diện các đơn vị ký bản giao ước",
    "## Nội dung bản tin viết dưới ba dấu gạch.",
)
