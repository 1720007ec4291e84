"""The JSON Schema of every kind of document and of the front matter, made from the classes that make the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bulletins import urls
from bulletins.domain.model import Bulletin
from bulletins.indexes import manifest, manifest_schema
from bulletins.indexes.bloc_year import BlocYearDocument
from bulletins.indexes.bulletin import BulletinDocument, WithdrawnDocument
from bulletins.indexes.catalogue import CatalogueDocument, ShardDocument
from bulletins.indexes.organizations import BlocDocument, BlocsDocument, UnitDocument, UnitsDocument
from bulletins.indexes.shape import ApiDocument, Terms, encoded_json
from bulletins.indexes.vocabulary import VocabularyDocument
from bulletins.indexes.years import CeremonyDocument, YearDocument, YearsDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FRONT_MATTER = "front-matter"
KIND = "schema"
"""The kind under which the catalogue lists a schema."""

MODELS: Mapping[str, type[ApiDocument]] = MappingProxyType(
    {
        model.schema_name: model
        for model in (
            CatalogueDocument, ShardDocument, BulletinDocument, WithdrawnDocument, BlocsDocument, BlocDocument,
            BlocYearDocument, UnitsDocument, UnitDocument, YearsDocument, YearDocument, CeremonyDocument,
            VocabularyDocument,
        )
    }
)  # fmt: skip
"""Every kind of document by the name of its schema."""

WRITTEN: Mapping[str, Mapping[str, Any]] = MappingProxyType({manifest.SCHEMA: manifest_schema.SCHEMA})
"""Kinds of document whose form is another standard's: their schemas are written by hand."""

NAMES = (*MODELS, *WRITTEN, FRONT_MATTER)


class FrontMatterSchema(GenerateJsonSchema):
    """Pydantic's schema of what authors type; a class is described in English (`x-en`), and a field has no title."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        if "description" in written:
            written["x-en"] = written.pop("description")
        return written

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


class DocumentSchema(FrontMatterSchema):
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
    """The file of a schema; like every document it says where it is from."""
    head = {key.rstrip("_"): value for key, value in terms.head(DIALECT, name, None, None).items()}
    own = _front_matter() if name == FRONT_MATTER else WRITTEN.get(name) or _of(MODELS[name])
    return [encoded_json({"$schema": DIALECT, "$id": terms.at(urls.api_schema(name)), **head, **own})]


def _of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True, mode="serialization", schema_generator=DocumentSchema)


def _front_matter() -> dict[str, Any]:
    return Bulletin.model_json_schema(by_alias=True, mode="validation", schema_generator=FrontMatterSchema)
