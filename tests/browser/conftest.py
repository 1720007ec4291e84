"""A whole site in a browser: the repository's own content, built once and served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.site.conftest import Project, real
from tools.serve import server

__all__ = ["real"]


@pytest.fixture(scope="session")
def site(real: Project) -> Iterator[str]:
    """The address of the site, without a slash at its end."""
    with server(real.output, 0, "") as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile, at the size of a small laptop."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as fresh:
        yield fresh


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that looks for what keeps people out (axe-core, see `vendor/`)."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
