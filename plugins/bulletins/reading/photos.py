"""Photos an author did not list one by one: `photos: auto`, and descriptions that stand in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bulletins.mistakes import Mistake
from bulletins.reading import messages
from bulletins.reading.drafts import is_draft_status
from bulletins.reading.file_names import meant
from bulletins.reading.frontmatter import Tree
from bulletins.vietnamese.folding import nfc

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".bmp")
AUTO = "auto"
UNDESCRIBED = "Ảnh chưa có mô tả"
"""What stands for a description in a draft: nobody but its author sees it."""

_PLACED = re.compile(
    r"^ {0,3}!\[(?P<alt>[^\]\n]*)\]\((?P<file>[^\n]*?)(?:[ \t]\"(?P<caption>[^\"\n]*)\")?\)[ \t]*$",
    re.MULTILINE,
)
_DIGITS = re.compile(r"([0-9]+)")


def placed_file(typed: str, files: Collection[str]) -> str:
    """The name of a file as it is typed in `![…](…)`: in angle brackets or not, with `%20` for a blank or not."""
    name = typed.strip()
    return meant(name, files) if nfc(name) in files else meant(name.removeprefix("<").removesuffix(">"), files)


def described(tree: Tree, text: str, files: Mapping[str, Path]) -> tuple[Mistake, ...]:
    """Complete the photos of a bulletin's tree: `auto` by all pictures beside it, in the order a person counts them;
    missing descriptions and captions by those that stand in the text, as `![description](file "caption")`.

    Gives what is wrong: no picture for `auto`, or one of them without a description.
    """
    if not isinstance(tree.data, dict) or not tree.data.get("photos"):
        return ()
    is_auto = tree.data["photos"] == AUTO
    if is_auto:
        tree.data["photos"] = [{"file": file} for file in _pictures(files)]
        if not tree.data["photos"]:
            return (tree.mistake(("photos",), messages.NO_PHOTOS),)
    there = {nfc(file) for file in files}
    placed = {placed_file(match["file"], there): match for match in _PLACED.finditer(text)} if "![" in text else {}
    _complete(tree.data, placed)
    without = [photo for photo in tree.data["photos"] if "alt" not in photo] if is_auto else []
    for photo in without:
        photo["alt"] = UNDESCRIBED
    files_without = ", ".join(photo["file"] for photo in without)
    return (tree.mistake(("photos",), messages.NO_ALT_OF_AUTO, files=files_without),) if without else ()


def _pictures(files: Mapping[str, Path]) -> list[str]:
    return sorted((nfc(file) for file in files if file.lower().endswith(PICTURES)), key=_as_counted)


def _as_counted(file: str) -> list[tuple[int, int, str]]:
    """`anh-2` before `anh-10`: digits by value."""
    parts = _DIGITS.split(file.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _complete(data: dict[str, Any], placed: Mapping[str, re.Match[str]]) -> None:
    photos = data["photos"] if isinstance(data["photos"], list) else [data["photos"]]
    is_draft = is_draft_status(data.get("status"))
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
