"""Settings that would make another site are refused in one line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tools import settings
from tools.door import Fault
from tools.environment import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings as they are, with a content and a theme, in a program that has loaded none yet."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    for name in ("pelicanconf", "publishconf"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("content", "themes/thidua"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def test_the_settings_of_this_project_are_complete(project: Path) -> None:
    known = settings.read(project / "publishconf.py", {"BULLETINS_CHECK_ONLY": True})

    assert known["THEME"] == str(project / "themes" / "thidua")
    assert known["BULLETINS_CHECK_ONLY"] is True


def test_what_the_public_needs_to_know_of_an_office_can_come_from_the_environment(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = {"SITEURL": "https://khoi.gov.vn", "BULLETINS_CONTACT": "a@khoi.gov.vn", "BULLETINS_TARGET": "/srv/khoi"}
    for name, value in office.items():
        monkeypatch.setenv(name, value)
    known = settings.read(project / "publishconf.py", {})

    assert {name: known[name] for name in office} == office


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("publishconf.py", "", "publishconf.py: thiếu ARTICLE_PATHS"),
        ("publishconf.py", "from pelicanconf import *\nSITEURL = (\n", r"publishconf\.py:2: SyntaxError"),
        ("publishconf.py", "from pelicanconf import *\nSITEURL = HOST\n", r"publishconf\.py:2: NameError: name 'HOST'"),
        ("publishconf.py", "\0\0\0", "publishconf.py"),
        ("publishconf.py", "from pelicanconf import *\n", "publishconf.py: phải có BULLETINS_DRAFTS = False"),
        ("pelicanconf.py", "", "publishconf.py: thiếu ARTICLE_PATHS"),
        (
            "publishconf.py",
            "from pelicanconf import *\nBULLETINS_DRAFTS = False\nPATH = 'noi-dung'\n",
            "noi-dung: không thấy thư mục nội dung",
        ),
        (
            "publishconf.py",
            "from pelicanconf import *\nBULLETINS_DRAFTS = False\nTHEME = 'dep'\n",
            "dep: không thấy giao diện",
        ),
    ],
)
def test_settings_that_would_make_another_site_are_refused(project: Path, name: str, text: str, says: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    with pytest.raises(Fault, match=says) as fault:
        settings.read(project / "publishconf.py")

    assert "\n" not in str(fault.value)
    assert " / " in str(fault.value)


def test_a_file_of_settings_that_is_gone_is_named(project: Path) -> None:
    with pytest.raises(Fault, match=r"khong-co\.py: không thấy tệp cấu hình"):
        settings.read(project / "khong-co.py")
