"""A store of objects for tests: moto's server in a process of its own, which honours `If-Match` and `If-None-Match`."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.publishing.sites import Site

BUCKET = "thidua"


def program() -> str | None:
    """The program of moto's server: the environment's own, or else one on PATH."""
    own = Path(sys.executable).parent
    return shutil.which("moto_server", path=f"{own}{os.pathsep}{os.environ.get('PATH', '')}")


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """The variables that lead to a running server with one bucket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program() or "moto_server", "-H", "127.0.0.1", "-p", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _make_bucket(address)
            yield {
                "AWS_ENDPOINT": address, "AWS_REGION": "us-east-1",
                "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            }  # fmt: skip
        finally:
            server.terminate()


def _make_bucket(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(urllib.request.Request(f"{address}/{BUCKET}", method="PUT"))
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def objects(prefix: str) -> Site:
    """Every object below a prefix of the bucket, by its path there."""
    from obstore.store import S3Store

    store = S3Store(BUCKET, prefix=prefix, client_options={"allow_http": True})
    paths = [meta["path"] for batch in store.list() for meta in batch]
    return {path: bytes(store.get(path).bytes()) for path in paths}


def served(prefix: str) -> Site:
    """The objects that readers see."""
    return {path: data for path, data in objects(prefix).items() if not path.startswith(".bulletins/")}


def missing_links(files: Site) -> list[str]:
    """Addresses that pages of a made-up site lead to and that are not there."""
    return [
        link
        for path, data in files.items()
        if path.endswith(".html")
        for link in re.findall(r'href="/([^"]*)"', data.decode("utf-8", "replace"))
        if link not in files and f"{link}index.html" not in files
    ]
