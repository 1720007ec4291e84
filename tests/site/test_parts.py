"""The law of parts: where the inputs of a part of the plan stay, so do the fingerprints of all its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bulletins.domain import library as libraries
from bulletins.domain.attached import AttachedFile
from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Bloc, Register, Unit
from bulletins.indexes import documents
from bulletins.making.fingerprints import fingerprint_of, part_fingerprint
from bulletins.pages import plan as pages
from bulletins.pages.edition import Theme
from bulletins.plan import Part
from tests.builders import bulletin
from tests.indexes import sample
from tests.pages import builders

YEAR_BEFORE: dict[str, Any] = {
    "title": "Khối 1 năm trước",
    "ceremony": {"kinds": ["pact"], "date": "2022-03-01"},
    "years": {"pact": "2022"},
    "bloc_years": [{"year": "2022", "head": "phong-hai", "members": {"list": ["phong-mot"]}}],
}
LONG_AGO: dict[str, Any] = {
    "title": "Khối 1 ngày trước",
    "ceremony": {"kinds": ["midterm"], "date": "2015-03-01"},
    "years": {"reviewed": "2015"},
}
SISTER: dict[str, Any] = {
    "title": "Khối 2 dự lễ ký",
    "bloc": "khoi-2",
    "ceremony": {"id": "khoi-1-2023-le-ky", "kinds": ["launch"], "date": "2024-01-02"},
    "years": {"plan": "2024"},
    "bloc_years": [{"year": "2024", "head": "phong-tu"}],
}
RECORDS: Mapping[str, dict[str, Any]] = {
    "khoi-1-2023-pact": sample.FULL,
    "khoi-1-2023-bao-khac": sample.OTHER,
    "khoi-1-2023-summary": sample.REVIEW,
    "khoi-1-2022-pact": YEAR_BEFORE,
    "khoi-1-2015-midterm": LONG_AGO,
    "khoi-2-2023-launch": SISTER,
}
OTHERWISE: dict[str, Any] = {
    "title": "Tên khác",
    "lead": "Lời dẫn khác.",
    "published": "2024-01-05",
    "bloc": "khoi-2",
    "ceremony": {"kinds": ["award"], "date": "2021-04-30"},
    "years": {"reviewed": "2021"},
    "bloc_years": [{"year": "2023", "head": "phong-ba"}],
    "awards": [{"form": "bang_khen", "to": "collectives", "count": "1", "year": "2023", "units": ["phong-tu"]}],
    "former_ids": ["ma-cu"],
}
"""Another value for fields that a bulletin may have; in its place, or where it has none."""


UNITS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("phong-mot", {"names": ["Phòng Một mới", {"name": "Phòng Một", "to": "2023-05-01"}]}),
    ("phong-mot", {"names": [{"name": "Phòng Một", "en": "First Office"}]}),
    ("phong-hai", {"names": "Phòng Hai mới"}),
    ("phong-hai", {"short_name": "Hai"}),
    ("phong-hai", {"aliases": ["Phòng số 2"]}),
    ("phong-hai", {"former_ids": ["phong-2"]}),
    ("phong-ba", {"parent": "so-mau"}),
    ("phong-ba", {"replaced_by": ["phong-mot"]}),
    ("phong-tu", {"names": "Phòng Tư mới"}),
    ("phong-tu", {"replaced_by": ["phong-nam"]}),
    ("phong-tu", {"province": "Bến Tre"}),
    ("phong-nam", {"memberships": [{"bloc": "khoi-3", "from": "2022"}]}),
    ("phong-moi", {"names": "Phòng Mới", "replaced_by": ["phong-hai"]}),
)
"""Units of the register that have other values for these fields, or are new."""


def changes() -> Iterator[tuple[str, str]]:
    """Bulletins and fields: each field that one has is left out, and each of `OTHERWISE` has that value."""
    for id_, fields in RECORDS.items():
        yield from ((id_, field) for field in sorted({*fields, *OTHERWISE} - {"id"}))


def changed(id_: str, field: str) -> dict[str, Bulletin]:
    """All bulletins, of which one differs in a field."""
    fields = {key: value for key, value in RECORDS[id_].items() if key != field}
    fields |= {field: OTHERWISE[field]} if field in OTHERWISE else {}
    return {name: bulletin(name, **(fields if name == id_ else own)) for name, own in RECORDS.items()}


def library_of(
    bulletins: Mapping[str, Bulletin], text: str = "", attached: str = "", register: Register | None = None
) -> Library:
    """A library of these bulletins; the bulletins `text` and `attached` have another text and another attached file."""
    bodies = {id_: Body((f"<p>{id_}</p>",), f"{id_} {text == id_}") for id_ in bulletins}
    files = (
        {attached: (AttachedFile(1, "a.pdf", "a.pdf", "Quyết định", "application/pdf", 9, "0" * 64),)}
        if attached
        else {}
    )
    gone = [bulletin("khoi-1-2023-nham", **sample.WITHDRAWN)]
    return Library(register or register_with(), bulletins.values(), bodies, gone, attached=files)


def register_with(id_: str = "phong-sau", **fields: Any) -> Register:
    """The sample's register with a bloc that no bulletin tells of, and a unit merged into one that none of its own
    bulletins names; a unit has these values.
    """
    known = sample.register()
    entered = [*known.units.values(), *known.withdrawn["unit"]]
    units = {unit.id: unit.model_dump(mode="json", by_alias=True, exclude_defaults=True) for unit in entered}
    units["phong-nam"]["replaced_by"] = ["phong-tu"]
    units[id_] = {"id": id_, **units.get(id_, {}), **fields}
    blocs = [*known.blocs.values(), Bloc.model_validate({"id": "khoi-3", "names": "Khối thi đua 3"})]
    return Register(known.hosts.values(), blocs, map(Unit.model_validate, units.values()))


def parts(library: Library, picture: str = "") -> dict[str, list[str]]:
    """The fingerprints of the lines of each part that has inputs; the photos of the bulletin `picture` are others."""
    pictures = {
        key: sample.picture(f"{key[0]} khác" if key[0] == picture else key[0], key[1])
        for key in sample.pictures(library)
    }
    theme = Theme(builders.THEME)
    planned = [
        *pages.plan(library, (builders.ABOUT,), pictures, sample.SETTINGS, theme),
        *documents.plan(library, pictures, sample.SETTINGS),
    ]
    with_inputs = [line for line in planned if isinstance(line, Part) and line.inputs]
    laid_out = {part_fingerprint(part): list(map(fingerprint_of, part.lay_out())) for part in with_inputs}
    assert len(laid_out) == len(with_inputs), "two parts have the same inputs"
    return laid_out


@pytest.fixture(scope="module", autouse=True)
def _one_by_one() -> Iterator[None]:
    """Parts as small as they can be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(libraries, "CHAPTER", 1)
        patch.setattr(documents, "FEW", 1)
        yield


