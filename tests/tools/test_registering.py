"""`tasks.py check --add-units`: the units that bulletins miss come as one block, and are added at a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bulletins.domain.register import Register
from bulletins.reading.messages import UNKNOWN_AT_ALL
from bulletins.settings import Settings
from tests.tools.test_new import SAMPLE, answers
from tools.contents import read_all
from tools.registering import UNITS, add_units, append, block, offered

BULLETIN = "content/bulletins/2023/khoi-1-2023-pact/index.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The sample, in which three units are typed that the register lacks, one of them twice."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "site"))
    path = folder / BULLETIN
    text = path.read_text(encoding="utf-8").replace("head: Phòng Một", "head: Phòng Mốt")
    text = text.replace(
        "list: [Phòng Một, phòng hai, phong-ba]", 'list: [Phòng mốt, "Hội Nhà báo, tỉnh Mẫu", phòng hai]'
    )
    path.write_text(text, encoding="utf-8")
    return folder


def units(site: Path) -> str:
    return (site / UNITS).read_text(encoding="utf-8")


def codes(site: Path) -> list[str]:
    return [mistake.code for mistake in read_all(site, Settings())[0].mistakes if mistake.level == "error"]


def test_units_that_are_missing_are_added_as_one_block_that_is_shown_first(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = units(site)
    code = add_units(site, Settings(), "", False, answers("c"))

    assert code == 0
    assert 'names: "Hội Nhà báo, tỉnh Mẫu"' in capsys.readouterr().out
    assert units(site).startswith(before)
    assert units(site).count("Phòng Mốt") == 1
    assert codes(site) == []


def test_what_is_like_a_registered_name_says_so_and_can_be_left_out(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = add_units(site, Settings(), BULLETIN, False, answers("1"))

    assert "# có phải “Phòng Một" in capsys.readouterr().out
    assert code == 1
    assert "Mốt" not in units(site)
    assert "Hội Nhà báo" in units(site)


def test_nothing_is_added_unasked_and_everything_with_yes(site: Path) -> None:
    before = units(site)

    assert add_units(site, Settings(), "", False, answers()) == 2
    assert add_units(site, Settings(), "", False, answers("k")) == 1
    assert units(site) == before
    assert add_units(site, Settings(), "", True) == 0
    assert add_units(site, Settings(), "", True) == 0
    assert units(site).count("Hội Nhà báo") == 1


def test_two_names_never_share_an_id(site: Path) -> None:
    path = site / BULLETIN
    text = path.read_text(encoding="utf-8").replace("deputies: P. Hai", "deputies: [Phòng Mót, Phòng Mọt]")
    path.write_text(text, encoding="utf-8")
    content, _ = read_all(site, Settings())
    offers = offered(content.mistakes, content.library.register)

    assert len({offer.id for offer in offers}) == len(offers) == 4
    assert block(offers).count("- {id: ") == 4


def test_a_name_with_its_province_is_no_unit_beside_the_name_alone() -> None:
    names = ("Sở Nội vụ An Hải", "Phòng Ba", "Sở Nội vụ")
    lines = [f'`- {{id: u-{n}, names: "{name}", province: An Hải}}`' for n, name in enumerate(names)]
    told = [UNKNOWN_AT_ALL.at("index.md", 1, 1, kind="", text="", file=UNITS, line=line) for line in lines]

    assert [offer.name for offer in offered(told, Register())] == ["Phòng Ba", "Sở Nội vụ"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- id: b\n"),
        ("[]\n", "- id: b\n"),
        ("# Đơn vị\r\n[ ]\r\n", "# Đơn vị\r\n\r\n- id: b\r\n"),
        ("- id: a", "- id: a\n\n- id: b\n"),
        ("- id: a\r\n", "- id: a\r\n\r\n- id: b\r\n"),
    ],
)
def test_an_entry_goes_to_the_end_of_its_file(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "units.yaml"
    path.write_bytes(before.encode())
    append(path, ["- id: b"])

    assert path.read_bytes().decode() == after
