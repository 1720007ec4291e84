"""Every photo comes out upright, in sRGB, and with nothing in it but its pixels; what is no photo is refused."""

import dataclasses
import hashlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from bulletins.domain.pictures import Picture, Rendition
from bulletins.gallery.images import Reason, UnreadableImage, measure, render
from tests.gallery.photos import (
    CORNER,
    GROUND,
    corners,
    encoded,
    jpeg_of_claimed_size,
    near,
    opened,
    png_bomb,
    swapped_profile,
    turned,
    upright,
)
from tools.standins.metadata import COMMENT, MAKE, SERIAL, marked

BUDGET = 1_000_000
GREY = (128, 128, 128)
WHITE = (255, 255, 255)


def small(width: int = 120, height: int = 80) -> Picture:
    """One WebP and one JPEG of the given size."""
    types = ("image/webp", "image/jpeg")
    return Picture(240, 160, tuple(Rendition(f"/anh/x/{t}", t, width, height) for t in types), "digest")


def seen(data: bytes) -> list[Image.Image]:
    return [opened(file) for file in render(data, small(), 90)]


def saved(tmp_path: Path, data: bytes, name: str = "ảnh.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation: int, file_format: str, tmp_path: Path) -> None:
    data = turned(orientation, file_format)
    measured = measure(saved(tmp_path, data), BUDGET)

    assert (measured.width, measured.height) == (240, 160)
    for image in seen(data):
        assert image.size == (120, 80)
        assert [near(colour, CORNER, 25) for colour in corners(image)] == [True, False, False, False]
        assert 0x0112 not in image.getexif()


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_a_senseless_orientation_counts_as_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation

    for image in seen(encoded(upright(), "JPEG", exif=exif.tobytes())):
        assert near(corners(image)[0], CORNER, 25)


def test_damaged_exif_loses_no_photo(tmp_path: Path) -> None:
    data = encoded(upright(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")

    assert measure(saved(tmp_path, data), BUDGET).width == 240
    assert near(corners(seen(data)[0])[0], CORNER, 25)


def _half_clear() -> Image.Image:
    """Red, clear in its right half."""
    image = Image.new("RGBA", (240, 160), (*CORNER, 255))
    image.paste((0, 0, 0, 0), (120, 0, 240, 160))
    return image


def _clear_palette() -> bytes:
    image = Image.new("P", (240, 160), 0)
    image.putpalette([*CORNER, 0, 0, 0])
    image.paste(1, (120, 0, 240, 160))
    return encoded(image, "PNG", transparency=1)


@pytest.mark.parametrize(
    ("data", "left", "right"),
    [
        pytest.param(encoded(upright().convert("CMYK"), "JPEG"), CORNER, GROUND, id="CMYK JPEG"),
        pytest.param(encoded(upright().convert("CMYK"), "TIFF"), CORNER, GROUND, id="CMYK TIFF"),
        pytest.param(encoded(upright().quantize(8), "PNG"), CORNER, GROUND, id="palette"),
        pytest.param(encoded(upright().quantize(8), "GIF"), CORNER, GROUND, id="GIF"),
        pytest.param(encoded(upright().convert("YCbCr"), "TIFF"), CORNER, GROUND, id="YCbCr TIFF"),
        pytest.param(encoded(Image.new("L", (240, 160), 128), "JPEG"), GREY, GREY, id="grey"),
        pytest.param(encoded(Image.new("1", (240, 160), 1), "PNG"), WHITE, WHITE, id="one bit"),
        pytest.param(encoded(Image.new("I;16", (240, 160), 0x8080), "PNG"), GREY, GREY, id="16-bit grey PNG"),
        pytest.param(encoded(Image.new("I;16", (240, 160), 0x8080), "TIFF"), GREY, GREY, id="16-bit grey TIFF"),
        pytest.param(encoded(Image.new("I", (240, 160), 0x8080), "TIFF"), GREY, GREY, id="32-bit grey TIFF"),
        pytest.param(encoded(Image.new("F", (240, 160), 0.5), "TIFF"), GREY, GREY, id="floating grey TIFF"),
        pytest.param(encoded(_half_clear(), "PNG"), CORNER, WHITE, id="alpha PNG"),
        pytest.param(encoded(_half_clear(), "WEBP"), CORNER, WHITE, id="alpha WebP"),
        pytest.param(encoded(_half_clear(), "TIFF"), CORNER, WHITE, id="alpha TIFF"),
        pytest.param(_clear_palette(), CORNER, WHITE, id="palette with a clear colour"),
        pytest.param(encoded(_half_clear().convert("LA"), "PNG"), (75, 75, 75), WHITE, id="grey with alpha"),
    ],
)
def test_any_kind_of_pixels_comes_out_as_eight_bit_rgb_on_white(
    data: bytes, left: tuple[int, int, int], right: tuple[int, int, int], tmp_path: Path
) -> None:
    measure(saved(tmp_path, data), BUDGET)

    for image in seen(data):
        assert image.mode == "RGB"
        assert near(corners(image)[0], left)
        assert near(corners(image)[1], right)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_colours_are_read_by_the_photos_own_profile(file_format: str) -> None:
    plain = Image.new("RGB", (240, 160), CORNER)

    for image in seen(encoded(plain, file_format, icc_profile=swapped_profile())):
        red, _, blue = corners(image)[0]
        assert blue > red + 100
        assert "icc_profile" not in image.info


@pytest.mark.parametrize(("index", "seen_as"), [("R03", (77, 201, 92)), ("R98", (128, 200, 100))])
@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "PNG"])
def test_a_photo_that_says_by_a_mark_alone_that_it_is_in_adobe_rgb_is_seen_so(
    file_format: str, index: str, seen_as: tuple[int, int, int]
) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] = 65535
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ExifInteroperabilityOffset] = {1: index}
    data = encoded(Image.new("RGB", (240, 160), (128, 200, 100)), file_format, exif=exif.tobytes())

    for image in seen(data):
        assert near(corners(image)[0], seen_as, 6)


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(b"no profile at all", id="damaged"),
        pytest.param(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), id="of another kind"),
    ],
)
def test_an_unusable_profile_loses_no_photo(profile: bytes) -> None:
    for image in seen(encoded(upright(), "JPEG", icc_profile=profile)):
        assert near(corners(image)[0], CORNER, 25)


