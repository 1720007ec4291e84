"""Rules of a bloc's year: its members, head and deputies, in the front matter and in the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletins.domain.model import BlocYear, Seat
from bulletins.mistakes import Both, Mistake
from bulletins.phrases.members import find_member_counts
from bulletins.phrases.names import Mention
from bulletins.phrases.roles import find_roles
from bulletins.phrases.units import UnitMention, find_units
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.reading.rules.counted import counts_before

_ELECTED = ("elected", "assigned")
_ROLES = {"khối trưởng": "head", "trưởng khối": "head", "cụm trưởng": "head",
          "khối phó": "deputy", "phó khối": "deputy", "phó trưởng khối": "deputy", "cụm phó": "deputy"}  # fmt: skip
_TITLE = "khối trưởng|trưởng khối|cụm trưởng|khối phó|phó khối|phó trưởng khối|cụm phó"
_YEAR = r"(?:[^.\n;]{0,40}?\bnăm (?P<year>(?:19|20)[0-9]{2}))?"
_AFTER_NAME = re.compile(
    r",? ?(?:tiếp tục |được bầu |được chọn |trúng cử )?(?:là|làm|giữ vai trò|giữ chức|giữ nhiệm vụ|đảm nhiệm vai trò) "
    rf"(?:đơn vị )?(?P<role>{_TITLE})\b{_YEAR}"
)
_BEFORE_NAME = re.compile(
    rf"(?:^|[^\w])(?P<role>{_TITLE})(?: (?:khối|cụm)[^.,;\n]{{0,30}}?)?"
    r"(?: năm (?P<year>(?:19|20)[0-9]{2}))?(?: là|:) \Z"
)
_MEMBERS = ("đơn vị thành viên", "cơ quan thành viên", "đơn vị thuộc khối", "đơn vị trong khối", "đơn vị của khối")
_ROLE_NAMES = {"head": Both("khối trưởng", "head"), "deputy": Both("khối phó", "deputy")}


def count_of_members(checked: Checked) -> Iterator[Mistake]:
    """M1."""
    for n, entry in enumerate(checked.bulletin.bloc_years):
        stated, listed = entry.members.count_stated, len(entry.members.list)
        if entry.members.complete and stated is not None and stated != listed:
            loc = ("bloc_years", n, "members", "count_stated")
            yield checked.at(loc, messages.COUNT_OF_MEMBERS, stated=stated, listed=listed)


def head_among_members(checked: Checked) -> Iterator[Mistake]:
    """M2. Only a complete list can lack somebody."""
    for n, entry in enumerate(checked.bulletin.bloc_years):
        if entry.members.complete:
            members = {seat.unit for seat in entry.members.list}
            for loc, seat in _leaders(entry, n):
                if seat.unit not in members:
                    words = {"unit": checked.unit_name(seat.unit), "year": entry.year}
                    yield checked.at(_unit(checked, loc), messages.NOT_A_MEMBER, **words)


def same_unit_twice(checked: Checked) -> Iterator[Mistake]:
    """M3. A unit is a member once; a year has one entry; a decision makes nobody head beside the head."""
    seen: set[int] = set()
    for n, entry in enumerate(checked.bulletin.bloc_years):
        if entry.year in seen:
            yield checked.at(("bloc_years", n, "year"), messages.SAME_YEAR_TWICE, year=entry.year)
        seen.add(entry.year)
        yield from _repeated(checked, entry, n)
        yield from _second_heads(checked, entry)


def _repeated(checked: Checked, entry: BlocYear, n: int) -> Iterator[Mistake]:
    counted = Counter(seat.unit for seat in entry.members.list)
    for i, seat in enumerate(entry.members.list):
        if counted[seat.unit] > 1 and seat.unit in {earlier.unit for earlier in entry.members.list[:i]}:
            loc = _unit(checked, ("bloc_years", n, "members", "list", i))
            yield checked.at(loc, messages.SAME_UNIT_TWICE, unit=checked.unit_name(seat.unit), year=entry.year)


def _second_heads(checked: Checked, entry: BlocYear) -> Iterator[Mistake]:
    for n, decision in enumerate(checked.bulletin.decisions):
        is_head = decision.kind in _ELECTED and decision.role == "head" and decision.for_year == entry.year
        if is_head and entry.head and decision.unit and decision.unit != entry.head.unit:
            words = {"unit": checked.unit_name(decision.unit), "other": checked.unit_name(entry.head.unit)}
            yield checked.at(("decisions", n, "unit"), messages.TWO_HEADS, year=entry.year, **words)


def members_in_text(checked: Checked) -> Iterator[Mistake]:
    """M5. “năm đơn vị thành viên”: against complete or counted members; several years give several right numbers."""
    members = [entry.members for entry in checked.bulletin.bloc_years]
    right = {len(entry.list) for entry in members if entry.complete} | {
        entry.count_stated for entry in members if entry.count_stated is not None
    }
    if not right:
        return
    counted = {count.end: (count.start, count.value) for count in counts_before(checked, _MEMBERS)}
    for stated in find_member_counts(checked.body):
        if stated.strength == "stated" and not any(
            stated.start <= end and start <= stated.end for end, (start, _) in counted.items()
        ):
            counted[stated.end] = (stated.start, stated.value)
    count = " / ".join(map(str, sorted(right)))
    for end, (start, value) in sorted(counted.items()):
        if value not in right:
            yield checked.in_body(start, messages.MEMBERS_IN_TEXT, written=checked.body[start:end], count=count)


def head_in_text(checked: Checked) -> Iterator[Mistake]:
    """M6. Head and deputies as the text names them, against the same year's in the front matter."""
    if not checked.mentions or not any(title in checked.lowered for title in _ROLES):
        return
    roles = _roles_in_data(checked)
    for start, (mention, role, year) in sorted(_roles_in_text(checked).items()):
        units = {unit for (r, y), of_year in roles.items() for unit in of_year if r == role and year in (None, y)}
        if units and not units & mention.ids:
            data = ", ".join(f"“{checked.unit_name(unit)}”" for unit in sorted(units))
            words = {"written": mention.written, "role": _ROLE_NAMES[role], "data": data}
            yield checked.in_body(start, messages.HEAD_IN_TEXT, **words)


