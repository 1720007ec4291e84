"""Reading the memory from a copy of the published site: its catalogue, the index and last page of its change log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bulletins import urls
from bulletins.memory.state import Dump, LogPage, Memory, ObjectKey, ObjectPublished, Published

Read = Callable[[str], bytes | None]
"""Reads a file of the published site by its path below the root; None where there is none."""

ROOT = urls.output_path(urls.API_INDEX)
CHANGES = urls.output_path(urls.API_CHANGES)
DUMPS = urls.output_path(urls.API_DUMPS)
GALLERY_CHANGES = urls.output_path(urls.API_GALLERY_CHANGES)


class Damaged(Exception):
    """The memory is there, but not whole; the message names the file."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: {why}; bản sao của trang đang đăng không nguyên vẹn, hãy lấy lại từ máy chủ"
            f" / the copy of the published site is not whole; fetch it again from the server"
        )
        self.path = path


def read_memory(read: Read) -> Memory | None:
    """The memory of a published site; None where nothing is published. Raises `Damaged`, never gives half of it."""
    data = read(ROOT)
    if data is None:
        return None
    root = _json(ROOT, data)
    try:
        return _memory(root, read)
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(ROOT, f"{type(error).__name__}: {error}") from error


def files_of_memory(read: Read) -> tuple[str, ...]:
    """The paths of all files that `read_memory` reads, for whoever fetches them; `read` is asked for a few of them."""
    data = read(ROOT)
    if data is None:
        return ()
    root = _json(ROOT, data)
    shards = tuple(str(entry["path"]) for entry in root["shards"])
    if root["changes"] is None:
        return (ROOT, *shards)
    pages = _json(CHANGES, _whole(read, CHANGES))["pages"]
    of_galleries = files_of_galleries(read)
    return (ROOT, *shards, CHANGES, *(str(page["path"]) for page in pages), *of_galleries, *_files_of_dumps(root, read))


def _files_of_dumps(root: Any, read: Read) -> tuple[str, ...]:
    return (DUMPS, *dumps_of(read)) if root.get("dumps") else ()


def dumps_of(read: Read) -> dict[str, str]:
    """The path of every dump of a published site, with the SHA-256 of its bytes."""
    data = read(DUMPS)
    return {entry["path"]: entry["sha256"] for entry in _json(DUMPS, data)["dumps"]} if data is not None else {}


def files_of_galleries(read: Read) -> tuple[str, ...]:
    """The paths of what happened to galleries: its collection, and its pages; none where it is not told."""
    data = read(GALLERY_CHANGES)
    if data is None:
        return ()
    last = int(_json(GALLERY_CHANGES, data)["last"]["id"].rpartition("/")[2].removesuffix(".json"))
    pages = (urls.output_path(urls.api_gallery_changes(number)) for number in range(1, last + 1))
    return (GALLERY_CHANGES, *pages)


def _memory(root: Any, read: Read) -> Memory:
    documents: dict[str, Published] = {}
    objects: dict[ObjectKey, ObjectPublished] = {}
    files: dict[str, str] = {}
    for entry in _entries(root, read):
        if entry["path"].startswith((DUMPS, GALLERY_CHANGES.removesuffix(".json"))):
            files[entry["path"]] = entry["sha256"]
        if entry["digest"]:
            documents[entry["path"]] = Published(
                entry["id"], entry["digest"], entry["first_published"], entry["modified"]
            )
        for item in entry["objects"]:
            state = ObjectPublished(item["digest"], item["seq"] or 0, item["gone"] or "", item["changes"])
            objects[item["type"], item["id"]] = state
    if root["changes"] is None:
        return Memory(documents, objects)
    changes = _json(CHANGES, _whole(read, CHANGES))
    pages = tuple(LogPage(page["path"], page["sha256"], page["activities"]) for page in changes["pages"])
    last = _proven(read, pages[-1].path, pages[-1].sha256).decode() if pages else ""
    log = (changes["seq"], pages, last, changes["modified"])
    return replace(Memory(documents, objects, *log), **_of_dumps(files, read), **_of_galleries(files, read))


def _of_dumps(files: Mapping[str, str], read: Read) -> dict[str, Any]:
    """What the memory keeps of the dumps; `files` are as for galleries."""
    if DUMPS not in files:
        return {}
    index = _json(DUMPS, _proven(read, DUMPS, files[DUMPS]))
    dumps = {entry["year"]: Dump(entry["sha256"], entry["seq"], entry["bulletins"]) for entry in index["dumps"]}
    return {"dumps": dumps, "dumped": index["modified"]}


def _of_galleries(files: Mapping[str, str], read: Read) -> dict[str, Any]:
    """What the memory keeps of what happened to galleries; `files` are the SHA-256 of its files as the shards say."""
    if GALLERY_CHANGES not in files:
        return {}
    _proven(read, GALLERY_CHANGES, files[GALLERY_CHANGES])
    pages = files_of_galleries(read)[1:]
    last = _proven(read, pages[-1], files[pages[-1]]).decode()
    return {"gallery_pages": tuple(files[path] for path in pages), "last_gallery_page": last}


def _entries(root: Any, read: Read) -> Iterator[Any]:
    """Every entry of every shard, each shard proven by its hash."""
    for shard in root["shards"]:
        yield from _json(shard["path"], _proven(read, shard["path"], shard["sha256"]))["entries"]


def _proven(read: Read, path: str, sha256: str) -> bytes:
    data = _whole(read, path)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(path, "sai SHA-256 / another SHA-256")
    return data


def _whole(read: Read, path: str) -> bytes:
    data = read(path)
    if data is None:
        raise Damaged(path, "thiếu tệp / missing")
    return data


def _json(path: str, data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise Damaged(path, f"không phải JSON / no JSON: {error}") from error
