"""Rules of a bloc's year: its members, head and deputies, in the front matter and in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bulletins.domain.attribution import is_amid_its_year
from bulletins.domain.model import BlocYear, Seat
from bulletins.mistakes import Both, Mistake
from bulletins.phrases.members import find_member_counts, find_member_lists
from bulletins.phrases.roles import RoleMention, find_roles, has_role
from bulletins.phrases.sentences import sentences
from bulletins.phrases.units import UnitMention, find_units
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.reading.rules.counted import counts_before

_ELECTED = ("elected", "assigned")
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
    seen: set[tuple[str | None, int]] = set()
    for n, entry in enumerate(checked.bulletin.bloc_years):
        if (entry.bloc, entry.year) in seen:
            yield checked.at(("bloc_years", n, "year"), messages.SAME_YEAR_TWICE, year=entry.year)
        seen.add((entry.bloc, entry.year))
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
        is_head = is_head and decision.bloc == entry.bloc
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
    count = " / ".join(map(str, sorted(right)))
    for start, end, value in _counted_members(checked, right):
        if value not in right:
            yield checked.in_text(start, messages.MEMBERS_IN_TEXT, written=checked.text[start:end], count=count)


_CountedMembers = tuple[int, int, int | float]
"""Where it stands, where it ends, the number."""


def _counted_members(checked: Checked, right: set[int]) -> list[_CountedMembers]:
    """What the text says of the number of members: where it says so outright; else a list of them, or what is likely.

    Of what is only likely, one right number vouches for the rest.
    """
    counts = list(find_member_counts(checked.text))
    stated: list[_CountedMembers] = [(c.start, c.end, c.value) for c in counts if c.strength == "stated"]
    for count in counts_before(checked, _MEMBERS):
        if not any(start <= count.end and count.start <= end for start, end, _ in stated):
            stated.append((count.start, count.end, count.value))
    if stated:
        return sorted(stated)
    every = list(find_member_lists(checked.text))
    whole = [members for members in every if members.stated == len(members.names)] or every
    lists: list[_CountedMembers] = [(members.start, members.end, len(members.names)) for members in whole]
    likely = lists or [(count.start, count.end, count.value) for count in counts if count.strength == "likely"]
    return [] if any(value in right for _, _, value in likely) else likely[:1]


def head_in_text(checked: Checked) -> Iterator[Mistake]:
    """M6. Head and deputies as the text names them, against the same year's in the front matter.

    Where the text also names the front matter's, another without a year may be of another year.
    """
    if not has_role(checked.text):
        return
    roles = _roles_in_data(checked)
    said = sorted(_roles_in_text(checked), key=lambda mention: mention.unit.start)
    agreed = _agreed(checked, roles, said)
    for mention in said:
        units = _units_of(roles, mention)
        is_plain = mention.year is not None or (mention.role, _year_of(checked, mention)) not in agreed
        if units and not units & mention.unit.ids and is_plain:
            data = ", ".join(f"“{checked.unit_name(unit)}”" for unit in sorted(units))
            words = {"written": mention.unit.written, "role": _ROLE_NAMES[mention.role], "data": data}
            yield checked.in_text(mention.unit.start, messages.HEAD_IN_TEXT, **words)


def _agreed(
    checked: Checked, roles: Mapping[tuple[str, int], set[str]], said: Sequence[RoleMention]
) -> set[tuple[str, int]]:
    """The roles and years of which the text names everybody that the front matter gives."""
    named: dict[tuple[str, int], set[str]] = {}
    for mention in said:
        named.setdefault((mention.role, _year_of(checked, mention)), set()).update(mention.unit.ids)
    return {place for place, units in roles.items() if units <= named.get(place, set())}


def _year_of(checked: Checked, mention: RoleMention) -> int:
    """The year of a role that a text gives, or else the one it most likely means: who is elected serves the next."""
    if mention.year:
        return mention.year
    years = checked.bulletin.years
    now = years.reviewed or years.pact or years.plan or years.scoring or 0
    later = [year for year in (years.pact, years.plan) if year and year > now]
    is_next = years.reviewed is not None and mention.deed in ("elected", "assigned", "takes_over")
    return (later[0] if later else now + 1) if is_next else now


def _units_of(roles: Mapping[tuple[str, int], set[str]], mention: RoleMention) -> set[str]:
    """The units that the front matter gives this role in the year the text speaks of, or in any."""
    return {
        unit
        for (role, year), units in roles.items()
        if role == mention.role and mention.year in (None, year)
        for unit in units
    }


def _roles_in_text(checked: Checked) -> Iterator[RoleMention]:
    """Where the text names a registered unit as head or deputy of this bloc."""
    for mention in find_roles(checked.text, list(_units_beside_roles(checked))):
        is_held = mention.role in _ROLE_NAMES and mention.deed != "hands_over"
        ids = mention.unit.ids | checked.names.ids_of(mention.unit.written)
        if ids and is_held and not _of_another(checked, mention):
            yield replace(mention, unit=replace(mention.unit, ids=ids))


def _units_beside_roles(checked: Checked) -> Iterator[UnitMention]:
    """The units of the sentences that speak of a role; looking for those of the whole text would take much longer."""
    for start, sentence in sentences(checked.text):
        if has_role(sentence):
            end = start + len(sentence)
            inside = (mention.moved(-start) for mention in checked.text_mentions if start <= mention.start < end)
            registered = [UnitMention(mention.start, mention.end, mention.written, mention.ids) for mention in inside]
            for unit in find_units(sentence, registered):
                yield replace(unit, start=unit.start + start, end=unit.end + start)


def _of_another(checked: Checked, role: RoleMention) -> bool:
    """Whether it is a role of another bloc by its number: “Khối trưởng Khối thi đua số 2” as a guest."""
    numbers = {own.number for own in map(checked.register.blocs.get, checked.bulletin.blocs) if own}
    number = role.bloc.number if role.bloc else None
    return number is not None and bool(numbers) and None not in numbers and number not in numbers


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
        if decision.role in _ROLE_NAMES and decision.from_unit and is_amid_its_year(checked.bulletin, decision):
            roles.setdefault((decision.role, decision.for_year or 0), set()).add(decision.from_unit)
    return roles


def _leaders(entry: BlocYear, n: int) -> Iterator[tuple[Loc, Seat]]:
    if entry.head:
        yield ("bloc_years", n, "head"), entry.head
    for i, seat in enumerate(entry.deputies):
        yield ("bloc_years", n, "deputies", i), seat


def _unit(checked: Checked, loc: Loc) -> Loc:
    """Where a seat's unit is typed: the seat itself in its short form."""
    return (*loc, "unit") if checked.tree.has((*loc, "unit")) else loc
