"""The catalogue: what a mirror needs to have every file, and to prove it.

A root lists shards, a shard lists files with their hashes. Files of one kind, and documents of one year, stand in one
shard; where that grows too large it is cut by a hash of the path, so that one more file changes one shard. Pictures are
not listed: the JSON of their bulletin has their hashes. The search index is an inside of the search page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.record import about
from bulletins.indexes import parts
from bulletins.indexes.file import code_version
from bulletins.indexes.shape import (
    Address,
    ApiDocument,
    Entry,
    ObjectId,
    PrimaryType,
    Sha256,
    SitePath,
    Terms,
    When,
    compact,
    encoded,
    latest,
    with_lines,
)
from bulletins.memory.digests import DocumentState, objects_of, outline_of
from bulletins.memory.log import Log, log_of
from bulletins.memory.state import Publication
from bulletins.plan import Files, Listing, Made, Output, Read

PLAIN, PER_OBJECT = 330, 115
"""About how many bytes an entry has besides twice its path, and more for each primary object."""

LISTS = "lists"
"""The kind of documents that stand alone: `blocs.json`."""

_ROOT = urls.output_path(urls.API_INDEX)
_API, _FOLDER, _SEARCH, _GALLERIES = (
    address.lstrip("/") for address in (urls.API, urls.API_CATALOGUE, urls.SEARCH_INDEX, urls.GALLERIES)
)
_OF_A_YEAR = re.compile(r"blocs/[^/]+/\d+\.json")
_PICTURE = re.compile(r"\.(?:jpg|webp|avif)$")


class PublishedObject(Entry):
    """A primary object that a document is about."""

    type: PrimaryType = about("Loại", "Type")
    id: ObjectId = about("Mã; của ảnh: mã bản tin/mã ảnh", "Id; that of a photo is bulletin/photo")
    digest: Sha256 = about("SHA-256 của riêng nội dung đối tượng", "SHA-256 of what the object says itself")
    seq: int | None = about("Số của hoạt động gần nhất trong nhật ký", "Number of its last activity in the log")
    gone: str | None = about("withdrawn, hoặc mã mới nếu đã chuyển", "withdrawn, or the id it moved to")
    changes: int = about("Số lần sửa đã ghi", "Entries of its change history")


class FileEntry(Entry):
    """A file of the site."""

    path: SitePath = about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")
    id: str | None = about("Mã của tài liệu", "Id of the document")
    sha256: Sha256 = about("SHA-256 của tệp, số hex viết thường", "SHA-256 of its bytes in lowercase hex")
    bytes: int = about("Cỡ tệp, byte", "Size in bytes")
    digest: Sha256 | None = about("SHA-256 của riêng nội dung (RFC 8785)", "SHA-256 of its content alone (RFC 8785)")
    first_published: When | None = about("Lần đầu đăng", "When it was first published")
    modified: When | None = about("Lần cuối nội dung thay đổi thực chất", "When its content last changed")
    schema_: Address | None = about("JSON Schema của tệp", "The file's JSON Schema", alias="schema")
    objects: tuple[PublishedObject, ...] = about("Các đối tượng tệp nói tới", "The primary objects it is about")


class ShardDocument(ApiDocument):
    """Some files of the site: those of one kind, and of one year where they have one."""

    schema_name = "catalogue-shard"
    model_config = ConfigDict(title="Một phần của danh mục tệp")

    kind: str = about("Loại tệp", "Kind of files")
    year: int | None = about("Năm", "Year")
    entries: tuple[FileEntry, ...] = about("Các tệp, theo đường dẫn", "The files, by path")


class ShardEntry(Entry):
    """A shard of the catalogue."""

    path: SitePath = about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")
    sha256: Sha256 = about("SHA-256 của tệp, số hex viết thường", "SHA-256 of its bytes in lowercase hex")
    bytes: int = about("Cỡ tệp, byte", "Size in bytes")
    entries: int = about("Số tệp được liệt kê", "Number of files it lists")
    modified: When | None = about("Lần cuối nội dung thay đổi thực chất", "When its content last changed")


class CatalogueDocument(ApiDocument):
    """The root of the catalogue."""

    schema_name = "index"
    model_config = ConfigDict(title="Gốc của danh mục tệp")

    deprecated: When | None = about("Từ khi nào không nên dùng phiên bản này", "Since when this version is deprecated")
    sunset: When | None = about("Khi nào ngừng phục vụ phiên bản này", "When this version goes away")
    changes: Address | None = about("Nhật ký thay đổi", "The change log")
    dumps: Address | None = about("Gói dữ liệu từng năm", "The dumps by year")
    counts: dict[str, int] = about("Số tệp mỗi loại", "Number of files of each kind")
    shards: tuple[ShardEntry, ...] = about("Các phần, theo đường dẫn", "The shards, by path")


class Group(NamedTuple):
    """What a shard holds: files of a kind, and of a year where they have one."""

    kind: str
    year: int | None


class Listed(NamedTuple):
    """A file to be listed: its path, how it is made, when it was first published, and its objects' numbers in the log.

    `objects` says how many it is about; `sequences` are empty where no log is kept. `modified` is the document's.
    """

    path: str
    made: Made
    objects: int
    modified: str | None
    first_published: str | None = None
    sequences: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Entries:
    """What a shard lists, as an input of its line."""

    listed: tuple[Listed, ...]

    @property
    def digest(self) -> str:
        """Changes whenever an entry does: what a document says of itself as metadata follows from its bytes.

        Tuples without names are shown in a tenth of the time.
        """
        known = [(path, made.sha256, *others) for path, made, *others in self.listed]
        return blake2b(repr(known).encode(), digest_size=16).hexdigest()


def listings(terms: Terms, publication: Publication | None = None) -> list[Listing]:
    """The shards of all files, and the root that lists them."""
    version = code_version()
    return [
        Listing(partial(_shards, terms, version, publication), amended_shards),
        Listing(partial(_root, terms, version), amended_root),
    ]


def _shards(terms: Terms, version: str, publication: Publication | None, files: Files) -> Iterator[Output]:
    """Every shard, made from its entries."""
    log = _log(files, publication) if publication else None
    groups: dict[Group, list[Listed]] = {}
    for path, made in files.items():
        kind = kind_of(path)
        if kind:
            year, listed = _listed(path, made)
            if publication and log and made.metadata:
                listed = _as_published(listed, publication, log)
            groups.setdefault(Group(kind, year), []).append(listed)
    for group, of_group in sorted(groups.items(), key=lambda pair: (pair[0].kind, pair[0].year or 0)):
        for address, part in _cut(group, of_group):
            inputs = (terms, address, group, Entries(tuple(part)))
            yield Output((urls.output_path(address),), shard, inputs, version, _dating(group, part))


def _listed(path: str, made: Made) -> tuple[int | None, Listed]:
    """A file with the year of its document."""
    if not made.metadata:
        return None, Listed(path, made, 0, None)
    outline = outline_of(made.metadata)
    return outline.year, Listed(path, made, outline.objects, outline.modified)


def _log(files: Files, publication: Publication) -> Log:
    """The change log, which goes on with what the documents are about now."""
    states = (DocumentState.from_json(made.metadata) for path, made in files.items() if made.metadata and kind_of(path))
    return log_of(objects_of(states), publication)


def _as_published(listed: Listed, publication: Publication, log: Log) -> Listed:
    """A document with what the publication knows of it."""
    known = publication.memory.documents.get(listed.path)
    first = known.first_published if known else publication.moment
    objects = DocumentState.from_json(listed.made.metadata).objects
    sequences = tuple(log.objects[item.type, item.id].seq for item in objects)
    return listed._replace(first_published=first, sequences=sequences)


def kind_of(path: str) -> str | None:
    """The kind under which a file is listed; None for what is not listed: pictures, the catalogue, the search index."""
    if path.startswith((_FOLDER, _SEARCH)) or path == _ROOT:
        return None
    if path.startswith(_GALLERIES) and _PICTURE.search(path):
        return None
    if path.startswith(_API):
        name = path.removeprefix(_API)
        folder, _, rest = name.partition("/")
        if name.startswith("galleries/changes"):
            return "changes"
        return "dossiers" if _OF_A_YEAR.fullmatch(name) else folder if rest else LISTS
    folder, _, rest = path.partition("/")
    if path.endswith(".html"):
        return f"pages/{folder}" if rest.count("/") and folder in urls.TAKEN else "pages"
    if path.endswith(".zip"):
        return "archives"
    return folder if rest and folder in urls.TAKEN else "site"


def _cut(group: Group, listed: Sequence[Listed]) -> Iterator[tuple[str, list[Listed]]]:
    """The shards of a group by address: halved by a hash of the path until they are small enough."""
    weight = sum(PLAIN + 2 * len(item.path) + PER_OBJECT * item.objects for item in listed)
    times = parts.halvings(weight)
    shards: dict[int, list[Listed]] = {}
    for item in listed:
        shards.setdefault(parts.place(item.path, times), []).append(item)
    for number, part in sorted(shards.items()):
        yield urls.api_catalogue(group.kind, group.year, parts.name(number, times)), part


def _dating(group: Group, listed: Sequence[Listed]) -> ShardDating:
    return ShardDating(ShardState(group.kind, len(listed), latest(item.modified for item in listed)))


def shard(terms: Terms, address: str, group: Group, entries_of: Entries) -> Sequence[bytes]:
    """The file of a shard."""
    entries = [_entry(item.path, item.made, item.first_published, item.sequences) for item in entries_of.listed]
    document = ShardDocument.model_construct(
        **terms.begin(ShardDocument, _id(address), None, latest(entry["modified"] for entry in entries)),
        kind=group.kind,
        year=group.year,
        entries=(),
    )
    return [with_lines(encoded(document), "entries", entries)]


def _entry(path: str, made: Made, first_published: str | None, sequences: Sequence[int | None]) -> dict[str, Any]:
    """The entry of a file, its keys as `FileEntry` has them."""
    state = DocumentState.from_json(made.metadata) if made.metadata else None
    objects = state.objects if state else ()
    return {
        "path": path,
        "id": state.id if state else None,
        "sha256": made.sha256,
        "bytes": made.size,
        "digest": state.digest if state else None,
        "first_published": first_published,
        "modified": state.modified if state else None,
        "schema": state.schema if state else None,
        "objects": [
            {"type": item.type, "id": item.id, "digest": item.digest, "seq": seq, "gone": item.gone or None,
             "changes": item.changes}
            for item, seq in zip(objects, sequences or (None,) * len(objects), strict=True)
        ],
    }  # fmt: skip


def _root(terms: Terms, version: str, files: Files) -> Iterator[Output]:
    listed = tuple((path, made) for path, made in files.items() if path.startswith(_FOLDER))
    is_published = urls.output_path(urls.API_CHANGES) in files
    yield Output((_ROOT,), root, (terms, is_published, listed), version)


def root(terms: Terms, is_published: bool, shards: Sequence[tuple[str, Made]]) -> Sequence[bytes]:
    """The root of the catalogue, from its shards; a site that is only built has neither a change log nor dumps."""
    heads = [(path, made, ShardState(*json.loads(made.metadata))) for path, made in shards]
    counts: Counter[str] = Counter()
    for _, _, state in heads:
        counts[state.kind] += state.entries
    document = CatalogueDocument.model_construct(
        **terms.begin(CatalogueDocument, "index", None, latest(state.modified for _, _, state in heads)),
        deprecated=None,
        sunset=None,
        changes=terms.at(urls.API_CHANGES) if is_published else None,
        dumps=terms.at(urls.API_DUMPS) if is_published else None,
        counts=dict(sorted(counts.items())),
        shards=(),
    )
    return [with_lines(encoded(document), "shards", [_shard_entry(*head) for head in heads])]


class ShardState(NamedTuple):
    """What the root says of a shard besides its hash."""

    kind: str
    entries: int
    modified: str | None


@dataclass(frozen=True, slots=True)
class ShardDating:
    """Gives a shard its `ShardState` as metadata; its time follows from its entries (`plan.Dating`)."""

    state_of: ShardState

    @property
    def known(self) -> str:
        return ""

    def date(self, data: bytes) -> tuple[bytes, str]:
        return data, json.dumps(self.state_of)

    def state(self, metadata: str) -> str:
        return ""


def _shard_entry(path: str, made: Made, state: ShardState) -> dict[str, Any]:
    return {"path": path, "sha256": made.sha256, "bytes": made.size, **_without_kind(state)}


def _without_kind(state: ShardState) -> dict[str, Any]:
    return {"entries": state.entries, "modified": state.modified}


def amended_shards(read: Read, files: Files) -> dict[str, bytes]:
    """The shards that list these files, with what they are now; whatever else a shard says of them stays.

    Raises ValueError for a file that should be listed and is not.
    """
    shards = [line["path"] for line in _lines(read(_ROOT))]
    amended: dict[str, bytes] = {}
    for path, made in files.items():
        kind = kind_of(path)
        if kind:
            holder = next(
                (name for name in _candidates(shards, kind) if _starts(path) in _now(amended, read, name)), None
            )
            if holder is None:
                raise ValueError(path)
            amended[holder] = _amended(_now(amended, read, holder), path, partial(_renewed, made))
    return amended


def amended_root(read: Read, files: Files) -> dict[str, bytes]:
    """The root of the catalogue with these shards as they are now."""
    data = read(_ROOT)
    for path, made in files.items():
        if path.startswith(_FOLDER):
            data = _amended(data, path, partial(_rehashed, made))
    return {_ROOT: data}


def _candidates(shards: Iterable[str], kind: str) -> Iterator[str]:
    prefix = urls.output_path(urls.api_catalogue(kind, None, "")).removesuffix(".json")
    return (name for name in shards if name.startswith((f"{prefix}.", f"{prefix}-", f"{prefix}/")))


def _now(amended: Mapping[str, bytes], read: Read, name: str) -> bytes:
    return amended[name] if name in amended else read(name)


def _renewed(made: Made, entry: dict[str, Any]) -> dict[str, Any]:
    """The entry of a file that is another now, but was published when and under the numbers it was."""
    sequences = [item["seq"] for item in entry["objects"]]
    return _entry(entry["path"], made, entry["first_published"], sequences)


def _rehashed(made: Made, entry: dict[str, Any]) -> dict[str, Any]:
    return entry | {"sha256": made.sha256, "bytes": made.size}


def _lines(data: bytes) -> Iterator[dict[str, Any]]:
    """The entries of a document whose entries each stand on a line."""
    return (json.loads(line.strip().rstrip(b",")) for line in data.split(b"\n") if line.startswith(b'    {"path":'))


def _starts(path: str) -> bytes:
    """How the line of a path begins."""
    return f'\n    {{"path":{json.dumps(path, ensure_ascii=False)},'.encode()


def _amended(data: bytes, path: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> bytes:
    """The document with another entry for this path."""
    start = data.index(_starts(path)) + 1
    end = data.index(b"\n", start)
    line = data[start:end]
    entry = change(json.loads(line.strip().rstrip(b",")))
    return b"".join((data[:start], f"    {compact(entry)}".encode(), b"," * line.endswith(b","), data[end:]))


def _id(address: str) -> str:
    """The id of a shard: what its address says."""
    return address.removeprefix(urls.API_CATALOGUE).removesuffix(".json").replace("/", "-")
