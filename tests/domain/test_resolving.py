"""A unit's name is looked up where the bloc stands: a neighbour's unit is never taken silently."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.record import UnknownName
from bulletins.domain.register import Bloc, Host, Register, Unit

HOSTS = [
    {"id": "bien", "names": "UBND tỉnh Biển Đông", "province": "Biển Đông"},
    {"id": "rung", "names": "UBND tỉnh Rừng Xanh", "province": "tỉnh Rừng Xanh"},
    {"id": "bo", "names": "Bộ Thử nghiệm", "aliases": ["Bộ TN"]},
]
BLOCS = [
    {"id": "bien-khoi-1", "names": "Khối thi đua số 1", "number": 1, "host": "bien"},
    {"id": "rung-khoi-1", "names": "Khối thi đua số 1", "number": 1, "host": "rung"},
    {"id": "bo-khoi-1", "names": "Khối thi đua số 1", "number": 1, "host": "bo"},
]
UNITS: list[dict[str, Any]] = [
    {"id": "bien-so-y-te", "names": "Sở Y tế", "parent": "bien"},
    {"id": "bien-truong-y", "names": "Trường Cao đẳng Y", "province": "Biển Đông"},
    {"id": "rung-so-y-te", "names": "Sở Y tế", "province": "Rừng Xanh"},
    {"id": "rung-so-tai-chinh", "names": "Sở Tài chính", "parent": "rung"},
    {"id": "bo-vu-thu-ky", "names": "Vụ Thư ký", "parent": "bo"},
    {"id": "hoi-nguoi-mu", "names": "Hội Người mù", "memberships": ["rung-khoi-1"]},
    {"id": "hoi-nguoi-mu-khac", "names": "Hội Người mù"},
    {"id": "nha-khach", "names": "Nhà khách"},
]


def register(*more: dict[str, Any]) -> Register:
    units = [Unit.model_validate(entry) for entry in (*UNITS, *more)]
    return Register(map(Host.model_validate, HOSTS), map(Bloc.model_validate, BLOCS), units)


def meant(text: str, bloc: str, *more: dict[str, Any]) -> str:
    return register(*more).resolvers({"bloc": bloc})["unit"](text)


def refused(text: str, bloc: str | None) -> UnknownName:
    with pytest.raises(UnknownName) as unknown:
        register().resolvers({"bloc": bloc})["unit"](text)
    return unknown.value


@pytest.mark.parametrize(
    ("text", "bloc", "unit"),
    [
        ("Sở Y tế", "bien-khoi-1", "bien-so-y-te"),
        ("Sở Y tế", "rung-khoi-1", "rung-so-y-te"),
        ("Trường Cao đẳng Y", "bien-khoi-1", "bien-truong-y"),
        ("Hội Người mù", "rung-khoi-1", "hoi-nguoi-mu"),
        ("bien-so-y-te", "rung-khoi-1", "bien-so-y-te"),
        ("Sở Y tế tỉnh Biển Đông", "rung-khoi-1", "bien-so-y-te"),
        ("Sở Y tế Biển Đông", "bo-khoi-1", "bien-so-y-te"),
        ("Sở Tài chính, UBND tỉnh Rừng Xanh", "bien-khoi-1", "rung-so-tai-chinh"),
        ("Vụ Thư ký, Bộ TN", "bien-khoi-1", "bo-vu-thu-ky"),
        ("Vụ Thư ký", "bien-khoi-1", "bo-vu-thu-ky"),
        ("Nhà khách", "bo-khoi-1", "nha-khach"),
        ("UBND tỉnh Rừng Xanh", "bien-khoi-1", "rung"),
        ("rung", "bien-khoi-1", "rung"),
    ],
)
def test_a_name_means_the_unit_nearest_to_the_bloc(text: str, bloc: str, unit: str) -> None:
    assert meant(text, bloc) == unit


@pytest.mark.parametrize(
    ("text", "bloc", "choices"),
    [
        ("Sở Tài chính", "bien-khoi-1", ["Sở Tài chính, tỉnh Rừng Xanh"]),
        ("Sở Y tế", "bo-khoi-1", ["Sở Y tế, Biển Đông", "Sở Y tế, Rừng Xanh"]),
        ("Sở Y tế", None, ["Sở Y tế, Biển Đông", "Sở Y tế, Rừng Xanh"]),
    ],
)
def test_a_name_that_only_others_bear_is_refused_with_each_province(
    text: str, bloc: str | None, choices: list[str]
) -> None:
    unknown = refused(text, bloc)

    assert unknown.elsewhere
    assert [name for _, name in unknown.candidates] == choices


def test_of_two_units_that_no_province_has_none_is_taken() -> None:
    unknown = refused("Hội Người mù", "bien-khoi-1")

    assert (unknown.ambiguous, unknown.elsewhere) == (True, False)


@pytest.mark.parametrize(("text", "bloc"), [(name["names"], bloc["id"]) for name in UNITS for bloc in BLOCS])
def test_another_office_may_add_a_unit_of_any_name_and_nothing_of_others_changes(text: str, bloc: Any) -> None:
    """Whatever a name meant before, it means once a third province has a unit of that name."""
    other = {"id": "xa-don-vi", "names": text, "province": "Xa Lắm"}
    before = after = None
    try:
        before = meant(text, bloc)
        after = meant(text, bloc, other)
    except UnknownName as unknown:
        after = None if before is None else unknown

    assert before == after


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Sở Y tê", "bien-so-y-te"), ("bien-so-yte", "bien-so-y-te")],
)
def test_a_slip_is_answered_with_what_is_near_the_bloc_first(text: str, nearest: str) -> None:
    assert refused(text, "bien-khoi-1").candidates[0][0] == nearest


def test_words_are_never_compared_with_ids() -> None:
    assert refused("Bien so", "bien-khoi-1").candidates == ()


def test_a_ceremony_may_be_held_by_the_bloc_itself_and_by_no_other() -> None:
    organiser = register().resolvers({"bloc": "bien-khoi-1"})["organiser"]

    assert organiser("bien-khoi-1") == "bien-khoi-1"
    assert organiser("Sở Y tế") == "bien-so-y-te"
    with pytest.raises(UnknownName):
        organiser("rung-khoi-1")
