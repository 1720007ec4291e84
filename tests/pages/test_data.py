"""The page for agencies: in Vietnamese and in English, with the office's own terms."""

from __future__ import annotations

from dataclasses import replace

from bulletins.settings import Settings
from tests.builders import bulletin, library
from tests.pages.builders import made, parsed, words

TERMS = Settings(
    site_url="https://thidua.example.vn",
    publisher="Văn phòng Mẫu",
    license="https://example.org/giay-phep/",
    attribution="Nguồn: Văn phòng Mẫu",
)
FILES = made(library(bulletin()), TERMS)


def test_the_page_names_publisher_licence_and_citation_in_both_languages() -> None:
    for path in ("du-lieu/index.html", "en/du-lieu/index.html"):
        shown = words(parsed(FILES[path].decode()))

        assert all(term in shown for term in (TERMS.publisher, TERMS.license, TERMS.attribution))


def test_the_page_shows_how_to_follow_what_changes_in_both_languages() -> None:
    for path in ("du-lieu/index.html", "en/du-lieu/index.html"):
        shown = words(parsed(FILES[path].decode()))

        assert f"curl -s {TERMS.site_url}/api/v1/changes/index.json" in shown
        assert f"python3 mirror.py {TERMS.site_url}/ ban-sao --log" in shown


def test_each_language_leads_to_the_other() -> None:
    for path, other in (("du-lieu", "/en/du-lieu/"), ("en/du-lieu", "/du-lieu/")):
        page = parsed(FILES[f"{path}/index.html"].decode())

        assert other in [link.get("href") for link in page.iter("a") if link.get("hreflang")]
        assert {link.get("hreflang") for link in page.iter("link") if link.get("hreflang")} == {"vi", "en"}


def test_the_page_shows_the_public_key_where_releases_are_signed() -> None:
    key = "RWQxMjM0NTY3OAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    pages = made(library(bulletin()), replace(TERMS, public_key=key))

    for path in ("du-lieu/index.html", "en/du-lieu/index.html"):
        assert f"verify.py {TERMS.site_url}/ --key {key}" in words(parsed(pages[path].decode()))
        assert "minisig" not in FILES[path].decode()


def test_an_english_site_has_the_page_once() -> None:
    files = made(library(bulletin()), Settings(site_url="https://thidua.example.vn", language="en"))

    assert "du-lieu/index.html" in files and "en/du-lieu/index.html" not in files


def test_a_photo_without_a_licence_is_never_given_that_of_the_data() -> None:
    photo = {"file": "1.jpg", "alt": "Ký"}
    files = made(library(bulletin(photos=[photo])), TERMS)
    pages = [data.decode() for path, data in files.items() if path.startswith("anh/khoi-1-2023-pact/")]

    assert len(pages) == 2
    assert not any(f'"license": "{TERMS.license}"' in html for html in pages)
