"""Strange image files, built by this script: what cameras, phones, scanners, bad disks and bad people leave behind.

Each has the outcome the gallery promises: `USED`, or the reason for which it is refused. Run it to have the files in
a folder: `python -m tests.gallery.strange FOLDER`.
"""

from __future__ import annotations

import random
import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from tests.gallery.photos import (
    CORNER,
    encoded,
    jpeg_of_claimed_size,
    png_bomb,
    swapped_profile,
    turned,
    upright,
)
from tools.standins.metadata import marked

USED = "used"
BUDGET = 2_000_000


@dataclass(frozen=True, slots=True)
class Strange:
    """A file by its name, and what must come of it: `USED`, or a reason of `images.Reason`."""

    name: str
    data: bytes
    outcome: str


def _exif(**tags: object) -> bytes:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[int(tag[1:], 16)] = value
    return exif.tobytes()


def _deep(mode: str, value: float) -> Image.Image:
    return Image.new(mode, (240, 160), value)


def _clear() -> Image.Image:
    image = Image.new("RGBA", (240, 160), (*CORNER, 255))
    image.paste((0, 0, 0, 0), (120, 0, 240, 160))
    return image


def _frames(file_format: str) -> bytes:
    more = [Image.new("RGB", (240, 160), "white"), Image.new("RGB", (240, 160), "black")]
    return encoded(upright(), file_format, save_all=True, append_images=more)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _many_scans() -> bytes:
    """A progressive JPEG whose last scan is repeated until decoding would take minutes."""
    data = encoded(upright(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 500 + b"\xff\xd9"


def _without_its_last_pass() -> bytes:
    data = encoded(upright(), "JPEG", progressive=True)
    return data[: data.rindex(b"\xff\xda")] + b"\xff\xd9"


def _text_bomb() -> bytes:
    """A PNG whose compressed text grows to 64 MB."""
    body = b"Comment\0\0" + zlib.compress(b"a" * (64 << 20))
    chunk = struct.pack(">L", len(body)) + b"zTXt" + body + struct.pack(">L", zlib.crc32(b"zTXt" + body))
    plain = encoded(upright(), "PNG")
    return plain[:33] + chunk + plain[33:]


def _tiff_of_claimed_size() -> bytes:
    data = bytearray(encoded(upright(), "TIFF"))
    for tag in (256, 257):
        at = data.index(
            struct.pack("<HH", tag, 4) if struct.pack("<HH", tag, 4) in data else struct.pack("<HH", tag, 3)
        )
        data[at : at + 12] = struct.pack("<HHLL", tag, 4, 1, 60_000)
    return bytes(data)


def _gif_of_claimed_size() -> bytes:
    data = bytearray(encoded(upright(), "GIF"))
    data[6:10] = struct.pack("<HH", 65_535, 65_535)
    return bytes(data)


def _webp_of_claimed_size() -> bytes:
    data = bytearray(encoded(upright(), "WEBP", exif=_exif(t0112=1)))
    at = data.index(b"VP8X") + 8
    data[at + 4 : at + 10] = (16_000).to_bytes(3, "little") * 2
    return bytes(data)


def _twelve_bit() -> bytes:
    data = bytearray(encoded(upright(), "JPEG"))
    data[data.index(b"\xff\xc0") + 4] = 12
    return bytes(data)


def _lossless() -> bytes:
    data = bytearray(encoded(upright(), "JPEG"))
    data[data.index(b"\xff\xc0") + 1] = 0xC3
    return bytes(data)


def _without_tables() -> bytes:
    """A JPEG without the tables its decoder needs, behind a sound thumbnail that could hide it."""
    small = encoded(upright(60, 40), "JPEG")
    whole = marked(encoded(upright(), "JPEG"), small, 1, "Lễ ký giao ước")
    after = whole.index(b"Photoshop 3.0")
    at = whole.index(b"\xff\xdb", after)
    while whole[at : at + 2] == b"\xff\xdb":
        end = at + 2 + int.from_bytes(whole[at + 2 : at + 4], "big")
        whole = whole[:at] + whole[end:]
    return whole


def _gps() -> bytes:
    return marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 6, "Ký giao ước")


_JPEG = encoded(upright(), "JPEG")
_PNG = encoded(upright(), "PNG")
_HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)
_LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()

