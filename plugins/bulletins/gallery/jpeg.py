"""The structure of a JPEG file, read without decoding: where its pixels begin, whether its end is there."""

from __future__ import annotations

_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"


def jpeg_is_whole(data: bytes) -> bool:
    """Whether the first picture of a JPEG or MPO file has its end marker.

    The marker is looked for only after the header, since a thumbnail inside the header has one of its own;
    among the picture's compressed bytes it cannot occur (ITU-T T.81, B.1.1.5: every FF there is followed by 00).
    """
    begin = start_of_scan(data)
    # Most files end with it, and looking there alone is a hundred times quicker.
    return data.endswith(_END_OF_IMAGE, begin) or data.find(_END_OF_IMAGE, begin) != -1


def scans(data: bytes) -> int:
    """How many passes over the picture a JPEG takes: one, or about ten if it is progressive."""
    return data.count(bytes((0xFF, _START_OF_SCAN)), start_of_scan(data))


def start_of_scan(data: bytes) -> int:
    """Where the compressed bytes begin: after the segments, each of which says its own length."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        filler = data[at + 1] == 0xFF
        at += 1 if filler else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at
