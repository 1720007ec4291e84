"""The builds that are measured, in turn: what is changed before each, and what each cost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bench import corpus
from bench.builders import Builder
from bench.measure import Cost, run
from bench.serving import served
from bench.written import Written, stamps, written

Key = tuple[str, str]
"""Builder and case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A build worth measuring, by name, with what happens to the source before it in round `k`."""

    name: str
    change: Callable[[Builder, int], None]
    everyone: bool = False
    """Measured with every builder, not only with ours."""
    served: bool = False
    """Measured while the site is served, from a save to the page."""


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what it cost, and what it did to the site and to its caches."""

    cost: Cost
    site: Written
    cache: Written


Runs = Mapping[Key, Sequence[Run]]
"""By builder and case: first the run that sampled memory, which is a warm-up too, then the timed ones."""


def _from_nothing(builder: Builder, k: int) -> None:
    builder.drop(corpus.one_more())
    builder.forget()


def _edit(builder: Builder, k: int) -> None:
    builder.put(corpus.edited(corpus.item(0), k))


def _nothing(builder: Builder, k: int) -> None:
    pass


def _restyle(builder: Builder, k: int) -> None:
    builder.restyle(k)


def _while_served(builder: Builder, k: int) -> None:
    """The measure itself saves."""


def _one_more(builder: Builder, k: int) -> None:
    builder.put(corpus.one_more())


CASES = (
    Case("first", _from_nothing, everyone=True),
    Case("edit", _edit, everyone=True),
    Case("nothing", _nothing),
    Case("serve", _while_served, served=True),
    Case("theme", _restyle),
    Case("more", _one_more),
)
SMALL = Case("small", _from_nothing, everyone=True)
"""The first build of the shorter corpus, from which the growth is reckoned."""


def rounds(builders: Sequence[Builder], small: Sequence[Builder], pairs: int, tell: Callable[[str], None]) -> Runs:
    """Build everything `pairs` times in turn, after a round that samples memory; `tell` hears of each build."""
    runs: dict[Key, list[Run]] = {}
    for k in range(pairs + 1):
        for builder, case in chain(_turns(small, (SMALL,), k), _turns(builders, CASES, k)):
            case.change(builder, k)
            done = _measured(builder, case, k)
            runs.setdefault((builder.name, case.name), []).append(done)
            tell(f"{'memory' if k == 0 else f'{k}/{pairs}'}  {builder.name} {case.name}: {done.cost.wall:.2f} s")
    return runs


def _turns(builders: Sequence[Builder], cases: Sequence[Case], k: int) -> Iterator[tuple[Builder, Case]]:
    """Who builds what in round `k`: case by case, every second round in the opposite order."""
    order = builders if k % 2 == 0 else builders[::-1]
    for case in cases:
        yield from ((builder, case) for builder in order if case.everyone or builder.name == "ours")


def _measured(builder: Builder, case: Case, k: int) -> Run:
    folders = (builder.output, *builder.caches)
    before = [stamps(folder) for folder in folders]
    os.sync()  # so that what was written before is not paid for now
    sample = k == 0
    cost = (
        served(builder, k, sample) if case.served else run(builder.command, builder.output.with_name("log.txt"), sample)
    )
    site, *caches = map(written, before, map(stamps, folders))
    return Run(cost, site, sum(caches, Written()))
