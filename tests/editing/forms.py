"""A running form for a copy of some content, and its pages as a browser without JavaScript has them."""

from __future__ import annotations

import http.client
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from bulletins.settings import Settings
from tools.editing.server import editing_server

ROOT = Path(__file__).parents[2]
KEY = "2022/vpqh-khoi-5-2022-summary"
BOUNDARY = "----form-boundary"
DRAFT = "2023/khoi-3-nhap"


def copied(folder: Path) -> Path:
    """A project with the repository's content, its photos as links to save time, and the theme's fonts."""
    shutil.copytree(ROOT / "content", folder / "content")
    return folder


@dataclass
class Client:
    """Speaks HTTP with the form as a browser does."""

    port: int
    root: Path

    def file(self, key: str = KEY) -> Path:
        return self.root / "content" / "bulletins" / key / "index.md"

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, Mapping[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, {"Host": f"localhost:{self.port}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders())
        finally:
            connection.close()

    def get(self, path: str) -> Page:
        status, text, headers = self.request("GET", path)
        return Page(self, path, status, text, headers)

    def post(self, path: str, fields: list[tuple[str, str]], files: Mapping[str, bytes] | None = None,
             headers: Mapping[str, str] | None = None, field: str = "~photos") -> Page:  # fmt: skip
        body = multipart(fields, files or {}, field)
        sent = {
            "Origin": f"http://localhost:{self.port}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            **(headers or {}),
        }
        status, text, answered = self.request("POST", path, body, {k: v for k, v in sent.items() if v})
        return Page(self, path, status, text, answered)


def multipart(fields: list[tuple[str, str]], files: Mapping[str, bytes], field: str = "~photos") -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        # Browsers send CRLF for every line end of a text.
        + value.replace("\r\n", "\n").replace("\n", "\r\n").encode()
        + b"\r\n"
        for name, value in fields
    ]
    parts += [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n".encode()
        + data
        + b"\r\n"
        for name, data in files.items()
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@dataclass
class Page:
    """A page that came back, and the fields of its form."""

    client: Client
    path: str
    status: int
    text: str
    headers: Mapping[str, str]
    _fields: list[tuple[str, str]] | None = field(default=None, repr=False)

    @cached_property
    def document(self) -> Element:
        parsed: Element = html5lib.parse(self.text, namespaceHTMLElements=False)
        return parsed

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a browser would send of the form if nothing is touched, without a button."""
        if self._fields is None:
            form = next(one for one in self.document.iter("form"))
            self._fields = list(_successful(form))
        return self._fields

    def value(self, name: str) -> str:
        return dict(self.fields)[name]

    def names(self) -> list[str]:
        return [name for name, _ in self.fields]

    def set(self, name: str, value: str) -> Page:
        """The page after somebody typed; raises KeyError for a field that is not in the form."""
        if name not in self.names():
            raise KeyError(name)
        self._fields = [(one, value if one == name else old) for one, old in self.fields]
        return self

    def tick(self, name: str, value: str) -> Page:
        self._fields = [*self.fields, (name, value)]
        return self

    def press(self, do: str, files: Mapping[str, bytes] | None = None, field: str = "~photos") -> Page:
        """What comes back when a button is pressed, with files chosen in a field of the form."""
        return self.client.post(self.path.partition("?")[0], [*self.fields, ("do", do)], files, field=field)

    def follow(self) -> Page:
        assert self.status == 303, self.text[:2000]
        return self.client.get(self.headers["Location"])

    def by_id(self, id_: str) -> Element:
        return next(one for one in self.document.iter() if one.get("id") == id_)

    def said_at(self, id_: str) -> str:
        """What is said at a widget, in the page's own words."""
        found = [one for one in self.document.iter() if one.get("id") == f"{id_}-e"]
        return " ".join("".join(one.itertext()) for one in found)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The list at the top: where each line leads, and what it says."""
        top = next((one for one in self.document.iter() if one.get("id") == "summary"), None)
        items = list(top.iter("li")) if top is not None else []
        return [(next(item.iter("a")).get("href", ""), "".join(item.itertext())) for item in items]


def _successful(form: Element) -> Iterator[tuple[str, str]]:
    for one in form.iter():
        name = one.get("name")
        if not name or one.tag == "button":
            continue
        if one.tag == "textarea":
            yield name, "".join(one.itertext())
        elif one.tag == "select":
            options = list(one.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), options[0])
            yield name, chosen.get("value", "")
        elif one.get("type") == "checkbox":
            if one.get("checked") is not None:
                yield name, one.get("value", "on")
        elif one.get("type") != "file":
            yield name, one.get("value", "")


@contextmanager
def running(root: Path, **settings: Any) -> Iterator[Client]:
    """The form for the content below `root`."""
    with editing_server(root, Settings(site_url="https://example.vn", **settings), 0, lambda: "http://x") as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield Client(server.server_port, root)
        finally:
            server.shutdown()
            thread.join()
