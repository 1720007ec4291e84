"""Pictures damaged as copying, sending and bad disks damage them, and whether any is used though a reader sees it.

Seeded, so that it is the same for everybody. `python -m tests.gallery.damage 300` counts what comes of as many.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageStat

from bulletins.gallery.images import UnreadableImage, measure

FORMATS: tuple[tuple[str, dict[str, object]], ...] = (
    ("JPEG", {"quality": 85}),
    ("JPEG", {"quality": 85, "progressive": True}),
    ("JPEG", {"quality": 92, "subsampling": "4:4:4", "restart_marker_rows": 2}),
    ("PNG", {}),
    ("GIF", {}),
    ("WEBP", {"quality": 80}),
    ("WEBP", {"lossless": True}),
    ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", {"compression": "tiff_adobe_deflate"}),
    ("AVIF", {"quality": 70}),
)
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"\0\0\0\0IEND\xaeB`\x82", "GIF": b"\0;"}


class Damaged(NamedTuple):
    """A file, how it was damaged, and the picture it was made of."""

    name: str
    data: bytes
    whole: bytes


def picture(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Coloured shapes without order: every part of it differs, so that no loss goes unseen."""
    rough = Image.frombytes("RGB", (20, 15), random.Random(seed).randbytes(900))
    return rough.resize(size, Image.Resampling.BICUBIC)


def encoded(seed: int, file_format: str, options: dict[str, object]) -> bytes:
    """The picture's file."""
    file = BytesIO()
    picture(seed).save(file, file_format, **options)
    return file.getvalue()


def damaged(count: int) -> Iterator[Damaged]:
    """As many damaged files, of every format in turn: cut, cut and closed, bits flipped, spliced, holes of zeros."""
    for n in range(count):
        file_format, options = FORMATS[n % len(FORMATS)]
        dice = random.Random(n)
        whole = encoded(n, file_format, options)
        kind = ("cut", "closed", "flip", "splice", "hole")[n // len(FORMATS) % 5]
        at = dice.randrange(len(whole) // 4, len(whole) * 19 // 20)
        data = {
            "cut": whole[:at],
            "closed": whole[:at] + _ENDS.get(file_format, b""),
            "flip": whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :],
            "splice": whole[:at] + encoded(n + 1, file_format, options)[at:],
            "hole": whole[:at] + bytes(min(512, len(whole) - at)) + whole[at + 512 :],
        }[kind]
        yield Damaged(f"{n:04} {kind} {file_format} {options}", data, whole)


def is_visible(file: Damaged) -> bool:
    """Whether what Pillow shows of it differs by more than a shade from the whole picture, somewhere."""
    with Image.open(BytesIO(file.data)) as seen, Image.open(BytesIO(file.whole)) as meant:
        difference = ImageChops.difference(seen.convert("RGB"), meant.convert("RGB")).resize(
            (40, 30), Image.Resampling.BOX
        )
    return max(high for _, high in ImageStat.Stat(difference).extrema) > 24


def used(data: bytes) -> bool:
    """Whether the gallery takes the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        path.write_bytes(data)
        try:
            measure(path, 10_000_000)
        except UnreadableImage:
            return False
    return True


def main(count: int) -> None:
    """Print what came of the damaged ones and of as many whole ones."""
    results: Counter[str] = Counter()
    for file in damaged(count):
        result = "refused" if not used(file.data) else "used, seen" if is_visible(file) else "used, not seen"
        results[result] += 1
        if result == "used, seen":
            print(file.name)
    results["whole, refused"] = sum(not used(encoded(n, *FORMATS[n % len(FORMATS)])) for n in range(count))
    print(dict(results))


if __name__ == "__main__":
    main(int(sys.argv[1]))
