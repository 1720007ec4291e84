"""The OpenAPI description of every file under `/api/v1/`: its path, what it is, and the schema it keeps (by `$ref`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from bulletins import urls
from bulletins.indexes.shape import Terms, encoded_json

VERSION = "1.0.0"


class Operation(NamedTuple):
    """How a file is asked for: its name, the schema it keeps (several: one of them), what it is in two languages."""

    name: str
    schemas: tuple[str, ...]
    vi: str
    en: str


YEAR = "{year}"
ID = "{id}"

GONE = ("moved-organization", "withdrawn-organization")

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        urls.API_INDEX: Operation("index", ("index",), "Gốc của danh mục mọi tệp", "The root of the catalogue"),
        f"{urls.API_CATALOGUE}{{shard}}.json": Operation(
            "shard", ("catalogue-shard",), "Một phần của danh mục", "A shard of the catalogue"
        ),
        f"{urls.API_CATALOGUE}{{folder}}/{{shard}}.json": Operation(
            "shardOfYear", ("catalogue-shard",), "Một phần của danh mục", "A shard of the catalogue"
        ),
        urls.api_bulletin(ID): Operation(
            "bulletin", ("bulletin", "withdrawn-bulletin", "moved-bulletin"),
            "Một bản tin, hoặc thông báo đã gỡ", "A bulletin, or the notice that it was withdrawn",
        ),
        urls.API_BLOCS: Operation("blocs", ("blocs",), "Mọi khối, cụm", "All blocs"),
        urls.api_bloc(ID): Operation(
            "bloc", ("bloc", *GONE), "Một khối, cụm, hoặc thông báo", "A bloc, or where it went"
        ),
        f"{urls.API}blocs/{ID}/{YEAR}.json": Operation(
            "dossier", ("bloc-year", "moved-organization"), "Hồ sơ một năm của khối", "A bloc in one year"
        ),
        urls.API_UNITS: Operation("units", ("units",), "Mọi đơn vị", "All units"),
        urls.api_unit(ID): Operation(
            "unit", ("unit", *GONE), "Một đơn vị, hoặc thông báo", "A unit, or where it went"
        ),
        urls.API_HOSTS: Operation("hosts", ("hosts",), "Các cơ quan tổ chức khối", "The hosts of blocs"),
        urls.API_MOVEMENTS: Operation("movements", ("movements",), "Phong trào, cuộc vận động", "Movements"),
        urls.API_YEARS: Operation("years", ("years",), "Mọi năm", "All years"),
        f"{urls.API}years/{YEAR}.json": Operation("year", ("year",), "Một năm", "A year"),
        urls.api_ceremony(ID): Operation(
            "ceremony", ("ceremony", "withdrawn-ceremony", "moved-ceremony"),
            "Một buổi lễ, hoặc thông báo đã gỡ", "A ceremony, or the notice that it was withdrawn",
        ),
        urls.API_CHANGES: Operation("changes", ("changes",), "Nhật ký thay đổi", "The change log"),
        f"{urls.API}changes/{{page}}.json": Operation(
            "changesPage", ("changes-page",), "Một trang của nhật ký", "A page of the change log"
        ),
        urls.API_DUMPS: Operation("dumps", ("dumps",), "Gói dữ liệu từng năm", "The dumps by year"),
        urls.API_GALLERY_CHANGES: Operation(
            "galleryChanges", ("gallery-changes",),
            "Thay đổi của các bộ ảnh (IIIF Change Discovery)", "Changes of galleries (IIIF Change Discovery)",
        ),
        f"{urls.API}galleries/changes/{{page}}.json": Operation(
            "galleryChangesPage", ("gallery-changes-page",),
            "Một trang thay đổi của các bộ ảnh", "A page of the changes of galleries",
        ),
        urls.API_DOCUMENTS: Operation(
            "documentYears", ("all-documents",), "Văn bản được viện dẫn: từng năm", "Cited documents: their years"
        ),
        urls.api_documents("{part}"): Operation(
            "documents", ("documents",), "Văn bản của một năm", "The documents of one year"
        ),
        urls.api_part(f"{urls.API}{{list}}.json", "{half}"): Operation(
            "partOfList", ("blocs", "units", "movements"), "Một phần của danh sách dài", "A part of a long list"
        ),
        urls.api_part(f"{urls.API}{{folder}}/{{id}}.json", "{half}"): Operation(
            "partOfDocument", ("bloc", "unit", "year", "documents"),
            "Một phần của tài liệu dài", "A part of a long document",
        ),
        urls.API_PROVINCES: Operation("provinces", ("provinces",), "Bảng mã tỉnh, thành phố", "Codes of provinces"),
        urls.api_vocabulary("{name}"): Operation("vocabulary", ("vocab",), "Một bảng mã", "A code list"),
        urls.api_gallery(ID): Operation(
            "gallery", ("gallery",), "Bộ ảnh (IIIF Presentation 3)", "A gallery (IIIF Presentation 3)"
        ),
    }
)  # fmt: skip
"""The JSON documents by their path templates."""

OTHERS: Mapping[str, tuple[str, str, str, str]] = MappingProxyType(
    {
        urls.api_schema("{name}"): ("schema", "application/schema+json", "JSON Schema", "A JSON Schema"),
        urls.API_CONTEXT: ("context", "application/ld+json", "Ngữ cảnh JSON-LD", "The JSON-LD context"),
        urls.API_OPENAPI: ("openapi", "application/openapi+json", "Chính tệp này", "This file"),
        urls.api_dump("{part}"): (
            "dump",
            "application/gzip",
            "Mọi bản tin của một năm (NDJSON, gzip)",
            "All bulletins of a year (NDJSON, gzip)",
        ),
        urls.api_table("{name}"): ("table", "text/csv", "Bảng CSV", "A table"),
    }
)
"""Files in formats of others: name, media type, what it is in Vietnamese and English."""

_SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}
PARAMETERS: Mapping[str, tuple[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "id": ("Mã / Id", _SLUG),
        "name": ("Tên / Name", _SLUG),
        "year": ("Năm / Year", {"type": "integer", "minimum": 1945, "maximum": 2200}),
        "folder": ("Loại tệp / Kind of files", _SLUG),
        "shard": ("Tên / Name", _SLUG),
        "list": ("Tên danh sách / Name of the list", _SLUG),
        "half": (
            "Tên phần, ghi ở continued_in / Name of the part, as in continued_in",
            {"type": "string", "pattern": "^[0-9a-f]+$"},
        ),
        "page": ("Số trang / Page number", {"type": "integer", "minimum": 1}),
        "part": ("Năm, hoặc undated / Year, or undated", {"type": "string", "pattern": "^([0-9]{4}|undated)$"}),
    }
)


def openapi(terms: Terms, title: str) -> Sequence[bytes]:
    """The description; `title` is the name of the site."""
    info: dict[str, Any] = {
        "title": title,
        "version": VERSION,
        "summary": "Dữ liệu các bản tin thi đua / Data of emulation bulletins",
        "description": "Tệp tĩnh, chỉ đọc, không cần khóa / Static files, read only, no key is needed.",
    }
    if terms.license:
        info["license"] = {"name": terms.license, "url": terms.license}
    paths = {path: _documents(terms, path, operation) for path, operation in OPERATIONS.items()}
    paths |= {path: _other(path, *other) for path, other in OTHERS.items()}
    return [
        encoded_json(
            {
                "openapi": "3.1.0",
                "info": info,
                "servers": [{"url": terms.root}],
                "externalDocs": {"url": terms.at(urls.DATA)},
                "paths": dict(sorted(paths.items())),
            }
        )
    ]


def _documents(terms: Terms, path: str, operation: Operation) -> dict[str, Any]:
    schemas: list[dict[str, Any]] = [{"$ref": terms.at(urls.api_schema(name))} for name in operation.schemas]
    schema = schemas[0] if len(schemas) == 1 else {"oneOf": schemas}
    return _get(path, operation.name, f"{operation.vi} / {operation.en}", "application/json", schema)


def _other(path: str, name: str, media_type: str, vi: str, en: str) -> dict[str, Any]:
    schema = {"type": "string"} if media_type == "text/csv" else {"type": "object"}
    return _get(path, name, f"{vi} / {en}", media_type, schema)


def _get(path: str, name: str, summary: str, media_type: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    answers = {"200": {"description": summary, "content": {media_type: {"schema": schema}}}}
    answers["404"] = {"description": "Không có tệp này / There is no such file"}
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "responses": answers}
    parameters = [_parameter(wanted) for wanted in re.findall(r"\{(\w+)\}", path)]
    return {"parameters": parameters, "get": operation} if parameters else {"get": operation}


def _parameter(name: str) -> dict[str, Any]:
    description, schema = PARAMETERS[name]
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}
