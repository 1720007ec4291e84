"""Each fact goes to the year it speaks of, once; joins never put words into a bulletin's mouth."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.dossier import Dossier
from tests.builders import bulletin, library

BOTH = {"reviewed": "2022", "pact": "2023"}
AWARD = {"form": "bang_khen", "to": "collectives", "count": "2"}


def dossiers(*bulletins: Any) -> dict[int, Dossier]:
    return {year: dossier for (_, year), dossier in library(*bulletins).dossiers.items()}


def told_in(facts: str, **fields: Any) -> list[int]:
    """The years in whose dossiers a fact of a bulletin stands."""
    return [year for year, dossier in dossiers(bulletin(**fields)).items() if getattr(dossier, facts)]


@pytest.mark.parametrize(
    ("facts", "fields", "years"),
    [
        ("awards", {"years": BOTH, "awards": [AWARD]}, [2022]),
        ("awards", {"years": {"pact": "2023", "awards": "2022"}, "awards": [AWARD]}, [2022]),
        ("awards", {"years": BOTH, "awards": [AWARD | {"year": "2021"}]}, [2021]),
        ("targets", {"years": {"plan": "2023"}, "targets": [{"of": "cán bộ", "value": "95"}]}, [2023]),
        ("commitments", {"years": {"plan": "2023"}, "commitments": {"list": ["Giữ kỷ cương."]}}, [2023]),
        ("results", {"years": BOTH, "results": ["Hoàn thành kế hoạch."]}, [2022]),
        ("results", {"years": {"pact": "2023"}, "results": ["Năm 2022, khối dẫn đầu."]}, [2022]),
        *(
            ("results", {"years": {"reviewed": "2023"}, "results": [f"{words}, khối dẫn đầu."]}, [2022])
            for words in (
                "Năm 2022",
                "Trong năm 2022",
                "Tính đến hết năm 2022",
                "Kết thúc năm 2022",
                "Riêng năm 2022",
                "6 tháng đầu năm 2022",
                "Quý IV năm 2022",
                "Năm học 2022–2023",
                "Tổng kết năm 2022",
            )
        ),
        *(
            ("results", {"years": {"reviewed": "2023"}, "results": [text]}, [2023])
            for text in (
                "Tăng 8% so với năm 2022.",
                "Hoàn thành sớm kế hoạch năm 2025.",
                "Giai đoạn 2021–2025 đạt khá.",
            )
        ),
        ("themes", {"years": BOTH, "themes": ["Đoàn kết"]}, [2023]),
        ("directions", {"years": {"reviewed": "2022"}, "directions": ["Thi đua sôi nổi hơn."]}, [2022]),
        ("documents", {"years": {"reviewed": "2022", "plan": "2023"}, "documents": [{"kind": "bao_cao"}]}, [2022]),
    ],
)
def test_a_fact_stands_in_the_dossier_of_one_year(facts: str, fields: dict[str, Any], years: list[int]) -> None:
    assert told_in(facts, **fields) == years


def test_a_hand_over_without_a_review_tells_who_is_next() -> None:
    handed = {"kind": "handed_over", "from_unit": "phong-mot", "to_unit": "phong-hai", "for_year": "2023"}
    coming = dossiers(bulletin(decisions=[handed]))[2022].next

    assert coming is not None
    assert [stated.fact.unit for stated in coming.head] == ["phong-hai"]
    assert coming.handed_over == "2023-03-02"


def test_two_persons_for_one_unit_stand_both_each_with_its_source() -> None:
    def says(id_: str, **seat: str) -> Any:
        return bulletin(id_, bloc_years=[{"year": "2023", "head": {"unit": "phong-mot", **seat}}])

    head = dossiers(says("a", person="Lê Văn An"), says("b", person="Trần Thị Bình"))[2023].head

    assert [(s.fact.person, s.sources, s.conflict) for s in head] == [
        ("Lê Văn An", ("a",), True),
        ("Trần Thị Bình", ("b",), True),
    ]


def test_a_bulletin_that_names_no_person_is_no_source_of_the_person() -> None:
    def says(id_: str, **seat: str) -> Any:
        return bulletin(id_, bloc_years=[{"year": "2023", "head": {"unit": "phong-mot", **seat}}])

    (head,) = dossiers(says("a", origin="inferred"), says("b", person="Lê Văn An"))[2023].head

    assert (head.sources, head.person_sources, head.conflict) == (("a", "b"), ("b",), False)
    assert head.fact.origin == "stated"


def test_two_days_of_one_signing_stand_both() -> None:
    def says(id_: str, day: str) -> Any:
        return bulletin(id_, ceremony={"id": "le", "kinds": ["pact"], "date": day})

    pact = dossiers(says("a", "2023-03-08"), says("b", "2023-03-09"), says("c", "2023-03"))[2023].pact

    assert pact is not None
    assert (pact.date, pact.sources, pact.conflict) == ("2023-03-08", ("a",), True)
    assert [(day.fact, day.sources) for day in pact.others] == [("2023-03-09", ("b",))]


def test_two_counts_of_members_stand_both() -> None:
    def says(id_: str, count: str) -> Any:
        return bulletin(id_, bloc_years=[{"year": "2023", "members": {"count_stated": count}}])

    members = dossiers(says("a", "8"), says("b", "9"))[2023].members

    assert [(s.fact, s.sources, s.conflict) for s in members.counts] == [(8, ("a",), True), (9, ("b",), True)]


def test_other_figures_of_one_target_are_a_conflict() -> None:
    def says(id_: str, value: str) -> Any:
        return bulletin(id_, targets=[{"of": "cán bộ", "value": value, "attain": ["lao động tiên tiến"]}])

    targets = dossiers(says("a", "95"), says("b", "96"))[2023].targets

    assert [(stated.fact.value, stated.conflict) for stated in targets] == [(95, True), (96, True)]


def test_documents_of_one_symbol_and_two_issuers_are_two() -> None:
    def says(id_: str, issuer: str) -> Any:
        return bulletin(id_, documents=[{"kind": "chi_thi", "symbol": "01-CT/TU", "issuer": issuer}])

    documents = dossiers(says("a", "Tỉnh ủy Một"), says("b", "Tỉnh ủy Hai"))[2023].documents

    assert [stated.sources for stated in documents] == [("a",), ("b",)]
