"""Photos an author did not list one by one: `photos: auto`, and descriptions that stand in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bulletins.reading import messages
from bulletins.reading.frontmatter import Malformed, Tree
from bulletins.vietnamese.folding import nfc

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp")
AUTO = "auto"
UNDESCRIBED = "Ảnh chưa có mô tả"
"""What stands for a description in a draft: nobody but its author sees it."""

_PLACED = re.compile(
    r"^ {0,3}!\[(?P<alt>[^\]\n]*)\]\((?P<file>[^)\s]+)(?: +\"(?P<caption>[^\"\n]*)\")?\)[ \t]*$", re.MULTILINE
)
_DIGITS = re.compile(r"([0-9]+)")


def described(tree: Tree, text: str, files: Mapping[str, Path]) -> None:
    """Complete the photos of a bulletin's tree: `auto` by all pictures beside it, in the order a person counts them;
    missing descriptions and captions by those that stand in the text, as `![description](file "caption")`.

    Raises `Malformed` if there is no picture for `auto`, or one of them has no description.
    """
    if not isinstance(tree.data, dict) or not tree.data.get("photos"):
        return
    is_auto = tree.data["photos"] == AUTO
    if is_auto:
        tree.data["photos"] = [{"file": file} for file in _pictures(files)]
        if not tree.data["photos"]:
            raise Malformed(tree.mistake(("photos",), messages.NO_PHOTOS))
    _complete(tree.data, {nfc(match["file"]): match for match in _PLACED.finditer(text)} if "![" in text else {})
    without = [photo["file"] for photo in tree.data["photos"] if "alt" not in photo] if is_auto else []
    if without:
        raise Malformed(tree.mistake(("photos",), messages.NO_ALT_OF_AUTO, files=", ".join(without)))


def _pictures(files: Mapping[str, Path]) -> list[str]:
    return sorted((nfc(file) for file in files if file.lower().endswith(PICTURES)), key=_as_counted)


def _as_counted(file: str) -> list[tuple[int, int, str]]:
    """`anh-2` before `anh-10`: digits by value."""
    parts = _DIGITS.split(file.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _complete(data: dict[str, Any], placed: Mapping[str, re.Match[str]]) -> None:
    photos = data["photos"] if isinstance(data["photos"], list) else [data["photos"]]
    is_draft = data.get("status") == "draft"
    for photo in photos:
        if not isinstance(photo, dict) or not isinstance(photo.get("file"), str):
            continue
        match = placed.get(nfc(photo["file"]))
        if not photo.get("alt") and match and match["alt"].strip():
            photo["alt"] = match["alt"].strip()
        if not photo.get("caption") and match and match["caption"]:
            photo["caption"] = match["caption"].strip()
        if not photo.get("alt") and is_draft:
            photo["alt"] = UNDESCRIBED
