"""A million bulletins, reckoned from what was measured: the tables of `docs/developers/a-million.md`.

How each figure was measured stands in that page. Put newer ones in their place here, and write the page anew by
`python3 tasks.py docs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

SIZES = (10_000, 100_000, 1_000_000)
WORKERS = (2, 8, 32, 128)
MILLION = 1_000_000
HOUR = 3600


class Pair(NamedTuple):
    """A figure at the two numbers of bulletins that were built."""

    few: float
    many: float


BULLETINS = Pair(1_003, 3_004)
FILES = Pair(5_356, 15_279)
BYTES = Pair(93_869_515, 279_478_936)
PROCESSOR = 0.0142
"""Seconds of processor of a first build, a bulletin."""
CORES = 2
"""Of the machine that builds: it reads and plans also where a cluster makes the files."""
SHARED = 0.65
"""The share of that processor time that a cluster takes over: making."""
MEMORY = 9.9
"""kB a bulletin, of the process that builds while it reads."""
JOB = 1.6
"""kB a bulletin, that each worker is sent and holds."""
PRICE = 0.05
"""What a core costs for an hour: an assumption."""
WRITES = 100
"""Files a second that a store accepts from one publication: an assumption."""

WHOLE_SITE = {
    "`/api/v1/csv/bulletins.csv`": Pair(260_873, 788_111),
    "`/api/v1/csv/memberships.csv`": Pair(241_923, 740_648),
    "`/api/v1/csv/targets.csv`": Pair(78_030, 236_021),
    "`/api/v1/csv/blocs.csv`": Pair(24_006, 73_236),
    "`/api/v1/csv/awards.csv`": Pair(22_203, 67_203),
    "`/api/v1/blocs.json`": Pair(13_447, 38_963),
    "`/api/v1/index.json`": Pair(26_106, 45_818),
    "`/tim-kiem/chi-muc/loc.json`": Pair(4_251, 12_635),
}
"""Bytes of the files that tell of the whole site, undivided."""


def grown(figure: Pair, bulletins: int) -> float:
    """A figure at this number of bulletins, on the straight line through both that were measured."""
    slope = (figure.many - figure.few) / (BULLETINS.many - BULLETINS.few)
    return figure.few + slope * (bulletins - BULLETINS.few)


def alone(bulletins: int) -> float:
    """Hours of a first build on one machine."""
    return bulletins * PROCESSOR / CORES / HOUR


def hours(bulletins: int, workers: int) -> float:
    """The same where workers of one core each make the files; what the machine that builds does is not shared out."""
    return bulletins * PROCESSOR * ((1 - SHARED) / CORES + SHARED / workers) / HOUR


def cost(took: float, cores: int) -> float:
    """What so many cores cost for these hours."""
    return took * cores * PRICE


def reckoning_tables() -> str:
    """The tables of the page."""
    whole = [(name, *(f"{grown(pair, n) / 1e6:,.1f}" for n in SIZES)) for name, pair in WHOLE_SITE.items()]
    return "\n\n".join((
        _table(("bulletins", "files, and requests of a first copy", "GB", "hours of a first publication to a store",
                "hours on one machine", "memory of the building process, GB", "sent to each worker, GB"),
               map(_size, SIZES)),
        _table((f"{MILLION:,} bulletins, workers", "hours", "cost"), _machines()),
        _table(("MB of a file, at bulletins", *(f"{n:,}" for n in SIZES)), whole),
    ))  # fmt: skip


def _size(n: int) -> tuple[str, ...]:
    files = grown(FILES, n)
    per_bulletin = (f"{n * kilobytes / 1e6:,.2f}" for kilobytes in (MEMORY, JOB))
    site = (f"{files:,.0f}", f"{grown(BYTES, n) / 1e9:,.1f}", f"{files / WRITES / HOUR:,.2f}")
    return (f"{n:,}", *site, f"{alone(n):,.2f}", *per_bulletin)


def _machines() -> list[tuple[str, ...]]:
    here = alone(MILLION)
    spread = [(f"{w}", f"{(took := hours(MILLION, w)):.2f}", f"{cost(took, CORES + w):.2f}") for w in WORKERS]
    return [("none: one machine", f"{here:.2f}", f"{cost(here, CORES):.2f}"), *spread]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
