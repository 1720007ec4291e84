"""The archive of a gallery: every photo of a bulletin in one ZIP file, with captions and credits as text and as data.

The same photos give the same bytes: times are fixed, nothing is compressed (pictures are already), names are plain.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

CAPTIONS, DATA = "chu-thich.txt", "chu-thich.json"
# The earliest time that a ZIP file can hold (APPNOTE 6.3.10, 4.4.6).
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class Caption(NamedTuple):
    """A photo's entry in the list of captions; `None` for what no editor states."""

    alt: str
    caption: str | None
    credit: str | None
    license: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What the list of captions begins with: the bulletin's title and page, the site's licence and attribution."""

    title: str
    address: str
    license: str
    attribution: str

    @property
    def digest(self) -> str:
        return sha256(repr((self.title, self.address, self.license, self.attribution)).encode()).hexdigest()


def name(n: int, count: int) -> str:
    """The name of photo `n` of `count` in an archive; names sort as the photos stand."""
    return f"anh-{n:0{max(2, len(str(count)))}}.jpg"


def archive(heading: Heading, captions: Sequence[Caption], jpegs: Iterable[bytes]) -> bytes:
    """The bytes of the archive; `jpegs` are the photos in the order of their captions, taken one by one."""
    file = BytesIO()
    names = [name(n, len(captions)) for n in range(1, len(captions) + 1)]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(_entry(CAPTIONS), "\n".join(_captions_text(heading, captions, names)).encode())
        packed.writestr(_entry(DATA), _data(heading, captions, names))
        for file_name, jpeg in zip(names, jpegs, strict=True):
            packed.writestr(_entry(file_name), jpeg)
    return file.getvalue()


def _entry(file_name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(file_name, _NO_TIME)
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry


def _captions_text(heading: Heading, captions: Sequence[Caption], names: Sequence[str]) -> Iterator[str]:
    yield from (heading.title, heading.address)
    yield from (line for line in (heading.attribution, heading.license) if line)
    for file_name, caption in zip(names, captions, strict=True):
        yield from ("", file_name, caption.caption or caption.alt)
        yield from (f"Ảnh: {caption.credit}" for _ in [0] if caption.credit)
        yield from (f"Giấy phép: {caption.license}" for _ in [0] if caption.license)
    yield ""


def _data(heading: Heading, captions: Sequence[Caption], names: Sequence[str]) -> bytes:
    photos = [{"file": file, **caption._asdict()} for file, caption in zip(names, captions, strict=True)]
    whole = {"title": heading.title, "url": heading.address, "attribution": heading.attribution or None}
    whole |= {"license": heading.license or None}
    return (json.dumps({**whole, "photos": photos}, ensure_ascii=False, indent=2) + "\n").encode()
