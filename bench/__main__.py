"""`python3 tasks.py bench`: the same corpus built with this project, Pelican and Hugo, and a table of the costs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.builders import MAKERS, Builder, Unavailable, prepare
from bench.kinds import kinds
from bench.machine import description
from bench.measure import CommandFailed
from bench.report import merged, section
from bench.rounds import rounds

RESULTS = Path(__file__).with_name("RESULTS.md")
COMPARED = ("ours", "ours-equal", "hugo-equal")
"""Builders whose files are counted by kind."""

SMALL = 1_000
"""Growth is reckoned from the first build of this many bulletins."""

INTRODUCTION = """# Results

Written by `python3 tasks.py bench --n <bulletins> --save`. Seconds are medians (least–most) of the timed rounds on one
machine; memory is of one round more, run before them; ratios are medians of the ratios round by round. `measure.py`
says how time and memory are measured, `corpus.py` what the corpus holds. Before a first build the old site is moved
away by a rename, and deleted after the round. Figures of a loaded machine are no evidence: quote those whose load
before the first build is under 2.

| name | builds |
| --- | --- |
| ours | all that this project makes of the content, the search index included |
| ours-equal | the kinds of files that hugo-equal makes: no search, English, statistics, subscriptions, tables |
| hugo-equal | Hugo with `hugo-equal/`: the same kinds of files, at the same addresses, with the same facts |
| pagefind | Pagefind over the pages of hugo-equal: the search index that Hugo lacks |
| hugo | Hugo with bare layouts: a page per bulletin, lists of 24, RSS |
| pelican | Pelican as it comes, with the same bare pages |

What Hugo cannot do and is spared: rules across files, the schema with places, the register, the gate for photos,
fingerprints and readings on file, refusal before publishing. An office has Debian's Python:
`BULLETINS_VENV=.cache/venv-debian /usr/bin/python3 tasks.py bench` measures with that."""


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
        written = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(merged(written, INTRODUCTION, report), encoding="utf-8", newline="\n")
    return 0


def _report(names: Sequence[str], n: int, pairs: int) -> str:
    builders = _available(names, n)
    small = prepare([name for name in ("ours", "hugo-equal") if name in names], SMALL) if n > SMALL else []
    machine = description([builder.version for builder in builders])
    runs = rounds(builders, small, pairs, _tell)
    sites = {
        builder.name: builder.output for builder in builders if builder.name in ("ours", "ours-equal", "hugo-equal")
    }
    return section(n, runs, machine, {name: kinds(output) for name, output in sites.items()})


def _available(names: Sequence[str], n: int) -> list[Builder]:
    """The builders that can be had; of any other a line is said."""
    made: list[Builder] = []
    for name in names:
        try:
            made += prepare([name], n)
        except Unavailable as why:
            _tell(f"left out: {name}: {why}")
    return made


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
