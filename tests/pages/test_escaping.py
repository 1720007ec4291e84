"""Nothing an author types runs, in any field, on any page."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element

import pytest

from bulletins.settings import Settings
from tests.pages.builders import full_library, html_of, made, parsed

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% raw %}%(title)s %s",
    "javascript:alert(1)",
    "</title></main><svg onload=alert(1)>",
]


def running(document: Element) -> list[str]:
    """Elements and attributes through which a page could run something."""
    found = [element.tag for element in document.iter() if element.tag in ("iframe", "object", "embed")]
    modules = [{"type": "module", "src": f"/theme/{name}.js"} for name in ("gallery", "share", "filter", "search/page")]
    ours = (*modules, {"type": "application/ld+json"}, {"type": "application/json", "id": "chi-muc"})
    found += ["script" for script in document.iter("script") if script.attrib not in ours]
    found += ["script" for script in document.iter("script") if script.get("src") and script.text]
    attributes = [(name, value) for element in document.iter() for name, value in element.attrib.items()]
    found += [name for name, _ in attributes if name.lower().startswith("on")]
    found += [value for name, value in attributes if name in ("href", "src") and value.strip().startswith("javascript")]
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_runs_on_no_page(text: str) -> None:
    settings = Settings(site_name=text, publisher=text, attribution=text, contact=text, publish_recipients=True)
    for path, html in html_of(made(full_library(text), settings)).items():
        document = parsed(html)

        assert running(document) == [], path
        assert len(document.findall(".//main")) == 1, path


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_was_typed(text: str) -> None:
    html = made(full_library(text))["ban-tin/khoi-1-2023-pact/index.html"].decode()
    title = parsed(html).find(".//h1")

    assert title is not None and title.text == text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//nowhere.example", "ftp://x.example/"]
)
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    told = full_library("Chữ", source={"publisher": "Báo", "url": address}, related=[{"title": "Tin", "url": address}])

    assert address not in made(told)["ban-tin/khoi-1-2023-pact/index.html"].decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inside_the_data_for_search_engines(text: str) -> None:
    html = made(full_library(text))["ban-tin/khoi-1-2023-pact/index.html"].decode()
    scripts = (script for script in parsed(html).iter("script") if not script.get("src"))
    data = [json.loads(script.text or "") for script in scripts]

    assert [one["headline"] for one in data] == [text]
