"""What all JSON documents share: their first keys, the kinds of value in them, and how they become bytes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, TypeAdapter, WithJsonSchema
from pydantic_core import to_json

from bulletins import urls
from bulletins.domain import kinds
from bulletins.domain.record import ID_PATTERN, IS_ID, CodeOf, Value, about
from bulletins.settings import Settings

AUTHORITY_YEAR = 2026
"""A year in which whoever publishes the site under its present name had that name; a constant, since ids stay."""

WHEN_PATTERN = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2})?$"

Address = Annotated[str, WithJsonSchema({"type": "string", "format": "uri-reference"})]
When = Annotated[str, WithJsonSchema({"type": "string", "pattern": WHEN_PATTERN})]
"""RFC 3339 with its offset, or a bare date when the hour is not known (contract §3)."""


Id = Annotated[str, IS_ID]
"""The id of a bulletin, ceremony, bloc, unit, host, movement or photo (contract §1)."""

PrimaryType = Literal["bulletin", "ceremony", "bloc", "unit", "host", "movement", "photo"]
"""What has an id and stands in the change log."""

ObjectId = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[a-z0-9-]+(/[a-z0-9-]+)?$"})]
"""The id of a primary object; that of a photo is `bulletin/photo`."""

DataId = Annotated[str, WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
"""An id that is made by this program: of a document that is cited, say."""

Sha256 = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
SitePath = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[^/]"})]
"""A path below the site's root, without a slash in front."""

MediaType = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[a-z]+/[A-Za-z0-9.+-]+$"})]
ProvinceCode = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9]{2}$"})]
"""A code of Decision 19/2025/QĐ-TTg or 124/2004/QĐ-TTg."""

CeremonyKind = Annotated[str, CodeOf(kinds.CEREMONIES)]
YearReason = Annotated[str, CodeOf(kinds.YEARS)]
DocumentKind = Annotated[str, CodeOf(kinds.DOCUMENTS)]
MovementKind = Annotated[str, CodeOf(kinds.MOVEMENTS)]

DatePrecision = Literal["day", "month", "year"] | None
LATEST_DAY = ("Ngày gần nhất mà các bản tin tự nêu", "The latest day that its bulletins themselves name")
"""What `modified` says in a list: when the document itself changed is known only once all are made."""

PRECISION: Any = about("Ngày biết tới mức nào: day, month, year, hoặc null", "How exactly the day is known")


class Entry(BaseModel):
    """A part of a document."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True, defer_build=True)


class ApiDocument(Entry):
    """A file under `/api/v1/`; `schema_name` is the name of its JSON Schema, and of its kind in the catalogue."""

    schema_name: ClassVar[str]

    schema_: Address = about("Địa chỉ JSON Schema của tệp này", "Address of this file's JSON Schema", alias="schema")
    id: str = about("Mã", "Id")
    url: Address | None = about("Trang web tương ứng, cho người đọc", "The page for people")
    license: Address | None = about("Địa chỉ giấy phép sử dụng dữ liệu", "Address of the licence")
    attribution: str | None = about("Cách ghi nguồn khi dùng lại", "How to cite the source")
    publisher: str | None = about("Cơ quan công bố", "The office that publishes")
    modified: When | None = about("Lần cuối nội dung thay đổi thực chất", "When the content last changed in substance")


@dataclass(frozen=True)
class Terms(Value):
    """What the settings say for every document: where the site stands, its terms of use, what may be published."""

    root: str
    license: str | None
    attribution: str | None
    publisher: str | None
    recipients: bool
    authority: str
    """A name and a date, as in `thidua.example.vn,2026`, that make ids of feeds and calendars unique (RFC 4151)."""

    @classmethod
    def of(cls, settings: Settings) -> Terms:
        root = settings.site.absolute("")
        terms = (settings.license or None, settings.attribution or None, settings.publisher or None)
        authority = settings.authority or f"{urlsplit(root).hostname or 'localhost'},{AUTHORITY_YEAR}"
        return cls(root, *terms, settings.publish_recipients, authority)

    def at(self, address: str) -> str:
        """The full URL of an address of the site."""
        return f"{self.root}{address}"

    def head(self, schema: str, id_: str, page: str | None, modified: str | None) -> dict[str, Any]:
        """The keys every document begins with; `page` is the address of its page for people."""
        return {
            "schema_": schema,
            "id": id_,
            "url": self.at(page) if page else None,
            "license": self.license,
            "attribution": self.attribution,
            "publisher": self.publisher,
            "modified": modified,
        }

    def begin(self, model: type[ApiDocument], id_: str, page: str | None, modified: str | None) -> dict[str, Any]:
        """`head` for a document of one of our models."""
        return self.head(self.at(urls.api_schema(model.schema_name)), id_, page, modified)


def latest(moments: Iterable[str | None]) -> str | None:
    """The last of RFC 3339 moments and bare dates, or `None` if there are none."""
    return max((moment for moment in moments if moment), default=None)


def encoded(document: ApiDocument) -> bytes:
    """The document as the file holds it: JSON in UTF-8 and NFC, keys in the model's order, a newline at the end."""
    data = _adapter(type(document)).dump_json(document, by_alias=True, indent=2)
    return data + b"\n" if _is_composed(data) else encoded_json(json.loads(data))


def _is_composed(data: bytes) -> bool:
    """Whether JSON is in NFC: it costs little to ask, and only text that came past reading, which composes it, is not.

    What is not is composed before it becomes JSON: composing that would tie an accent to the `n` of a `\\n`.
    """
    return unicodedata.is_normalized("NFC", data.decode())


@lru_cache
def _adapter(model: type[ApiDocument]) -> TypeAdapter[ApiDocument]:
    """What gives a document's bytes; the model itself would give a text made of them."""
    return TypeAdapter(model)


def encoded_json(value: Mapping[str, Any]) -> bytes:
    """The same for a plain JSON object."""
    data = to_json(value, indent=2)
    return (data if _is_composed(data) else to_json(_composed(value), indent=2)) + b"\n"


def _composed(value: Any) -> Any:
    """The value with every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_composed(item) for item in value]
    if isinstance(value, Mapping):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return value


def with_lines(data: bytes, key: str, entries: Iterable[Mapping[str, Any]]) -> bytes:
    """A document with these entries in its empty list, each on a line of its own."""
    lines = ",\n".join(f"    {compact(entry)}" for entry in entries)
    filled = f'  "{key}": [\n{lines}\n  ]' if lines else f'  "{key}": []'
    return data.replace(f'  "{key}": []'.encode(), filled.encode(), 1)


def compact(entry: Mapping[str, Any]) -> str:
    """An entry on one line."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
