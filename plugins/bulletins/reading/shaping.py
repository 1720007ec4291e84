"""The tree of a text as pages need it: headings with addresses, lists with their own numbers and letters, tables.

Pure functions over the tree that python-markdown makes; nothing here knows Markdown or files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from bulletins.vietnamese.folding import fold

HEADINGS = {"h1": "h2", "h4": "h4", "h5": "h4", "h6": "h4"}
"""The page has the only h1, and nothing is below h4."""

OF_PAGES = frozenset({
    "bai-viet", "bo-anh", "cham-diem", "chi-dao", "chi-tieu", "da-sua", "giao-uoc", "lanh-dao", "loc", "nguoi-du",
    "nguon", "noi-dung", "phong-trao", "sap-toi", "tep-dinh-kem", "thong-tin", "tim", "van-ban",
})  # fmt: skip
"""Ids that pages with a text use themselves: no heading of a text takes one."""

AS_TYPED = "as-typed"
"""The class of a list that shows its marks as they were typed: letters such as “đ)” no browser counts by itself."""

_LETTER = re.compile(r"([a-zđ])\) ")
_NO_ID = re.compile(r"[^a-z0-9]+")
_ALIGNED = re.compile(r"text-align:\s*(center|right)")


def shape(root: Element, numbers: Sequence[int]) -> None:
    """Give a text's tree its addresses and marks; `numbers` are those typed before the items of numbered lists."""
    _address_headings(root)
    _number_items(root, numbers)
    for element in root.iter():
        if element.tag in ("td", "th"):
            _align(element)
        elif element.tag == "ul":
            _letter(element)


def addresses(root: Element) -> set[str]:
    """Every id of the tree: what a link such as `#ket-qua` can lead to."""
    return {element.attrib["id"] for element in root.iter() if "id" in element.attrib}


def _address_headings(root: Element) -> None:
    taken: set[str] = set()
    for element in root.iter():
        element.tag = HEADINGS.get(element.tag, element.tag)
        if element.tag in ("h2", "h3", "h4"):
            slug = _NO_ID.sub("-", fold("".join(element.itertext()))).strip("-")[:60].strip("-") or "muc"
            element.set("id", _free(slug, taken))
            taken.add(element.attrib["id"])


def _free(slug: str, taken: set[str]) -> str:
    if slug not in taken and slug not in OF_PAGES:
        return slug
    return next(name for n in range(2, len(taken) + 3) if (name := f"{slug}-{n}") not in taken)


def _number_items(root: Element, numbers: Sequence[int]) -> None:
    """Items keep the numbers they were typed with; where lines and tree tell another count, the browser counts."""
    items = list(_numbered(root))
    if len(items) != len(numbers):
        return
    expected = 0
    for (item, is_first), number in zip(items, numbers, strict=True):
        if not is_first and number != expected:
            item.set("value", str(number))
        expected = number + 1


def _numbered(root: Element) -> Iterator[tuple[Element, bool]]:
    """The items of numbered lists in the order of the text, and whether each is the first of its list."""
    for parent in root.iter():
        if parent.tag == "ol" and not any(item.get("id", "").startswith("fn") for item in parent):
            yield from ((item, n == 0) for n, item in enumerate(parent))


def _align(cell: Element) -> None:
    """A class for the alignment of a column: pages allow no styles of their own."""
    alignment = _ALIGNED.search(cell.attrib.pop("style", ""))
    if alignment:
        cell.set("class", alignment[1])


def _letter(items: Element) -> None:
    """A list whose every item begins with a letter, as `a) …`: counted by the browser where it counts alike."""
    texts = [_begins(item) for item in items]
    letters = [_LETTER.match(holder.text or "") for holder in texts]
    if not all(letters):
        return
    typed = "".join(letter[1] for letter in letters if letter)
    if "abcdefghijklmnopqrstuvwxyz".startswith(typed):
        items.tag = "ol"
        items.set("type", "a")
        for holder in texts:
            holder.text = (holder.text or "")[3:]
    else:
        items.set("class", AS_TYPED)


def _begins(item: Element) -> Element:
    """The element that holds the first words of an item."""
    return item[0] if not (item.text or "").strip() and len(item) and item[0].tag == "p" else item