def _roles_in_text(checked: Checked) -> dict[int, tuple[Mention | UnitMention, str, int | None]]:
    """Where the text names a registered unit as head or deputy: the name, the role, and the year if it says one."""
    said: dict[int, tuple[Mention | UnitMention, str, int | None]] = {}
    for mention in checked.mentions:
        if match := _role_of(checked, mention):
            said[mention.start] = (mention, _ROLES[match["role"]], int(match["year"]) if match["year"] else None)
    units = find_units(checked.body, [UnitMention(m.start, m.end, m.written, m.ids) for m in checked.mentions])
    for role in find_roles(checked.body, units):
        if role.unit.ids and role.role in _ROLE_NAMES and role.deed != "hands_over" and role.bloc is None:
            said.setdefault(role.unit.start, (role.unit, role.role, role.year))
    return said


def _role_of(checked: Checked, mention: Mention) -> re.Match[str] | None:
    after = _AFTER_NAME.match(checked.lowered, mention.end)
    if after:
        return after
    line = checked.lowered.rfind("\n", 0, mention.start) + 1
    return _BEFORE_NAME.search(checked.lowered[max(line, mention.start - 90) : mention.start])


def _roles_in_data(checked: Checked) -> dict[tuple[str, int], set[str]]:
    """Who holds a role in a year, by the front matter."""
    roles: dict[tuple[str, int], set[str]] = {}
    for entry in checked.bulletin.bloc_years:
        if entry.head:
            roles.setdefault(("head", entry.year), set()).add(entry.head.unit)
        for seat in entry.deputies:
            roles.setdefault(("deputy", entry.year), set()).add(seat.unit)
    for decision in checked.bulletin.decisions:
        if decision.kind in _ELECTED and decision.role in _ROLE_NAMES and decision.unit and decision.for_year:
            roles.setdefault((decision.role, decision.for_year), set()).add(decision.unit)
    return roles


def _leaders(entry: BlocYear, n: int) -> Iterator[tuple[Loc, Seat]]:
    if entry.head:
        yield ("bloc_years", n, "head"), entry.head
    for i, seat in enumerate(entry.deputies):
        yield ("bloc_years", n, "deputies", i), seat


def _unit(checked: Checked, loc: Loc) -> Loc:
    """Where a seat's unit is typed: the seat itself in its short form."""
    return (*loc, "unit") if checked.tree.has((*loc, "unit")) else loc
