"""The gate: no published file may carry anything of an original photo but its pixels (contract §4.5).

Every file that is not text is read to its last byte by its format's own structure. What may stand in a picture is
listed here, and whatever is not listed is refused: a list of what is forbidden would never be complete.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from posixpath import splitext

from bulletins import urls
from bulletins.gallery import credit_metadata

TEXTS = frozenset(
    (".html", ".css", ".js", ".mjs", ".json", ".xml", ".txt", ".svg", ".csv", ".ics", ".md", ".po", ".pot", ".map",
     ".webmanifest", ".opml", ".conf", ".sha256")
)  # fmt: skip

_GALLERIES = urls.output_path(f"{urls.GALLERIES}x").removesuffix("x")

# What no file of ours holds anywhere: beginnings of EXIF, XMP, IPTC and ICC blocks, and names used inside them.
_TELLTALES = (
    b"Exif\0\0", b"http://ns.adobe.com/", b"<x:xmpmeta", b"<?xpacket", b"Photoshop 3.0\0", b"8BIM\x04\x04",
    b"ICC_PROFILE\0", b"GPSLatitude", b"MakerNote", b"SerialNumber",
)  # fmt: skip

_JPEG_NEEDS = frozenset({0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD})
_NOT_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_WEBP_NEEDS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_PNG_NEEDS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"pHYs"})
_AVIF_NEEDS = {
    b"": frozenset({b"ftyp", b"meta", b"mdat"}),
    b"meta": frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref"}),
    b"iprp": frozenset({b"ipco", b"ipma"}),
    b"ipco": frozenset({b"ispe", b"pixi", b"av1C", b"colr", b"pasp"}),
}
# Bytes of version, flags and counts that stand before the first box inside another one (ISO/IEC 14496-12).
_BEFORE = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iinf": 6}


@dataclass(frozen=True)
class Originals:
    """The SHA-256, in hex, of every original photo, each with the folders of the output where its own files stand.

    No original may be published as it is. A file of another gallery may equal one all the same: somebody took a
    published photo from there to use it again.
    """

    folders: Mapping[str, frozenset[str]]

    @cached_property
    def digest(self) -> str:
        folders = sorted((sha256, sorted(folders)) for sha256, folders in self.folders.items())
        return hashlib.sha256(repr(folders).encode()).hexdigest()

    def forbid(self, path: str, data: bytes) -> bool:
        """Whether these bytes must not be published at this path."""
        own = self.folders.get(hashlib.sha256(data).hexdigest())
        return own is not None and (not path.startswith(_GALLERIES) or path.startswith(tuple(own)))


class Refusal(Exception):
    """Something stands in a file that may not be published."""


def look(path: str, data: bytes, originals: Originals, credit: bool) -> str | None:
    """Why a finished file must not be published, in Vietnamese, or `None`; `credit` allows our own credit in photos."""
    try:
        _look(path, data, originals, credit)
    except Refusal as refusal:
        return f"tệp có {refusal}, không được đăng"
    return None


def _look(path: str, data: bytes, originals: Originals, credit: bool) -> None:
    format_ = next((name for name, is_it in _FORMATS.items() if is_it(data)), None)
    if format_ is None and splitext(path)[1] in TEXTS:
        return
    if originals.forbid(path, data):
        raise Refusal("nguyên ảnh gốc")
    match format_:
        case "JPEG":
            data = _jpeg(data, credit)
        case "WEBP":
            data = _webp(data, credit)
        case "AVIF":
            data = _avif(data, credit)
        case "PNG":
            _png(data)
        case "ZIP":
            _zip(path, data, originals, credit)
            return
        case str():
            raise Refusal(f"định dạng ảnh {format_}")
    sign = next((sign for sign in _TELLTALES if sign in data), None)
    if sign:
        raise Refusal(f"dấu vết dữ liệu ảnh gốc ({sign.decode('ascii', 'ignore').strip(chr(0))})")


_FORMATS: dict[str, Callable[[bytes], bool]] = {
    "JPEG": lambda data: data.startswith(b"\xff\xd8\xff"),
    "WEBP": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    "AVIF": lambda data: data[4:12] == b"ftypavif",
    "PNG": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
    "ZIP": lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")),
    "HEIF": lambda data: data[4:8] == b"ftyp",
    "GIF": lambda data: data.startswith(b"GIF8"),
    "TIFF": lambda data: data.startswith((b"II*\0", b"MM\0*")),
    "BMP": lambda data: data.startswith(b"BM"),
}


def _jpeg(data: bytes, credit: bool) -> bytes:
    """The file without our own credit. Raises `Refusal` for a segment that no picture needs (ITU-T T.81, B.1)."""
    kept, at, marker = [], 2, 0xD8
    while marker != 0xD9:
        if data[at : at + 1] != b"\xff":
            raise Refusal("cấu trúc JPEG lạ")
        marker = data[at + 1] if at + 1 < len(data) else 0
        end = at + 2 if marker == 0xD9 else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        payload = data[at + 4 : end]
        if not (credit and _is_our_credit(marker, payload)):
            _refuse_segment(marker, payload)
            kept.append(data[at:end])
        at = _after_pixels(data, end) if marker == 0xDA else end
        kept.append(data[end:at])
    if at != len(data):
        raise Refusal("dữ liệu nằm sau ảnh")
    return b"".join(kept)


def _is_our_credit(marker: int, payload: bytes) -> bool:
    if marker == 0xE1 and payload.startswith(credit_metadata.XMP_IN_JPEG):
        return credit_metadata.credit_of(payload.removeprefix(credit_metadata.XMP_IN_JPEG)) is not None
    if marker == 0xED and payload.startswith(credit_metadata.IPTC_IN_JPEG):
        return credit_metadata.is_ours(payload)
    return False


def _refuse_segment(marker: int, payload: bytes) -> None:
    # JFIF without a thumbnail has 14 bytes.
    jfif = marker == 0xE0 and payload[:5] == b"JFIF\0" and len(payload) == 14 and payload[12:] == b"\0\0"
    if marker not in _JPEG_NEEDS and marker != 0xD9 and not jfif:
        raise Refusal(f"khối JPEG thừa FF{marker:02X}")


def _after_pixels(data: bytes, at: int) -> int:
    """Where the compressed pixels that begin at `at` end: at the next marker."""
    match = _NOT_PIXELS.search(data, at)
    if match is None:
        raise Refusal("cấu trúc JPEG lạ")
    return match.start()


def _webp(data: bytes, credit: bool) -> bytes:
    if len(data) != 8 + int.from_bytes(data[4:8], "little"):
        raise Refusal("dữ liệu nằm sau ảnh")
    kept, at = [data[:12]], 12
    while at < len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if not (credit and name == b"XMP " and credit_metadata.credit_of(body)):
            if name not in _WEBP_NEEDS:
                raise Refusal(f"khối WebP thừa {name!r}")
            kept.append(body)
        at += 8 + size + size % 2
    return b"".join(kept)


def _png(data: bytes) -> None:
    at = 8
    while at < len(data):
        name = data[at + 4 : at + 8]
        if name not in _PNG_NEEDS:
            raise Refusal(f"khối PNG thừa {name!r}")
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if name == b"IEND" and at != len(data):
            raise Refusal("dữ liệu nằm sau ảnh")


def _avif(data: bytes, credit: bool) -> bytes:
    """The file without our own credit; its boxes and items are those of a picture alone."""
    items = list(_items(data))
    expected = [b"av01", b"mime"] if credit and b"mime" in items else [b"av01"]
    if items != expected:
        raise Refusal(f"mục AVIF thừa {items}")
    begin, end = data.find(b"<?xpacket begin"), data.rfind(b'<?xpacket end="r"?>') + len(b'<?xpacket end="r"?>')
    if len(expected) == 1:
        return data
    if begin < 0 or not credit_metadata.credit_of(data[begin:end]):
        raise Refusal("XMP lạ")
    return data[:begin] + data[end:]


def _items(data: bytes, inside: bytes = b"") -> Iterator[bytes]:
    """The types of the items of an AVIF file; raises `Refusal` for a box or a profile that no picture needs."""
    for name, body in _boxes(data):
        if name not in _AVIF_NEEDS[inside] or (name == b"colr" and body[:4] != b"nclx"):
            raise Refusal(f"khối AVIF thừa {name!r}")
        if name == b"iinf":
            yield from (entry[8:12] for _, entry in _boxes(body[_BEFORE[name] :]))
        elif name in _BEFORE:
            yield from _items(body[_BEFORE[name] :], name)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8 or at + size > len(data):
            raise Refusal("cấu trúc AVIF lạ")
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def _zip(path: str, data: bytes, originals: Originals, credit: bool) -> None:
    """Every file inside, and that there is not a byte in the archive besides these files and their names."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            entries = packed.infolist()
            for entry in entries:
                _look(f"{path}/{entry.filename}", packed.read(entry), originals, credit)
            comment = packed.comment
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise Refusal("cấu trúc ZIP lạ") from error
    # APPNOTE 6.3.10: 30 bytes before each file, 46 for it in the directory, 22 at the end.
    counted = sum(30 + 46 + 2 * len(entry.filename.encode()) + entry.compress_size for entry in entries) + 22
    if comment or counted != len(data):
        raise Refusal("dữ liệu thừa trong tệp ZIP")
