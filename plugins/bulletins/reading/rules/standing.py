"""Rules of the register as of the bulletin's day: units that existed then, in that bloc, under that name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from bulletins.domain.model import BlocYear, Bulletin, Seat
from bulletins.domain.register import Name, Unit
from bulletins.mistakes import Both, Mistake
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.dates import short_date
from bulletins.vietnamese.folding import match_key


@dataclass(frozen=True, slots=True)
class Reference:
    """A unit a bulletin names: where, and from when to when it must have existed; `year` if as part of the bloc."""

    unit: str
    loc: Loc
    since: datetime.date
    until: datetime.date
    year: int | None = None


def not_yet(checked: Checked) -> Iterator[Mistake]:
    """R1."""
    for reference, unit in _dated(checked):
        if unit.founded and unit.founded > reference.until:
            words = {"unit": unit.name, "since": unit.founded, "date": reference.until}
            yield checked.at(_typed(checked, reference.loc), messages.NOT_YET, **words)


def no_longer(checked: Checked) -> Iterator[Mistake]:
    """R2."""
    for reference, unit in _dated(checked):
        if unit.dissolved and unit.dissolved <= reference.since:
            decision = f" ({unit.decision})" if unit.decision else ""
            words = {"unit": unit.name, "since": unit.dissolved, "date": reference.since, "decision": decision}
            loc = _typed(checked, reference.loc)
            yield checked.at(loc, messages.NO_LONGER, mend=_successors(checked, unit), **words)


def other_bloc_that_year(checked: Checked) -> Iterator[Mistake]:
    """R3. Only a unit whose memberships the register dates can be in the wrong bloc."""
    for reference, unit in _dated(checked):
        if reference.year is None:
            continue
        blocs = [m.bloc for m in unit.memberships if m.holds_in(reference.year)]
        if blocs and not set(checked.bulletin.blocs) & set(blocs):
            known = checked.register.blocs.get(blocs[0])
            bloc = f"“{known.name}” (`{blocs[0]}`)" if known else f"`{blocs[0]}`"
            words = {"unit": unit.name, "year": reference.year, "bloc": bloc}
            yield checked.at(_typed(checked, reference.loc), messages.OTHER_BLOC_THAT_YEAR, **words)


def name_of_other_time(checked: Checked) -> Iterator[Mistake]:
    """R4. A name typed for a day on which it was not, or not yet, or no longer, the unit's name."""
    for reference, unit in _dated(checked):
        typed = _text(checked, reference.loc)
        name = _out_of_time(unit, typed, reference) if typed else None
        if name:
            words = {"name": name.name, "date": reference.until, "then": unit.name_on(reference.until)}
            loc = _typed(checked, reference.loc)
            yield checked.at(loc, messages.NAME_OF_OTHER_TIME, span=_span(name), **words)


def _out_of_time(unit: Unit, typed: str, reference: Reference) -> Name | None:
    if typed == unit.id or not any(name.from_ or name.to for name in unit.names):
        return None
    key = match_key(typed)
    named = [name for name in unit.names if match_key(name.name) == key]
    fits = [name for name in named if name.used_on(reference.since) or name.used_on(reference.until)]
    return named[0] if named and not fits else None


def _span(name: Name) -> Both:
    since = (f"từ {short_date(name.from_)}", f"from {name.from_}") if name.from_ else None
    to = (f"đến {short_date(name.to)}", f"until {name.to}") if name.to else None
    parts = [part for part in (since, to) if part]
    return Both("dùng " + " ".join(vi for vi, _ in parts), " ".join(en for _, en in parts))


def _successors(checked: Checked, unit: Unit) -> Both:
    if not unit.replaced_by:
        return Both("xem lại tên đơn vị hoặc ngày", "look at the unit or the date")
    listed = ", ".join(f"`{successor}` ({checked.unit_name(successor)})" for successor in unit.replaced_by)
    return Both(f"đơn vị kế tục là {listed}", f"its successor is {listed}")


def _dated(checked: Checked) -> Iterator[tuple[Reference, Unit]]:
    """References to units of which the register says something that holds for a time only; mostly there are none."""
    if not checked.names.dated_units:
        return
    for reference in references(checked):
        if reference.unit in checked.names.dated_units:
            yield reference, checked.register.units[reference.unit]


def references(checked: Checked) -> Iterator[Reference]:
    """Every unit the front matter names. A seat is held within a year; everything else is on the ceremony's day."""
    bulletin, day = checked.bulletin, checked.bulletin.date
    since, until = day.first, day.last
    for n, entry in enumerate(bulletin.bloc_years):
        first, last = datetime.date(entry.year, 1, 1), datetime.date(entry.year, 12, 31)
        for loc, seat in _seats(entry):
            yield Reference(seat.unit, ("bloc_years", n, *loc), first, last, entry.year)
    for loc, unit in _on_the_day(bulletin):
        if unit and since and until:
            yield Reference(unit, loc, since, until)


def _seats(entry: BlocYear) -> Iterator[tuple[Loc, Seat]]:
    for role in ("head", "standing_body"):
        if seat := getattr(entry, role):
            yield (role,), seat
    yield from ((("deputies", i), seat) for i, seat in enumerate(entry.deputies))
    yield from ((("members", "list", i), seat) for i, seat in enumerate(entry.members.list))


def _on_the_day(bulletin: Bulletin) -> Iterator[tuple[Loc, str | None]]:
    yield ("ceremony", "organiser"), bulletin.ceremony.organiser
    yield from ((("people", n, "unit"), person.unit) for n, person in enumerate(bulletin.people))
    for n, decision in enumerate(bulletin.decisions):
        for field in ("unit", "from_unit", "to_unit"):
            yield ("decisions", n, field), getattr(decision, field)


def _typed(checked: Checked, loc: Loc) -> Loc:
    """Where the name itself is typed: a seat may be a group of fields."""
    return (*loc, "unit") if checked.tree.has((*loc, "unit")) else loc


def _text(checked: Checked, loc: Loc) -> str | None:
    typed = checked.tree.get(_typed(checked, loc))
    if typed is None and loc and isinstance(loc[-1], int):
        typed = checked.tree.get(loc[:-1])
    return typed if isinstance(typed, str) else None
