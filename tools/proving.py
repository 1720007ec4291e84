"""What a built site must satisfy before it goes out: every document fits its schema, and no bulletin was lost."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bulletins import urls
from bulletins.clock import now
from bulletins.domain.library import Library
from bulletins.reading.content import read_content
from bulletins.reading.reading_cache import reading_cache_of
from bulletins.settings import Settings
from bulletins.shortcut.site import Site

_DATA = urls.output_path("/api/v1/x.json").removesuffix("x.json")
_SCHEMAS = f"{_DATA}schemas/"
_OF_PAGES = "changes-page.json"
_PAGE_OF_LOG = re.compile(rf"{_DATA}changes/\d+\.json")


def misfits(output: Path, paths: Collection[str]) -> Iterator[str]:
    """A line for each of these files that does not fit the schema it names; files of other formats are passed over.

    Where a schema is among them, every document is looked at.
    """
    if any(path.startswith(_SCHEMAS) for path in paths):
        paths = [path.relative_to(output).as_posix() for path in (output / _DATA).rglob("*.json")]
    validators: dict[str, Any] = {}
    for path in sorted(paths):
        if path.startswith(_DATA) and path.endswith(".json") and not path.startswith(_SCHEMAS):
            document = _as_of_now(output, path, json.loads((output / path).read_bytes()))
            name = str(document.get("schema", "")).rpartition("/")[2]
            if name:
                yield from _misfit(
                    path, document, validators.get(name) or validators.setdefault(name, _schema(output, name))
                )


def _as_of_now(output: Path, path: str, document: Any) -> Any:
    """The document; a page of the log, which never changes, as if it named its schema by the site's present address."""
    if not _PAGE_OF_LOG.fullmatch(path):
        return document
    return document | {"schema": json.loads((output / _SCHEMAS / _OF_PAGES).read_bytes())["$id"]}


def _schema(output: Path, name: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(json.loads((output / _SCHEMAS / name).read_bytes()))


def _misfit(path: str, document: Any, schema: Any) -> Iterator[str]:
    error = next(iter(schema.iter_errors(document)), None)
    if error is not None:
        yield f"{path}: {'/'.join(map(str, error.instance_path))}: {error.message[:200]}"


def published_library(site: Site, output: Path, settings: Settings) -> Library:
    """What the content says that is public now, read where the build of `output` has kept its readings."""
    cache = reading_cache_of(site.cache, output)
    moment = now()
    return read_content(site.content, site.root, settings, moment, cache, settings.workers).library


def lost(library: Library, files: Collection[str]) -> Iterator[str]:
    """A line for each bulletin whose page or document is not among the files, and for each of no bulletin."""
    expected = {bulletin.id for bulletin in library.addressed}
    former = {id_ for bulletin in library.addressed for id_ in bulletin.former_ids}
    for address in (urls.bulletin, urls.api_bulletin):
        ids = _ids(files, urls.output_path(address("x")))
        yield from (f"thiếu / missing: {address(id_)}" for id_ in sorted(expected - ids))
        yield from (f"thừa / not in the content: {address(id_)}" for id_ in sorted(ids - expected - former))


def forgotten(before: bytes, after: bytes, files: Collection[str]) -> Iterator[str]:
    """A line for each address of an older site that led to a bulletin and leads nowhere now.

    Both are `/redirects.json` of a release. Addresses of this site are looked after by ids (`W3`, `W6`), and one that
    a file of the site answers itself needs nobody to lead from it.
    """
    then, now = ({line["from"]: line["to"] for line in json.loads(data)["redirects"]} for data in (before, after))
    still = {old.lower() for old in now}
    for old in sorted(then):
        own = (urls.output_path(unquote(address)) for address in (old, f"{old}/"))
        leads = old.lower() in still or any(path in files for path in own)
        if not leads and old.split("/")[1] not in urls.TAKEN:
            yield (
                f"{old} → {then[old]}: địa chỉ cũ không còn dẫn tới đâu; ghi lại ở bản tin ấy / leads nowhere any "
                f"more; write in that bulletin: former_addresses: [{json.dumps(old, ensure_ascii=False)}]"
            )


def _ids(files: Collection[str], like: str) -> set[str]:
    """The ids in the paths that are like this one, which is that of the id `x`."""
    before, _, after = like.rpartition("/x")
    ends = (
        path[len(before) + 1 : -len(after)] for path in files if path.startswith(f"{before}/") and path.endswith(after)
    )
    return {id_ for id_ in ends if id_ and "/" not in id_}
