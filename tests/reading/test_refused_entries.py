"""A broken entry of the register is told in its own lines, and not once more for each bulletin that names it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from bulletins.reading.content import Content, read_content
from bulletins.settings import Settings

SAMPLE = Path(__file__).parent.parent / "sites/sample"
BLOC = "content/register/blocs.yaml"
HOST = "content/register/hosts.yaml"
UNIT = "content/register/units.yaml"
BROKEN = {
    "a field nobody knows": (BLOC, "- id: khoi-1\n", "- id: khoi-1\n  numer: 1\n"),
    "a host nobody knows": (BLOC, "host: so-mau", "host: so-mao"),
    "a number that is none": (BLOC, "  number: 1", "  number: một trăm lẻ"),
    "an id in capitals": (BLOC, "id: khoi-1\n", "id: KHOI-1\n"),
    "no id": (BLOC, "- id: khoi-1\n  names", "- names"),
    "no name but the short one": (BLOC, "  names: Khối thi đua số I", "  short_name: Khối thi đua số I"),
    "a name with a day that is none": (
        BLOC, "names: Khối thi đua số I", "names: [{name: Khối thi đua số I, from: 31/02/2020}]"
    ),
    "a key that stands twice": (BLOC, "  number: 1\n", "  number: 1\n  number: 1\n"),
    "a bracket left open": (BLOC, "  number: 1\n", "  number: [1\n"),
    "a tab": (BLOC, "  number: 1\n", "\tnumber: 1\n"),
    "a host of the site": (HOST, "- id: so-mau\n", "- id: so-mau\n  tinh: An Giang\n"),
    "a host of the site without colon": (HOST, "  names: Sở Mẫu", "  names: Sở Mẫu\n  province An Giang"),
    "a unit": (UNIT, "  aliases: [P. Hai]", "  aliases: [P. Hai]\n  ma: 2"),
    "a unit with aliases that are none": (UNIT, "  aliases: [P. Hai]", "  aliases: [[P. Hai], {x: y}]"),
    "a unit of a bloc nobody knows": (
        UNIT, "  aliases: [P. Hai]", "  aliases: [P. Hai]\n  memberships: [{bloc: khoi-9}]"
    ),
    "a file of units that cannot be taken apart": (UNIT, "  parent: Sở Mẫu", "  parent: *mau"),
}  # fmt: skip


def read(site: Path) -> Content:
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return read_content(site / "content", site, Settings(), now, site / "readings")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True))


def break_entry(what: str, site: Path) -> str:
    """Break an entry of the register in this way; gives the name of its file."""
    file, right, wrong = BROKEN[what]
    text = (site / file).read_text(encoding="utf-8")
    assert right in text
    (site / file).write_text(text.replace(right, wrong), encoding="utf-8")
    return file


@pytest.mark.parametrize("what", BROKEN)
def test_a_bulletin_that_names_a_refused_entry_is_not_told_of_a_new_name(what: str, site: Path) -> None:
    file = break_entry(what, site)

    mistakes = read(site).mistakes
    assert {mistake.path for mistake in mistakes if mistake.code != "L2"} == {file}


def test_a_name_that_no_entry_bears_is_told_also_beside_a_refused_one(site: Path) -> None:
    register, bulletin = site / BLOC, site / "content/bulletins/2023/khoi-1-2023-pact/index.md"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("number: 2", "number: hai mươi lẻ"), encoding="utf-8")
    named = bulletin.read_text(encoding="utf-8").replace("bloc: Khối Thi đua 1", "bloc: Khối không ai biết")
    bulletin.write_text(named, encoding="utf-8")

    codes = [mistake.code for mistake in read(site).mistakes if mistake.path.endswith("index.md")]
    assert codes == ["B1"]


@pytest.mark.parametrize("what", ["a field nobody knows", "a host nobody knows", "a bracket left open", "a unit"])
def test_after_an_entry_is_mended_all_is_as_if_it_had_never_been_broken(what: str, site: Path) -> None:
    fresh = read(site)
    (site / "readings").unlink()
    file = break_entry(what, site)
    assert read(site).mistakes
    shutil.copyfile(SAMPLE / file, site / file)

    again = read(site)
    assert again.mistakes == ()
    assert [b.as_json for b in again.library.newest] == [b.as_json for b in fresh.library.newest]


def test_what_was_read_with_a_refused_entry_is_read_anew_where_the_mended_one_has_another_id(site: Path) -> None:
    register = site / BLOC
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("id: khoi-1\n", "id: KHỐI-MỘT\n"), encoding="utf-8")
    assert read(site).mistakes
    register.write_text(text, encoding="utf-8")

    assert [bulletin.blocs for bulletin in read(site).library.newest] == [("khoi-1",)]
