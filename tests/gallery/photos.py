"""Builds small strange photos for the gallery's tests."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms
from PIL.Image import Transpose

CORNER = (200, 20, 30)
GROUND = (30, 90, 160)

# What a camera that was held otherwise does to the upright pixels before it writes the orientation (EXIF 2.32).
STORED = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


def upright(width: int = 240, height: int = 160) -> Image.Image:
    """A blue picture whose upper left quarter is red."""
    image = Image.new("RGB", (width, height), GROUND)
    image.paste(CORNER, (0, 0, width // 2, height // 2))
    return image


def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def turned(orientation: int, file_format: str = "JPEG") -> bytes:
    """The upright picture as a camera stores it that says `orientation`."""
    turn = STORED[orientation]
    image = upright() if turn is None else upright().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, file_format, exif=exif.tobytes())


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def corners(image: Image.Image) -> list[tuple[int, int, int]]:
    """The colours in the middle of the four quarters, row by row."""
    w, h = image.size
    spots = [(w // 4, h // 4), (3 * w // 4, h // 4), (w // 4, 3 * h // 4), (3 * w // 4, 3 * h // 4)]
    seen = image.convert("RGB")
    return [pixel for pixel in map(seen.getpixel, spots) if isinstance(pixel, tuple)]  # type: ignore[misc]


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises `width` × `height` pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def jpeg_of_claimed_size(width: int, height: int) -> bytes:
    """A JPEG whose header promises `width` × `height` pixels."""
    data = bytearray(encoded(upright(), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def swapped_profile() -> bytes:
    """An ICC profile in which red and blue have changed places, so that its effect cannot be overlooked."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">L", data, 128)[0]
    entries = {bytes(data[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, blue = entries[b"rXYZ"] + 4, entries[b"bXYZ"] + 4
    data[red : red + 8], data[blue : blue + 8] = data[blue : blue + 8], data[red : red + 8]
    return bytes(data)
