"""The measured builds as Markdown: the table of what is to be reached, then every figure behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

from bench.rounds import CASES, SMALL, Run, Runs

FULL_SIZE = 10_000
"""The number of bulletins that the reaches are set for; below it nothing is judged."""

CASE_NAMES = {
    "first": "first full build, empty caches",
    "edit": "one edited sentence",
    "nothing": "nothing changed",
    "serve": "one edited sentence while the site is served, from the save to the page",
    "theme": "full rebuild, warm caches, theme changed",
    "more": "one more bulletin",
    "small": "first full build of 1,000 bulletins, empty caches",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of reaches; `reached` is `None` where there is nothing to judge by."""

    what: str
    reach: str
    ours: str
    hugo: str = "—"
    ratio: str = "—"
    reached: bool | None = None

    def cells(self, judged: bool) -> list[str]:
        verdict = {True: "yes", False: "no", None: "—"}[self.reached if judged else None]
        return [self.what, self.reach, self.ours, self.hugo, self.ratio, verdict]


def section(n: int, runs: Runs, machine: str) -> str:
    """The whole report of one length of the corpus, under a heading of its own."""
    parts = [heading(n), machine]
    if _timed(runs, "ours", "first"):
        rows = [row.cells(judged=n >= FULL_SIZE) for row in _reaches(runs)]
        parts.append(_table(["", "reach", "ours", "Hugo", "ours ÷ Hugo", "reached"], rows))
    return "\n\n".join([*parts, _table(_COLUMNS, _figures(runs))]) + "\n"


def heading(n: int) -> str:
    """What a section of the report begins with."""
    return f"## {n:,} bulletins"


def merged(document: str, part: str) -> str:
    """The document with the section of the same heading replaced, or the section added at the end."""
    intro, *sections = document.rstrip("\n").split("\n\n## ")
    kept = {text.partition("\n")[0]: text for text in sections}
    new = part.removeprefix("## ").rstrip("\n")
    kept[new.partition("\n")[0]] = new
    return "\n\n## ".join([intro, *kept.values()]) + "\n"


def _reaches(runs: Runs) -> Iterator[Row]:
    yield _against_hugo("first full build", "≤ Hugo's", runs, "first", most=1)
    yield _against_hugo(
        "rebuild after a change of theme, warm caches", "≤ 0.5 of Hugo's full build", runs, "theme", most=0.5
    )
    yield _edit(runs)
    served = _timed(runs, "ours", "serve")
    within = _median(served, _wall) <= 0.15
    yield Row("the same while `serve` is running", "≤ 150 ms", _seconds(served, _wall, 3), reached=within)
    yield _nothing(runs)
    yield _memory(runs)
    yield _growth(runs)
    more = _timed(runs, "ours", "more")
    yield Row(
        "one more bulletin: files written", "bounded", f"{more[-1].site.files:,} of {more[-1].site.standing_files:,}"
    )


def _against_hugo(what: str, reach: str, runs: Runs, case: str, most: float) -> Row:
    ours, hugo = _timed(runs, "ours", case), _timed(runs, "hugo", "first")
    ratio = _ratio(ours, hugo, _wall)
    reached = None if ratio is None else ratio <= most
    return Row(what, reach, _seconds(ours, _wall), _seconds(hugo, _wall), _two(ratio), reached)


def _edit(runs: Runs) -> Row:
    ours, hugo = _timed(runs, "ours", "edit"), _timed(runs, "hugo", "edit")
    faster = _ratio(hugo, ours, _wall)
    reached = None if faster is None else faster >= 15 and _median(ours, _wall) <= 0.6
    what, reach = "one edited sentence, cold command", "≤ 0.6 s, ≥ 15 times faster than Hugo"
    return Row(what, reach, _seconds(ours, _wall), _seconds(hugo, _wall), f"Hugo ÷ ours {_two(faster)}", reached)


def _nothing(runs: Runs) -> Row:
    ours = _timed(runs, "ours", "nothing")
    files = max(run.site.files + run.site.removed for run in ours)
    reached = not files and _median(ours, _wall) <= 0.4
    return Row(
        "nothing changed", "≤ 0.4 s, no file written", f"{_seconds(ours, _wall)}, {files} files", reached=reached
    )


