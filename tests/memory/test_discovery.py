"""What happened to galleries, as IIIF Change Discovery 1.0 tells it: read from the emitted JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bulletins.indexes.discovery import SCHEMAS
from bulletins.indexes.refreshed import refreshed
from tests.builders import bulletin
from tests.indexes import sample
from tests.memory.test_sequences import ADDED, FIRST, PACT, WITHDRAWN, Content, Files, corrected, moment, publish

CHANGES = "api/v1/galleries/changes.json"
PHOTO = {"photos": [{"file": "a.jpg", "alt": "Ba người"}]}
ONE_MORE = bulletin(ADDED, bloc="khoi-2", years={"pact": "2024"}, **PHOTO)


def stream(site: Files) -> list[Any]:
    """Every activity, walked from the last page backwards as the specification has it, each page held to its schema."""
    collection = json.loads(site[CHANGES])
    Draft202012Validator(SCHEMAS["gallery-changes"]).validate(collection)
    items: list[Any] = []
    address, following = collection["last"], None
    while address:
        page = json.loads(site[address["id"].removeprefix(f"{sample.SETTINGS.site_url}/")])
        Draft202012Validator(SCHEMAS["gallery-changes-page"]).validate(page)
        assert page["id"] == address["id"]
        assert (page.get("next") or {}).get("id") == following
        items, following, address = [*page["orderedItems"], *items], page["id"], page.get("prev")
        assert page["startIndex"] == collection["totalItems"] - len(items)
    assert following == collection["first"]["id"]
    return items


def said(items: list[Any]) -> list[tuple[str, ...]]:
    """Activities with the galleries they are about."""
    return [(i["type"], *(gallery(i[key]) for key in ("object", "target") if key in i)) for i in items]


def gallery(resource: Any) -> str:
    assert resource["type"] == "Manifest"
    return str(resource["id"].split("/")[-2])


def test_the_stream_begins_with_a_refresh_and_every_gallery_there_is() -> None:
    items = stream(publish(replace(FIRST, added=(ONE_MORE,)), None, 1))

    assert said(items) == [("Refresh",), ("Update", PACT), ("Update", ADDED)]
    assert items[0]["startTime"] == items[1]["endTime"] == "2026-12-01T01:00:00Z"


CAPTION = corrected(photos=[{**sample.FULL["photos"][0], "caption": "Khác"}, sample.FULL["photos"][1]])
MOVED = bulletin("khoi-2-2024-ky", bloc="khoi-2", years={"pact": "2024"}, former_ids=[ADDED], **PHOTO)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FIRST, FIRST, []),
        (FIRST, replace(FIRST, text="<p>Khác.</p>"), []),
        (FIRST, replace(FIRST, unit="Phòng Thứ Hai"), []),
        (FIRST, CAPTION, [("Update", PACT)]),
        (FIRST, corrected(title="Tên khác"), [("Update", PACT)]),
        (FIRST, replace(FIRST, added=(ONE_MORE,)), [("Create", ADDED)]),
        (FIRST, replace(FIRST, withdrawn=(WITHDRAWN,)), [("Delete", PACT)]),
        (
            replace(FIRST, added=(ONE_MORE,)),
            replace(FIRST, added=(MOVED,)),
            [("Move", ADDED, "khoi-2-2024-ky")],
        ),
    ],
)
def test_only_what_a_gallery_shows_is_an_activity(
    before: Content, after: Content, expected: list[tuple[str, ...]]
) -> None:
    first = publish(before, None, 1)
    second = publish(after, first, 2)
    begun = stream(first)

    assert stream(second)[: len(begun)] == begun
    assert said(stream(second)[len(begun) :]) == expected
    assert {item["endTime"] for item in stream(second)[len(begun) :]} <= {"2026-12-02T01:00:00Z"}
    assert publish(after, second, 3) == second


def test_pages_go_on_and_one_that_is_followed_never_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletins.indexes.discovery.PAGE", 2)
    site = publish(FIRST, None, 1)
    for number in range(2, 7):
        before = site
        site = publish(corrected(title=f"Tên {number}"), before, number)
        followed = [path for path in before if "/galleries/changes/" in path and b'"next"' in before[path]]
        assert [path for path in followed if site[path] != before[path]] == []

    assert said(stream(site)) == [("Refresh",), *[("Update", PACT)] * 6]
    assert json.loads(site[CHANGES])["totalItems"] == 7


def test_a_release_that_is_shown_again_goes_on_with_a_refresh_and_its_own_galleries() -> None:
    first = publish(FIRST, None, 1)
    second = publish(replace(FIRST, added=(ONE_MORE,)), first, 2)
    again = {**first, **refreshed(first.get, second.get, moment(3))}
    third = publish(replace(FIRST, added=(ONE_MORE,)), again, 4)

    assert said(stream(again)) == [*said(stream(second)), ("Delete", ADDED), ("Refresh",), ("Update", PACT)]
    assert said(stream(third)) == [*said(stream(again)), ("Create", ADDED)]


def test_a_site_that_is_only_built_has_no_stream() -> None:
    assert CHANGES not in sample.site()
