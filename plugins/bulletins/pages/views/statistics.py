"""What the page of statistics shows: figures drawn as bars, each beside the table that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple, TypedDict

from bulletins import urls
from bulletins.domain import statistics as counting
from bulletins.domain.dossier import STEPS
from bulletins.pages.edition import Edition
from bulletins.pages.views.common import Head

MOST_TARGETS = 20
"""Kinds of targets that the page lists; a table for spreadsheets has them all."""

CHART_HEIGHT = 120
"""The height of the highest bar, in pixels."""


class Counted(NamedTuple):
    """A code with its number, and how long its bar is, in percent of the longest."""

    code: str
    number: int
    length: int


class Column(NamedTuple):
    """A month of the chart, and the height of its bar in pixels."""

    month: int
    number: int
    height: int


class MonthCounted(NamedTuple):
    """A month of the table: its ceremonies, and how many were of which kind."""

    month: int
    number: int
    kinds: tuple[tuple[str, int], ...]


class StepCounted(NamedTuple):
    """How many blocs have a step of the year and how many lack it; `length` is the share that has it, in percent."""

    held: int
    lacking: int
    length: int


class YearCounted(NamedTuple):
    """A year: the blocs that bulletins tell of, and each step."""

    year: int
    address: str
    blocs: int
    steps: tuple[StepCounted, ...]


class AwardsCounted(NamedTuple):
    """Awards of a form; `uncounted` and `disputed` are statements that are not in the number."""

    form: str
    number: int
    uncounted: int
    disputed: int
    length: int


class TargetsCounted(NamedTuple):
    """Targets in percent of one kind, from the lowest to the highest; `start` and `length` place them on 0 to 100."""

    attain: str
    number: int
    lowest: float
    highest: float
    start: int
    length: int


class StatisticsView(TypedDict):
    """Figures over all bulletins."""

    head: Head
    ceremonies: Annotated[int, "how many there are"]
    columns: Annotated[tuple[Column, ...], "the chart of months; `0` is an unknown month"]
    months: Annotated[tuple[MonthCounted, ...], "months with ceremonies"]
    kinds: Annotated[tuple[Counted, ...], "kinds of ceremony"]
    steps: Annotated[tuple[str, ...], "the steps of a year"]
    years: Annotated[tuple[YearCounted, ...], "the latest first"]
    awards: Annotated[tuple[AwardsCounted, ...], "by form, from the highest"]
    targets: Annotated[tuple[TargetsCounted, ...], "the most frequent first"]
    more_targets: Annotated[int, "kinds of targets that are not listed"]


def statistics(
    edition: Edition,
    ceremonies: counting.Ceremonies,
    steps: tuple[counting.StepsOfYear, ...],
    awards: tuple[counting.AwardsOfForm, ...],
    targets: tuple[counting.TargetsOfKind, ...],
) -> StatisticsView:
    return {
        "head": _head(edition),
        "ceremonies": ceremonies.number,
        "columns": tuple(_columns(ceremonies.months)),
        "months": tuple(MonthCounted(n, dict(ceremonies.months)[n], by) for n, by in ceremonies.kinds_of_months),
        "kinds": _counted(ceremonies.kinds),
        "steps": STEPS,
        "years": tuple(map(_year, steps)),
        "awards": _awards(awards),
        "targets": tuple(map(_target, targets[:MOST_TARGETS])),
        "more_targets": max(0, len(targets) - MOST_TARGETS),
    }


def _head(edition: Edition) -> Head:
    gettext = edition.words.gettext
    what = gettext("Số buổi lễ theo tháng và theo loại, tiến độ của các khối, khen thưởng và chỉ tiêu qua các bản tin.")
    return Head(gettext("Thống kê"), urls.STATISTICS, what, data=urls.API_YEARS, section=urls.STATISTICS)


def _columns(months: Sequence[tuple[int, int]]) -> Iterable[Column]:
    highest = max((count for _, count in months), default=0)
    return (Column(month, count, _share(count, highest, CHART_HEIGHT)) for month, count in months)


def _counted(counts: Sequence[tuple[str, int]]) -> tuple[Counted, ...]:
    longest = max((count for _, count in counts), default=0)
    return tuple(Counted(code, count, _share(count, longest)) for code, count in counts)


def _year(line: counting.StepsOfYear) -> YearCounted:
    steps = tuple(StepCounted(held, line.blocs - held, _share(held, line.blocs)) for held in line.held)
    return YearCounted(line.year, urls.year(line.year), line.blocs, steps)


def _awards(lines: Sequence[counting.AwardsOfForm]) -> tuple[AwardsCounted, ...]:
    longest = max((line.number for line in lines), default=0)
    return tuple(AwardsCounted(*line, _share(line.number, longest)) for line in lines)


def _target(line: counting.TargetsOfKind) -> TargetsCounted:
    start = min(98, max(0, round(line.lowest)))
    return TargetsCounted(*line, start, max(2, min(100, round(line.highest)) - start))


def _share(part: int, whole: int, of: int = 100) -> int:
    """`part` of `whole` as a length; what is there is never so short that it cannot be seen."""
    return max(2, round(part * of / whole)) if part else 0
