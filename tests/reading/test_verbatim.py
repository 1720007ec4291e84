"""One-line texts come out exactly as typed; what YAML understands stays YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.reading.bulletin import VERBATIM
from bulletins.reading.frontmatter import parse
from bulletins.reading.verbatim import _lines, quoted
from tests.reading.texts import bulletin, reading

TYPED = [
    "Khối thi đua III: ký kết",
    "@abc",
    "no",
    "1.000",
    "16:25",
    '"...',
    "“Đồng khởi mới”",
    '"Đoàn kết" là sức mạnh',
    "'Đoàn kết' là sức mạnh",
    "*Ký giao ước* năm 2023",
    "&khoi năm 2023",
    "!quan trọng",
    "#3 đơn vị",
    "Đơn vị #3",
    "% hoàn thành",
    "`ký`",
    "[Hỏa tốc] Khối 1",
    "{a} và b",
    "| ký |",
    "> 95%",
    "- gạch đầu dòng",
    "-5 độ",
    "? ai biết",
    "Kết thúc:",
    "a: b: c",
    "C:\\Users\\a",
    "2023-02-30",
    "0123",
    "Yes",
    ", phẩy",
    "a\tb: c",
]


@pytest.mark.parametrize(
    "typed", ["Khối III: ký kết", "Khối III", "[Hỏa tốc] Khối 1: ký", '"Đoàn kết" là sức mạnh', "#3 đơn vị: ký"]
)
def test_a_comment_behind_a_text_is_no_part_of_it(typed: str, tmp_path: Path) -> None:
    found = reading(bulletin(title=f"{typed}   # chưa duyệt: hỏi lại"), tmp_path)

    assert found.bulletin is not None, found.mistakes
    assert found.bulletin.title == typed


@pytest.mark.parametrize("field", ["title", "lead"])
@pytest.mark.parametrize("typed", TYPED)
def test_a_plain_text_of_one_line_comes_out_exactly_as_typed(field: str, typed: str, tmp_path: Path) -> None:
    found = reading(bulletin(**{field: typed}), tmp_path)

    assert found.bulletin is not None, found.mistakes
    assert getattr(found.bulletin, field) == typed


@pytest.mark.parametrize("typed", TYPED)
def test_so_does_a_text_inside_a_group_of_a_list_or_as_an_item(typed: str, tmp_path: Path) -> None:
    more = f"photos:\n  - file: a.jpg\n    caption: {typed}\n    alt: x y\nresults:\n  - text: {typed}\n"
    found = reading(bulletin(more=more), tmp_path, "a.jpg")

    assert found.bulletin is not None, found.mistakes
    assert found.bulletin.photos[0].caption == typed
    assert found.bulletin.results[0].text == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"Lấy ý kiến về "danh sách" khen thưởng"', 'Lấy ý kiến về "danh sách" khen thưởng'),
        ('"Phát động "Đoàn kết"": ký"', '"Phát động "Đoàn kết"": ký"'),
        ('"Phát động: "Đoàn kết""', 'Phát động: "Đoàn kết"'),
        ('""Đoàn kết" là sức mạnh"  # đã duyệt', '"Đoàn kết" là sức mạnh'),
        ("'Về 'danh sách' mới'", "Về 'danh sách' mới"),
        ('"Đoàn kết" và "sáng tạo"', '"Đoàn kết" và "sáng tạo"'),
        ('"Đoàn kết", "kỷ cương", "sáng tạo"', '"Đoàn kết", "kỷ cương", "sáng tạo"'),
    ],
)
def test_a_pair_of_quotes_around_a_whole_text_is_no_part_of_it_though_others_stand_inside(
    typed: str, meant: str, tmp_path: Path
) -> None:
    found = reading(bulletin(title=typed), tmp_path)

    assert found.bulletin is not None, found.mistakes
    assert found.bulletin.title == meant


@pytest.mark.parametrize(
    "item", ["Làm tốt: đúng hạn", "Giữ #1 sạch", "“Một”: hai", "Khối 1: ký", "@a", "*Một* là", '"Một" là: hai']
)
def test_an_item_of_a_list_of_texts_comes_out_as_typed(item: str) -> None:
    assert parse("a.md", f"list:\n  - {item}\n", verbatim=VERBATIM).data == {"list": [item]}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("title: Một  # ghi chú\n", {"title": "Một"}),
        ("title: # ghi chú\n", {"title": None}),
        ("title: 'Một: hai'  # ghi chú\n", {"title": "Một: hai"}),
        ('title: "Một\\u0020hai"\n', {"title": "Một hai"}),
        ("attain: [a, b]\n", {"attain": ["a", "b"]}),
        ("place: {name: a}\n", {"place": {"name": "a"}}),
        ("lead: >\n  Một: hai\n  title: ba\n", {"lead": "Một: hai title: ba\n"}),
        ("lead: |\n  # một\n  hai: ba\nid: a\n", {"lead": "# một\nhai: ba\n", "id": "a"}),
        ('lead: "Một\n  hai: ba"\n', {"lead": "Một hai: ba"}),
        ("lead: Một\n  hai\n", {"lead": "Một hai"}),
        ("results:\n  - text: a\n    by: b\n", {"results": [{"text": "a", "by": "b"}]}),
        ("title: null\n", {"title": None}),
    ],
)
def test_what_yaml_understands_is_left_to_yaml(text: str, data: object) -> None:
    assert parse("a.md", text, verbatim=VERBATIM).data == data


def test_a_text_as_typed_moves_nothing_else_from_its_place() -> None:
    tree = parse("a.md", "title: Một: hai\nyears:\n  pact: 2023\n", verbatim=VERBATIM)

    assert (tree.position(("title",)).line, tree.position(("title",)).column) == (1, 8)
    assert (tree.position(("years", "pact")).line, tree.position(("years", "pact")).column) == (3, 9)


def test_a_field_of_another_kind_keeps_yamls_rules(tmp_path: Path) -> None:
    found = reading(bulletin(bloc="Khối 1: Sở Mẫu"), tmp_path)

    assert [mistake.code for mistake in found.mistakes] == ["Y1"]


@given(st.text())
def test_putting_into_quotes_never_changes_the_number_of_lines(text: str) -> None:
    assert quoted(text, VERBATIM).count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(["title", "name", "  ", "- ", ": ", ":", "#", " #", "'", '"', "|", "a", "\n", "\t"])))
def test_the_quick_look_for_lines_to_quote_misses_none(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert quoted(text, VERBATIM) == "\n".join(_lines(text.split("\n"), VERBATIM))


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1))
def test_any_visible_word_is_a_title_as_typed(word: str) -> None:
    # Only a word that is a whole quoted, bracketed or empty value means something else.
    if word in ("~", "null", "|", ">", "#") or word[0] in "\"'[{|>":
        return

    assert parse("a.md", f"title: {word}\n", verbatim=VERBATIM).data == {"title": word}


def test_the_lines_of_a_block_in_a_list_stay_as_they_are() -> None:
    text = "lead:\n- |-\n  Khối\n  - gạch a: b\n- name: |\n    c: d\n"

    assert parse("", text, verbatim=VERBATIM).data == {"lead": ["Khối\n- gạch a: b", {"name": "c: d\n"}]}


def test_a_comment_behind_a_group_does_not_keep_the_texts_in_it_from_being_taken_as_typed() -> None:
    text = "lead:  # lời ghi\n  - name: a: b\n  - c: d\n  - {}\n  - Khối e: f\n"

    assert parse("", text, verbatim=VERBATIM).data == {"lead": [{"name": "a: b"}, {"c": "d"}, {}, "Khối e: f"]}
