"""Photos that are uploaded: taken for what their bytes are, under a name that every system can hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from bulletins.vietnamese.folding import fold
from bulletins.writing.saving import replace

LARGEST = 40_000_000
"""Bytes of one photo."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"(?:II\*\x00|MM\x00\*)"), ".tif"),
    (re.compile(rb"....ftyp(?:heic|heix|mif1|msf1)", re.DOTALL), ".heic"),
    (re.compile(rb"....ftypavif", re.DOTALL), ".avif"),
)


class NoPhoto(Exception):
    """A file that is not taken; the message says why, to whoever sent it."""


def ending(data: bytes) -> str | None:
    """The ending of a picture's name, by what it is; None if it is no picture."""
    return next((end for signature, end in _SIGNATURES if signature.match(data)), None)


def safe_name(name: str, data: bytes, taken: Collection[str]) -> str:
    """A name for the photo, of a-z, 0-9 and hyphens, that nothing beside it has. Raises `NoPhoto`."""
    shown = name.replace("\\", "/").rpartition("/")[2]
    if len(data) > LARGEST:
        raise NoPhoto(f"“{shown}” lớn hơn {LARGEST // 1_000_000} MB; hãy thu nhỏ ảnh rồi tải lại.")
    end = ending(data)
    if end is None:
        raise NoPhoto(
            f"“{shown}” không phải tệp ảnh (JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF), dù tên có thể giống ảnh."
        )
    stem = Path(shown).stem
    if _RESERVED.fullmatch(shown) or _RESERVED.fullmatch(stem):
        raise NoPhoto(f"“{shown}”: Windows không cho đặt tên tệp như vậy; hãy đổi tên ảnh rồi tải lại.")
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(stem)))[:60].strip("-") or "anh"
    used = {candidate.casefold() for candidate in taken}
    names = (f"{plain}{end}" if n == 1 else f"{plain}-{n}{end}" for n in range(1, 10_000))
    return next(candidate for candidate in names if candidate not in used)


def keep(folder: Path, name: str, data: bytes, taken: Collection[str]) -> str:
    """Write the photo beside its bulletin; its name there. Raises `NoPhoto`, and OSError where it cannot be written."""
    safe = safe_name(name, data, taken)
    replace(folder / safe, data)
    return safe
