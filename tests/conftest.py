"""What any test may ask for: a browser, and the cases that take long."""

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
# And they read what others have compiled: there are some hundred of them, and each would compile the whole package.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the cases too that are left out to be done in minutes")


SLOW = frozenset({"browser", "site", "publishing", "machine", "shortcut", "tools", "editing"})
"""Folders of tests that start servers, browsers and builds: nobody waits in the end for who began them last."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked as long, unless somebody asks for it; what is slow comes first."""
    items.sort(key=lambda item: item.path.parent.name not in SLOW)
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if not item.get_closest_marker("long")]


# A shell that runs the tests in its background has them ignore Ctrl-C, and every process that they start with them.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
