"""The JSON Schema of a gallery's manifest, written from the tables of IIIF Presentation API 3.0, sections 3 and 5."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_URI: Json = {"type": "string", "pattern": "^https?://[^#]+$"}
_LANGUAGES: Json = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": "^(none|[a-z]{2,3}(-[A-Za-z0-9]+)*)$"},
    "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
}
_PAIR: Json = {
    "type": "object",
    "required": ["label", "value"],
    "properties": {"label": _LANGUAGES, "value": _LANGUAGES},
    "additionalProperties": False,
}
_SIDE: Json = {"type": "integer", "minimum": 1}


def _resource(type_: str, *required: str, **properties: Json) -> Json:
    """An object of an IIIF type with an id; what is not listed may not stand in it."""
    own = {"id": _URI, "type": {"const": type_}, **properties}
    return {"type": "object", "required": ["id", "type", *required], "properties": own, "additionalProperties": False}


def _list(item: Json) -> Json:
    return {"type": "array", "minItems": 1, "items": item}


_FORMAT: Json = {"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"}
_IMAGE = _resource("Image", "format", "width", "height", format=_FORMAT, width=_SIDE, height=_SIDE)
_TEXT = _resource("Text", "label", "format", label=_LANGUAGES, format=_FORMAT)
_DATASET = _resource("Dataset", "label", "format", label=_LANGUAGES, format=_FORMAT, profile=_URI)
_RIGHTS: Json = {
    "type": "string",
    "pattern": "^http://(creativecommons\\.org/(licenses|publicdomain)|rightsstatements\\.org/vocab)/",
}
_ANNOTATION = _resource(
    "Annotation", "motivation", "body", "target", motivation={"const": "painting"}, body=_IMAGE, target=_URI
)
_ANNOTATIONS = _resource("AnnotationPage", "items", items={**_list(_ANNOTATION), "maxItems": 1})
_DESCRIBED: dict[str, Json] = {
    "label": _LANGUAGES,
    "summary": _LANGUAGES,
    "metadata": _list(_PAIR),
    "requiredStatement": _PAIR,
    "rights": _RIGHTS,
    "thumbnail": _list(_IMAGE),
    "homepage": _list(_TEXT),
}
_CANVAS = _resource(
    "Canvas", "label", "width", "height", "items", **_DESCRIBED, width=_SIDE, height=_SIDE,
    items={**_list(_ANNOTATIONS), "maxItems": 1},
)  # fmt: skip

SCHEMA: Json = {
    "title": "Bộ ảnh (IIIF Presentation 3)",
    "description": "A gallery as an IIIF Presentation 3 manifest.",
    "type": "object",
    "required": [
        "@context", "id", "type", "label", "summary", "navDate", "behavior", "thumbnail", "homepage", "seeAlso",
        "rendering", "items",
    ],
    "properties": {
        "@context": {"const": "http://iiif.io/api/presentation/3/context.json"},
        "id": _URI,
        "type": {"const": "Manifest"},
        **_DESCRIBED,
        "navDate": {"type": "string", "format": "date-time", "pattern": "T\\d{2}:\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}$"},
        "behavior": {"const": ["individuals"]},
        "seeAlso": _list(_DATASET),
        "rendering": _list(_DATASET),
        "items": _list(_CANVAS),
    },
}  # fmt: skip
