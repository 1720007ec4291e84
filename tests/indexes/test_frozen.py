"""The gate against breaking: whoever reads version 1 can go on reading it (contract §5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.indexes.frozen import breaks, frozen, present

Change = Callable[[Any], object]


def changed(name: str, change: Change) -> dict[str, bytes]:
    """The present promises, one of them changed."""
    value = json.loads(present()[name])
    change(value)
    return present() | {name: json.dumps(value).encode()}


def test_nothing_of_version_1_is_broken() -> None:
    """Before the first public release only, `python -m tests.indexes.frozen` freezes version 1 anew."""
    broken = [f"{what}: this breaks v1" for what in breaks(frozen(), present())]

    assert broken == []


BLOC_YEAR, FRONT_MATTER = "schemas/bloc-year.json", "schemas/front-matter.json"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (BLOC_YEAR, lambda s: s["properties"].pop("members"), ".members is gone"),
        (BLOC_YEAR, lambda s: s["required"].remove("members"), ".members need not stand now"),
        (BLOC_YEAR, lambda s: s["properties"].update(year={"type": "string"}), ".year may be string now"),
        (
            BLOC_YEAR,
            lambda s: s["$defs"]["SeatOption"]["properties"].pop("person"),
            ".head.alternatives[].person is gone",
        ),
        (BLOC_YEAR, lambda s: s["properties"]["deputies_origin"]["enum"].remove("caption"), "lost the code caption"),
        (BLOC_YEAR, lambda s: s["properties"]["bloc"].pop("pattern"), ".bloc has another pattern"),
        (
            BLOC_YEAR,
            lambda s: s["properties"].update(year={"anyOf": [s["properties"]["year"], {"type": "null"}]}),
            ".year may be null now",
        ),
        (FRONT_MATTER, lambda s: s["properties"].pop("awards"), ".awards is gone"),
        (FRONT_MATTER, lambda s: s["required"].append("source"), ".source must stand now"),
        (FRONT_MATTER, lambda s: s["properties"].update(photos={"type": "string"}), ".photos is no array any more"),
        ("columns.json", lambda s: s["api/v1/csv/awards.csv"].insert(0, "new"), "awards.csv has other columns"),
        ("paths.json", lambda s: s.remove("/api/v1/units.json"), "/api/v1/units.json is gone"),
        ("vocab/roles.json", lambda s: s.remove("head"), "head is gone"),
    ],
)
def test_the_gate_names_what_a_change_breaks(name: str, change: Change, said: str) -> None:
    assert any(said in what for what in breaks(present(), changed(name, change)))


def test_a_schema_that_is_gone_is_a_break() -> None:
    less = {name: data for name, data in present().items() if name != BLOC_YEAR}

    assert breaks(present(), less) == [f"{BLOC_YEAR}: is gone"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (BLOC_YEAR, lambda s: (s["properties"].update(new={"type": "string"}), s["required"].append("new"))),
        (BLOC_YEAR, lambda s: s["properties"]["deputies_origin"]["enum"].append("new")),
        (BLOC_YEAR, lambda s: s["properties"]["bloc"].update(title="Tên khác", description="Other words")),
        (FRONT_MATTER, lambda s: s["properties"].update(new={"type": "string"})),
        (FRONT_MATTER, lambda s: s["properties"].update(id={"anyOf": [s["properties"]["id"], {"type": "integer"}]})),
        ("columns.json", lambda s: s["api/v1/csv/awards.csv"].append("new")),
        ("paths.json", lambda s: s.append("/api/v1/new.json")),
    ],
)
def test_what_is_added_breaks_nothing(name: str, change: Change) -> None:
    assert breaks(present(), changed(name, change)) == []
