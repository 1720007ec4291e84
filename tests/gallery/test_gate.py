"""Nothing of an original passes the gate, and nothing that the gallery makes is held up at it."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bulletins.domain.pictures import Picture, Rendition
from bulletins.gallery.archive import Caption, Heading, archive
from bulletins.gallery.credit_metadata import Credit, credit_of, iptc, is_ours, xmp
from bulletins.gallery.gate import Originals, look
from bulletins.gallery.images import render
from tests.gallery.photos import encoded, opened, swapped_profile, upright
from tools.standins.metadata import marked

CAMERA = marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 1, "Lễ ký")
NOTHING = Originals({})
MARK = Credit("Ảnh: Lê Văn “An” & <bạn>", "https://creativecommons.org/licenses/by/4.0/")
TYPES = {"image/jpeg": "1.jpg", "image/webp": "1.webp", "image/avif": "1.avif"}
THEME = Path(__file__).parents[2] / "themes" / "thidua" / "static"


def made(credit: Credit | None = None) -> dict[str, bytes]:
    """The files of a photo with everything in it, by name."""
    planned = Picture(240, 160, tuple(Rendition(name, t, 120, 80) for t, name in TYPES.items()), "d")
    return dict(zip(TYPES.values(), render(CAMERA, planned, 80, credit=credit), strict=True))


CLEAN = made()
KEPT = made(MARK)
ARCHIVE = archive(Heading("Lễ ký", "https://x.vn/", "", ""), [Caption("Lễ ký", None, None, None)], [CLEAN["1.jpg"]])


@pytest.mark.parametrize("name", TYPES.values())
def test_a_rendition_passes(name: str) -> None:
    assert look(name, CLEAN[name], NOTHING, credit=False) is None


@pytest.mark.parametrize("name", TYPES.values())
def test_a_clean_credit_passes_only_if_the_setting_says_so(name: str) -> None:
    assert look(name, KEPT[name], NOTHING, credit=True) is None
    assert look(name, KEPT[name], NOTHING, credit=False)


@pytest.mark.parametrize("name", TYPES.values())
def test_programs_find_the_credit_that_is_kept(name: str) -> None:
    image = opened(KEPT[name])

    assert credit_of(image.info["xmp"]) == MARK
    assert "exif" not in image.info


def test_a_credit_is_told_from_any_other_block_to_the_byte() -> None:
    assert credit_of(xmp(MARK)) == MARK
    assert credit_of(xmp(MARK) + b" ") is None
    assert is_ours(iptc(MARK))
    assert not is_ours(iptc(MARK) + b"\0\0")


def test_the_gallerys_archive_passes() -> None:
    assert look("anh/x/x.zip", ARCHIVE, NOTHING, credit=False) is None


@pytest.mark.parametrize("path", sorted(p for p in THEME.rglob("*") if p.is_file()), ids=lambda p: p.name)
def test_the_files_of_the_theme_pass(path: Path) -> None:
    assert look(path.name, path.read_bytes(), NOTHING, credit=False) is None


def segment(marker: int, payload: bytes) -> bytes:
    return CLEAN["1.jpg"][:20] + struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload + CLEAN["1.jpg"][20:]


def webp_chunk(name: bytes, body: bytes) -> bytes:
    whole = CLEAN["1.webp"] + name + struct.pack("<L", len(body)) + body
    return whole[:4] + struct.pack("<L", len(whole) - 8) + whole[8:]


def zipped(name: str, data: bytes, **options: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.comment = options.get("comment", b"")
        entry = zipfile.ZipInfo(name)
        entry.extra = options.get("extra", b"")
        packed.writestr(entry, data)
    return file.getvalue()


EXIF = opened(CAMERA).info["exif"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.jpg", CAMERA, id="an original"),
        pytest.param("a.css", CAMERA, id="an original under the name of a text"),
        pytest.param("a.jpg", segment(0xE1, EXIF), id="EXIF in a JPEG"),
        pytest.param("a.jpg", segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<x/>"), id="XMP in a JPEG"),
        pytest.param("a.jpg", segment(0xED, b"Photoshop 3.0\0"), id="IPTC in a JPEG"),
        pytest.param("a.jpg", segment(0xE2, b"ICC_PROFILE\0\1\1"), id="a profile in a JPEG"),
        pytest.param("a.jpg", segment(0xFE, b"taken at home"), id="a comment in a JPEG"),
        pytest.param("a.jpg", segment(0xEF, b"maker"), id="a maker's segment"),
        pytest.param("a.jpg", CLEAN["1.jpg"] + b"x", id="bytes behind a JPEG"),
        pytest.param("a.jpg", CLEAN["1.jpg"][:-2], id="a cut JPEG"),
        pytest.param("a.webp", encoded(upright(), "WEBP", exif=EXIF), id="EXIF in a WebP"),
        pytest.param("a.webp", webp_chunk(b"HIDE", b"serial"), id="an unknown chunk in a WebP"),
        pytest.param("a.webp", CLEAN["1.webp"] + b"x", id="bytes behind a WebP"),
        pytest.param("a.avif", encoded(upright(), "AVIF", exif=EXIF), id="EXIF in an AVIF"),
        pytest.param("a.avif", encoded(upright(), "AVIF", xmp=b"<x:xmpmeta/>"), id="XMP in an AVIF"),
        pytest.param("a.avif", encoded(upright(), "AVIF", icc_profile=swapped_profile()), id="a profile in an AVIF"),
        pytest.param("a.avif", CLEAN["1.avif"] + b"\0\0\0\x0cuuidhide", id="an unknown box in an AVIF"),
        pytest.param("a.png", encoded(upright(), "PNG", exif=EXIF), id="EXIF in a PNG"),
        pytest.param("a.png", encoded(upright(), "PNG") + b"x", id="bytes behind a PNG"),
        pytest.param("a.gif", encoded(upright(), "GIF"), id="a GIF"),
        pytest.param("a.tif", encoded(upright(), "TIFF"), id="a TIFF"),
        pytest.param("a.heic", b"\0\0\0\x18ftypheic" + bytes(20), id="a HEIC"),
        pytest.param("a.bin", b"\1\2\3" * 90 + EXIF, id="EXIF anywhere in a file of an unknown kind"),
        pytest.param("a.zip", zipped("1.jpg", CAMERA), id="an original in an archive"),
        pytest.param("a.zip", zipped("1.jpg", CLEAN["1.jpg"], comment=b"home"), id="an archive's comment"),
        pytest.param("a.zip", zipped("1.txt", b"", extra=b"\1\2\2\0ab"), id="an archive's extra field"),
        pytest.param("a.zip", ARCHIVE[:-30], id="a cut archive"),
    ],
)
def test_whatever_is_not_pixels_is_held_up(name: str, data: bytes) -> None:
    assert look(name, data, NOTHING, credit=True)


def test_no_original_passes_even_if_it_is_clean() -> None:
    originals = Originals({hashlib.sha256(CLEAN["1.jpg"]).hexdigest(): frozenset({"anh/le-ky/"})})

    for path in ("theme/a.jpg", "anh/le-ky/1.jpg"):
        assert look(path, CLEAN["1.jpg"], originals, credit=False)
    assert look("anh/le-ky/le-ky.zip", ARCHIVE, originals, credit=False)
    assert look("anh/le-ky/1.webp", CLEAN["1.webp"], originals, credit=False) is None


def test_a_published_photo_that_is_used_again_elsewhere_does_not_hold_up_its_own_gallery() -> None:
    originals = Originals({hashlib.sha256(CLEAN["1.jpg"]).hexdigest(): frozenset({"anh/dung-lai/"})})

    assert look("anh/le-ky/1.jpg", CLEAN["1.jpg"], originals, credit=False) is None
    assert look("anh/dung-lai/1.jpg", CLEAN["1.jpg"], originals, credit=False)
