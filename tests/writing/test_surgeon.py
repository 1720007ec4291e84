"""The surgeon: whatever is wanted is what is read afterwards, and nothing else has changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.frontmatter import Loc, parse, split
from bulletins.reading.layout import layout
from bulletins.reading.sources import cleaned
from bulletins.writing.frontmatter import NotWritable, comments, with_data, with_entries
from tests.writing.yaml_texts import altered, typed

CONTENT = Path(__file__).parents[2] / "content"
REAL = sorted((CONTENT / "bulletins").glob("*/*/index.md"))
HARD = """\
---
# đầu tệp
title: Khối thi đua III: ký kết #3
lead: >
  Một đoạn dài
  gấp lại.

  Đoạn hai.
bloc: 'khoi-1'  # mã
bloc_as:
- Khối 1
- "Khối I"   # số La Mã
ceremony: {kinds: [pact, 'award'], date: 2023-03-02}
years:
    pact: 2023

# người
people:
  # chủ trì
  - name: Nguyễn Văn A
    did: spoke

  # khách
  -   name: "Trần B"
      role: |
        Cục trưởng
        Cục Một
end_mark: ./.
---

Nội dung.
"""


def data_of(text: str) -> Any:
    return parse("", split("", cleaned("", text).text)[0], verbatim=VERBATIM).data


def scalars(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str | None]]:
    if isinstance(data, dict | list):
        for key, one in data.items() if isinstance(data, dict) else enumerate(data):
            yield from scalars(one, (*loc, key))
    else:
        yield loc, data


def with_value(data: Any, loc: Loc, value: Any) -> Any:
    made = copy.deepcopy(data)
    inner = made
    for part in loc[:-1]:
        inner = inner[part]
    inner[loc[-1]] = value
    return made


def disguised(text: str, newline: str, mark: str) -> str:
    return mark + text.replace("\n", newline)


FORMS = [("\n", ""), ("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff"), ("\r", "")]
TEXTS = [
    *(pytest.param(path.read_text(encoding="utf-8"), id=path.parent.name) for path in REAL),
    pytest.param(HARD, id="hard"),
]


@pytest.mark.parametrize(("newline", "mark"), FORMS, ids=["lf", "crlf", "bom", "crlf-bom", "cr"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_file_with_its_own_data_keeps_every_byte(text: str, newline: str, mark: str) -> None:
    typed_text = disguised(text, newline, mark)
    head, body, _ = split("", cleaned("", typed_text).text)

    assert with_data(typed_text, parse("", head, verbatim=VERBATIM).data, VERBATIM, body) == typed_text


@pytest.mark.parametrize("text", TEXTS)
def test_a_changed_value_of_one_line_changes_that_line_alone(text: str) -> None:
    data = data_of(text)
    root = layout(split("", text)[0], VERBATIM)
    assert root
    for number, (loc, value) in enumerate(scalars(data)):
        node = root.at(loc)
        if (number % 7 and text is not HARD) or node is None or node.start.line != node.end.line:
            continue
        lines = with_data(disguised(text, "\r\n", "\ufeff"), with_value(data, loc, f"{value} – khác"), VERBATIM).split(
            "\n"
        )
        before = disguised(text, "\r\n", "\ufeff").split("\n")
        differing = [n for n, pair in enumerate(zip(before, lines, strict=True)) if pair[0] != pair[1]]

        assert differing == [node.start.line + 1], loc


@pytest.mark.parametrize(
    ("loc", "value", "old", "new"),
    [
        (("title",), "Khác: hẳn", "title: Khối thi đua III: ký kết #3", "title: Khác: hẳn"),
        (("bloc",), "khoi-2", "bloc: 'khoi-1'  # mã", "bloc: 'khoi-2'  # mã"),
        (("bloc_as", 1), "Khối Một", '- "Khối I"   # số La Mã', '- "Khối Một"   # số La Mã'),
        (("ceremony", "kinds"), ["pact", "award", "summary"], "[pact, 'award']", "[pact, 'award', summary]"),
        (("ceremony", "date"), "2023-03-03", "date: 2023-03-02", "date: 2023-03-03"),
        (("people", 0, "did"), ["spoke", "won"], "    did: spoke", "    did:\n      - spoke\n      - won"),
        (("people", 1, "name"), "Trần C", '  -   name: "Trần B"', '  -   name: "Trần C"'),
        (("people", 1, "role"), "Một\nHai", "|\n        Cục trưởng\n        Cục Một", "|-\n        Một\n        Hai"),
        (("lead",), "Một câu.\n", "lead: >\n  Một đoạn dài\n  gấp lại.\n\n  Đoạn hai.", "lead: >\n  Một câu."),
    ],
)  # fmt: skip
def test_a_new_value_is_written_as_the_old_one_was(loc: Loc, value: Any, old: str, new: str) -> None:
    assert with_data(HARD, with_value(data_of(HARD), loc, value), VERBATIM) == HARD.replace(old, new)


def test_an_entry_that_moves_takes_its_lines_and_what_stands_above_it_along() -> None:
    data = data_of(HARD)
    data["people"].reverse()
    people = '  # khách\n  -   name: "Trần B"\n      role: |\n        Cục trưởng\n        Cục Một\n'

    assert people + "\n  - name: Nguyễn Văn A\n    did: spoke\n" in with_data(HARD, data, VERBATIM)


def test_a_new_field_stands_behind_the_field_it_follows() -> None:
    data = data_of(HARD)
    wanted = {}
    for key, value in data.items():
        wanted[key] = value
        if key == "title":
            wanted["status"] = "draft"

    assert with_data(HARD, wanted, VERBATIM) == HARD.replace("#3\n", "#3\nstatus: draft\n")


def test_a_removed_first_field_lets_the_next_move_up_behind_the_dash() -> None:
    data = data_of(HARD)
    del data["people"][0]["name"]

    assert with_data(HARD, data, VERBATIM) == HARD.replace(
        "  - name: Nguyễn Văn A\n    did: spoke\n", "  - did: spoke\n"
    )


def test_only_the_lines_of_the_text_that_changed_are_written_anew() -> None:
    text = HARD.replace("Nội dung.", "Một\u00a0dòng.\n\nHai.").replace("\n", "\r\n")

    assert with_data(text, data_of(text), VERBATIM, "\nMột dòng.\n\nBa.\n") == text.replace("Hai.", "Ba.")


def test_a_comment_goes_when_what_it_asks_is_settled() -> None:
    text = HARD.replace("end_mark: ./.", 'end_mark: "./."  # đề xuất (ngờ): "./."\nlang:  # CẦN XEM: tiếng gì? | "…"')
    data = data_of(text)

    assert comments(text, VERBATIM)[("lang",)] == '# CẦN XEM: tiếng gì? | "…"'
    assert with_data(
        text, with_value(data, ("lang",), "vi"), VERBATIM, settled=[("lang",), ("end_mark",)]
    ) == HARD.replace("end_mark: ./.", 'end_mark: "./."\nlang: vi')


def test_what_would_be_read_otherwise_is_refused_and_not_written() -> None:
    with pytest.raises(NotWritable):
        with_data(HARD, data_of(HARD) | {"title": "Kho\u0302\u0301i"}, VERBATIM)


def test_a_new_entry_of_the_register_stands_apart_as_the_others_do() -> None:
    text = (CONTENT / "register" / "units.yaml").read_text(encoding="utf-8")
    data = [*parse("", text).data, {"id": "don-vi-moi", "names": "Đơn vị mới"}]

    assert with_entries(text, data, frozenset()) == text + '\n- id: don-vi-moi\n  names: "Đơn vị mới"\n'


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_wanted_is_read_afterwards_and_other_entries_keep_their_lines(data: st.DataObject) -> None:
    tree, text = data.draw(typed())
    assert data_of(text) == tree
    wanted = data.draw(altered(tree))

    if not isinstance(wanted, dict):
        return
    written = with_data(text, wanted, VERBATIM)

    assert data_of(written) == wanted
    for lines in entries(text, {key for key in tree if key in wanted and tree[key] == wanted[key]}):
        assert lines in written
    assert written.partition("---")[0] == text.partition("---")[0]
    assert written.count("\r\n") == (written.count("\n") if "\r\n" in text else 0)


def entries(text: str, keys: set[str]) -> Iterator[str]:
    """The lines of top-level fields, as they stand on disk."""
    head = split("", cleaned("", text).text)[0]
    root = layout(head, VERBATIM)
    lines = text.split("\n")
    for key in keys & set(root.keys if root else ()):
        assert root
        yield "\n".join(lines[root.keys[key].line + 1 : root.inside[key].end.line + 2])
