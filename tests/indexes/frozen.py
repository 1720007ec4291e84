"""The frozen copy of version 1, and what a change of it would break (contract §5).

Adding is allowed: a key, a kind of document, a path, a column at the end, a code. Until the first public release the
copy follows the program (`python -m tests.indexes.frozen` writes it anew); from then on no line of it may go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bulletins.indexes.schemas import FRONT_MATTER
from tests.indexes import sample

FOLDER = Path(__file__).parent.parent / "frozen" / "v1"
API = "api/v1/"
KEPT = ("const", "pattern", "format", "maxLength", "minimum", "maximum")
"""What a schema says of a value besides its type."""

Json = dict[str, Any]


def present() -> dict[str, bytes]:
    """What is promised today, by the name of its file: schemas, paths, columns of tables, codes."""
    site = sample.published()
    schemas = {path.removeprefix(API): data for path, data in site.items() if path.startswith(f"{API}schemas/")}
    codes = {path.removeprefix(API): _codes(data) for path, data in site.items() if path.startswith(f"{API}vocab/")}
    tables = {path: data for path, data in site.items() if path.endswith(".csv")}
    columns = {path: data.decode("utf-8-sig").split("\r\n")[0].split(",") for path, data in tables.items()}
    paths = sorted(json.loads(site[f"{API}openapi.json"])["paths"])
    return schemas | codes | {"columns.json": _json(columns), "paths.json": _json(paths)}


def frozen() -> dict[str, bytes]:
    """The same as it was frozen."""
    return {file.relative_to(FOLDER).as_posix(): file.read_bytes() for file in sorted(FOLDER.rglob("*.json"))}


def breaks(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[str]:
    """What a program that keeps to `old` could not read in `new`, each with where it is."""
    return [f"{name}: {what}" for name, data in old.items() for what in _broken(name, data, new.get(name))]


def _broken(name: str, old: bytes, new: bytes | None) -> Iterator[str]:
    if new is None:
        yield "is gone"
        return
    before, now = json.loads(old), json.loads(new)
    if name.startswith("schemas/"):
        yield from Comparison(before, now, is_typed=FRONT_MATTER in name).broken(before, now, "")
    elif isinstance(before, dict):
        for table, columns in before.items():
            if now.get(table, [])[: len(columns)] != columns:
                yield f"{table} has other columns"
    else:
        yield from (f"{item} is gone" for item in before if item not in now)


class Comparison:
    """Two schemas. `is_typed`: people write what the schema describes, so that it may take more, not ask for more."""

    def __init__(self, old: Json, new: Json, is_typed: bool) -> None:
        self._old, self._new, self._is_typed = old, new, is_typed

    def broken(self, old: Json, new: Json, path: str) -> Iterator[str]:
        """What breaks below a path of the document."""
        before, now = _forms(old, self._old), _forms(new, self._new)
        if not self._is_typed and (more := sorted(_types(now) - _types(before))):
            yield f"{path} may be {', '.join(more)} now"
        for form in before:
            same = [other for other in now if other.get("type") == form.get("type")]
            found = [list(self._within(form, other, path)) for other in same]
            yield from min(found, key=len) if found else [f"{path} is no {form.get('type')} any more"]

    def _within(self, old: Json, new: Json, path: str) -> Iterator[str]:
        for key in KEPT:
            if key in (old.keys() | new.keys()) and old.get(key) != new.get(key):
                yield f"{path} has another {key}"
        yield from (f"{path} lost the code {code}" for code in old.get("enum", ()) if code not in new.get("enum", ()))
        yield from self._properties(old, new, path)
        for key in ("items", "additionalProperties"):
            if isinstance(old.get(key), dict):
                yield from self.broken(old[key], new.get(key, {}), f"{path}[]")

    def _properties(self, old: Json, new: Json, path: str) -> Iterator[str]:
        before, now = old.get("properties", {}), new.get("properties", {})
        for name, field in before.items():
            if name not in now:
                yield f"{path}.{name} is gone"
            else:
                yield from self.broken(field, now[name], f"{path}.{name}")
        asked, asks = set(old.get("required", ())), set(new.get("required", ()))
        lacking = asks - asked if self._is_typed else (asked - asks) & now.keys()
        yield from (f"{path}.{name} {'must' if self._is_typed else 'need not'} stand now" for name in sorted(lacking))


def _forms(schema: Json, root: Json) -> list[Json]:
    """The forms a value may have, with references followed."""
    if "$ref" in schema:
        return _forms(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    if alternatives and "type" not in schema:
        return [form for alternative in alternatives for form in _forms(alternative, root)]
    types = schema.get("type")
    return [{**schema, "type": type_} for type_ in types] if isinstance(types, list) else [schema]


def _types(forms: list[Json]) -> set[str]:
    return {str(form.get("type")) for form in forms}


def _codes(vocabulary: bytes) -> bytes:
    return _json([term["code"] for term in json.loads(vocabulary)["terms"]])


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    for file in FOLDER.rglob("*.json"):
        file.unlink()
    sample.write(FOLDER, present())
