"""The JSON documents: what they hold, and that each one keeps its own schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bulletins.domain.kinds import ALL, CEREMONIES
from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.indexes.bulletin import PRIVATE
from bulletins.indexes.shape import WHEN_PATTERN
from bulletins.making.fingerprints import fingerprint_of
from bulletins.plan import Line, Output, Part, laid_out
from tests.builders import bulletin, library
from tests.indexes import sample
from tests.indexes.strict import strict

EXPECTED = Path(__file__).parent.parent / "expected"
API = "api/v1/"
FIRST_KEYS = ["schema", "id", "url", "license", "attribution", "publisher", "modified"]
SITE = sample.SETTINGS.site_url
SCHEMAS = sorted(path for path in sample.site() if path.startswith(f"{API}schemas/"))
OF_OTHERS = (f"{API}schemas/", f"{API}galleries/", f"{API}csv/", f"{API}openapi.json", f"{API}context.jsonld")
"""Files that keep the specification of somebody else alone (contract §3)."""
DOCUMENTS = sorted(path for path in sample.site() if path.startswith(API) and not path.startswith(OF_OTHERS))
DATA = sorted(sample.promised())


@cache
def document(path: str) -> Any:
    return json.loads(sample.site()[f"{API}{path}"])


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, name)


def prints(lines: list[Line]) -> dict[str, str]:
    outputs = laid_out(line for line in lines if isinstance(line, Output | Part))
    return {path: fingerprint_of(line) for line in outputs for path in line.paths}


@pytest.mark.parametrize("path", DATA)
def test_a_document_is_what_agencies_have_been_promised(path: str) -> None:
    """After a wanted change, `python -m tests.indexes.sample` writes the files anew."""
    expected = (EXPECTED / path).read_text(encoding="utf-8")

    assert sample.site()[path].decode() == expected


def test_no_expected_document_is_missing_from_the_plan() -> None:
    expected = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*.json"))

    assert expected == DATA


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_document_says_where_it_is_from(path: str) -> None:
    told = json.loads(sample.site()[path])

    assert [key for key in told if not key.startswith(("$", "@"))][:7] == FIRST_KEYS
    assert told["license"] == sample.SETTINGS.license
    assert told["attribution"] == sample.SETTINGS.attribution


def test_two_sites_made_by_one_program_keep_their_own_addresses() -> None:
    path, other = f"{API}blocs/khoi-1.json", "https://other.example"
    terms = sample.SETTINGS.license.replace(SITE, other)
    files = sample.made(sample.lines(site_url=other, license=terms))

    assert files[path].decode() == sample.site()[path].decode().replace(SITE, other)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_document_keeps_its_schema(path: str) -> None:
    told = json.loads(sample.site()[path])
    schema = json.loads(sample.site()[told["schema"].removeprefix(f"{SITE}/")])

    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(told)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_document_has_a_key_that_its_schema_does_not_name(path: str) -> None:
    told = json.loads(sample.site()[path])
    schema = json.loads(sample.site()[told["schema"].removeprefix(f"{SITE}/")])

    assert [error.message for error in Draft202012Validator(strict(schema)).iter_errors(told)] == []


@pytest.mark.parametrize("path", [path for path in SCHEMAS if "gallery" not in path])
def test_every_part_of_a_document_has_its_title_in_vietnamese_and_its_description_in_english(path: str) -> None:
    schema = json.loads(sample.site()[path])
    parts = {schema["$id"]: schema, **schema.get("$defs", {})}

    assert [name for name, part in parts.items() if part["title"] == name or not part["description"]] == []
    assert [
        (name, key)
        for name, part in parts.items()
        for key, field in part["properties"].items()
        if not (field.get("title") and field.get("description"))
    ] == []


@pytest.mark.parametrize(
    ("kind", "key", "what"),
    [
        ("bloc-year", "bloc", {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}),
        ("ceremony", "kinds", {"enum": [term.code for term in CEREMONIES]}),
        ("catalogue-shard", "FileEntry.sha256", {"pattern": "^[0-9a-f]{64}$"}),
        ("bulletin", "Change.date", {"format": "date"}),
        ("bulletin", "Decision.unit", {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
        ("bulletin", "PlaceEntry.province_code", {"pattern": "^[0-9]{2}$"}),
        ("unit", "ServiceEntry.role", {"enum": ["head", "deputy", "standing_body", "member"]}),
    ],
)
def test_a_schema_says_which_values_may_stand(kind: str, key: str, what: dict[str, Any]) -> None:
    schema = document(f"schemas/{kind}.json")
    part, _, name = key.rpartition(".")
    field = (schema["$defs"][part] if part else schema)["properties"][name]
    forms = [field, field.get("items", {}), *field.get("anyOf", [])]

    assert any(what.items() <= form.items() for form in forms)


@pytest.mark.parametrize("path", SCHEMAS)
def test_every_schema_is_a_schema_that_stands_at_its_own_address(path: str) -> None:
    schema = json.loads(sample.site()[path])

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{SITE}/{path}"
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_key_that_is_required_is_named_beside_as_strict_validators_want_it(path: str) -> None:
    assert [part["required"] for part in parts(json.loads(sample.site()[path])) if unnamed(part)] == []


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and every schema in it."""
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(value)


