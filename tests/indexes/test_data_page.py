"""The worked examples of the page for agencies do what they say, over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from re import DOTALL, findall
from urllib.request import urlopen

import pytest

from tests.indexes import sample
from tests.indexes.test_mirror import Site
from tests.pages.builders import SETTINGS, planned


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    served = Site(tmp_path / "site")
    served.publish(sample.published())
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.mark.parametrize("path", ["du-lieu/index.html", "en/du-lieu/index.html"])
def test_the_examples_of_the_page_work_against_a_site(path: str, site: Site) -> None:
    (output,) = (output for output in planned(sample.library()) if output.paths == (path,))
    page = output.make(*output.inputs)[0].decode()
    address = f"http://127.0.0.1:{site.server.server_port}"
    codes = [unescape(code).replace(SETTINGS.site_url, address) for code in findall("<code>(.*?)</code>", page, DOTALL)]
    python = next(code for code in codes if "import " in code)
    asked = [word for code in codes for word in code.split() if word.startswith(f"{address}/api/")]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", python], capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stderr
    for bloc in json.loads(sample.published()["api/v1/blocs.json"])["blocs"]:
        assert bloc["name"] in done.stdout
    assert asked
    for url in asked:
        with urlopen(url) as answer:
            assert json.loads(answer.read())["publisher"]
