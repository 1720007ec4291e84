"""`tasks.py due`: what an office is told of the days ahead."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from bulletins.settings import Settings
from tools.door import Fault
from tools.due import print_due, print_missed, print_next

SAMPLE = Path(__file__).parents[1] / "sites" / "sample"
BULLETIN = "content/bulletins/2023/khoi-1-2023-pact/index.md"
BEFORE = datetime.datetime(2023, 3, 2, 9, 24, tzinfo=datetime.UTC)
"""A minute before the sample's hour, 16:25 in Vietnam."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def test_what_goes_out_and_what_expires_is_listed_with_its_hour(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (site / BULLETIN).read_text(encoding="utf-8")
    (site / BULLETIN).write_text(text.replace("lead: ", "expires: 31/03/2023\nlead: "), encoding="utf-8")
    code = print_due(site, Settings(), BEFORE)
    told = capsys.readouterr().out.splitlines()

    assert code == 0
    assert told[:2] == [
        "02/03/2023 16:25     đăng     khoi-1-2023-pact  Khối thi đua số I ký giao ước năm 2023",
        "hết ngày 31/03/2023  hết hạn  khoi-1-2023-pact  Khối thi đua số I ký giao ước năm 2023",
    ]
    assert "python3 tasks.py publish" in told[2]


def test_when_nothing_is_due_that_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = print_due(site, Settings(), BEFORE + datetime.timedelta(minutes=1))

    assert (code, capsys.readouterr().out) == (0, "Không có bản tin nào hẹn giờ hay sắp hết hạn.\n")


def test_mistakes_that_hold_everything_up_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (site / BULLETIN).read_text(encoding="utf-8")
    (site / BULLETIN).write_text(text.replace("value: 95", "value: sai"), encoding="utf-8")
    code = print_due(site, Settings(), BEFORE)

    assert code == 1
    assert "1 bản tin có lỗi" in capsys.readouterr().err


def test_where_nothing_can_be_kept_the_list_is_the_same(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / ".cache/readings-output.sqlite").mkdir(parents=True)
    print_due(site, Settings(cache=".cache"), BEFORE)

    assert "khoi-1-2023-pact" in capsys.readouterr().out


def test_the_next_moment_alone_is_told_for_a_schedule(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert print_next(site, Settings(), BEFORE) == 0
    assert print_next(site, Settings(), BEFORE + datetime.timedelta(minutes=1)) == 0
    assert capsys.readouterr().out == "2023-03-02T16:25:00+07:00\n"


def test_where_nothing_is_published_nobody_can_say_what_was_missed(site: Path) -> None:
    with pytest.raises(Fault, match="chưa có trang"):
        print_missed(site, Settings(), str(site / "public"), BEFORE)
    with pytest.raises(Fault, match="BULLETINS_TARGET"):
        print_missed(site, Settings(), "", BEFORE)
