"""Going back to an earlier release: its change log goes on where the present one ends, with one `Refresh`.

Whoever follows the log then takes everything anew. Full pages stay as they are; numbers are never used again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from bulletins import urls
from bulletins.indexes.discovery import continued, refresh
from bulletins.indexes.shape import encoded_json, with_lines
from bulletins.memory.log import PAGE
from bulletins.memory.read import CHANGES, GALLERY_CHANGES, ROOT, files_of_galleries

Read = Callable[[str], bytes | None]
"""Gives a file of a release by its path; None where it has none."""

Json = dict[str, Any]

SHARD = urls.output_path(urls.api_catalogue("changes", None, ""))
_KIND = SHARD.removesuffix(".json")


def refreshed(earlier: Read, present: Read, moment: str) -> dict[str, bytes]:
    """The files in which a release that shows the earlier one again differs from it.

    `moment` is in RFC 3339; where the clock is behind, that of the last activity counts.
    """
    moment = max(moment, _json(present(CHANGES))["modified"])
    files = _log(present, moment) | _galleries(earlier, present, moment)
    files[SHARD] = _shard(_json(present(_first_shard(present))), files)
    files[ROOT] = _root(_json(earlier(ROOT)), files)
    return files


def is_superseded(path: str) -> bool:
    """Whether a file of the earlier release is one that `refreshed` makes whole anew, if under other names."""
    own = (CHANGES.rpartition("/")[0], GALLERY_CHANGES.removesuffix(".json"))
    return path.startswith((f"{_KIND}.", f"{_KIND}-", f"{_KIND}/", *own))


def _log(present: Read, moment: str) -> dict[str, bytes]:
    """Every page of the log with one activity more, and their index."""
    index = _json(present(CHANGES))
    pages: list[Json] = index["pages"]
    files = {page["path"]: present(page["path"]) or b"" for page in pages}
    page = _json(files[pages[-1]["path"]])
    if pages[-1]["activities"] >= PAGE:
        page = _next_page(page, pages)
        pages.append({})
    path = urls.output_path(urls.api_changes(len(pages)))
    activities = [*page["orderedItems"], _refresh(index["seq"] + 1, moment)]
    head = {**page, "modified": moment, "orderedItems": []}
    files[path] = with_lines(encoded_json(head), "orderedItems", activities)
    pages[-1] = {"path": path, "sha256": _sha256(files[path]), "activities": len(activities)}
    index |= {"modified": moment, "totalItems": index["totalItems"] + 1, "seq": index["seq"] + 1, "last": page["id"]}
    files[CHANGES] = encoded_json(index)
    return files


def _galleries(earlier: Read, present: Read, moment: str) -> dict[str, bytes]:
    """What happened to galleries goes on with one `Refresh`, and every gallery of the earlier release."""
    data = present(GALLERY_CHANGES)
    if data is None:
        return {}
    paths = files_of_galleries(present)
    files = {path: present(path) or b"" for path in paths}
    root = str(_json(data)["id"]).removesuffix(urls.API_GALLERY_CHANGES)
    shown, before = _manifests(earlier), _manifests(present)
    begun = _json(files[paths[-1]])["orderedItems"]
    return files | continued(root, len(paths) - 1, begun, refresh(root, shown, before - shown, moment))


def _manifests(release: Read) -> set[str]:
    """The paths of every manifest of a release."""
    folder = urls.output_path(urls.api_catalogue("galleries", None, "")).removesuffix(".json")
    shards = [str(shard["path"]) for shard in _json(release(ROOT))["shards"] if shard["path"].startswith(folder)]
    return {str(entry["path"]) for path in shards for entry in _json(release(path))["entries"]}


def _next_page(full: Json, pages: list[Json]) -> Json:
    """An empty page behind one that is full."""
    address = full["id"].removesuffix(urls.api_changes(len(pages))) + urls.api_changes(len(pages) + 1)
    previous = {"path": pages[-1]["path"], "sha256": pages[-1]["sha256"]}
    return {**full, "id": address, "previous": previous, "orderedItems": []}


def _refresh(seq: int, moment: str) -> Json:
    nothing = dict.fromkeys(("object", "target", "digest", "note", "minor"))
    return {"type": "Refresh", "seq": seq, "endTime": moment, **nothing}


def _shard(present: Json, files: Mapping[str, bytes]) -> bytes:
    """The shard that lists the log, from one that stands."""
    blank = dict.fromkeys(("id", "digest", "first_published", "modified", "schema"))
    entries: list[Json] = [
        {"path": path, "id": None, "sha256": _sha256(data), "bytes": len(data), **blank, "objects": []}
        for path, data in sorted(files.items())
    ]
    return with_lines(encoded_json({**present, "id": "changes", "entries": []}), "entries", entries)


def _root(earlier: Json, files: Mapping[str, bytes]) -> bytes:
    """The root of the earlier release's catalogue with that shard."""
    data, others = files[SHARD], [shard for shard in earlier["shards"] if not is_superseded(shard["path"])]
    own = {
        "path": SHARD, "sha256": _sha256(data), "bytes": len(data), "entries": len(files) - 1, "modified": None,
    }  # fmt: skip
    counts = dict(sorted({**earlier["counts"], "changes": len(files) - 1}.items()))
    shards = sorted([*others, own], key=lambda shard: str(shard["path"]))
    return with_lines(encoded_json({**earlier, "counts": counts, "shards": []}), "shards", shards)


def _first_shard(present: Read) -> str:
    root = _json(present(ROOT))
    return next(str(shard["path"]) for shard in root["shards"] if is_superseded(shard["path"]))


def _json(data: bytes | None) -> Json:
    value: Json = json.loads(data or b"")
    return value


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
