"""Every mistake an author can make, as a small broken site with the exact words it is answered with."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from bulletins.reading.content import Content, read_content
from bulletins.settings import Settings

SITES = Path(__file__).parent.parent / "sites"
BROKEN = sorted(path.name for path in (SITES / "broken").iterdir() if path.is_dir())
NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def read(site: Path) -> Content:
    return read_content(site / "content", site, Settings(), NOW)


def broken_site(name: str, folder: Path) -> Path:
    """The sample site with one broken site's files laid over it."""
    shutil.copytree(SITES / "sample", folder, dirs_exist_ok=True)
    return Path(shutil.copytree(SITES / "broken" / name, folder, dirs_exist_ok=True))


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_answered_with_its_place_and_its_mend(name: str, tmp_path: Path) -> None:
    found = read(broken_site(name, tmp_path)).mistakes

    expected = (SITES / "broken" / name / "expected.txt").read_text(encoding="utf-8")
    assert "".join(f"{mistake}\n" for mistake in found) == expected


def test_the_sample_site_has_no_mistake(tmp_path: Path) -> None:
    content = read(Path(shutil.copytree(SITES / "sample", tmp_path, dirs_exist_ok=True)))

    assert content.mistakes == ()
    assert content.counts.published == 1


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(SITES / "sample", tmp_path, dirs_exist_ok=True)
    original = tmp_path / "content/bulletins/2023/khoi-1-2023-pact/index.md"
    for number, wrong in enumerate(("bloc: Khối Thi đua 1", "head: Phòng Một", "value: 95"), 2):
        copy = tmp_path / f"content/bulletins/2023/ban-{number}/index.md"
        copy.parent.mkdir()
        text = original.read_text(encoding="utf-8").replace("id: khoi-1-2023-pact", f"id: ban-{number}")
        copy.write_text(text.replace(wrong, f"{wrong.split(':')[0]}: sai"), encoding="utf-8")
    content = read(tmp_path)

    assert [mistake.code for mistake in content.mistakes] == ["B1", "B1", "V6"]
    assert (content.counts.published, content.counts.refused, content.counts.total) == (1, 3, 4)


def test_a_link_that_leads_out_of_the_folder_is_refused_and_not_followed(tmp_path: Path) -> None:
    shutil.copytree(SITES / "sample", tmp_path / "site")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.md").write_text("bí mật", encoding="utf-8")
    (tmp_path / "site/content/bulletins/2023/link").symlink_to(outside)
    (tmp_path / "site/content/bulletins/2023/khoi-1-2023-pact/anh.jpg").symlink_to(outside / "index.md")
    content = read(tmp_path / "site")

    assert [mistake.code for mistake in content.mistakes] == ["F4", "F4"]
    assert content.counts.total == 1
