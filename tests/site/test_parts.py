"""The law of parts: where the inputs of a part of the plan stay, so do the fingerprints of all its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bulletins.domain import library as libraries
from bulletins.domain.attached import AttachedFile
from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Bloc, Host, MovementEntry, Register, RegisterEntry, Unit
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
    "people": [{"name": "Lê An", "unit": "phong-bay"}],
    "related": [{"title": "Tin khác", "bloc": "khoi-2"}],
}
OF_NO_BLOC: dict[str, Any] = {
    "title": "Sở Khác phát động",
    "bloc": "không",
    "host": "so-khac",
    "ceremony": {"kinds": ["launch"], "date": "2018-01-02"},
    "years": {"plan": "2018"},
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
    "so-khac-2018-launch": OF_NO_BLOC,
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


ENTRIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("unit", "phong-mot", {"names": ["Phòng Một mới", {"name": "Phòng Một", "to": "2023-05-01"}]}),
    ("unit", "phong-mot", {"names": [{"name": "Phòng Một", "en": "First Office"}]}),
    ("unit", "phong-hai", {"names": "Phòng Hai mới"}),
    ("unit", "phong-hai", {"short_name": "Hai"}),
    ("unit", "phong-hai", {"aliases": ["Phòng số 2"]}),
    ("unit", "phong-hai", {"former_ids": ["phong-2"]}),
    ("unit", "phong-ba", {"parent": "so-mau"}),
    ("unit", "phong-ba", {"replaced_by": ["phong-mot"]}),
    ("unit", "phong-tu", {"names": "Phòng Tư mới"}),
    ("unit", "phong-tu", {"replaced_by": ["phong-nam"]}),
    ("unit", "phong-tu", {"province": "Bến Tre"}),
    ("unit", "phong-nam", {"memberships": [{"bloc": "khoi-3", "from": "2022"}]}),
    ("unit", "phong-moi", {"names": "Phòng Mới", "replaced_by": ["phong-hai"]}),
    ("bloc", "khoi-1", {"names": "Khối Một"}),
    ("bloc", "khoi-1", {"host": "so-khac"}),
    ("bloc", "khoi-1", {"numeral": "1"}),
    ("bloc", "khoi-2", {"names": ["Khối Hai mới", {"name": "Khối Hai", "to": "2024-06-01"}]}),
    ("bloc", "khoi-2", {"short_name": "Khối thi đua 1"}),
    ("bloc", "khoi-2", {"kind": "cum"}),
    ("bloc", "khoi-3", {"names": "Khối Ba"}),
    ("bloc", "khoi-3", {"founded": "2015-01-01"}),
    ("bloc", "khoi-3", {"short_name": "Khối thi đua 2"}),
    ("bloc", "khoi-3", {"replaced_by": ["khoi-1"]}),
    ("bloc", "khoi-4", {"names": "Khối thi đua 3", "host": "so-mau"}),
    ("host", "so-mau", {"names": "Sở Mẫu mới"}),
    ("host", "so-mau", {"short_name": "SM"}),
    ("host", "so-mau", {"council": {"name": "Hội đồng Sở Mẫu"}}),
    ("host", "so-mau", {"website": "https://so-mau.example.vn"}),
    ("host", "so-khac", {"names": "Sở Khác mới"}),
    ("host", "so-ba", {"names": "Sở Ba", "replaced_by": ["so-mau"]}),
    ("movement", "chung-suc", {"names": "Chung sức mới"}),
    ("movement", "chung-tay", {"names": "Chung tay", "replaced_by": ["chung-suc"]}),
)
"""Entries of the register that have other values for these fields, or are new."""

MODELS: Mapping[str, type[RegisterEntry]] = {"host": Host, "bloc": Bloc, "unit": Unit, "movement": MovementEntry}


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


def register_with(type_: str = "unit", id_: str = "phong-sau", **fields: Any) -> Register:
    """The sample's register with a bloc and a host that no bulletin tells of, and a unit merged into one that none of
    its own bulletins names; an entry has these values.
    """
    known = sample.register()
    of_types = {"host": known.hosts, "bloc": known.blocs, "unit": known.units, "movement": known.movements}
    entries: dict[str, dict[str, dict[str, Any]]] = {
        type_: {e.id: _typed(e) for e in (*there.values(), *known.withdrawn[type_])}
        for type_, there in of_types.items()
    }
    entries["unit"]["phong-nam"]["replaced_by"] = ["phong-tu"]
    entries["unit"]["phong-ba"]["parent"] = "so-khac"
    entries["unit"]["phong-bay"] = {"id": "phong-bay", "names": "Phòng Bảy"}
    entries["host"]["so-khac"] = {"id": "so-khac", "names": "Sở Khác"}
    entries["bloc"]["khoi-3"] = {"id": "khoi-3", "names": "Khối thi đua 3", "host": "so-khac"}
    entries["movement"]["chung-suc"] = {"id": "chung-suc", "names": "Chung sức"}
    entries[type_][id_] = {"id": id_, **entries[type_].get(id_, {}), **fields}
    return Register(*(list(map(MODELS[t].model_validate, of_t.values())) for t, of_t in entries.items()))  # type: ignore[arg-type]


def _typed(entry: RegisterEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)


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


@pytest.mark.parametrize(("type_", "id_", "fields"), ENTRIES)
def test_the_same_holds_for_entries_of_the_register(
    type_: str, id_: str, fields: Mapping[str, Any], before: dict[str, list[str]]
) -> None:
    every = {name: bulletin(name, **of_bulletin) for name, of_bulletin in RECORDS.items()}
    after = parts(library_of(every, register=register_with(type_, id_, **fields)))

    assert unlike(before, after) == []


def test_another_name_of_a_unit_leaves_the_parts_of_bulletins_that_do_not_name_it(before: dict[str, list[str]]) -> None:
    every = {name: bulletin(name, **of_bulletin) for name, of_bulletin in RECORDS.items()}
    after = parts(library_of(every, register=register_with("unit", "phong-tu", names="Phòng Tư mới")))

    assert len(before.keys() & after.keys()) > len(before) / 2


def test_a_changed_title_leaves_the_parts_of_another_bloc_and_year_as_they_are(before: dict[str, list[str]]) -> None:
    after = parts(library_of(changed("khoi-1-2022-pact", "title")))

    assert len(before.keys() & after.keys()) > len(before) / 2