def _memory(runs: Runs) -> Row:
    """The largest peak of any case."""
    ours, hugo = (_peak(runs, name) for name in ("ours", "hugo"))
    ratio = ours / hugo if ours and hugo else None
    reached = None if ours is None else ours <= 350 * 1024
    return Row("peak memory, children included", "≤ 350 MiB", _mib(ours), _mib(hugo), _two(ratio), reached)


def _growth(runs: Runs) -> Row:
    ours, hugo = (_ratio(_timed(runs, name, "first"), _timed(runs, name, "small"), _cpu) for name in ("ours", "hugo"))
    reached = None if ours is None else ours <= 10.5
    return Row("CPU, times that of 1,000 bulletins", "≤ 10.5 times", _two(ours), _two(hugo), reached=reached)


def _peak(runs: Runs, builder: str) -> int | None:
    sampled = [of_case[0].cost.memory for (name, _), of_case in runs.items() if name == builder]
    return max((memory.pss for memory in sampled if memory), default=None)


def _timed(runs: Runs, builder: str, case: str) -> Sequence[Run]:
    return runs.get((builder, case), ())[1:]


def _wall(run: Run) -> float:
    return run.cost.wall


def _cpu(run: Run) -> float:
    return run.cost.cpu


Figure = Callable[[Run], float]


def _median(runs: Sequence[Run], figure: Figure) -> float:
    return median(map(figure, runs))


def _ratio(above: Sequence[Run], below: Sequence[Run], figure: Figure) -> float | None:
    """The median of the ratios round by round, so that a machine that slows down between rounds changes little."""
    ratios = [figure(a) / figure(b) for a, b in zip(above, below, strict=False)]
    return median(ratios) if ratios else None


def _seconds(runs: Sequence[Run], figure: Figure, digits: int = 2) -> str:
    """Median, with the least and the most beside it; a dash for what was not measured."""
    seconds = sorted(map(figure, runs))
    if not seconds or isnan(seconds[0]):
        return "—"
    return f"{median(seconds):.{digits}f} s ({seconds[0]:.{digits}f}–{seconds[-1]:.{digits}f})"


def _two(ratio: float | None) -> str:
    return "—" if ratio is None or isnan(ratio) else f"{ratio:.2f}"


_COLUMNS = (
    "build", "with", "wall", "CPU", "CPU: ours ÷ this", "peak PSS, all", "peak RSS, all", "largest process",
    "files written", "MB written", "removed", "files in all", "cache MB written",
)  # fmt: skip


def _figures(runs: Runs) -> Iterator[list[str]]:
    for case in (*CASES, SMALL):
        for builder in dict.fromkeys(name for name, _ in runs):
            if (builder, case.name) in runs:
                yield [
                    CASE_NAMES[case.name],
                    builder,
                    *_costs(runs, builder, case.name),
                    *_files(runs[builder, case.name][-1]),
                ]


def _costs(runs: Runs, builder: str, case: str) -> list[str]:
    timed, memory = _timed(runs, builder, case), runs[builder, case][0].cost.memory
    ratio = _ratio(_timed(runs, "ours", case), timed, _cpu)
    sampled = [_mib(memory.pss), _mib(memory.rss)] if memory else [_mib(None), _mib(None)]
    largest = _mib(max(run.cost.largest_process for run in timed))
    return [_seconds(timed, _wall, 3 if case == "serve" else 2), _seconds(timed, _cpu), _two(ratio), *sampled, largest]


def _files(run: Run) -> list[str]:
    site = run.site
    return [
        f"{site.files:,}",
        f"{site.bytes / 1e6:.1f}",
        f"{site.removed:,}",
        f"{site.standing_files:,}",
        f"{run.cache.bytes / 1e6:.1f}",
    ]


def _mib(kib: int | None) -> str:
    return "—" if not kib else f"{kib / 1024:.0f} MiB"


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(columns), *rows]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
