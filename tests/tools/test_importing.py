"""`tasks.py import`: old texts to drafts in their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletins.settings import Settings
from tools.contents import read_all
from tools.importing import import_files
from tools.program import with_flags

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "sites" / "sample"
TEXT = """\
Khối thi đua số I ký giao ước thi đua năm 2024

15/03/2024

Sáng 15/3, tại Sở Mẫu, Khối thi đua số I, Sở Mẫu tổ chức lễ ký giao ước thi đua năm 2024.

Khối gồm 3 đơn vị: Phòng Một, Phòng Hai và Phòng Ba; Phòng Hai làm Khối trưởng năm 2024.
"""
MADE = "content/bulletins/2024/khoi-1-2024-pact"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def imported(site: Path, *files: str, register: bool = False) -> int:
    return import_files(site, Settings(), files, register)


def a_text(site: Path, text: str = TEXT, name: str = "bai.txt") -> str:
    path = site / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_draft_stands_in_its_place_and_is_read_as_one(site: Path) -> None:
    assert imported(site, a_text(site)) == 0

    content, _ = read_all(site, Settings())
    assert content.library.bulletins["khoi-1-2024-pact"].status == "draft"
    assert not [mistake for mistake in content.mistakes if mistake.path.startswith(MADE)]


def test_a_draft_is_refused_once_it_is_to_be_published_unread(site: Path) -> None:
    imported(site, a_text(site))
    index = site / MADE / "index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")

    content, _ = read_all(site, Settings())

    assert {mistake.code for mistake in content.mistakes if mistake.path.startswith(MADE)} == {"Q1", "Q2"}


def test_a_file_that_was_imported_is_not_imported_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = a_text(site)
    imported(site, file)
    before = (site / MADE / "index.md").read_bytes()

    assert imported(site, file) == 2
    assert "đã nhập rồi" in capsys.readouterr().err
    assert (site / MADE / "index.md").read_bytes() == before


def test_another_text_of_the_same_ceremony_gets_an_id_of_its_own(site: Path) -> None:
    imported(site, a_text(site), a_text(site, name="bao-khac.txt"))

    second = site / f"{MADE}-2" / "index.md"
    assert "\nid: khoi-1-2024-pact-2\n" in second.read_text(encoding="utf-8")


def test_a_folder_is_imported_whole_and_one_bad_file_stops_no_other(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site / "bai-cu"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF")

    assert imported(site, str(folder)) == 2
    assert (site / MADE / "index.md").is_file()
    assert "a.txt" in capsys.readouterr().err


def test_a_folder_with_nothing_to_import_is_told_as_such(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "bai-cu").mkdir()

    assert imported(site, str(site / "bai-cu")) == 2
    assert "thư mục không có tệp nào nhập được; nhận .txt, .docx" in capsys.readouterr().err


def test_new_units_are_added_to_the_register_on_request(site: Path) -> None:
    text = TEXT.replace("Phòng Ba;", "Phòng Bốn;")

    imported(site, a_text(site, text), register=True)

    content, _ = read_all(site, Settings())
    assert "Phòng Bốn" in [unit.name for unit in content.library.units.values()]
    assert not [mistake for mistake in content.mistakes if mistake.path.startswith(MADE)]


@pytest.mark.parametrize("name", ["khong-co.txt", "bai.pdf"])
def test_what_cannot_be_read_is_said_in_a_line(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name.endswith(".pdf"):
        a_text(site, name=name)

    assert imported(site, str(site / name)) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_files_are_plain_words_on_the_command_line() -> None:
    assert with_flags(["import", "a b.txt", "--register"]) == ["import", "--files=a b.txt", "--register"]
