"""Long documents: their lists are shared out over parts, which together are the whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin
from bulletins.indexes import parts
from bulletins.memory.digests import objects_of, state_of
from tests.builders import bulletin
from tests.indexes import sample

ROOT = f"{sample.SETTINGS.site_url}/"
WHOLE = (
    ("api/v1/blocs.json", "blocs"),
    ("api/v1/units.json", "units"),
    ("api/v1/blocs/khoi-1.json", "bulletins"),
    ("api/v1/units/phong-hai.json", "history"),
    ("api/v1/units/phong-hai.json", "awards"),
    ("api/v1/units/phong-hai.json", "bulletins"),
    ("api/v1/years/2023.json", "bulletins"),
    ("api/v1/years/2023.json", "ceremonies"),
)
"""Documents and their lists whose entries each stand in one file."""

SUMMED = (("api/v1/documents/2023.json", "documents", "citations"), ("api/v1/movements.json", "others", "sources"))
"""Those whose entries stand wherever a bulletin speaks of them, with a list that adds up."""


@cache
def cut(*more: str) -> Mapping[str, bytes]:
    """The sample with as many more bulletins, each of its documents cut."""
    return sample.cut(library(more))


def library(ids: Iterable[str]) -> Library:
    return sample.library(*map(one_more, ids))


def one_more(id_: str) -> Bulletin:
    return bulletin(id_, bloc="khoi-2", documents=sample.FULL["documents"], movements=sample.FULL["movements"])


def files_of(site: Mapping[str, bytes], path: str) -> list[Any]:
    """A document and all of its parts."""
    document = json.loads(site[path])
    return [document, *(json.loads(site[address.removeprefix(ROOT)]) for address in document["continued_in"])]


def documents(site: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
    """Every document that is or has a part."""
    data = ((path, json.loads(data)) for path, data in site.items() if path.endswith(".json") and "api/v1/" in path)
    return ((path, document) for path, document in data if document.get("continued_in") or document.get("part_of"))


def by_text(entries: Iterable[Any]) -> list[str]:
    return sorted(json.dumps(entry) for entry in entries)


@pytest.mark.parametrize(("path", "key"), WHOLE)
def test_a_document_and_its_parts_together_hold_each_entry_of_a_list_once(path: str, key: str) -> None:
    document, *shares = files_of(cut(), path)

    assert document[key] == []
    assert by_text(entry for share in shares for entry in share[key]) == by_text(json.loads(sample.site()[path])[key])
    assert json.loads(sample.site()[path])["continued_in"] == []


@pytest.mark.parametrize(("path", "key", "summed"), SUMMED)
def test_an_entry_that_many_bulletins_speak_of_adds_up_over_the_parts(path: str, key: str, summed: str) -> None:
    more = ("khoi-2-2023-pact", "khoi-2-2023-summary", "khoi-2-2023-midterm")
    whole = json.loads(sample.made(sample.lines(library(more)))[path])
    shares = [entry for file in files_of(cut(*more), path) for entry in file[key]]
    facts = [{k: v for k, v in entry.items() if k not in (summed, "sources")} for entry in shares]

    assert by_text(said for entry in shares for said in entry[summed]) == by_text(
        said for entry in whole[key] for said in entry[summed]
    )
    assert set(by_text(facts)) == set(
        by_text({k: v for k, v in entry.items() if k not in (summed, "sources")} for entry in whole[key])
    )
    assert len(shares) > len(whole[key])


def test_what_each_bloc_has_and_lacks_stands_in_the_year_itself() -> None:
    year, *shares = files_of(cut(), "api/v1/years/2023.json")
    whole = json.loads(sample.site()["api/v1/years/2023.json"])

    assert (year["blocs"], year["missing"]) == (whole["blocs"], whole["missing"])
    assert [share["blocs"] for share in shares] == [[], [], [], []]


def test_every_part_keeps_the_schema_of_its_document_and_says_which_it_is() -> None:
    for path, document in documents(cut()):
        schema = json.loads(cut()[document["schema"].removeprefix(ROOT)])

        Draft202012Validator(schema).validate(document)
        assert path.startswith("api/v1/parts/") is (document["part_of"] is not None)
        assert document["part_of"] is None or document["part_of"].removeprefix(ROOT) in cut()
        assert document["part_of"] is None or document["id"].rpartition("/")[2] == path.rpartition("/")[2][:-5]


def test_every_part_is_named_by_its_document_and_has_a_path_in_the_description() -> None:
    named = {address.removeprefix(ROOT) for _, document in documents(cut()) for address in document["continued_in"]}
    described = json.loads(cut()["api/v1/openapi.json"])["paths"]
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", "[a-z0-9-]+", re.escape(path))) for path in described]
    there = {path for path in cut() if path.startswith("api/v1/parts/")}

    assert there == named
    assert [path for path in there if not any(pattern.fullmatch(f"/{path}") for pattern in patterns)] == []
    assert len({len(files_of(cut(), path)) for path, _ in WHOLE}) == 1


def test_one_more_bulletin_changes_one_part_of_each_list_and_moves_no_entry() -> None:
    before, after = cut("khoi-2-2023-pact"), cut("khoi-2-2023-pact", "khoi-2-2023-summary")

    for path, _ in WHOLE[:1] + WHOLE[6:7]:
        folder = path.replace("api/v1/", "api/v1/parts/").removesuffix("json").replace(".", "/")
        changed = [p for p in after if p.startswith(folder) and before[p] != after[p]]
        assert len(changed) <= 2, path
    assert before.keys() <= after.keys()


def test_cutting_a_document_is_no_change_of_what_it_is_about() -> None:
    def objects(site: Mapping[str, bytes]) -> set[object]:
        data = {
            p: d for p, d in site.items() if p.startswith("api/v1/") and p.endswith(".json") and "/schemas/" not in p
        }
        return set(objects_of(state_of(path, one, sample.SETTINGS.site_url) for path, one in data.items()))

    assert objects(cut()) == objects(sample.site())


@pytest.mark.parametrize(("weight", "files"), [(0, 1), (150_000, 1), (150_001, 5), (800_000, 17)])
def test_a_document_is_cut_only_where_it_is_long(weight: int, files: int) -> None:
    made = list(parts.files(weight, lambda share: parts.File("/api/v1/units.json", "units", None, list, (share,))))

    assert len(made) == files
    assert len({file.address for file in made}) == files
