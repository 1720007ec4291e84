"""Opens photos and encodes their renditions: the only file that imports Pillow."""

from __future__ import annotations

import hashlib
import importlib.util
import stat
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from PIL import ExifTags, Image, ImageCms, IptcImagePlugin, UnidentifiedImageError, __version__, _imaging, features
from PIL.Image import Resampling, Transpose
from PIL.ImageFile import ImageFile

from bulletins.domain.pictures import Picture, Rendition
from bulletins.gallery import adobe_rgb, credit_metadata, jpeg, png, renditions
from bulletins.gallery.credit_metadata import Credit
from bulletins.gallery.embedded import EmbeddedText, MetadataBlocks, embedded_text
from bulletins.gallery.jpeg import jpeg_is_whole, scans
from bulletins.gallery.renditions import Format, Measured, Size, crop_box, master_size

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

# Pillow asks for memory in pieces of this size (16 MB unless told): large pieces leave holes that are never
# filled, and a worker that has made a few photos would hold 8 % more memory than it uses.
_imaging.set_block_size(1 << 20)

# Pillow knows over forty formats; a photo needs these, and each of the others is one more thing to attack.
_FORMATS: tuple[Format, ...] = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF")

# No camera's photo is as large; a file is read as a whole, so there must be an end.
_MOST_BYTES = 256 * 1024 * 1024

# Bytes of memory that decoding takes for each pixel, measured with Pillow 13. A baseline JPEG is not here: of it only
# the small scale that is wanted is ever in memory. Whatever the site's budget, decoding must end within this memory.
_BYTES_PER_PIXEL: Mapping[Format, int] = MappingProxyType(
    {"JPEG": 6, "PNG": 8, "TIFF": 8, "GIF": 8, "WEBP": 16, "AVIF": 10, "HEIF": 8}
)
_BYTES_WITH_ALPHA: Mapping[Format, int] = MappingProxyType(
    {**_BYTES_PER_PIXEL, "PNG": 14, "GIF": 14, "HEIF": 18, "TIFF": 18, "AVIF": 18, "WEBP": 22}
)
_MOST_MEMORY = 480_000_000

# Progressive JPEGs have about ten scans; each costs as much time as the whole picture, so thousands are an attack.
_MOST_SCANS = 100
_MOST_WORK = 1_500_000_000
"""Pixels times scans: about two seconds. A photo of 100 megapixels in ten scans stays below."""

# Pixels of a side that are enough to tell a photo's colour.
_SMALL = 128

# Measured on 24-megapixel photos against a full decode and Lanczos: a difference of 1 in 255 and 97 % of the edges, for
# half of Lanczos's time (Bicubic: 0.8 in 255, 93 %, three quarters of the time).
_FILTER = Resampling.HAMMING

# AVIF: measured on photos of 1600 pixels, speed 8 takes a third of the time of speed 6 and gives 8 % more bytes;
# speed 9 halves the time again, for 15 % more bytes. One thread, because the bytes depend on their number.
_AVIF = MappingProxyType({"speed": 8, "max_threads": 1, "subsampling": "4:2:0"})

# How Pillow's decoders fail on broken bytes.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    EOFError,
    RuntimeError,
    AssertionError,
    AttributeError,
    MemoryError,
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
    (4, b"ftyp", "video"),
)
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class UnreadableImage(Exception):
    """A file that cannot be published as a photo; `reason` says why, `detail` names the format or the numbers."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason
        self.detail = detail


def recipe() -> str:
    """What besides the photo and the settings decides the bytes: this code, Pillow, and its encoders."""
    sources = (Path(module).read_bytes() for module in _DECIDING)
    code = hashlib.sha256(b"".join(sources)).hexdigest()[:16]
    libraries = " ".join(f"{name} {features.version(name)}" for name in ("jpg", "webp", "avif", "littlecms2"))
    return f"{code} Pillow {__version__} {libraries}"


_DECIDING = (__file__, adobe_rgb.__file__, credit_metadata.__file__, renditions.__file__)


@lru_cache
def formats() -> tuple[Format, ...]:
    """The formats that are taken: HEIF only where the extra `heic` is installed."""
    if importlib.util.find_spec("pillow_heif") is None:
        return _FORMATS
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return (*_FORMATS, "HEIF")


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
    """The upright size, the content's hash, the colour and the words of a photo.

    Raises `UnreadableImage` if it cannot be published. Every photo is decoded once, after the size in its header was
    found to be within the budget: a header tells nothing of a flipped bit or of a lower half that is missing.
    """
    data = read(path)
    with _opened(data) as image:
        width, height = image.size
        _refuse_too_large(image, data, pixel_budget)
        # First the pixels: of some formats Pillow reads the metadata by decoding the whole file, and a mistake in
        # that would be taken for one of the metadata.
        pixels = _of_jpeg(image, data) if _format(image) == "JPEG" else _of_other(image, data)
        colour = _colour(pixels)
        turned = _orientation(image) in _LYING
        text = _embedded_text(image)
    size = (height, width) if turned else (width, height)
    return Measured(*size, hashlib.sha256(data).hexdigest(), _format(image), colour, text.caption, text.credit)


def render(
    data: bytes, picture: Picture, quality: int, avif_quality: int = 60, credit: Credit | None = None
) -> list[bytes]:
    """The files of a picture (`Picture.files`), in their order, from the bytes of the photo it was planned for.

    Decoded once, at the smallest scale that serves the widest file; the others are made from the next wider one.
    The same bytes give the same files. Raises `UnreadableImage` if the pixels are damaged.
    """
    master = _upright(data, master_size(picture))
    crops = [crop for crop in (picture.social, picture.square) if crop]
    images = {crop.address: _cropped(master, crop, picture.focus) for crop in crops}
    sizes = sorted({(r.width, r.height) for r in picture.renditions}, reverse=True)
    upright = {sizes[0]: _resized(master, sizes[0])}
    for wider, size in pairwise(sizes):
        upright[size] = _resized(upright[wider], size)
    images |= {r.address: upright[r.width, r.height] for r in picture.renditions}
    return [_encoded(images[file.address], file.media_type, quality, avif_quality, credit) for file in picture.files]


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in `data`, its header read; whatever breaks while it is open becomes `UnreadableImage`.

    Pillow's warnings are turned off: this module itself judges size and damaged EXIF, of which they warn.
    """
    if not data:
        raise UnreadableImage("empty")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=formats()) as image:
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
    if data[4:8] == b"ftyp" and data[8:12] in _AVIF_BRANDS:
        return UnreadableImage("damaged", "AVIF")
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


