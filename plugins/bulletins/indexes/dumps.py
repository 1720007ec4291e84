"""All bulletins of a year in one file: NDJSON (a document a line), packed with gzip, and the index that names them.

Made by a publication alone. A dump stands at the `seq` of the change log at which it was made, and is made anew when
the log has gained `STALE` activities since, or at once when something in it was withdrawn or moved (contract §3), or
when the site got another address. Until then it is taken over from what is published.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial

from pydantic import ConfigDict

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin
from bulletins.domain.record import about
from bulletins.indexes.changes import activities_of, as_it_is, kept_page
from bulletins.indexes.file import code_version
from bulletins.indexes.shape import ApiDocument, Entry, Sha256, SitePath, Terms, compact, encoded
from bulletins.indexes.texts import Pictures, bulletin_files
from bulletins.memory.digests import DocumentState
from bulletins.memory.state import Dump, Publication
from bulletins.plan import Files, Listing, Output

STALE = 500
"""Activities after which a dump is made anew."""

UNDATED = "undated"
"""The name of the dump of bulletins of no known year."""


class DumpEntry(Entry):
    """A dump."""

    year: int | None = about("Năm; bỏ trống nếu không rõ", "Year, or null where it is not known")
    path: SitePath = about("Đường dẫn, tính từ gốc của trang", "Path below the site's root")
    sha256: Sha256 = about("SHA-256 của tệp, số hex viết thường", "SHA-256 of its bytes in lowercase hex")
    seq: int = about("Đúng tới hoạt động nào của nhật ký thay đổi", "The activity of the change log it stands at")
    bulletins: int = about("Số bản tin", "Number of bulletins")


class DumpsDocument(ApiDocument):
    """The dumps by year."""

    schema_name = "dumps"
    model_config = ConfigDict(title="Gói dữ liệu từng năm")

    dumps: tuple[DumpEntry, ...] = about("Các gói, năm sau đứng trước", "The dumps, the latest year first")


def listing(terms: Terms, library: Library, pictures: Pictures, publication: Publication) -> Listing:
    """The dumps as they stand after this publication, and their index."""
    return Listing(partial(_dumps, terms, library, pictures, publication))


def _dumps(
    terms: Terms, library: Library, pictures: Pictures, publication: Publication, files: Files
) -> Iterator[Output]:
    version, memory = code_version(), publication.memory
    activities = activities_of(files, publication)
    taken = {a.id.partition("/")[0] for a in activities if a.what in ("Delete", "Move") and a.type in _OF_BULLETINS}
    seq, entries = memory.seq + len(activities), []
    stays = not _has_moved(terms, publication)
    for year, bulletins in _by_year(library, files):
        path, known = urls.output_path(urls.api_dump(str(year or UNDATED))), memory.dumps.get(year)
        if known and stays and seq - known.seq < STALE and _is_whole(publication, path, known, taken):
            yield Output((path,), kept_page, (publication.copy, path, known.sha256), version)
        else:
            data = dump(terms, library, pictures, bulletins, publication)
            known = Dump(hashlib.sha256(data).hexdigest(), seq, len(bulletins))
            yield Output((path,), as_it_is, (data,), version)
        entries.append(DumpEntry(year=year, path=path, **known._asdict()))
    inputs = (terms, tuple(entry.model_dump_json() for entry in entries), _moment(entries, publication))
    yield Output((urls.output_path(urls.API_DUMPS),), index, inputs, version)


_OF_BULLETINS = ("bulletin", "photo")


def _by_year(library: Library, files: Files) -> Iterator[tuple[int | None, Sequence[Bulletin]]]:
    """The bulletins by the year under which the catalogue lists them, the latest year first, in the order of ids."""
    years: dict[int | None, list[Bulletin]] = {}
    for id_ in sorted(library.bulletins):
        made = files[urls.output_path(urls.api_bulletin(id_))]
        years.setdefault(DocumentState.from_json(made.metadata).year, []).append(library.bulletins[id_])
    return ((year, years[year]) for year in sorted(years, key=lambda year: (year is None, -(year or 0))))


def _has_moved(terms: Terms, publication: Publication) -> bool:
    """Whether the site had another address when it was published last: those in its dumps lead nowhere now."""
    data = publication.copy.read(urls.output_path(urls.API_DUMPS)) if publication.copy else None
    return data is not None and not str(json.loads(data)["schema"]).startswith(f"{terms.root}/")


def _is_whole(publication: Publication, path: str, known: Dump, taken: set[str]) -> bool:
    """Whether a dump is at hand as it was published, and nothing in it was taken away."""
    data = publication.copy.read(path) if publication.copy else None
    if data is None or hashlib.sha256(data).hexdigest() != known.sha256:
        return False
    return not taken or not any(json.loads(line)["id"] in taken for line in gzip.decompress(data).splitlines())


def dump(
    terms: Terms, library: Library, pictures: Pictures, bulletins: Sequence[Bulletin], publication: Publication
) -> bytes:
    """The bytes of a dump: each bulletin's document as it is published, on one line."""
    lines = (file.line(terms, "", publication) for file in bulletin_files(library, pictures, bulletins))
    documents = (_dated(line) for line in lines)
    return gzip.compress("".join(f"{compact(json.loads(data))}\n" for data in documents).encode(), 6, mtime=0)


def _dated(line: Output) -> bytes:
    data = line.make(*line.inputs)[0]
    return line.dating.date(data)[0] if line.dating else data


def _moment(entries: Sequence[DumpEntry], publication: Publication) -> str | None:
    """When the index last changed: now, or when it was published as it is."""
    memory, known = publication.memory, {entry.year: (entry.sha256, entry.seq, entry.bulletins) for entry in entries}
    return memory.dumped if known == {year: tuple(dump) for year, dump in memory.dumps.items()} else publication.moment


def index(terms: Terms, entries: tuple[str, ...], modified: str | None) -> Sequence[bytes]:
    """The file that names the dumps; `entries` are `DumpEntry`s as JSON."""
    begun = terms.begin(DumpsDocument, "dumps", None, modified)
    return [encoded(DumpsDocument(**begun, dumps=tuple(map(DumpEntry.model_validate_json, entries))))]
