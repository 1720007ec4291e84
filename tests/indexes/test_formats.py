"""Files in formats of others: tables, OpenAPI, the JSON-LD context and the DCAT catalogue."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from bulletins.indexes import tables
from tests.indexes import sample

SITE = sample.SETTINGS.site_url


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sample.site()[f"api/v1/csv/{name}.csv"].decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", tables.NAMES)
def test_a_table_has_a_bom_lines_that_end_in_crlf_and_a_source_for_every_row(name: str) -> None:
    data = sample.site()[f"api/v1/csv/{name}.csv"]

    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(row["source"] for row in rows(name) if name != "blocs")


def test_memberships_tell_who_led_and_who_disagrees() -> None:
    heads = [(row["year"], row["unit"], row["conflict"]) for row in rows("memberships") if row["role"] == "head"]

    assert heads == [("2023", "phong-mot", "true"), ("2023", "phong-hai", "true"), ("2024", "phong-hai", "false")]


def test_a_target_that_is_no_number_has_neither_sign_nor_value() -> None:
    assert [(row["op"], row["value"]) for row in rows("targets")] == [(">=", "95"), (">=", "97.5"), ("", "")]


def test_no_table_names_who_received_an_award() -> None:
    assert rows("awards")[0]["count"] == "9"
    assert not any("Lê Được Khen".encode() in data for path, data in sample.site().items() if path.endswith(".csv"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-5", "'-5"), ("=", "="), ("Khối, cụm", "Khối, cụm"),
     ('Nói "có"', 'Nói "có"')],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    written = tables.table(("a", "b"), [(text, None)]).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", "b"], [cell, ""]]


def test_the_description_is_sound_openapi() -> None:
    described = json.loads(sample.site()["api/v1/openapi.json"])
    described = json.loads(re.sub(r'"\$ref": "[^"]*"', '"type": "object"', json.dumps(described)))

    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_every_file_under_api_answers_to_one_path_of_the_description_and_every_path_to_a_file() -> None:
    paths = json.loads(sample.site()["api/v1/openapi.json"])["paths"]
    files = [f"/{path}" for path in (*sample.published(), *sample.cut()) if path.startswith("api/")]
    patterns = {path: re.compile(re.sub(r"\\\{\w+\\\}", "[a-z0-9-]+", re.escape(path))) for path in paths}
    answers = {file: [path for path, pattern in patterns.items() if pattern.fullmatch(file)] for file in files}

    # A path with fewer parameters comes first, as OpenAPI has it.
    assert [file for file, found in answers.items() if not found] == []
    assert set(paths) == {min(found, key=lambda path: path.count("{")) for found in answers.values()}


def test_every_ref_of_the_description_is_a_schema_that_the_file_keeps() -> None:
    paths = json.loads(sample.site()["api/v1/openapi.json"])["paths"]
    text = json.dumps(paths)
    refs = {ref.removeprefix(f"{SITE}/") for ref in re.findall(r'"\$ref": "([^"]+)"', text)}
    schemas = {path for path in sample.site() if path.startswith("api/v1/schemas/")}

    assert refs <= schemas
    assert schemas - refs == {"api/v1/schemas/front-matter.json"}


def test_the_context_knows_only_names_of_vocabularies_it_declares() -> None:
    context = json.loads(sample.site()["api/v1/context.jsonld"])["@context"]
    names = [value if isinstance(value, str) else value["@id"] for key, value in context.items() if key != "@version"]

    assert {name.partition(":")[0] for name in names if not name.startswith("http")} <= set(context)


def test_the_catalogue_of_datasets_names_only_files_that_exist() -> None:
    text = sample.site()["data.json"].decode()
    named = set(re.findall(rf'"dcat:downloadURL": {{\s*"@id": "{SITE}/([^"]+)"', text))

    assert len(named) == 15
    assert named <= set(sample.site())
