"""What the documentation promises: nothing is missing from it, nothing in it is out of date, its samples work."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter
from urllib.parse import unquote

import pytest
from invoke import Collection

import tasks
from bulletins.domain.model import Bulletin
from bulletins.domain.record import Record
from bulletins.domain.register import Bloc, Host, MovementEntry, Register, Unit
from bulletins.gallery import messages as gallery_messages
from bulletins.indexes import messages as indexes_messages
from bulletins.mistakes import Message
from bulletins.reading import messages as reading_messages
from bulletins.reading import text_messages
from bulletins.reading.bulletin import VERBATIM, read, record
from bulletins.reading.frontmatter import parse, split
from bulletins.reading.markdown import Renderer
from bulletins.reading.register import read_register
from bulletins.reading.rules import messages as rules_messages
from bulletins.reading.rules.all import Rules
from bulletins.reading.sources import SourceFile
from bulletins.settings import Settings
from tests.test_imports import COMMON, MAY_IMPORT, ONLY_IN
from tools import documents
from tools.environment import ROOT

DOCS = ROOT / "docs"
PACKAGE = ROOT / "plugins" / "bulletins"
SAMPLE = ROOT / "tests" / "sites" / "sample"
# Markdown of these is content or generated, not documentation.
_NOT_OURS = ("content", "output", "tests/sites")
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE_SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"python3? tasks\.py ([a-z]+)")
FILE = re.compile(r"[A-Za-z_.][\w.-]*(/[\w.-]+)+|\w+\.py")
CODE = re.compile(r"[A-Z]{1,2}[0-9]{1,2}")


def ours(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return not name.startswith(tuple(f"{folder}/" for folder in _NOT_OURS)) and "/." not in f"/{name}"


PAGES = sorted(path for path in ROOT.rglob("*.md") if ours(path))
STAFF = sorted((DOCS / "staff").glob("*.md"))
DEVELOPERS = sorted((DOCS / "developers").glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """The page without its code blocks."""
    return FENCE.sub("", text(path))


def anchors(path: Path) -> list[str]:
    headings = [documents.anchor(heading) for heading in HEADING.findall(prose(path))]
    return [*headings, *re.findall(r'<a id="([^"]+)"></a>', prose(path))]


# Nothing is missing


def records(*roots: type[Record]) -> Iterator[type[Record]]:
    yield from roots
    yield from (group.model for group in documents.groups(*roots))


@pytest.mark.parametrize(
    ("page", "roots"),
    [("truong-thong-tin.md", (Bulletin,)), ("danh-ba.md", (Host, Bloc, Unit, MovementEntry))],
    ids=str,
)
def test_every_field_an_author_can_type_is_documented(page: str, roots: tuple[type[Record], ...]) -> None:
    rows = set(re.findall(r"^\| (`.+?`) \|.* (.+?) \|$", text(DOCS / "staff" / page), re.MULTILINE))
    described = {row[0] for row in rows}
    wanted = {
        f"`{field.alias or key}`": field.description for of in records(*roots) for key, field in of.model_fields.items()
    }

    assert wanted.keys() - described == set()
    assert all(meaning and meaning in text(DOCS / "staff" / page) for meaning in wanted.values())


def test_every_setting_is_documented() -> None:
    said = text(DOCS / "developers" / "settings.md")
    own = {field.metadata["name"] for field in fields(Settings)}
    sources = [*PACKAGE.rglob("*.py"), *ROOT.glob("*.py"), *(ROOT / "tools").glob("*.py")]
    seen = {found for path in sources for found in re.findall(r"\bBULLETINS_[A-Z_]*[A-Z]\b", text(path))}

    assert {setting for setting in own | seen if f"`{setting}`" not in said} == set()


@cache
def codes_in_use() -> frozenset[str]:
    """Every code of a mistake in the program: a text that is nothing but a code."""
    nodes = (node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(text(path))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(found for found in texts if CODE.fullmatch(found))


def test_every_mistake_has_a_place_where_it_is_explained() -> None:
    headings = [heading for heading in HEADING.findall(text(DOCS / "staff" / "loi.md")) if CODE.fullmatch(heading)]

    assert sorted(headings) == sorted(codes_in_use())


def messages_in_use() -> list[Message]:
    """Every message of every room, in both languages."""
    tables = (gallery_messages.__dict__, indexes_messages.__dict__, reading_messages.__dict__, rules_messages.__dict__,
              text_messages.__dict__)  # fmt: skip
    named = [value for table in tables for value in table.values()]
    grouped = [value for group in named if isinstance(group, Mapping) for value in group.values()]
    return [value for value in (*named, *grouped) if isinstance(value, Message)]


def test_every_code_has_a_message_in_both_languages() -> None:
    said = messages_in_use()

    assert {message.code for message in said} == codes_in_use()
    assert all(message.vi and message.en for message in said)


def test_a_message_is_filled_in_with_the_same_words_in_both_languages() -> None:
    differing = [s for s in messages_in_use() if not words_of(s.vi) >= words_of(s.en)]

    assert differing == []


def words_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_code_is_explained_in_english_with_its_level() -> None:
    rows = re.findall(r"^\| ([A-Z]+[0-9]+) \| (\w+) \| (.+) \|$", text(DOCS / "developers" / "rules.md"), re.MULTILINE)
    levels = {code: level for code, level, meaning in rows if meaning}

    assert sorted(code for code, _, _ in rows) == sorted(codes_in_use())
    assert levels == {code: gravest(code) for code in codes_in_use()}


def gravest(code: str) -> str:
    levels = {message.level for message in messages_in_use() if message.code == code}
    return "error" if "error" in levels else "warning"


def test_authors_are_told_which_codes_only_warn() -> None:
    listed = re.search(r"Các mã chỉ cảnh báo: (.+)\.$", text(DOCS / "staff" / "loi.md"), re.MULTILINE)

    assert listed
    assert sorted(listed[1].split(", ")) == sorted(code for code in codes_in_use() if gravest(code) == "warning")


# What no folder in git can hold: a file of a megabyte, one that may not be read, and photos with their own tests.
NOT_AS_A_SITE = {"W3", "W6", "F3", "F4", "F9"}


def test_every_code_but_those_of_photo_files_has_a_broken_site() -> None:
    expected = (text(path) for path in (ROOT / "tests" / "sites" / "broken").glob("*/expected.txt"))
    shown = {code for lines in expected for code in re.findall(r": \[(\w+)\] ", lines)}
    of_files = {code for code in codes_in_use() if code.startswith("PH")}

    assert codes_in_use() - shown - of_files == NOT_AS_A_SITE


def test_every_mistake_of_the_broken_sites_is_one_of_these() -> None:
    expected = (text(path) for path in (ROOT / "tests" / "sites" / "broken").glob("*/expected.txt"))
    shown = {code for lines in expected for code in re.findall(r": \[(\w+)\] ", lines)}

    assert shown
    assert shown <= codes_in_use()


def test_the_map_names_every_room_and_what_it_may_import() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", text(DOCS / "developers" / "map.md"), re.MULTILINE))
    drawn = {
        room: set(CODE_SPAN.findall(said)) | (COMMON if "the common ones" in said else set())
        for room, said in rows.items()
    }

    assert drawn == MAY_IMPORT


def test_the_map_names_the_common_modules_and_the_libraries_known_in_one_place() -> None:
    said = text(DOCS / "developers" / "map.md")
    common = re.search(r"^The common ones are ([^:]+):", said, re.MULTILINE)
    libraries = re.search(r"^Some libraries .+$", said, re.MULTILINE)

    assert common and set(CODE_SPAN.findall(common[1])) == COMMON
    assert libraries and ONLY_IN.keys() <= set(CODE_SPAN.findall(libraries[0]))


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    listed = re.findall(r"^- (\d{4}) \[.+\]\((.+)\)$", text(DOCS / "decisions" / "README.md"), re.MULTILINE)

    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    assert listed == [(path.name[:4], path.name) for path in DECISIONS]


@pytest.mark.parametrize("path", DECISIONS, ids=name)
def test_a_decision_says_what_was_asked_what_was_chosen_and_what_follows(path: Path) -> None:
    title, *parts = HEADING.findall(prose(path))

    assert title.startswith(f"{path.name[:4]} ")
    assert parts == ["Context", "Options", "Choice", "Consequences"]


# Nothing is out of date


def test_there_are_generated_tables() -> None:
    marks = {mark for path in documents.pages() for mark in re.findall(r"<!-- generated: (\w+)", text(path))}

    assert marks == documents.TABLES.keys()


@pytest.mark.parametrize("path", documents.pages(), ids=name)
def test_a_generated_table_is_what_the_code_says_now(path: Path) -> None:
    assert text(path) == documents.with_tables(text(path)), "python3 tasks.py docs"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(path: Path) -> None:
    broken = [link for link in LINK.findall(CODE_SPAN.sub("", prose(path))) if not leads_somewhere(path, link)]

    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"(https?|mailto):", link):
        return True
    file, _, heading = unquote(link).partition("#")
    target = (page.parent / file) if file else page
    return target.exists() and (not heading or heading in anchors(target))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_two_headings_that_are_linked_to_share_an_anchor(path: Path) -> None:
    found = anchors(path)
    linked = {unquote(link[1:]) for link in LINK.findall(prose(path)) if link.startswith("#")}

    assert {anchor for anchor in linked if found.count(anchor) > 1} == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_command_that_is_named_is_a_task(path: Path) -> None:
    named = set(COMMAND.findall(text(path)))

    assert named <= set(Collection.from_module(tasks).tasks)


def test_the_map_lists_every_command() -> None:
    listed = re.findall(r"^\| `python3 tasks\.py ([a-z]+)` \|", text(DOCS / "developers" / "map.md"), re.MULTILINE)

    assert sorted(listed) == sorted(Collection.from_module(tasks).tasks)


@pytest.mark.parametrize("readme", READMES, ids=name)
def test_a_readme_begins_with_the_two_commands_and_ci_runs_the_second(readme: Path) -> None:
    blocks = [block["code"].strip() for block in FENCE.finditer(text(readme))]

    assert blocks[:2] == ["python3 tasks.py build", "python3 tasks.py test"]
    assert blocks[1] in text(ROOT / ".ci" / "run").splitlines()


def twin(link: str) -> str:
    """A page under one name in both languages."""
    return link.replace(".vi.md", ".md")


def test_both_readmes_have_the_same_parts_and_links() -> None:
    english, vietnamese = map(text, READMES)

    assert len(HEADING.findall(english)) == len(HEADING.findall(vietnamese))
    assert {twin(link) for link in LINK.findall(english)} == {twin(link) for link in LINK.findall(vietnamese)}


@pytest.mark.parametrize("path", [*DECISIONS, *DEVELOPERS, *READMES], ids=name)
def test_a_file_that_is_named_exists(path: Path) -> None:
    spans = {span for span in CODE_SPAN.findall(prose(path)) if FILE.fullmatch(span)}

    assert {span for span in spans if not exists(span)} == set()


def exists(named: str) -> bool:
    """A path from the root or from the package, a file's name that some room has, or what commands make at work."""
    return (
        named.startswith(".cache/")
        or any((folder / named).exists() for folder in (ROOT, PACKAGE))
        or any(PACKAGE.glob(f"*/{named}"))
    )


