"""The structure of a PNG file, checked as its specification says: what Pillow passes over is damage here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What decides the pixels (PNG 3rd edition, 11.2 and 11.3.2); a wrong sum of another chunk harms no picture.
_DECIDING = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PIECE = 1 << 20


class Cut(Exception):
    """The file ends before its last chunk."""


class Damage(Exception):
    """A chunk that decides the pixels is not what was written."""


def inspect(data: bytes) -> None:
    """Raises `Cut` or `Damage` unless every sum is right and the compressed pixels come to their own end.

    Never holds more than a megabyte of what it unpacks.
    """
    stream = zlib.decompressobj()
    for kind, body in _chunks(data):
        if kind == b"IDAT":
            _unpack(stream, body)
    if not stream.eof:
        raise Cut("zlib")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body, total = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(total) < 4:
            raise Cut(kind.decode("latin-1"))
        if kind in _DECIDING and zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(total, "big"):
            raise Damage(kind.decode("latin-1"))
        yield kind, body
        at += 12 + length


def _unpack(stream: zlib._Decompress, body: bytes) -> None:
    try:
        while body and not stream.eof:
            stream.decompress(body, _PIECE)
            body = stream.unconsumed_tail
    except zlib.error as error:
        raise Damage(str(error)) from error
