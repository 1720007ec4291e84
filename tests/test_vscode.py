"""What VS Code is told of this project: tasks that exist, mistakes it can follow, snippets that are right."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from invoke import Collection

import tasks
from bulletins.domain.kinds import CEREMONIES
from bulletins.mistakes import Mistake, errors
from bulletins.reading.reader import Reader
from bulletins.reading.reading_cache import NOT_KEPT
from bulletins.reading.register import read_register
from bulletins.reading.sources import SourceFile
from bulletins.urls import Site
from tools.environment import ROOT

FOLDER = ROOT / ".vscode"
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_STOP = re.compile(r"\$\{\d+:([^}]*)\}|\$\d+")


def read_jsonc(name: str) -> Any:
    return json.loads(_COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8")))


SNIPPETS = read_jsonc("bulletins.code-snippets")
WHOLE = {name: one for name, one in SNIPPETS.items() if one["body"][0] == "---"}


def test_every_task_runs_a_command_that_exists() -> None:
    commands = [task["command"] for task in read_jsonc("tasks.json")["tasks"]]

    assert {command.split()[2] for command in commands} <= set(Collection.from_module(tasks).tasks)


def test_what_the_check_prints_is_found_by_the_matcher() -> None:
    matchers = read_jsonc("tasks.json")["tasks"][0]["problemMatcher"]
    mistake = Mistake("content/bulletins/2023/a/index.md", 9, 7, "D1", "ngày “30/02” không có: xem lại")
    lines = {"error": mistake.said("vi"), "warning": mistake._replace(level="warning").said("en")}
    found = {m["severity"]: [re.fullmatch(m["pattern"]["regexp"], line) for line in lines.values()] for m in matchers}
    pattern, match = matchers[0]["pattern"], found["error"][0]

    assert found["error"][1] is None
    assert found["warning"][0] is None
    assert found["warning"][1]

    assert match
    assert [match[pattern[part]] for part in ("file", "line", "column", "code")] == [
        "content/bulletins/2023/a/index.md", "9", "7", "D1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_snippet_filled_in_is_a_bulletin_without_an_error(name: str, tmp_path: Path) -> None:
    register, _ = read_register(ROOT / "content" / "register", ROOT)
    text = _STOP.sub(lambda stop: stop[1] or "", "\n".join(WHOLE[name]["body"]))
    text = text.replace("mã hoặc tên khối", "vpqh-khoi-3").replace("khối trưởng", "vpqh-thu-vien-quoc-hoi")
    path = tmp_path / "index.md"
    path.write_text(f"{text}\nNội dung.\n", encoding="utf-8")
    reading = Reader.of(NOT_KEPT, register, Site("https://example.vn")).read(SourceFile(path, "index.md"), {})

    assert errors(reading.mistakes) == []
    assert reading.bulletin
    assert reading.bulletin.ceremony.kinds[0] in CEREMONIES.codes
