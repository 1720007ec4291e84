"""What can be counted over all bulletins: ceremonies, steps of the blocs' years, awards, targets.

Only what bulletins state is counted; what they state differently is counted nowhere, and said to be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from bulletins.domain import kinds
from bulletins.domain.dossier import Dossier
from bulletins.domain.library import Library
from bulletins.domain.tally import CountedAward, CountedTarget
from bulletins.vietnamese.folding import match_key


class Ceremonies(NamedTuple):
    """Ceremonies by month (0 where it is not known) and by kind; a ceremony of two kinds counts under both."""

    number: int
    months: tuple[tuple[int, int], ...]
    kinds: tuple[tuple[str, int], ...]
    kinds_of_months: tuple[tuple[int, tuple[tuple[str, int], ...]], ...]


class Counts(NamedTuple):
    """What is counted from the summaries alone, and what changes whenever the figures of any dossier do."""

    ceremonies: Ceremonies
    steps: tuple[StepsOfYear, ...]
    figures: str


class StepsOfYear(NamedTuple):
    """A year: the blocs that bulletins tell of, and how many of them have each step of `dossier.STEPS`."""

    year: int
    blocs: int
    held: tuple[int, ...]


class AwardsOfForm(NamedTuple):
    """Awards of a form: how many, and how often bulletins state them without a number or differently."""

    form: str
    number: int
    uncounted: int
    disputed: int


class TargetsOfKind(NamedTuple):
    """Targets in percent for one thing to be attained: how many, the lowest and the highest."""

    attain: str
    number: int
    lowest: float
    highest: float


def counts(library: Library) -> Counts:
    """The counts of a library, for which no dossier is joined."""
    digests = "".join(dossier.figures_digest for dossier in library.dossiers.values())
    return Counts(ceremonies(library), steps(library), blake2b(digests.encode(), digest_size=16).hexdigest())


def ceremonies(library: Library) -> Ceremonies:
    """Each ceremony once, however many bulletins report it: by the first of them that knows its month."""
    by_month: dict[int, Counter[str]] = {}
    months: Counter[int] = Counter()
    for reports in library.by_ceremony.values():
        month = next((report.date.month for report in reports if report.date.month), 0)
        months[month] += 1
        by_month.setdefault(month, Counter()).update({kind for report in reports for kind in report.card.kinds})
    of_months = tuple((month, _by_rank(by_month[month])) for month in sorted(by_month, key=lambda m: m or 13))
    every = sum(by_month.values(), Counter())
    return Ceremonies(months.total(), tuple((n, months[n]) for n in _months(months)), _by_rank(every), of_months)


def _months(counts: Mapping[int, int]) -> Iterator[int]:
    yield from range(1, 13)
    if counts.get(0):
        yield 0


def _by_rank(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, counts[kind]) for kind in sorted(counts, key=kinds.CEREMONIES.rank))


def steps(library: Library) -> tuple[StepsOfYear, ...]:
    """Every year that bulletins tell of a bloc in, the latest first."""
    by_year: dict[int, list[tuple[str | None, ...]]] = {}
    for (_, year), dossier in library.dossiers.items():
        by_year.setdefault(year, []).append(dossier.steps)
    return tuple(
        StepsOfYear(year, len(by_year[year]), tuple(sum(map(bool, step)) for step in zip(*by_year[year], strict=True)))
        for year in sorted(by_year, reverse=True)
    )


def awards(dossiers: Iterable[Dossier]) -> tuple[AwardsOfForm, ...]:
    """Awards decided or given, by form, from the highest; those of whose number bulletins disagree are not added.

    One award is counted once, however many bulletins and blocs it is told of.
    """
    by_id: dict[str, list[CountedAward]] = {}
    for award in (award for dossier in dossiers for award in dossier.tally.awards):
        by_id.setdefault(award.id, []).append(award)
    counts: dict[str, list[int]] = {}
    for statements in by_id.values():
        numbers = {award.number for award in statements} - {None}
        line = counts.setdefault(statements[0].form, [0, 0, 0])
        line[0] += next(iter(numbers)) or 0 if len(numbers) == 1 else 0
        line[1] += not numbers
        line[2] += len(numbers) > 1
    return tuple(AwardsOfForm(form, *counts[form]) for form in sorted(counts, key=kinds.AWARDS.rank))


def targets(dossiers: Iterable[Dossier]) -> tuple[TargetsOfKind, ...]:
    """Targets in percent by what they want attained, the most frequent first; without that, by whom they are for."""
    groups: dict[str, list[CountedTarget]] = {}
    for target in (target for dossier in dossiers for target in dossier.tally.targets):
        groups.setdefault(match_key(target.attain), []).append(target)
    lines = map(_targets, groups.values())
    return tuple(sorted(lines, key=lambda line: (-line.number, match_key(line.attain))))


def _targets(group: list[CountedTarget]) -> TargetsOfKind:
    values = [target.value for target in group]
    return TargetsOfKind(min(target.attain for target in group), len(group), min(values), max(values))
