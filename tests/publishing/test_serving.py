"""How the site is served: real servers, run with the files of `deploy/`, answer every kind of address as promised."""

from __future__ import annotations

import gzip
import http.client
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
import zstandard

from bulletins.publishing.packing import CODINGS
from bulletins.publishing.server_files import Move, server_files
from bulletins.publishing.serving import GONE, JSON_NOT_FOUND, headers_of
from bulletins.publishing.sums import SUMS, read_sums
from bulletins.publishing.target import Server
from tests.publishing.office import Office
from tools import deploy
from tools.web_servers import caddy, free_port, nginx, running

MOVE = Move("/ban-tin/former/", "/ban-tin/a/")
OLDER = (
    Move("/tin-tuc/le-ky.html", "/ban-tin/a/"),
    Move("/xem.aspx?id=123&muc=2", "/ban-tin/a/"),
    Move("/?p=7", "/ban-tin/a/"),
    Move("/tin/l%E1%BB%85-k%C3%BD.aspx", "/ban-tin/a/"),
)
"""Addresses of an older site."""
MOVES = [MOVE, *OLDER, Move("/tin/cu.html", "/ban-tin/a/")]

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
    "ban-tin/former/index.html": "<p>leads on",
    "tin/cu.html": "<p>leads on",
    **{path: data.decode() for path, data in server_files(Server.OWN, ("tin/cu.html",), (), MOVES).items()},
}

ANSWERS = {
    "/": (200, "text/html; charset=utf-8"),
    "/ban-tin/a/": (200, "text/html; charset=utf-8"),
    "/ban-tin/a/ke-hoach.pdf": (200, "application/pdf"),
    "/ban-tin/withdrawn/": (410, "text/html; charset=utf-8"),
    "/ban-tin/withdrawn/index.html": (200, "text/html; charset=utf-8"),
    "/ban-tin/former/index.html": (200, "text/html; charset=utf-8"),
    "/tin/cu.html": (200, "text/html; charset=utf-8"),
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


def _site(top: Path) -> Path:
    for path, text in FILES.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8")
    for coding in CODINGS.values():
        (top / f"theme/site.css{coding.ending}").write_bytes(coding.compress(b"body{}"))
    return top


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return name


class Served(NamedTuple):
    """A running server: the port at which it leads to https, if it has one, and how to ask it."""

    redirecting: int | None
    ask: Ask


@pytest.fixture(scope="module")
def served(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp(server)
    with _served(server, folder, _site(folder / "site")) as running_server:
        yield running_server


@contextmanager
def _served(server: str, folder: Path, root: Path) -> Iterator[Served]:
    folder.mkdir(exist_ok=True)
    port, redirecting = free_port(), free_port()
    command = nginx(folder, root, port, redirecting) if server == "nginx" else caddy(folder, root, port)

    def answer(address: str, method: str = "GET", at: int = port, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", at, timeout=20)
        connection.request(method, address, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    with running(command, folder / "log", port):
        yield Served(redirecting if server == "nginx" else None, answer)


@pytest.fixture(scope="module")
def ask(served: Served) -> Ask:
    """Ask a running server for an address: status, headers in lower case, body."""
    return served.ask


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


def test_whoever_asks_for_the_head_alone_gets_the_same_headers_and_no_body(ask: Ask) -> None:
    status, headers, body = ask("/ban-tin/a/", "HEAD")
    _, wanted, _ = ask("/ban-tin/a/")

    assert (status, body) == (200, b"")
    assert {**headers, "date": ""} == {**wanted, "date": ""}


def test_a_download_that_broke_off_goes_on_where_it_ended(ask: Ask) -> None:
    status, headers, body = ask("/ban-tin/a/ke-hoach.pdf", Range="bytes=1-2")

    assert (status, headers["content-range"], body) == (206, "bytes 1-2/4", b"PD")


@pytest.mark.long
def test_what_a_publication_from_another_machine_leaves_as_it_is_keeps_its_etag(tmp_path: Path) -> None:
    here, there = Office.new(tmp_path / "here"), Office.new(tmp_path / "there")
    assert here.publish(first=True) == 0
    folders = [tmp_path / name for name in ("nginx", "caddy") if shutil.which(name)]
    if not folders:
        pytest.skip("neither nginx nor Caddy is installed")
    with ExitStack() as stack:
        servers = [stack.enter_context(_served(folder.name, folder, here.public / "current")) for folder in folders]
        first, etags = read_sums(here.read(SUMS)), [_etags(server, here) for server in servers]
        there.add_sentence(1)
        assert there.publish(str(here.public)) == 0
        second, later = read_sums(here.read(SUMS)), [_etags(server, here) for server in servers]

    same = {path for path, sha256 in first.items() if second[path] == sha256}
    assert 0 < len(first.keys() - same) < len(same)
    for before, after in zip(etags, later, strict=True):
        assert {path for path in first if after[path] == before[path]} == same


def _etags(server: Served, office: Office) -> dict[str, str]:
    paths = read_sums(office.read(SUMS))
    return {path: server.ask(f"/{path.removesuffix('index.html')}")[1]["etag"] for path in paths}


def test_over_plain_http_a_reader_is_led_to_https_at_the_same_address(served: Served) -> None:
    if served.redirecting is None:
        pytest.skip("Caddy leads to https by itself; the scanner of `judges` sees it")
    status, headers, _ = served.ask("/ban-tin/a/?q=1", at=served.redirecting, Host="thidua.example.vn")

    assert (status, headers["location"]) == (301, "https://thidua.example.vn/ban-tin/a/?q=1")


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
    assert name not in _SERVED[server] or headers["vary"] == "Accept-Encoding"


def test_a_packed_file_is_the_same_every_time_and_gives_back_what_was_packed() -> None:
    text = "Khối thi đua số 3 ký giao ước. ".encode() * 200
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstandard.decompress}
    for name, coding in CODINGS.items():
        assert coding.compress(text) == coding.compress(text)
        assert unpack[name](coding.compress(text)) == text
        assert len(coding.compress(text)) < len(text) / 10


def test_an_address_that_moved_leads_to_the_one_that_answers_now(ask: Ask) -> None:
    for move in (MOVE, *OLDER):
        status, headers, _ = ask(move.old)

        assert (move, status, headers.get("location")) == (move, 301, move.new)
        assert "strict-transport-security" in headers
    assert [ask(address)[0] for address in ("/", "/?p=8", "/xem.aspx", "/xem.aspx?id=12")] == [200, 200, 404, 404]
    assert ask(f"{MOVE.old}?tu=facebook")[1]["location"] == MOVE.new


def test_a_host_of_pages_gets_the_moves_and_headers_in_its_own_files_unless_the_office_has_some() -> None:
    files = server_files(
        Server.PAGES, ["_headers", "ban-tin/x/index.html"], ["x"], [MOVE, Move("/xem.aspx?id=1", MOVE.new)]
    )

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