def unnamed(part: dict[str, Any]) -> set[str]:
    """The keys that a schema requires and does not name."""
    required = part.get("required")
    return set(required) - part.get("properties", {}).keys() if isinstance(required, list) else set()


def test_a_schema_notices_a_key_that_is_missing() -> None:
    told = document("blocs/khoi-1/2023.json")
    schema = document("schemas/bloc-year.json")
    lacking = {key: value for key, value in told.items() if key != "targets"}

    assert [error.message for error in Draft202012Validator(schema).iter_errors(lacking)] == [
        "'targets' is a required property"
    ]


def test_fields_are_described_in_vietnamese_and_english() -> None:
    described = document("schemas/front-matter.json")["properties"]["lead"]

    assert (described["title"], described["description"]) == ("Sa-pô: một đoạn tóm tắt", "Lead paragraph")


@pytest.mark.parametrize("path", [*DOCUMENTS, *SCHEMAS])
def test_every_file_is_utf_8_with_one_newline_at_its_end(path: str) -> None:
    data = sample.site()[path]

    assert data.endswith(b"}\n") and b"\r" not in data and b"\\u" not in data


@pytest.mark.parametrize("path", DATA)
def test_every_date_is_rfc_3339_or_a_bare_date(path: str) -> None:
    days = {"modified", "published", "date", "signed", "handed_over", "on"}
    found = [text for key, text in texts(json.loads(sample.site()[path])) if key in days]

    assert [text for text in found if not re.fullmatch(WHEN_PATTERN, text)] == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_link_to_a_json_file_leads_to_one(path: str) -> None:
    told = json.loads(sample.site()[path])
    links = [text.removeprefix(f"{SITE}/") for key, text in texts(told) if key in ("data", "schema") and SITE in text]

    assert [link for link in links if link not in sample.site()] == []


def test_what_a_bulletin_does_not_say_is_null_or_an_empty_list() -> None:
    """The least a bulletin can say; that no key is missing is the schema's to prove."""
    one = bulletin("khoi-2-2023-pact", bloc="khoi-2")
    files = sample.made(sample.lines(sample.library(one)))
    told = json.loads(files[f"{API}bulletins/khoi-2-2023-pact.json"])
    dossier = json.loads(files[f"{API}blocs/khoi-2/2023.json"])

    assert told["published"] is told["scoring"] is None
    assert told["people"] == told["targets"] == told["photos"] == told["reported_by"] == told["instructions"] == []
    assert dossier["head"] is dossier["standing_body"] is dossier["scoring"] is dossier["next"] is None
    assert dossier["members"] == {
        "complete": False, "count": None, "conflict": False, "alternatives": [], "list": [],
    }  # fmt: skip
    assert dossier["deputies_origin"] == "not_stated"


def test_bulletins_that_disagree_are_both_heard() -> None:
    head = document("blocs/khoi-1/2023.json")["head"]

    assert head["conflict"] is True
    assert (head["unit"], head["sources"]) == ("phong-mot", ["khoi-1-2023-pact"])
    assert [(other["unit"], other["origin"], other["sources"]) for other in head["alternatives"]] == [
        ("phong-hai", "caption", ["khoi-1-2023-bao-khac"])
    ]


