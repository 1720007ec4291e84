"""Files attached to a bulletin: found beside it, known by their content, and refused where they could run something.

What stands inside a file is not searched for private data (contract §4.5); the names of those who wrote it are told.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from bulletins.domain.attached import AttachedFile
from bulletins.domain.model import Attachment, Bulletin
from bulletins.mistakes import Mistake
from bulletins.reading import text_messages as messages
from bulletins.reading.file_names import nearest
from bulletins.reading.frontmatter import Tree
from bulletins.vietnamese.folding import fold, nfc

LARGEST = 50_000_000
"""Bytes of an attached file: a phone on a slow network takes minutes for more."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
    ".odp": f"{_OPEN}presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".csv": "text/csv",
}
"""What may be attached: the endings of files, and the media type that their content must be of."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_PDF_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFiles?)\b")
_PDF_AUTHOR = re.compile(rb"/Author\s{0,9}\(([^()\\]{1,200})\)|/Author\s{0,9}<([0-9A-Fa-f]{4,400})>")
_OFFICE_PARTS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_OFFICE_AUTHOR = re.compile(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]{1,200})<")
_MOST_CORE = 100_000
"""Bytes of the part of a file of Word that names its authors: a longer one is no such part."""


class Content(NamedTuple):
    """What a file is by its content: its usual ending, or none that may be attached; whether it runs; its authors."""

    ending: str | None
    runs: bool = False
    authors: tuple[str, ...] = ()


def is_attachable(name: str) -> bool:
    """Whether a file's ending is one of those that may be attached."""
    return Path(name).suffix.lower() in TYPES


def public_name(file: str) -> str:
    """A file's name in its address: ASCII `[a-z0-9-]` with the ending kept (contract §2)."""
    path = Path(nfc(file))
    return f"{re.sub(r'[^a-z0-9]+', '-', fold(path.stem)).strip('-') or 'tep'}{path.suffix.lower()}"


def attached(
    tree: Tree, bulletin: Bulletin, files: Mapping[str, Path]
) -> tuple[tuple[AttachedFile, ...], tuple[Mistake, ...]]:
    """The files of a bulletin's attachments, and what is wrong with them; `files` are those beside it, by name."""
    found_files: list[AttachedFile] = []
    mistakes: list[Mistake] = []
    by_name = {nfc(name): path for name, path in files.items()}
    for n, entry in enumerate(bulletin.attachments):
        file, wrong = _one_of_them(tree, ("attachments", n), n + 1, entry, by_name)
        mistakes += wrong
        if file and file.name in {other.name for other in found_files}:
            mistakes.append(tree.mistake(_loc(tree, n), messages.SAME_ADDRESS, name=file.name))
        elif file:
            found_files.append(file)
    return tuple(found_files), tuple(mistakes)


def unlisted(tree: Tree, bulletin: Bulletin, files: Mapping[str, Path], known: Sequence[str]) -> Iterator[Mistake]:
    """A word on every file beside a bulletin that does not go out; `known` are the endings that are seen elsewhere."""
    listed = {nfc(entry.file) for entry in bulletin.attachments}
    for name in sorted(map(nfc, files)):
        if name not in listed and not name.lower().endswith((*known, ".md")):
            message = messages.NOT_ATTACHED if is_attachable(name) else messages.PASSED_OVER
            yield message.at(f"{tree.name.rpartition('/')[0]}/{name}", 1, 1, file=name)


def _one_of_them(
    tree: Tree, loc: tuple[str | int, ...], n: int, entry: Attachment, by_name: Mapping[str, Path]
) -> tuple[AttachedFile | None, list[Mistake]]:
    at, path = _loc(tree, n - 1), by_name.get(nfc(entry.file))
    if path is None:
        near = nearest(entry.file, by_name)
        if near:
            return None, [tree.mistake(at, messages.NO_FILE_BUT_NEAR, file=entry.file, near=near)]
        return None, [tree.mistake(at, messages.NO_FILE, file=entry.file)]
    ending = path.suffix.lower()
    if ending not in TYPES:
        return None, [tree.mistake(at, messages.NOT_ATTACHABLE, file=entry.file, kinds=", ".join(TYPES))]
    size = path.stat().st_size
    if not 0 < size <= LARGEST:
        return None, [tree.mistake(at, messages.FILE_SIZE, file=entry.file, size=size // 1_000_000)]
    data = path.read_bytes()
    content = look(data, ending)
    if content.ending != ending:
        return None, [tree.mistake(at, messages.OTHER_CONTENT, file=entry.file)]
    if content.runs:
        return None, [tree.mistake(at, messages.RUNS, file=entry.file)]
    names = ", ".join(dict.fromkeys(content.authors))
    words = [tree.mistake(at, messages.AUTHORS, file=entry.file, names=names)] if names else []
    sha256 = hashlib.sha256(data).hexdigest()
    return AttachedFile(n, str(path), public_name(entry.file), entry.title, TYPES[ending], size, sha256), words


def _loc(tree: Tree, n: int) -> tuple[str | int, ...]:
    loc: tuple[str | int, ...] = ("attachments", n, "file")
    return loc if tree.has(loc) else ("attachments",)


# --- What a file is ---


def look(data: bytes, ending: str) -> Content:
    """What a file is by its content; `ending` decides between kinds that have the same form."""
    if b"%PDF-" in data[:1024]:
        return Content(".pdf", bool(_PDF_RUNS.search(data)), tuple(_pdf_authors(data)))
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_OLE):
        return Content(ending if ending in (".doc", ".xls", ".ppt") else None, any(m in data for m in _OLE_MACROS))
    return Content(".csv" if _is_text(data) and ending == ".csv" else None)


def _pdf_authors(data: bytes) -> Iterator[str]:
    for plain, coded in _PDF_AUTHOR.findall(data):
        raw = plain or bytes.fromhex(coded[: len(coded) // 2 * 2].decode())
        name = raw[2:].decode("utf-16-be", "ignore") if raw.startswith(b"\xfe\xff") else raw.decode("utf-8", "ignore")
        if name.strip():
            yield name.strip()


def _packed(data: bytes) -> Content:
    """A file of Word, Excel or LibreOffice: an archive. Only its list of names and two small parts are read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            runs = any(
                name.lower().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in names
            )
            kind = _small_part(archive, "mimetype").strip()
            authors = _OFFICE_AUTHOR.findall(_small_part(archive, "docProps/core.xml"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return Content(None)
    if kind:
        return Content(next((ending for ending, media_type in TYPES.items() if media_type == kind), None), runs)
    parts = (office for part, office in _OFFICE_PARTS.items() if any(name.startswith(part) for name in names))
    ending = next(parts, None) if "[Content_Types].xml" in names else None
    return Content(ending, runs, tuple(name.strip() for name in authors if name.strip()))


def _small_part(archive: zipfile.ZipFile, name: str) -> str:
    try:
        with archive.open(name) as part:
            return part.read(_MOST_CORE).decode("utf-8", "replace")
    except KeyError:
        return ""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
