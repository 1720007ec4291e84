"""Who was head, deputy, standing body and member of the bloc, year by year, and what was elected or handed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletins.importing.article import Article
from bulletins.importing.recognise.facts import BlocYear, Change, Organization, Proposal, Seat
from bulletins.importing.recognise.names import Units
from bulletins.phrases.blocs import BlocMention, find_blocs
from bulletins.phrases.boards import without_board
from bulletins.phrases.members import MemberCount, MemberList, find_member_counts, find_member_lists
from bulletins.phrases.roles import RoleMention, find_roles
from bulletins.vietnamese.folding import match_key

_SAYS_SO = re.compile(
    r"\(|(?<!\w)(?:là|làm|giữ|đảm nhiệm|đảm nhận|nhận|cho|nhiệm vụ|vai trò)(?!\w)|: "
    r"| [-–] (?:đơn vị |Khối|Cụm|Trưởng|Phó|Cơ quan)",
    re.IGNORECASE,
)
_COMMITTEE = f"{match_key('UBND')} "
"""“UBND thành phố Hải Phòng” speaks for “thành phố Hải Phòng”."""

_HEAD_OF_A_LINE, _MARK_OF_A_LINE = 60, 4
_STRENGTHS = {"stated": 5, "likely": 2, "weak": 0}


@dataclass(frozen=True, slots=True)
class _Role:
    """A role as told in one place of the article, for a year."""

    mention: RoleMention
    year: int
    is_caption: bool


def find_bloc_years(
    article: Article, units: Units, bloc: Organization | None, years: dict[str, Proposal[int]]
) -> tuple[tuple[BlocYear, ...], tuple[Change, ...]]:
    """What the article says of the bloc in each year; members belong to the year it reports."""
    now, following = _two_years(years)
    if now is None:
        return (), ()
    roles = _roles(article, units, bloc, now, following)
    by_year: dict[int, BlocYear] = {}
    for year in sorted({now, *(role.year for role in roles)}):
        entry = _seated(year, [role for role in roles if role.year == year], units)
        by_year[year] = entry
    by_year[now] = _with_members(by_year[now], article, units)
    entries = tuple(entry for entry in by_year.values() if _says_something(entry))
    return entries, tuple(_changes(roles, units))


def _two_years(years: dict[str, Proposal[int]]) -> tuple[int | None, int]:
    """The year the article reports, and the year that elections are for."""
    values = {reason: year.value for reason, year in years.items()}
    now = values.get("reviewed") or values.get("pact") or values.get("plan") or next(iter(values.values()), None)
    if now is None:
        return None, 0
    if "reviewed" in values:
        later = [year for reason, year in values.items() if reason in ("pact", "plan") and year > now]
        return now, later[0] if later else now + 1
    return now, now


def _roles(article: Article, units: Units, bloc: Organization | None, now: int, following: int) -> list[_Role]:
    roles: list[_Role] = []
    for place, text in article.passages:
        for mention in find_roles(text, units.find(text)):
            if _is_other_bloc(mention.bloc or _bloc_of_line(text), bloc):
                continue
            roles.append(_Role(mention, _year(mention, now, following), place == "caption"))
    return roles


def _bloc_of_line(text: str) -> BlocMention | None:
    """The bloc with which a line of a list begins: “- Khối thi đua số 2: Trưởng khối: …”."""
    first = next(find_blocs(text[:_HEAD_OF_A_LINE]), None)
    return first if first and first.start <= _MARK_OF_A_LINE and text.startswith(":", first.end) else None


def _is_other_bloc(mention: BlocMention | None, bloc: Organization | None) -> bool:
    """“Khối trưởng Khối thi đua số 2” as a guest of bloc 1."""
    return (
        mention is not None
        and bloc is not None
        and mention.number is not None
        and bloc.number is not None
        and (mention.number != bloc.number)
    )


def _year(mention: RoleMention, now: int, following: int) -> int:
    if mention.year:
        return mention.year
    return following if mention.deed in ("elected", "assigned", "takes_over") else now


def _seated(year: int, roles: Sequence[_Role], units: Units) -> BlocYear:
    heads = _ranked([role for role in roles if role.mention.role == "head"], units)
    deputies = _ranked([role for role in roles if role.mention.role == "deputy"], units)
    standing = _ranked([role for role in roles if role.mention.role == "standing_body"], units)
    head = heads[0] if heads else None
    if head and len(heads) > 1:
        head = replace(head, sure=False)
    return BlocYear(year, head, tuple(deputies[:3]), standing[0] if standing else None)


def _ranked(roles: Sequence[_Role], units: Units) -> list[Proposal[Seat]]:
    """One seat a unit, the most often named first; the text goes before captions."""
    by_unit: dict[str, list[_Role]] = {}
    seats: dict[str, Organization] = {}
    for role in roles:
        unit = units.organization(without_board(role.mention.unit.written), role.mention.unit.ids)
        seats[unit.id] = unit
        by_unit.setdefault(_same(unit, by_unit, seats), []).append(role)
    order = sorted(by_unit, key=lambda unit: (-_weight(by_unit[unit]), list(by_unit).index(unit)))
    return [_proposal(seats[unit], by_unit[unit]) for unit in order]


def _same(unit: Organization, known: dict[str, list[_Role]], seats: dict[str, Organization]) -> str:
    """The id of a unit already seated under a shorter or longer name (“Sở Y tế”, “Sở Y tế tỉnh An Giang”)."""
    key = match_key(unit.name)
    for other in known:
        theirs = match_key(seats[other].name)
        governs = key.removeprefix(_COMMITTEE) == theirs or theirs.removeprefix(_COMMITTEE) == key
        if other == unit.id or governs or theirs.startswith(f"{key} ") or key.startswith(f"{theirs} "):
            return other
    return unit.id


def _weight(roles: Sequence[_Role]) -> int:
    # What was decided at the ceremony, or said of just this year, outweighs how often somebody is called by the role.
    return sum(
        (1 if role.is_caption else 2)
        + (2 if role.mention.deed in ("elected", "takes_over", "assigned") else 0)
        + (3 if role.mention.year else 0)
        for role in roles
    )


def _proposal(unit: Organization, roles: Sequence[_Role]) -> Proposal[Seat]:
    first = next((role for role in roles if not role.is_caption), roles[0])
    person = next((role.mention.person for role in roles if role.mention.person), None)
    origin = "caption" if all(role.is_caption for role in roles) else "stated"
    return Proposal(
        Seat(unit, first.mention.role_written.strip(" ,"), person, origin), first.mention.written, _is_sure(roles)
    )


def _is_sure(roles: Sequence[_Role]) -> bool:
    """Said twice, or by a verb or in brackets: “A, Khối trưởng” alone may go with the words before it."""
    return len(roles) > 1 or any(_SAYS_SO.search(role.mention.written) for role in roles)


def _with_members(entry: BlocYear, article: Article, units: Units) -> BlocYear:
    passages = [text for place, text in article.passages if place != "caption"]
    lists = [members for text in passages for members in find_member_lists(text)]
    counts = [
        count for text in (*passages, *(i.caption for i in article.illustrations)) for count in find_member_counts(text)
    ]
    count = _count(counts)
    chosen = _list(lists, count.value if count else None)
    members = None
    if chosen:
        named = tuple(Seat(units.organization(name), name) for name in dict.fromkeys(chosen.names))
        fits = count is not None and len(chosen.names) == count.value
        members = Proposal(named, chosen.written, fits)
        if count is None or (not count.sure and not fits):
            count = Proposal(len(chosen.names), chosen.written, False) if count is None else count
        if fits and count is not None:
            count = Proposal(count.value, count.words, True)
    complete = members is not None and members.sure
    return replace(entry, member_count=count, members=members, is_complete=complete)


def _count(counts: Sequence[MemberCount]) -> Proposal[int] | None:
    """The number that the surest words give; where they give several, the one said most often, and unsure."""
    weights: Counter[int] = Counter()
    for count in counts:
        weights[count.value] += _STRENGTHS[count.strength]
    likely = [value for value, weight in weights.items() if weight > 0]
    if not likely:
        return None
    best = max(likely, key=lambda value: weights[value])
    words = next(count.written for count in counts if count.value == best and count.strength != "weak")
    stated = any(count.value == best and count.strength == "stated" for count in counts)
    rivals = [value for value in likely if value != best and weights[value] >= _STRENGTHS["stated"]]
    return Proposal(best, words, stated and not rivals)


def _list(lists: Sequence[MemberList], count: int | None) -> MemberList | None:
    """The list that has as many names as the bloc has members, else the longest that may be one."""
    exact = [members for members in lists if count is not None and len(members.names) == count]
    if exact:
        return exact[0]
    fitting = [members for members in lists if count is None or len(members.names) <= count]
    return max(fitting, key=lambda members: len(members.names), default=None)


def _changes(roles: Sequence[_Role], units: Units) -> list[Change]:
    changes: dict[tuple[str, str, str], Change] = {}
    for role in roles:
        mention = role.mention
        unit = units.organization(without_board(mention.unit.written), mention.unit.ids)
        if mention.deed in ("elected", "assigned"):
            change = Change(mention.deed, mention.role, unit, None, None, role.year, mention.written)
            changes.setdefault((mention.deed, mention.role, unit.id), change)
        if mention.deed == "takes_over":
            giver = next((r for r in roles if r.mention.deed == "hands_over" and r.mention.written[:20]), None)
            from_unit = units.organization(giver.mention.unit.written, giver.mention.unit.ids) if giver else None
            change = Change("handed_over", mention.role, None, from_unit, unit, role.year, mention.written)
            changes.setdefault(("handed_over", mention.role, unit.id), change)
    return list(changes.values())


def _says_something(entry: BlocYear) -> bool:
    return bool(entry.head or entry.deputies or entry.standing_body or entry.member_count or entry.members)
