"""What the library answers."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from bulletins.domain.lazy import Summary, lazy_bulletin
from bulletins.domain.library import CHAPTER
from bulletins.domain.register import Bloc
from tests.builders import bulletin, library


def on(bulletin_id: str, day: str, **fields: object) -> object:
    return bulletin(bulletin_id, ceremony={"kinds": ["pact"], "date": day}, **fields)


def test_bulletins_stand_newest_first_and_those_of_one_day_by_their_publication_and_then_by_id() -> None:
    day = "2023-01-01"
    of_one_day = [
        on("a", day, published="2023-12-31 08:00"),
        on("b", day),
        on("c", day, published="2024-01-01 00:00"),
        on("d", day, published="2024-01-01"),
        on("e", day, published="2024-01-01 09:00"),
    ]
    stand = library(*of_one_day, on("f", "2023-02-01"), on("g", "2023-02")).newest  # type: ignore[arg-type]

    assert [bulletin.id for bulletin in stand] == ["f", "g", "e", "c", "d", "a", "b"]


def test_a_year_holds_every_bulletin_one_of_whose_years_it_is() -> None:
    found = library(bulletin(years={"reviewed": "2022", "plan": "2023", "awards": "2022"}))

    assert {year: one[0].reasons(year) for year, one in found.by_year.items()} == {
        2022: ("reviewed", "awards"),
        2023: ("plan",),
    }


def test_the_calendar_goes_by_the_ceremonys_own_date() -> None:
    found = library(bulletin(ceremony={"kinds": ["pact"], "date": "2022-12-30"}, years={"pact": "2023"}))

    assert list(found.by_day_year) == [2022]
    assert found.years == (2023, 2022)


def test_a_units_history_holds_its_highest_role_of_each_year() -> None:
    entry = {"year": "2023", "head": "phong-mot", "members": {"list": ["phong-mot", "phong-hai"]}}
    found = library(bulletin(bloc_years=[entry])).services

    assert [(one.bloc, one.year, one.role) for one in found["phong-mot"]] == [("khoi-1", 2023, "head")]
    assert [one.role for one in found["phong-hai"]] == ["member"]


def test_what_a_bloc_lacks_in_a_year_is_seen_if_it_is_known_to_exist_then() -> None:
    found = library(
        bulletin(), *(bulletin(f"b{year}", bloc="khoi-2", years={"pact": str(year)}) for year in (2022, 2024))
    )

    assert [(one.bloc, one.steps) for one in found.progress(2023)] == [
        ("khoi-1", ("khoi-1-2023-pact", None, None)),
        ("khoi-2", (None, None, None)),
    ]
    assert [one.bloc for one in found.progress(2022)] == ["khoi-2"]


@pytest.mark.parametrize(
    ("bloc", "years"),
    [
        ({"founded": "2021-05-01"}, [2021, 2022]),
        ({"founded": "2021-05-01", "dissolved": "2021-12-31"}, [2021]),
        ({"names": [{"name": "Khối 1", "from": "2022-01-01"}, {"name": "Khối cũ", "to": "2021-12-31"}]}, [2022]),
        ({}, []),
    ],
)
def test_the_register_may_say_in_which_years_a_bloc_existed(bloc: dict[str, Any], years: list[int]) -> None:
    entry = Bloc.model_validate({"id": "khoi-1", "names": "Khối 1"} | bloc)

    assert [year for year in (2020, 2021, 2022) if entry.is_known_in(year)] == years


def test_a_withdrawn_bulletin_is_counted_nowhere() -> None:
    gone = bulletin(status="withdrawn", withdrawn={"date": "2023-04-01", "reason": "Nhầm số liệu"})
    found = library(withdrawn=(gone,))

    assert (found.newest, found.years, dict(found.dossiers)) == ((), (), {})
    assert found.withdrawn == (gone,)


def test_modified_is_the_last_change_of_substance() -> None:
    one = bulletin(published="2023-03-03 08:00", change_history=[{"date": "2023-05-01", "note": "Sửa tên đơn vị"}])

    assert bulletin().modified is None
    assert bulletin(published="2023-03-03 08:00").modified == "2023-03-03T08:00:00+07:00"
    assert one.modified == "2023-05-01"


def test_every_bulletin_and_every_dossier_stands_in_one_chapter() -> None:
    first = [on(f"khoi-1-{n}", f"20{n:02}-03-01", years={"pact": f"20{n:02}", "awards": "2001"}) for n in range(1, 90)]
    other = [on(f"khoi-2-{n}", f"20{n:02}-03-01", bloc="khoi-2") for n in range(1, 4)]
    found = library(*first, *other)  # type: ignore[arg-type]
    told = [one.id for chapter in found.chapters for one in chapter.bulletins]
    years = [year for chapter in found.chapters for year in chapter.years]

    assert sorted(told) == sorted(found.bulletins)
    assert sorted(years) == sorted(found.dossiers)
    assert len({chapter.name for chapter in found.chapters}) == len(found.chapters)


def test_a_chapter_holds_a_few_bulletins_of_one_bloc_and_the_years_whose_newest_is_among_them() -> None:
    found = library(*(on(f"khoi-{n}-{m}", f"20{m:02}-03-01", bloc=f"khoi-{n}") for n in (1, 2) for m in range(1, 90)))  # type: ignore[arg-type]

    for chapter in found.chapters:
        assert len({one.blocs for one in chapter.bulletins}) == 1
        assert len(chapter.bulletins) <= CHAPTER
        assert all(found.by_bloc_year[key][0] in chapter.bulletins for key in chapter.years)


def test_lists_fetch_no_whole_record() -> None:
    def never(name: str, digest: str) -> NoReturn:
        raise AssertionError(f"{name} was fetched")

    whole = [bulletin(f"khoi-1-{year}-pact", years={"pact": str(year)}) for year in (2022, 2023)]
    lists = library(*(lazy_bulletin(Summary.of(each), each.id, never) for each in whole))

    assert lists.by_bloc and lists.by_bloc_year and lists.by_year and lists.by_day_year and lists.by_ceremony
    assert [each.card for each in lists.newest] == [each.card for each in whole]
    assert all(values is not None for values in (lists.chapters, lists.years, lists.by_unit, lists.awards))


def test_a_host_that_stands_where_a_unit_does_is_a_unit_of_the_library() -> None:
    as_head = library(bulletin(bloc_years=[{"year": "2023", "head": "so-mau"}]))

    assert as_head.units["so-mau"].name == "Sở Mẫu"
    assert [service.bloc for service in as_head.services["so-mau"]] == ["khoi-1"]
    assert "so-mau" not in library(bulletin()).units


def test_what_is_dated_less_exactly_stands_after_the_days_of_its_month_or_year() -> None:
    dated = [
        on("month", "2023-03"),
        on("first", "2023-03-01"),
        on("year", "2023"),
        on("none", ""),
        on("old", "2022-12-31"),
    ]
    in_order = library(*dated)  # type: ignore[arg-type]

    assert [one.id for one in in_order.newest] == ["first", "month", "none", "year", "old"]
    assert [one.id for one in in_order.by_day_year[2023]] == ["first", "month", "year"]
