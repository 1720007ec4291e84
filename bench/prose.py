"""How well the check sees that a bulletin's front matter says otherwise than its text.

`python3 tasks.py bench --prose` makes a right bulletin of every text of `bench/import` and of the facts expected of it,
plants slips one at a time (another head, another count, another day …), and prints the share of them that the check
sees, and what it says against the right bulletins. `--folder` measures other texts.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bench.importing import FOLDER, cases
from bulletins.domain.register import Bloc, Host, Name, Register, Unit
from bulletins.importing.article import Article
from bulletins.importing.steps import article_of
from bulletins.importing.text import read_text
from bulletins.mistakes import Mistake
from bulletins.phrases.units import find_units
from bulletins.reading.bulletin import read
from bulletins.reading.markdown import Renderer
from bulletins.reading.rules.all import Rules
from bulletins.reading.sources import SourceFile
from bulletins.vietnamese.dates_in_text import find_dates
from bulletins.vietnamese.folding import match_key, slug
from bulletins.vietnamese.person_names import find_names

Data = dict[str, Any]
Seen = tuple[str, str]
"""A warning: its code and its words."""

PROSE = frozenset(["A3", "A4", "B3", "C1", "D7", "D8", "M5", "M6", "M7", "N2", "S2", "S3", "S4", "T3", "T4"])
"""The rules that hold the text against the front matter or the register."""

_DOCUMENT_DAY = re.compile(r",? ?\(?(?:đề )?(?:ngày |ban hành ngày )")
_OTHER_PERSON = "Vương Khắc Thiệu"
_STRANGERS = ("Chi cục Kiểm lâm vùng Đông", "Trung tâm Khuyến công số hai")
"""Units of the register that no text names."""


@dataclass(frozen=True, slots=True)
class Case:
    """A right bulletin: its front matter, its text, and the register in which its names stand."""

    name: str
    data: Data
    body: str
    register: Register


@dataclass
class Tally:
    """Slips of one kind: how many were planted and seen, and those that were not."""

    planted: int = 0
    seen: int = 0
    missed: list[str] = field(default_factory=list)


def right(name: str, article: Article, facts: Data) -> Case:
    """The bulletin an office would make of a text, with the facts expected of it."""
    text = "\n\n".join(article.body)
    units = _units(article, facts)
    ids = {match_key(unit): slug(unit)[:80].strip("-") for unit in units}
    data: Data = {
        "id": "ban-tin",
        "title": article.title,
        "lead": article.lead or article.title,
        "bloc": "khoi",
        "ceremony": {"kinds": facts["kinds"]},
        "years": {reason: int(year) for reason, year in facts["years"].items()},
        "bloc_years": list(_bloc_years(facts, ids)),
        "people": [{"name": person} for person in _people(article)],
        "documents": [{"kind": "other", "symbol": symbol} for symbol in facts.get("documents", ())],
        "awards": [_without_nothing(award) for award in facts.get("awards", ())],
        "photos": [
            {"file": f"{n}.jpg", "alt": "Ảnh", "caption": photo.caption}
            for n, photo in enumerate(article.illustrations)
            if photo.caption
        ],
        # The key has no targets, commitments and scoring but those it measures; rules of those say nothing here.
    }
    if facts["date"]:
        data["ceremony"]["date"] = str(facts["date"])
    if "school_year" in facts:
        data["years"]["school_year"] = facts["school_year"]
    for document in data["documents"]:
        document.update(_dated(article, document["symbol"]))
    return Case(name, data, text, _register(facts, ids, units))


def _without_nothing(award: Mapping[str, Any]) -> Data:
    return {key: value for key, value in award.items() if value is not None}


def _units(article: Article, facts: Data) -> list[str]:
    """Every unit that the register of the office has: those in a role, those the text names, and two others."""
    roles = [name for name in facts.get("heads", {}).values() if name]
    roles += [name for names in facts.get("deputies", {}).values() for name in names]
    named = [unit.written for _, text in article.passages for unit in find_units(text)]
    by_key = {match_key(name): name for name in reversed([*roles, *facts.get("units", ()), *named, *_STRANGERS])}
    return list(by_key.values())


def _register(facts: Data, ids: Mapping[str, str], units: list[str]) -> Register:
    bloc = facts["bloc"] or {}
    number, name = bloc.get("number"), bloc.get("name")
    names = [Name(name=name or f"{'Cụm' if bloc.get('kind') == 'cum' else 'Khối'} thi đua số {number or 1}")]
    return Register(
        hosts=[Host(id="co-quan", names=[Name(name="Cơ quan tổ chức khối")])],
        blocs=[Bloc(id="khoi", names=names, kind=bloc.get("kind", "khoi"), number=number, host="co-quan")],
        units=[Unit(id=ids[match_key(unit)], names=[Name(name=unit)], parent="co-quan") for unit in units],
    )


def _bloc_years(facts: Data, ids: Mapping[str, str]) -> Iterator[Data]:
    heads, deputies = facts.get("heads", {}), facts.get("deputies", {})
    years = sorted({int(year) for year in (*heads, *deputies)}) or sorted({int(y) for y in facts["years"].values()})[:1]
    for n, year in enumerate(years):
        entry: Data = {"year": year}
        if heads.get(year):
            entry["head"] = ids[match_key(heads[year])]
        if deputies.get(year):
            entry["deputies"] = [ids[match_key(name)] for name in deputies[year]]
        if facts.get("members") and n == 0:
            entry["members"] = {"count_stated": facts["members"]}
        yield entry


def _people(article: Article) -> list[str]:
    names = [name.written for _, text in article.passages for name in find_names(text)]
    return [name for name in dict.fromkeys(names) if len(name.split()) > 2][:6]


def _dated(article: Article, symbol: str) -> Data:
    """The day that the text writes right behind a symbol."""
    for _, text in article.passages:
        at = text.find(symbol)
        behind = _DOCUMENT_DAY.match(text, at + len(symbol)) if at >= 0 else None
        day = next(find_dates(text[behind.end() : behind.end() + 30]), None) if behind else None
        if day and day.year and day.start == 0:
            return {"date": str(datetime.date(day.year, day.month, day.day))}
    return {}


# A slip is a change of the front matter (`planted`); each kind yields all that a bulletin has room for.


def _heads(case: Case) -> Iterator[Data]:
    for n, entry in enumerate(case.data["bloc_years"]):
        if entry.get("head"):
            yield _changed(case.data, ("bloc_years", n, "head"), _another(case, entry))


def _deputies(case: Case) -> Iterator[Data]:
    for n, entry in enumerate(case.data["bloc_years"]):
        for i in range(len(entry.get("deputies", ()))):
            yield _changed(case.data, ("bloc_years", n, "deputies", i), _another(case, entry))


def _another(case: Case, entry: Data) -> str:
    """A unit without a role that year: one the text names, if it names any."""
    taken = {entry.get("head"), *entry.get("deputies", ())}
    return next(unit for unit in reversed(list(case.register.units)) if unit not in taken)


def _members(case: Case) -> Iterator[Data]:
    for n, entry in enumerate(case.data["bloc_years"]):
        if entry.get("members"):
            loc = ("bloc_years", n, "members", "count_stated")
            yield _changed(case.data, loc, entry["members"]["count_stated"] + 1)


def _days(case: Case) -> Iterator[Data]:
    if day := case.data["ceremony"].get("date"):
        yield _changed(case.data, ("ceremony", "date"), _next_day(day))


def _next_day(day: str) -> str:
    return str(datetime.date.fromisoformat(day) + datetime.timedelta(days=1))


def _document_days(case: Case) -> Iterator[Data]:
    for n, document in enumerate(case.data["documents"]):
        if "date" in document:
            yield _changed(case.data, ("documents", n, "date"), _next_day(document["date"]))


def _awards(case: Case) -> Iterator[Data]:
    for n, award in enumerate(case.data["awards"]):
        if award.get("count"):
            yield _changed(case.data, ("awards", n, "count"), award["count"] + 1)


def _years(case: Case) -> Iterator[Data]:
    for reason, year in case.data["years"].items():
        if isinstance(year, int):
            wrong = _changed(case.data, ("years", reason), year - 2)
            # A school year that no year begins is refused before any rule is asked.
            wrong["years"].pop("school_year", None)
            yield wrong


def _titles(case: Case) -> Iterator[Data]:
    year = re.search(r"(?:19|20)[0-9]{2}", case.data["title"])
    if year:
        wrong = case.data["title"].replace(year[0], str(int(year[0]) + 2))
        yield _changed(case.data, ("title",), wrong)


def _persons(case: Case) -> Iterator[Data]:
    for n, _ in enumerate(case.data["people"]):
        yield _changed(case.data, ("people", n, "name"), _OTHER_PERSON)


SLIPS: dict[str, tuple[Callable[[Case], Iterator[Data]], str]] = {
    "đơn vị khối trưởng / head": (_heads, "M6"),
    "khối phó / deputy": (_deputies, "M6"),
    "số đơn vị thành viên / members": (_members, "M5"),
    "ngày diễn ra / day": (_days, "D7"),
    "ngày văn bản / a document's date": (_document_days, "S4"),
    "số khen thưởng / awards": (_awards, "A3"),
    "năm / year": (_years, "D8"),
    "năm ở tiêu đề / title's year": (_titles, "D8"),
    "người / person": (_persons, "M7"),
}
"""Each kind of slip, and the rule that is to see it."""


def _changed(data: Data, loc: tuple[str | int, ...], value: object) -> Data:
    changed = deepcopy(data)
    place: Any = changed
    for step in loc[:-1]:
        place = place[step]
    place[loc[-1]] = value
    return changed


class Checker:
    """Holds bulletins against the rules, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "index.md"
        self._renderer = Renderer(str)

    def warnings(self, case: Case, data: Data, rules: Rules) -> set[Seen]:
        """What the rules of prose say of a bulletin with this front matter."""
        head = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        self._path.write_text(f"---\n{head}---\n\n{case.body}\n", encoding="utf-8")
        reading = read(SourceFile(self._path, case.name), {}, case.register, self._renderer, rules)
        if reading.bulletin is None:
            raise ValueError("\n".join(str(mistake) for mistake in reading.mistakes))
        return {_seen(mistake) for mistake in reading.mistakes if mistake.code in PROSE}


