"""What a browser sends: whether it comes from our own page, and the fields and files of a form."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs

LARGEST_POST = 150_000_000
"""Bytes of one request: some photos at a time."""

_BOUNDARY = re.compile(r'multipart/form-data;.*\bboundary="?([^";]+)"?', re.DOTALL)
_NAME = re.compile(r'\bname="([^"]*)"')
_FILE = re.compile(r'\bfilename="([^"]*)"')


_WORDS = {
    403: "Yêu cầu này không đến từ biểu mẫu đang chạy, nên máy không làm gì. Hãy mở lại trang.",
    404: "Không có trang này, hoặc bản tin đã được chuyển đi.",
    413: f"Mỗi lần chỉ tải lên được {LARGEST_POST // 1_000_000} MB; hãy tải ít ảnh hơn. Máy chưa ghi gì.",
}


_OLD_WINDOW = (
    "Cửa sổ này mở từ lần chạy trước của biểu mẫu, nên máy chưa lưu gì. Bấm nút Quay lại của trình duyệt, chép phần vừa"
    " gõ, rồi mở lại bản tin từ danh sách và dán vào."
)


class Unwelcome(Exception):
    """A request that is not answered; carries the status code, and what a person is told."""

    def __init__(self, status: int, why: str, words: str = "") -> None:
        super().__init__(why)
        self.status = status
        self.words = words or _WORDS.get(status, "Yêu cầu không hiểu được; máy không làm gì.")


@dataclass
class Upload:
    """A file as its sender calls it, and its bytes."""

    name: str
    data: bytes


@dataclass
class Form:
    """The fields of a form by name, each with all its values, and its files."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[tuple[str, Upload]] = field(default_factory=list)

    def first(self, name: str) -> str:
        return (self.fields.get(name) or [""])[0]


def check_origin(headers: Message | Mapping[str, str], port: int, *, posts: bool) -> None:
    """Refuse what another site's page sends, or what reached us by another name (DNS rebinding). Raises `Unwelcome`."""
    ours = (f"127.0.0.1:{port}", f"localhost:{port}")
    host = headers.get("Host") or ""
    if host not in ours:
        raise Unwelcome(403, "foreign host")
    origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site")
    if origin is not None and origin != f"http://{host}":
        raise Unwelcome(403, "foreign origin")
    if site is not None and site not in (("same-origin",) if posts else ("same-origin", "none")):
        raise Unwelcome(403, "foreign site")
    if posts and origin is None and site is None:
        raise Unwelcome(403, "no origin")


def check_token(sent: str, token: str) -> None:
    """Refuse a form that is none of ours. Raises `Unwelcome`."""
    if not hmac.compare_digest(sent.encode(), token.encode()):
        raise Unwelcome(403, "no token", _OLD_WINDOW)


def check_length(headers: Message) -> int:
    """How many bytes follow. Raises `Unwelcome` if nobody says, or if they are too many."""
    length = headers.get("Content-Length") or ""
    if not length.isdecimal():
        raise Unwelcome(411, "no length")
    if int(length) > LARGEST_POST:
        raise Unwelcome(413, "too large")
    return int(length)


def read_form(content_type: str, data: bytes) -> Form:
    """The form in the body of a request. Raises `Unwelcome` for one that is none."""
    try:
        if content_type.startswith("application/x-www-form-urlencoded"):
            most = len(data)
            return Form(parse_qs(data.decode(), keep_blank_values=True, max_num_fields=min(most, 50_000)))
        boundary = _BOUNDARY.match(content_type)
        if boundary:
            return _multipart(data, boundary[1].encode())
    except ValueError as error:
        raise Unwelcome(400, "no form") from error
    raise Unwelcome(415, "no form")


def _multipart(data: bytes, boundary: bytes) -> Form:
    form = Form()
    for part in (b"\r\n" + data).split(b"\r\n--" + boundary)[1:]:
        head, blank, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(words := head.decode())
        if not blank or not name:
            continue
        file = _FILE.search(words)
        if file:
            form.files.append((name[1], Upload(file[1], content)))
        else:
            form.fields.setdefault(name[1], []).append(content.decode())
    return form
