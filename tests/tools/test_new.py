"""`tasks.py new`: a new bulletin from a few answers."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from bulletins.domain.kinds import CEREMONIES
from bulletins.domain.library import Library
from bulletins.reading.content import Content
from bulletins.settings import Settings
from bulletins.vietnamese.dates import PartialDate
from tests.builders import bulletin, library
from tools.contents import new_folder, read_all
from tools.new import (
    Flags,
    Unclear,
    checked_id,
    kinds,
    new,
    read_bloc,
    read_day,
    read_host,
    read_kind,
    read_kinds,
    read_year,
    read_years,
)
from tools.registering import Ask
from tools.starting import Wish, first_text

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "sites" / "sample"
ENOUGH = Flags(kind="summary", bloc="KHỐI THI ĐUA SỐ 1", year="2024", date="20/12/2024")
MADE = "content/bulletins/2024/khoi-1-2024-summary/index.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def answers(*given: str) -> Ask:
    """Somebody who gives these answers, and then has gone home."""
    left = list(given)

    def ask(question: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


def nobody(question: str) -> str:
    raise AssertionError(question)


def filled(text: str) -> str:
    """The first text with what an author must fill in."""
    for empty, value in (
        ("title:", "title: Khối họp"),
        ("lead:", "lead: Khối họp."),
        ("  date:", "  date: 2024-12-20"),
    ):
        text = text.replace(f"\n{empty}\n", f"\n{value}\n")
    return text


def with_offers(text: str) -> str:
    """The first text with everything that it offers."""
    return re.sub(r"^( *)# ", r"\1", text, flags=re.MULTILINE)


def wish(kind: str = "summary", year: int = 2024, date: datetime.date | None = None) -> Wish:
    return Wish(kind, "khoi-1", year, PartialDate.of(date) if date else None, f"khoi-1-{year}-moi")


def read_after(site: Path, text: str) -> Content:
    """The site once the new bulletin has this text, with the photo that it lists, if it does."""
    path = site / MADE
    path.write_text(text, encoding="utf-8")
    if "\nphotos:" in text:
        shutil.copy(ROOT / "content/bulletins/2022/vpqh-khoi-5-2022-summary" / photo(), path.with_name("anh-01.jpg"))
    return read_all(site, Settings())[0]


def photo() -> str:
    found = sorted((ROOT / "content/bulletins/2022/vpqh-khoi-5-2022-summary").glob("*.jpg"))
    return found[0].name


# Answers


@pytest.mark.parametrize("text", ["9", "summary", "Tổng kết", "TỔNG KẾT", "tong ket"])
def test_a_kind_is_known_by_number_code_or_name_with_accents_or_without(text: str) -> None:
    assert read_kind(text) == "summary"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("ký giao ước", "pact"), ("giao ước", "pact"), ("giao luu", "sports"), ("thể thao", "sports"), ("tổng", "summary"),
     ("plan", "plan_adoption")],
)  # fmt: skip
def test_a_part_of_a_name_is_enough_for_a_kind_if_no_other_has_it(text: str, kind: str) -> None:
    assert read_kind(text) == kind


@pytest.mark.parametrize("text", ["khoi-1", "Khối thi đua 1", "KHỐI THI ĐUA SỐ I", "khối I"])
def test_a_bloc_is_known_by_any_of_its_names(text: str) -> None:
    assert read_bloc(text, library().register.blocs) == "khoi-1"


@pytest.mark.parametrize(
    ("text", "day"),
    [("", None), ("2/3/2024", "2024-03-02"), ("2024-03-02", "2024-03-02"), ("3/2024", "2024-03"), ("2024", "2024")],
)
def test_a_day_is_read_day_first_and_may_be_a_month_or_a_year_or_unknown(text: str, day: str | None) -> None:
    assert read_day(text, 2024) == day


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (read_kind, "sumary", "“Tổng kết”"),
        (read_kind, "khối trưởng", "handover  Bàn giao khối trưởng"),
        (read_kind, "ao ước", "một số từ 1 đến 17"),
        (read_kind, "0", "một số từ 1 đến 17"),
        (read_kind, "", "một số từ 1 đến 17"),
        (read_year, "23", "bốn chữ số"),
        (read_year, "9999", "bốn chữ số"),
        (read_year, "２０２４", "bốn chữ số"),
        (lambda text: read_day(text, 2024), "2/3", "có phải 2/3/2024?"),
        (lambda text: read_day(text, 2024), "30/2/2024", "không có trong lịch"),
        (lambda text: read_day(text, 2024), "mai", "31/12/2024"),
        (lambda text: read_day(text, 2024), "2/3/2024 08:00", "bỏ phần giờ"),
        (lambda text: read_bloc(text, library().register.blocs), "", "khoi-2  Khối thi đua 2"),
        (lambda text: read_bloc(text, library().register.blocs), "khối 1; khối 2", "ghi một khối"),
        (lambda text: read_host(text, library().register), "Sở Lạ", "so-mau  Sở Mẫu"),
        (lambda text: read_bloc(text, library().register.blocs), "khối 3", "khoi-1  Khối thi đua 1"),
        (checked_id, "Khối-1", "chữ thường không dấu"),
        (checked_id, "a" * 81, "--id"),
    ],
)
def test_an_answer_that_is_not_understood_is_told_why_and_what_to_answer(
    read: Callable[[str], object], text: str, says: str
) -> None:
    with pytest.raises(Unclear) as why:
        read(text)

    assert says in str(why.value)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tổng kết; ký giao ước", ["summary", "pact"]),
        ("9, 6", ["summary", "pact"]),
        ("Chấm điểm, bình xét", ["scoring"]),
        ("tong ket", ["summary"]),
    ],
)
def test_several_kinds_are_taken_at_once(text: str, codes: list[str]) -> None:
    assert read_kinds(text) == codes


@pytest.mark.parametrize("text", ["2023; 2024", "2023 2024", "2023–2024", "2024, 2023"])
def test_two_years_that_follow_each_other_are_taken_at_once(text: str) -> None:
    assert read_years(text) == [2023, 2024]
    assert read_years("2023") == [2023]
    with pytest.raises(Unclear, match="hai năm liền nhau"):
        read_years("2021 2024")


# The first text


@pytest.mark.parametrize("date", [None, datetime.date(2024, 12, 20)])
@pytest.mark.parametrize("kind", CEREMONIES.codes)
def test_filled_in_a_first_text_has_no_mistake_with_its_offers_or_without(
    site: Path, kind: str, date: datetime.date | None
) -> None:
    text = filled(first_text(wish(kind, date=date), read_all(site, Settings())[0].library))
    (site / MADE).parent.mkdir(parents=True)

    assert read_after(site, text).mistakes == ()
    whole = read_after(site, with_offers(text))
    assert whole.mistakes == ()
    assert whole.counts.draft == 1
    made = whole.library.bulletins["khoi-1-2024-moi"]
    assert [one.head.unit for one in made.bloc_years if one.head] == ["phong-mot"]


def test_what_is_not_filled_in_is_missed_line_by_line(site: Path) -> None:
    text = first_text(wish(), read_all(site, Settings())[0].library)
    (site / MADE).parent.mkdir(parents=True)
    found = read_after(site, text).mistakes
    missed = {text.splitlines()[mistake.line - 1].strip() for mistake in found}

    assert missed == {"title:", "lead:"}


def lines(known: Library, year: int = 2024) -> list[str]:
    return first_text(wish("visit", year), known).splitlines()


def told(*years: Mapping[str, object], bulletin_id: str = "khoi-1-2023-tong-ket") -> Library:
    return library(bulletin(bulletin_id, bloc_years=list(years)))


def test_last_years_members_head_and_deputies_are_offered_with_their_source() -> None:
    last = {
        "year": "2023",
        "head": "phong-mot",
        "deputies": ["phong-hai"],
        "members": {"list": ["phong-mot", "phong-ba"]},
    }
    offered = lines(told(last))

    assert "## Năm 2023, theo khoi-1-2023-tong-ket:" in offered
    assert [line for line in offered if line.startswith("#     ") and "alt" not in line] == [
        "#     head: Phòng Một",
        "#     deputies:",
        "#       - Phòng Hai",
        "#     members:",
        "#       list:",
        "#         - Phòng Một",
        "#         - Phòng Ba",
    ]


def test_what_is_known_of_the_year_itself_goes_before_last_year() -> None:
    offered = lines(told({"year": "2023", "head": "phong-mot"}, {"year": "2024", "head": "phong-hai"}))

    assert "#     head: Phòng Hai" in offered
    assert "#     head: Phòng Một" not in offered


def test_where_bulletins_disagree_both_are_named_and_none_is_offered() -> None:
    known = library(
        bulletin("mot", bloc_years=[{"year": "2023", "head": "phong-mot"}]),
        bulletin("hai", bloc_years=[{"year": "2023", "head": "phong-hai"}]),
    )
    offered = lines(known)

    assert any("nói khác nhau" in line and "Phòng Một" in line and "Phòng Hai" in line for line in offered)
    assert not any(line.startswith("#     head") for line in offered)


def test_where_no_bulletin_names_members_the_units_of_the_host_are_offered(site: Path) -> None:
    shutil.rmtree(site / "content" / "bulletins")
    offered = first_text(wish(), read_all(site, Settings())[0].library)

    assert "Chưa bản tin nào nêu thành viên của khối trong năm 2024 hay năm 2023." in offered
    assert "đây là các đơn vị của Sở Mẫu trong danh bạ" in offered
    assert "#         - Phòng Một\n#         - Phòng Hai\n" in offered


def test_a_review_with_next_years_pact_has_a_line_for_each_year(site: Path) -> None:
    library = read_all(site, Settings())[0].library
    both = Wish("summary", "khoi-1", 2024, None, "khoi-1-2024-moi", ("pact",), 2025)
    text = first_text(both, library)
    (site / MADE).parent.mkdir(parents=True)

    assert "  kinds: [summary, pact]\n" in text
    assert "  reviewed: 2024\n  pact: 2025\n" in text
    assert "#   - year: 2025\n#     head:\n" in text
    assert "# results:" in text
    assert "# commitments:" in text
    assert read_after(site, with_offers(filled(text))).mistakes == ()


def test_where_nothing_is_known_stubs_are_offered_that_may_stay_empty(site: Path) -> None:
    shutil.rmtree(site / "content" / "bulletins")
    (site / "content/register/units.yaml").write_text("", encoding="utf-8")
    text = first_text(wish(), read_all(site, Settings())[0].library)
    (site / MADE).parent.mkdir(parents=True)

    assert "#     head:\n#     deputies: []\n#     members:\n#       count_stated:\n#       list: []\n" in text
    without_photos = with_offers(filled(text)).partition("photos:")[0]
    assert read_after(site, f"{without_photos}---\n").mistakes == ()


# The command


def test_a_bloc_that_is_missing_is_added_with_its_host_and_the_bulletin_is_made(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = answers("tổng kết", "Cụm thi đua số 4", "c", "UBND tỉnh Mẫu Sơn", "2024", "")
    code = new(site, Settings(), Flags(), ask)
    register = read_all(site, Settings())[0].library.register

    assert code == 0, capsys.readouterr().err
    bloc = register.blocs["mau-son-cum-4"]
    assert (bloc.kind, bloc.number, bloc.host) == ("cum", 4, "ubnd-tinh-mau-son")
    assert register.hosts["ubnd-tinh-mau-son"].province == "Mẫu Sơn"
    assert (site / "content/bulletins/2024/mau-son-cum-4-2024-summary/index.md").exists()


def test_a_bloc_is_added_unasked_to_a_host_that_is_named(site: Path) -> None:
    given = Flags("ký giao ước", "Khối thi đua các trường", "2024", host="Sở Mẫu")

    assert new(site, Settings(), given, nobody) == 0
    assert read_all(site, Settings())[0].library.register.blocs["so-mau-khoi-cac-truong"].host == "so-mau"


def test_a_ceremony_of_no_bloc_is_begun_with_its_host(site: Path) -> None:
    asked = answers("họp mặt; khen thưởng", "không", "sở mẫu", "2024", "5/2024")

    assert new(site, Settings(), Flags(), asked) == 0
    assert new(site, Settings(), Flags("award", "không", "2024"), nobody) == 0
    made = {"so-mau-2024-gathering": "so-mau", "le-2024-award": None}
    for folder in made:
        path = site / "content/bulletins/2024" / folder / "index.md"
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    content = read_all(site, Settings())[0]

    assert content.mistakes == ()
    assert {id_: content.library.bulletins[id_].host for id_ in made} == made
    assert not any(content.library.bulletins[id_].blocs for id_ in made)


def test_flags_are_enough_and_nothing_is_asked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = new(site, Settings(), ENOUGH, nobody)
    text = (site / MADE).read_text(encoding="utf-8")

    assert (code, capsys.readouterr().err) == (0, "")
    assert "id: khoi-1-2024-summary\n" in text
    assert "  date: 2024-12-20\n" in text
    assert "  reviewed: 2024\n" in text


def test_what_was_not_given_is_asked_until_it_is_understood(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = answers("9", "", "khối chín", "khối 1", "24", "2024", "20/12", "")
    code = new(site, Settings(), Flags(kind="tổng kết năm"), ask)
    said = capsys.readouterr()

    assert code == 0
    assert (site / MADE).exists()
    assert [says in said.err for says in ("“tổng kết năm”", "khoi-2", "“khối chín”", "“24”", "20/12/2024")] == [
        True
    ] * 5


@pytest.mark.parametrize("given", [Flags(), Flags(kind="summary"), Flags("summary", "khoi-1")])
def test_where_there_is_nobody_to_ask_nothing_is_made(
    site: Path, given: Flags, capsys: pytest.CaptureFixture[str]
) -> None:
    code = new(site, Settings(), given, answers())

    assert code == 2
    assert "--kind, --bloc và --year" in capsys.readouterr().err
    assert not (site / MADE).parent.parent.exists()


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        (Flags("hội chợ", "khoi-1", "2024"), "--kind “hội chợ”"),
        (Flags("summary", "khối chín", "2024"), "--bloc “khối chín”"),
        (Flags("summary", "khoi-1", "năm nay"), "--year “năm nay”"),
        (Flags("summary", "khoi-1", "2024", "30/2/2024"), "--date “30/2/2024”"),
        (Flags("summary", "khoi-1", "2024", id="Mã 1"), "--id: “Mã 1”"),
    ],
)
def test_where_there_is_nobody_to_ask_the_last_line_names_the_bad_flag(
    site: Path, given: Flags, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = new(site, Settings(), given, answers())

    assert code == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(flag)


def test_the_kinds_are_listed_once_and_again_when_asked_for(site: Path) -> None:
    asked: list[str] = []
    left = ["hội chợ", "?", "tổng kết", "khoi-1", "2024", ""]

    def ask(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    new(site, Settings(), Flags(), ask)

    assert [kinds() in question for question in asked] == [True, *[False] * 5]


def test_a_question_mark_lists_the_kinds_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new(site, Settings(), Flags(), answers("?", "tổng kết", "khoi-1", "2024", ""))

    assert kinds() in capsys.readouterr().err


def test_nothing_is_ever_overwritten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new(site, Settings(), ENOUGH, nobody)
    (site / MADE).write_text("của tôi", encoding="utf-8")
    code = new(site, Settings(), ENOUGH, nobody)

    assert code == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert (site / MADE).read_text(encoding="utf-8") == "của tôi"


def test_a_folder_that_cannot_be_filled_does_not_bar_the_next_attempt(tmp_path: Path) -> None:
    folder = tmp_path / "2024" / "khoi-1-2024-pact"
    for _ in range(2):
        with pytest.raises(OSError, match="full"), new_folder(folder):
            (folder / "index.md").write_text("half", encoding="utf-8")
            raise OSError("full")

    assert not folder.exists()


def test_an_id_is_not_used_twice_wherever_it_stands(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/bulletins/2023/khoi-1-2023-pact").rename(site / "content/bulletins/2023/cho-khac")
    code = new(site, Settings(), Flags("pact", "khoi-1", "2023"), nobody)

    assert code == 2
    assert "--id" in capsys.readouterr().err
    assert new(site, Settings(), Flags("pact", "khoi-1", "2023", id="khoi-1-2023-pact-2"), nobody) == 0


def test_a_register_with_mistakes_is_mended_first(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/register/blocs.yaml").write_text("- id: khoi-1\n", encoding="utf-8")
    code = new(site, Settings(), ENOUGH, nobody)

    assert code == 1
    assert "content/register/blocs.yaml:1:" in capsys.readouterr().err


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The commands, the program and the sample's content."""
    for folder in ("tools", "plugins"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tasks.py", "pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    (tmp_path / "themes/thidua").mkdir(parents=True)
    return tmp_path


def command(copy: Path, words: Iterable[str] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "invoke", "new", *words], cwd=copy, env={**os.environ, "PYTHONUTF8": "1"}, text=True,
        encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_the_command_asks_on_the_terminal(copy: Path) -> None:
    with command(copy) as process:
        said, complained = process.communicate("tổng kết\nkhối 1\n2024\n\n", timeout=60)

    assert (process.returncode, complained) == (0, "")
    assert f"Đã tạo {MADE}" in said
    assert (copy / MADE).exists()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
def test_ctrl_c_ends_the_questions_without_a_traceback(copy: Path) -> None:
    with command(copy) as process:
        assert process.stdout
        while not process.stdout.readline().endswith(f"{CEREMONIES['other'].vi}\n"):
            pass
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=60)

    assert process.returncode == 130
    assert "Traceback" not in complained
    assert "chưa tạo gì" in complained
    assert not (copy / MADE).exists()
