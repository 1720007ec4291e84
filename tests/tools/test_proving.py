"""What is looked at before a built site goes out: schemas of documents, and bulletins in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletins.domain.library import Library
from tests.builders import bulletin, library
from tools.proving import forgotten, lost, misfits

SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"count": {"type": "integer"}}}


def _written(output: Path, path: str, value: object) -> str:
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_text(json.dumps(value), encoding="utf-8")
    return path


def test_a_document_that_does_not_fit_the_schema_it_names_is_told_with_its_place(tmp_path: Path) -> None:
    schema = _written(tmp_path, "api/v1/schemas/a.json", SCHEMA)
    right, wrong = (
        _written(tmp_path, f"api/v1/{n}.json", {"schema": "https://x.vn/api/v1/schemas/a.json", "count": count})
        for n, count in enumerate((1, "một"))
    )
    other = _written(tmp_path, "feed.json", {"count": "một"})

    assert list(misfits(tmp_path, [right, other])) == []
    assert [line.split(": ")[:2] for line in misfits(tmp_path, [wrong])] == [[wrong, "count"]]
    assert [line.split(": ")[0] for line in misfits(tmp_path, [schema])] == [wrong]


def test_a_page_of_the_log_keeps_the_address_of_its_schema_when_the_site_moves(tmp_path: Path) -> None:
    now, then = (f"https://{host}.vn/api/v1/schemas/changes-page.json" for host in ("moi", "cu"))
    schema = SCHEMA | {"$id": now, "properties": {"schema": {"const": now}, "seq": {"type": "integer"}}}
    _written(tmp_path, "api/v1/schemas/changes-page.json", schema)
    pages = [
        _written(tmp_path, f"api/v1/changes/{n}.json", {"schema": then, "seq": seq}) for n, seq in ((1, 1), (2, "một"))
    ]

    assert [line.split(": ")[:2] for line in misfits(tmp_path, pages)] == [[pages[1], "seq"]]


def test_an_address_of_an_older_site_goes_on_to_lead_to_its_bulletin() -> None:
    def redirects(*addresses: str) -> bytes:
        return json.dumps({"redirects": [{"from": old, "to": "/ban-tin/a/"} for old in addresses]}).encode()

    files = ["gioi-thieu/index.html", "cũ/a.pdf"]
    before = redirects(
        "/gioi-thieu/",
        "/gioi-thieu",
        "/c%C5%A9/a.pdf",
        "/tin/le.html",
        "/xem.aspx?id=1",
        "/khoi/cu/feed.xml",
        "/api/v1/galleries/cu/manifest.json",
    )
    lines = list(forgotten(before, redirects("/Xem.aspx?id=1", "/moi.html"), files))

    assert [line.partition(" ")[0] for line in lines] == ["/tin/le.html"]
    assert 'former_addresses: ["/tin/le.html"]' in lines[0]


def _files(library: Library) -> list[str]:
    ids = [bulletin.id for bulletin in library.newest]
    return [path for id_ in ids for path in (f"ban-tin/{id_}/index.html", f"api/v1/bulletins/{id_}.json")]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda files: files, None),
        (lambda files: files[1:], "thiếu / missing: /ban-tin/"),
        (lambda files: files[:-1], "thiếu / missing: /api/v1/bulletins/"),
        (lambda files: [*files, "ban-tin/lạ/index.html"], "thừa / not in the content: /ban-tin/lạ/"),
        (lambda files: [*files, "ban-tin/mot/ke-hoach.pdf"], None),
    ],
)
def test_a_bulletin_without_its_page_or_document_is_told_and_one_too_many(change, line) -> None:  # type: ignore[no-untyped-def]
    known = library(bulletin("mot"), bulletin("hai"))
    lines = list(lost(known, change(_files(known))))

    assert lines == [] if line is None else lines[0].startswith(line)