def _refuse_too_large(image: Image.Image, data: bytes, pixel_budget: int) -> None:
    """Before anything is decoded: pixels, the memory they would take, and the scans of a progressive JPEG."""
    width, height = image.size
    in_scans = bool(image.info.get("progressive"))
    whole = _format(image) != "JPEG" or in_scans
    each = (_BYTES_WITH_ALPHA if image.has_transparency_data else _BYTES_PER_PIXEL)[_format(image)]
    budget = min(pixel_budget, _MOST_MEMORY // each) if whole else pixel_budget
    if width * height > budget:
        raise UnreadableImage("too_many_pixels", f"{width} × {height}")
    if in_scans and _format(image) == "JPEG" and scans(data) > min(_MOST_SCANS, _MOST_WORK // (width * height)):
        raise UnreadableImage("damaged", "scans")


def _loaded(image: Image.Image) -> Image.Image:
    try:
        image.load()
    except _BROKEN as error:
        raise UnreadableImage("truncated" if "truncated" in str(error) else "damaged", str(error)) from error
    return image


def _of_jpeg(image: Image.Image, data: bytes) -> Image.Image:
    """A small picture that has the colours of a JPEG, after every byte of it was decoded strictly."""
    if not jpeg_is_whole(data):
        raise UnreadableImage("truncated")
    try:
        small = jpeg.small(data)
    except jpeg.Damage as error:
        raise UnreadableImage("truncated" if "Premature" in str(error) else "damaged", str(error)) from error
    if small is not None:
        return Image.frombytes("RGB", small[:2], small.pixels)
    image.draft("RGB", (_SMALL,) * 2)
    return _loaded(image)


def _of_other(image: Image.Image, data: bytes) -> Image.Image:
    """A picture of another format, decoded; its structure is checked where Pillow does not do it."""
    try:
        if image.format == "PNG":
            png.inspect(data)
    except png.Cut as error:
        raise UnreadableImage("truncated", str(error)) from error
    except png.Damage as error:
        raise UnreadableImage("damaged", str(error)) from error
    return _loaded(image)


def _colour(image: Image.Image) -> str:
    """The most common of a few colours that stand for the whole, as `#rrggbb`."""
    few = _in_eight_bits(image, (32, 32)).convert("RGB").quantize(6)
    _, index = max(cast(list[tuple[int, int]], few.getcolors()))
    red, green, blue = (few.getpalette() or [0] * 768)[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _embedded_text(image: Image.Image) -> EmbeddedText:
    """The caption and the credit in the file's metadata; damaged metadata has none."""
    try:
        exif = dict(image.getexif())
    except _BROKEN:
        exif = {}
    xmp = image.info.get("xmp", b"")
    return embedded_text(MetadataBlocks(xmp if isinstance(xmp, bytes) else b"", _iptc(image), exif))


def _iptc(image: Image.Image) -> Mapping[tuple[int, int], tuple[bytes, ...]]:
    """The datasets of IPTC-IIM by record and number; Pillow has nothing at all for an empty one."""
    try:
        datasets = IptcImagePlugin.getiptcinfo(cast(ImageFile, image)) or {}
    except _BROKEN:
        return {}
    values = {key: value if isinstance(value, list) else [value] for key, value in datasets.items()}
    return {key: tuple(value or b"" for value in all_of_one) for key, all_of_one in values.items()}


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


def _upright(data: bytes, size: Size) -> Image.Image:
    """The photo at the upright `size`, in 8-bit sRGB, with nothing of the original but its pixels."""
    with _opened(data) as image:
        turn = _orientation(image)
        stored = (size[1], size[0]) if turn in _LYING else size
        profile = image.info.get("icc_profile") or _profile_named(image)
        if _format(image) == "JPEG":
            image.draft(None, stored)
        image.load()
    small = _in_eight_bits(image, stored)
    if small is not image:
        # Gives back most of the memory before the encoders ask for some.
        image.close()
    upright = _srgb(small, profile)
    upright = upright.transpose(_TURNS[turn]) if turn in _TURNS else upright
    # Pillow carries an image's info from copy to copy, and its encoders write some of it.
    upright.info = {}
    return upright


def _profile_named(image: Image.Image) -> bytes | None:
    """The profile of the colours that a photo without one names in its EXIF; None for sRGB, which needs none."""
    try:
        index = image.getexif().get_ifd(ExifTags.IFD.Interop).get(ExifTags.Interop.InteropIndex, "")
    except _BROKEN:
        return None
    return adobe_rgb.profile() if f"{index}\0".startswith(adobe_rgb.INDEX) else None


def _in_eight_bits(image: Image.Image, size: Size) -> Image.Image:
    """The image at a size, in 8 bits and without transparency: RGB, L or CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        return _grey(image, size)
    return _on_white(_resized(_plain(image), size))


def _resized(image: Image.Image, size: Size) -> Image.Image:
    return image if image.size == size else image.resize(size, _FILTER, reducing_gap=2.0)


def _cropped(image: Image.Image, crop: Rendition, focus: tuple[float, float]) -> Image.Image:
    """The part of the image that a crop shows, at its size."""
    size = (crop.width, crop.height)
    return image.resize(size, _FILTER, box=crop_box(size, image.size, focus), reducing_gap=2.0)


def _plain(image: Image.Image) -> Image.Image:
    """The image in a mode of 8 bits that can be resized well: RGB, RGBA, L or CMYK."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "LAB":
        return _transformed(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _grey(image: Image.Image, size: Size) -> Image.Image:
    """Grey of 16 or 32 bits, or floating, as grey of 8 bits.

    White is 65535 for whole numbers, as in 16-bit PNG and TIFF; floating ones count to 1 or to 255; a value
    above all of these is white itself. Pillow's own conversion would cut off everything above 255.
    """
    grey = image.convert("F")
    highest = cast(tuple[float, float], grey.getextrema())[1]
    conventional = [1.0, 255.0, 65535.0] if image.mode == "F" else [65535.0]
    white = next((value for value in conventional if highest <= value), highest)
    small = grey.resize(size, _FILTER, reducing_gap=2.0)
    return small.point(lambda value: value * (255.0 / white) + 0.5).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The image in sRGB, by its own colour profile if it has a usable one."""
    if profile:
        # A profile that is damaged, or of another kind of picture, is no reason to lose the photo:
        # without one it looks as in every program that ignores profiles.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            return _transformed(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
    return image if image.mode == "RGB" else image.convert("RGB")


def _transformed(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    srgb = ImageCms.createProfile("sRGB")
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    transformed = ImageCms.profileToProfile(image, profile, srgb, renderingIntent=intent, outputMode="RGB", flags=flags)
    return cast(Image.Image, transformed)


def _encoded(image: Image.Image, media_type: str, quality: int, avif_quality: int, credit: Credit | None) -> bytes:
    """The file of an image; of metadata it holds the credit, or nothing."""
    file = BytesIO()
    xmp = credit_metadata.xmp(credit) if credit else b""
    if media_type == "image/jpeg":
        _save_jpeg(image, file, quality, credit)
    elif media_type == "image/webp":
        image.save(file, "WEBP", quality=quality, method=4, exif=b"", xmp=xmp, icc_profile=b"")
    else:
        image.save(file, "AVIF", quality=avif_quality, exif=b"", xmp=xmp, icc_profile=b"", **_AVIF)
    return file.getvalue()


def _save_jpeg(image: Image.Image, file: BytesIO, quality: int, credit: Credit | None) -> None:
    segments = b""
    if credit:
        payloads = (
            (0xE1, credit_metadata.XMP_IN_JPEG + credit_metadata.xmp(credit)),
            (0xED, credit_metadata.iptc(credit)),
        )
        segments = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in payloads)
    way = {"optimize": True, "progressive": True, "subsampling": "4:2:0"}
    image.save(file, "JPEG", quality=quality, comment=b"", extra=segments, **way)