# The samples work


@pytest.fixture(scope="module")
def register() -> Register:
    """The names that samples may use: those of the sample site."""
    return read_register(SAMPLE / "content" / "register", SAMPLE)[0]


def samples(page: str, language: str) -> list[str]:
    blocks = FENCE.finditer(text(DOCS / "staff" / page))
    return [block["code"] for block in blocks if block["language"] == language]


WHOLE = [(path.name, code) for path in STAFF for code in samples(path.name, "markdown") if code.startswith("---\n")]


def test_there_is_a_whole_bulletin_to_copy() -> None:
    assert "viet-ban-tin.md" in dict(WHOLE)


@pytest.mark.parametrize(("page", "code"), WHOLE)
def test_a_sample_bulletin_is_read_without_a_mistake_or_a_warning(page: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text(code, encoding="utf-8")
    photos = {file: tmp_path / file for file in re.findall(r"file: (\S+)", code)}
    known = register_with(page, tmp_path)
    reading = read(SourceFile(tmp_path / "index.md", page), photos, known, Renderer(str), Rules(known))

    assert reading.mistakes == ()


def register_with(page: str, folder: Path) -> Register:
    """The register of the sample site, with the entries that a page adds under the name of a file."""
    shutil.copytree(SAMPLE / "content" / "register", folder / "register")
    for code in samples(page, "yaml"):
        for name, entries in re.findall(r"^# content/register/(\w+\.yaml)\n((?:[^#\n].*\n)+)", code, re.MULTILINE):
            with (folder / "register" / name).open("a", encoding="utf-8") as file:
                file.write(entries)
    known, mistakes = read_register(folder / "register", folder)

    assert not mistakes
    return known


def test_samples_of_whole_bulletins_are_short() -> None:
    lengths = [code.count("\n") for page, code in WHOLE if page == "mau-ban-tin.md"]

    assert len(lengths) >= 7
    assert max(lengths) <= 32


@pytest.mark.parametrize("code", samples("viet-ban-tin.md", "yaml"))
def test_a_sample_of_a_few_fields_fits_into_the_shortest_bulletin(code: str, register: Register) -> None:
    shortest, _, _ = split("viet-ban-tin.md", samples("viet-ban-tin.md", "markdown")[0])
    tree = parse("viet-ban-tin.md", code, verbatim=VERBATIM)
    tree.data = parse("viet-ban-tin.md", shortest).data | tree.data

    assert record(tree, Bulletin, register.resolvers(tree.data)).title


@pytest.mark.parametrize("code", samples("danh-ba.md", "yaml"))
def test_a_sample_of_the_register_is_an_entry_of_it(code: str, register: Register) -> None:
    entries = parse("danh-ba.md", code).entries()

    assert [record(entry, Bloc if "host" in entry.data else Unit, register.resolvers()).id for entry in entries]
