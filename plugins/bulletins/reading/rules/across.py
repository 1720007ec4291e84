"""Rules across bulletins: one ceremony told with two dates, one year with two heads. Each is compared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bulletins import urls
from bulletins.mistakes import Mistake
from bulletins.reading.frontmatter import Loc
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked

ADDRESS = "address"
"""The first word of `Claim.about` for an address at which a bulletin stood before."""


class Claim(NamedTuple):
    """What one bulletin says of something that others may tell too: of `about`, it says `value`."""

    about: tuple[str, ...]
    path: str
    line: int
    column: int
    where: str
    value: str
    shown: str


def claims(checked: Checked) -> Iterator[Claim]:
    """What a bulletin says that another may contradict, and where it stood before; a withdrawn one says nothing."""
    bulletin = checked.bulletin
    if bulletin.status != "withdrawn":
        yield from _of_facts(checked)
    for n, former in enumerate(bulletin.former_ids):
        yield _address(checked, ("former_ids", n), urls.bulletin(former))
    for n, former in enumerate(bulletin.former_addresses):
        yield _address(checked, ("former_addresses", n), former)


def _of_facts(checked: Checked) -> Iterator[Claim]:
    """Its ceremony's day, and who heads a bloc in a year."""
    bulletin = checked.bulletin
    if day := bulletin.date.whole:
        shown = day.isoformat()
        yield _claim(checked, ("ceremony", bulletin.ceremony_id), ("ceremony", "date"), shown, shown)
    for n, entry in enumerate(bulletin.bloc_years):
        if entry.head:
            about = ("head", entry.bloc or "", str(entry.year))
            loc: Loc = ("bloc_years", n, "head")
            yield _claim(checked, about, loc, entry.head.unit, checked.unit_name(entry.head.unit))
    for n, decision in enumerate(bulletin.decisions):
        if decision.kind in ("elected", "assigned") and decision.role == "head" and decision.unit and decision.for_year:
            about = ("head", decision.bloc or "", str(decision.for_year))
            name = checked.unit_name(decision.unit)
            yield _claim(checked, about, ("decisions", n, "unit"), decision.unit, name)


def _address(checked: Checked, loc: Loc, address: str) -> Claim:
    """Servers take letters in either case for one address."""
    return _claim(checked, (ADDRESS, address.lower()), loc, checked.bulletin.id, address)


def _claim(checked: Checked, about: tuple[str, ...], loc: Loc, value: str, shown: str) -> Claim:
    at = checked.tree.position((*loc, "unit") if checked.tree.has((*loc, "unit")) else loc)
    return Claim(about, checked.tree.name, at.line, at.column, ".".join(str(part) for part in loc[:1]), value, shown)


def contradictions(claims_of_all: Iterable[Claim]) -> Iterator[Mistake]:
    """M4 and D6: each claim that another file contradicts, with the first of those. Linear in the claims that agree."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims_of_all:
        if claim.about[0] != ADDRESS:
            groups.setdefault(claim.about, []).append(claim)
    for group in groups.values():
        if len({claim.value for claim in group}) > 1:
            yield from _contradicted(sorted(group))


def _contradicted(group: list[Claim]) -> Iterator[Mistake]:
    first = {claim.value: claim for claim in reversed(group)}
    # Of three that differ among themselves, one differs from any claim and stands in another file.
    candidates = sorted(first.values())[:3]
    for claim in group:
        other = next((c for c in candidates if c.value != claim.value and c.path != claim.path), None)
        if other:
            yield _said(claim, other)


def _said(claim: Claim, other: Claim) -> Mistake:
    kind, *rest = claim.about
    if kind == "ceremony":
        words = {"ceremony": rest[0], "date": claim.shown, "others": other.shown, "other": other.path}
        return messages.OTHER_DATE_ELSEWHERE.at(claim.path, claim.line, claim.column, claim.where, **words)
    words = {"year": rest[1], "unit": claim.shown, "others": other.shown, "other": other.path}
    return messages.OTHER_HEAD_ELSEWHERE.at(claim.path, claim.line, claim.column, claim.where, **words)
