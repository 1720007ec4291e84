"""The pictures of the staff's guide, taken of the form as it is: `python3 tasks.py docs --pictures`.

Needs the tools for development: a browser, driven by Playwright.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from bulletins.settings import Settings
from tools import chromium
from tools.editing.server import editing_server
from tools.environment import ROOT

PICTURES = ROOT / "docs" / "staff" / "anh"
SIZE: ViewportSize = {"width": 1080, "height": 720}
_COLOURS = 96
_STYLE = ".save { display: none !important }"
"""So that the bar at the bottom stands in front of nothing."""
_BULLETIN = "/sua/2022/vpqh-khoi-5-2022-summary"


def _list(page: Page) -> None:
    page.goto("/")


def _new(page: Page) -> None:
    page.goto("/moi")
    page.select_option("#kind", "pact")
    page.select_option("#bloc", "vpqh-khoi-5")
    page.fill("#year", "2024")
    page.fill("#date", "15/1/2024")


def _form(page: Page) -> None:
    page.goto(_BULLETIN)


def _mistakes(page: Page) -> None:
    page.goto(_BULLETIN)
    page.fill("#f-ceremony-date", "31/02/2023")
    page.fill("#f-bloc_years-0-head-unit", "Cục Quản trị 33")
    page.fill("#f-photos-1-alt", "")
    page.click(".save button.main")
    page.wait_for_selector("#summary")


def _unknown(page: Page) -> None:
    _mistakes(page)
    page.locator("#s-bloc_years").scroll_into_view_if_needed()


def _combobox(page: Page) -> None:
    page.goto(_BULLETIN)
    page.fill("#f-bloc_years-0-members-list-1-unit", "vu thong")
    page.wait_for_selector("#f-bloc_years-0-members-list-1-unit-l li")


def _photo(page: Page) -> None:
    page.goto(_BULLETIN)
    page.fill("#f-photos-0-focus", "30% 40%")
    page.locator("#f-photos-0").scroll_into_view_if_needed()
    page.locator(".picture img").first.evaluate("(image) => image.decode()")


def _register(page: Page) -> None:
    page.goto("/danh-ba/unit?ten=Ph%C3%B2ng%20T%E1%BB%95ng%20h%E1%BB%A3p")


def _withdraw(page: Page) -> None:
    page.goto(_BULLETIN)
    page.locator("#s-more summary").first.click()
    page.select_option("#f-status", "withdrawn")
    page.fill("#f-withdrawn-date", "02/03/2023")
    page.fill("#f-withdrawn-reason", "Cơ quan gửi bản tin đề nghị gỡ.")
    page.locator("#s-withdrawn").scroll_into_view_if_needed()


SHOTS: dict[str, tuple[Callable[[Page], None], str]] = {
    "danh-sach": (_list, "main"),
    "ban-tin-moi": (_new, "main"),
    "bieu-mau": (_form, ""),
    "loi": (_mistakes, ""),
    "ten-la": (_unknown, "#f-bloc_years-0-head"),
    "tim-don-vi": (_combobox, "#f-bloc_years-0-members"),
    "anh": (_photo, "#s-photos .item >> nth=0"),
    "them-don-vi": (_register, "main"),
    "go-bai": (_withdraw, "#s-withdrawn"),
}
"""Each picture by its name: how its page is reached, and what of it is shown; nothing is the window."""


def take() -> list[Path]:
    """Take every picture anew; their files. Those that look the same are not written."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    PICTURES.mkdir(exist_ok=True)
    with _form_of_a_copy() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=address, viewport=SIZE, color_scheme="light", locale="vi", bypass_csp=True
        )
        files = [_shot(context.new_page(), name) for name in SHOTS]
        browser.close()
    return files


def _shot(page: Page, name: str) -> Path:
    reach, part = SHOTS[name]
    reach(page)
    page.evaluate("document.fonts.ready")
    taken = page.locator(part).screenshot(style=_STYLE) if part else page.screenshot()
    page.close()
    file = PICTURES / f"{name}.png"
    data = _small(taken)
    if not file.is_file() or file.read_bytes() != data:
        file.write_bytes(data)
    return file


def _small(picture: bytes) -> bytes:
    """The picture with few colours, which is enough for a form."""
    made = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(_COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


@contextmanager
def _form_of_a_copy() -> Iterator[str]:
    """The address of a form for a copy of the content: taking pictures changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", Path(folder) / "content")
        with editing_server(Path(folder), Settings(site_url="https://example.vn"), 0, str) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{server.server_port}"
            server.shutdown()
