"""A web server for measuring a built site on one's own machine as the public gets it: packed, and with every header."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bulletins.publishing.packing import CODINGS, ENDINGS
from bulletins.publishing.serving import headers_of
from tools.serve import Handler, Server


class AsDeployed(Handler):
    """Answers with the headers of `deploy/` and packs texts, as servers set up from there do."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, site_url: str, **options: Any) -> None:
        self.site_url = site_url
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:  # noqa: N802 - the name the server looks for
        """Send a text packed to whoever takes it so, and anything else as it is."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not self.path.partition("?")[0].endswith("/") and path.is_dir():
            super().do_GET()
        elif file.suffix in ENDINGS and file.is_file() and "gzip" in self.headers.get("Accept-Encoding", ""):
            self._send_packed(file)
        else:
            super().do_GET()

    def _send_packed(self, file: Path) -> None:
        text = file.read_bytes().replace(self.site_url.encode(), self._own_url.encode())
        body = CODINGS["gzip"].compress(text)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @property
    def _own_url(self) -> str:
        return f"http://{self.headers.get('Host', '')}"

    def end_headers(self) -> None:
        """Add the headers that the address has in public."""
        for name, value in headers_of(urlsplit(self.path).path).items():
            self.send_header(name, value)
        super(Handler, self).end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address, without a slash at its end, under which the folder is served while the context lasts.

    Wherever texts of the site name its public address they name this one, as they would in public.
    """
    site_url = _site_url(folder)
    server = Server(("127.0.0.1", 0), partial(AsDeployed, directory=str(folder), site_url=site_url))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _site_url(folder: Path) -> str:
    """The public address of a built site, without a slash at its end, as its home page says it."""
    canonical = re.search(
        r'<link rel="canonical" href="([^"]+?)/?">', (folder / "index.html").read_text(encoding="utf-8")
    )
    if not canonical:
        raise ValueError(f"{folder / 'index.html'}: no canonical link")
    return canonical[1]
