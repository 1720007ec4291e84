"""Text as people type it comes out as they mean it: every row is something that staff paste or type."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletins.reading.markdown import Renderer
from bulletins.reading.shaping import OF_PAGES
from bulletins.reading.tangles import LONGEST
from bulletins.reading.typed import as_markdown

ROOT = Path(__file__).parent.parent.parent
RENDERER = Renderer(lambda address: address)


def html(text: str, between: str = "") -> str:
    """The text as HTML in one line, without what is the same in every link; `between` stands for ends of lines."""
    body, _ = RENDERER.render(text, {})
    joined = "".join(map(str, body.parts)).replace(' rel="noopener noreferrer"', "")
    return re.sub(r"\s*\n\s*", between, joined)


def codes(text: str) -> list[tuple[str, int | None]]:
    """What is told of a text: each code with its line, from 0."""
    return [(complaint.code, complaint.line) for complaint in RENDERER.render(text, {})[1]]


LISTS = [
    ("Khối thống nhất:\n- một;\n- hai.", "<p>Khối thống nhất:</p><ul><li>một;</li><li>hai.</li></ul>"),
    ("Khối thống nhất:\n- một.", "<p>Khối thống nhất:</p><ul><li>một.</li></ul>"),
    ("**Khối thống nhất:**\n- một.", "<p><strong>Khối thống nhất:</strong></p><ul><li>một.</li></ul>"),
    ("Khối thống nhất\n- một;\n- hai.", "<p>Khối thống nhất</p><ul><li>một;</li><li>hai.</li></ul>"),
    ("Khối thống nhất:\n* một;\n* hai.", "<p>Khối thống nhất:</p><ul><li>một;</li><li>hai.</li></ul>"),
    ("Khối thống nhất:\n• một;\n• hai.", "<p>Khối thống nhất:</p><ul><li>một;</li><li>hai.</li></ul>"),
    ("•một;\n•hai.", "<ul><li>một;</li><li>hai.</li></ul>"),
    ("– một;\n– hai.", "<ul><li>một;</li><li>hai.</li></ul>"),
    ("Khối:\n1. một;\n2. hai.", "<p>Khối:</p><ol><li>một;</li><li>hai.</li></ol>"),
    ("Khối:\n1) một;\n2) hai.", "<p>Khối:</p><ol><li>một;</li><li>hai.</li></ol>"),
    ("1) một;\n2) hai;\n3) ba.", "<ol><li>một;</li><li>hai;</li><li>ba.</li></ol>"),
    ("Khối:\na) một;\nb) hai.", '<p>Khối:</p><ol type="a"><li>một;</li><li>hai.</li></ol>'),
    ("d) bốn;\nđ) năm.", '<ul class="as-typed"><li>d) bốn;</li><li>đ) năm.</li></ul>'),
    ("1. một\n3. ba\n4. bốn\n7. bảy", '<ol><li>một</li><li value="3">ba</li><li>bốn</li><li value="7">bảy</li></ol>'),
    ("3. ba\n4. bốn", '<ol start="3"><li>ba</li><li>bốn</li></ol>'),
    ("- a:\n  - b;\n  - c.\n- d.", "<ul><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ul>"),
    ("- a:\n   - b;\n   - c.\n- d.", "<ul><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ul>"),
    ("- a:\n    - b;\n    - c.\n- d.", "<ul><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ul>"),
    ("- a:\n\t- b;\n\t- c.\n- d.", "<ul><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ul>"),
    ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
    ("1. a:\n  - b;\n  - c.\n2. d.", "<ol><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ol>"),
    ("1. a:\n- b;\n- c.\n2. d.", "<ol><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ol>"),
    ("1. a:\na) b;\nb) c.\n2. d.", '<ol><li>a:<ol type="a"><li>b;</li><li>c.</li></ol></li><li>d.</li></ol>'),
    ("- a:\n+ b;\n+ c.\n- d.", "<ul><li>a:<ul><li>b;</li><li>c.</li></ul></li><li>d.</li></ul>"),
    ("- một\ncòn nữa\n- hai", "<ul><li>mộtcòn nữa</li><li>hai</li></ul>"),
    ("- một\n- hai\n\nĐoạn sau.", "<ul><li>một</li><li>hai</li></ul><p>Đoạn sau.</p>"),
    ("  - một\n  - hai", "<ul><li>một</li><li>hai</li></ul>"),
]

PARAGRAPHS = [
    ("    Sáng nay.\n\n    Chiều nay.", "<p>Sáng nay.</p><p>Chiều nay.</p>"),
    ("\tSáng nay.\n\n\tChiều nay.", "<p>Sáng nay.</p><p>Chiều nay.</p>"),
    ("\u3000\u3000Sáng nay.", "<p>Sáng nay.</p>"),
    ("    Sáng.\n\n- một\n- hai\n\n    Chiều.", "<p>Sáng.</p><ul><li>một</li><li>hai</li></ul><p>Chiều.</p>"),
    ("#ThiDuaYeuNuoc #KhenThuong", "<p>#ThiDuaYeuNuoc #KhenThuong</p>"),
    ("Đoạn.\n\n#1 của năm", "<p>Đoạn.</p><p>#1 của năm</p>"),
    ("Tin: phóng viên.\n---", "<p>Tin: phóng viên.</p><hr>"),
    ("Tin.\n===\nHết.", "<p>Tin.</p><hr><p>Hết.</p>"),
    ("Hội nghị năm\n2023. Khối trưởng nói", "<p>Hội nghị năm2023. Khối trưởng nói</p>"),
    ("> 500 người dự", "<p>&gt; 500 người dự</p>"),
    (">= 95% đạt", "<p>&gt;= 95% đạt</p>"),
    ("> Lời trích.", "<blockquote><p>Lời trích.</p></blockquote>"),
    ("+ 5 điểm", "<p>+ 5 điểm</p>"),
    ("- 5 điểm vì đến muộn", "<p>- 5 điểm vì đến muộn</p>"),
    ("[Nguồn]: TTXVN", "<p>[Nguồn]: TTXVN</p>"),
    ("[Ảnh]: https://example.vn", '<p>[Ảnh]: <a href="https://example.vn">https://example.vn</a></p>'),
    ("[x][y]\n\n[y]: https://example.vn", '<p><a href="https://example.vn">x</a></p>'),
    ("Thời gian: 8 giờ\nĐịa điểm: hội trường", "<p>Thời gian: 8 giờ<br>Địa điểm: hội trường</p>"),
    ("**Thời gian:** 8 giờ\n**Địa điểm:** hội trường",
     "<p><strong>Thời gian:</strong> 8 giờ<br><strong>Địa điểm:</strong> hội trường</p>"),
    ("Một câu dài\nxuống dòng vì hết chỗ.", "<p>Một câu dàixuống dòng vì hết chỗ.</p>"),
]  # fmt: skip

SIGNS = [
    ("Kết quả (*) được duyệt (*).", "<p>Kết quả (*) được duyệt (*).</p>"),
    ("Kết quả (**) và (**).", "<p>Kết quả (**) và (**).</p>"),
    ("Kết quả* được duyệt*.", "<p>Kết quả* được duyệt*.</p>"),
    ("5*3*2 = 30", "<p>5*3*2 = 30</p>"),
    ("5 * 3 * 2 = 30", "<p>5 * 3 * 2 = 30</p>"),
    ("*nghiêng* và **đậm**", "<p><em>nghiêng</em> và <strong>đậm</strong></p>"),
    ("***cả hai***", "<p><strong><em>cả hai</em></strong></p>"),
    ("** Thời gian: ** 8 giờ", "<p><strong>Thời gian:</strong>  8 giờ</p>"),
    ("**Địa điểm: **hội trường", "<p><strong>Địa điểm:</strong> hội trường</p>"),
    ("**A** và **B**", "<p><strong>A</strong> và <strong>B</strong></p>"),
    ("Một ** lẻ", "<p>Một ** lẻ</p>"),
    ("*a**b*c**", "<p>*a**b*c**</p>"),
    ("*a **b* c**", "<p>*a **b* c**</p>"),
    ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
    ("Mở C:\\Users\\Tài", "<p>Mở C:\\Users\\Tài</p>"),
    ("Mở C:\\_luu\\a", "<p>Mở C:\\_luu\\a</p>"),
    ("Mở \\\\maychu\\chung", "<p>Mở \\\\maychu\\chung</p>"),
    ("ten_tep_anh", "<p>ten_tep_anh</p>"),
    ("Nơi nhận:\\\nVăn phòng;\\\nLưu.", "<p>Nơi nhận:<br>Văn phòng;<br>Lưu.</p>"),
    ("Một  \nHai", "<p>Một<br>Hai</p>"),
    ("Một<br>Hai<br/>Ba<BR />Bốn", "<p>Một<br>Hai<br>Ba<br>Bốn</p>"),
    ("&#7879; &#x1EC7;", "<p>ệ ệ</p>"),
    ("&#42;a&#42; &#60;b&#62;", "<p>*a* &lt;b&gt;</p>"),
]  # fmt: skip

TABLES = [
    ("Như sau:\n| A | B |\n|---|--:|\n| a | 1 |\nHết.",
     '<p>Như sau:</p><table><thead><tr><th>A</th><th class="right">B</th></tr></thead><tbody><tr><td>a</td>'
     '<td class="right">1</td></tr></tbody></table><p>Hết.</p>'),
    ("| A |\n|:-:|\n| một<br>hai |",
     '<table><thead><tr><th class="center">A</th></tr></thead><tbody><tr><td class="center">một<br>hai</td></tr>'
     "</tbody></table>"),
    ("A | B\n--|--\na | b",
     "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"),
]  # fmt: skip

LINKS = [
    ("Xem https://example.vn/a?b=1&c=2.",
     '<p>Xem <a href="https://example.vn/a?b=1&amp;c=2">https://example.vn/a?b=1&amp;c=2</a>.</p>'),
    ("(www.example.vn)", '<p>(<a href="https://www.example.vn">www.example.vn</a>)</p>'),
    ("“https://example.vn”", '<p>“<a href="https://example.vn">https://example.vn</a>”</p>'),
    ("https://example.vn/a_(b)", '<p><a href="https://example.vn/a_(b)">https://example.vn/a_(b)</a></p>'),
    ("[a](https://example.vn/b)", '<p><a href="https://example.vn/b">a</a></p>'),
    ("[https://example.vn](https://example.vn)", '<p><a href="https://example.vn">https://example.vn</a></p>'),
    ("<https://example.vn>", '<p><a href="https://example.vn">https://example.vn</a></p>'),
    ("[a](#ket-qua)\n\n## Kết quả", '<p><a href="#ket-qua">a</a></p><h2 id="ket-qua">Kết quả</h2>'),
    ("## Một\n\n## Một", '<h2 id="mot">Một</h2><h2 id="mot-2">Một</h2>'),
    ("## Nội dung", '<h2 id="noi-dung-2">Nội dung</h2>'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*LISTS, *PARAGRAPHS, *SIGNS, *TABLES, *LINKS])
def test_what_is_typed_comes_out_as_it_was_meant(text: str, expected: str) -> None:
    assert html(text) == expected
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A\n\n| A | B |\n|---|---|\n| a | b | c |", [("K3", 4)]),
        ("| A | B |\n|---|---|\n| a || b |", [("K3", 2)]),
        ("| A | B | C |\n|---|---|---|\n| a || b |", [("K4", 2)]),
        ("| A | B |\n|---|---|\n| a |", [("K4", 2)]),
        ("Đơn vị\tĐiểm\nCục I\t95\nCục II\t96", [("K4", 1)]),
        ("Đoạn.\n\n<!-- hỏi lại -->", [("K5", 2)]),
        ("Đoạn.\n\n<!-- hỏi lại", [("K5", 2)]),
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> nhanh", [("K2", 0), ("K2", 4)]),
        ("a&#xE000;99&#xE000;", [("F2", 0), ("F2", 0)]),
        ("a\n&#7;&#x202e;", [("F2", 1), ("F2", 1)]),
        ("&#x110000; &#xD800; &#0; &#9999999999999999999;", [("F2", 0)] * 4),
        ("Căn cứ[^1].", [("K6", 0)]),
        ("Căn cứ.\n\n[^1]: Luật.", [("K6", 2)]),
        ("[a](#khong-co)", [("L2", None)]),
        ("[a](http://localhost:8000/khoi/)", [("L3", None)]),
        ("http://127.0.0.1:8000/", [("L3", None)]),
        ("[a](http://192.168.1.5/a)", [("L3", None)]),
        ("[a](http://maychu.local/a)", [("L3", None)]),
        ("[a](file:///C:/a.docx)", [("L3", None)]),
        ("[a](D:\\a.docx)", [("L3", None)]),
    ],
)
def test_what_would_be_lost_or_show_something_private_is_told_with_its_line(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    assert codes(text) == expected


def test_a_note_for_editors_is_not_published() -> None:
    assert html("Một. <!-- chưa\nduyệt --> Hai.") == "<p>Một.Hai.</p>"


def test_a_footnote_is_led_to_and_leads_back() -> None:
    made = html("Căn cứ quy định[^1].\n\n[^1]: Luật **2022**.\n\nĐoạn cuối.")

    assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>' in made
    assert '<li id="fn:1"><p>Luật <strong>2022</strong>.' in made
    assert 'title="Trở lại chỗ có chú thích 1"' in made


WORDS = ["chữ", "Một", "hai;", "ba.", "5", "95%", "A:", "đơn vị"]
LINES = st.lists(st.sampled_from([*WORDS, " ", "  ", "\t", "*", "**", "(*)", "|", ">", "+", "#", "[", "]", ":"])).map(
    "".join
)
STARTS = st.sampled_from(
    ["", "- ", "  - ", "    - ", "1. ", "2) ", "a) ", "đ) ", "• ", "> ", "+ ", "    ", "## ", "| ", "\t"]
)
TEXTS = st.lists(st.tuples(STARTS, LINES).map("".join)).map("\n".join)


def _words(text: str) -> list[str]:
    """The words of a text in their order, but for those that may mark an item of a list."""
    return [word for word in re.findall(r"[^\W_]+%?", text) if word not in ("1", "2", "a", "đ")]


@given(TEXTS)
@example("*chữ**chữ*chữ**")
def test_no_word_of_a_text_is_lost_or_moved(text: str) -> None:
    made = html5lib.parseFragment(html(text, " ").replace("<", " <"), namespaceHTMLElements=False)
    shown = _words("\n".join(made.itertext()))
    typed = _words(text)

    if not codes(text):
        assert shown == typed


@given(TEXTS)
def test_what_is_markdown_already_stays_as_it_is(text: str) -> None:
    once = as_markdown(text).markdown

    assert _words(as_markdown(once).markdown) == _words(once)


@pytest.mark.parametrize(
    "sign", ["*", "**", "a*", "[^1]", "|", "- a\n", "<!--", "&#", "\\", "Nhãn: x\n", "(*)", "_", "a\tb\n", "[a]: b\n"]
)
def test_the_longest_text_of_one_sign_is_gone_through(sign: str) -> None:
    """A pattern whose time grows with the square of its text would take minutes for this one."""
    assert as_markdown(sign * (LONGEST // len(sign))).markdown


def test_no_heading_takes_an_id_of_the_theme_s_own() -> None:
    names = ("base.html", "bulletin.html", "page.html", "macros.html")
    templates = ((ROOT / "themes/thidua/templates" / name).read_text(encoding="utf-8") for name in names)
    ids = {name for text in templates for name in re.findall(r'id="([a-z-]+)"', text)}

    assert ids
    assert ids <= OF_PAGES


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("![Ba người](IMG_2041 (2).jpeg)", 1),
        ("![Ba người](<IMG_2041 (2).jpeg>)", 1),
        ("![Ba người](Ảnh 1.jpg)", 2),
        ("![Ba người](Ảnh%201.jpg)", 2),
        ("![Ba người](#1.jpg)", 3),
    ],
)
def test_a_picture_is_placed_whatever_its_file_is_called(text: str, part: int) -> None:
    body, complaints = RENDERER.render(text, {"IMG_2041 (2).jpeg": 1, "Ảnh 1.jpg": 2, "#1.jpg": 3})

    assert (body.parts, complaints) == ((part,), ())


FILES = {"Kế hoạch số 1.pdf": "/ban-tin/a/ke-hoach-so-1.pdf"}


def test_a_link_to_an_attached_file_needs_no_signs_for_its_blanks() -> None:
    body, complaints = RENDERER.render(
        "[Xem](Kế hoạch số 1.pdf)", {}, {"Kế hoạch số 1.pdf": "/ban-tin/a/ke-hoach-so-1.pdf"}
    )

    assert 'href="/ban-tin/a/ke-hoach-so-1.pdf"' in str(body.parts[0])
    assert complaints == ()
