"""The server of a site that is being written: pages reload when the site was rebuilt, and show what stops it.

What pages carry for that is put into them on their way to the browser; the built files stay as they are.
"""

from __future__ import annotations

import functools
import io
import threading
import time
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qs, urlsplit

from bulletins.mistakes import Mistake, errors
from tools.serve import Handler, Server

EVENTS = "/.live/events"
"""Where pages listen; no file of a site begins with a dot."""

HEARTBEAT = 15.0
"""Seconds after which a silent connection is tried, so that one whose page is gone ends."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rebuild: the mistakes that stopped it, or else the words of another failure; neither is success.

    `said` is what the terminal is told.
    """

    mistakes: tuple[Mistake, ...] = ()
    failure: str = ""
    said: str = ""


class Live:
    """The last outcome, with a version that browsers compare; it begins anew whenever the server does."""

    def __init__(self) -> None:
        self._begun = time.time_ns()
        self._count = 0
        self._news = threading.Condition()
        self.outcome = Outcome()
        self.closed = False

    @property
    def version(self) -> str:
        return f"{self._begun}-{self._count}"

    def tell(self, outcome: Outcome) -> None:
        """Every page that listens is told that there is something new."""
        with self._news:
            self.outcome = outcome
            self._count += 1
            self._news.notify_all()

    def reload(self) -> None:
        """The same while the outcome stays: some pages are new."""
        self.tell(self.outcome)

    def wait(self, since: str, seconds: float) -> str:
        """The version, as soon as it is another than `since`, or after so many seconds, or when all is over."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self.version != since, seconds)
            return self.version

    def close(self) -> None:
        """Let everybody go who listens."""
        with self._news:
            self.closed = True
            self._news.notify_all()


class LiveHandler(Handler):
    """Serves the site as `Handler` does, each page with the script that listens and the mistakes there are."""

    def __init__(self, *arguments: Any, live: Live, **options: Any) -> None:
        self.live = live
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        """A page, a file, or the stream of events."""
        address = urlsplit(self.path)
        if address.path == self.base_path + EVENTS:
            self._send_events(parse_qs(address.query).get("since", [""])[0])
        else:
            super().do_GET()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The head of the answer; that of a page never says when it was modified, as mistakes come and go unseen."""
        page = self._page()
        return super().send_head() if page is None else self._send_page(HTTPStatus.OK, page)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's page for what is not found goes out like any other; a site without one has a plain page."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        page = _bytes_of(Path(self.directory) / "404.html")
        body = self._send_page(HTTPStatus.NOT_FOUND, _NOTHING_HERE if page is None else page)
        if self.command != "HEAD":
            self.copyfile(body, self.wfile)

    def _page(self) -> bytes | None:
        """The page that the address means, or `None` if it means something else."""
        path, named = Path(self.translate_path(self.path)), urlsplit(self.path).path
        if named.endswith("/"):
            path /= "index.html"
        return _bytes_of(path) if path.suffix == ".html" else None

    def _send_page(self, status: HTTPStatus, page: bytes) -> io.BytesIO:
        body = with_news(page, self.live.outcome, self.live.version, self.base_path)
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type("index.html"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def _send_events(self, since: str) -> None:
        """Server-sent events: the version, whenever it is another; a comment now and then in between."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        try:
            while not self.live.closed:
                version = self.live.wait(since, HEARTBEAT)
                self.wfile.write(b": \n\n" if version == since else f"data: {version}\n\n".encode())
                since = version
        except ConnectionError:
            # The page was closed, which is how every such stream ends.
            return


def live_server(folder: Path, port: int, base_path: str, live: Live) -> Server:
    """A server of `folder` on the loopback interface; port 0 takes a free one. Raises OSError if the port is taken."""
    handler = functools.partial(LiveHandler, directory=str(folder), base_path=base_path, live=live)
    return Server(("127.0.0.1", port), handler)


def with_news(page: bytes, outcome: Outcome, version: str, base_path: str = "") -> bytes:
    """The page with the mistakes of the last rebuild over it, if there are any, and the script that listens."""
    script = _SCRIPT.replace("EVENTS", f"{base_path}{EVENTS}?since={version}")
    before, body_ends, after = page.rpartition(b"</body>")
    if not body_ends:
        before, after = page, b""
    return before + (_notice(outcome) + script).encode() + body_ends + after


def _notice(outcome: Outcome) -> str:
    """What stops the site, for the page; nothing if nothing does."""
    stopping = errors(outcome.mistakes)
    if stopping:
        items = "".join(f"<li>{_line(mistake)}</li>" for mistake in stopping)
        what = f'<ol style="padding-left:4ch">{items}</ol>'
        return _NOTICE.format(title=f"{len(stopping)} lỗi, chưa dựng lại được trang", what=what)
    if outcome.failure:
        what = f'<pre style="white-space:pre-wrap">{escape(outcome.failure)}</pre>'
        return _NOTICE.format(title="Chương trình gặp lỗi, chưa dựng lại được trang", what=what)
    return ""


def _line(mistake: Mistake) -> str:
    where = escape(f"{mistake.path}:{mistake.line}:{mistake.column}")
    return f"<code>{where}</code><br>[{escape(mistake.code)}] {escape(mistake.message)}"


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return None


_NOTICE = """
<div id="live-notice" role="alert" lang="vi" style="position:fixed;inset:0 0 auto 0;z-index:2147483647;max-height:80vh;\
overflow:auto;padding:1rem 1.5rem;background:#fff;color:#1a1a1a;border-bottom:.5rem solid #b00020;\
box-shadow:0 0 2rem #0008;font:1rem/1.5 sans-serif;overflow-wrap:anywhere">
<button type="button" onclick="this.parentElement.remove()" style="float:right">Ẩn</button>
<strong style="font-size:1.25rem">{title}</strong>
<p>Trang bên dưới là bản dựng trước. Sửa và lưu lại; khung này tự mất khi hết lỗi.</p>
{what}
</div>
"""

# A page in the background gives its connection back: browsers allow only six to one server.
_SCRIPT = """
<script>
(() => {
  let events;
  const leave = () => events && events.close();
  const listen = () => {
    leave();
    if (document.hidden) return;
    events = new EventSource("EVENTS");
    events.onmessage = () => location.reload();
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", listen);
  addEventListener("pagehide", leave);
})();
</script>
"""

_NOTHING_HERE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Không tìm thấy</title></head>
<body><p>Không tìm thấy trang này, hoặc trang chưa dựng xong.</p></body></html>
""".encode()
