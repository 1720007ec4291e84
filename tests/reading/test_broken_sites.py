"""Every mistake an author can make, as a small broken site with the exact words it is answered with."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def test_there_are_at_least_sixty_different_mistakes() -> None:
    told = {line for name in BROKEN for line in expected(name)}

    assert len({line.partition("] ")[2] for line in told}) >= 60


def test_one_run_over_all_broken_sites_together_tells_every_mistake_of_each(tmp_path: Path) -> None:
    shutil.copytree(SITES / "sample", tmp_path, dirs_exist_ok=True)
    wanted = {place(line) for name in BROKEN for line in moved_in(name, tmp_path)}
    found = {place(str(mistake)) for mistake in read(tmp_path).mistakes}

    assert wanted - found == set()
    assert {line.rpartition("[")[2] for line in found - wanted} <= {"M4"}, "heads of one bloc's year, shared by these"


def place(line: str) -> str:
    """Where and by which rule; the nearest name of a register depends on what else is in it."""
    return line.partition("]")[0]


def expected(name: str) -> list[str]:
    return (SITES / "broken" / name / "expected.txt").read_text(encoding="utf-8").splitlines()


def moved_in(name: str, together: Path) -> list[str]:
    """Put one broken site's bulletins, under an id of its own, and its entries of the register beside the others'.

    Gives what is expected of them there.
    """
    own_id = f"{name}-2023"[:80]
    lines = expected(name)
    content = SITES / "broken" / name / "content"
    for source in sorted(path for path in content.rglob("*") if path.is_file()):
        below = source.relative_to(content)
        if below.parts[0] == "register":
            moved = append(source, together / "content" / below)
            lines = [shifted(line, f"content/{below}", moved) for line in lines]
            continue
        is_bulletin = below.parts[0] == "bulletins"
        there = Path("bulletins") / name / below.relative_to("bulletins") if is_bulletin else below
        target = together / "content" / there
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes().replace(b"id: khoi-1-2023-pact", f"id: {own_id}".encode()))
    return [line.replace("content/bulletins/", f"content/bulletins/{name}/") for line in lines]


def append(source: Path, target: Path) -> int:
    """Add to a file of the register what a broken site adds to the sample's; by how many lines that moves it down."""
    sample = SITES / "sample" / "content" / "register" / source.name
    common = sample.read_text(encoding="utf-8") if sample.exists() else ""
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(before + source.read_text(encoding="utf-8").removeprefix(common), encoding="utf-8")
    return before.count("\n") - common.count("\n")


def shifted(line: str, path: str, by: int) -> str:
    """An expected line of a file of the register, further down."""
    moved = re.fullmatch(rf"({re.escape(path)}):(\d+)(:.*)", line)
    return f"{moved[1]}:{int(moved[2]) + by}{moved[3]}" if moved else line


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


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n".encode(errors="replace")))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_the_valid_bulletin_beside_it_is_there(tmp_path: Path, data: bytes) -> None:
    shutil.copytree(SITES / "sample", tmp_path, dirs_exist_ok=True)
    strange = tmp_path / "content/bulletins/2023/la/index.md"
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(data)
    content = read(tmp_path)

    assert "khoi-1-2023-pact" in content.library.bulletins
    assert content.counts.total == 2
    assert {mistake.path for mistake in content.mistakes} <= {"content/bulletins/2023/la/index.md"}


@given(st.text(alphabet="abc:-[]{}&*!|>#%@`'\",? \n\t012~<é", max_size=200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_register_holds_ends_in_messages(tmp_path: Path, text: str) -> None:
    shutil.copytree(SITES / "sample", tmp_path, dirs_exist_ok=True)
    (tmp_path / "content/register/movements.yaml").write_text(text, encoding="utf-8")
    content = read(tmp_path)

    assert {mistake.path for mistake in content.mistakes} <= {"content/register/movements.yaml"}
    assert "khoi-1-2023-pact" in content.library.bulletins
