"""The measured builds as Markdown: the table of what is to be reached, then every figure behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import median

from bench.kinds import Count
from bench.rounds import CASES, SMALL, Run, Runs

Figure = Callable[[Run], float]

FULL_SIZE = 10_000
"""The number of bulletins that the reaches are set for; below it nothing is judged."""

CASE_NAMES = {
    "first": "first full build, empty caches",
    "edit": "one edited sentence",
    "nothing": "nothing changed",
    "fact": "one changed title",
    "more": "one more bulletin",
    "with photo": "a first photo added, of 12 megapixels, renditions included",
    "photo": "one photo exchanged, renditions included",
    "register": "other names of units in the register, which 560 bulletins name",
    "theme": "full rebuild, warm caches, theme changed",
    "serve": "one edited sentence while the site is served, from the save to the page",
    "serve fact": "one changed title while the site is served, from the save to the page",
    "serve more": "one more bulletin while the site is served, from the save to the page",
    "serve fact all": "one changed title while the site is served, from the save to the whole site",
    "serve more all": "one more bulletin while the site is served, from the save to the whole site",
    "small": "first full build of 1,000 bulletins, empty caches",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of reaches; `reached` is `None` where there is nothing to judge by."""

    what: str
    reach: str
    ours: str
    theirs: str = "—"
    ratio: str = "—"
    reached: bool | None = None

    def cells(self, judged: bool) -> list[str]:
        verdict = {True: "yes", False: "no", None: "—"}[self.reached if judged else None]
        return [self.what, self.reach, self.ours, self.theirs, self.ratio, verdict]


Kinds = Mapping[str, Mapping[str, Count]]
"""By builder, the files of its site by kind."""


def section(n: int, runs: Runs, machine: str, kinds: Kinds) -> str:
    """The whole report of one length of the corpus, under a heading of its own."""
    parts = [heading(n), machine]
    if _timed(runs, "ours", "first"):
        rows = [row.cells(judged=n >= FULL_SIZE) for row in _reaches(runs)]
        parts.append(_table(["", "reach", "ours", "theirs", "ours ÷ theirs", "reached"], rows))
    return "\n\n".join([*parts, _table(_COLUMNS, _figures(runs)), _by_kind(kinds)]) + "\n"


def _by_kind(kinds: Kinds) -> str:
    """Files and megabytes of each kind, builder by builder."""
    every = sorted({kind for counts in kinds.values() for kind in counts})
    columns = ["kind of files", *(f"{builder}: files, MB" for builder in kinds)]
    rows = [[kind, *(_count(counts.get(kind)) for counts in kinds.values())] for kind in every]
    return _table(columns, rows)


def _count(count: Count | None) -> str:
    return f"{count.files:,}, {count.bytes / 1e6:.2f}" if count else "—"


def heading(n: int) -> str:
    """What a section of the report begins with."""
    return f"## {n:,} bulletins"


def merged(document: str, introduction: str, part: str) -> str:
    """The document under this introduction, with the section of the same heading replaced, or added at the end.

    All other sections stay: what is written there by hand is not lost.
    """
    _, *sections = document.rstrip("\n").split("\n\n## ")
    kept = {text.partition("\n")[0]: text for text in sections}
    new = part.removeprefix("## ").rstrip("\n")
    kept[new.partition("\n")[0]] = new
    return "\n\n## ".join([introduction, *kept.values()]) + "\n"


def _reaches(runs: Runs) -> Iterator[Row]:
    equal, hugo, found = (_timed(runs, name, "first") for name in ("ours-equal", "hugo-equal", "pagefind"))
    ours = _timed(runs, "ours", "first")
    yield _against("first build, the same files as Hugo: wall", 0.8, equal, hugo, _wall)
    yield _against("the same: processor", 0.8, equal, hugo, _cpu)
    yield _with_search("first build, everything: wall, Hugo's and Pagefind's", ours, hugo, found, _wall)
    yield _with_search("the same: processor", ours, hugo, found, _cpu)
    yield _left_out(_ratio(equal, ours, _cpu))
    yield _against(
        "rebuild after a change of theme, against Hugo's build", 0.4, _timed(runs, "ours", "theme"), hugo, _wall
    )
    for case, most, share in COMMANDS:
        yield _command(runs, case, most, share)
    for case, most in SERVED:
        served = _timed(runs, "ours", case)
        yield Row(CASE_NAMES[case], f"≤ {most} s", _seconds(served, _wall, 3), reached=_median(served, _wall) <= most)
    yield _nothing(runs)
    yield _memory(runs)
    yield _growth(runs)
    yield _bytes_of_a_sentence(runs)