def test_two_ways_of_scoring_are_a_conflict() -> None:
    scoring = document("blocs/khoi-1/2023.json")["scoring"]

    assert (scoring["total"], scoring["conflict"], [other["total"] for other in scoring["alternatives"]]) == (
        1000,
        True,
        [100],
    )


def test_the_dossier_says_who_leads_in_the_next_year() -> None:
    following = document("blocs/khoi-1/2023.json")["next"]

    assert (following["year"], following["handed_over"], following["conflict"]) == (2024, "2023-12-19", False)
    assert following["head"].keys() == document("blocs/khoi-1/2023.json")["head"].keys()
    assert [(seat["unit"], seat["sources"]) for seat in (following["head"], *following["deputies"])] == [
        ("phong-hai", ["khoi-1-2023-summary"]),
        ("phong-mot", ["khoi-1-2023-summary"]),
    ]


def test_a_year_lists_the_blocs_that_lack_a_step() -> None:
    missing = document("years/2023.json")["missing"]

    assert missing == {"pact": ["khoi-2"], "midterm": ["khoi-1", "khoi-2"], "summary": ["khoi-2"]}


def test_the_calendar_of_a_year_is_in_the_order_of_days() -> None:
    days = [ceremony["date"] for ceremony in document("years/2023.json")["ceremonies"]]

    assert len(days) == 2 and all(one <= other for one, other in pairwise(days))


def test_a_ceremony_names_every_bulletin_that_reports_it_with_what_it_says() -> None:
    told = document("ceremonies/khoi-1-2023-le-ky.json")

    assert told["conflict"] is True
    assert [(report["id"], report["date"]) for report in told["bulletins"]] == [
        ("khoi-1-2023-pact", "2023-03-02"),
        ("khoi-1-2023-bao-khac", "2023-03-03"),
    ]


def test_the_history_of_a_unit_names_every_role_it_is_given_each_with_its_sources() -> None:
    history = document("units/phong-hai.json")["history"]

    assert [(one["bloc"], one["year"], one["role"]) for one in history] == [
        ("khoi-1", 2024, "head"),
        ("khoi-1", 2023, "head"),
        ("khoi-1", 2023, "deputy"),
    ]
    assert history[1]["conflict"] is True


def test_a_body_without_bulletins_has_a_file_that_was_never_modified() -> None:
    bloc, unit = document("blocs/khoi-2.json"), document("units/phong-tu.json")

    assert bloc["modified"] is unit["modified"] is None
    assert bloc["years"] == bloc["bulletins"] == unit["history"] == unit["awards"] == []


def test_a_list_was_modified_when_its_latest_entry_was() -> None:
    assert document("blocs.json")["modified"] == document("years.json")["modified"] == "2023-12-20"


def test_every_code_list_is_published() -> None:
    found = [document(f"vocab/{one.name}.json")["terms"] for one in ALL]

    assert found == [[{"code": term.code, "vi": term.vi, "en": term.en} for term in one] for one in ALL]


def test_of_a_ceremony_whose_bulletins_are_all_withdrawn_the_last_to_go_says_why() -> None:
    ceremony = {"id": "le", "kinds": ["pact"], "date": "2023-03-02"}
    gone = tuple(
        bulletin(id_, status="withdrawn", withdrawn={"date": day, "reason": f"Vì {id_}"}, ceremony=ceremony)
        for id_, day in (("mot", "2023-05-01"), ("hai", "2023-06-02"), ("ba", "2023-04-03"))
    )
    told = json.loads(sample.made(sample.lines(library(withdrawn=gone)))[f"{API}ceremonies/le.json"])

    assert (told["status"], told["reason"], told["date"]) == ("withdrawn", "Vì hai", "2023-06-02")


def told_of(ceremony: str, **fields: Any) -> Bulletin:
    """A bulletin of its own that tells of this ceremony."""
    return bulletin("khac", ceremony={"id": ceremony, "kinds": ["pact"], "date": "2023-03-02"}, **fields)


GONE = told_of("cu", status="withdrawn", withdrawn={"date": "2023-05-01", "reason": "Đăng nhầm"})
MOVED = bulletin("moi", former_ids=["cu"])


