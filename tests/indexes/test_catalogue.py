"""The catalogue: every file, provably."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bulletins.making.build import make
from tests.indexes import sample

INDEX = "api/v1/index.json"


def catalogue() -> Any:
    return json.loads(sample.site()[INDEX])


def test_every_other_file_is_listed_once_with_its_hash_and_size() -> None:
    listed = [(one["path"], one["sha256"], one["bytes"]) for one in catalogue()["files"]]
    files = {path: data for path, data in sample.site().items() if path != INDEX}

    assert listed == [(path, hashlib.sha256(data).hexdigest(), len(data)) for path, data in sorted(files.items())]


def test_the_sitemap_is_listed_because_it_is_made_before() -> None:
    listed = {one["path"] for one in catalogue()["files"]}

    assert "sitemap.xml" in listed


def test_counts_are_those_of_the_listed_kinds() -> None:
    told = catalogue()

    assert told["counts"] == dict(sorted(Counter(one["kind"] for one in told["files"]).items()))
    assert (told["counts"]["bulletin"], told["counts"]["withdrawn-bulletin"]) == (3, 1)


def test_a_listed_document_has_the_schema_and_the_time_it_says_itself() -> None:
    listed = [one for one in catalogue()["files"] if one["path"].startswith("api/")]
    said = [json.loads(sample.site()[one["path"]]) for one in listed]

    assert [(one["schema"], one["modified"]) for one in listed] == [(one["schema"], one["modified"]) for one in said]


@pytest.mark.parametrize(
    ("path", "kind", "modified"),
    [
        ("ban-tin/khoi-1-2023-pact/index.html", "page", "2023-03-05"),
        ("anh/khoi-1-2023-pact/1-400.jpg", "picture", None),
        ("gioi-thieu/index.html", "page", None),
        ("theme/site.css", "theme", None),
        ("robots.txt", "other", None),
    ],
)
def test_other_files_have_a_kind_and_no_schema(path: str, kind: str, modified: str | None) -> None:
    found = next(one for one in catalogue()["files"] if one["path"] == path)

    assert (found["kind"], found["schema"], found["modified"]) == (kind, None, modified)


def test_the_catalogue_was_modified_when_its_latest_file_was() -> None:
    assert catalogue()["modified"] == "2023-12-20"


def test_this_version_is_not_deprecated() -> None:
    told = catalogue()

    assert told["deprecated"] is told["sunset"] is None


def test_the_catalogue_proves_what_is_really_published(tmp_path: Path) -> None:
    output, lines = tmp_path / "output", sample.lines()
    make(lines, output, tmp_path / "cache", workers=1)
    published = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.*")}
    listed = {one["path"]: one["sha256"] for one in json.loads(published.pop(INDEX))["files"]}

    assert listed == {path: hashlib.sha256(data).hexdigest() for path, data in published.items()}
    assert make(sample.lines(), output, tmp_path / "cache", workers=1).made == 0
