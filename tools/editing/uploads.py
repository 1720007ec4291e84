"""Files that are uploaded, photos and attachments: taken for what their bytes are, under names any system holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from bulletins.reading.attachments import LARGEST as LARGEST_ATTACHMENT
from bulletins.reading.attachments import TYPES, look
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


class Refused(Exception):
    """A file that is not taken; the message says why, to whoever sent it."""


def picture_ending(name: str, data: bytes) -> str:
    """The ending of a picture's name, by what the file is. Raises `Refused` where it is no picture."""
    _refuse_large(name, data, LARGEST, "hãy thu nhỏ ảnh rồi tải lại")
    for signature, end in _SIGNATURES:
        if signature.match(data):
            return end
    raise Refused(f"“{name}” không phải tệp ảnh (JPEG, PNG, WebP, GIF, TIFF, HEIC, AVIF), dù tên có thể giống ảnh.")


def attachment_ending(name: str, data: bytes) -> str:
    """The ending of an attachment's name, by what the file is. Raises `Refused` for what may not be attached."""
    _refuse_large(name, data, LARGEST_ATTACHMENT, "hãy chia nhỏ, hoặc xuất PDF nhẹ hơn")
    ending = Path(name).suffix.lower()
    content = look(data, ending)
    if content.ending is None or content.ending != ending:
        raise Refused(f"“{name}” không đính kèm được: chỉ nhận {', '.join(TYPES)}, đúng với nội dung bên trong.")
    if content.runs:
        raise Refused(
            f"“{name}” có phần tự chạy (macro, JavaScript), không đưa lên trang; hãy lưu lại không kèm phần ấy."
        )
    return ending


def _refuse_large(name: str, data: bytes, most: int, mend: str) -> None:
    if len(data) > most:
        raise Refused(f"“{name}” lớn hơn {most // 1_000_000} MB; {mend}.")


def safe_name(name: str, ending: str, taken: Collection[str]) -> str:
    """A name for the file, of a-z, 0-9 and hyphens, that nothing beside it has. Raises `Refused`."""
    stem = Path(name).stem
    if _RESERVED.fullmatch(name) or _RESERVED.fullmatch(stem):
        raise Refused(f"“{name}”: Windows không cho đặt tên tệp như vậy; hãy đổi tên rồi tải lại.")
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(stem)))[:60].strip("-") or "tep"
    used = {candidate.casefold() for candidate in taken}
    names = (f"{plain}{ending}" if n == 1 else f"{plain}-{n}{ending}" for n in range(1, 10_000))
    return next(candidate for candidate in names if candidate not in used)


def keep(folder: Path, name: str, data: bytes, taken: Collection[str], ending_of: Callable[[str, bytes], str]) -> str:
    """Write the file beside its bulletin; its name there. Raises `Refused`, and OSError where it cannot be written."""
    shown = own_name(name)
    safe = safe_name(shown, ending_of(shown, data), taken)
    replace(folder / safe, data)
    return safe


def own_name(name: str) -> str:
    """A file's name as its sender calls it, without the folders that some browsers put before it."""
    return name.replace("\\", "/").rpartition("/")[2]
