"""A bulletin of several blocs, and one of none: what each bloc's dossier says, and where the bulletin stands."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bulletins.domain.model import Bulletin
from tests.builders import bulletin, library, register

BOTH: dict[str, Any] = {
    "bloc": ["khoi-1", "khoi-2"],
    "bloc_years": [
        {"bloc": "khoi-1", "year": "2023", "head": "phong-mot"},
        {"bloc": "khoi-2", "year": "2023", "head": "phong-hai"},
        {"bloc": "khoi-2", "year": "2022", "head": "phong-ba"},
    ],
    "decisions": [{"bloc": "khoi-2", "kind": "elected", "role": "head", "unit": "phong-mot", "for_year": "2024"}],
    "awards": [{"form": "giay_khen", "count": "1", "bloc": "khoi-1"}, {"form": "bang_khen", "count": "2"}],
    "targets": [{"of": "cán bộ", "value": "95"}],
}


def typed(**fields: Any) -> Bulletin:
    """A bulletin as an author types it, with names."""
    least = {key: value for key, value in bulletin().model_dump(by_alias=True).items() if key != "bloc"}
    front = {"id": "a", "title": "b", "lead": "c", "ceremony": {"kinds": "pact"}, "years": {"pact": "2023"}} | fields
    assert set(front) <= {*least, "bloc", "blocs"}
    return Bulletin.model_validate(front, context=dict(register().resolvers(front)))


@pytest.mark.parametrize(
    "front",
    [
        {"bloc": ["Khối thi đua 1", "khoi-2"]},
        {"blocs": ["khoi-1", "Khối thi đua 2"]},
        {"bloc": "Khối thi đua 1; Khối thi đua 2"},
        {"bloc": "Khối thi đua 1, Khối thi đua 2"},
        {"blocs": ["khoi-1", "khoi-2", "Khối thi đua 1"]},
    ],
)
def test_several_blocs_are_typed_in_the_ways_that_one_is(front: dict[str, Any]) -> None:
    assert typed(**front).blocs == ("khoi-1", "khoi-2")


@pytest.mark.parametrize(
    "front", [{"bloc": "không"}, {"blocs": []}, {"bloc": [], "host": "Sở Mẫu"}, {"host": "Sở Mẫu"}, {"bloc": "null"}]
)
def test_a_ceremony_of_no_bloc_says_so(front: dict[str, Any]) -> None:
    assert typed(**front).blocs == ()
    assert typed(**front).host == ("so-mau" if "host" in front else None)


@pytest.mark.parametrize("front", [{}, {"bloc": ""}, {"bloc": ";"}, {"bloc": [""]}])
def test_a_bloc_that_is_only_forgotten_is_told(front: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="bloc"):
        typed(**front)


@pytest.mark.parametrize("front", [{"bloc": "không", "host": "không rõ"}, {"host": "chưa rõ"}])
def test_a_host_that_is_not_known_is_none(front: dict[str, Any]) -> None:
    assert (typed(**front).blocs, typed(**front).host) == ((), None)


def test_the_names_of_units_count_where_the_host_of_a_ceremony_of_no_bloc_stands() -> None:
    of_host = typed(host="Sở Mẫu", ceremony={"kinds": "pact", "organiser": "Sở Mẫu"})

    assert of_host.ceremony.organiser == "so-mau"


def test_each_bloc_has_a_dossier_with_what_is_said_of_it_and_of_all() -> None:
    dossiers = library(bulletin(**BOTH)).dossiers
    first, second = dossiers["khoi-1", 2023], dossiers["khoi-2", 2023]

    assert (first.heads, second.heads) == (("phong-mot",), ("phong-hai",))
    assert [stated.fact.form for stated in first.awards] == ["giay_khen", "bang_khen"]
    assert [stated.fact.form for stated in second.awards] == ["bang_khen"]
    assert [len(dossier.targets) for dossier in (first, second)] == [1, 1]
    assert dossiers["khoi-2", 2024].heads == ("phong-mot",)


def test_a_bloc_has_no_dossier_of_a_year_that_is_told_of_another() -> None:
    assert set(library(bulletin(**BOTH)).dossiers) == {
        ("khoi-1", 2023), ("khoi-2", 2022), ("khoi-2", 2023), ("khoi-2", 2024),
    }  # fmt: skip


def test_a_bulletin_of_several_blocs_stands_in_the_list_of_each_and_in_one_chapter() -> None:
    found = library(bulletin(**BOTH), bulletin("khoi-2-2023-hop", bloc="khoi-2", years={"plan": "2023"}))

    assert {bloc: len(bulletins) for bloc, bulletins in found.by_bloc.items()} == {"khoi-1": 1, "khoi-2": 2}
    assert sorted(b.id for chapter in found.chapters for b in chapter.bulletins) == sorted(found.bulletins)
    assert sorted(key for chapter in found.chapters for key in chapter.years) == sorted(found.dossiers)


def test_a_bulletin_of_no_bloc_stands_in_its_year_and_in_one_chapter() -> None:
    found = library(bulletin(bloc="không", host="so-mau"))

    assert not found.by_bloc and not found.dossiers
    assert [b.id for b in found.by_year[2023]] == ["khoi-1-2023-pact"]
    assert [b.id for chapter in found.chapters for b in chapter.bulletins] == ["khoi-1-2023-pact"]


def test_what_a_bulletin_of_one_bloc_says_is_said_of_that() -> None:
    alone = bulletin(bloc_years=[{"year": "2023"}], decisions=[{"kind": "signed"}])

    assert [entry.bloc for entry in alone.bloc_years] == ["khoi-1"]
    assert [decision.bloc for decision in alone.decisions] == ["khoi-1"]
