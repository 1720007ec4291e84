"""The year that each fact of a bulletin speaks of: a fact belongs to one year, its own where it names one.

A bulletin often tells of two years, such as the review of one and the pact of the next. What names no year goes to the
year that such facts are usually about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from bulletins.vietnamese.folding import match_key

if TYPE_CHECKING:
    from bulletins.domain.model import Award, Bulletin, Decision, Statement, Theme

_NAMED = re.compile(
    r"(?:riêng |tính |ngay )?(?:từ đầu |đến )?(?:trong |kết thúc |hết |cuối |cả |kết quả |tổng kết |sơ kết )?"
    r"(?:(?:6|sáu|9|chín) tháng (?:đầu |cuối )?(?:của )?|quý (?:[ivIV]{1,3}|[1-4])[,/ ]{1,2})?"
    r"năm (?:học |qua \(|công tác )?(?P<year>(?:19|20)[0-9]{2})\b",
    re.IGNORECASE,
)
"""The first words of a result that say of which year it is; years further on may be those of plans and comparisons."""
LEADING = ("elected", "assigned", "handed_over")
"""Kinds of decision that say who leads."""

CHANGING = ("joined", "left")
"""Kinds of decision that say who belongs to the bloc."""


def year_of_award(bulletin: Bulletin, award: Award) -> int | None:
    """The year an award rewards: its own, that of the bulletin's awards, or the year under review."""
    years = bulletin.years
    return award.year or years.awards or years.reviewed or years.pact or years.plan or bulletin.date.year


def ids_of_awards(bulletin: Bulletin) -> tuple[str, ...]:
    """An id for each award of a bulletin, the same in every bulletin that tells of the award.

    What is awarded, by whom, to whom, for what and in which year makes it the same; how many and how far it has come
    do not: an award that is proposed in one bulletin is given in another. Of one bulletin no two awards are the same.
    """
    seen: Counter[tuple[str | None, ...]] = Counter()
    return tuple(_id_of_award(bulletin, award, seen) for award in bulletin.awards)


def _id_of_award(bulletin: Bulletin, award: Award, seen: Counter[tuple[str | None, ...]]) -> str:
    words = (award.form, award.by and match_key(award.by), award.to, award.for_ and match_key(award.for_))
    what = (award.bloc or bulletin.home, str(year_of_award(bulletin, award)), *words, *sorted(award.units))
    seen[what] += 1
    identity = (*what, str(seen[what]))
    return f"{award.form.replace('_', '-')}-{blake2b(repr(identity).encode(), digest_size=4).hexdigest()}"


def year_of_theme(bulletin: Bulletin, theme: Theme) -> int | None:
    """The year of a theme or motto."""
    return theme.year or own_year(bulletin)


def year_of_result(bulletin: Bulletin, statement: Statement) -> int | None:
    """The year of a result or a limitation: one that its first words name, or else the year under review."""
    named = _NAMED.match(statement.text)
    if named:
        return int(named["year"])
    years = bulletin.years
    return years.reviewed or years.pact or years.plan


def year_of_promises(bulletin: Bulletin) -> int | None:
    """The year of commitments and targets: that of the pact, or of a plan that is adopted without one."""
    return bulletin.years.pact or bulletin.years.plan


def year_of_directions(bulletin: Bulletin) -> int | None:
    """The year of directions and instructions."""
    years = bulletin.years
    return years.plan or years.pact or years.reviewed


def own_year(bulletin: Bulletin) -> int | None:
    """The year of what a bulletin says without naming one: its pact's, or else the one it reviews or plans."""
    years = bulletin.years
    return years.pact or years.reviewed or years.plan


def year_led(bulletin: Bulletin, decision: Decision) -> int | None:
    """The year for which a decision says who leads; a hand-over that names none is for the pact's year."""
    if decision.for_year or decision.kind != "handed_over":
        return decision.for_year
    return bulletin.years.pact or bulletin.years.plan


_SECOND_HALF = 7


def is_amid_its_year(bulletin: Bulletin, decision: Decision) -> bool:
    """Whether a role changes hands in the course of the year it is for, so that both units held it in that year.

    Until June the role of the year before may still be handed over late; school years begin in autumn.
    """
    day = decision.on
    of_schools = bulletin.years.school_year or any(entry.school_year for entry in bulletin.bloc_years)
    is_amid = day is not None and day.year == decision.for_year and day.month >= _SECOND_HALF
    return decision.kind == "handed_over" and is_amid and not of_schools


class Undated(NamedTuple):
    """Facts of a field that name no year: how many, and the year they are taken to speak of."""

    field: str
    number: int
    year: int


def undated(bulletin: Bulletin) -> tuple[Undated, ...]:
    """Where a bulletin about several years has facts that name none of them: an author may have meant another one."""
    if len(bulletin.year_reasons) < 2:
        return ()
    counts = Counter((field, year) for field, year in _undated(bulletin) if year)
    return tuple(Undated(field, count, year) for (field, year), count in counts.items())


def _undated(bulletin: Bulletin) -> Iterator[tuple[str, int | None]]:
    yield from (("awards", year_of_award(bulletin, a)) for a in bulletin.awards if a.year is None)
    yield from (("themes", year_of_theme(bulletin, t)) for t in bulletin.themes if t.year is None)
    own = own_year(bulletin)
    yield from (("movements", own) for m in bulletin.movements if m.year is None and m.period is None)
    for field in ("results", "limitations"):
        said = [statement for statement in getattr(bulletin, field) if not _NAMED.match(statement.text)]
        yield from ((field, year_of_result(bulletin, statement)) for statement in said)
    yield from (("commitments", year_of_promises(bulletin)) for _ in bulletin.commitments.list)
    yield from (("targets", year_of_promises(bulletin)) for _ in bulletin.targets)
    yield from (("directions", year_of_directions(bulletin)) for _ in bulletin.directions)
    if bulletin.instructions:
        yield "instructions", year_of_directions(bulletin)


def year_of_change(bulletin: Bulletin, decision: Decision) -> int | None:
    """The year from which a unit belongs to the bloc, or belongs to it no more."""
    return decision.for_year or own_year(bulletin) or bulletin.date.year


def years_spoken_of(bulletin: Bulletin) -> frozenset[int]:
    """Every year that a fact of the bulletin belongs to."""
    return frozenset(year for year in _years(bulletin) if year)


def _years(bulletin: Bulletin) -> Iterator[int | None]:
    yield from (entry.year for entry in bulletin.bloc_years)
    yield from (year_of_award(bulletin, award) for award in bulletin.awards)
    yield from (year_of_theme(bulletin, theme) for theme in bulletin.themes)
    yield from (year_of_result(bulletin, said) for said in (*bulletin.results, *bulletin.limitations))
    for decision in bulletin.decisions:
        year = year_led(bulletin, decision) if decision.kind in LEADING else None
        if decision.kind in CHANGING:
            yield year_of_change(bulletin, decision)
        if year and (decision.unit or decision.to_unit):
            yield year
        if year and decision.kind == "handed_over" and decision.from_unit:
            yield year - (not is_amid_its_year(bulletin, decision))
