"""What any test may ask for: a browser."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import chromium as browsers
from tools import environment

# Programs that tests start find the package as the tests do: it is not installed.
os.environ["PYTHONPATH"] = str(environment.ROOT / "plugins")

# A test says what is right, not how fast this machine is at the moment.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# Without a sandbox, because CI often runs as root; the rest keeps the browser from calling anybody.
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, or fails where `CI` is set."""
    path = browsers.find()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(browsers.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all browser tests with one worker, so that one browser is started."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("browser"))


# A shell that runs the tests in its background has them ignore Ctrl-C, and every process that they start with them.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
