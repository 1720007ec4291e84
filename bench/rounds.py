"""The builds that are measured, in turn: what is changed before each, and what each cost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bench import corpus
from bench.builders import PHOTOGRAPHED, Builder, clear
from bench.corpus import Item
from bench.measure import Cost, run
from bench.serving import SAVES, Until, served
from bench.written import Written, stamps, written

Key = tuple[str, str]
"""Builder and case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A build worth measuring, by name, with what happens to the source before it in round `k`."""

    name: str
    change: Callable[[Builder, int], None]
    by: frozenset[str] = frozenset({"ours"})
    """The builders it is measured with; nothing for every one."""
    page: Callable[[int], Item] | None = None
    """Measured while the site is served, from a save to the page of this bulletin; `None` where a command is run."""
    until: Until = "page"
    """Whether the page alone is waited for, or the whole site."""


@dataclass(frozen=True, slots=True)
class Run:
    """One build: what it cost, and what it did to the site and to its caches."""

    cost: Cost
    site: Written
    cache: Written


MOST_MORE = 20 * SAVES
"""More bulletins than any measure adds to the corpus."""

Runs = Mapping[Key, Sequence[Run]]
"""By builder and case: first the run that sampled memory, which is a warm-up too, then the timed ones."""


def _from_nothing(builder: Builder, k: int) -> None:
    for n in range(MOST_MORE):
        builder.drop(corpus.one_more(n))
    for n in (0, PHOTOGRAPHED):
        builder.drop(corpus.item(n))
        builder.put(corpus.item(n))
    builder.forget()


def _edit(builder: Builder, k: int) -> None:
    builder.put(corpus.edited(corpus.item(0), k))


def _nothing(builder: Builder, k: int) -> None:
    pass


def _restyle(builder: Builder, k: int) -> None:
    builder.restyle(k)


def _one_more(builder: Builder, k: int) -> None:
    builder.put(corpus.one_more(k))


def _retitle(builder: Builder, k: int) -> None:
    builder.put(corpus.retitled(corpus.item(0), k))


def _first_photo(builder: Builder, k: int) -> None:
    builder.photograph(0)


def _photograph(builder: Builder, k: int) -> None:
    builder.photograph(k + 1)


def _rename(builder: Builder, k: int) -> None:
    builder.rename(k)


def _first_item(k: int) -> Item:
    return corpus.item(0)


WITH_SOURCES = frozenset({"ours", "hugo-equal", "hugo", "pelican"})
"""Who reads bulletins; Pagefind reads pages, and ours at equal work differs from ours in its first build alone."""

CASES = (
    Case("first", _from_nothing, frozenset()),
    Case("edit", _edit, WITH_SOURCES),
    Case("nothing", _nothing),
    Case("fact", _retitle),
    Case("more", _one_more),
    Case("with photo", _first_photo),
    Case("photo", _photograph),
    Case("register", _rename),
    Case("theme", _restyle),
    Case("serve", _edit, page=_first_item),
    Case("serve fact", _retitle, page=_first_item),
    Case("serve more", _one_more, page=corpus.one_more),
    Case("serve fact all", _retitle, page=_first_item, until="site"),
    Case("serve more all", _one_more, page=corpus.one_more, until="site"),
)
SMALL = Case("small", _from_nothing, frozenset({"ours", "hugo-equal"}))
"""The first build of the shorter corpus, from which the growth is reckoned."""


def rounds(builders: Sequence[Builder], small: Sequence[Builder], pairs: int, tell: Callable[[str], None]) -> Runs:
    """Build everything `pairs` times in turn, after a round that samples memory; `tell` hears of each build."""
    runs: dict[Key, list[Run]] = {}
    for k in range(pairs + 1):
        for builder, case in chain(_turns(small, (SMALL,), k), _turns(builders, CASES, k)):
            if case.page is None:
                case.change(builder, k)
            done = _measured(builder, case, k)
            runs.setdefault((builder.name, case.name), []).append(done)
            tell(f"{'memory' if k == 0 else f'{k}/{pairs}'}  {builder.name} {case.name}: {done.cost.wall:.2f} s")
        clear()
    return runs


def _turns(builders: Sequence[Builder], cases: Sequence[Case], k: int) -> Iterator[tuple[Builder, Case]]:
    """Who builds what in round `k`: case by case, every second round in the opposite order."""
    order = builders if k % 2 == 0 else builders[::-1]
    for case in cases:
        yield from ((builder, case) for builder in order if not case.by or builder.name in case.by)


def _measured(builder: Builder, case: Case, k: int) -> Run:
    folders = (builder.output, *builder.caches)
    before = [stamps(folder) for folder in folders]
    os.sync()  # so that what was written before is not paid for now
    sample = k == 0
    cost = (
        served(builder, case.change, case.page, k, sample, case.until)
        if case.page
        else run(builder.command, builder.output.with_name("log.txt"), sample)
    )
    site, *caches = map(written, before, map(stamps, folders))
    return Run(cost, site, sum(caches, Written()))
