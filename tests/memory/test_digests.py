"""Digests, recomputed from the emitted JSON by the rules that the guide for agencies states."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from bulletins.memory.digests import canonical, content_of, parsed
from bulletins.memory.read import read_memory
from bulletins.memory.state import Memory, Publication
from tests.indexes import sample
from tests.memory.test_sequences import FIRST, INDEX, LOG, Files, Served, activities, happened, moment, publish

SITE = sample.SETTINGS.site_url
HEAD = {"schema", "$schema", "$id", "license", "attribution", "publisher", "requiredStatement", "modified"}
OF_FILES = {
    "license", "rights", "sha256", "bytes", "renditions", "social", "square", "colour", "thumbnail", "body",
}  # fmt: skip


def jcs(value: Any) -> str:
    """Canonical JSON as RFC 8785 has it, for values without fractions."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{jcs(key)}:{jcs(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    if isinstance(value, float):
        assert value.is_integer() or "e" not in repr(value)
        return repr(int(value) if value.is_integer() else value)
    return json.dumps(value, ensure_ascii=False)


def content(value: Any) -> Any:
    """A value without addresses of the site, licence keys, and what tells of files of pictures."""
    if isinstance(value, dict):
        return {key: content(item) for key, item in value.items() if key not in OF_FILES and not is_address(item)}
    if isinstance(value, list):
        return [content(item) for item in value if not is_address(item)]
    return value.replace(f'="{SITE}/', '="/') if isinstance(value, str) else value


def is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(f"{SITE}/")


def test_every_digest_of_the_catalogue_is_that_of_canonical_json_of_the_content() -> None:
    site = sample.published()
    entries = [e for s in json.loads(site[INDEX])["shards"] for e in json.loads(site[s["path"]])["entries"]]
    said = {entry["path"]: entry["digest"] for entry in entries if entry["digest"]}
    documents = {path: json.loads(site[path]) for path in said}
    own = {path: {k: v for k, v in content(doc).items() if k not in HEAD} for path, doc in documents.items()}

    assert said == {path: hashlib.sha256(jcs(doc).encode()).hexdigest() for path, doc in own.items()}
    assert len(said) > 50


def test_canonical_json_is_that_of_the_example_of_rfc_8785() -> None:
    text = (
        r'{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, 1.0],'
        r' "string": "\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}'
    )

    assert canonical(content_of(parsed(text.encode()), SITE)).decode() == (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,1],'
        r'"string":"€$\u000f\nA' + "'" + r'B\"\\\\\"/"}'
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"site_url": "https://moi.example"},
        {"license": "https://creativecommons.org/publicdomain/zero/1.0/"},
        {"attribution": "Nguồn: nơi khác", "publisher": "Sở Khác"},
        {"list_length": 5},
    ],
)
def test_another_address_licence_or_citation_is_no_change_of_content(settings: dict[str, Any]) -> None:
    assert_no_change(settings)


def test_other_renditions_of_the_same_photo_are_no_change_of_content(monkeypatch: pytest.MonkeyPatch) -> None:
    path, picture, before = "api/v1/bulletins/khoi-1-2023-pact.json", sample.picture, published()

    def encoded_otherwise(bulletin_id: str, n: int) -> Any:
        known = picture(bulletin_id, n)
        fewer = replace(known, renditions=known.renditions[1:], colour="#123456", digest="another")
        return replace(fewer, proof=sample.Proven(tuple(file.address.lstrip("/") for file in fewer.files)))

    monkeypatch.setattr(sample, "picture", encoded_otherwise)

    assert assert_no_change({})[path] != before[path]


def assert_no_change(settings: dict[str, Any]) -> Files:
    """The site with other settings, published after the first one: no activity, and no time has moved."""
    first, memory = published(), read_memory(Served(published()).read)
    assert memory
    site = sample.made(sample.lines(FIRST.library(), Publication(memory, moment(2), Served(first)), **settings))
    again = read_memory(site.get)

    assert happened(site, first) == set()
    assert again and said(again) == said(memory)
    return site


def said(memory: Memory) -> dict[str, tuple[str, str | None]]:
    return {path: (document.digest, document.modified) for path, document in memory.documents.items()}


@cache
def published() -> Files:
    """The sample as it is first published."""
    return publish(FIRST, None, 1)


def test_a_page_of_the_log_holds_500_activities_and_names_the_hash_of_the_one_before() -> None:
    first = publish(FIRST, None, 1)
    many = replace(FIRST, units=tuple({"id": f"don-vi-{n}", "names": f"Đơn vị {n}"} for n in range(1001)))
    second = publish(many, first, 2)
    third = publish(replace(many, unit="Tên khác"), second, 3)
    pages = json.loads(third[LOG])["pages"]

    assert [page["activities"] for page in pages] == [500, 500, 3]
    assert [item["seq"] for item in activities(third)] == list(range(1, 1004))
    assert [third[page["path"]] for page in pages[:2]] == [second[page["path"]] for page in pages[:2]]
    for before, page in pairwise(pages):
        previous = {"path": before["path"], "sha256": hashlib.sha256(third[before["path"]]).hexdigest()}
        assert json.loads(third[page["path"]])["previous"] == previous
