"""A gallery's manifest is one that IIIF viewers accept, and says of each photo what its page says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from bulletins.indexes.manifest_schema import SCHEMA
from tests.builders import bulletin
from tests.indexes import sample

PATH = "api/v1/galleries/khoi-1-2023-pact/manifest.json"
SITE = sample.SETTINGS.site_url
KEEPS = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def manifest(**settings: Any) -> Any:
    return json.loads(sample.made(sample.lines(**settings))[PATH])


TOLD = manifest()
OFFICIAL = Draft7Validator(
    json.loads((Path(__file__).parent.parent / "vendor" / "iiif" / "iiif_3_0.json").read_text(encoding="utf-8")),
    format_checker=Draft7Validator.FORMAT_CHECKER,
)
"""The schema by which IIIF's own validator judges."""


def accepted(manifest: Any) -> bool:
    return KEEPS.is_valid(manifest) and OFFICIAL.is_valid(manifest)


def test_the_official_validator_accepts_a_manifest_and_notices_a_fault() -> None:
    assert accepted(TOLD)
    assert not OFFICIAL.is_valid({**TOLD, "label": "chữ trần"})


def resources(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in a manifest that has a type of its own."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from resources(item)


def test_a_gallery_without_photos_has_no_manifest() -> None:
    files = sample.made(sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2"))))

    assert "api/v1/galleries/khoi-2-2023-pact/manifest.json" not in files


def test_the_context_comes_first() -> None:
    assert next(iter(TOLD)) == "@context"


def test_every_canvas_annotation_and_page_has_an_id_of_its_own_on_this_site() -> None:
    structure = [one["id"] for one in resources(TOLD) if one["type"] in ("Canvas", "AnnotationPage", "Annotation")]

    assert len(structure) == len(set(structure)) == 6
    assert all(id_.startswith(f"{SITE}/{PATH}/canvas/") for id_ in structure)


def test_an_annotation_paints_the_canvas_it_stands_in() -> None:
    for canvas in TOLD["items"]:
        (page,) = canvas["items"]
        (annotation,) = page["items"]

        assert annotation["target"] == canvas["id"]
        assert annotation["body"]["width"] * canvas["height"] == annotation["body"]["height"] * canvas["width"]


def test_a_photo_is_told_as_on_its_page() -> None:
    first, second = TOLD["items"]

    assert first["label"] == {"vi": ["Hai đơn vị ký <giao ước> & bắt tay"]}
    assert first["summary"] == {"vi": ['Ký "giao ước" <1> & bắt tay']}
    assert first["requiredStatement"]["value"] == {"vi": ["Lê An"]}
    assert second["label"] == {"vi": ["Toàn cảnh"]}
    assert second["metadata"] == [{"label": {"vi": ["Trong ảnh"]}, "value": {"vi": ["Khối trưởng", "Khối phó"]}}]
    assert second["thumbnail"][0]["width"] == second["thumbnail"][0]["height"] == 400


@pytest.mark.parametrize(
    ("license_", "rights"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://bantin.example/giay-phep/", None),
        (None, None),
    ],
)
def test_rights_are_those_of_a_photo_under_a_name_that_iiif_knows(license_: str | None, rights: str | None) -> None:
    photo = {"file": "1.jpg", "alt": "Ký", **({"license": license_} if license_ else {})}
    files = sample.made(sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2", photos=[photo]))))
    manifest = json.loads(files["api/v1/galleries/khoi-2-2023-pact/manifest.json"])

    assert manifest["items"][0].get("rights") == rights
    assert accepted(manifest)


def test_the_licence_of_the_data_is_never_that_of_photos() -> None:
    assert "rights" not in manifest(license="https://creativecommons.org/licenses/by/4.0/")


def test_a_manifest_of_a_site_that_asks_for_no_citation_is_sound() -> None:
    told = manifest(attribution="")

    assert "requiredStatement" not in told
    assert accepted(told)


@pytest.mark.parametrize(
    ("key", "value"),
    [("label", "chữ trần"), ("label", {"vi": "không phải danh sách"}), ("label", {"tiếng Việt": ["x"]}), ("items", []),
     ("type", "Collection"), ("navDate", "2023-03-02"), ("rights", None), ("summary", None)],
)  # fmt: skip
def test_the_schema_notices_what_iiif_forbids(key: str, value: Any) -> None:
    assert KEEPS.is_valid(TOLD)
    assert not KEEPS.is_valid({**TOLD, key: value})


@pytest.mark.parametrize("lacking", ["id", "type", "width", "height", "items"])
def test_the_schema_notices_what_a_canvas_lacks(lacking: str) -> None:
    told = deepcopy(TOLD)
    del told["items"][0][lacking]

    assert not KEEPS.is_valid(told)
