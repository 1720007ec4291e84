"""What a build promises whatever its content is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.site.conftest import ROOT, Project, project

BULLETIN = "content/bulletins/2023/khoi-1-2023-pact/index.md"
TYPED = (
    "Khối thi đua số I ký giao ước năm 2023",
    "Ba phòng của Sở Mẫu cùng ký giao ước thi đua.",
    "Hội trường Sở Mẫu",
    "Giữ phòng họp sạch, đẹp.",
    "cán bộ",
    "lao động tiên tiến",
    "Chuyên môn",
)
BROKEN = ("missing-picture", "duplicate-id")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_stops_the_build_and_leaves_the_site_as_it_is(sample: Project, name: str) -> None:
    assert sample.build().returncode == 0
    files, times = sample.files(), sample.times()
    shutil.copytree(ROOT / "tests/sites/broken" / name / "content", sample.folder / "content", dirs_exist_ok=True)
    done = sample.build()

    expected = (ROOT / "tests/sites/broken" / name / "expected.txt").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert expected.replace(": [", ": Lỗi [", 1) in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert (sample.files(), sample.times()) == (files, times)


def test_two_clones_at_other_times_and_places_give_the_same_bytes(tmp_path: Path) -> None:
    one = project(tmp_path / "một nơi", ROOT / "tests/sites/sample/content")
    other = project(tmp_path / "another" / "place", ROOT / "tests/sites/sample/content")
    one.build(PYTHONHASHSEED="1", TZ="Asia/Ho_Chi_Minh", SOURCE_DATE_EPOCH="1700000000", LC_ALL="C.UTF-8")
    other.build(PYTHONHASHSEED="2", TZ="America/New_York", SOURCE_DATE_EPOCH="1900000000", LC_ALL="C")

    assert one.files() == other.files() != {}


def test_every_json_file_keeps_to_the_schema_it_names(sample: Project) -> None:
    assert sample.build().returncode == 0
    files = {path: json.loads(data) for path, data in sample.files().items() if path.endswith(".json")}
    root = "https://thidua.example.vn/"
    documents = {path: one for path, one in files.items() if path.startswith("api/") and "schema" in one}
    for document in documents.values():
        schema = files[document["schema"].removeprefix(root)]
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)

    assert len(documents) > 10


def test_no_word_an_author_types_can_become_part_of_a_page(sample: Project) -> None:
    hostile = '</title><script>alert(1)</script>\\" onload=alert(1) {{ 7*7 }} <img src=x onerror=alert(1)>'
    text = (sample.folder / BULLETIN).read_text(encoding="utf-8")
    for value in TYPED:
        text = text.replace(value, f'"{hostile}"', 1)
    text = text.replace('["</title>', '[\n    "</title>')
    (sample.folder / BULLETIN).write_text(text.replace("Buổi lễ bắt đầu", hostile), encoding="utf-8")
    done = sample.build()
    pages = [data.decode() for path, data in sample.files().items() if path.endswith(".html")]

    assert done.returncode == 0, done.stderr
    shown = [page for page in pages if "&lt;script&gt;" in page]
    assert len(shown) > 3
    assert all("{{ 7*7 }}" in page for page in shown)
    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)


def test_nothing_outside_a_bulletins_folder_is_read(sample: Project) -> None:
    canary = "CHIM-HOÀNG-YẾN"
    (sample.folder / "secret.md").write_text(canary, encoding="utf-8")
    (sample.folder / "content/secret.txt").write_text(canary, encoding="utf-8")
    text = (sample.folder / BULLETIN).read_text(encoding="utf-8")
    bodies = ("![](../../../../secret.md)", "[x]({attach}/secret.txt)", "[x]({static}/secret.txt)")
    for body in bodies:
        (sample.folder / BULLETIN).write_text(f"{text}\n\n{body}\n", encoding="utf-8")

        assert sample.build().returncode == 1
    (sample.folder / BULLETIN).write_text(f"{text}\n\n.. include:: ../../secret.txt\n", encoding="utf-8")
    assert sample.build().returncode == 0
    assert not any(canary.encode() in data for data in sample.files().values())


def test_drafts_and_bulletins_before_their_hour_appear_nowhere(sample: Project) -> None:
    text = (sample.folder / BULLETIN).read_text(encoding="utf-8")
    for name, change in (
        ("ban-nhap", ("lead: ", "status: draft\nlead: ")),
        ("hen-gio", ("published: 2023-03-02 16:25", "published: 2199-01-01")),
    ):
        folder = sample.folder / f"content/bulletins/2023/{name}"
        folder.mkdir()
        one = text.replace("id: khoi-1-2023-pact", f"id: {name}").replace(*change).replace("title: ", f"title: {name} ")
        (folder / "index.md").write_text(one, encoding="utf-8")
    done = sample.build()

    assert done.returncode == 0, done.stderr
    for path, data in sample.files().items():
        assert "ban-nhap" not in path + data.decode("utf-8", "replace")
        assert "hen-gio" not in path + data.decode("utf-8", "replace")


def test_a_room_that_could_not_be_loaded_does_not_empty_the_site(sample: Project) -> None:
    assert sample.build().returncode == 0
    files = sample.files()
    conf = sample.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "\nPLUGINS = PLUGINS[:2] + PLUGINS[3:]\n", encoding="utf-8")
    done = sample.build()

    assert done.returncode == 1
    assert "bulletins.pages.plugin" in done.stderr
    assert sample.files() == files


def test_the_order_of_plugins_does_not_matter(sample: Project, tmp_path: Path) -> None:
    backwards = project(tmp_path / "backwards", ROOT / "tests/sites/sample/content")
    conf = backwards.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + "\nPLUGINS = PLUGINS[::-1]\n", encoding="utf-8")
    sample.build()

    assert backwards.build().returncode == 0
    assert backwards.files() == sample.files()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_person_at_a_terminal_sees_the_sum_and_the_summary(sample: Project) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pelican", "content", "-s", "conf.py"]
    with subprocess.Popen(command, cwd=sample.folder, stdin=theirs, stdout=theirs, stderr=theirs) as build:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # how a terminal says that its last user has left
            while piece := os.read(ours, 65_536):
                said += piece
    os.close(ours)
    words = " ".join(said.decode().split())

    assert build.returncode == 0
    assert "1 bản tin = 1 đăng" in words
    assert "Trang có" in words
    assert "0 articles" not in words


def test_a_verifying_build_names_and_mends_what_was_altered_behind_its_back(sample: Project) -> None:
    assert sample.build().returncode == 0
    files, page = sample.files(), sample.output / "khoi/khoi-1/index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes().replace(b"2023", b"2024"))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    unseen = sample.build().returncode, sample.files() == files
    done = sample.build("BULLETINS_VERIFY=true")

    assert unseen == (0, False)
    assert done.returncode == 0
    assert "output/khoi/khoi-1/index.html: bị sửa sau khi đăng" in done.stdout
    assert sample.files() == files
