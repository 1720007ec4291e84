"""What happened to galleries, as IIIF Change Discovery 1.0 tells it (https://iiif.io/api/discovery/1.0/), level 2.

A stream of its own beside the change log: harvesters want manifests and no other objects, and after a `Refresh` they
want every one of them named. Like a manifest it keeps IIIF's specification alone. Unlike pages of the log a full page
changes once more, when it gets a page to follow it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from bulletins import urls
from bulletins.indexes.changes import as_it_is, kept_page
from bulletins.indexes.file import code_version
from bulletins.indexes.shape import Terms, encoded_json
from bulletins.memory.digests import DocumentState, objects_of
from bulletins.memory.log import PAGE
from bulletins.memory.state import Publication
from bulletins.plan import Files, Listing, Output

COLLECTION, COLLECTION_PAGE = "gallery-changes", "gallery-changes-page"
"""Names of the schemas."""

CONTEXT = "http://iiif.io/api/discovery/1/context.json"

_MANIFEST = re.compile(r"api/v1/galleries/[^/]+/manifest\.json")

Json = dict[str, Any]


def listing(terms: Terms, publication: Publication) -> Listing:
    """The pages of the stream as it stands after this publication, and the collection that names them."""
    return Listing(partial(_stream, terms, code_version(), publication))


def _stream(terms: Terms, version: str, publication: Publication, files: Files) -> Iterator[Output]:
    memory = publication.memory
    new = happened(terms.root, files, publication)
    kept = memory.gallery_pages[:-1] if new else memory.gallery_pages
    for number, sha256 in enumerate(kept, 1):
        path = urls.output_path(urls.api_gallery_changes(number))
        yield Output((path,), kept_page, (publication.copy, path, sha256), version)
    begun = json.loads(memory.last_gallery_page)["orderedItems"] if memory.last_gallery_page else []
    for path, data in continued(terms.root, max(len(memory.gallery_pages), 1), begun, new).items():
        yield Output((path,), as_it_is, (data,), version)


def happened(root: str, files: Files, publication: Publication) -> list[Json]:
    """The activities that this publication of these files adds; `root` is the site's public address."""
    states = {path: DocumentState.from_json(made.metadata) for path, made in files.items() if made.metadata}
    now = {path: state.digest for path, state in states.items() if _MANIFEST.fullmatch(path)}
    if not publication.memory.gallery_pages:
        return refresh(root, now, (), publication.moment)
    known = publication.memory.documents
    before = {path: document.digest for path, document in known.items() if _MANIFEST.fullmatch(path)}
    bulletins = (state for state in objects_of(states.values()) if state.type == "bulletin")
    moves = {_path(state.id): _path(state.gone) for state in bulletins if state.gone not in ("", "withdrawn")}
    return list(_activities(root, before, now, moves, publication.moment))


def refresh(root: str, present: Iterable[str], gone: Iterable[str], moment: str) -> list[Json]:
    """The stream begins anew: which galleries are gone, and each that is there, by the paths of their manifests."""
    deleted = [_activity(root, "Delete", path, moment) for path in sorted(gone)]
    updated = [_activity(root, "Update", path, moment) for path in sorted(present)]
    return [*deleted, {"type": "Refresh", "startTime": _utc(moment)}, *updated]


