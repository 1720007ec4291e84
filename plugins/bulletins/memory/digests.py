"""Digests of what documents say: equal exactly where nobody who reads them would see another content.

A digest is the SHA-256 of canonical JSON (RFC 8785), in lowercase hex, without what is no content: addresses of this
site, licence keys, hashes and files of pictures, and the times that follow from the digest itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import to_json

HEAD = frozenset({"schema", "$schema", "$id", "license", "attribution", "publisher", "requiredStatement", "modified"})
"""Keys at the top of a document that say nothing of its content."""

ANYWHERE = frozenset(
    {"license", "rights", "sha256", "bytes", "renditions", "social", "square", "colour", "thumbnail", "body"}
)
"""Keys that are no content wherever they stand."""

OTHERS: Mapping[str, frozenset[str]] = {
    "bulletin": frozenset({"organizations", "photos", "withdrawn_photos", "former_ids", "former_addresses"}),
    "ceremony": frozenset({"bulletins"}),
    "bloc": frozenset({"years", "dossiers", "bulletins", "council", "replaces", "former_ids"}),
    "unit": frozenset({"history", "awards", "bulletins", "replaces", "former_ids"}),
    "host": frozenset({"blocs", "units", "replaces", "former_ids"}),
    "movement": frozenset({"bulletins", "reported_by", "sources", "replaces", "former_ids"}),
    "photo": frozenset({"n"}),
}
"""For each type of primary object, the keys of its document that tell of other objects."""

FOLDERS = {"bulletins": "bulletin", "ceremonies": "ceremony", "blocs": "bloc", "units": "unit"}
LISTS = {"hosts.json": ("host", "hosts"), "movements.json": ("movement", "movements")}

_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)

Json = dict[str, Any]


class ObjectState(NamedTuple):
    """A primary object as a document states it.

    `gone` is empty, or else `withdrawn`, or the id it moved to. `changes` counts the entries of its change history,
    of which the last has the `note` and is `minor` or not.
    """

    type: str
    id: str
    digest: str
    gone: str = ""
    changes: int = 0
    note: str | None = None
    minor: bool = False


class DocumentState(NamedTuple):
    """What the catalogue and the change log must know of a document besides its bytes."""

    id: str | None
    schema: str | None
    digest: str
    modified: str | None
    year: int | None
    objects: tuple[ObjectState, ...]

    def as_json(self) -> str:
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> DocumentState:
        id_, schema, content, modified, year, objects = json.loads(text)
        return cls(id_, schema, content, modified, year, tuple(ObjectState(*state) for state in objects))


class Outline(NamedTuple):
    """As much of a document's state as its place in the catalogue takes."""

    year: int | None
    modified: str | None
    objects: int


def outline_of(state: str) -> Outline:
    """The outline of a state as JSON: of a catalogue of thousands nearly all states are looked at for no more."""
    _, _, _, modified, year, objects = json.loads(state)
    return Outline(year, modified, len(objects))


def objects_of(documents: Iterable[DocumentState]) -> Iterator[ObjectState]:
    """Every primary object that documents are about."""
    return (state for document in documents for state in document.objects)


def digest(value: Any) -> str:
    """SHA-256 of the value as canonical JSON (RFC 8785), in lowercase hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


_EXPONENT = re.compile(rb"e(?<=[0-9]e)-?[0-9]+[],}]")


def canonical(value: Any) -> bytes:
    """Canonical JSON (RFC 8785) of a value as `content_of` gives it, whose keys are of the BMP."""
    written = to_json(value)
    # Four times as fast as `json`, but it writes 1e30 for 1e+30; no document so far has such a number.
    if _EXPONENT.search(written):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return written


def parsed(data: bytes) -> Any:
    """A JSON document; RFC 8785 writes 1.0 as 1."""
    return json.loads(data, parse_float=_number)


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def content_of(value: Any, root: str) -> Any:
    """A value that came through `parsed` without what is no content wherever it stands, its keys in order.

    `root` is the site's public address. Texts tell of their own links without it, so that moving the site changes none.
    """
    return _content_of(value, f"{root}/")


def _content_of(value: Any, own: str) -> Any:
    """The same; what begins with `own` is an address of this site. Most of a document are texts: they are not called
    for one by one.
    """
    if type(value) is str:
        return value.replace(f'="{own}', '="/') if '="' in value else value
    if type(value) is dict:
        return {
            key: item if type(item) is str and '="' not in item else _content_of(item, own)
            for key, item in sorted(value.items(), key=itemgetter(0))
            if key not in ANYWHERE and not (type(item) is str and item.startswith(own))
        }
    if type(value) is list:
        return [_content_of(item, own) for item in value if not (type(item) is str and item.startswith(own))]
    return value


def state_of(path: str, data: bytes, root: str) -> DocumentState:
    """The state of a document at a path below the site's root."""
    head: Json = parsed(data)
    whole: Json = content_of(head, root)
    content = {key: value for key, value in whole.items() if key not in HEAD}
    return DocumentState(
        id=head.get("id"),
        schema=head.get("schema") or head.get("$schema"),
        digest=digest(content),
        modified=head.get("modified"),
        year=_year(content),
        objects=tuple(_objects(path, head, whole)),
    )


def _year(content: Json) -> int | None:
    """The year under which the catalogue lists a document: its own, or that of the day it tells of."""
    if type(content.get("year")) is int:
        return int(content["year"])
    ceremony = content.get("ceremony")
    days = (
        ceremony.get("date") if isinstance(ceremony, dict) else None, content.get("date"), content.get("navDate")
    )  # fmt: skip
    day = next((day for day in days if isinstance(day, str)), "")
    return int(day[:4]) if day[:4].isdecimal() else None


def _objects(path: str, head: Json, whole: Json) -> Iterator[ObjectState]:
    """The primary objects that a document is about."""
    folder, _, name = path.removeprefix("api/v1/").partition("/")
    if not name:
        type_, key = LISTS.get(folder, ("", ""))
        yield from (_listed(type_, entry) for entry in (*whole.get(key, ()), *whole.get("gone", ())) if type_)
    elif folder in FOLDERS and "/" not in name:
        type_ = FOLDERS[folder]
        yield _object(type_, str(head["id"]), whole)
        photos = (*whole.get("photos", ()), *whole.get("withdrawn_photos", ())) if type_ == "bulletin" else ()
        yield from (_listed("photo", photo, f"{head['id']}/") for photo in photos)


def _object(type_: str, id_: str, whole: Json) -> ObjectState:
    """An object with a document of its own."""
    history = whole.get("change_history") or [{}]
    last = history[-1]
    own = {key: value for key, value in whole.items() if key not in HEAD | OTHERS[type_] | {"id"}}
    if isinstance(own.get("ceremony"), dict) and own["ceremony"].get("id") == id_:
        own["ceremony"] = own["ceremony"] | {"id": None}
    if "content_html" in own:
        own["content_html"] = _FIGURE.sub("<figure></figure>", own["content_html"])
    return ObjectState(
        type_, id_, digest(own), _gone(whole), len(history) if last else 0, last.get("note"), bool(last.get("minor"))
    )


def _listed(type_: str, entry: Json, within: str = "") -> ObjectState:
    """An object of a list."""
    own = {key: value for key, value in entry.items() if key not in OTHERS[type_] | {"id"}}
    return ObjectState(type_, f"{within}{entry['id']}", digest(own), _gone(entry))


def _gone(whole: Json) -> str:
    """Whether an object is no longer there: `withdrawn`, or the id it moved to."""
    status = whole.get("status")
    return "withdrawn" if status == "withdrawn" else str(whole["moved_to"]) if status == "moved" else ""
