"""How the site is served: real servers, run with the files of `deploy/`, answer every kind of address as promised."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
import zstandard

from bulletins.publishing.packing import CODINGS
from bulletins.publishing.server_files import Move, server_files
from bulletins.publishing.serving import GONE, JSON_NOT_FOUND, headers_of
from bulletins.publishing.target import Server
from tools import deploy

MOVE = Move("/ban-tin/former/", "/ban-tin/a/")

FILES = {
    "index.html": "<p>home",
    "404.html": "<p>not here",
    "site.webmanifest": "{}",
    "tim-kiem/index.html": "<p>search",
    "ban-tin/a/index.html": "<p>a bulletin",
    "ban-tin/a/ke-hoach.pdf": "%PDF",
    "ban-tin/withdrawn/index.html": "<p>a notice",
    f"ban-tin/withdrawn/{GONE}": "",
    "anh/a/01-25f6ff46-400.avif": "picture",
    "anh/a/a.zip": "PK",
    "api/v1/index.json": '{"shards": []}',
    "api/v1/bulletins/withdrawn.json": '{"status": "withdrawn"}',
    "khoi/x/feed.xml": "<feed/>",
    "feed.json": "{}",
    "lich.ics": "BEGIN:VCALENDAR",
    "theme/site.css": "body{}",
    "theme/gallery.js": "export {}",
    "theme/fonts/a.woff2": "font",
    "SHA256SUMS": "",
    **{path: data.decode() for path, data in server_files(Server.OWN, (), (), [MOVE]).items()},
}

ANSWERS = {
    "/": (200, "text/html; charset=utf-8"),
    "/ban-tin/a/": (200, "text/html; charset=utf-8"),
    "/ban-tin/a/ke-hoach.pdf": (200, "application/pdf"),
    "/ban-tin/withdrawn/": (410, "text/html; charset=utf-8"),
    "/ban-tin/khong-co/": (404, "text/html; charset=utf-8"),
    f"/ban-tin/withdrawn/{GONE}": (404, "text/html; charset=utf-8"),
    "/tim-kiem/?q=b%E1%BA%AFc+ninh": (200, "text/html; charset=utf-8"),
    "/anh/a/01-25f6ff46-400.avif": (200, "image/avif"),
    "/anh/a/a.zip": (200, "application/zip"),
    "/api/v1/index.json": (200, "application/json"),
    "/api/v1/bulletins/withdrawn.json": (200, "application/json"),
    "/api/v1/khong-co.json": (404, "application/json"),
    "/khoi/x/feed.xml": (200, "application/xml; charset=utf-8"),
    "/feed.json": (200, "application/json"),
    "/lich.ics": (200, "text/calendar; charset=utf-8"),
    "/theme/site.css": (200, "text/css; charset=utf-8"),
    "/theme/gallery.js": (200, "text/javascript; charset=utf-8"),
    "/theme/fonts/a.woff2": (200, "font/woff2"),
    "/site.webmanifest": (200, "application/manifest+json"),
}
"""Status and media type of every kind of address."""

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _site(top: Path) -> Path:
    for path, text in FILES.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8")
    for coding in CODINGS.values():
        (top / f"theme/site.css{coding.ending}").write_bytes(coding.compress(b"body{}"))
    return top


def _nginx(folder: Path, root: Path, port: int) -> list[str]:
    text = re.sub(r"listen .*CHANGE", f"listen 127.0.0.1:{port};", deploy.nginx())
    text = re.sub(r"root .*# CHANGE", f"root {root};", text).replace("/srv/thidua/current", str(root))
    paths = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    main = f"daemon off; user root; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
    conf.write_text(f"{main}http {{ access_log off; {paths}\n{text}}}\n", encoding="utf-8")
    return ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(conf)]


def _caddy(folder: Path, root: Path, port: int) -> list[str]:
    text = deploy.caddy().replace("thidua.example.vn {", f"http://127.0.0.1:{port} {{")
    text = text.replace("/srv/thidua/current", str(root))
    conf = folder / "Caddyfile"
    conf.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(conf)]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture(scope="module")
def ask(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a running server for an address: status, headers in lower case, body."""
    folder, port = tmp_path_factory.mktemp(server), _free_port()
    command = {"nginx": _nginx, "caddy": _caddy}[server](folder, _site(folder / "site"), port)
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        _wait_for(port, folder / "log")

        def answer(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", address, headers={k.replace("_", "-"): v for k, v in headers.items()})
            response = connection.getresponse()
            body = response.read()
            connection.close()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, body

        yield answer
        running.terminate()


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", ANSWERS)
def test_every_kind_of_address_is_answered_with_its_status_and_type(ask: Ask, address: str) -> None:
    status, headers, _ = ask(address)
    wanted_status, wanted_type = ANSWERS[address]

    assert (status, headers["content-type"].partition(";")[0]) == (wanted_status, wanted_type.partition(";")[0])
    assert headers["content-type"].lower().endswith("charset=utf-8") or "charset" not in wanted_type


@pytest.mark.parametrize("address", ANSWERS)
def test_every_kind_of_address_carries_the_headers_of_the_list(ask: Ask, address: str) -> None:
    _, headers, _ = ask(address)
    wanted = {name.lower(): value for name, value in headers_of(address.partition("?")[0]).items()}

    assert {name: headers.get(name) for name in wanted} == wanted
    assert ("access-control-allow-origin" in headers) == ("access-control-allow-origin" in wanted)


def test_a_withdrawn_page_is_gone_and_says_why(ask: Ask) -> None:
    assert ask("/ban-tin/withdrawn/")[::2] == (410, b"<p>a notice")


def test_a_program_that_asks_for_nothing_is_told_in_json(ask: Ask) -> None:
    assert ask("/api/v1/khong-co.json")[::2] == (404, JSON_NOT_FOUND.encode())


def test_a_reader_who_asks_for_nothing_gets_the_site_s_own_page(ask: Ask) -> None:
    assert ask("/khong-co/")[::2] == (404, b"<p>not here")


def test_what_did_not_change_is_not_sent_again(ask: Ask) -> None:
    _, headers, _ = ask("/api/v1/index.json")

    assert ask("/api/v1/index.json", If_None_Match=headers["etag"])[0] == 304


_SERVED = {"nginx": ["gzip"], "caddy": ["gzip", "br", "zstd"]}
"""What these servers, as Debian has them, look for."""


@pytest.mark.parametrize("name", CODINGS)
def test_what_was_packed_before_is_sent_packed_to_who_can_unpack_it(ask: Ask, server: str, name: str) -> None:
    _, headers, body = ask("/theme/site.css", Accept_Encoding=name)
    _, plain_headers, plain = ask("/theme/site.css", Accept_Encoding="identity")

    expected = (name, CODINGS[name].compress(b"body{}")) if name in _SERVED[server] else (None, b"body{}")
    assert (headers.get("content-encoding"), body) == expected
    assert (plain_headers.get("content-encoding"), plain) == (None, b"body{}")
    assert headers["content-type"] == plain_headers["content-type"]


def test_a_packed_file_is_the_same_every_time_and_gives_back_what_was_packed() -> None:
    text = "Khối thi đua số 3 ký giao ước. ".encode() * 200
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}
    for name, coding in CODINGS.items():
        assert coding.compress(text) == coding.compress(text)
        assert unpack[name](coding.compress(text)) == text
        assert len(coding.compress(text)) < len(text) / 10


