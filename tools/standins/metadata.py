"""Writes into a JPEG what cameras and agencies write: EXIF with GPS, IPTC, XMP, a comment. All of it is invented."""

from __future__ import annotations

import struct

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
Entry = tuple[int, int, int, bytes]

# Hà Nội's Hoàn Kiếm lake, a place everybody knows: degrees, minutes and seconds north and east.
NORTH, EAST = (21, 1, 43), (105, 51, 8)
MAKE, MODEL, SERIAL = "STANDIN CAMERA WORKS", "Standin 24", "STANDIN-SERIAL-000417"
COMMENT = "standin comment: not for publication"


def marked(jpeg: bytes, thumbnail: bytes, orientation: int, caption: str) -> bytes:
    """`jpeg` with metadata after its first segment (JFIF), as a camera and then a picture desk would leave it."""
    end = 4 + int.from_bytes(jpeg[4:6], "big")
    segments = (
        _segment(0xE1, b"Exif\0\0" + exif(thumbnail, orientation)),
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(caption)),
        _segment(0xED, b"Photoshop 3.0\0" + _iptc(caption)),
        _segment(0xFE, COMMENT.encode()),
    )
    return jpeg[:end] + b"".join(segments) + jpeg[end:]


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def exif(thumbnail: bytes, orientation: int) -> bytes:
    """A little-endian TIFF structure: camera, GPS, serial number, maker note, and an embedded thumbnail."""
    camera = [_text(0x9003, "2024:03:15 08:30:00"), (0x927C, UNDEFINED, 16, b"STANDIN MAKERNOT"), _text(0xA431, SERIAL)]
    place = [_text(1, "N"), _degrees(2, NORTH), _text(3, "E"), _degrees(4, EAST)]
    main = [_text(0x010F, MAKE), _text(0x0110, MODEL), (0x0112, SHORT, 1, struct.pack("<H", orientation))]
    after_main = 8 + len(_directory([*main, _long(0x8769, 0), _long(0x8825, 0)], 8, 0))
    after_camera = after_main + len(_directory(camera, after_main, 0))
    after_place = after_camera + len(_directory(place, after_camera, 0))
    small = [(0x0103, SHORT, 1, struct.pack("<H", 6)), _long(0x0201, 0), _long(0x0202, len(thumbnail))]
    after_small = after_place + len(_directory(small, after_place, 0))
    small[1] = _long(0x0201, after_small)
    pointers = [_long(0x8769, after_main), _long(0x8825, after_camera)]
    return (
        struct.pack("<2sHL", b"II", 42, 8)
        + _directory([*main, *pointers], 8, after_place)
        + _directory(camera, after_main, 0)
        + _directory(place, after_camera, 0)
        + _directory(small, after_place, 0)
        + thumbnail
    )


def _directory(entries: list[Entry], at: int, following: int) -> bytes:
    """One image file directory standing at offset `at`; values of more than four bytes lie behind it."""
    head, values = struct.pack("<H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in entries:
        fits = len(value) <= 4
        head += struct.pack("<HHL", tag, kind, count)
        head += value.ljust(4, b"\0") if fits else struct.pack("<L", behind + len(values))
        values += b"" if fits else value + b"\0" * (len(value) % 2)
    return head + struct.pack("<L", following) + values


def _text(tag: int, text: str) -> Entry:
    value = text.encode("ascii") + b"\0"
    return tag, ASCII, len(value), value


def _long(tag: int, value: int) -> Entry:
    return tag, LONG, 1, struct.pack("<L", value)


def _degrees(tag: int, parts: tuple[int, int, int]) -> Entry:
    return tag, RATIONAL, 3, b"".join(struct.pack("<LL", part, 1) for part in parts)


def _iptc(caption: str) -> bytes:
    """Photoshop's resource 0x0404 with IPTC-IIM records: UTF-8 declared (1:90), by-line (2:80), caption (2:120)."""
    records = ((1, 90, b"\x1b%G"), (2, 80, "Ảnh minh họa".encode()), (2, 120, caption.encode()))
    data = b"".join(struct.pack(">BBBH", 0x1C, record, item, len(value)) + value for record, item, value in records)
    return b"8BIM" + struct.pack(">HHL", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)


def _xmp(caption: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">'
        f'{caption}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
