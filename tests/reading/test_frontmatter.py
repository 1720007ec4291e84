"""Front matter: every value stays as it was typed, and whatever is typed ends in a record or a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.reading.bulletin import VERBATIM, Reading, read
from bulletins.reading.frontmatter import Malformed, Position, parse, split
from bulletins.reading.markdown import Renderer
from bulletins.reading.rules.all import Rules
from bulletins.reading.sources import SourceFile
from tests.builders import register

REGISTER = register()
RENDERER = Renderer(str)
RULES = Rules(REGISTER)
LEAST = """\
---
id: a
title: {title}
lead: b
bloc: khoi-1
ceremony:
  kinds: pact
  date: 2023-03-02
years:
  pact: 2023
---
"""


def reading(folder: Path, data: bytes) -> Reading:
    path = folder / "index.md"
    path.write_bytes(data)
    return read(SourceFile(path, "index.md"), {}, REGISTER, RENDERER, RULES)


@pytest.mark.parametrize(
    "title", ["no", "1.000", "16:25", "0123", "2023-02-30", "“Đồng khởi mới”", "Yes", "1e3", "null và"]
)
def test_a_title_comes_out_exactly_as_typed(title: str, tmp_path: Path) -> None:
    found = reading(tmp_path, LEAST.format(title=title).encode())

    assert found.bulletin is not None
    assert found.bulletin.title == title


@pytest.mark.parametrize("title", ["Khối thi đua III: ký kết", "@abc", "#3 đơn vị", "- gạch", "[ngoặc", "%", "`"])
def test_a_title_in_quotes_comes_out_exactly_as_typed(title: str, tmp_path: Path) -> None:
    found = reading(tmp_path, LEAST.format(title=f'"{title}"').encode())

    assert found.bulletin is not None
    assert found.bulletin.title == title


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("{v: 98,5%, k: x}", "98,5%"),
        ("{v: Đoàn kết, kỷ cương , mạnh, k: x}", "Đoàn kết, kỷ cương, mạnh"),
        ("{k: x, v: Sở Văn hóa, Thể thao\n  và Du lịch}", "Sở Văn hóa, Thể thao và Du lịch"),
        ("{v: , k: x}", None),
        ("{v: [một, hai], k: x}", ["một", "hai"]),
        ('{v: "một, hai", k: x}', "một, hai"),
    ],
)
def test_in_braces_a_comma_ends_a_value_only_before_the_next_field(typed: str, value: object) -> None:
    assert parse("", f"a: {typed}\n").data == {"a": {"v": value, "k": "x"}}


@pytest.mark.parametrize("typed", ["{v, k: x}", "{v: [một], hai}", '{v: "một", hai}', "{v: , hai}"])
def test_in_braces_a_name_without_a_value_is_refused(typed: str) -> None:
    with pytest.raises(Malformed):
        parse("", f"a: {typed}\n")


@pytest.mark.parametrize(
    ("data", "same"),
    [
        (b"\xef\xbb\xbf", "a byte order mark"),
        (b"", "nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_the_way_an_editor_saves_lines_makes_no_difference(
    data: bytes, same: str, newline: str, tmp_path: Path
) -> None:
    text = (LEAST.format(title="Khối 1") + "\nMột.\n\nHai.\n").replace("\n", newline)
    found = reading(tmp_path, data + text.encode())

    assert found.mistakes == ()
    assert found.body is not None
    assert found.body.parts == ("<p>Một.</p>\n<p>Hai.</p>",)


def test_text_in_any_unicode_form_is_kept_in_nfc(tmp_path: Path) -> None:
    decomposed = "Kho\u0302\u0301i"
    found = reading(tmp_path, LEAST.format(title=decomposed).encode())

    assert found.bulletin is not None
    assert found.bulletin.title == "Khối"


def test_every_value_and_key_knows_its_place() -> None:
    tree = parse("a.md", "title: x\nyears:\n  pact: 2023\nlist:\n  - a\n  - b: c\n", first_line=2)

    assert tree.data == {"title": "x", "years": {"pact": "2023"}, "list": ["a", {"b": "c"}]}
    assert tree.position(("years", "pact")) == Position(4, 9)
    assert tree.position(("years", "pact"), key=True) == Position(4, 3)
    assert tree.position(("list", 1, "b")) == Position(7, 8)


def test_a_place_nobody_typed_is_that_of_what_should_hold_it() -> None:
    tree = parse("a.md", "years:\n  pact: 2023\n")

    assert tree.position(("years", "plan", 0)) == Position(2, 3)


def test_a_bomb_of_aliases_is_refused_and_not_built() -> None:
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(9))

    with pytest.raises(Malformed) as refused:
        parse("a.md", levels)
    assert {mistake.code for mistake in refused.value.mistakes} == {"Y3"}


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(Malformed) as refused:
        parse("a.md", f"a: {'[' * 10_000}")
    assert [mistake.code for mistake in refused.value.mistakes] == ["Y5"]


@given(st.text())
def test_any_text_between_the_marks_is_a_tree_or_a_mistake(text: str) -> None:
    try:
        head, _, _ = split("a.md", f"---\n{text}\n---\n")
        parse("a.md", head, first_line=2)
    except Malformed as malformed:
        assert all(mistake.line >= 1 and mistake.column >= 1 for mistake in malformed.mistakes)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_bulletin_or_a_mistake(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    found = reading(tmp_path_factory.getbasetemp(), b"---\n" + data)

    assert found.mistakes or found.bulletin


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str)
KEYS = st.sampled_from(sorted(VERBATIM | {"bloc", "ceremony", "years", "photos", "list", "head", "targets", "id"}))
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25
)


@given(st.dictionaries(KEYS, DATA, max_size=8))
def test_any_data_in_any_field_is_a_bulletin_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, data: object
) -> None:
    # JSON is YAML, and needs no library of ours to be written.
    found = reading(tmp_path_factory.getbasetemp(), f"---\n{json.dumps(data)}\n---\n".encode())

    assert found.mistakes or found.bulletin
    assert all(mistake.english and mistake.message for mistake in found.mistakes)


@given(st.lists(st.tuples(KEYS, st.text(max_size=40)), max_size=12))
def test_any_lines_of_fields_are_a_bulletin_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]]
) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in lines)
    found = reading(tmp_path_factory.getbasetemp(), f"---\n{text}---\n".encode(errors="surrogatepass"))

    assert found.mistakes or found.bulletin
