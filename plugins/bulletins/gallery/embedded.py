"""The caption and the credit in the metadata of a photo's file; nothing else of the metadata is used.

Cameras, phones and picture editors write them to XMP, IPTC or EXIF, in any encoding. XMP is asked first, since its
encoding is certain, then IPTC, then EXIF. Texts that a camera writes by itself are no captions; telephone numbers and
e-mail addresses are left out (contract §4.5).
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# IPTC-IIM 4.2, record and data set: character set, by-line, credit, caption.
CHARACTER_SET, BY_LINE, CREDIT, CAPTION = (1, 90), (2, 80), (2, 110), (2, 120)
_UTF8 = b"\x1b%G"

# EXIF 2.32 and Windows: what holds words that are meant to be read.
IMAGE_DESCRIPTION, ARTIST, XP_TITLE, XP_AUTHOR = 0x010E, 0x013B, 0x9C9B, 0x9C9D
_UTF16_TAGS = frozenset({XP_TITLE, XP_AUTHOR})

# More than anybody writes below a photo; what is longer was not written for readers.
LONGEST = 1000
_LARGEST_XMP = 1_000_000

# The whole of what cameras and programs write by themselves; a company's name alone makes no camera's words:
# “Samsung Việt Nam trao 20 máy tính” is a caption.
_BY_THE_CAMERA = re.compile(
    r"(?i)(?:(?:olympus|sony|minolta|konica(?: minolta)?|samsung|kodak|nikon|casio|canon|fujifilm|panasonic|apple|"
    r"huawei|xiaomi|oppo|vivo|realme|iphone|hp)"
    r"(?: [\w-]*\d[\w-]*| digital| still| camera| pictures?| dsc| corporation| iphone)*|"
    r"digital (?:still )?camera|camera pictures?|exif[_ ]jpeg.*|dcf ?[\d.]*|dcim.*|default|untitled[\w -]*|null|none|"
    r"unknown|user|admin|administrator|owner|author|windows user|microsoft office user|picasa|adobe photoshop.*|"
    r"adobe lightroom.*|photoshop.*|gimp.*|canva|processed with .*|created (?:with|by) .*|edited (?:with|by) .*|"
    r"screenshot.*|oznor.*|cof|dav|sdr|mde|hdr|burst|edf|rbt|"
    r"(?:img|dsc|dscn|dscf|pict?|photo|image|anh|ảnh|mvi|pxl)[_ -]?\d.*|[^ ]*\d{5}[^ ]*|https?:.*|"
    r".*\.(?:jpe?g|png|heic|tiff?|webp|gif|psd|docx?))"
)
_MAIL = re.compile(r"[^\s<>()@]{1,64}@[^\s<>()@]{1,255}")
_TELEPHONE = re.compile(r"(?<![\w/])(?:\+\s?84|0)[\d .()-]{7,14}\d(?![\w/])")


@dataclass(frozen=True, slots=True)
class MetadataBlocks:
    """The metadata of a file, as far as it may hold words: raw XMP, IPTC data sets, EXIF values."""

    xmp: bytes = b""
    iptc: Mapping[tuple[int, int], Iterable[bytes]] = field(default_factory=dict)
    exif: Mapping[int, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """A photo's caption and credit; `None` where the file has none worth showing."""

    caption: str | None = None
    credit: str | None = None


def embedded_text(blocks: MetadataBlocks) -> EmbeddedText:
    """The caption and the credit of a file. Damaged metadata counts as none."""
    xmp = _of_xmp(blocks.xmp)
    caption = [*xmp.get("caption", ()), *_of_iptc(blocks.iptc, CAPTION)]
    caption += _of_exif(blocks.exif, IMAGE_DESCRIPTION, XP_TITLE)
    credit = [*xmp.get("credit", ()), *_of_iptc(blocks.iptc, BY_LINE, CREDIT)]
    credit += _of_exif(blocks.exif, ARTIST, XP_AUTHOR)
    return EmbeddedText(
        next((text for text in map(_clean, caption) if _is_a_caption(text)), None),
        next((text for text in map(_clean, credit) if text and not _BY_THE_CAMERA.fullmatch(text)), None),
    )


