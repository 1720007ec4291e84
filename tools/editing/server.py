"""The form's web server: on this machine alone, for pages of its own alone."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bulletins.settings import Settings
from bulletins.shortcut.site import Site
from tools.door import shown, tell
from tools.editing.answers import Answer, why
from tools.editing.application import Application
from tools.editing.requests import Unwelcome, check_length, check_origin, check_token, read_form
from tools.editing.workspace import Workspace
from tools.serve import Server

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ONE_AT_A_TIME = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    """Looks at who asks before anything else, and answers with headers that let nothing foreign in."""

    server_version, sys_version = "bulletins", ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def __init__(self, *arguments: Any, application: Application, **options: Any) -> None:
        self.application = application
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _get(self) -> Answer:
        check_origin(self.headers, self._port, posts=False)
        address = urlsplit(self.path)
        return self.application.get(unquote(address.path), dict(parse_qsl(address.query)))

    def _post(self) -> Answer:
        try:
            check_origin(self.headers, self._port, posts=True)
            length = check_length(self.headers)
        except Unwelcome:
            self.close_connection = True  # what follows is not read
            raise
        form = read_form(self.headers.get("Content-Type") or "", self.rfile.read(length))
        check_token(form.first("~token"), self.application.token)
        with _ONE_AT_A_TIME:
            return self.application.post(unquote(urlsplit(self.path).path), form)

    @property
    def _port(self) -> int:
        assert isinstance(self.server, Server)
        return self.server.server_port

    def _answer(self, answer: Callable[[], Answer]) -> None:
        try:
            made = answer()
        except Unwelcome as refused:
            made = Answer(refused.status, _REFUSED.format(words=refused.words, why=refused).encode())
        except OSError as error:
            made = Answer(500, _refused_by_system(error).encode())
        except SystemExit as ending:
            made = Answer(500, _STOPPED.format(why=escape(str(ending))).encode())
        except Exception as error:  # noqa: BLE001 - it is told, whatever it is
            tell(error)
            made = Answer(500, _BROKEN.encode())
        self.send_response(made.status)
        for name, value in {**HEADERS, **made.headers}.items():
            self.send_header(name, value)
        if made.status != 204:
            self.send_header("Content-Type", made.type)
            self.send_header("Content-Length", str(len(made.body)))
        self.end_headers()
        self.wfile.write(made.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing: the terminal is for what the person who started it must know."""


_REFUSED = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không được</title><p>{words}</p><!-- {why} -->
<p><a href="/">Về danh sách bản tin</a></p>
"""
_CANNOT = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không đọc, ghi được</title>
<p>Máy không đọc hoặc không ghi được: {why}. Yêu cầu này chưa lưu gì.</p>
<p>Xem ổ đĩa, đường mạng còn nối không, có chương trình nào đang mở tệp không; rồi bấm nút Quay lại của trình duyệt và
làm lại. <code>{file}</code></p>
"""
_STOPPED = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Chưa làm được</title>
<p>{why} Yêu cầu này chưa lưu gì. Bấm nút Quay lại của trình duyệt.</p>
"""
_BROKEN = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Lỗi chương trình</title>
<p>Chương trình gặp lỗi; yêu cầu này chưa lưu gì. Cửa sổ dòng lệnh ghi báo cáo lỗi ở tệp nào.
Bấm nút Quay lại của trình duyệt.</p>
"""


def _refused_by_system(error: OSError) -> str:
    return _CANNOT.format(why=escape(why(error)), file=escape(shown(error.filename or "")))


class EditingServer(Server):
    """The form on this machine; closing it ends what it started."""

    def __init__(self, port: int, application: Application) -> None:
        self._application = application
        super().__init__(("127.0.0.1", port), partial(Handler, application=application))

    def server_close(self) -> None:
        """Close the port, and end a publication that still runs."""
        super().server_close()
        self._application.close()


def editing_server(
    root: Path, settings: Settings, port: int, preview: Callable[[], str], site: Site | None = None
) -> EditingServer:
    """A server of the form for the content below `root`; port 0 takes a free one. Raises OSError.

    `site` is the one that the form publishes.
    """
    application = Application(Workspace(root, settings), secrets.token_urlsafe(24), preview, site)
    return EditingServer(port, application)