def test_an_address_that_moved_leads_to_the_one_that_answers_now(ask: Ask) -> None:
    status, headers, _ = ask(MOVE.old)

    assert (status, headers["location"]) == (301, MOVE.new)
    assert "strict-transport-security" in headers


def test_a_host_of_pages_gets_the_moves_and_headers_in_its_own_files_unless_the_office_has_some() -> None:
    files = server_files(Server.PAGES, ["_headers", "ban-tin/x/index.html"], ["x"], [MOVE])

    assert files == {".nojekyll": b"", "_redirects": b"/ban-tin/former/ /ban-tin/a/ 301\n"}


def test_the_files_of_the_repository_are_the_ones_the_list_gives() -> None:
    folder = Path(deploy.__file__).parent.parent / "deploy"

    assert {name: (folder / name).read_text(encoding="utf-8") for name in deploy.texts()} == deploy.texts()


@pytest.mark.parametrize("address", ["/", "/ban-tin/a/", "/khoi/x/2023/", "/404.html", "/anh/a/01/"])
def test_a_page_allows_nothing_from_elsewhere_and_no_script_in_it(address: str) -> None:
    policy = headers_of(address)["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "*" not in policy


def test_scripts_ask_this_site_alone() -> None:
    policies = [headers_of(address)["Content-Security-Policy"] for address in ("/", "/tim-kiem/", "/ban-tin/a/")]

    assert all("connect-src 'self'; " in policy for policy in policies)
    assert "connect-src" not in headers_of("/api/v1/index.json")["Content-Security-Policy"]
