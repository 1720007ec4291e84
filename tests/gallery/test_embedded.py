"""A photo's caption and credit are found in its metadata, in Vietnamese and whole, and nothing else of it is."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from bulletins.gallery.embedded import (
    ARTIST,
    BY_LINE,
    CAPTION,
    CHARACTER_SET,
    CREDIT,
    IMAGE_DESCRIPTION,
    XP_AUTHOR,
    XP_TITLE,
    EmbeddedText,
    MetadataBlocks,
    embedded_text,
)
from bulletins.gallery.images import measure
from tests.gallery.photos import encoded, upright
from tools.standins.metadata import COMMENT, marked

SAID = "Đại biểu các đơn vị ký kết giao ước thi đua"
WHO = "Nguyễn Thị Ủy"
UTF8 = {CHARACTER_SET: [b"\x1b%G"]}


def xmp(inside: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        f'xmlns:exif="http://ns.adobe.com/exif/1.0/" {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def description(text: str, language: str = "x-default") -> str:
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="{language}">{text}</rdf:li></rdf:Alt></dc:description>'


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(MetadataBlocks(xmp=xmp(description(SAID))), id="XMP"),
        pytest.param(MetadataBlocks(xmp=xmp("", f'photoshop:Headline="{SAID}"')), id="XMP as an attribute"),
        pytest.param(MetadataBlocks(iptc={**UTF8, CAPTION: [SAID.encode()]}), id="IPTC that declares UTF-8"),
        pytest.param(MetadataBlocks(iptc={CAPTION: [SAID.encode()]}), id="IPTC that declares nothing"),
        pytest.param(
            MetadataBlocks(iptc={CAPTION: [SAID.encode().decode("latin-1").encode()]}), id="UTF-8 encoded twice"
        ),
        pytest.param(
            MetadataBlocks(exif={IMAGE_DESCRIPTION: SAID.encode().decode("latin-1")}), id="EXIF as Pillow reads it"
        ),
        pytest.param(MetadataBlocks(exif={IMAGE_DESCRIPTION: SAID.encode() + b"\0"}), id="EXIF as bytes"),
        pytest.param(MetadataBlocks(exif={XP_TITLE: SAID.encode("utf-16-le") + b"\0\0"}), id="Windows"),
        pytest.param(MetadataBlocks(exif={XP_TITLE: tuple(SAID.encode("utf-16-le"))}), id="Windows, as numbers"),
        pytest.param(
            MetadataBlocks(xmp=b"<x:xmpmeta damaged", iptc={CAPTION: [SAID.encode()]}), id="damaged XMP, then IPTC"
        ),
    ],
)
def test_a_caption_is_read_wherever_and_however_it_is_kept(blocks: MetadataBlocks) -> None:
    assert embedded_text(blocks).caption == SAID


def test_vietnamese_of_old_windows_programs_is_read() -> None:
    # windows-1258 writes the tone after the vowel.
    data = "Lê\u0303 ky\u0301 giao ươ\u0301c".encode("cp1258")

    assert embedded_text(MetadataBlocks(iptc={CAPTION: [data]})).caption == "Lễ ký giao ước"


def test_western_text_of_old_programs_stays_as_it_was() -> None:
    assert embedded_text(
        MetadataBlocks(iptc={CAPTION: ["Cérémonie de signature à Hanoï".encode("latin-1")]})
    ).caption == ("Cérémonie de signature à Hanoï")


def test_a_decomposed_caption_is_composed() -> None:
    assert embedded_text(MetadataBlocks(xmp=xmp(description("Le\u0302\u0303 ky\u0301")))).caption == "Lễ ký"


def test_vietnamese_stands_before_other_languages() -> None:
    both = '<rdf:li xml:lang="x-default">Signing ceremony</rdf:li><rdf:li xml:lang="vi-VN">Lễ ký</rdf:li>'
    packet = xmp(f"<dc:description><rdf:Alt>{both}</rdf:Alt></dc:description>")

    assert embedded_text(MetadataBlocks(xmp=packet)).caption == "Lễ ký"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            MetadataBlocks(xmp=xmp(f"<dc:creator><rdf:Seq><rdf:li>{WHO}</rdf:li></rdf:Seq></dc:creator>")), id="XMP"
        ),
        pytest.param(MetadataBlocks(iptc={**UTF8, BY_LINE: [WHO.encode()]}), id="IPTC by-line"),
        pytest.param(MetadataBlocks(iptc={**UTF8, CREDIT: [WHO.encode()]}), id="IPTC credit"),
        pytest.param(MetadataBlocks(exif={ARTIST: WHO.encode().decode("latin-1")}), id="EXIF"),
        pytest.param(MetadataBlocks(exif={XP_AUTHOR: WHO.encode("utf-16-le")}), id="Windows"),
    ],
)
def test_a_credit_is_read_wherever_it_is_kept(blocks: MetadataBlocks) -> None:
    assert embedded_text(blocks) == EmbeddedText(None, WHO)


@pytest.mark.parametrize(
    "text",
    ["OLYMPUS DIGITAL CAMERA", "SAMSUNG CAMERA PICTURES", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG", "DSC_0417",
     "IMG_2024 hội nghị.jpg", "dav", "Screenshot 2024", "    ", "12 34", "x" * 2000],
)  # fmt: skip
def test_what_a_camera_writes_by_itself_is_no_caption(text: str) -> None:
    assert embedded_text(MetadataBlocks(exif={IMAGE_DESCRIPTION: text})).caption is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lễ ký, liên hệ 0912 345 678", "Lễ ký, liên hệ"),
        ("Lễ ký (+84 24 3943 1234)", "Lễ ký ()"),
        ("Lễ ký, anh@vp.example.vn gửi", "Lễ ký, gửi"),
        ("Lễ ký năm 2023, khối 5", "Lễ ký năm 2023, khối 5"),
        ("Lễ ký\r\nnăm\t2023\x07", "Lễ ký năm 2023"),
    ],
)
def test_telephone_numbers_mail_addresses_and_control_characters_are_left_out(text: str, kept: str) -> None:
    assert embedded_text(MetadataBlocks(xmp=xmp(""), iptc={CAPTION: [text.encode()]})).caption == kept


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + xmp("<dc:description>&b;</dc:description>"),
            id="entities",
        ),
        pytest.param(b"<x:xmpmeta" + b"<a>" * 200_000 + b"</x:xmpmeta>", id="deep"),
        pytest.param(b"\xff\xfe" + xmp(description(SAID)).decode().encode("utf-16-le"), id="UTF-16"),
    ],
)
def test_hostile_metadata_is_no_metadata(packet: bytes) -> None:
    assert embedded_text(MetadataBlocks(xmp=packet)) == EmbeddedText()


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_words_of_a_file_are_measured_with_it(file_format: str, tmp_path: Path) -> None:
    path = tmp_path / "anh"
    exif = Image.Exif()
    exif[IMAGE_DESCRIPTION] = SAID.encode()
    path.write_bytes(encoded(upright(), file_format, exif=exif))

    assert measure(path, 10**6).caption == SAID


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "AVIF"])
def test_the_xmp_of_a_file_is_asked_first(file_format: str, tmp_path: Path) -> None:
    path, exif = tmp_path / "anh", Image.Exif()
    exif[IMAGE_DESCRIPTION] = "Chú thích khác"
    path.write_bytes(encoded(upright(), file_format, exif=exif, xmp=xmp(description(SAID))))

    assert measure(path, 10**6).caption == SAID


def test_comments_places_and_serial_numbers_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "anh.jpg"
    path.write_bytes(marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 1, SAID))
    measured = measure(path, 10**6)

    assert (measured.caption, measured.credit) == (SAID, "Ảnh minh họa")
    assert COMMENT not in repr(measured)


def test_a_photo_whose_caption_is_there_and_empty_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "anh.jpg"
    path.write_bytes(marked(encoded(upright(), "JPEG"), encoded(upright(60, 40), "JPEG"), 1, ""))
    measured = measure(path, 10**6)

    assert (measured.caption, measured.credit) == (None, "Ảnh minh họa")


def test_the_colour_is_the_most_common_one(tmp_path: Path) -> None:
    path = tmp_path / "anh.png"
    image = Image.new("RGB", (100, 100), (200, 20, 30))
    image.paste((250, 250, 250), (0, 0, 100, 20))
    file = BytesIO()
    image.save(file, "PNG")
    path.write_bytes(file.getvalue())

    assert measure(path, 10**6).colour == "#c8141e"


@pytest.mark.parametrize(
    "text", ["Samsung Việt Nam trao 20 máy tính cho trường", "Ảnh lưu niệm của Khối 5", "Sony Việt Nam ký giao ước"]
)
def test_a_company_in_a_caption_makes_it_no_words_of_a_camera(text: str) -> None:
    assert embedded_text(MetadataBlocks(xmp=xmp(description(text)))).caption == text


@pytest.mark.parametrize("text", ["unknown", "Picasa", "Admin", "Adobe Photoshop 7.0", "DCF 1.0", "null", "anh1.jpg"])
def test_what_a_program_writes_as_owner_is_no_credit(text: str) -> None:
    assert embedded_text(MetadataBlocks(exif={ARTIST: text})).credit is None


@pytest.mark.parametrize("piece", ["a", "a-", "a@", "@.", "0 ", "0912", "Samsung ", "1" * 5 + " ", "img", "."])
def test_no_text_of_a_file_however_long_costs_more_than_its_length(piece: str) -> None:
    began = process_time()
    embedded_text(MetadataBlocks(xmp(description(piece * 100_000)), exif={IMAGE_DESCRIPTION: piece * 100_000}))
    embedded_text(MetadataBlocks(exif={ARTIST: (piece * 2000)[:1999]}))

    # Linear: some hundredths of a second; the square of it would be minutes.
    assert process_time() - began < 5
