"""The guide for agencies keeps its word: every document and key is in it, and its programs run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bulletins import urls
from bulletins.domain.kinds import ALL
from bulletins.indexes.schemas import MODELS, NAMES
from bulletins.memory.digests import ANYWHERE, HEAD
from tests.indexes import sample

FOLDER = Path(__file__).parent.parent.parent / "docs" / "agencies"
GUIDES = ("api.md", "api.vi.md")
OF_OTHER_SITES = {
    "changes", "changes-page", "dumps", "gallery-changes", "gallery-changes-page", "moved-bulletin", "moved-ceremony",
}  # fmt: skip
"""Kinds that the sample has no document of."""
SHARED_KEYS = {"schema", "id", "url", "license", "attribution", "publisher", "modified"}


def guide(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def sections(name: str) -> dict[str, str]:
    """The text of the guide's section about each kind of file."""
    found = re.split(r"^### `([a-z-]+)` — ", guide(name).split("\n## ")[3], flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def addresses() -> dict[str, str]:
    """The address of a document of each kind, by the name of its schema."""
    files = [path for path in sample.site() if path.startswith("api/") and path.endswith(".json")]
    keys = {path: json.loads(sample.site()[path]).get("schema") for path in files}
    named = {schema.rpartition("/")[2].removesuffix(".json"): f"/{path}" for path, schema in keys.items() if schema}
    of_others = {"schema": urls.api_schema("bulletin"), "gallery": urls.api_gallery("khoi-1-2023-pact")}
    return named | of_others


def rows(text: str) -> set[str]:
    """The keys that a section's table explains."""
    return set(re.findall(r"^\| `([@A-Za-z_]+)` \|", text, flags=re.MULTILINE))


def programs(name: str) -> dict[str, str]:
    """The programs in the guide by their file names."""
    found = re.findall(r"```python\n(# (\w+\.py):.*?)```", guide(name), flags=re.DOTALL)
    return {file: text for text, file in found}


def run(folder: Path, program: str, *arguments: str) -> str:
    """What a program of the guide prints."""
    script = folder / program
    script.write_text(programs("api.md")[program], encoding="utf-8")
    command = [sys.executable, "-X", "utf8", str(script), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("name", GUIDES)
def test_every_kind_of_document_has_its_section(name: str) -> None:
    assert set(sections(name)) == {*addresses(), "sitemap", *OF_OTHER_SITES}


@pytest.mark.parametrize("name", GUIDES)
def test_a_section_begins_with_the_address(name: str) -> None:
    patterns = {kind: text.split("`")[1] for kind, text in sections(name).items() if kind in addresses()}

    for kind, pattern in patterns.items():
        assert re.fullmatch(re.sub(r"<\w+>", r"[a-z0-9-]+", pattern), addresses()[kind])


@pytest.mark.parametrize("name", GUIDES)
@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_key_of_a_document_is_explained(name: str, kind: str) -> None:
    keys = {field.alias or key for key, field in MODELS[kind].model_fields.items()}

    assert rows(sections(name)[kind]) == keys - SHARED_KEYS


@pytest.mark.parametrize("name", GUIDES)
def test_the_keys_all_documents_share_are_explained(name: str) -> None:
    assert rows(guide(name).split("\n## ")[2]) == SHARED_KEYS


@pytest.mark.parametrize("name", GUIDES)
def test_whoever_works_a_digest_out_knows_every_key_to_leave_out(name: str) -> None:
    assert set(re.findall(r"`([$A-Za-z0-9]+)`", sections(name)["catalogue-shard"])) >= HEAD | ANYWHERE


@pytest.mark.parametrize("name", GUIDES)
def test_every_code_list_and_the_front_matter_are_named(name: str) -> None:
    told = sections(name)

    assert set(re.findall(r"`([a-z-]+)`", told["vocab"].split("| `")[0])) == {one.name for one in ALL}
    assert [one for one in NAMES if f"`{one}`" not in told["schema"] and one not in told] == []


def test_both_languages_have_the_same_programs() -> None:
    assert list(programs("api.md")) == ["heads.py"]
    assert programs("api.md") == programs("api.vi.md")


def test_the_question_of_the_guide_is_answered(tmp_path: Path) -> None:
    sample.write(tmp_path / "output", sample.site())

    assert run(tmp_path, "heads.py", (tmp_path / "output").as_uri(), "2023") == (
        "Khối thi đua 1; Phòng Một; khoi-1-2023-pact\n"
    )
