"""Whatever an author types comes out of the JSON as it went in, and stays text inside `content_html`."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from bulletins.domain.model import Body, Bulletin
from bulletins.indexes import bulletin as bulletins
from bulletins.indexes.shape import Terms, encoded_json
from tests.builders import bulletin
from tests.indexes import sample

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
HOSTILE = "</figcaption><script>alert(1)</script>\" onerror='x' &amp; ]]>"
TERMS = Terms.of(sample.SETTINGS)


def made(one: Bulletin, body: Body) -> Any:
    """The bulletin's document, read back."""
    picture = sample.picture(one.id, 1)
    (data,) = bulletins.bulletin(TERMS, one, body, (), (picture,) * len(one.photos))
    return json.loads(data)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_json_composed(first: str, second: str) -> None:
    try:
        one = bulletin(title=first, lead=second, themes=[first], photos=[{"file": "1.jpg", "alt": second}])
    except ValidationError:
        assume(False)
    told = made(one, Body((first,), "body"))

    assert told["title"] == told["themes"][0]["text"] == composed(one.title)
    assert told["lead"] == told["photos"][0]["alt"] == composed(one.lead)
    assert told["content_html"] == composed(first)


@given(st.dictionaries(TEXTS, st.lists(TEXTS)))
def test_a_plain_object_comes_back_composed(value: dict[str, list[str]]) -> None:
    told = json.loads(encoded_json(value))

    assert told == {composed(key): [composed(text) for text in texts] for key, texts in value.items()}


def test_an_accent_after_a_newline_breaks_nothing() -> None:
    assert json.loads(encoded_json({"x": "e\u0301\n\u0301"})) == {"x": "é\n\u0301"}


@pytest.mark.parametrize("field", ["alt", "caption"])
def test_what_is_typed_about_a_photo_stays_text(field: str) -> None:
    photo = {"file": "1.jpg", "alt": "Ảnh", "caption": "Chú thích"} | {field: HOSTILE}
    told = made(bulletin(photos=[photo]), Body((1,), "body"))
    root = html5lib.parseFragment(told["content_html"], namespaceHTMLElements=False)
    image, caption = root.find("figure/img"), root.find("figure/figcaption")

    assert [element.tag for element in root.iter()][1:] == ["figure", "img", "figcaption"]
    assert set(image.attrib) == {"src", "alt", "width", "height"}
    assert {"alt": image.get("alt"), "caption": caption.text}[field] == HOSTILE


def test_a_photo_in_the_text_is_the_widest_jpeg_that_suits_a_text() -> None:
    told = made(bulletin(photos=[{"file": "1.jpg", "alt": "Ảnh"}]), Body(("<p>Trước.</p>", 1, "<p>Sau.</p>"), "body"))
    root = html5lib.parseFragment(told["content_html"], namespaceHTMLElements=False)
    image = root.find("figure/img")

    assert [element.tag for element in root] == ["p", "figure", "p"]
    assert dict(image.attrib) == {
        "src": "https://bantin.example/anh/khoi-1-2023-pact/1-1600.jpg",
        "alt": "Ảnh",
        "width": "1600",
        "height": "1200",
    }
