"""What bulletins of a bloc say together of a year."""

from __future__ import annotations

from typing import Any

from bulletins.domain.attribution import years_spoken_of
from bulletins.domain.dossier import Dossier
from tests.builders import bulletin, library

Fields = dict[str, Any]


def year_of(year: int, **fields: Any) -> list[Fields]:
    return [{"year": str(year), **fields}]


def dossier_of(*bulletins: Any, year: int = 2023) -> Dossier:
    return library(*bulletins).dossiers["khoi-1", year]


def seats(stated: Any) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.fact.unit, one.sources, one.conflict) for one in stated]


def test_the_head_names_the_bulletin_that_says_so() -> None:
    found = dossier_of(bulletin(bloc_years=year_of(2023, head="phong-mot")))

    assert seats(found.head) == [("phong-mot", ("khoi-1-2023-pact",), False)]


def test_two_bulletins_that_agree_are_two_sources_of_one_fact() -> None:
    same = year_of(2023, head="phong-mot")
    found = dossier_of(bulletin("a", bloc_years=same), bulletin("b", bloc_years=same))

    assert seats(found.head) == [("phong-mot", ("a", "b"), False)]


def test_two_bulletins_that_disagree_leave_both_heads_in_conflict() -> None:
    found = dossier_of(
        bulletin("a", bloc_years=year_of(2023, head="phong-mot")),
        bulletin("b", bloc_years=year_of(2023, head="phong-hai")),
    )

    assert seats(found.head) == [("phong-mot", ("a",), True), ("phong-hai", ("b",), True)]


def test_a_head_nobody_states_is_not_guessed_from_the_standing_body() -> None:
    found = dossier_of(bulletin(bloc_years=year_of(2023, standing_body="phong-mot")))

    assert found.head == ()
    assert seats(found.standing_body) == [("phong-mot", ("khoi-1-2023-pact",), False)]


def test_a_unit_elected_for_a_year_is_its_head() -> None:
    elected = {"kind": "elected", "role": "head", "unit": "phong-hai", "for_year": "2024"}
    found = dossier_of(bulletin(years={"reviewed": "2023"}, decisions=[elected]), year=2024)

    assert seats(found.head) == [("phong-hai", ("khoi-1-2023-pact",), False)]


def test_a_year_end_review_tells_who_leads_next_and_when_it_was_handed_over() -> None:
    review = bulletin(
        years={"reviewed": "2022", "plan": "2023"},
        bloc_years=[
            {"year": "2022", "head": "phong-mot"},
            {"year": "2023", "head": "phong-hai", "deputies": "phong-ba"},
        ],
        decisions=[{"kind": "handed_over", "role": "head", "on": "2022-12-09", "for_year": "2023"}],
    )
    coming = dossier_of(review, year=2022).next

    assert coming is not None
    assert (coming.year, coming.handed_over) == (2023, "2022-12-09")
    assert [seats(coming.head)[0][0], seats(coming.deputies)[0][0]] == ["phong-hai", "phong-ba"]


def test_a_role_handed_over_amid_its_year_says_nothing_of_the_years_around() -> None:
    handed = {
        "kind": "handed_over", "role": "head", "from_unit": "phong-mot", "to_unit": "phong-hai", "on": "2025-07-01",
        "for_year": "2025",
    }  # fmt: skip
    review = bulletin(years={"reviewed": "2025"}, decisions=[handed])
    of_schools = bulletin(years={"reviewed": "2024–2025", "pact": "2025–2026"}, decisions=[handed])

    assert (years_spoken_of(review), dossier_of(review, year=2025).next) == ({2025}, None)
    assert (years_spoken_of(of_schools), bool(dossier_of(of_schools, year=2024).next)) == ({2024, 2025}, True)


def test_members_are_complete_only_when_a_bulletin_says_so() -> None:
    some = dossier_of(bulletin(bloc_years=year_of(2023, members={"list": ["phong-mot"]}))).members
    every = dossier_of(bulletin(bloc_years=year_of(2023, members={"complete": "có", "list": ["phong-mot"]}))).members

    assert (some.complete, some.count) == (False, None)
    assert (every.complete, every.count) == (True, 1)


def test_a_member_that_a_complete_list_leaves_out_is_in_conflict() -> None:
    whole = year_of(2023, members={"complete": "có", "list": ["phong-mot", "phong-hai"]})
    other = year_of(2023, members={"list": ["phong-hai", "phong-ba"]})
    found = dossier_of(bulletin("a", bloc_years=whole), bulletin("b", bloc_years=other)).members.list

    assert [(unit, conflict) for unit, _, conflict in seats(found)] == [
        ("phong-mot", False),
        ("phong-hai", False),
        ("phong-ba", True),
    ]


def test_deputies_of_one_year_are_not_those_of_the_next() -> None:
    found = dossier_of(bulletin(bloc_years=[*year_of(2023), *year_of(2024, deputies=["phong-hai"])]))

    assert found.deputies == ()
    assert found.deputies_origin == "not_stated"


def test_commitments_belong_to_the_year_of_the_pact_alone() -> None:
    both = library(bulletin(years={"pact": "2023", "reviewed": "2022"}, commitments={"list": ["Đoàn kết."]}))

    assert both.dossiers["khoi-1", 2022].commitments == ()
    assert [one.fact.text for one in both.dossiers["khoi-1", 2023].commitments] == ["Đoàn kết."]


def test_a_ceremony_reported_twice_is_one_ceremony() -> None:
    ceremony = {"id": "le-ky", "kinds": ["pact"], "date": "2023-03-02"}
    found = dossier_of(bulletin("a", ceremony=ceremony), bulletin("b", ceremony=ceremony))

    assert [(one.id, one.bulletins) for one in found.ceremonies] == [("le-ky", ("a", "b"))]


def test_a_pact_reported_for_next_year_is_not_this_years_pact() -> None:
    early = bulletin(
        ceremony={"kinds": ["summary", "pact"], "date": "2022-12-20"}, years={"reviewed": "2022", "pact": "2023"}
    )

    assert dossier_of(early, year=2022).pact is None
    assert dossier_of(early, year=2023).pact is not None


def test_awards_stand_in_the_year_they_reward_and_nowhere_else() -> None:
    award = {"form": "giấy khen", "count": "9", "year": "2022", "to": "individuals"}
    both = library(bulletin(years={"pact": "2023", "plan": "2024", "awards": "2022"}, awards=[award]))
    found = {year: [one.fact.count for one in both.dossiers["khoi-1", year].awards] for year in (2022, 2023, 2024)}

    assert found == {2022: [9], 2023: [], 2024: []}


def test_results_of_a_bulletin_that_reviews_no_year_stand_in_the_year_of_its_pact() -> None:
    review = library(bulletin(years={"reviewed": "2022", "pact": "2023"}, results="Hoàn thành kế hoạch."))
    pact = library(bulletin(years={"pact": "2023", "awards": "2022"}, results="Hoàn thành kế hoạch."))

    assert [len(review.dossiers["khoi-1", year].results) for year in (2022, 2023)] == [1, 0]
    assert [len(pact.dossiers["khoi-1", year].results) for year in (2022, 2023)] == [0, 1]


def test_the_order_of_bulletins_does_not_change_a_dossier() -> None:
    a = bulletin("a", bloc_years=year_of(2023, head="phong-mot"))
    b = bulletin("b", bloc_years=year_of(2023, head="phong-hai"))

    assert dossier_of(a, b).digest == dossier_of(b, a).digest
