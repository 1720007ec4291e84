"""The page types of a built site, each with the address of one page that shows it well."""

from __future__ import annotations

import re
from pathlib import Path

from bulletins import urls

_ID = "[a-z0-9-]+"
PAGE_TYPES = {
    "trang-chu": "/",
    "ban-tin": f"/ban-tin/{_ID}/",
    "cac-khoi": urls.BLOCS,
    "khoi": f"{urls.BLOCS}{_ID}/",
    "ho-so": rf"{urls.BLOCS}{_ID}/\d+/",
    "cac-don-vi": urls.UNITS,
    "don-vi": f"{urls.UNITS}{_ID}/",
    "cac-nam": urls.YEARS,
    "nam": rf"{urls.YEARS}\d+/",
    "cac-anh": urls.GALLERIES,
    "bo-anh": f"{urls.GALLERIES}{_ID}/",
    "anh": f"{urls.GALLERIES}{_ID}/{_ID}/",
    "danh-sach": r"/(.+/)?trang/\d+/",
    "tim-kiem": urls.SEARCH,
    "thong-ke": urls.STATISTICS,
    "du-lieu": urls.DATA,
    "lien-he": "/lien-he/",
    "khong-thay": urls.NOT_FOUND,
    "en": f"{urls.ENGLISH}/",
    "en-khoi": f"{urls.ENGLISH}{urls.BLOCS}",
    "en-thong-ke": f"{urls.ENGLISH}{urls.STATISTICS}",
    "en-du-lieu": f"{urls.ENGLISH}{urls.DATA}",
}
"""Each type by its name: a pattern of the addresses of its pages. Notices and former addresses are no types here."""


def page_types(output: Path) -> dict[str, str]:
    """The address of the longest page of each type that the built site has: the one with the most that could go wrong.

    Where two are as long as each other, the first by address.
    """
    pages = sorted((-path.stat().st_size, _address(path, output)) for path in output.rglob("*.html"))
    shown = {name: [address for _, address in pages if re.fullmatch(pattern, address)]
             for name, pattern in PAGE_TYPES.items()}  # fmt: skip
    return {name: addresses[0] for name, addresses in shown.items() if addresses}


def _address(path: Path, output: Path) -> str:
    return "/" + path.relative_to(output).as_posix().removesuffix("index.html")
