"""A million bulletins, reckoned from sites that were measured: what stands in `docs/developers/a-million.md`.

Every figure below was measured as that page says; put newer ones in their place, and write the page anew by
`python3 tasks.py docs`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SIZES = (10_000, 100_000, 1_000_000)
WORKERS = (2, 8, 32, 128)
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """A first build of the bench's corpus: bulletins, and files and bytes of the site and of the file of readings."""

    bulletins: int
    files: int
    bytes: int
    readings: int


FEW = Built(1_000, 5_343, 93_468_626, 13_869_056)
MANY = Built(3_004, 15_282, 279_493_433, 43_225_088)

PROCESSOR = ((10_000, 53.0), (100_000, 611.0))
"""Bulletins, and seconds of processor of their first build on the bench's machine."""
CORES = 2
"""Of that machine, which reads and plans also where a cluster makes the files."""
SHARED = 0.58
"""The share of a first build that a cluster takes: making, after reading and planning."""
PUTS_A_SECOND = 100
"""Files a second that a store is taken to accept from one publication: an assumption, not a figure."""

WHOLE_SITE = (
    ("`/api/v1/csv/bulletins.csv`", 260_873, 788_111),
    ("`/api/v1/csv/memberships.csv`", 241_923, 740_648),
    ("`/api/v1/csv/targets.csv`", 78_030, 236_021),
    ("`/api/v1/csv/blocs.csv`", 24_006, 73_236),
    ("`/api/v1/csv/awards.csv`", 22_203, 67_203),
    ("`/api/v1/blocs.json`", 13_447, 38_963),
    ("`/api/v1/index.json`", 26_106, 45_818),
    ("`/tim-kiem/chi-muc/loc.json`", 4_251, 12_635),
)
"""Files that tell of the whole site, and their bytes at the numbers of bulletins of `WHOLE_SITE_AT`."""
WHOLE_SITE_AT = (1_003, 3_004)


def along(few: tuple[float, float], many: tuple[float, float], bulletins: int) -> float:
    """What lies at this number of bulletins on the line through two measured pairs (bulletins, figure)."""
    slope = (many[1] - few[1]) / (many[0] - few[0])
    return few[1] + slope * (bulletins - few[0])


def files(bulletins: int) -> float:
    return along((FEW.bulletins, FEW.files), (MANY.bulletins, MANY.files), bulletins)


def size(bulletins: int) -> float:
    """Bytes of the site."""
    return along((FEW.bulletins, FEW.bytes), (MANY.bulletins, MANY.bytes), bulletins)


def readings(bulletins: int) -> float:
    """Bytes of the file of readings, the largest of the caches."""
    return along((FEW.bulletins, FEW.readings), (MANY.bulletins, MANY.readings), bulletins)


def processor(bulletins: int) -> float:
    """Seconds of processor of a first build."""
    return along(*PROCESSOR, bulletins)


def hours(bulletins: int, workers: int) -> float:
    """Of a first build whose files are made by so many workers of one core each; the rest is done by `CORES`."""
    work = processor(bulletins) / 3600
    return work * (1 - SHARED) / CORES + work * SHARED / workers


def core_hours(bulletins: int, workers: int) -> float:
    """What is to be paid for: every worker and the machine that began, from the first second to the last."""
    return hours(bulletins, workers) * (workers + CORES)


def reckoning_tables() -> str:
    """The tables of the page."""
    sizes = [
        (
            f"{n:,}", f"{files(n):,.0f}", f"{size(n) / 1e9:,.1f}", f"{readings(n) / 1e9:,.2f}",
            f"{processor(n) / 3600:,.2f}", f"{files(n) / PUTS_A_SECOND / 3600:,.1f}",
        )
        for n in SIZES
    ]  # fmt: skip
    machines = [(f"{n}", f"{hours(MILLION, n):.2f}", f"{core_hours(MILLION, n):.1f}") for n in WORKERS]
    few, many = WHOLE_SITE_AT
    grown = [
        (name, *(f"{along((few, at_few), (many, at_many), n) / 1e6:,.1f}" for n in SIZES))
        for name, at_few, at_many in WHOLE_SITE
    ]
    head = ("bulletins", "files", "site, GB", "readings, GB", "processor, hours", "first publication, hours")
    of_workers = ("workers", "first build, hours", "core-hours to pay")
    by_size = ("file, MB at bulletins", *(f"{n:,}" for n in SIZES))
    return "\n\n".join((_table(head, sizes), _table(of_workers, machines), _table(by_size, grown)))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