_USED: dict[str, Callable[[], bytes]] = {
    **{f"cầm máy kiểu {n}.jpg": (lambda n=n: turned(n)) for n in range(1, 9)},  # type: ignore[misc]
    "orientation-6.png": lambda: turned(6, "PNG"),
    "orientation-6.webp": lambda: turned(6, "WEBP"),
    "orientation-8.tif": lambda: turned(8, "TIFF"),
    "orientation-8.avif": lambda: turned(8, "AVIF"),
    "orientation-0.jpg": lambda: encoded(upright(), "JPEG", exif=_exif(t0112=0)),
    "orientation-99.jpg": lambda: encoded(upright(), "JPEG", exif=_exif(t0112=99)),
    "cmyk.jpg": lambda: encoded(upright().convert("CMYK"), "JPEG"),
    "cmyk.tif": lambda: encoded(upright().convert("CMYK"), "TIFF"),
    "grey.jpg": lambda: encoded(upright().convert("L"), "JPEG"),
    "progressive.jpg": lambda: encoded(upright(), "JPEG", progressive=True),
    "restart-markers.jpg": lambda: encoded(upright(), "JPEG", restart_marker_blocks=4),
    "16-bit.png": lambda: encoded(_deep("I;16", 0x8080), "PNG"),
    "16-bit.tif": lambda: encoded(_deep("I;16", 0x8080), "TIFF"),
    "32-bit.tif": lambda: encoded(_deep("I", 0x8080), "TIFF"),
    "floating.tif": lambda: encoded(_deep("F", 0.5), "TIFF"),
    "floating-255.tif": lambda: encoded(_deep("F", 128.0), "TIFF"),
    "floating-nan.tif": lambda: encoded(_deep("F", float("nan")), "TIFF"),
    "one-bit.png": lambda: encoded(Image.new("1", (240, 160), 1), "PNG"),
    "one-bit.tif": lambda: encoded(Image.new("1", (240, 160), 1), "TIFF", compression="group4"),
    "lab.tif": lambda: encoded(Image.new("LAB", (240, 160), (128, 128, 128)), "TIFF"),
    "lzw.tif": lambda: encoded(upright(), "TIFF", compression="tiff_lzw"),
    "jpeg-inside.tif": lambda: encoded(upright(), "TIFF", compression="jpeg"),
    "palette.png": lambda: encoded(upright().quantize(8), "PNG"),
    "palette-clear.png": lambda: encoded(upright().quantize(8), "PNG", transparency=1),
    "palette.gif": lambda: encoded(upright().quantize(8), "GIF"),
    "ảnh màn hình.png": lambda: encoded(_clear(), "PNG"),
    "grey-alpha.png": lambda: encoded(_clear().convert("LA"), "PNG"),
    "alpha.webp": lambda: encoded(_clear(), "WEBP"),
    "alpha.avif": lambda: encoded(_clear(), "AVIF"),
    "lossless.webp": lambda: encoded(upright(), "WEBP", lossless=True),
    "animated.gif": lambda: _frames("GIF"),
    "animated.webp": lambda: _frames("WEBP"),
    "animated.png": lambda: _frames("PNG"),
    "pages.tif": lambda: _frames("TIFF"),
    "phone.mpo.jpg": lambda: _frames("MPO"),
    "plain.avif": lambda: encoded(upright(), "AVIF"),
    "profile.jpg": lambda: encoded(upright(), "JPEG", icc_profile=swapped_profile()),
    "profile-damaged.jpg": lambda: encoded(upright(), "JPEG", icc_profile=b"no profile"),
    "profile-of-another-kind.png": lambda: encoded(upright(), "PNG", icc_profile=_LAB),
    "exif-damaged.jpg": lambda: encoded(upright(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "gps-and-serial.jpg": _gps,
    "padded-before-its-end.jpg": lambda: _JPEG[:-2] + bytes(40) + b"\xff\xd9",
    "bytes-after-the-end.jpg": lambda: _JPEG + b"hidden" * 100,
    "one-pixel.png": lambda: encoded(Image.new("RGB", (1, 1), CORNER), "PNG"),
    "a-hair.png": lambda: encoded(Image.new("RGB", (1, 9000), CORNER), "PNG"),
    "panorama.jpg": lambda: encoded(Image.new("RGB", (9000, 100), CORNER), "JPEG"),
    "really-a-png.jpg": lambda: _PNG,
    "really-a-jpeg.png": lambda: _JPEG,
    "no-ending": lambda: _JPEG,
    "ANH_0417.JPG": lambda: _JPEG,
    "tên có dấu cách.jpeg": lambda: _JPEG,
    unicodedata.normalize("NFD", "Lễ ký kết giao ước.jpg"): lambda: _JPEG,
    unicodedata.normalize("NFC", "Đại biểu thành viên.jpg"): lambda: _JPEG,
}

_REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.jpg": ("empty", lambda: b""),
    "web-page.jpg": ("not_an_image", lambda: b"<!DOCTYPE html><html><body>404</body></html>"),
    "zeros.jpg": ("not_an_image", lambda: bytes(5000)),
    "words.jpg": ("not_an_image", "Ảnh ở trong thư điện tử".encode),
    "noise.jpg": ("not_an_image", lambda: random.Random(4).randbytes(4000)),
    "drawing.jpg": ("format", lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    "document.jpg": ("format", lambda: b"%PDF-1.7\n..."),
    "bitmap.jpg": ("format", lambda: encoded(upright(), "BMP")),
    "layers.jpg": ("format", lambda: b"8BPS\0\1" + bytes(60)),
    "film.jpg": ("format", lambda: b"\0\0\0\x18ftypmp42" + bytes(60)),
    "jpeg-2000.jpg": ("format", lambda: encoded(upright(), "JPEG2000")),
    "phone-broken.heic": ("heic", lambda: _HEIC),
    "without-its-end.jpg": ("truncated", lambda: _JPEG[:-2]),
    "half.jpg": ("truncated", lambda: _JPEG[: len(_JPEG) // 2]),
    "half-with-whole-thumbnail.jpg": ("truncated", lambda: _gps()[:-400]),
    "hardly-begun.jpg": ("damaged", lambda: _JPEG[:40]),
    "half.png": ("truncated", lambda: _PNG[:200]),
    "half.gif": ("truncated", lambda: encoded(upright(), "GIF")[:60]),
    "half.webp": ("damaged", lambda: encoded(upright(), "WEBP")[:90]),
    "half.tif": ("truncated", lambda: encoded(upright(), "TIFF")[:-900]),
    "half.avif": ("damaged", lambda: encoded(upright(), "AVIF")[:-60]),
    "pixels-flipped.jpg": ("damaged", lambda: _flipped(_JPEG, len(_JPEG) - 40)),
    "cut-and-closed.jpg": ("damaged", lambda: _JPEG[:-300] + b"\xff\xd9"),
    "pixels-flipped.png": ("damaged", lambda: _flipped(_PNG, len(_PNG) // 2)),
    "cut-and-closed.png": ("truncated", lambda: _PNG[:-40] + _PNG[-12:]),
    "passes-missing.jpg": ("truncated", _without_its_last_pass),
    "hardly-begun.avif": ("damaged", lambda: encoded(upright(), "AVIF")[:200]),
    "checksum.png": ("damaged", lambda: _flipped(_PNG, 20)),
    "tables-missing.jpg": ("damaged", _without_tables),
    "twelve-bit.jpg": ("damaged", _twelve_bit),
    "lossless.jpg": ("damaged", _lossless),
    "too-large.png": ("too_many_pixels", lambda: png_bomb(2000, 1001)),
    "bomb.png": ("too_many_pixels", lambda: png_bomb(50_000, 50_000)),
    "bomb.jpg": ("too_many_pixels", lambda: jpeg_of_claimed_size(65_000, 65_000)),
    "bomb.tif": ("too_many_pixels", _tiff_of_claimed_size),
    "bomb.gif": ("too_many_pixels", _gif_of_claimed_size),
    "bomb.webp": ("too_many_pixels", _webp_of_claimed_size),
    "bomb-of-scans.jpg": ("damaged", _many_scans),
    "bomb-of-text.png": ("damaged", _text_bomb),
}


def strange() -> Iterator[Strange]:
    """Every file of the set."""
    yield from (Strange(name, build(), USED) for name, build in _USED.items())
    yield from (Strange(name, build(), reason) for name, (reason, build) in _REFUSED.items())


def heic() -> bytes:
    """A sound HEIC photo held sideways; needs the extra `heic`."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    file = BytesIO()
    upright().transpose(Image.Transpose.ROTATE_90).save(file, "HEIF", exif=_exif(t0112=6), quality=90)
    return file.getvalue()


if __name__ == "__main__":
    for one in strange():
        (Path(sys.argv[1]) / one.name).write_bytes(one.data)
