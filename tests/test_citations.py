"""What code, tests and documents cite stands in this repository: sections, promises, rows, pages and tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.environment import ROOT

CONTRACT = ROOT / "docs" / "agencies" / "contract.md"
FAULTS = ROOT / "docs" / "developers" / "faults.md"
FOLDERS = ("plugins", "tools", "tests", "bench", "docs", "themes", ".github")
ENDINGS = (".py", ".md", ".html", ".yml", ".txt", ".css", ".js")
NOT_OURS = re.compile(r"/(vendor|sites|expected|photoswipe)/|/test_citations\.py$")

SECTION = re.compile(r"§ ?(\d+(?:\.\d+)?)")
CONTRACT_SECTIONS = re.compile(r"[Cc]ontract[`)]* ((?:§ ?\d+(?:\.\d+)?(?:, | and )?)+)")
LOOSE = re.compile(
    r"[Cc]ontract[`)]*, (?:§|promise|opening)|(?:contract|domain|design|faults)\.md,? (?:§|part|section)"
)
ROWS = re.compile(r"faults\.md`?,? rows? (\d+)(?: to (\d+))?")
PAGE = re.compile(r"(?<![\w/.-])(?!self\.)((?:docs/)?(?:[\w-]+/)*[a-z][\w-]+\.md)\b")
TEST = re.compile(r"`(test_\w+)`")
NAMES_OF_CONTENT = frozenset({"index.md", "README.md", "README.vi.md"})
"""Names of files in many folders: a sentence about them cites no document."""

FILES_OF_THEIR_OWN = ("tests/", "bench/", "docs/staff/")
"""Here names of Markdown files are those of samples."""


def files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.as_posix()
            if path.suffix in ENDINGS and not NOT_OURS.search(name) and path.is_file():
                yield path
    yield from sorted(ROOT.glob("*.py"))
    yield from sorted(ROOT.glob("*.md"))


FILES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files()}


def headings() -> set[str]:
    return set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE))


def rows() -> set[int]:
    return {int(n) for n in re.findall(r"^\| (\d+) \|", FAULTS.read_text(encoding="utf-8"), re.MULTILINE)}


@cache
def names_of_tests() -> frozenset[str]:
    return frozenset(
        name
        for path, text in FILES.items()
        if path.startswith("tests/")
        for name in re.findall(r"def (test_\w+)", text)
    )


@cache
def pages() -> frozenset[str]:
    return frozenset(path.rpartition("/")[2] for path in FILES if path.endswith(".md"))


def wrong_pages(text: str) -> list[str]:
    """The documents that a text names and that are not there."""
    return [page for page in PAGE.findall(text) if not _is_there(page)]


def wrong(text: str) -> list[str]:
    """The citations in a text that lead nowhere."""
    sections = [n for cited in CONTRACT_SECTIONS.findall(text) for n in SECTION.findall(cited)]
    spans = [range(int(first), int(last or first) + 1) for first, last in ROWS.findall(text)]
    return [
        *(f"contract §{n}" for n in sections if n not in headings()),
        *(f"faults.md row {n}" for span in spans for n in span if n not in rows()),
        *(f"{loose}: cite contract §N" for loose in LOOSE.findall(text)),
    ]


def _is_there(page: str) -> bool:
    name = page.rpartition("/")[2]
    return (
        name in NAMES_OF_CONTENT
        or page.startswith("content/")
        or (page in FILES if page.startswith("docs/") else name in pages())
    )


@pytest.mark.parametrize("path", sorted(FILES))
def test_what_is_cited_is_there(path: str) -> None:
    named = [] if path.startswith(FILES_OF_THEIR_OWN) else wrong_pages(FILES[path])

    assert wrong(FILES[path]) + named == []


@pytest.mark.parametrize(
    "citation",
    ["contract §9", "contract §4.9", "contract §2 and §7", "`faults.md` row 99", "faults.md rows 3 to 60",
     "as a-plan.md says", "`docs/agencies/rules.md`", "contract, promise 5"],
)  # fmt: skip
def test_a_citation_of_nothing_is_noticed(citation: str) -> None:
    assert wrong(citation) + wrong_pages(citation) != []


def test_the_sections_and_rows_are_numbered_without_a_gap() -> None:
    assert rows() == set(range(1, max(rows()) + 1))
    assert {"1", "2", "3", "4", "5", *(f"4.{n}" for n in range(1, 9))} == headings()


def test_every_test_that_the_table_of_faults_names_is_there() -> None:
    cited = TEST.findall(FAULTS.read_text(encoding="utf-8"))

    assert [
        name for name in cited if not any(test == name or test.startswith(f"{name}_") for test in names_of_tests())
    ] == []


def test_every_fault_has_a_test_or_is_marked_as_not_kept() -> None:
    lines = [line for line in FAULTS.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]

    assert [line for line in lines if not TEST.search(line) and "*not yet*" not in line] == []


def test_every_test_of_a_row_belongs_to_a_row() -> None:
    numbered = {int(n) for name in names_of_tests() for n in re.findall(r"^test_row_(\d+)_", name)}

    assert numbered <= rows()


def test_the_contract_in_vietnamese_has_the_same_sections_and_no_address_of_its_own() -> None:
    english, vietnamese = (
        CONTRACT.with_name(name).read_text(encoding="utf-8") for name in ("contract.md", "contract.vi.md")
    )
    addresses = set(re.findall(r"`(/[^`]+)`", vietnamese))

    assert re.findall(r"^## (\d)", vietnamese, re.MULTILINE) == re.findall(r"^## (\d)", english, re.MULTILINE)
    assert {address for address in addresses if f"`{address}`" not in english} == set()
