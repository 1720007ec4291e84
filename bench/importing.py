"""How well importing reads bulletins: texts written for this purpose, the facts expected of each, field by field.

`python3 tasks.py bench --import` prints precision and recall of every field; with what differs in every text. The
texts stand in `bench/import`: each `name.txt` beside `name.yaml` with its facts. `--folder` measures other texts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bulletins.domain.register import Register
from bulletins.importing.recognise.facts import Facts, Proposal
from bulletins.importing.recognise.recognise import recognise
from bulletins.importing.steps import article_of
from bulletins.importing.text import read_text
from bulletins.phrases.statements import Points
from bulletins.vietnamese.document_numbers import parse_symbol
from bulletins.vietnamese.folding import match_key

FOLDER = Path(__file__).parent / "import"
_LISTS = ("instructions", "limitations", "directions")
Values = dict[object, bool]
"""What was proposed for a field: each value, and whether it was marked sure."""


@dataclass
class Score:
    """Of one field: right, proposed and expected values; and of those marked sure, right and all."""

    right: int = 0
    proposed: int = 0
    expected: int = 0
    sure_right: int = 0
    sure: int = 0

    def add(self, proposed: Values, expected: set[object]) -> None:
        """Count the values of one text."""
        self.right += len(proposed.keys() & expected)
        self.proposed += len(proposed)
        self.expected += len(expected)
        self.sure += sum(proposed.values())
        self.sure_right += sum(sure for value, sure in proposed.items() if value in expected)


@dataclass
class Measured:
    """The scores by field, and the lines that say what differs."""

    scores: dict[str, Score] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    texts: int = 0


def _proposal(proposal: Proposal[Any] | None, value: Callable[[Any], object]) -> Values:
    return {value(proposal.value): proposal.sure} if proposal else {}


def _bloc(kind: str, number: int | None, name: str) -> object:
    return (kind, number) if number is not None else (kind, _bare(name))


def _bare(name: str) -> str:
    """A name without its place: “Khối thi đua Văn hóa - Xã hội tỉnh Hải Lăng” is that of the register's short name."""
    words = match_key(name).replace("khối thi đua ", "").replace("cụm thi đua ", "")
    return words.split(" tỉnh ")[0] if not words.startswith(("7 ", "5 ", "6 ")) else words


def _unit(name: str) -> str:
    key = match_key(name)
    return key.removesuffix(" tỉnh").removeprefix("đơn vị ").removeprefix("cơ quan ")


def _symbol(text: str) -> str:
    parsed = parse_symbol(text)
    return parsed.symbol if parsed else text


def proposed(facts: Facts) -> dict[str, Values]:
    """The values of every measured field as importing proposes them."""
    bloc, kinds = facts.bloc, facts.kinds
    counted = next((entry.member_count for entry in facts.bloc_years if entry.member_count), None)
    return {
        "kind": dict.fromkeys(kinds.value, kinds.sure) if kinds else {},
        "bloc": _proposal(
            bloc, lambda one: _bloc(one.kind, one.number if len(one.name.split()) < 7 else None, one.name)
        ),
        "date": _proposal(facts.date, str),
        "years": {(reason, year.value): year.sure for reason, year in facts.years.items()},
        "members": _proposal(counted, int),
        "head": {(y.year, _unit(y.head.value.unit.name)): y.head.sure for y in facts.bloc_years if y.head},
        "deputies": {(y.year, _unit(d.value.unit.name)): d.sure for y in facts.bloc_years for d in y.deputies},
        "documents": {_symbol(one.symbol): True for one in facts.documents if one.symbol and "/" in one.symbol},
        "awards": {(a.form, a.count, a.to, a.status): a.count is not None and not a.units for a in facts.awards},
        "targets": {one.value: bool(one.attain) for one in facts.targets if one.unit == "percent"},
        "counted targets": {one.value: False for one in facts.targets if one.unit != "percent"},
        **{name: _points(getattr(facts, name)) for name in _LISTS},
    }


def _points(points: Points | None) -> Values:
    """How many points a list has."""
    return {len(points.points): False} if points else {}


def expected(case: dict[str, Any]) -> dict[str, set[object]]:
    """The values of every measured field as the case says them; what it says nothing of is not there."""
    bloc = case["bloc"]
    heads = {(int(year), _unit(name)) for year, name in case.get("heads", {}).items() if name}
    deputies = {(int(year), _unit(name)) for year, names in case.get("deputies", {}).items() for name in names}
    awards = {(one["form"], one["count"], one["to"], one["status"]) for one in case.get("awards", ())}
    return {
        "kind": set(case["kinds"]),
        "bloc": {_bloc(bloc["kind"], bloc.get("number"), bloc.get("name", ""))} if bloc else set(),
        "date": {str(case["date"])} if case["date"] else set(),
        "years": {(reason, int(year)) for reason, year in case["years"].items()},
        "members": {case["members"]} if case.get("members") else set(),
        "head": heads,
        "deputies": deputies,
        "documents": {_symbol(one) for one in case.get("documents", ())},
        "awards": awards,
        "targets": set(case.get("targets", ())),
        "counted targets": set(case.get("counted_targets", ())),
        **{name: {case[name]} if name in case else set() for name in _LISTS},
    }


def cases(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Every text of a folder with its expected facts."""
    for path in sorted(folder.glob("*.txt")):
        case = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
        yield path.stem, path.read_bytes(), case


def measure(folder: Path, register: Register, only: str = "") -> Measured:
    """Import every text and hold what is proposed against what is expected."""
    measured = Measured()
    for name, data, case in cases(folder):
        if only not in name:
            continue
        measured.texts += 1
        wanted = expected(case)
        for label, values in proposed(recognise(article_of(read_text(name, data)), register)).items():
            measured.scores.setdefault(label, Score()).add(values, wanted[label])
            if set(values) != wanted[label]:
                extra, missing = set(values) - wanted[label], wanted[label] - set(values)
                measured.differences.append(
                    f"{name}: {label}: thừa {sorted(map(str, extra))} thiếu {sorted(map(str, missing))}"
                )
    return measured


def table(measured: Measured) -> str:
    """The scores as a Markdown table."""
    lines = [
        f"{measured.texts} bản tin / texts",
        "",
        "| Trường / field | Đúng | Đề xuất | Cần có | Precision | Recall | Chắc: precision |",
    ]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for label, score in measured.scores.items():
        rates = (
            _rate(score.right, score.proposed),
            _rate(score.right, score.expected),
            _rate(score.sure_right, score.sure),
        )
        lines.append(f"| {label} | {score.right} | {score.proposed} | {score.expected} | {' | '.join(rates)} |")
    total = Counter[str]()
    for score in measured.scores.values():
        total.update(right=score.sure_right, all=score.sure)
    rate = _rate(total["right"], total["all"])
    lines.append(f"| mọi giá trị ghi “chắc” / all marked sure | {total['right']} | {total['all']} | | {rate} | | |")
    return "\n".join(lines)


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench-import")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", default="", help="part of a name")
    parser.add_argument("--show", action="store_true", help="what differs")
    options = parser.parse_args(argv)
    measured = measure(options.folder, Register(), options.only)
    if options.show:
        print(*measured.differences, sep="\n")
    print(table(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