def decoded(data: bytes) -> str:
    """Text whose encoding nobody states: UTF-8 (even if encoded twice), Vietnamese windows-1258, or Western."""
    try:
        return _once(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _vietnamese(data) or data.decode("cp1252", errors="ignore")


def _once(text: str) -> str:
    """UTF-8 that some program took for Western letters and encoded again, put right."""
    for western in ("latin-1", "cp1252"):
        try:
            return text.encode(western).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _vietnamese(data: bytes) -> str | None:
    """The text by windows-1258, if that makes Vietnamese of it: every tone mark stands on a vowel."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    has_marks = any("\u1ea0" <= letter <= "\u1ef9" or letter in "ăđơưĂĐƠƯ" for letter in text)
    return text if has_marks and not any(map(unicodedata.combining, text)) else None


def _clean(text: str) -> str:
    """One line in NFC without control characters, telephone numbers and e-mail addresses; nothing if too long."""
    if len(text) > 2 * LONGEST:
        # Before any pattern is tried: what others wrote may be as long as a file.
        return ""
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cs") else c for c in text)
    seen = _TELEPHONE.sub("", _MAIL.sub("", seen))
    seen = " ".join(unicodedata.normalize("NFC", seen).split())
    return seen if len(seen) <= LONGEST and "\ufffd" not in seen else ""


def _is_a_caption(text: str) -> bool:
    """Whether a person wrote it: of several words, and nothing that cameras and programs put there."""
    return " " in text and not _BY_THE_CAMERA.fullmatch(text) and any(map(str.isalpha, text))


def _of_iptc(data_sets: Mapping[tuple[int, int], Iterable[bytes]], *wanted: tuple[int, int]) -> Iterator[str]:
    declared = b"".join(data_sets.get(CHARACTER_SET, ()))
    for key in wanted:
        for value in data_sets.get(key, ()):
            yield value.decode("utf-8", errors="replace") if declared == _UTF8 and _is_utf8(value) else decoded(value)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _of_exif(values: Mapping[int, object], *wanted: int) -> Iterator[str]:
    for tag in wanted:
        value = values.get(tag)
        raw = bytes(value) if isinstance(value, tuple) and all(_is_byte(part) for part in value) else value
        if isinstance(raw, str):
            # Pillow reads ASCII fields as Latin-1, which keeps every byte.
            raw = raw.encode("latin-1", errors="ignore")
        if isinstance(raw, bytes):
            text = raw.decode("utf-16-le", errors="ignore") if tag in _UTF16_TAGS else decoded(raw.rstrip(b"\0"))
            yield text.replace("\0", " ")


def _is_byte(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < 256


def _of_xmp(packet: bytes) -> dict[str, list[str]]:
    """Captions and credits of an XMP packet, the Vietnamese ones first."""
    root = _tree(packet)
    if root is None:
        return {}
    title = [*_values(root, f"{_DC}description"), *_values(root, f"{_PHOTOSHOP}Headline")]
    credit = [*_values(root, f"{_DC}creator"), *_values(root, f"{_PHOTOSHOP}Credit")]
    return {"caption": title, "credit": credit}


def _tree(packet: bytes) -> ElementTree.Element | None:
    """The packet as XML; one that declares entities could be made to grow without end, and no program writes such."""
    begin, end = packet.find(b"<x:xmpmeta"), packet.rfind(b"</x:xmpmeta>")
    if len(packet) > _LARGEST_XMP or b"<!" in packet or begin < 0 or end < 0:
        return None
    try:
        return ElementTree.fromstring(packet[begin : end + len(b"</x:xmpmeta>")])
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _values(root: ElementTree.Element, name: str) -> list[str]:
    """The texts of a property, written as an attribute, an element, or a list of alternatives by language."""
    texts = [(1, of.get(name, "")) for of in root.iter(f"{_RDF}Description")]
    for element in root.iter(name):
        items = list(element.iter(f"{_RDF}li")) or [element]
        texts += [(0 if (item.get(_LANGUAGE) or "").startswith("vi") else 1, item.text or "") for item in items]
    return [_once(text) for _, text in sorted(texts, key=lambda pair: pair[0]) if text.strip()]