@pytest.fixture(scope="module")
def before(_one_by_one: None) -> dict[str, list[str]]:
    return parts(library_of({id_: bulletin(id_, **fields) for id_, fields in RECORDS.items()}))


def unlike(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    return [part for part in before.keys() & after.keys() if before[part] != after[part]]


@pytest.mark.parametrize(("id_", "field"), list(changes()))
def test_where_a_field_changes_every_part_whose_lines_change_has_other_inputs(
    id_: str, field: str, before: dict[str, list[str]]
) -> None:
    assert unlike(before, parts(library_of(changed(id_, field)))) == []


@pytest.mark.parametrize("id_", RECORDS)
def test_the_same_holds_for_texts_photos_attached_files_and_bulletins_that_go(
    id_: str, before: dict[str, list[str]]
) -> None:
    every = {name: bulletin(name, **fields) for name, fields in RECORDS.items()}
    others = {name: record for name, record in every.items() if name != id_}

    assert unlike(before, parts(library_of(every, text=id_))) == []
    assert unlike(before, parts(library_of(every, attached=id_))) == []
    assert unlike(before, parts(library_of(every), picture=id_)) == []
    assert unlike(before, parts(library_of(others))) == []


@pytest.mark.parametrize(("id_", "fields"), UNITS)
def test_the_same_holds_for_units_of_the_register(
    id_: str, fields: Mapping[str, Any], before: dict[str, list[str]]
) -> None:
    every = {name: bulletin(name, **of_bulletin) for name, of_bulletin in RECORDS.items()}
    after = parts(library_of(every, register=register_with(id_, **fields)))

    assert unlike(before, after) == []
    assert len(before.keys() & after.keys()) > len(before) / 6


def test_a_changed_title_leaves_the_parts_of_another_bloc_and_year_as_they_are(before: dict[str, list[str]]) -> None:
    after = parts(library_of(changed("khoi-1-2022-pact", "title")))

    assert len(before.keys() & after.keys()) > len(before) / 2
