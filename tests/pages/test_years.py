"""Years and their ceremonies: what is counted is there, and reports of one ceremony that give several days say so."""

from __future__ import annotations

import pytest

from bulletins.domain.library_digests import LibraryDigests
from tests.builders import bulletin, library
from tests.pages.builders import made, said

DIFFER = "Các bản tin nêu khác nhau"


@pytest.mark.parametrize("page", ["index.html", "nam/index.html"])
def test_a_year_that_is_known_by_a_ceremony_alone_is_listed_with_that(page: str) -> None:
    early = bulletin("ky-som", ceremony={"kinds": ["pact"], "date": "2022-12-30"})
    shown = said(made(library(bulletin(), early)), page)

    assert "Năm 2023 1 khối · 2 bản tin" in shown
    assert "Năm 2022 1 buổi lễ" in shown
    assert " 0 khối" not in shown


def reports(other_day: str) -> dict[str, str]:
    """The main parts of pages of two reports of one ceremony of no bloc, by path."""
    fields = {"bloc": None, "host": "so-mau", "years": {}, "bloc_years": []}
    first = bulletin("mot", ceremony={"kinds": ["summary"], "date": "2023-03-02"}, **fields)
    second = bulletin("hai", ceremony={"kinds": ["summary"], "date": other_day, "id": "mot"}, **fields)
    files = made(library(first, second, bulletin("khac")))
    return {path: said(files, path) for path in files if path.endswith("index.html") and path[:3] in ("ban", "nam")}


@pytest.mark.parametrize("other_day", ["2023-03-03", "2022-12-31", "2023-04", "2022"])
def test_reports_of_one_ceremony_that_give_several_days_say_so(other_day: str) -> None:
    shown = reports(other_day)

    assert all(DIFFER in shown[f"ban-tin/{id_}/index.html"] for id_ in ("mot", "hai"))
    assert shown["nam/2023/index.html"].count(DIFFER) == 1 + other_day.startswith("2023")
    assert DIFFER not in shown["ban-tin/khac/index.html"]


@pytest.mark.parametrize("other_day", ["2023-03-02", "2023-03", "2023"])
def test_a_report_that_names_less_of_the_day_says_nothing_else(other_day: str) -> None:
    assert not any(DIFFER in words for words in reports(other_day).values())


def test_a_year_is_laid_out_anew_when_a_report_from_another_year_gives_another_day() -> None:
    def digest(other_day: str) -> str:
        other = bulletin(
            "hai", ceremony={"kinds": ["summary"], "date": other_day, "id": "mot"}, years={"reviewed": 2021}
        )
        first = bulletin("mot", ceremony={"kinds": ["summary"], "date": "2023-03-02"}, bloc="khoi-2")
        return LibraryDigests(library(first, other), {}).year(2023)

    assert digest("2022-03-02") == digest("2022-03-02") != digest("2022-03-03")
