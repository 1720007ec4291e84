"""Dumps by year: read from the emitted files of publications one after the other."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from bulletins.indexes import dumps as dumps_module
from bulletins.memory.read import files_of_memory
from tests.builders import bulletin
from tests.indexes import sample
from tests.memory.test_sequences import ADDED, FIRST, PACT, WITHDRAWN, Content, Files, corrected, publish

INDEX, DUMP = "api/v1/dumps/index.json", "api/v1/dumps/2023.ndjson.gz"
ONE_MORE = replace(
    FIRST,
    added=(bulletin(ADDED, bloc="khoi-2", years={"pact": "2024"}, ceremony={"kinds": ["pact"], "date": "2024-03-02"}),),
)


def index(site: Files) -> list[Any]:
    """What the index says of each dump, each held against its bytes."""
    root = json.loads(site["api/v1/index.json"])
    entries = json.loads(site[root["dumps"].removeprefix(f"{sample.SETTINGS.site_url}/")])["dumps"]
    for entry in entries:
        assert entry["sha256"] == hashlib.sha256(site[entry["path"]]).hexdigest()
        assert entry["bulletins"] == len(bulletins(site, entry["path"]))
    return [(entry["year"], entry["seq"]) for entry in entries]


def bulletins(site: Files, path: str = DUMP) -> list[Any]:
    return [json.loads(line) for line in gzip.decompress(site[path]).decode().split("\n")[:-1]]


def test_all_dumps_together_are_every_published_bulletin_as_it_stands() -> None:
    site = publish(ONE_MORE, None, 1)
    paths = [path for path in site if path.endswith(".ndjson.gz")]
    dumped = {one["id"]: one for path in paths for one in bulletins(site, path)}

    assert index(site) == [(2024, 1), (2023, 1)]
    assert dumped == {id_: json.loads(site[f"api/v1/bulletins/{id_}.json"]) for id_ in dumped}
    assert set(dumped) == {PACT, "khoi-1-2023-summary", ADDED}
    assert sum(len(bulletins(site, path)) for path in paths) == len(dumped)


def test_a_dump_says_nothing_of_when_or_where_it_was_packed() -> None:
    site = publish(FIRST, None, 1)

    assert site[DUMP][3:8] == bytes(5)
    assert site[DUMP] == publish(FIRST, None, 1)[DUMP]


@pytest.mark.parametrize(
    ("after", "seq", "is_made"),
    [
        (FIRST, 1, False),
        (corrected(title="Tên khác"), 1, False),
        (ONE_MORE, 1, False),
        (replace(FIRST, withdrawn=(WITHDRAWN,)), 5, True),
        (
            corrected(
                photos=[
                    {**sample.FULL["photos"][0], "withdrawn": {"date": "2026-12-02", "reason": "Theo yêu cầu"}},
                    sample.FULL["photos"][1],
                ]
            ),
            2,
            True,
        ),
    ],
)
def test_a_dump_stays_until_something_in_it_is_withdrawn(after: Content, seq: int, is_made: bool) -> None:
    first = publish(FIRST, None, 1)
    second = publish(after, first, 2)

    assert dict(index(second))[2023] == seq
    assert (second[DUMP] != first[DUMP]) is is_made
    assert publish(after, second, 3) == second


def test_what_was_withdrawn_is_in_no_dump() -> None:
    site = publish(replace(FIRST, withdrawn=(WITHDRAWN,)), publish(FIRST, None, 1), 2)

    assert [one["id"] for one in bulletins(site)] == ["khoi-1-2023-summary"]


def test_a_dump_is_made_anew_when_the_log_has_gained_so_many_activities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps_module, "STALE", 3)
    site = publish(FIRST, None, 1)
    seen = []
    for number in range(2, 6):
        site = publish(corrected(title=f"Tên {number}"), site, number)
        seen.append((dict(index(site))[2023], bulletins(site)[0]["title"]))

    assert [seq for seq, _ in seen] == [1, 1, 4, 4]
    assert seen[2][1] == seen[3][1] == "Tên 4"


def test_a_dump_that_is_lost_is_made_anew() -> None:
    first = publish(FIRST, None, 1)
    second = publish(corrected(title="Tên khác"), {path: data for path, data in first.items() if path != DUMP}, 2)

    assert (index(second), bulletins(second)[0]["title"]) == ([(2023, 2)], "Tên khác")


def test_a_memory_that_is_fetched_has_the_dumps() -> None:
    assert {INDEX, DUMP} <= set(files_of_memory(publish(FIRST, None, 1).get))
