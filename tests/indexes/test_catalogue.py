"""The catalogue: every file, provably."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bulletins.indexes.catalogue import amended_root, amended_shards, kind_of, listings
from bulletins.indexes.shape import Terms
from bulletins.making.build import make
from bulletins.plan import Made
from tests.indexes import sample

INDEX = "api/v1/index.json"
SHARDS = "api/v1/catalogue/"


def root(site: Mapping[str, bytes]) -> Any:
    return json.loads(site[INDEX])


def entries(site: Mapping[str, bytes]) -> list[Any]:
    """Every entry of every shard the root names."""
    return [entry for shard in root(site)["shards"] for entry in json.loads(site[shard["path"]])["entries"]]


def proof(path: str, data: bytes) -> tuple[str, str, int]:
    return path, hashlib.sha256(data).hexdigest(), len(data)


def proofs(listed: list[Any]) -> list[tuple[str, str, int]]:
    return sorted((one["path"], one["sha256"], one["bytes"]) for one in listed)


def many(count: int) -> dict[str, Made]:
    """Pages of so many bulletins."""
    return {f"ban-tin/khoi-{n}-2023-pact/index.html": Made(f"{n:064x}", n) for n in range(count)}


def laid_out(files: Mapping[str, Made]) -> dict[str, bytes]:
    """The catalogue of these files."""
    made = dict(sorted(files.items()))
    site: dict[str, bytes] = {}
    for listing in listings(Terms.of(sample.SETTINGS)):
        for output in listing.lay_out(made):
            for path, (data, metadata) in sample.made_of(output).items():
                site[path] = data
                made = {**made, path: Made(hashlib.sha256(data).hexdigest(), len(data), metadata)}
    return site


def pictures(site: Mapping[str, bytes]) -> list[tuple[str, str, int]]:
    """Every file of a photo that the JSON of a bulletin lists, with what proves it."""
    listed = [json.loads(data) for path, data in site.items() if path.startswith("api/v1/bulletins/")]
    photos = [photo for one in listed for photo in one.get("photos", ())]
    files = [file for photo in photos for file in (*photo["renditions"], photo["social"], photo["square"]) if file]
    root = sample.SETTINGS.site_url
    return sorted((file["url"].removeprefix(f"{root}/"), file["sha256"], file["bytes"]) for file in files)


def test_every_file_is_proven_once_by_the_catalogue_or_a_picture_by_its_bulletin() -> None:
    site = sample.site()
    files = [proof(p, data) for p, data in site.items() if p != INDEX and not p.startswith(SHARDS)]

    assert sorted([*proofs(entries(site)), *pictures(site)]) == sorted(files)
    assert pictures(site)


def test_the_root_names_every_shard_with_its_hash_and_size() -> None:
    site = sample.site()

    assert proofs(root(site)["shards"]) == sorted(proof(p, data) for p, data in site.items() if p.startswith(SHARDS))


def test_the_root_counts_files_by_kind() -> None:
    counts = Counter(kind_of(one["path"]) for one in entries(sample.site()))

    assert root(sample.site())["counts"] == dict(sorted(counts.items()))
    assert counts["bulletins"] == 4


def test_a_shard_holds_documents_of_one_kind_and_one_year() -> None:
    for shard in root(sample.site())["shards"]:
        told = json.loads(sample.site()[shard["path"]])

        assert {kind_of(one["path"]) for one in told["entries"]} == {told["kind"]}
        assert shard["entries"] == len(told["entries"])
        assert told["year"] is None or f"/{told['year']}." in shard["path"]


def test_a_listed_document_has_the_id_the_schema_and_the_time_it_says_itself() -> None:
    of_others = ("api/v1/schemas/", "api/v1/galleries/")
    listed = [one for one in entries(sample.site()) if one["schema"] and not one["path"].startswith(of_others)]
    said = [json.loads(sample.site()[one["path"]]) for one in listed]

    assert [(one["id"], one["schema"], one["modified"]) for one in listed] == [
        (one["id"], one["schema"], one["modified"]) for one in said
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("ban-tin/x/index.html", "pages/ban-tin"),
        ("gioi-thieu/index.html", "pages"),
        ("index.html", "pages"),
        ("api/v1/blocs.json", "lists"),
        ("api/v1/blocs/khoi-1.json", "blocs"),
        ("api/v1/blocs/khoi-1/2023.json", "dossiers"),
        ("api/v1/bulletins/x.json", "bulletins"),
        ("api/v1/galleries/x/manifest.json", "galleries"),
        ("anh/x/x.zip", "archives"),
        ("theme/site.css", "theme"),
        ("sitemap.xml", "site"),
        ("anh/x/1-400.jpg", None),
        ("tim-kiem/chi-muc/1.bin", None),
        ("api/v1/catalogue/blocs.json", None),
        ("api/v1/index.json", None),
    ],
)
def test_a_file_is_listed_under_its_kind_or_proven_elsewhere(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_the_catalogue_was_modified_when_its_latest_document_was() -> None:
    assert root(sample.site())["modified"] == "2023-12-20"


def test_this_version_is_not_deprecated() -> None:
    told = root(sample.site())

    assert told["deprecated"] is told["sunset"] is None


def test_no_file_of_a_large_catalogue_is_large_and_one_more_file_changes_one_shard() -> None:
    before, after = laid_out(many(5000)), laid_out(many(5001))
    changed = {path for path in after if after[path] != before.get(path)}

    assert len(before) > 10
    assert max(map(len, before.values())) < 100_000
    assert len(changed) == 2
    assert INDEX in changed


def test_a_shard_that_is_cut_loses_and_doubles_nothing() -> None:
    site = laid_out(many(5000))

    assert sorted(one["path"] for one in entries(site)) == sorted(many(5000))


def test_amending_gives_what_composing_gives() -> None:
    path = "ban-tin/khoi-7-2023-pact/index.html"
    edited = {path: Made("f" * 64, 7)}
    before, after = laid_out(many(5000)), laid_out({**many(5000), **edited})
    shards = amended_shards(before.__getitem__, edited)
    sums = {name: Made(hashlib.sha256(data).hexdigest(), len(data)) for name, data in shards.items()}

    assert {**before, **shards, **amended_root(before.__getitem__, sums)} == after


def test_what_is_not_listed_cannot_be_amended() -> None:
    site = laid_out(many(10))

    with pytest.raises(ValueError, match="la"):
        amended_shards(site.__getitem__, {"ban-tin/la/index.html": Made("f" * 64, 7)})


def test_the_catalogue_proves_what_is_really_published(tmp_path: Path) -> None:
    output, lines = tmp_path / "output", sample.lines()
    make(lines, output, tmp_path / "cache", workers=1)
    published = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.*")}
    listed = proofs([*entries(published), *root(published)["shards"]])

    assert listed == sorted(proof(path, data) for path, data in published.items() if path != INDEX)
    assert make(sample.lines(), output, tmp_path / "cache", workers=1).made == 0
