"""A school year stands at the year in which it begins, and is called one wherever it is shown."""

from __future__ import annotations

import json

import pytest

from bulletins.domain.model import BlocYear, Years
from tests.builders import bulletin, library
from tests.indexes import sample
from tests.pages.builders import made, said


@pytest.mark.parametrize("typed", ["năm học 2022-2023", "2022 – 2023", "Năm học 2022–2023", "năm học 2022"])
def test_a_school_year_may_be_typed_as_it_is_said(typed: str) -> None:
    years, entry = Years.model_validate({"pact": typed}), BlocYear.model_validate({"year": typed})

    assert (years.pact, years.school_year, entry.year, entry.school_year) == (2022, True, 2022, True)


@pytest.mark.parametrize("typed", ["2022", "năm 2022", "6 tháng đầu năm 2022"])
def test_another_year_is_none(typed: str) -> None:
    assert not Years.model_validate({"reviewed": typed}).school_year


@pytest.mark.parametrize("said", ["có", "2022–2023"])
def test_years_by_their_beginning_may_be_said_to_be_school_years(said: str) -> None:
    assert Years.model_validate({"pact": "2022", "school_year": said}).school_year


ENTRY = {"year": "2022", "head": "phong-mot", "members": {"list": ["phong-mot"]}}
OF_SCHOOL = bulletin(years={"pact": "năm học 2022–2023"}, bloc_years=[ENTRY])


def test_the_dossier_stands_at_the_year_of_the_beginning() -> None:
    dossiers = library(OF_SCHOOL).dossiers

    assert {key: dossier.school_year for key, dossier in dossiers.items()} == {("khoi-1", 2022): True}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("khoi/khoi-1/2022/index.html", "năm học 2022–2023"),
        ("khoi/khoi-1/index.html", "Năm học 2022–2023"),
        ("ban-tin/khoi-1-2023-pact/index.html", "Khối trưởng năm học 2022–2023: Phòng Một"),
        ("ban-tin/khoi-1-2023-pact/index.html", "Hồ sơ khối năm học 2022–2023"),
        ("don-vi/phong-mot/index.html", "2022–2023"),
    ],
)
def test_pages_call_it_a_school_year(page: str, words: str) -> None:
    assert words in said(made(library(OF_SCHOOL)), page)


def test_documents_say_so_beside_the_year() -> None:
    files = sample.made(sample.lines(library(OF_SCHOOL)))
    dossier, bloc, unit, whole = (
        json.loads(files[f"api/v1/{path}.json"])
        for path in ("blocs/khoi-1/2022", "blocs/khoi-1", "units/phong-mot", "bulletins/khoi-1-2023-pact")
    )

    assert all(
        entry["school_year"] is True
        for entry in (dossier, bloc["dossiers"][0], unit["history"][0], whole["years"], whole["bloc_years"][0])
    )
