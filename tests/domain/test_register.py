"""How a typed name finds its body."""

from __future__ import annotations

import pytest

from bulletins.domain.record import UnknownName
from bulletins.domain.register import Directory, Unit

KNOWN = Directory(
    Unit.model_validate(entry)
    for entry in (
        {"id": "uy-ban-kiem-tra", "names": "Ủy ban Kiểm tra", "aliases": ["UBKT"]},
        {"id": "vu-thu-ky", "names": "Vụ Thư ký"},
        {"id": "vu-le-tan", "names": "Vụ Lễ tân và Hợp tác quốc tế"},
        {"id": "phong-1-a", "names": "Phòng Hành chính"},
        {"id": "phong-1-b", "names": "Phòng Hành chính"},
    )
)


@pytest.mark.parametrize(
    ("typed", "body_id"),
    [
        ("uy-ban-kiem-tra", "uy-ban-kiem-tra"),
        ("Uỷ ban kiểm tra", "uy-ban-kiem-tra"),
        ("UBKT", "uy-ban-kiem-tra"),
        ("VỤ THƯ KÍ", "vu-thu-ky"),
        ("Vụ Lễ Tân và Hợp tác quốc tế", "vu-le-tan"),
    ],
)
def test_a_body_is_found_by_its_id_or_any_spelling(typed: str, body_id: str) -> None:
    assert KNOWN.find(typed) == body_id


def test_a_name_with_other_tones_is_another_name() -> None:
    with pytest.raises(UnknownName) as unknown:
        KNOWN.find("Vụ Thu Kỳ")
    assert ("vu-thu-ky", "Vụ Thư ký") in unknown.value.candidates


def test_a_name_of_two_bodies_is_told_with_both() -> None:
    with pytest.raises(UnknownName) as unknown:
        KNOWN.find("phòng hành chính")
    assert unknown.value.ambiguous
    assert [body_id for body_id, _ in unknown.value.candidates] == ["phong-1-a", "phong-1-b"]


def test_a_bloc_that_was_renamed_has_the_name_of_then_in_an_old_year() -> None:
    names = [{"name": "Phòng Mới", "from": "2025-07-01"}, {"name": "Phòng Cũ", "to": "2025-06-30"}]
    renamed = Unit.model_validate({"id": "phong", "names": names})

    assert [renamed.name_in(year) for year in (2018, 2025, 2026)] == ["Phòng Cũ", "Phòng Mới", "Phòng Mới"]
