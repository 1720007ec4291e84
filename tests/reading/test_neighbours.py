"""What lies beside bulletins: broken drafts, what systems leave; and nothing of ours is passed over in silence."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from bulletins.ignored import is_ignored, is_ignored_folder
from bulletins.mistakes import errors
from bulletins.reading.content import read_content
from bulletins.reading.drafts import says_draft
from bulletins.settings import Settings
from tests.reading.texts import bulletin, mistakes

SAMPLE = Path(__file__).parent.parent / "sites" / "sample"
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
YEAR = "content/bulletins/2023"
HERE = f"{YEAR}/khoi-1-2023-pact"
TEXT = bulletin(id="moi").encode()
DRAFT = bulletin(id="nhap", status="draft")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sample site, to be added to."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def lay(site: Path, *names: str, data: bytes = TEXT) -> None:
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)


def wrong(site: Path, **settings: bool) -> dict[str, list[str]]:
    """The codes of the errors there are, by path."""
    found = read_content(site / "content", site, Settings(**settings), NOW).mistakes
    return {m.path: sorted({other.code for other in errors(found) if other.path == m.path}) for m in errors(found)}


# Drafts

BROKEN_DRAFTS = {
    "yaml": DRAFT.replace("bloc: ", "bloc: [").encode(),
    "no-end": DRAFT.replace("\n---\n", "\n\n").encode(),
    "no-start": DRAFT.removeprefix("---\n").encode(),
    "conflict": DRAFT.replace("lead:", "<<<<<<< HEAD\nlead:").encode(),
    "cp1258": DRAFT.replace("Tiêu đề", "Ti\xeau").encode("cp1252", "ignore"),
    "utf-16": DRAFT.encode("utf-16"),
    "nul": DRAFT.replace("lead: ", "lead: \0").encode(),
    "field": DRAFT.replace("lead:", "leed:").encode(),
    "no-photo": DRAFT.replace("lead:", "photos: [{file: a.jpg, alt: A}]\nlead:").encode(),
    "id-of-another": DRAFT.replace("id: nhap", "id: khoi-1-2023-pact").encode(),
    "vietnamese": DRAFT.replace("status: draft", "status: 'Bản nháp'  # chưa xong").replace("lead:", "leed:").encode(),
    "crlf": DRAFT.replace("lead:", "leed:").replace("\n", "\r\n").encode(),
    "cut-letter": DRAFT.encode() + "ế".encode()[:2],
}


def test_a_broken_draft_is_told_and_stops_nobody(site: Path) -> None:
    for name, data in BROKEN_DRAFTS.items():
        lay(site, f"{YEAR}/{name}/index.md", data=data.replace(b"id: nhap", f"id: {name}".encode()))
    lay(site, f"{YEAR}/field/index (1).md", f"{YEAR}/field/anh/a.jpg", f"{YEAR}/nhap.md", data=DRAFT.encode())
    content = read_content(site / "content", site, Settings(), NOW)

    assert errors(content.mistakes) == []
    assert {m.path.split("/")[3] for m in content.mistakes} >= {*BROKEN_DRAFTS, "nhap.md"}
    assert content.counts.draft == len(BROKEN_DRAFTS)
    assert content.library.bulletins.keys().isdisjoint({*BROKEN_DRAFTS, "nhap"})
    assert content.counts.published == read_content(SAMPLE / "content", SAMPLE, Settings(), NOW).counts.published


def test_its_author_who_looks_at_it_sees_the_same_as_errors(site: Path) -> None:
    lay(site, f"{YEAR}/yaml/index.md", data=BROKEN_DRAFTS["yaml"])

    assert wrong(site, drafts=True) == {f"{YEAR}/yaml/index.md": ["Y1"]}


@pytest.mark.parametrize(
    "status",
    ["draff", "nhát", "draft\nstatus: published", "published\nstatus: draft", "published", " \n  - {status: draft}"],
)
def test_a_status_that_does_not_plainly_say_draft_stops_publishing(status: str, tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(bulletin(status=status).replace("title:", "title: ["), encoding="utf-8")

    assert not says_draft(tmp_path / "index.md")


def test_a_mistake_beside_a_draft_that_is_not_its_own_stops_publishing(site: Path) -> None:
    lay(site, f"{YEAR}/nhap/index.md", data=DRAFT.encode())
    lay(site, f"{YEAR}/nhap/khac/index.md", data=b"---\nid: [\n---\n")

    assert wrong(site) == {f"{YEAR}/nhap/khac/index.md": ["Y1"]}


# What systems leave

LEFT_BY_SYSTEMS = (
    "Thumbs.db", "THUMBS.DB", "Desktop.ini", "desktop.ini", "Icon\r", ".DS_Store", "._index.md", "~$index.docx",
    ".~lock.index.docx#", "index.md~", "index.md.bak", "index.bak", "#index.md#", ".#index.md", ".index.md.swp",
    ".index.md.77.tmp", "anh.jpg.part", ".hidden", "Lối tắt.lnk", ".gitkeep",
)  # fmt: skip
FOLDERS_OF_SYSTEMS = ("@eaDir", "__MACOSX", "#recycle", ".git", ".stversions", "$RECYCLE.BIN", ".Trash-1000")


def test_what_systems_and_editors_leave_beside_a_bulletin_is_nothing(site: Path) -> None:
    lay(site, *(f"{HERE}/{name}" for name in LEFT_BY_SYSTEMS), data=b"\0")
    lay(site, *(f"{place}/{name}/index.md" for name in FOLDERS_OF_SYSTEMS for place in (HERE, "content")), data=b"\0")
    content = read_content(site / "content", site, Settings(), NOW)

    assert content.mistakes == read_content(SAMPLE / "content", SAMPLE, Settings(), NOW).mistakes


NOT_READ = (
    f"{YEAR}/a/Index.md",
    f"{YEAR}/b/index.markdown",
    f"{YEAR}/c/index.txt",
    f"{YEAR}/d/index.md.txt",
    f"{YEAR}/e/index",
    f"{YEAR}/f/index.md~",
    f"{YEAR}/g/index.md.bak",
    f"{YEAR}/h/index (1).md",
    f"{YEAR}/i/INDEX.MD",
    f"{YEAR}/j/index.md ",
    f"{YEAR}/tin-moi.md",
    f"{YEAR}/k/.index.md",
    f"{HERE}/index (1).md",
    f"{HERE}/index - Copy.md",
    f"{HERE}/Bản sao của index.md",
    f"{HERE}/index.sync-conflict-20230101-1.md",
    "content/register/units.yml",
    "content/register/blocs (1).yaml",
    "content/register/Units.yaml",
    "content/register/units.txt",
    "content/register/units.json",
    "content/register/cu/units.yaml",
    "content/register/.blocs.yaml",
    "content/units.yaml",
    "content/tin.md",
    "content/pages/Gioi-Thieu-2.md",
    "content/pages/khoi.md",
    "content/pages/con.md",
    "content/pages/moi.markdown",
    "content/pages/cu/moi.md",
)
FOLDERS_NOT_READ = {
    f"{YEAR}/.thi-dua/index.md": f"{YEAR}/.thi-dua",
    "content/bulletin/2023/a/index.md": "content/bulletin",
    "content/Register/units.yaml": "content/Register",
    "content/.bulletins/a/index.md": "content/.bulletins",
}


def test_no_bulletin_no_page_and_no_file_of_the_register_is_passed_over_in_silence(site: Path) -> None:
    lay(site, *NOT_READ, *FOLDERS_NOT_READ)

    paths = wrong(site)
    assert {path: codes for path, codes in paths.items() if codes != ["F5"]} == {}
    assert set(paths) == {*NOT_READ, *FOLDERS_NOT_READ.values()}


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("units.yaml.txt", "đổi tên thành units.yaml"),
        ("units.yml", "đổi tên thành units.yaml"),
        ("cu/units.yaml", "chuyển ra thành content/register/units.yaml"),
    ],
)
def test_a_file_of_the_register_elsewhere_is_to_be_renamed_or_moved_where_there_is_no_other(
    name: str, mend: str, site: Path
) -> None:
    register = site / "content" / "register"
    (register / name).parent.mkdir(exist_ok=True)
    (register / "units.yaml").rename(register / name)

    messages = {m.path: m.message for m in errors(read_content(site / "content", site, Settings(), NOW).mistakes)}
    assert mend in messages[f"content/register/{name}"]


@pytest.mark.parametrize("folder", ["#thi-dua-2023", "#thi-dua#", "khoi.tmp", "2023~", "khoi-5.bak", "Thumbs.db"])
def test_a_folder_with_an_odd_name_is_read_like_any_other(folder: str, site: Path) -> None:
    lay(site, f"{YEAR}/{folder}/index.md")
    content = read_content(site / "content", site, Settings(), NOW)

    assert "moi" in content.library.bulletins


def test_a_copy_of_a_bulletin_is_to_be_compared(site: Path) -> None:
    lay(site, f"{HERE}/index (1).md")
    found = read_content(site / "content", site, Settings(), NOW).mistakes

    assert ["so hai tệp, giữ một, xóa tệp kia" in mistake.message for mistake in found] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_what_stands_where_a_file_or_a_folder_must_be_is_named(site: Path) -> None:
    (site / YEAR / "a" / "index.md").mkdir(parents=True)
    (site / YEAR / "b").mkdir()
    os.mkfifo(site / YEAR / "b" / "index.md")
    (site / "content" / "register" / "movements.yaml").mkdir()
    (site / "content" / "register" / "hosts.yaml").unlink()
    (site / "content" / "register" / "hosts.yaml").symlink_to(site / "content" / "register" / "units.yaml")
    shutil.rmtree(site / "content" / "pages", ignore_errors=True)
    lay(site, "content/pages")

    paths = {path for path, codes in wrong(site).items() if codes in (["F5"], ["F4"])}
    assert paths >= {
        f"{YEAR}/a/index.md",
        f"{YEAR}/b/index.md",
        "content/register/movements.yaml",
        "content/register/hosts.yaml",
        "content/pages",
    }


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read")
def test_a_folder_that_nobody_may_look_into_is_named(site: Path) -> None:
    (site / YEAR).chmod(0)
    try:
        assert wrong(site)[YEAR] == ["F9"]
    finally:
        (site / YEAR).chmod(0o755)


def test_what_is_ignored_is_ignored_in_any_case() -> None:
    assert all(is_ignored(name.upper()) and is_ignored(name.lower()) for name in ("Thumbs.db", "Desktop.ini", "a.BAK"))
    assert is_ignored_folder("@eaDir")
    assert not is_ignored("index.md")
    assert not is_ignored_folder(".thi-dua")


# Names of pictures

ODD_NAMES = (
    "anh 01.jpg", "#1.jpg", "a%20b.jpg", "100%.jpg", "anh [1].jpg", "anh (1).jpg", "a (1) (2).jpg", "((a)).jpg",
    "a'b.jpg", 'a"b.jpg', "ảnh số 1.JPG", "a&b.jpg", "*1*.jpg", "a+b.jpg", "- a.jpg", "a: b.jpg", "[a].jpg", "{a}.jpg",
    "&amp;.jpg", "a`b.jpg", "null.jpg", "@a.jpg", "!a.jpg", "a  b.jpg", "~a~.jpg", "a|b.jpg",
)  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_picture_of_any_name_is_found_listed_or_by_auto(name: str, tmp_path: Path) -> None:
    text = f"Một.\n\n![Ba người ký giấy]({name})\n\nHai."
    ways = (
        bulletin(text, "photos: auto\n"),
        bulletin(text.replace(name, quote(name)), "photos: auto\n"),
        bulletin(text, f"photos:\n  - file: {name}\n"),
        bulletin("Một.", f"photos:\n  - file: {name}\n    alt: Ba người ký giấy\n"),
    )

    assert [[m.code for m in mistakes(way, tmp_path, name) if m.level == "error"] for way in ways] == [[], [], [], []]


def test_auto_without_a_description_hides_no_other_mistake(tmp_path: Path) -> None:
    text = bulletin("", "photos: auto\nsai: a\n")

    assert {m.code for m in mistakes(text, tmp_path, "a.jpg")} == {"P1", "V1"}


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ("photos:\n  - {file: ANH-01.JPG, alt: Ba người ký giấy}\n", "Một."),
        ("photos:\n  - {file: Ảnh 01.jpg, alt: Ba người ký giấy}\n", "Một."),
        ("photos:\n  - {file: anh-01.jpg, alt: Ba người ký giấy}\n", "Một.\n\n![](Anh-01.JPG)\n\nHai."),
        ("attachments:\n  - {file: ANH-01.JPG, title: Ảnh}\n", "Một."),
    ],
)
def test_a_name_in_another_case_is_answered_with_the_name_meant(more: str, body: str, tmp_path: Path) -> None:
    answers = [m.message for m in mistakes(bulletin(body, more), tmp_path, "anh-01.jpg") if m.level == "error"]

    assert len(answers) == 1
    assert "có phải “anh-01.jpg”?" in answers[0]