def _with_everything(file_format: str) -> bytes:
    """A photo with GPS, serial number, XMP, IPTC or text, a comment, and a thumbnail of its own."""
    camera_file = marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 1, "Chú thích bí mật")
    if file_format == "JPEG":
        return camera_file
    original = opened(camera_file)
    carried = {"exif": original.info["exif"], "xmp": original.info["xmp"], "icc_profile": swapped_profile()}
    return encoded(upright(), file_format, **carried)


TELLTALES = (
    *(word.encode() for word in (MAKE, SERIAL, COMMENT, "STANDIN", "Chú thích", "GPS")),
    *(b"Exif", b"EXIF", b"XMP", b"xpacket", b"ns.adobe.com", b"Photoshop", b"8BIM", b"ICC_PROFILE", b"ICCP", b"II*\0"),
)


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "TIFF", "PNG"])
def test_no_byte_of_the_originals_metadata_is_published(file_format: str) -> None:
    data = _with_everything(file_format)

    assert [word for word in TELLTALES if word in data]
    for file in render(data, small(), 90):
        assert [word for word in TELLTALES if word in file] == []


def test_a_published_jpeg_has_only_the_segments_a_picture_needs() -> None:
    jpeg = render(_with_everything("JPEG"), small(), 90)[1]
    image = opened(jpeg)

    assert [name for name, _ in image.applist] == ["APP0"]  # type: ignore[attr-defined]
    assert "comment" not in image.info
    assert b"\xff\xfe" not in jpeg[: jpeg.index(b"\xff\xda")]


def test_a_published_webp_has_only_pixels() -> None:
    webp = render(_with_everything("JPEG"), small(), 90)[0]

    assert webp[12:16] == b"VP8 "
    assert len(webp) == 20 + int.from_bytes(webp[16:20], "little")


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = _with_everything("JPEG")

    assert render(data, small(), 80) == render(data, small(), 80)


def test_renditions_come_in_the_order_and_size_of_the_plan() -> None:
    sizes = [(80, 53), (240, 160), (120, 80)]
    planned = tuple(Rendition("/x", t, *size) for t in ("image/jpeg", "image/webp") for size in sizes)
    renditions = tuple(dataclasses.replace(one, address=f"/{n}") for n, one in enumerate(planned))
    files = [opened(file) for file in render(encoded(upright(), "JPEG"), Picture(240, 160, renditions, "d"), 80)]

    assert [(image.format, image.size) for image in files] == [
        *(("JPEG", size) for size in sizes),
        *(("WEBP", size) for size in sizes),
    ]


