"""`python3 tasks.py preview`: one file that holds all it shows, and asks nobody for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import SAMPLE, project
from tools.self_contained import self_contained

ADDRESS = "/ban-tin/khoi-1-2023-pact/"
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta property="og:image" content="http://x/a.jpg"><link rel="canonical" href="http://x/">
<link rel="stylesheet" href="/theme/site.css"><script src="/a.js"></script></head>
<body><p class="preview">Bản xem thử</p><a href="/khoi/">Khối &amp; cụm</a><a href="#b">Dưới</a>
<script>alert("<p>")</script><picture><source srcset="/anh/a.avif">
<img src="/anh/a.jpg" srcset="/anh/b.jpg 2w" alt="A &lt; B" onload="x()"></picture></body></html>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, data in {
        "theme/site.css": b"@font-face { src: url('fonts/a.woff2') }",
        "theme/fonts/a.woff2": b"F",
        "anh/a.jpg": b"J",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("base", ["", "/ban-tin-thi-dua"])
def test_everything_shown_is_inside_and_nothing_leads_out(site: Path, base: str) -> None:
    page = re.sub(r'(href|src|srcset)="/', rf'\1="{base}/', PAGE)
    made = self_contained(page, ADDRESS, site, base)

    assert "BẢN NHÁP" in made
    assert '<img src="data:image/jpeg;base64,Sg==" alt="A &lt; B">' in made
    assert 'url("data:font/woff2;base64,Rg==")' in made
    assert "<a>Khối &amp; cụm</a>" in made
    assert '<a href="#b">' in made
    assert not re.findall(r"<script|srcset|onload|http://|canonical|alert|Bản xem thử", made)


def test_a_page_of_a_site_opens_from_one_file_without_a_request(chromium: Browser, tmp_path: Path) -> None:
    sample = project(tmp_path / "sample", SAMPLE / "content")
    assert sample.build().returncode == 0
    page = (sample.output / ADDRESS[1:] / "index.html").read_text(encoding="utf-8")
    file = tmp_path / "duyet.html"
    file.write_text(self_contained(page, ADDRESS, sample.output), encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    with chromium.new_context() as context:
        shown = context.new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda message: wrong.append(message.text))
        shown.goto(file.as_uri(), wait_until="networkidle")

        assert shown.locator("h1").count() == 1
        assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
        assert shown.evaluate("[...document.images].every((one) => one.naturalWidth > 0)")
    assert wrong == []
