"""Publishing from the form: what would change is shown first, and just that is published."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bulletins.settings import Settings
from tests.editing.forms import Client, Page
from tests.publishing.test_publication import PAGE, Office
from tools import settings as settings_files
from tools.editing.server import editing_server


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.new(tmp_path / "office")


@pytest.fixture
def client(office: Office) -> Iterator[Client]:
    known = Settings.from_pelican(settings_files.read(Path(office.site.settings)))
    settings = replace(known, target=str(office.public))
    with editing_server(office.folder, settings, 0, lambda: "http://x", office.site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Client(server.server_port, office.folder)
        server.shutdown()
        thread.join()


def pressed(client: Client, do: str, **fields: str) -> Page:
    page = client.get("/dang")
    return client.post("/dang", [*page.fields, *fields.items(), ("do", do)])


def when_done(client: Client) -> str:
    """The page once nothing runs any more."""
    page = client.get("/dang")
    while 'http-equiv="refresh"' in page.text:
        time.sleep(0.2)
        page = client.get("/dang")
    return page.text


def test_what_would_change_is_shown_and_just_that_is_published(client: Client, office: Office) -> None:
    assert pressed(client, "publish").status == 422
    pressed(client, "look", first="1").follow()
    seen = when_done(client)
    assert "trang: " in seen and "Đăng ra trang công khai" in seen
    office.edit("value: 95", "value: 96")
    assert "Nội dung đã đổi từ lúc xem" in (refused := pressed(client, "publish")).text
    assert refused.status == 409 and not office.public.joinpath("current").exists()
    pressed(client, "look", first="1").follow()
    when_done(client)
    pressed(client, "publish").follow()
    published = when_done(client)

    assert "Đã đăng." in published
    assert "96" in (office.public / "current" / PAGE).read_text(encoding="utf-8")
    assert pressed(client, "publish").status == 422


def test_a_mistake_is_told_with_its_file_and_line_and_nothing_goes_out(client: Client, office: Office) -> None:
    office.edit("bloc: Khối Thi đua 1", "bloc: Khối không có")
    pressed(client, "look", first="1").follow()
    seen = when_done(client)

    assert "còn chỗ phải sửa" in seen and "index.md:6:7: Lỗi [B1]" in seen
    assert "Đăng ra trang công khai" not in seen
    assert not office.public.joinpath("current").exists()
