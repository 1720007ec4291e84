"""Opens photos and encodes their renditions: the only file that imports Pillow."""

from __future__ import annotations

import hashlib
import stat
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from PIL import Image, ImageCms, UnidentifiedImageError, __version__, features
from PIL.Image import Resampling, Transpose

from bulletins.domain.pictures import Picture
from bulletins.gallery.renditions import Format, Measured
from bulletins.gallery.wholeness import jpeg_is_whole

Reason = Literal[
    "missing",
    "not_a_file",
    "empty",
    "too_many_bytes",
    "not_an_image",
    "heic",
    "format",
    "too_many_pixels",
    "truncated",
    "damaged",
]

# Pillow knows over forty formats; a photo needs five, and each of the others is one more thing to attack.
_FORMATS: tuple[Format, ...] = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")

# No camera's photo is as large; a file is read as a whole, so there must be an end.
_MOST_BYTES = 256 * 1024 * 1024

# How Pillow's decoders fail on broken bytes.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
)

# EXIF 2.32, tag 274: what to do to stand the stored pixels upright.
_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_LYING = frozenset({5, 6, 7, 8})

# Formats told apart only to say what the file really is: (offset, bytes there, name).
_KNOWN_OTHERS = (
    (0, b"%PDF", "PDF"),
    (0, b"BM", "BMP"),
    (0, b"8BPS", "Photoshop"),
    (0, b"\xff\x0a", "JPEG XL"),
    (4, b"JXL ", "JPEG XL"),
    (4, b"jP  ", "JPEG 2000"),
    (8, b"avif", "AVIF"),
    (4, b"ftyp", "video"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class UnreadableImage(Exception):
    """A file that cannot be published as a photo; `reason` says why, `detail` names the format or the numbers."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason
        self.detail = detail


def recipe() -> str:
    """What besides the photo and the settings decides the bytes: this code, Pillow, and its two encoders."""
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    return f"{code} Pillow {__version__} jpeg {features.version('jpg')} webp {features.version('webp')}"


def read(path: str | Path) -> bytes:
    """The bytes of a photo's file; raises `UnreadableImage` for what is not an ordinary, sensible file.

    A symbolic link is no ordinary file: it could publish any file of the machine.
    """
    try:
        status = Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableImage("missing") from None
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableImage("not_a_file")
    if status.st_size > _MOST_BYTES:
        raise UnreadableImage("too_many_bytes", f"{status.st_size // 2**20} MB")
    return Path(path).read_bytes()


def measure(path: str | Path, pixel_budget: int) -> Measured:
    """The upright size and the content's hash of a photo; raises `UnreadableImage` if it cannot be published.

    A JPEG is judged by its header and its end alone, so a thousand of them take seconds. The others are rare,
    have no such mark, and are decoded once, after the size in their header was found to be within the budget.
    """
    data = read(path)
    with _opened(data) as image:
        width, height = image.size
        if width * height > pixel_budget:
            raise UnreadableImage("too_many_pixels", f"{width} × {height}")
        _refuse_truncated(image, data)
        if _orientation(image) in _LYING:
            width, height = height, width
        return Measured(width, height, hashlib.sha256(data).hexdigest(), _format(image))


def render(data: bytes, picture: Picture, quality: int) -> list[bytes]:
    """The files of `picture.renditions`, in their order, from the bytes of the photo it was planned for.

    Decoded once, at the smallest scale that serves the widest rendition; the others are made from the next
    wider one. The same bytes give the same files. Raises `UnreadableImage` if the pixels are damaged.
    """
    sizes = sorted({(r.width, r.height) for r in picture.renditions}, reverse=True)
    upright = {sizes[0]: _upright(data, sizes[0])}
    for wider, size in pairwise(sizes):
        upright[size] = upright[wider].resize(size, Resampling.LANCZOS)
    return [_encoded(upright[r.width, r.height], r.media_type, quality) for r in picture.renditions]


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in `data`, its header read; whatever breaks while it is open becomes `UnreadableImage`.

    Pillow's warnings are silenced: what they warn of (size, damaged EXIF) is decided here.
    """
    if not data:
        raise UnreadableImage("empty")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                yield image
        except UnidentifiedImageError:
            raise _unidentified(data) from None
        except Image.DecompressionBombError:
            # Pillow's own limit, twice Image.MAX_IMAGE_PIXELS: it holds even if the site's budget is higher.
            raise UnreadableImage("too_many_pixels", f"hơn {2 * (Image.MAX_IMAGE_PIXELS or 0)}") from None
        except _BROKEN as error:
            raise UnreadableImage("damaged", str(error)) from error


def _unidentified(data: bytes) -> UnreadableImage:
    """Why no allowed format recognises the bytes, in the words that help the author most."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return UnreadableImage("heic")
    if b"<svg" in data[:1024].lower():
        return UnreadableImage("format", "SVG")
    names = [name for at, magic, name in _KNOWN_OTHERS if data[at : at + len(magic)] == magic]
    if names:
        return UnreadableImage("format", names[0])
    begins_as_photo = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*"))
    return UnreadableImage("damaged" if begins_as_photo else "not_an_image")


def _format(image: Image.Image) -> Format:
    """The photo's format; the MPO files of phones and 3D cameras are JPEGs with further pictures after the first."""
    return "JPEG" if image.format == "MPO" else cast(Format, image.format)


def _refuse_truncated(image: Image.Image, data: bytes) -> None:
    if _format(image) == "JPEG":
        if not jpeg_is_whole(data):
            raise UnreadableImage("truncated")
        return
    try:
        image.load()
    except _BROKEN as error:
        raise UnreadableImage("truncated" if "truncated" in str(error) else "damaged", str(error)) from error


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; damaged or senseless EXIF counts as upright.

    Pillow turns TIFF files by itself when it loads them.
    """
    if image.format == "TIFF":
        return 1
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        return 1
    return value if value in _TURNS else 1


def _upright(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The photo at the upright `size`, in 8-bit sRGB, with nothing of the original but its pixels."""
    with _opened(data) as image:
        turn = _orientation(image)
        stored = (size[1], size[0]) if turn in _LYING else size
        profile = image.info.get("icc_profile")
        if _format(image) == "JPEG":
            image.draft(None, stored)
        image.load()
    small = _plain(image).resize(stored, Resampling.LANCZOS, reducing_gap=2.0)
    seen = _srgb(_on_white(small), profile)
    seen = seen.transpose(_TURNS[turn]) if turn in _TURNS else seen
    # Pillow carries an image's info from copy to copy, and its encoders write some of it.
    seen.info = {}
    return seen


def _plain(image: Image.Image) -> Image.Image:
    """The image in a mode of 8 bits that can be resized well: RGB, RGBA, L or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "LAB":
        return _transformed(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits, or floating, as grey of 8 bits.

    White is 65535 for whole numbers, as in 16-bit PNG and TIFF; floating ones count to 1 or to 255; a value
    above all of these is white itself. Pillow's own conversion would cut off everything above 255.
    """
    grey = image.convert("F")
    highest = cast(tuple[float, float], grey.getextrema())[1]
    conventional = [1.0, 255.0, 65535.0] if image.mode == "F" else [65535.0]
    white = next((value for value in conventional if highest <= value), highest)
    return grey.point(lambda value: value * (255.0 / white) + 0.5).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image in sRGB, by its own colour profile if it has a usable one."""
    if profile:
        try:
            return _transformed(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that is damaged, or of another kind of picture, is no reason to lose the photo:
            # without one it looks as in every program that ignores profiles.
            return image.convert("RGB")
    return image.convert("RGB")


def _transformed(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    seen = ImageCms.profileToProfile(image, profile, srgb, renderingIntent=intent, outputMode="RGB", flags=flags)
    return cast(Image.Image, seen)


def _encoded(image: Image.Image, media_type: str, quality: int) -> bytes:
    file = BytesIO()
    if media_type == "image/jpeg":
        image.save(file, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0", comment=b"")
    else:
        image.save(file, "WEBP", quality=quality, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()
