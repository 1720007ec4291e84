"""The contract's marks: what it calls built is on the site, and what it calls not yet built is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest

from bulletins import urls
from bulletins.indexes.messages import VANISHED
from tests.indexes import sample
from tests.site.conftest import ROOT, Project

TEXT = (ROOT / "docs" / "agencies" / "contract.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|(?P<cells>.+)\| (?P<built>yes|not yet) \|$", re.MULTILINE)
MARK = re.compile(r"`(?P<address>/[^`: ]*)`|`(?P<document>[a-z<>/]+): (?P<key>[\w.\[\]]+)`|message `(?P<code>\w+)`")
PLACES = {
    "<year>": r"\d{4}",
    "<n>": r"\d+",
    "<photo>": r"(?=[a-z0-9-]*[a-z])[a-z0-9-]+",
    "<file>": r"[a-z0-9.-]+\.(?!html)\w+",
}
FOLLOWED = re.compile(r"^(?:khoi|don-vi|nam)/[a-z0-9-]+/(feed\.(?:json|xml)|lich\.ics)$")
"""What stands below a bloc, a unit or a year as it does at the root."""


class Mark(NamedTuple):
    """A row of the contract: where a thing shows on the site, and whether it is built."""

    where: re.Match[str]
    built: bool


def marks() -> Iterator[Mark]:
    for row in ROW.finditer(TEXT):
        where = MARK.search(row["cells"])
        assert where, f"the row says nowhere where it shows: {row[0]}"
        yield Mark(where, row["built"] == "yes")


def pattern(address: str) -> re.Pattern[str]:
    """The paths of the output folder that answer to an address with `<places>`."""
    parts = re.split(r"(<\w+>)", urls.output_path(address))
    return re.compile(
        "".join(PLACES.get(part, "[a-z0-9-]+") if part.startswith("<") else re.escape(part) for part in parts)
    )


def has(value: Any, steps: Sequence[str]) -> bool:
    """Whether a document has a key: `head.conflict`, `photos[].id`."""
    if not steps:
        return True
    if steps[0] == "[]":
        return isinstance(value, list) and any(has(item, steps[1:]) for item in value)
    return isinstance(value, dict) and steps[0] in value and has(value[steps[0]], steps[1:])


def shows(where: re.Match[str], site: Mapping[str, bytes]) -> bool:
    if where["code"]:
        return bool(where["code"] == VANISHED.code)
    paths = matching(where["address"] or f"/api/v1/{where['document']}.json", site)
    if where["address"]:
        return any(True for _ in paths)
    steps = re.findall(r"\w+|\[\]", where["key"])
    return any(has(json.loads(site[path]), steps) for path in paths)


def matching(address: str, site: Iterable[str]) -> Iterator[str]:
    wanted = pattern(address)
    return (path for path in site if wanted.fullmatch(path))


def test_what_the_contract_calls_built_is_on_the_site_and_nothing_else(real: Project) -> None:
    log = {path: data for path, data in sample.published().items() if "/changes" in path or "/dumps" in path}
    of_long_lists = {path: data for path, data in sample.cut().items() if "/parts/" in path}
    site = real.files() | log | of_long_lists
    built = {mark.where[0]: mark.built for mark in marks()}

    assert {mark.where[0]: shows(mark.where, site) for mark in marks()} == built
    assert len(built) > 60


def test_every_page_and_document_of_the_site_stands_in_the_contract(real: Project) -> None:
    known = [pattern(mark.where["address"]) for mark in marks() if mark.where["address"]]
    paths = [path for path in real.files() if path.endswith((".html", ".json", ".xml", ".txt", ".ics", ".csv"))]
    inside = ("theme/", urls.SEARCH_INDEX.lstrip("/"))
    theirs = [path for path in paths if not path.startswith(inside)]

    firsts = [FOLLOWED.sub(r"\1", path) for path in theirs]

    assert [path for path in firsts if not any(one.fullmatch(path) for one in known) and "/trang/" not in path] == []


@pytest.mark.parametrize(
    ("cells", "there"),
    [
        ("`/khoi/`", True),
        ("`/nam/<year>/`", True),
        ("`/anh/<bulletin>/<photo>/`", False),
        ("`/feed.xml`", False),
        ("`units/<unit>: history[].role`", True),
        ("`units/<unit>: founded`", False),
    ],
)
def test_a_mark_is_held_against_the_site(cells: str, there: bool) -> None:
    where = MARK.search(cells)
    unit = {"history": [{"role": "head"}]}
    site = {"khoi/index.html": b"", "nam/2023/index.html": b"", "anh/a/1/index.html": b""}

    assert where
    assert shows(where, {**site, "api/v1/units/a.json": json.dumps(unit).encode()}) is there
