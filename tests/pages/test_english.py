"""The structure in English: its own addresses, names in English where there are some, and ways between languages."""

from __future__ import annotations

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, StaticPage
from bulletins.domain.register import Bloc, Host, Register
from bulletins.settings import Settings
from tests.builders import bulletin
from tests.pages.builders import ABOUT, html_of, links, made, parsed, said

CONTACT = StaticPage("gioi-thieu", "About", "What this is.", "<p>Text</p>", "about-en", english=True)
BODIES = {bulletin().id: Body(("<p>Nội dung.</p>",), "body")}
REGISTER = Register(
    hosts=[Host.model_validate({"id": "so-mau", "names": "Sở Mẫu"})],
    blocs=[
        Bloc.model_validate(
            {"id": "khoi-1", "names": [{"name": "Khối Một", "en": "Bloc One"}], "number": 1, "host": "so-mau"}
        ),
        Bloc.model_validate({"id": "khoi-2", "names": ["Khối Hai"], "number": 2, "host": "so-mau"}),
    ],
    units=[],
)
FILES = made(Library(REGISTER, [bulletin()], BODIES), Settings(site_url="https://a.vn/tin"), pages=[ABOUT, CONTACT])
ENGLISH = {path: parsed(html) for path, html in html_of(FILES).items() if path.startswith("en/")}
STRUCTURE = ("", "khoi/", "don-vi/", "nam/", "thong-ke/", "du-lieu/", "gioi-thieu/")


def test_the_structure_and_nothing_else_is_there_in_english() -> None:
    assert set(ENGLISH) == {f"en/{address}index.html" for address in STRUCTURE}
    assert {page.get("lang") for page in ENGLISH.values()} == {"en"}


@pytest.mark.parametrize("address", STRUCTURE)
def test_each_form_of_a_page_names_both_and_leads_to_the_other(address: str) -> None:
    for path, other in ((f"en/{address}", f"/tin/{address}"), (address, f"/tin/en/{address}")):
        page = parsed(FILES[f"{path}index.html"].decode())
        forms = {link.get("hreflang"): link.get("href") for link in page.iter("link") if link.get("hreflang")}

        assert forms == {"vi": f"https://a.vn/tin/{address}", "en": f"https://a.vn/tin/en/{address}"}
        assert other in [link.get("href") for link in page.iter("a") if link.get("hreflang")]


def test_a_page_in_one_language_leads_to_the_english_home_and_claims_no_other_form() -> None:
    page = parsed(FILES["khoi/khoi-1/index.html"].decode())

    assert [link.get("href") for link in page.iter("a") if link.get("hreflang")] == ["/tin/en/"]
    assert [link for link in page.iter("link") if link.get("hreflang")] == []


def test_what_an_office_calls_itself_is_said_to_be_vietnamese_on_pages_in_english() -> None:
    settings = Settings(publisher="Văn phòng Mẫu", attribution="Văn phòng Mẫu")
    files = made(Library(REGISTER, [bulletin()], BODIES), settings, pages=[ABOUT, CONTACT])
    english, vietnamese = (parsed(files[f"{place}du-lieu/index.html"].decode()) for place in ("en/", ""))
    named = [part for part in english.iter() if (part.text or "").strip() in ("Văn phòng Mẫu", settings.site_name)]
    spoken = {part.tag for part in english.iter() if part.get("lang") == "vi"}

    assert len(named) >= 5
    assert {"span", "p", "dd"} <= spoken
    assert [part for part in vietnamese.iter() if part.get("lang") == "vi"] == [vietnamese]


def test_every_link_from_english_to_vietnamese_says_so() -> None:
    leading_out = {
        (link.attrib["href"], link.get("hreflang"))
        for page in ENGLISH.values()
        for link in page.iter("a")
        if link.attrib["href"].endswith("/") and not link.attrib["href"].startswith("/tin/en/")
    }

    assert ("/tin/khoi/khoi-1/", "vi") in leading_out
    assert {language for _, language in leading_out} == {"vi"}


def test_a_name_is_english_where_the_register_has_it_and_else_marked_as_vietnamese() -> None:
    names = {"".join(a.itertext()): a.get("lang") for a in ENGLISH["en/khoi/index.html"].iter("a")}

    assert (names["Bloc One"], names["Khối Hai"]) == (None, "vi")
    assert "Bloc One" not in said(FILES, "khoi/index.html")


def test_every_link_of_an_english_page_leads_somewhere() -> None:
    pages = {f"/tin/{path.removesuffix('index.html')}" for path in html_of(FILES)}
    targets = {link for page in ENGLISH.values() for link in links(page) if link.endswith("/")}

    assert targets and targets - pages == set()


def test_a_site_in_english_has_no_second_structure() -> None:
    files = made(Library(REGISTER, [bulletin()], BODIES), Settings(language="en"), pages=[ABOUT])

    assert [path for path in files if path.startswith("en/")] == []


def test_a_later_page_of_the_home_page_has_no_english_form_that_is_not_there() -> None:
    two = Library(REGISTER, [bulletin("mot"), bulletin("hai")], dict.fromkeys(("mot", "hai"), BODIES[bulletin().id]))
    files = made(two, Settings(site_url="https://a.vn", list_length=1), pages=[ABOUT, CONTACT])

    assert "trang/2/index.html" in files
    assert b"/en/trang/" not in files["trang/2/index.html"]
