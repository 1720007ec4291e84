"""The pictures of the staff's guide, taken of the form as it is: `python3 tasks.py docs --pictures`.

Needs the tools for development: a browser, driven by Playwright.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page, ViewportSize, sync_playwright

from bulletins.settings import Settings
from bulletins.shortcut.site import Site
from tools import chromium
from tools import settings as settings_files
from tools.editing.server import editing_server
from tools.environment import ROOT

PICTURES = ROOT / "docs" / "staff" / "anh"
SIZE: ViewportSize = {"width": 1080, "height": 720}
_COLOURS = 96
_CONF = """\
import sys
sys.path.insert(0, {root!r})
from publishconf import *
SITEURL = "https://bantin.coquan.vn"
BULLETINS_CONTACT = "vanphong@coquan.vn"
CACHE_PATH = ".cache"
THEME = {root!r} + "/themes/thidua"
PLUGIN_PATHS = [{root!r} + "/plugins"]
"""
"""Settings of an office that may publish."""

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


def _attachment(page: Page) -> None:
    page.goto(_BULLETIN)
    plan = FilePayload(name="Kế hoạch thi đua năm 2023.pdf", mimeType="application/pdf", buffer=_PDF)
    page.set_input_files("#attach", files=plan)
    page.click("button[value='attach']")
    page.select_option("#f-attachments-0-kind", "ke_hoach")
    page.locator("#s-attachments").scroll_into_view_if_needed()


def _correction(page: Page) -> None:
    page.goto(_BULLETIN)
    page.locator("#s-more summary").first.click()
    page.click("button[value='add:change_history']")
    page.fill("#f-change_history-0-date", "15/12/2022")
    page.fill("#f-change_history-0-note", "Sửa họ tên đại diện Cục Quản trị III.")
    page.locator("#s-change_history").scroll_into_view_if_needed()


def _hour(page: Page) -> None:
    page.goto(_BULLETIN)
    page.fill("#f-published", "31/12/2030 08:00")


def _proposal(page: Page) -> None:
    page.goto(f"/sua/{_IMPORTED}")
    page.locator("#f-ceremony-date").scroll_into_view_if_needed()


def _publishing(page: Page) -> None:
    page.goto("/dang")
    page.check("input[name='first']")
    page.click("button[value='look']")
    page.wait_for_selector("button[value='publish']", timeout=600_000)
    # Not the folder of the copy, which is another each time.
    page.eval_on_selector("main code", f"one => {{ one.textContent = '{_SHOWN_TARGET}' }}")


_SHOWN_TARGET = "/srv/thidua"
_PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
_IMPORTED = "2024/vpqh-khoi-3-2024-pact"
_PROPOSED = """\
---
id: vpqh-khoi-3-2024-pact
title: Khối thi đua III ký giao ước năm 2024
lead: Các đơn vị trong khối ký giao ước thi đua năm 2024.
status: draft
bloc: vpqh-khoi-3  # đề xuất (chắc): "Khối thi đua III, Văn phòng Quốc hội"
ceremony:
  kinds: [pact]  # đề xuất (chắc): "ký giao ước"
  date: 2024-03-22  # đề xuất (ngờ): "Sáng 22/3"
years:
  pact: 2024  # đề xuất (chắc): "năm 2024"
---

Lời văn của bản tin.
"""
"""A draft as importing leaves it."""

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
    "dinh-kem": (_attachment, "#s-attachments"),
    "dinh-chinh": (_correction, "#s-change_history"),
    "hen-gio": (_hour, "#s-top"),
    "de-xuat": (_proposal, "#s-ceremony"),
    "dang": (_publishing, "main"),
}
"""Each picture by its name: how its page is reached, and what of it is shown; nothing is the window."""


def take(only: str = "") -> list[Path]:
    """Take every picture anew whose name contains `only`; their files. Those that look the same are not written."""
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MISSING)
    PICTURES.mkdir(exist_ok=True)
    with _form_of_a_copy() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            base_url=address, viewport=SIZE, color_scheme="light", locale="vi", bypass_csp=True
        )
        files = [_shot(context.new_page(), name) for name in SHOTS if only in name]
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
        top = Path(folder)
        shutil.copytree(ROOT / "content", top / "content")
        draft = top / "content" / "bulletins" / _IMPORTED / "index.md"
        draft.parent.mkdir(parents=True)
        draft.write_text(_PROPOSED, encoding="utf-8")
        conf = top / "conf.py"
        conf.write_text(_CONF.format(root=str(ROOT)), encoding="utf-8")
        site = Site(str(conf), top / "content", top / "output", top / ".cache")
        settings = Settings.from_pelican(settings_files.read(conf))
        with editing_server(top, replace(settings, target=str(top / "public")), 0, str, site) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{server.server_port}"
            server.shutdown()
