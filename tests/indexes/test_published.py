"""What the site that is out says it holds, and what may not leave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.indexes.published import published_before, vanished, vanished_of
from bulletins.indexes.sitemap import robots
from bulletins.memory.state import Memory, ObjectPublished
from tests.builders import bulletin, library

GONE = bulletin("da-go", status="withdrawn", withdrawn={"date": "2023-04-01", "reason": "Đăng nhầm"})


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """What a site of two bulletins leaves of them."""
    for name in ("mot.json", "hai.json"):
        path = tmp_path / "api/v1/bulletins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "robots.txt").write_bytes(robots("https://thidua.example.vn/sitemap.xml", drafts=False)[0])
    return tmp_path


def test_a_site_says_by_its_own_files_which_bulletins_it_holds(output: Path) -> None:
    assert published_before(output) == {"mot", "hai"}


def test_where_there_is_no_site_nothing_was_published(tmp_path: Path) -> None:
    assert published_before(tmp_path / "output") == set()


def test_a_preview_promised_nothing(output: Path) -> None:
    (output / "robots.txt").write_bytes(robots("https://thidua.example.vn/sitemap.xml", drafts=True)[0])

    assert published_before(output) == set()


def test_a_bulletin_that_was_published_is_still_there_or_withdrawn() -> None:
    assert vanished({"mot", "da-go"}, library(bulletin("mot"), bulletin("moi"), withdrawn=(GONE,))) == []


def test_each_bulletin_that_vanished_is_named_with_the_mend() -> None:
    mistakes = vanished({"mot", "hai", "ba"}, library(bulletin("hai")))

    assert [mistake.code for mistake in mistakes] == ["W3", "W3"]
    assert ["`ba`" in mistakes[0].message, "`mot`" in mistakes[1].message] == [True, True]
    assert all("status: withdrawn" in mistake.message for mistake in mistakes)


def memory(*objects: tuple[str, str, str]) -> Memory:
    """A memory of objects: type, id, and how each is gone if it is."""
    return Memory(objects={(type_, id_): ObjectPublished("d", 1, gone, 0) for type_, id_, gone in objects})


@pytest.mark.parametrize(
    ("type_", "id_", "code"),
    [
        ("bulletin", "mat", "W3"), ("ceremony", "mat", "W6"), ("bloc", "khoi-9", "W6"), ("unit", "phong-chin", "W6"),
        ("host", "so-la", "W6"), ("movement", "phong-trao", "W6"), ("photo", "mot/anh-01", "W6"),
    ],
)  # fmt: skip
def test_no_published_id_of_any_kind_vanishes(type_: str, id_: str, code: str) -> None:
    mistakes = vanished_of(memory((type_, id_, "")), library(bulletin("mot")))

    assert [(mistake.code, f"`{id_}`" in mistake.message) for mistake in mistakes] == [(code, True)]


def test_what_is_there_or_was_taken_away_has_not_vanished() -> None:
    photos = [{"file": "Ảnh 02.jpg", "alt": "Ba người ký giấy."}]
    known = memory(
        ("bulletin", "mot", ""), ("bulletin", "da-go", ""), ("ceremony", "da-go", ""), ("bloc", "khoi-1", ""),
        ("unit", "phong-mot", ""), ("host", "so-mau", ""), ("unit", "cu", "withdrawn"), ("bulletin", "cu", "moi"),
        ("photo", "mot/anh-02", ""), ("photo", "da-go/anh-01", ""),
    )  # fmt: skip

    assert vanished_of(known, library(bulletin("mot", photos=photos), withdrawn=(GONE,))) == []