COMMANDS = (
    ("edit", 0.7, 0.05),
    ("fact", 1.5, 0.10),
    ("more", 1.5, 0.10),
    ("photo", 1.5, None),
    ("register", 6.0, None),
)
"""Cases of a cold command, with the seconds at ten thousand and the share of a first build that are to be reached."""

SERVED = (("serve", 0.1), ("serve fact", 0.5), ("serve more", 0.5), ("serve fact all", 0.5), ("serve more all", 0.5))


def _against(what: str, most: float, ours: Sequence[Run], theirs: Sequence[Run], figure: Figure) -> Row:
    ratio = _ratio(ours, theirs, figure)
    reached = None if ratio is None else ratio <= most
    return Row(what, f"≤ {most}", _seconds(ours, figure), _seconds(theirs, figure), _two(ratio), reached)


def _left_out(equal: float | None) -> Row:
    """The share of our processor time that goes into what Hugo's site lacks; `equal` is that of the rest."""
    share = None if equal is None else 1 - equal
    what = "of ours: search, English, statistics, subscriptions, tables, which Hugo's site lacks"
    return Row(what, "—", f"{_two(share)} of the processor time")


def _with_search(
    what: str, ours: Sequence[Run], hugo: Sequence[Run], found: Sequence[Run], figure: Figure, most: float = 0.6
) -> Row:
    """Ours with all it makes, beside Hugo and then Pagefind over what Hugo made."""
    both = [figure(h) + figure(p) for h, p in zip(hugo, found, strict=False)]
    ratios = [figure(run) / seconds for run, seconds in zip(ours, both, strict=False)]
    ratio = median(ratios) if ratios else None
    theirs = f"{median(both):.2f} s ({min(both):.2f}–{max(both):.2f})" if both else "—"
    reached = None if ratio is None else ratio <= most
    return Row(what, f"≤ {most}", _seconds(ours, figure), theirs, _two(ratio), reached)


def _command(runs: Runs, case: str, most: float, share: float | None) -> Row:
    ours, first, hugo = _timed(runs, "ours", case), _timed(runs, "ours", "first"), _timed(runs, "hugo-equal", case)
    part = _ratio(ours, first, _wall)
    reached = _median(ours, _wall) <= most if ours else None
    of_first = f", {_two(part)} of a first build" + (f" (≤ {share:.2f})" if share else "")
    ratio = _ratio(ours, hugo, _wall)
    return Row(
        CASE_NAMES[case], f"≤ {most} s", _seconds(ours, _wall) + of_first, _seconds(hugo, _wall), _two(ratio), reached
    )


def _bytes_of_a_sentence(runs: Runs) -> Row:
    ours = _timed(runs, "ours", "edit")
    kilobytes = max(run.site.bytes for run in ours) / 1000
    return Row(
        "bytes of the site written for one sentence", "≤ 300 kB", f"{kilobytes:,.0f} kB", reached=kilobytes <= 300
    )


def _nothing(runs: Runs) -> Row:
    ours = _timed(runs, "ours", "nothing")
    files = max(run.site.files + run.site.removed for run in ours)
    reached = not files and _median(ours, _wall) <= 0.4
    return Row(
        "nothing changed", "≤ 0.4 s, no file written", f"{_seconds(ours, _wall)}, {files} files", reached=reached
    )


def _memory(runs: Runs) -> Row:
    """The largest peak of any case."""
    ours, hugo = (_peak(runs, name) for name in ("ours", "hugo-equal"))
    ratio = ours / hugo if ours and hugo else None
    reached = None if ours is None else ours <= 350 * 1024
    return Row("peak memory, children included", "≤ 350 MiB", _mib(ours), _mib(hugo), _two(ratio), reached)


def _growth(runs: Runs) -> Row:
    ours, hugo = (
        _ratio(_timed(runs, name, "first"), _timed(runs, name, "small"), _cpu) for name in ("ours", "hugo-equal")
    )
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
    return [
        _seconds(timed, _wall, 3 if case.startswith("serve") else 2),
        _seconds(timed, _cpu),
        _two(ratio),
        *sampled,
        largest,
    ]


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
