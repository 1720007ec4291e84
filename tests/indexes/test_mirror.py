"""The example of a mirror does over HTTP what it promises: it has every file, and proves it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bulletins.publishing.sums import SIGNATURE, SUMS, write_sums
from tests.builders import bulletin
from tests.indexes import sample
from tools import verify

PROGRAM = Path(__file__).parent.parent.parent / "examples" / "mirror.py"
ROOT = "api/v1/index.json"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and breaks down after so many requests."""

    def do_GET(self) -> None:
        server: Any = self.server
        server.paths.append(self.path)
        if server.left is not None:
            server.left -= 1
            if server.left < 0:
                return self.send_error(503)
        return super().do_GET()

    def log_message(self, *args: Any) -> None:
        pass


class Site:
    """A site on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.server: Any = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.server.paths, self.server.left = [], None
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self, files: Mapping[str, bytes]) -> None:
        """Show exactly these files."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                path.unlink()
        sample.write(self.folder, files)

    def mirror(self, copy: Path, *options: str, breaks_after: int | None = None) -> subprocess.CompletedProcess[str]:
        self.server.paths, self.server.left = [], breaks_after
        address = f"http://127.0.0.1:{self.server.server_port}"
        command = [sys.executable, "-X", "utf8", str(PROGRAM), "--pause", "0", address, str(copy), *options]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """A server of this folder, until nobody asks any more."""
    served = Site(folder)
    try:
        yield served
    finally:
        served.server.shutdown()
        served.server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path / "site") as served:
        yield served


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def with_one_more() -> dict[str, bytes]:
    return sample.made(sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2"))))


def test_a_copy_has_every_file_of_the_site(site: Site, tmp_path: Path) -> None:
    site.publish(sample.site())
    done = site.mirror(tmp_path / "copy")

    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "copy") == dict(sample.site())


def test_a_copy_of_a_published_site_can_be_proven_by_its_sums_and_signature(site: Site, tmp_path: Path) -> None:
    released = {**sample.published(), "tim-kiem/chi-muc/0.json": b"{}"}
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in released.items()}
    released |= {SUMS: write_sums(sums), SIGNATURE: b"signed"}
    site.publish(released)
    done, again = site.mirror(tmp_path / "copy"), site.mirror(tmp_path / "copy")

    assert files(tmp_path / "copy") == released
    assert verify.verify(verify.folder(tmp_path / "copy"), None) == (len(sums), [])
    assert (done.returncode, again.stdout) == (0, "whole: 0 files new or changed, 0 removed, 1 requests\n")


def test_a_copy_follows_what_is_added_changed_and_withdrawn(site: Site, tmp_path: Path) -> None:
    for published in (with_one_more(), dict(sample.site()), with_one_more()):
        site.publish(published)

        assert site.mirror(tmp_path / "copy").returncode == 0
        assert files(tmp_path / "copy") == published
    assert "api/v1/bulletins/khoi-2-2023-pact.json" in published


def test_only_what_changed_is_asked_for(site: Site, tmp_path: Path) -> None:
    site.publish(sample.site())
    site.mirror(tmp_path / "copy")
    said = site.mirror(tmp_path / "copy").stdout

    assert said == "whole: 0 files new or changed, 0 removed, 1 requests\n"

    site.publish(with_one_more())
    site.mirror(tmp_path / "copy")
    changed = {path for path, data in with_one_more().items() if data != sample.site().get(path)}

    assert {path.lstrip("/") for path in site.server.paths} == changed


@pytest.mark.parametrize("breaks_after", [0, 1, 20])
def test_an_interrupted_copy_stays_as_it_was_and_is_taken_up_again(
    site: Site, tmp_path: Path, breaks_after: int
) -> None:
    site.publish(sample.site())
    site.mirror(tmp_path / "copy")
    site.publish(with_one_more())
    broken = site.mirror(tmp_path / "copy", breaks_after=breaks_after)
    untouched = {path: data for path, data in files(tmp_path / "copy").items() if not path.startswith(".mirror/")}
    asked = len(site.server.paths)

    assert broken.returncode == 1 and "503" in broken.stderr
    assert untouched == dict(sample.site())

    assert site.mirror(tmp_path / "copy").returncode == 0
    assert files(tmp_path / "copy") == with_one_more()
    assert len(site.server.paths) < asked + len(with_one_more())


def test_a_file_that_is_not_what_the_catalogue_says_is_refused(site: Site, tmp_path: Path) -> None:
    site.publish({**sample.site(), "robots.txt": b"another"})
    done = site.mirror(tmp_path / "copy")

    assert done.returncode == 1
    assert "robots.txt: not what the catalogue says" in done.stderr
    assert not (tmp_path / "copy" / "robots.txt").exists() and not (tmp_path / "copy" / ROOT).exists()


def test_a_spoilt_copy_is_mended_by_reading_every_byte(site: Site, tmp_path: Path) -> None:
    site.publish(sample.site())
    site.mirror(tmp_path / "copy")
    (tmp_path / "copy" / "robots.txt").write_bytes(b"spoilt")
    site.mirror(tmp_path / "copy", "--whole")

    assert files(tmp_path / "copy") == dict(sample.site())


def test_what_happened_is_told_by_the_change_log(site: Site, tmp_path: Path) -> None:
    site.publish(sample.published())
    said = site.mirror(tmp_path / "copy", "--log").stdout

    assert said.startswith("1 ") and said.splitlines()[0].endswith(" Refresh")
    assert files(tmp_path / "copy") == dict(sample.published())


@pytest.mark.parametrize("path", ["../outside.txt", "/outside.txt", "a/../../outside.txt", "a\\..\\outside.txt", ""])
def test_nothing_is_written_outside_the_folder(site: Site, tmp_path: Path, path: str) -> None:
    root = json.loads(sample.site()[ROOT])
    root["shards"].insert(0, root["shards"][0] | {"path": path})
    site.publish({**sample.site(), ROOT: json.dumps(root).encode()})
    done = site.mirror(tmp_path / "copy")

    assert done.returncode == 1 and "no path of a site" in done.stderr
    assert not (tmp_path / "outside.txt").exists()
