"""A web server for looking at a built site on one's own machine, answering as a public server should."""

from __future__ import annotations

import functools
import io
import os
import sys
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

# Python takes its types from the system, where .js may be text/plain and .avif nothing; so they are all said here.
_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}


class Handler(SimpleHTTPRequestHandler):
    """Serves files as they are, with no listing of folders and the site's own page for what is not found.

    The site stands below `base_path` (`/ban-tin`, or nothing), as it does on its public host.
    """

    def __init__(self, *arguments: Any, base_path: str = "", **options: Any) -> None:
        self.base_path = base_path
        super().__init__(*arguments, **options)

    def parse_request(self) -> bool:
        """Refuse whoever knows this server by a name that is not its own: another site's page must not read drafts."""
        if not super().parse_request():
            return False
        if is_own(self.headers.get("Host"), self.headers.get("Origin"), cast(Server, self.server).server_port):
            return True
        super().send_error(HTTPStatus.MISDIRECTED_REQUEST)
        return False

    def translate_path(self, path: str) -> str:
        """The file that an address means; for one outside the site, or of no name, a file that cannot exist."""
        if not path.startswith(f"{self.base_path}/") or "\0" in unquote(path):
            return str(Path(self.directory) / "\N{REPLACEMENT CHARACTER}")
        return super().translate_path(path.removeprefix(self.base_path))

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """The content type of a file, by its extension alone."""
        return _TYPES.get(Path(path).suffix.lower(), "application/octet-stream")

    def list_directory(self, path: str | os.PathLike[str]) -> io.BytesIO | None:
        """Refuse: a folder without a page does not exist for readers."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's own `404.html` if it has one, any other error as Python does."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", _TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Let the browser ask each time, so that a page built a moment ago is the one seen."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell of what went wrong only."""
        if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST:
            super().log_request(int(code), size)


def is_own(host: str | None, origin: str | None, port: int) -> bool:
    """Whether a request calls the server at this port by its own names (against DNS rebinding), and is no other's."""
    names = {f"{name}:{port}" for name in ("localhost", "127.0.0.1")}
    if port == HTTP_PORT:
        names |= {"localhost", "127.0.0.1"}
    return host in names and origin in (None, *(f"http://{name}" for name in names))


class Server(ThreadingHTTPServer):
    """Listens on this machine only."""

    # On Windows this option would let two servers share a port, each getting some of the requests.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is nothing to tell of."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int, base_path: str = "") -> Server:
    """A server of `folder` on the loopback interface; port 0 takes a free one. Raises OSError if the port is taken."""
    return Server(("127.0.0.1", port), functools.partial(Handler, directory=str(folder), base_path=base_path))
