"""Pictures of every page type, to be looked at: `python3 tasks.py shots`.

Needs the tools for development: a browser, driven by Playwright.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium
from tools.environment import ROOT
from tools.page_types import page_types
from tools.serve_as_deployed import served


class Look(NamedTuple):
    """A way of looking at a page: the window's width in CSS pixels, the colours, and the size of letters in pixels."""

    name: str
    width: int
    scheme: str = "light"
    letters: int = 16
    forced_colors: str = "none"


LOOKS = (
    Look("dien-thoai", 390),
    Look("dien-thoai-toi", 390, "dark"),
    Look("may-tinh", 1280),
    Look("may-tinh-toi", 1280, "dark"),
    Look("chu-24", 360, letters=24),
    Look("chu-32", 360, letters=32),
    Look("mau-ep", 390, forced_colors="active"),
)
PRINTED = ("trang-chu", "ban-tin", "ho-so", "khoi", "thong-ke", "bo-anh")
README = {"trang-chu": ("/", 900), "ho-so-khoi": ("/khoi/vpqh-khoi-3/2023/", 1000)}
"""The pictures of the README by name: the page, and the height of the window that shows it."""

_HEIGHT = 844
_README_WIDTH = 960


def take(output: Path, folder: Path, only: str = "") -> Iterator[Path]:
    """Take the pictures of the site built in `output` into `folder`, and give their files.

    `only` leaves out files whose names do not contain it. Of the pages of `PRINTED` there is a PDF too.
    Raises `SystemExit` where there is no browser.
    """
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    types = page_types(output)
    with served(output) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for look in LOOKS:
            names = {name: folder / f"{name}-{look.name}.png" for name in types}
            yield from _looked(browser, look, {f"{site}{types[name]}": file for name, file in names.items()}, only)
        printed = {f"{site}{types[name]}": folder / f"{name}.pdf" for name in PRINTED if name in types}
        yield from _printed(browser, printed, only)
        browser.close()


def take_for_readme(output: Path) -> Iterator[Path]:
    """Take the pictures of the README anew, of the site built in `output`, and give their files."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    with served(output) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, (address, height) in README.items():
            page = browser.new_page(viewport={"width": 1280, "height": height}, locale="vi", reduced_motion="reduce")
            _open(page, f"{site}{address}")
            picture = Image.open(BytesIO(page.screenshot()))
            picture.thumbnail((_README_WIDTH, height))
            file = ROOT / "docs" / "images" / f"{name}.webp"
            picture.convert("RGB").save(file, "WEBP", quality=80, method=6)
            yield file
        browser.close()


def _looked(browser: Browser, look: Look, files: dict[str, Path], only: str) -> Iterator[Path]:
    options: dict[str, Any] = {"color_scheme": look.scheme, "forced_colors": look.forced_colors}
    with browser.new_context(locale="vi", reduced_motion="reduce", **options) as context:
        page = context.new_page()
        for address, file in files.items():
            if only in file.name:
                _resize(page, look, _HEIGHT)
                _open(page, address)
                _resize(page, look, page.evaluate("document.documentElement.scrollHeight"))
                page.screenshot(path=file)
                yield file


def _resize(page: Page, look: Look, height: int) -> None:
    """Set the window's size, and the letters as a reader sets them who wants them large; a new size undoes those."""
    page.set_viewport_size({"width": look.width, "height": height})
    client = page.context.new_cdp_session(page)
    client.send("Page.enable")
    client.send("Page.setFontSizes", {"fontSizes": {"standard": look.letters, "fixed": look.letters}})


def _open(page: Page, address: str) -> None:
    """Open a page, and wait until its letters and every picture are there."""
    page.goto(address, wait_until="load")
    page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager' })")
    page.evaluate("Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())])")


def _printed(browser: Browser, files: dict[str, Path], only: str) -> Iterator[Path]:
    with browser.new_context(locale="vi") as context:
        page = context.new_page()
        for address, file in files.items():
            if only in file.name:
                _open(page, address)
                page.pdf(path=file, prefer_css_page_size=True, print_background=False)
                yield file