def _seen(mistake: Mistake) -> Seen:
    return mistake.code, mistake.words("vi")


def measure(folder: Path, only: str = "") -> tuple[dict[str, Tally], dict[str, set[Seen]]]:
    """The tally of every kind of slip, and what is said against each right bulletin."""
    tallies = {kind: Tally() for kind in SLIPS}
    alarms: dict[str, set[Seen]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        checker = Checker(Path(scratch))
        for name, data, facts in cases(folder):
            if only in name:
                case = right(name, article_of(read_text(name, data)), facts)
                rules = Rules(case.register)
                alarms[name] = checker.warnings(case, case.data, rules)
                _plant(case, checker, rules, alarms[name], tallies)
    return tallies, alarms


def _plant(case: Case, checker: Checker, rules: Rules, before: set[Seen], tallies: dict[str, Tally]) -> None:
    for kind, (slips, code) in SLIPS.items():
        for slip in slips(case):
            tally = tallies[kind]
            tally.planted += 1
            new = checker.warnings(case, slip, rules) - before
            if any(seen == code for seen, _ in new):
                tally.seen += 1
            else:
                tally.missed.append(case.name)


def table(tallies: Mapping[str, Tally], alarms: Mapping[str, set[Seen]]) -> str:
    """The figures as a Markdown table."""
    lines = ["| Sai sót / slip | Gieo / planted | Thấy / seen | % |", "|---|---:|---:|---:|"]
    for kind, tally in tallies.items():
        rate = f"{100 * tally.seen / tally.planted:.0f} %" if tally.planted else "–"
        lines.append(f"| {kind} | {tally.planted} | {tally.seen} | {rate} |")
    wrong = sum(1 for said in alarms.values() if said)
    lines.append(f"| bản tin đúng bị cảnh báo / right bulletins warned of | {len(alarms)} | {wrong} | |")
    return "\n".join(lines)


def main(argv: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench-prose")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", default="", help="part of a name")
    parser.add_argument("--show", action="store_true", help="what was missed, and what was said of right bulletins")
    options = parser.parse_args(argv)
    tallies, alarms = measure(options.folder, options.only)
    if options.show:
        for kind, tally in tallies.items():
            print(*(f"{kind}: {name}" for name in tally.missed), sep="\n")
        for name, said in alarms.items():
            print(*(f"{name}: [{code}] {words}" for code, words in sorted(said)), sep="\n")
    print(table(tallies, alarms))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
