"""`check --fix`: what is safe is mended and shown, and nothing else in the file moves."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletins.mistakes import errors
from bulletins.settings import Settings
from bulletins.writing.mending import mend_content, mend_file, mended
from tests.reading.texts import REGISTER, bulletin, codes
from tools.contents import read_all

SAMPLE = Path(__file__).parent.parent / "sites" / "sample"
RESOLVERS = REGISTER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  date: 02/03/2023  # thứ Năm\n", "  date: 2023-03-02  # thứ Năm\n"),
        ('  date: "2.3.2023"\n', '  date: "2023-03-02"\n'),
        ("  date: ngày 2 tháng 3 năm 2023\n", "  date: 2023-03-02\n"),
        ("  date: 22/3\n", "  date: 22/3\n"),
        ("published: 02/03/2023 16h25\n", "published: 2023-03-02 16:25\n"),
        ("bloc: Khối Thi đua số 1\n", "bloc: khoi-1\n"),
        ("bloc: 'Khối Thi đua 1'\n", "bloc: 'khoi-1'\n"),
        ("bloc: Khối 77\n", "bloc: Khối 77\n"),
        ("bloc_years:\n  - head: Phòng Một # đứng đầu\n", "bloc_years:\n  - head: phong-mot # đứng đầu\n"),
        ("bloc_years:\n  - members: {list: [Phòng Một, phong-hai]}\n",
         "bloc_years:\n  - members: {list: [phong-mot, phong-hai]}\n"),
        ("title: Khối\u00a01\u200b ký\n", "title: Khối 1 ký\n"),
        ("title: 02/03/2023\n", "title: 02/03/2023\n"),
    ],
)  # fmt: skip
def test_what_is_safe_is_mended_where_it_stands(before: str, after: str) -> None:
    key = "ceremony:\n" if before.startswith("  ") else ""

    assert mended(f"---\n{key}{before}---\n02/03/2023\n", RESOLVERS) == f"---\n{key}{after}---\n02/03/2023\n"


def test_ends_of_lines_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    text = "\ufeff" + bulletin("Một.", published="02/03/2023").replace("\n", "\r\n")

    assert mended(text, RESOLVERS) == text.replace("02/03/2023", "2023-03-02").replace("bloc: khoi-1", "bloc: khoi-1")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_an_encoding_that_is_certain_becomes_utf_8(encoding: str, tmp_path: Path) -> None:
    text = bulletin("Đồng khởi.", title="Khối 1 họp")
    path = tmp_path / "index.md"
    path.write_bytes(in_parts(text).encode(encoding) if encoding == "cp1258" else text.encode(encoding))
    shown = mend_file(path, "index.md", RESOLVERS)

    assert shown
    assert path.read_text(encoding="utf-8") == text
    assert codes(path.read_bytes(), tmp_path) == []


def in_parts(text: str) -> str:
    """As windows-1258 writes it: the tone after its letter."""
    found = []
    for char in text:
        base, *marks = unicodedata.normalize("NFD", char)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        found.append(unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones)) + "".join(tones))
    return "".join(found)


def test_the_difference_is_shown_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "bulletins" / "a"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(bulletin(published="02/03/2023"), encoding="utf-8")
    shown = mend_content(tmp_path / "content", tmp_path)

    assert "-published: 02/03/2023" in shown
    assert "+published: 2023-03-02" in shown
    assert mend_content(tmp_path / "content", tmp_path) == []


@pytest.mark.parametrize("name", ["register/units.yaml", "pages/gioi-thieu.md"])
def test_every_file_that_is_read_gets_its_encoding_mended_and_shows_no_other_mistake_until_then(
    name: str, tmp_path: Path
) -> None:
    content = shutil.copytree(SAMPLE / "content", tmp_path / "content")
    text = (content / name).read_text(encoding="utf-8")
    (content / name).write_bytes(text.encode("utf-16"))

    assert {mistake.code for mistake in errors(read_all(tmp_path, Settings())[0].mistakes)} == {"F1"}
    mend_content(content, tmp_path)
    assert (content / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("wrong", "bloc"), [("", "khoi-1"), ("  nobody: knows\n", "Khối Thi đua 1")])
def test_names_stay_names_while_the_register_has_an_error(wrong: str, bloc: str, tmp_path: Path) -> None:
    content = shutil.copytree(SAMPLE / "content", tmp_path / "content")
    with (content / "register/blocs.yaml").open("a", encoding="utf-8") as file:
        file.write(wrong)
    mend_content(content, tmp_path)

    text = (content / "bulletins/2023/khoi-1-2023-pact/index.md").read_text(encoding="utf-8")
    assert f"\nbloc: {bloc}\n" in text
    assert "  date: 2023-03-02\n" in text


def test_where_a_bulletin_is_named_no_other_is_mended(tmp_path: Path) -> None:
    files = [tmp_path / "content" / "bulletins" / name / "index.md" for name in ("a", "b")]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text(bulletin(published="02/03/2023"), encoding="utf-8")
    mend_content(tmp_path / "content", tmp_path, files[0])

    assert ["02/03/2023" in file.read_text(encoding="utf-8") for file in files] == [False, True]


@pytest.mark.parametrize(
    "data", [b"---\ntitle: \xff\xfa\n---\n", b"---\n{\n---\n", b"", b"\x00\x01", b"---\n- a\n---\n"]
)
def test_a_file_that_cannot_be_read_is_left_alone(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "index.md"
    path.write_bytes(data)

    assert mend_file(path, "index.md", RESOLVERS) == []
    assert path.read_bytes() == data


@given(st.text())
@example("Â\x80\xa0")
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mended(f"---\n{text}\n---\n", RESOLVERS)

    assert mended(once, RESOLVERS) == once


def shown_as_western(text: str) -> str:
    """As a program that knows only Western letters shows UTF-8: bytes without a letter stay controls."""
    return "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


@pytest.mark.parametrize("text", ["Hội nghị ký kết giao ước", "và", "gì là", "Ờ, đã nhận", "Đại hội của khối ở Huế"])
@pytest.mark.parametrize("times", [1, 2])
def test_letters_that_were_taken_for_western_ones_come_back_and_none_is_lost(text: str, times: int) -> None:
    wrong = text
    for _ in range(times):
        wrong = shown_as_western(wrong)

    assert mended(f"---\ntitle: {wrong}\n---\n", RESOLVERS) == f"---\ntitle: {text}\n---\n"


def test_a_text_that_cannot_be_told_apart_is_left_to_its_author(tmp_path: Path) -> None:
    text = bulletin(f"Hội nghị {shown_as_western('gì ệ')} của khối\u00a01.", title="Khối\u00a01")

    assert mended(text, RESOLVERS) == text
    assert codes(text, tmp_path) == ["F1"]


@pytest.mark.parametrize("text", ["ĐÃ\u00a0NHẬN", "«Giá»", "Ừ «à»", "giá…", "là “á”", "50 €", "á\u00a0khôi"])
def test_right_letters_are_not_taken_for_wrong_ones(text: str, tmp_path: Path) -> None:
    assert "F1" not in codes(bulletin(text), tmp_path)
    assert mended(f"---\ntitle: a\n---\n{text}\n", RESOLVERS).split("\n")[3] == text.replace("\u00a0", " ")
