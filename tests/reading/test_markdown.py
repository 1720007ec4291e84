"""A body's Markdown: what it may hold, and that nothing in it runs or reaches out."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from bulletins.domain.model import Placed, photos_in
from bulletins.reading.markdown import _BARE, _CLEANER, Renderer, _cleaned, _QuickMarkdown

RENDERER = Renderer(lambda address: f"/thidua{address}")
ACTIVE = (
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "style",
    "link",
    "meta",
    "img",
    "svg",
    "video",
    "base",
)

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<iframe src=https://example.com></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](https://example.com/pixel.gif)",
    "![x](../../etc/passwd)",
    '[x](https://example.com "onmouseover=alert(1)")',
    "<a href='javascript:alert(1)'>x</a>",
    "<https://example.com/<script>>",
    "**<b onclick=alert(1)>x</b>**",
    "<!-- --><script>alert(1)</script>",
    "<style>@import 'https://example.com/x.css'</style>",
    "&#106;avascript:alert(1)",
    "[x]: javascript:alert(1)\n\n[x][x]",
    "| a |\n| - |\n| <img src=x onerror=alert(1)> |",
    '<div style="background:url(https://example.com)">x</div>',
]


def rendered(text: str, **photos: int) -> str:
    body, _ = RENDERER.render(text, photos)
    return "".join(f"[{part}]" if isinstance(part, int) else part for part in body.parts)


def dangers(html: str) -> list[str]:
    """Every element and attribute that could run or fetch something."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = [e.tag for e in tree.iter() if e.tag in ACTIVE]
    for element in tree.iter():
        found += [a for a, v in element.attrib.items() if a.startswith("on") or a in ("style", "src", "srcset")]
        if not element.get("href", "/").startswith(("/", "#", "http://", "https://")):
            found.append(element.get("href", ""))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_in_a_body_runs_or_fetches(text: str) -> None:
    assert dangers(rendered(text)) == []


@given(st.text())
def test_no_text_at_all_runs_or_fetches(text: str) -> None:
    assert dangers(rendered(text)) == []


def test_html_typed_in_a_body_stays_text() -> None:
    assert rendered("Gõ <b>đậm</b> & <script>") == "<p>Gõ &lt;b&gt;đậm&lt;/b&gt; &amp; &lt;script&gt;</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Một", '<h2 id="mot">Một</h2>'),
        ("## Hai", '<h2 id="hai">Hai</h2>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("**đậm** *nghiêng*", "<p><strong>đậm</strong> <em>nghiêng</em></p>"),
        ("[a](/khoi/)", '<p><a href="/thidua/khoi/" rel="noopener noreferrer">a</a></p>'),
    ],
)
def test_what_staff_type_becomes_plain_html(text: str, html: str) -> None:
    assert rendered(text) == html


def test_a_picture_in_a_paragraph_of_its_own_is_placed_there() -> None:
    body, complaints = RENDERER.render("Trước\n\n![](anh-2.jpg)\n\nSau", {"anh-2.jpg": 2})

    assert body.parts == ("<p>Trước</p>", 2, "<p>Sau</p>")
    assert complaints == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![](anh-9.jpg)", "P6"),
        ("Trong câu ![](anh-2.jpg) này", "P7"),
        ("[x](mailto:a@example.com)", "L1"),
        ("[x]({filename}/a.md)", "L1"),
        ("[x](//example.com)", "L1"),
        ("[x](trang.html)", "L1"),
    ],
)
def test_what_leads_nowhere_is_told(text: str, code: str) -> None:
    _, complaints = RENDERER.render(text, {"anh-2.jpg": 2})

    assert [complaint.code for complaint in complaints] == [code]


PIECES = [
    *("a", "Một hai", " ", "  ", "    ", "\n", "\n\n", "\t", "\r", "\xa0", "\x02", "\x03", "  \n", '"', "'", ":", "\\"),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "> ",
        "&",
        "&amp;",
        "&#60;",
        "#",
        "## ",
        "- ",
        "1. ",
        "|",
    ),
    *("[x](https://example.vn/a)", "[x][y]", "[y]: https://e.vn\n", "[y]", "![m](a.jpg)", "<https://e.vn>", "<a@e.vn>"),
    *(
        "**đậm**",
        "*n*",
        "|",
        "| a | b |\n| - | - |\n| c | d |",
        "---",
        "===",
        "\x02klzzwxh:0000\x03",
        "\x0242\x03",
        "<b>",
    ),
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def markdown(kind: type[Markdown]) -> Markdown:
    made = kind(extensions=["tables", "sane_lists", "footnotes"], output_format="html")
    made.preprocessors.deregister("html_block")
    made.inlinePatterns.deregister("html")
    return made


PLAIN, QUICK = markdown(Markdown), markdown(_QuickMarkdown)


@given(TEXTS)
def test_the_quick_way_through_a_text_gives_what_markdown_gives(text: str) -> None:
    assert QUICK.reset().convert(text) == PLAIN.reset().convert(text)


@given(TEXTS)
def test_what_need_not_be_cleaned_is_what_cleaning_gives(text: str) -> None:
    html = PLAIN.reset().convert(text)

    assert _cleaned(html) == _CLEANER.clean(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>a</p>",
        '<a href="javascript:x">a</a>',
        '<a href="https://e.vn" onclick="x">a</a>',
        '<a href="//e.vn">a</a>',
        "<script>",
        "<p>&lt;</p>",
        "<p",
        '<p>">',
    ],
)
def test_only_bare_tags_and_plain_links_need_not_be_cleaned(html: str) -> None:
    assert not _BARE.fullmatch(html)


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    RENDERER.render("[x]: https://example.com\n\n![](anh-9.jpg)", {})
    body, complaints = RENDERER.render("[x][x]", {})

    assert body.parts == ("<p>[x][x]</p>",)
    assert complaints == ()


def test_a_photo_in_the_text_may_have_a_caption_of_its_own_there() -> None:
    body, complaints = RENDERER.render(
        'Một\n\n![mô tả](a.jpg "Ký <xong> & bắt tay")\n\n![](b.jpg)', {"a.jpg": 1, "b.jpg": 2}
    )

    assert (body.parts[1:], complaints) == ((Placed(1, "Ký <xong> & bắt tay"), 2), ())
    assert photos_in(body.parts) == {1, 2}
