"""Rules of photos: captions and descriptions that say something, and no picture left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.mistakes import Mistake
from bulletins.reading.photos import PICTURES
from bulletins.reading.rules import messages
from bulletins.reading.rules.checked import Checked
from bulletins.vietnamese.folding import nfc

_SAYS_NOTHING = re.compile(
    r"(?:ảnh|hình|hình ảnh|hình minh họa|photo|image)(?: (?:số )?[0-9]+)?[.:]?|[\w()-]+\.(?:jpe?g|png|webp|gif|heic)"
    r"|(?:img|dsc|dscn|dji|pxl|anh|image|photo)[_ -]?[0-9_()-]*",
    re.IGNORECASE,
)


def same_caption(checked: Checked) -> Iterator[Mistake]:
    """P2."""
    first: dict[str, int] = {}
    for n, photo in enumerate(checked.bulletin.photos_listed):
        if photo.caption and first.setdefault(photo.caption, n) != n:
            yield checked.at(("photos", n, "caption"), messages.SAME_CAPTION, n=first[photo.caption] + 1)


def no_description(checked: Checked) -> Iterator[Mistake]:
    """P3."""
    for n, photo in enumerate(checked.bulletin.photos_listed):
        if _SAYS_NOTHING.fullmatch(photo.alt) or photo.alt == photo.file.rpartition(".")[0]:
            yield checked.at(("photos", n, "alt"), messages.NO_DESCRIPTION, alt=photo.alt)


def same_id(checked: Checked) -> Iterator[Mistake]:
    """P8."""
    first: dict[str, int] = {}
    for n, photo in enumerate(checked.bulletin.photos_listed):
        if first.setdefault(photo.photo_id, n) != n:
            where = ("photos", n, "id" if photo.id else "file")
            yield checked.at(where, messages.SAME_PHOTO_ID, id=photo.photo_id, n=first[photo.photo_id] + 1)


def not_used(checked: Checked) -> Iterator[Mistake]:
    """P5."""
    listed = {nfc(photo.file) for photo in checked.bulletin.photos_listed}
    for file in checked.files:
        if file.lower().endswith(PICTURES) and nfc(file) not in listed:
            yield checked.tree.mistake_in_key(("photos",), messages.NOT_USED, file=nfc(file))
