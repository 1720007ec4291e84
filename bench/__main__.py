"""`python3 tasks.py bench`: the same corpus built with this project, Pelican and Hugo, and a table of the costs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.builders import MAKERS, Builder, Unavailable, prepare
from bench.machine import description
from bench.measure import CommandFailed
from bench.report import merged, section
from bench.rounds import rounds

RESULTS = Path(__file__).with_name("RESULTS.md")
SMALL = 1_000
"""Growth is reckoned from the first build of this many bulletins."""

INTRODUCTION = """# Results

Written by `python3 tasks.py bench --n <bulletins> --save`. Seconds are medians (least–most) of the timed rounds on one
machine; memory is of one round more, run before them; ratios are medians of the ratios round by round. `measure.py`
says how time and memory are measured, `corpus.py` what the corpus holds; photos are no part of it. Ours checks the
content and makes dossiers, JSON and every other file of the site. Plain Pelican and Hugo make a page per bulletin,
home, category and tag lists of 24 with pages, and RSS; Hugo reads the same front matter as ours."""


def main(arguments: Sequence[str]) -> int:
    """Measure, print the report, and keep it if asked; the exit code is 1 if a build failed."""
    asked = _parser().parse_args(arguments)
    try:
        report = _report(asked.only, asked.n, asked.pairs)
    except CommandFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    print(report)
    if asked.save:
        document = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else INTRODUCTION
        RESULTS.write_text(merged(document, report), encoding="utf-8", newline="\n")
    return 0


def _report(names: Sequence[str], n: int, pairs: int) -> str:
    builders = _available(names, n)
    small = prepare([builder.name for builder in builders], SMALL) if n > SMALL else []
    machine = description([builder.version for builder in builders])
    return section(n, rounds(builders, small, pairs, _tell), machine)


def _available(names: Sequence[str], n: int) -> list[Builder]:
    """The builders that can be had; of any other a line is said."""
    try:
        return prepare(names, n)
    except Unavailable as why:
        _tell(f"left out: {why}")
        return prepare([name for name in names if name != "hugo"], n)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = set(names) - set(MAKERS)
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}; known: {', '.join(MAKERS)}")
    return names


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--n", type=_positive, default=1_000, help="bulletins of the corpus (1000)")
    parser.add_argument("--pairs", type=_positive, default=3, help="timed rounds, after one that samples memory (3)")
    parser.add_argument("--only", type=_names, default=list(MAKERS), help=f"some of {','.join(MAKERS)}")
    parser.add_argument("--save", action="store_true", help="keep the report in bench/RESULTS.md")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