@pytest.mark.parametrize(
    ("there", "withdrawn", "status"),
    [
        ((MOVED, told_of("cu")), (), None),
        ((MOVED,), (GONE,), "moved"),
        ((), (GONE, GONE.model_copy(update={"id": "ba"})), "withdrawn"),
        ((told_of("cu"),), (GONE.model_copy(update={"id": "ba"}),), None),
    ],
)
def test_what_stands_under_the_id_of_a_ceremony_is_one_document(
    there: tuple[Bulletin, ...], withdrawn: tuple[Bulletin, ...], status: str | None
) -> None:
    lines = sample.lines(library(*there, withdrawn=withdrawn))
    outputs = list(laid_out(line for line in lines if isinstance(line, Output | Part)))

    assert [output.paths for output in outputs].count((f"{API}ceremonies/cu.json",)) == 1
    assert json.loads(sample.made(lines)[f"{API}ceremonies/cu.json"]).get("status") == status


def test_a_withdrawn_bulletin_leaves_title_reason_and_date() -> None:
    told = document("bulletins/khoi-1-2023-nham.json")

    assert list(told)[7:] == ["status", "title", "reason", "date"]
    assert (told["status"], told["reason"], told["date"]) == ("withdrawn", "Đăng nhầm", "2023-05-01")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_what_is_not_for_the_public_is_in_no_file(path: str) -> None:
    """Notes, boilerplate, the text of a withdrawn bulletin, recipients of awards, names of the photos' files."""
    text = sample.site()[path].decode()

    assert not re.search('BÍ MẬT|Lê Được Khen|1\\.jpg"', text)


def test_recipients_are_published_only_if_the_setting_says_so() -> None:
    told = json.loads(sample.made(sample.lines(publish_recipients=True))[f"{API}bulletins/khoi-1-2023-pact.json"])

    assert told["awards"][0]["recipients"] == ["Lê Được Khen"]
    assert [person["name"] for person in told["people"]] == ["Trần Thị Mẫu", "Lê Được Khen"]


def test_every_field_of_the_front_matter_is_published_or_named_private() -> None:
    published = set(document("bulletins/khoi-1-2023-pact.json"))
    fields = {field.alias or name for name, field in Bulletin.model_fields.items()}

    assert fields - published == {*PRIVATE, "withdrawn", "source", "bloc"}


def test_an_edited_sentence_makes_one_document_anew() -> None:
    before, after = sample.library(), sample.library()
    edited = {**after.bodies, "khoi-1-2023-pact": Body(("<p>Câu đã sửa.</p>", 1), "edited")}
    after = Library(after.register, after.newest, edited, after.withdrawn)
    old, new = prints(sample.lines(before)), prints(sample.lines(after))

    assert [path for path in new if new[path] != old[path]] == [f"{API}bulletins/khoi-1-2023-pact.json"]


def test_a_target_is_no_concern_of_lists() -> None:
    before = sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2")))
    after = sample.lines(sample.library(bulletin("khoi-2-2023-pact", bloc="khoi-2", targets=[{"of": "cán bộ"}])))
    old, new = prints(before), prints(after)

    assert [path for path in new if new[path] != old[path]] == [
        f"{API}bulletins/khoi-2-2023-pact.json",
        f"{API}blocs/khoi-2/2023.json",
        f"{API}ceremonies/khoi-2-2023-pact.json",
        f"{API}csv/targets.csv",
        f"{API}csv/awards.csv",
    ]


def test_another_licence_makes_every_document_anew() -> None:
    old, new = prints(sample.lines()), prints(sample.lines(license="https://khac.example/"))

    assert [path for path in new if new[path] == old[path]] == ["robots.txt"]


def test_the_same_library_gives_the_same_bytes_in_any_order() -> None:
    told = sample.library()
    turned = Library(told.register, reversed(told.newest), told.bodies, told.withdrawn)

    assert sample.made(sample.lines(turned)) == dict(sample.site())


def test_redirects_lead_from_every_address_of_an_older_site_queries_with_them() -> None:
    redirects = json.loads(sample.site()["redirects.json"])["redirects"]

    assert redirects[-2:] == [
        {"from": "/tin-tuc/le-ky.html", "to": "/ban-tin/khoi-1-2023-pact/"},
        {"from": "/xem.aspx?id=123", "to": "/ban-tin/khoi-1-2023-pact/"},
    ]
