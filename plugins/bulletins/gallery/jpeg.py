"""JPEG files read strictly: what other readers pass over, half a picture or noise in it, is damage here.

The only file that imports simplejpeg, which says what libjpeg warns of; Pillow does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"
_PROGRESSIVE = 0xC2
_PADDING = b"\0\xff"

# What libjpeg warns of though every pixel is right: oddities of cameras' headers, not of the picture's data.
_HARMLESS = re.compile(
    r"Invalid SOS parameters|JFIF|Adobe|ICC|Inconsistent progression|subsampling|[Uu]nsupported color"
)
_LEFT_OVER = re.compile(r"(\d+) extraneous bytes before marker 0xd9")


class Damage(Exception):
    """The picture's data is damaged; the words are libjpeg's."""


class Small(NamedTuple):
    """A picture in RGB, 8 bits a sample, row by row."""

    width: int
    height: int
    pixels: bytes


def small(data: bytes) -> Small | None:
    """The picture at an eighth of its size, every byte of it decoded; `None` if only another decoder can read it.

    Raises `Damage` for whatever libjpeg warns of, unless it touches no pixel.
    """
    import simplejpeg

    try:
        colours = simplejpeg.decode_jpeg_header(data)[2]
        if colours not in ("YCbCr", "Gray", "RGB"):
            _decode_for_warnings(data)
            return None
        array = simplejpeg.decode_jpeg(data, "RGB", min_height=1, min_width=1, min_factor=8)
    except ValueError as error:
        if not _is_harmless(str(error), data):
            raise Damage(str(error)) from error
        return None
    return Small(array.shape[1], array.shape[0], array.tobytes())


def _decode_for_warnings(data: bytes) -> None:
    import simplejpeg

    simplejpeg.decode_jpeg(data, "CMYK", min_height=1, min_width=1, min_factor=8)


def _is_harmless(warning: str, data: bytes) -> bool:
    """Whether no pixel suffers: an oddity of the header, or bytes of padding before the end mark."""
    left_over = _LEFT_OVER.search(warning)
    if left_over is None:
        return bool(_HARMLESS.search(warning))
    end = data.find(_END_OF_IMAGE, start_of_scan(data))
    return not data[max(0, end - int(left_over[1])) : end].strip(_PADDING)


def jpeg_is_whole(data: bytes) -> bool:
    """Whether the first picture of a JPEG or MPO file has its end marker, and all passes if it is progressive.

    The marker is looked for only after the header, since a thumbnail inside the header has one of its own;
    among the picture's compressed bytes it cannot occur (ITU-T T.81, B.1.1.5: every FF there is followed by 00).
    """
    begin = start_of_scan(data)
    # Most files end with it, and looking there alone is a hundred times quicker.
    has_end = data.endswith(_END_OF_IMAGE, begin) or data.find(_END_OF_IMAGE, begin) != -1
    return has_end and (not _is_progressive(data, begin) or _has_every_bit(data, begin))


def scans(data: bytes) -> int:
    """How many passes over the picture a JPEG takes: one, or about ten if it is progressive."""
    return data.count(bytes((0xFF, _START_OF_SCAN)), start_of_scan(data))


def start_of_scan(data: bytes) -> int:
    """Where the compressed bytes begin: after the segments, each of which says its own length."""
    return next((at for at, marker in _segments(data) if marker == _START_OF_SCAN), len(data))


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Place and marker of each segment, up to the first scan's."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        yield at, data[at + 1]
        if data[at + 1] == _START_OF_SCAN:
            return
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _is_progressive(data: bytes, begin: int) -> bool:
    return any(marker == _PROGRESSIVE for _, marker in _segments(data[: begin + 4]))


def _has_every_bit(data: bytes, begin: int) -> bool:
    """Whether the passes of a progressive JPEG bring the first component, its lightness, to full precision.

    A file that was cut between two passes and closed with an end mark decodes without a warning, but blurred.
    """
    missing: dict[int, set[int]] = {}
    at = begin
    while 0 <= at < len(data) and data[at : at + 2] != _END_OF_IMAGE:
        count = data[at + 4] if at + 4 < len(data) else 0
        first, last, bits = (*data[at + 5 + 2 * count : at + 8 + 2 * count], 0, 0, 0)[:3]
        for component in data[at + 5 : at + 5 + 2 * count : 2]:
            missing.setdefault(component, set(range(64)))
            if bits & 0x0F == 0:
                missing[component] -= set(range(first, last + 1))
        at = data.find(bytes((0xFF, _START_OF_SCAN)), at + 2)
    return not next(iter(missing.values()), set())
