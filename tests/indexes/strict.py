"""The strict twin of a schema: the same, but a key that it does not name is a mistake.

Published schemas let documents have more keys, since a later version may add some (contract §5). So only the twin
notices a key that no schema describes.
"""

from __future__ import annotations

from typing import Any


def strict(schema: Any) -> Any:
    """The schema in which every object has the keys it names and no others."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    twin = {key: strict(value) for key, value in schema.items()}
    is_object = schema.get("type") == "object" and isinstance(schema.get("properties"), dict)
    return {"additionalProperties": False, **twin} if is_object else twin