def continued(root: str, number: int, begun: Sequence[Json], new: Sequence[Json]) -> dict[str, bytes]:
    """The collection, and its pages from a number on, of which the first holds the activities `begun`, by path.

    Without new activities it is the collection alone.
    """
    items = [*begun, *new]
    count = number + max(0, (len(items) - 1) // PAGE)
    files = {
        urls.output_path(urls.api_gallery_changes(n)): _page(root, n, items[start : start + PAGE], n == count)
        for n, start in enumerate(range(0, len(items), PAGE), number)
    }
    whole = _collection(root, count, (number - 1) * PAGE + len(items))
    return {urls.output_path(urls.API_GALLERY_CHANGES): whole} | (files if new else {})


def _activities(
    root: str, before: Mapping[str, str], now: Mapping[str, str], moves: Mapping[str, str], moment: str
) -> Iterator[Json]:
    arrived: Collection[str] = {moves[path] for path in before if path in moves and path not in now}
    for path in sorted({*before, *now}):
        if path not in now:
            target = moves.get(path)
            what = "Move" if target in now else "Delete"
            yield _activity(root, what, path, moment, target if what == "Move" else None)
        elif path not in before and path not in arrived:
            yield _activity(root, "Create", path, moment)
        elif path in before and before[path] != now[path]:
            yield _activity(root, "Update", path, moment)


def _activity(root: str, what: str, path: str, moment: str, target: str | None = None) -> Json:
    to = {"target": _manifest(root, target)} if target else {}
    return {"type": what, "object": _manifest(root, path), **to, "endTime": _utc(moment)}


def _manifest(root: str, path: str) -> Json:
    return {"id": f"{root}/{path}", "type": "Manifest"}


def _page(root: str, number: int, items: Sequence[Json], is_last: bool) -> bytes:
    page: Json = {
        "@context": CONTEXT,
        "id": f"{root}{urls.api_gallery_changes(number)}",
        "type": "OrderedCollectionPage",
        "startIndex": (number - 1) * PAGE,
        "partOf": {"id": f"{root}{urls.API_GALLERY_CHANGES}", "type": "OrderedCollection"},
    }
    if number > 1:
        page["prev"] = _page_at(root, number - 1)
    if not is_last:
        page["next"] = _page_at(root, number + 1)
    return encoded_json({**page, "orderedItems": list(items)})


def _collection(root: str, pages: int, total: int) -> bytes:
    return encoded_json(
        {
            "@context": CONTEXT,
            "id": f"{root}{urls.API_GALLERY_CHANGES}",
            "type": "OrderedCollection",
            "totalItems": total,
            "first": _page_at(root, 1),
            "last": _page_at(root, pages),
        }
    )


def _page_at(root: str, number: int) -> Json:
    return {"id": f"{root}{urls.api_gallery_changes(number)}", "type": "OrderedCollectionPage"}


def _path(bulletin_id: str) -> str:
    return urls.output_path(urls.api_gallery(bulletin_id))


def _utc(moment: str) -> str:
    """The moment as IIIF recommends it: in UTC."""
    return datetime.datetime.fromisoformat(moment).astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _link(type_: str) -> Json:
    own = {"id": {"type": "string", "pattern": "^https?://[^#]+$"}, "type": {"const": type_}}
    return {"type": "object", "required": ["id", "type"], "properties": own}


_HEAD: Json = {"@context": {"const": CONTEXT}, "id": {"type": "string", "pattern": "^https?://[^#]+$"}}
_NUMBER: Json = {"type": "integer", "minimum": 0}
_TIME: Json = {"type": "string", "format": "date-time", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$"}
_PAGE = _link("OrderedCollectionPage")


def _what(types: Sequence[str], **properties: Json) -> Json:
    """An activity of these types, which has all of these properties."""
    own = {"type": {"enum": list(types)}, **properties}
    return {"type": "object", "required": list(own), "properties": own}


_ACTIVITY: Json = {
    "anyOf": [
        _what(("Create", "Update", "Delete"), object=_link("Manifest"), endTime=_TIME),
        _what(("Move",), object=_link("Manifest"), target=_link("Manifest"), endTime=_TIME),
        _what(("Refresh",), startTime=_TIME),
    ]
}

SCHEMAS: Mapping[str, Json] = {
    COLLECTION: {
        "title": "Thay đổi của các bộ ảnh (IIIF Change Discovery 1.0)",
        "description": "What happened to galleries, as IIIF Change Discovery 1.0 tells it.",
        "type": "object",
        "required": ["@context", "id", "type", "totalItems", "first", "last"],
        "properties": {
            **_HEAD, "type": {"const": "OrderedCollection"}, "totalItems": _NUMBER, "first": _PAGE, "last": _PAGE,
        },
    },
    COLLECTION_PAGE: {
        "title": "Một trang thay đổi của các bộ ảnh (IIIF Change Discovery 1.0)",
        "description": "A page of what happened to galleries.",
        "type": "object",
        "required": ["@context", "id", "type", "startIndex", "partOf", "orderedItems"],
        "properties": {
            **_HEAD, "type": {"const": "OrderedCollectionPage"}, "startIndex": _NUMBER,
            "partOf": _link("OrderedCollection"), "prev": _PAGE, "next": _PAGE,
            "orderedItems": {"type": "array", "minItems": 1, "items": _ACTIVITY},
        },
    },
}  # fmt: skip
"""Written from sections 3.1 to 3.3 of the specification."""
