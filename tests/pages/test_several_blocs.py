"""The pages of a bulletin of several blocs, and of a ceremony of no bloc."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body
from bulletins.domain.register import Bloc, Register
from tests.builders import bulletin, library, register
from tests.domain.test_several_blocs import BOTH
from tests.pages.builders import links, made, parsed, said

PAGE = "ban-tin/khoi-1-2023-pact/index.html"


@pytest.fixture(scope="module")
def several() -> dict[str, bytes]:
    return made(library(bulletin(**BOTH, photos=[{"file": "a.jpg", "alt": "Hai khối"}])))


@pytest.fixture(scope="module")
def alone() -> dict[str, bytes]:
    return made(library(bulletin(bloc="không", host="so-mau", photos=[{"file": "a.jpg", "alt": "Cả sở"}])))


def test_the_page_names_every_bloc_and_leads_to_the_dossier_of_each(several: dict[str, bytes]) -> None:
    hrefs = links(parsed(several[PAGE].decode()))

    assert {"/khoi/khoi-1/", "/khoi/khoi-2/", "/khoi/khoi-1/2023/", "/khoi/khoi-2/2022/"} <= set(hrefs)
    assert "Hồ sơ Khối thi đua 2 năm 2022" in said(several, PAGE)
    assert "Khối trưởng năm 2023: Khối thi đua 2: Phòng Hai" in said(several, PAGE)


def test_a_fact_of_one_of_the_blocs_says_of_which(several: dict[str, bytes]) -> None:
    shown = said(several, PAGE)

    assert "1 giấy khen (Khối thi đua 1)" in shown
    assert "2 bằng khen (" not in shown


@pytest.mark.parametrize("page", ["khoi/khoi-1/index.html", "khoi/khoi-2/index.html", "nam/2023/index.html"])
def test_the_bulletin_is_in_the_list_of_every_bloc_and_of_the_year(several: dict[str, bytes], page: str) -> None:
    assert "/ban-tin/khoi-1-2023-pact/" in links(parsed(several[page].decode()))


@pytest.mark.parametrize("page", ["nam/2023/index.html", "index.html"])
def test_a_list_names_all_the_blocs_of_a_bulletin(several: dict[str, bytes], page: str) -> None:
    assert "Khối thi đua 1, Khối thi đua 2" in said(several, page)


def test_a_dossier_has_the_head_of_its_own_bloc(several: dict[str, bytes]) -> None:
    assert "Khối trưởng Phòng Hai" in said(several, "khoi/khoi-2/2023/index.html")
    assert "Phòng Hai" not in said(several, "khoi/khoi-1/2023/index.html").partition("Bản tin về")[0]


def test_a_ceremony_of_no_bloc_stands_under_its_host_and_leads_to_its_year(alone: dict[str, bytes]) -> None:
    assert "Cơ quan tổ chức Sở Mẫu" in said(alone, PAGE)
    assert "/nam/2023/" in links(parsed(alone[PAGE].decode()))
    assert "Sở Mẫu" in said(alone, "nam/2023/index.html")
    assert "khoi/khoi-1/2023/index.html" not in alone


def test_what_only_a_bloc_has_is_not_missed_of_a_ceremony_of_none(alone: dict[str, bytes]) -> None:
    assert "khối trưởng" not in said(alone, PAGE)


def unhosted(**fields: Any) -> Library:
    known = register()
    blocs = [Bloc.model_validate({"id": "khoi-1", "names": "Khối thi đua 1"})]
    one = bulletin(**fields)
    return Library(Register((), blocs, known.units.values()), [one], {one.id: Body(("<p>Bài.</p>",), "b")})


def test_nothing_is_invented_for_a_bloc_whose_host_is_not_known() -> None:
    files = made(unhosted(bloc_years=[{"year": "2023", "head": "phong-mot"}]))

    assert "Chưa rõ cơ quan tổ chức" in said(files, "khoi/index.html")
    assert "Chưa rõ cơ quan tổ chức" in said(files, "nam/2023/index.html")
    assert "None" not in "".join(page.decode() for path, page in files.items() if path.endswith(".html"))
