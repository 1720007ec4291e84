"""What a check prints: for people, for editors, and in which language."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bulletins.context import Counts
from bulletins.listing import (
    FOUND,
    WARNINGS_OF_A_BUILD,
    as_json,
    elsewhere,
    last_saved,
    levels,
    of_a_build,
    of_one,
    refusing,
    show,
    summary,
)
from bulletins.mistakes import Both, Message, Mistake
from tests.site.conftest import SAMPLE, Project, project
from tools.check import Unclear, check, meant
from tools.environment import ROOT

ERROR = Message("D1", "ngày “{text}” sai", "wrong date “{text}”").at("content/b.md", 9, 3, "date", text="x")
WARNING = Message("X1", "{what}", "{what}", "warning").at("content/a.md", 10, 1, what=Both("số", "number"))
COUNTS = Counts(published=3, draft=1, scheduled=0, withdrawn=1, refused=2)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_message_has_both_languages_and_the_field_it_is_about() -> None:
    assert ERROR.said("vi") == "content/b.md:9:3: Lỗi [D1] `date`: ngày “x” sai"
    assert ERROR.said("en") == "content/b.md:9:3: Error [D1] `date`: wrong date “x”"
    assert WARNING.said("vi") == "content/a.md:10:1: Cảnh báo [X1] số"
    assert str(ERROR) == "content/b.md:9:3: [D1] `date`: ngày “x” sai"
    assert (WARNING.words("vi"), WARNING.words("en")) == ("số", "number")


def test_a_saying_keeps_braces_that_an_author_typed() -> None:
    assert Message("D1", "“{text}”", "“{text}”").at("a", 1, 1, text="{0} {x}").message == "“{0} {x}”"


def test_errors_are_told_first_once_each_and_those_of_the_file_at_hand_before_others() -> None:
    out = io.StringIO()
    earlier = Mistake("content/a.md", 9, 1, "X1", "y")
    show([ERROR, WARNING, earlier, WARNING], "vi", out, at_hand="content/b.md")

    assert out.getvalue().splitlines() == [ERROR.said("vi"), earlier.said("vi"), WARNING.said("vi")]


def test_the_file_at_hand_is_the_one_saved_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, second in (("a.md", 2), ("b.md", 1)):
        (tmp_path / name).write_text("x", encoding="utf-8")
        os.utime(name, (second, second))

    assert last_saved([Mistake(name, 1, 1, "X1", "y") for name in ("b.md", "a.md", "gone.md")]) == "a.md"
    assert last_saved([]) == ""


def test_a_check_of_one_bulletin_tells_its_mistakes_and_counts_the_others() -> None:
    photo = Mistake("content/a/anh.jpg", 1, 1, "PH1", "x")
    text = Mistake("content/a/index.md", 1, 1, "V1", "x")
    shown = of_one([photo, text, ERROR, WARNING], "content/a/index.md")

    assert shown == [photo, text]
    assert elsewhere([photo, text, ERROR, WARNING], shown, "vi").startswith("Còn 1 lỗi ở 1 tệp khác")
    assert elsewhere(shown, shown, "vi") == ""


@pytest.mark.parametrize(
    ("typed", "bulletin"),
    [
        ("khoi-3-2023", "khoi-3-2023"),
        ("content/bulletins/2023/khoi-3-2023/index.md", "khoi-3-2023"),
        ("2023/khoi-3-2023/", "khoi-3-2023"),
        ("khoi-5", "khoi-5-2022"),
    ],
)
def test_a_bulletin_is_meant_by_its_id_a_part_of_it_or_its_path(typed: str, bulletin: str, tmp_path: Path) -> None:
    for name in ("2023/khoi-3-2023", "2023/khoi-3-2023-b", "2022/khoi-5-2022"):
        (tmp_path / "content" / "bulletins" / name).mkdir(parents=True)
        (tmp_path / "content" / "bulletins" / name / "index.md").write_text("", encoding="utf-8")

    assert meant(typed, tmp_path / "content").parent.name == bulletin
    with pytest.raises(Unclear, match="khoi-3-2023-b"):
        meant("khoi-3", tmp_path / "content")
    with pytest.raises(Unclear, match="Không có bản tin"):
        meant("khoi-9", tmp_path / "content")


def test_colours_are_shown_on_a_terminal_only_and_change_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    show([ERROR], "vi", terminal)

    assert "\x1b[" in terminal.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue()) == f"{ERROR.said('vi')}\n"


def test_a_build_shows_every_error_and_the_first_warnings() -> None:
    out = io.StringIO()
    of_a_build([ERROR, *(Mistake("c.md", n, 1, "X1", "x", "warning") for n in range(1, 100))], "vi", out)
    lines = out.getvalue().splitlines()

    assert ERROR.said("vi") in lines
    assert len(lines) == 1 + WARNINGS_OF_A_BUILD + 1
    assert str(99 - WARNINGS_OF_A_BUILD) in lines[-1]


def test_the_last_line_sums_up_bulletins_and_mistakes() -> None:
    mistakes = [ERROR, WARNING, WARNING.silenced("vì thế")]

    assert summary(COUNTS, levels(mistakes), "vi") == (
        "7 bản tin = 3 đăng + 1 nháp + 0 hẹn giờ + 1 đã gỡ + 2 bị từ chối; 1 lỗi, 1 cảnh báo, 1 bỏ qua"
    )
    assert summary(COUNTS, levels(mistakes), "en").startswith("7 bulletins = 3 published + ")


def test_a_bulletin_whose_photo_is_damaged_is_counted_as_refused() -> None:
    late = refusing(COUNTS, [ERROR], [ERROR, WARNING, Mistake("content/c.md", 1, 1, "PH1", "x")])

    assert (late.published, late.refused, late.total) == (2, 3, 7)


def test_editors_get_one_array() -> None:
    assert json.loads(as_json([ERROR, WARNING], "en")) == [
        {"path": "content/a.md", "line": 10, "column": 1, "code": "X1", "level": "warning", "message": "number"},
        {
            "path": "content/b.md",
            "line": 9,
            "column": 3,
            "code": "D1",
            "level": "error",
            "message": "`date`: wrong date “x”",
        },
    ]


# The whole way


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    return project(tmp_path / "sample", SAMPLE / "content")


def checked(site: Project, *settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pelican", "content", "-s", "conf.py", "-e", *settings]
    return subprocess.run(command, cwd=site.folder, capture_output=True, text=True, encoding="utf-8", check=False)


def broken(site: Project) -> Project:
    path = site.folder / "content/bulletins/2023/khoi-1-2023-pact/index.md"
    text = re.sub("date: (02/03/2023|2023-03-02)", "date: 30/02/2023", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    return site


def test_a_check_without_errors_makes_nothing_and_ends_well(sample: Project) -> None:
    done = checked(sample, "BULLETINS_CHECK_ONLY=true")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("1 bản tin = 1 đăng + ")
    assert not sample.output.exists()


def test_a_check_with_errors_says_so_by_its_exit_code_and_in_english_if_asked(sample: Project) -> None:
    done = checked(broken(sample), "BULLETINS_CHECK_ONLY=true", 'BULLETINS_MESSAGES="en"')

    assert done.returncode == FOUND
    assert ":9:9: Error [D1] `ceremony.date`: the date “30/02/2023” is not in the calendar" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("1 errors, 0 warnings, 0 silenced")


def test_a_check_for_editors_prints_nothing_but_json(sample: Project) -> None:
    done = checked(broken(sample), 'BULLETINS_CHECK_ONLY="json"')

    assert [mistake["code"] for mistake in json.loads(done.stdout)] == ["D1"]


def test_the_command_ends_with_0_or_with_1_for_errors_or_with_2_if_it_could_not_run(sample: Project) -> None:
    could_not = check(as_json=False, english=False, fix=False, root=sample.folder)
    # The command asks for `publishconf.py`, which this project has under another name.
    text = (sample.folder / "conf.py").read_text(encoding="utf-8").replace("from publishconf", "from pelicanconf")
    (sample.folder / "publishconf.py").write_text(f"{text}\nBULLETINS_DRAFTS = False\n", encoding="utf-8")
    without = check(as_json=False, english=False, fix=True, root=sample.folder)
    with_errors = check(as_json=False, english=False, fix=False, root=broken(sample).folder)

    assert (could_not, without, with_errors) == (2, 0, 1)


def test_a_problem_matcher_in_the_documents_finds_every_part_of_a_message(sample: Project) -> None:
    page = (ROOT / "docs" / "staff" / "loi.md").read_text(encoding="utf-8")
    task = json.loads(re.findall(r"^```json\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)[0])["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    line = checked(broken(sample), "BULLETINS_CHECK_ONLY=true").stdout.splitlines()[0]
    found = re.fullmatch(pattern["regexp"], line)

    assert found
    assert [found[pattern[part]] for part in ("file", "line", "column", "code")] == [
        "content/bulletins/2023/khoi-1-2023-pact/index.md", "9", "9", "D1"
    ]  # fmt: skip
    assert found[pattern["message"]].startswith("`ceremony.date`: ")
