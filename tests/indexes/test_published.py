"""What the site that is out says it holds, and what may not leave it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bulletins.domain.library import Library
from bulletins.domain.register import Bloc, Register
from bulletins.indexes.published import (
    Built,
    built_before,
    files_of_site,
    kept_of,
    vanished,
    vanished_of,
    vanished_pages,
)
from bulletins.indexes.sitemap import robots
from bulletins.memory.copy import Copy
from bulletins.memory.state import Memory, ObjectPublished, Published
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


def built(folder: Path, *ids: str, pages: tuple[str, ...] = ()) -> Built:
    return Built(folder, frozenset(ids), frozenset(pages))


def test_a_site_says_by_its_own_files_which_bulletins_and_pages_it_holds(output: Path) -> None:
    paths = ("index.html", "khoi/index.html", "gioi-thieu/index.html", "en/index.html", "en/khoi/index.html",
             "en/lien-he/index.html", "ban-tin/mot/index.html", "google.html")  # fmt: skip
    (output / "api/v1/index.json").write_text(json.dumps({"shards": [{"path": "a.json"}, {"path": "lost.json"}]}))
    (output / "a.json").write_text(json.dumps({"entries": [{"path": path} for path in paths]}))
    for path in (*paths, "cua-nguoi-khac/index.html"):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).touch()
    before = built_before(output)

    assert before.bulletins == {"mot", "hai"}
    assert before.pages == {"gioi-thieu", "en/lien-he"}


def test_where_there_is_no_site_nothing_was_built(tmp_path: Path) -> None:
    assert built_before(tmp_path / "output") == Built(tmp_path / "output", frozenset(), frozenset())


def test_a_site_that_lost_the_ledger_knows_its_files_by_its_catalogue(output: Path) -> None:
    (output / "api/v1/index.json").write_text(json.dumps({"shards": [{"path": "api/v1/catalogue/pages.json"}]}))
    (output / "api/v1/catalogue").mkdir()
    (output / "api/v1/catalogue/pages.json").write_text(json.dumps({"entries": [{"path": "khoi/index.html"}]}))
    for path in ("anh/mot/a.jpg", "tim-kiem/chi-muc/a.json", "CNAME", "anh-cua-toi/a.jpg"):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).touch()

    known = {"khoi/index.html", "anh/mot/a.jpg", "tim-kiem/chi-muc/a.json", "api/v1/index.json"}
    assert files_of_site(output) >= known
    assert files_of_site(output).isdisjoint({"CNAME", "anh-cua-toi/a.jpg"})


def test_a_folder_without_a_catalogue_of_ours_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "a.jpg").touch()

    assert files_of_site(tmp_path) == frozenset()


def test_a_preview_promised_nothing(output: Path) -> None:
    (output / "robots.txt").write_bytes(robots("https://thidua.example.vn/sitemap.xml", drafts=True)[0])

    assert built_before(output) == Built(output, frozenset(), frozenset())


def test_a_bulletin_that_was_built_is_still_there_or_withdrawn(tmp_path: Path) -> None:
    now = library(bulletin("mot"), bulletin("moi"), withdrawn=(GONE,))

    assert vanished(built(tmp_path, "mot", "da-go", pages=("lien-he",)), now, ["lien-he"]) == []


def test_what_was_built_here_and_never_was_public_can_be_forgotten(tmp_path: Path) -> None:
    before = built(tmp_path, "thu", "mot", pages=("trang-thu",))

    assert vanished(before, library(bulletin("mot")), [], ["thu", "trang-thu"]) == []


def test_each_bulletin_that_vanished_is_named_with_its_file_its_hour_and_the_mends(output: Path) -> None:
    for name in ("mot.json", "ba.json"):
        (output / "api/v1/bulletins" / name).touch()
        os.utime(output / "api/v1/bulletins" / name, (1_700_000_000, 1_700_000_000))
    mistakes = vanished(built_before(output), library(bulletin("hai")), [])

    assert [mistake.code for mistake in mistakes] == ["W3", "W3"]
    assert all("lúc 05:13 15/11/2023" in mistake.message for mistake in mistakes)
    assert f"({output.name}/api/v1/bulletins/ba.json, lúc" in mistakes[0].message
    assert "`python3 tasks.py build --forget ba`" in mistakes[0].message
    assert ["`ba`" in mistakes[0].message, "`mot`" in mistakes[1].message] == [True, True]
    assert all("status: withdrawn" in mistake.message for mistake in mistakes)
    assert all("(đã có dòng ấy thì thêm vào cuối)" in mistake.message for mistake in mistakes)
    assert "`former_ids: ba`" in mistakes[0].message


def memory(*objects: tuple[str, str, str]) -> Memory:
    """A memory of objects: type, id, and how each is gone if it is."""
    return Memory(objects={(type_, id_): ObjectPublished("d", 1, gone, 0) for type_, id_, gone in objects})


@pytest.mark.parametrize(
    ("type_", "id_", "code"),
    [
        ("bulletin", "mat", "W3"), ("ceremony", "mat", "W6"), ("bloc", "khoi-9", "W6"), ("unit", "phong-chin", "W6"),
        ("host", "so-la", "W6"), ("movement", "phong-trao", "W6"), ("photo", "mot/anh-01", "W6"),
        ("photo", "mot-cu/anh-01", "W6"),
    ],
)  # fmt: skip
def test_no_published_id_of_any_kind_vanishes(type_: str, id_: str, code: str) -> None:
    mistakes = vanished_of(memory((type_, id_, "")), library(bulletin("mot", former_ids="mot-cu")))

    assert [(mistake.code, f"`{id_}`" in mistake.message) for mistake in mistakes] == [(code, True)]


@pytest.mark.parametrize(
    ("type_", "id_", "gone"),
    [
        ("bulletin", "da-go", "withdrawn"), ("bulletin", "mot-cu", "mot"), ("unit", "phong-chin", "withdrawn"),
        ("bloc", "khoi-cu", "khoi-1"), ("photo", "mot/anh-01", "withdrawn"), ("movement", "phong-trao", "withdrawn"),
    ],
)  # fmt: skip
def test_what_was_withdrawn_or_moved_once_goes_on_to_say_so(type_: str, id_: str, gone: str) -> None:
    mistakes = vanished_of(memory((type_, id_, gone)), library(bulletin("mot")))

    assert [f"`{id_}`" in mistake.message for mistake in mistakes] == [True]


def test_photos_of_a_withdrawn_bulletin_whose_file_names_them_no_longer_are_known_by_the_catalogue(
    tmp_path: Path,
) -> None:
    shard = "api/v1/catalogue/pages/anh.json"
    pages = ("anh/da-go/index.html", "anh/da-go/a/index.html", "anh/mot/index.html", "anh/trang/2/index.html")
    (tmp_path / shard).parent.mkdir(parents=True)
    (tmp_path / "api/v1/index.json").write_text(json.dumps({"shards": [{"path": shard}]}))
    (tmp_path / shard).write_text(json.dumps({"entries": [{"path": path} for path in pages]}))
    still = bulletin("da-go", photos=[{"file": "a.jpg", "alt": "Ba người"}], withdrawn=GONE.withdrawn)
    kept = [kept_of(Memory(), Copy(tmp_path), library(withdrawn=(one,))).photos for one in (GONE, still)]

    assert kept == [(("da-go", ""), ("da-go", "a")), ()]


def test_a_dossier_of_which_nothing_tells_any_more_is_kept_under_the_id_its_bloc_has_now() -> None:
    renamed = Bloc.model_validate({"id": "khoi-moi", "names": "Khối Mới", "former_ids": ["khoi-cu"]})
    known = Memory(documents={"api/v1/blocs/khoi-cu/2019.json": Published(None, "", None, None)})

    assert kept_of(known, None, Library(Register(blocs=[renamed]), [], {})).dossiers == (("khoi-moi", 2019),)


def test_a_bulletin_whose_id_was_changed_has_not_vanished_once_it_says_the_line_of_the_message(tmp_path: Path) -> None:
    known = memory(("bulletin", "cu", ""), ("ceremony", "cu", ""))
    renamed, mended = bulletin("moi"), bulletin("moi", former_ids="cu")
    lost = vanished_of(known, library(renamed))

    assert [("`former_ids: cu`" in each.message, "`former_ids: cu`" in each.english) for each in lost] == [(True, True)]
    assert vanished_of(known, library(mended)) == []
    assert vanished(built(tmp_path, "cu"), library(mended), []) == []


def test_a_bulletin_that_vanished_is_told_once_with_the_ceremony_and_photos_that_bear_its_id() -> None:
    known = memory(("bulletin", "mat", ""), ("ceremony", "mat", ""), ("photo", "mat/anh-01", ""))

    assert [mistake.code for mistake in vanished_of(known, library(bulletin("mot")))] == ["W3"]


def test_a_host_that_was_a_unit_stays_where_its_bulletin_is_withdrawn_and_else_is_to_be_entered_as_one() -> None:
    organiser = {"kinds": ["pact"], "organiser": "so-mau"}
    gone = bulletin("da-go", ceremony=organiser, status="withdrawn", withdrawn={"date": "2023-04-01", "reason": "Nhầm"})
    known = memory(("unit", "so-mau", ""))

    assert vanished_of(known, library(bulletin("mot"), withdrawn=(gone,))) == []
    assert ['`- {id: so-mau, names: "Sở Mẫu"}`' in m.message for m in vanished_of(known, library(bulletin("mot")))] == [
        True
    ]


def test_what_is_there_or_was_taken_away_has_not_vanished() -> None:
    photos = [{"file": "Ảnh 02.jpg", "alt": "Ba người ký giấy."}]
    known = memory(
        ("bulletin", "mot", ""), ("bulletin", "da-go", ""), ("ceremony", "da-go", ""), ("bloc", "khoi-1", ""),
        ("unit", "phong-mot", ""), ("host", "so-mau", ""), ("bulletin", "mot-cu", "mot"), ("ceremony", "mot-cu", "mot"),
        ("photo", "mot/anh-02", ""), ("photo", "mot-cu/anh-02", "mot/anh-02"), ("photo", "da-go/anh-01", ""),
    )  # fmt: skip
    now = library(bulletin("mot", photos=photos, former_ids="mot-cu"), withdrawn=(GONE,))

    assert vanished_of(known, now) == []


def test_a_static_page_that_was_published_does_not_vanish(tmp_path: Path) -> None:
    (tmp_path / "api/v1").mkdir(parents=True)
    (tmp_path / "api/v1/index.json").write_text(json.dumps({"shards": [{"path": "a.json"}]}))
    (tmp_path / "a.json").write_text(json.dumps({"entries": [{"path": "lien-he/index.html"}]}))

    assert [(m.code, m.path) for m in vanished_pages(Copy(tmp_path), [])] == [("W6", "content/pages/lien-he.md")]
    assert vanished_pages(Copy(tmp_path), ["lien-he"]) == []