@pytest.mark.parametrize(
    ("later", "file_format"),
    [
        pytest.param({"save_all": True}, "GIF", id="animated GIF"),
        pytest.param({"save_all": True}, "WEBP", id="animated WebP"),
        pytest.param({"save_all": True}, "MPO", id="MPO of a phone"),
        pytest.param({"save_all": True}, "TIFF", id="TIFF of several pages"),
    ],
)
def test_the_first_of_several_pictures_is_shown(later: dict[str, bool], file_format: str, tmp_path: Path) -> None:
    data = encoded(upright(), file_format, append_images=[Image.new("RGB", (240, 160), WHITE)], **later)

    assert measure(saved(tmp_path, data), BUDGET).width == 240
    for image in seen(data):
        assert near(corners(image)[0], CORNER, 25)
        assert not getattr(image, "is_animated", False)


def test_a_measure_names_the_format_the_size_and_the_hash_of_the_bytes(tmp_path: Path) -> None:
    data = encoded(upright(), "PNG")
    measured = measure(saved(tmp_path, data, "đuôi sai.JPG"), BUDGET)

    assert (measured.format, measured.width, measured.height) == ("PNG", 240, 160)
    assert measured.sha256 == hashlib.sha256(data).hexdigest()


WHOLE = encoded(upright(), "JPEG")
CAMERA_FILE = _with_everything("JPEG")
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        pytest.param(b"", "empty", "", id="empty"),
        pytest.param(b"<!DOCTYPE html><html><body>404</body></html>", "not_an_image", "", id="a web page"),
        pytest.param(b"\0" * 5000, "not_an_image", "", id="zeros"),
        pytest.param(b'<?xml version="1.0"?><svg xmlns="x"/>', "format", "SVG", id="SVG"),
        pytest.param(b"%PDF-1.7 ...", "format", "PDF", id="PDF"),
        pytest.param(encoded(upright(), "BMP"), "format", "BMP", id="BMP"),
        pytest.param(HEIC, "heic", "", id="HEIC"),
        pytest.param(WHOLE[:-2], "truncated", "", id="JPEG without its end"),
        pytest.param(WHOLE[: len(WHOLE) // 2], "truncated", "", id="half a JPEG"),
        pytest.param(CAMERA_FILE[:-400], "truncated", "", id="a cut JPEG whose thumbnail is whole"),
        pytest.param(WHOLE[:40], "damaged", None, id="hardly a JPEG"),
        pytest.param(encoded(upright(), "GIF")[:60], "truncated", None, id="a cut GIF"),
        pytest.param(encoded(upright(), "PNG")[:200], "truncated", None, id="half a PNG"),
        pytest.param(encoded(upright(), "WEBP")[:90], "damaged", None, id="half a WebP"),
        pytest.param(encoded(upright(), "TIFF")[:-900], "truncated", None, id="a cut TIFF"),
        pytest.param(png_bomb(1001, 1000), "too_many_pixels", "1001 × 1000", id="a little too large"),
        pytest.param(png_bomb(50_000, 50_000), "too_many_pixels", None, id="PNG bomb"),
        pytest.param(jpeg_of_claimed_size(65_000, 65_000), "too_many_pixels", None, id="JPEG bomb"),
    ],
)
def test_what_cannot_be_published_is_refused_with_the_reason(
    data: bytes, reason: Reason, detail: str | None, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableImage) as refusal:
        measure(saved(tmp_path, data), BUDGET)

    assert refusal.value.reason == reason
    assert detail is None or refusal.value.detail == detail


def test_a_bomb_is_refused_from_its_header_so_its_pixels_are_never_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(image: Image.Image) -> None:
        raise AssertionError(f"{image.format} was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)

    with pytest.raises(UnreadableImage, match="too_many_pixels"):
        measure(saved(tmp_path, png_bomb(9_000, 9_000)), BUDGET)


def test_a_missing_file_a_folder_and_a_link_are_refused(tmp_path: Path) -> None:
    target = saved(tmp_path, WHOLE)
    link = tmp_path / "link.jpg"
    link.symlink_to(target)
    reasons = []
    for path in (tmp_path / "none.jpg", target / "below.jpg", tmp_path, link):
        with pytest.raises(UnreadableImage) as refusal:
            measure(path, BUDGET)
        reasons.append(refusal.value.reason)

    assert reasons == ["missing", "missing", "not_a_file", "not_a_file"]


def test_damaged_pixels_are_refused_when_they_are_decoded() -> None:
    with pytest.raises(UnreadableImage):
        render(encoded(upright(), "PNG")[:200], small(), 80)


def test_a_wide_photo_is_decoded_at_the_scale_it_is_needed_in() -> None:
    data = encoded(upright(1600, 1200), "JPEG")
    full = upright(1600, 1200).resize((120, 80), Image.Resampling.LANCZOS)
    made = seen(data)[1]

    assert all(near(a, b, 6) for a, b in zip(corners(made), corners(full), strict=True))
