"""Before a correction goes out, whoever forgot to say what was corrected is shown what to type."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.indexes import sample
from tests.memory.test_sequences import FIRST, PACT, Content, corrected, publish
from tools.corrections import MOST, proposals, unexplained

TODAY = datetime.date(2026, 12, 2)
ENTRY = {"date": "2026-12-02", "note": "Sửa tên"}
HISTORY = sample.FULL["change_history"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FIRST, []),
        (replace(FIRST, text="<p>Khác.</p>"), [PACT]),
        (replace(FIRST, unit="Phòng Thứ Hai"), []),
        (corrected(title="Tên khác"), [PACT]),
        (corrected(title="Tên khác", change_history=[*HISTORY, ENTRY]), []),
        (corrected(title="Tên khác", change_history=[*HISTORY, {**ENTRY, "minor": "có"}]), []),
        (corrected(former_addresses=[]), []),
    ],
    ids=["nothing", "a text", "a unit's name", "a title", "one that is explained", "a minor one", "an older address"],
)
def test_a_bulletin_that_says_something_else_without_a_word_is_known_by_the_log(
    content: Content, expected: list[str], tmp_path: Path
) -> None:
    first = publish(FIRST, None, 1)
    sample.write(tmp_path, publish(content, first, 2))

    assert unexplained(tmp_path, since=1) == expected


def test_the_log_of_a_publication_has_the_note_and_whether_it_is_minor() -> None:
    first = publish(FIRST, None, 1)
    explained = corrected(title="Tên khác", change_history=[*HISTORY, {**ENTRY, "minor": "có"}])
    last = json.loads(publish(explained, first, 2)["api/v1/changes/1.json"])["orderedItems"][-1]

    assert (last["type"], last["note"], last["minor"]) == ("Update", "Sửa tên", True)


BLOCK = "change_history:\n  - {date: 2026-01-01, note: Trước}\n"
FLOW = "change_history: [{date: 2026-01-01, note: Trước}]\n"


@pytest.mark.parametrize("history", ["", BLOCK, FLOW])
def test_what_is_proposed_can_be_typed_as_it_stands(history: str, tmp_path: Path) -> None:
    file = tmp_path / "content/bulletins/2023/ten-khac/index.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\nid: {PACT}\n{history}---\n", encoding="utf-8")
    (line,) = proposals([PACT], tmp_path / "content", TODAY)
    typed = line.split("`")[1]
    text = {"": typed, BLOCK: f"{BLOCK}  {typed}\n", FLOW: FLOW.replace("]", f", {typed}]")}[history]
    entries = yaml.safe_load(text)["change_history"]

    assert line.startswith(f"content/bulletins/2023/ten-khac/index.md:{3 if history else 2}:1: ")
    assert entries[-1]["date"] == TODAY and entries[-1]["note"]
    assert len(entries) == 1 + bool(history)


def test_where_very_many_changed_only_some_are_named(tmp_path: Path) -> None:
    said = list(proposals([f"b-{n}" for n in range(MOST + 5)], tmp_path, TODAY))

    assert len(said) == MOST + 1 and "5" in said[-1]
