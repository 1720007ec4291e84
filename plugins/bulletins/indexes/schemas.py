"""The JSON Schema of every kind of document and of the front matter, made from the classes that make the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bulletins import urls
from bulletins.domain.model import Bulletin
from bulletins.indexes import discovery, manifest, manifest_schema
from bulletins.indexes.bloc_year import BlocYearDocument
from bulletins.indexes.bulletin import BulletinDocument, MovedCeremonyDocument, MovedDocument, WithdrawnDocument
from bulletins.indexes.catalogue import CatalogueDocument, ShardDocument
from bulletins.indexes.changes import ChangesDocument, ChangesPageDocument
from bulletins.indexes.citations import AllDocumentsDocument, DocumentsDocument, MovementsDocument
from bulletins.indexes.dumps import DumpsDocument
from bulletins.indexes.organizations import (
    BlocDocument,
    BlocsDocument,
    HostsDocument,
    MovedEntryDocument,
    UnitDocument,
    UnitsDocument,
    WithdrawnEntryDocument,
)
from bulletins.indexes.provinces import ProvincesDocument
from bulletins.indexes.shape import ApiDocument, Terms, encoded_json
from bulletins.indexes.titles import TITLES
from bulletins.indexes.vocabulary import VocabularyDocument
from bulletins.indexes.years import CeremonyDocument, WithdrawnCeremonyDocument, YearDocument, YearsDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FRONT_MATTER = "front-matter"
KIND = "schema"
"""The kind under which the catalogue lists a schema."""

MODELS: Mapping[str, type[ApiDocument]] = MappingProxyType(
    {
        model.schema_name: model
        for model in (
            CatalogueDocument, ShardDocument, BulletinDocument, WithdrawnDocument, MovedDocument, MovedCeremonyDocument,
            BlocsDocument, BlocDocument, MovedEntryDocument, WithdrawnEntryDocument,
            BlocYearDocument, UnitsDocument, UnitDocument, HostsDocument, MovementsDocument, YearsDocument,
            YearDocument, CeremonyDocument, WithdrawnCeremonyDocument, AllDocumentsDocument, DocumentsDocument,
            VocabularyDocument, ProvincesDocument, ChangesDocument, ChangesPageDocument,
            DumpsDocument,
        )
    }
)  # fmt: skip
"""Every kind of document by the name of its schema."""

WRITTEN: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {manifest.SCHEMA: manifest_schema.SCHEMA, **discovery.SCHEMAS}
)
"""Kinds of document whose form is another standard's: their schemas are written by hand."""

_NOTHING: JsonSchemaValue = {"type": "null"}

NAMES = (*MODELS, *WRITTEN, FRONT_MATTER)


class BilingualSchema(GenerateJsonSchema):
    """Pydantic's schema with titles in Vietnamese and descriptions in English, of records and of their fields.

    Nothing but what JSON Schema 2020-12 knows stands in it: strict validators refuse the rest.
    """

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        name = schema["cls"].__name__
        written["title"] = TITLES.get(name, written.get("title", name))
        for value in written.get("properties", {}).values():
            _in_two_languages(value)
        return written

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        written = super().dataclass_schema(schema)
        for value in written.get("properties", {}).values():
            _in_two_languages(value)
        return written

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class FrontMatterSchema(BilingualSchema):
    """The schema of what authors type: a field that may be left out may also be left empty."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        optional = written["properties"].keys() - set(written.get("required", ()))
        written["properties"] |= {name: _or_nothing(written["properties"][name]) for name in sorted(optional)}
        return written


class DocumentSchema(BilingualSchema):
    """The schema of a document: every key is always there, and a later version may add keys (contract §5)."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        written.pop("additionalProperties", None)
        for value in written.get("properties", {}).values():
            value.pop("default", None)
        return written


def schema(terms: Terms, name: str) -> Sequence[bytes]:
    """The file of a schema."""
    own = _front_matter() if name == FRONT_MATTER else WRITTEN.get(name) or _of(terms, MODELS[name])
    return [encoded_json({"$schema": DIALECT, "$id": terms.at(urls.api_schema(name)), **own})]


def _of(terms: Terms, model: type[ApiDocument]) -> dict[str, Any]:
    written = model.model_json_schema(by_alias=True, mode="serialization", schema_generator=DocumentSchema)
    written["properties"]["schema"] |= {"const": terms.at(urls.api_schema(model.schema_name))}
    return written


def _front_matter() -> dict[str, Any]:
    """A bulletin names its blocs as `bloc` or `blocs`; one of no bloc says so, or names its host."""
    written = Bulletin.model_json_schema(by_alias=True, mode="validation", schema_generator=FrontMatterSchema)
    written["properties"]["blocs"] = written["properties"]["bloc"]
    written["required"].remove("bloc")
    # Strict validators want a key that is required to be named where it is.
    ways = [{"properties": {key: True}, "required": [key]} for key in ("bloc", "blocs", "host")]
    return written | {"allOf": [{"anyOf": ways}]}


def _or_nothing(value: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of a field that may be empty."""
    marks = {key: value[key] for key in ("title", "description", "default") if key in value}
    plain = {key: item for key, item in value.items() if key not in marks}
    forms = plain["anyOf"] if plain.keys() == {"anyOf"} else [plain]
    return marks | {"anyOf": [*forms, *([] if _NOTHING in forms else [_NOTHING])]}


def _in_two_languages(value: dict[str, Any]) -> None:
    """Move what a field means to an author to its title, and the English to its description."""
    english = value.pop("x-en", None)
    for mark in ("x-usual", "x-long"):
        value.pop(mark, None)
    if english and "description" in value:
        value["title"], value["description"] = value["description"], english
