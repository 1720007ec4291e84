"""Galleries and pages of photos: what they show of each photo, to people and to search engines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Placed
from bulletins.domain.pictures import Picture, Rendition
from bulletins.pages.edition import Theme, edition
from bulletins.pages.environment import environment
from bulletins.pages.plan import plan
from bulletins.pages.views.common import figure, tone
from bulletins.plan import laid_out
from tests.builders import bulletin, library, register
from tests.pages.builders import ABOUT, SETTINGS, THEME, parsed, picture, words

PHOTOS = [
    {"file": "1.jpg", "alt": "Ba người ký", "caption": "Ký giao ước", "credit": "Lê An"},
    {"file": "2.jpg", "alt": "Hội trường", "shows": ["Khối trưởng"], "license": "https://x.vn/giay-phep/"},
]
ONE = bulletin(photos=PHOTOS)
GALLERY = "anh/khoi-1-2023-pact/index.html"


def seen(n: int) -> Picture:
    crops = [Rendition(f"/anh/a/{n}-{name}.jpg", "image/jpeg", *size) for name, size in SIZES.items()]
    return replace(picture(f"/anh/a/{n}"), social=crops[0], square=crops[1], colour="#8c1c23")


SIZES = {"card": (1200, 630), "square": (400, 400)}


def pages(told: Library) -> dict[str, Element]:
    """Every page of a library in which each photo has all its files."""
    pictures = {(one.id, n): seen(n) for one in told.newest for n in range(1, one.photo_count + 1)}
    lines = laid_out(plan(told, [ABOUT], pictures, SETTINGS, Theme(THEME)))
    made = {path: data for line in lines for path, data in zip(line.paths, line.make(*line.inputs), strict=True)}
    return {path: parsed(data.decode()) for path, data in made.items() if path.endswith(".html")}


SITE = pages(library(ONE))


def structured(path: str) -> Any:
    scripts = (one for one in SITE[path].iter("script") if one.get("type") == "application/ld+json")
    return json.loads(next(scripts).text or "")


def meta(path: str, name: str) -> str | None:
    return next((one.get("content") for one in SITE[path].iter("meta") if one.get("property") == name), None)


def test_a_gallery_is_told_to_search_engines_with_every_photo() -> None:
    told = structured(GALLERY)
    first, second = told["image"]

    assert (told["@type"], told["about"]["url"]) == ("ImageGallery", f"{SETTINGS.site_url}/ban-tin/khoi-1-2023-pact/")
    assert (first["@type"], first["caption"], first["creditText"]) == ("ImageObject", "Ký giao ước", "Lê An")
    assert (first["contentUrl"], first["width"]["value"]) == (f"{SETTINGS.site_url}/anh/a/1-1600.jpg", 1600)
    assert second["thumbnailUrl"] == f"{SETTINGS.site_url}/anh/a/2-square.jpg"
    assert second["license"] == "https://x.vn/giay-phep/"


def test_a_photos_page_is_told_to_search_engines_as_that_photo() -> None:
    told = structured("anh/khoi-1-2023-pact/2/index.html")

    assert (told["@type"], told["representativeOfPage"]) == ("ImageObject", True)
    assert told["associatedArticle"]["headline"] == ONE.title


def test_a_photos_page_says_who_is_seen_and_its_licence() -> None:
    shown = words(SITE["anh/khoi-1-2023-pact/2/index.html"])

    assert "Trong ảnh: Khối trưởng" in shown
    assert "Giấy phép: https://x.vn/giay-phep/" in shown


@pytest.mark.parametrize("path", [GALLERY, "ban-tin/khoi-1-2023-pact/index.html", "anh/khoi-1-2023-pact/2/index.html"])
def test_other_sites_show_the_crop_made_for_them(path: str) -> None:
    assert (meta(path, "og:image") or "").endswith("-card.jpg")
    assert (meta(path, "og:image:width"), meta(path, "og:image:height")) == ("1200", "630")


@pytest.mark.parametrize("path", ["khoi/khoi-1/index.html", "nam/2023/index.html"])
def test_the_pages_of_blocs_and_years_lead_to_the_galleries_of_their_bulletins(path: str) -> None:
    assert "/anh/khoi-1-2023-pact/" in [link.get("href") for link in SITE[path].iter("a")]


@pytest.mark.parametrize("path", ["khoi/khoi-1/index.html", "khoi/khoi-1/2023/index.html"])
def test_the_pages_of_a_bloc_show_photos_of_the_year_that_open_in_the_lightbox(path: str) -> None:
    (strip,) = (place for place in SITE[path].iter("ul") if place.get("class") == "strip")
    addresses = [link.get("href") for link in strip.iter("a")]

    assert addresses[:2] == ["/anh/khoi-1-2023-pact/1/", "/anh/khoi-1-2023-pact/2/"]
    assert "data-lightbox" in strip.attrib


def test_galleries_stand_on_the_page_of_a_unit_that_its_bulletins_name() -> None:
    told = bulletin(photos=PHOTOS, bloc_years=[{"year": "2023", "head": "phong-mot"}])
    links = [link.get("href") for link in pages(library(told))["don-vi/phong-mot/index.html"].iter("a")]

    assert "/anh/khoi-1-2023-pact/" in links


def test_the_lightbox_has_the_widest_file_its_size_and_the_words_of_the_site() -> None:
    (place,) = (one for one in SITE[GALLERY].iter() if "data-lightbox" in one.attrib)
    first = next(link for link in place.iter("a"))

    assert first.get("href") == "/anh/khoi-1-2023-pact/1/"
    assert (first.get("data-pswp-src"), first.get("data-pswp-width")) == ("/anh/a/1-1600.webp", "1600")
    assert (place.get("data-close"), place.get("data-name")) == ("Đóng", "Ảnh phóng to")


@pytest.mark.parametrize("path", ["index.html", "nam/2023/index.html", "anh/khoi-1-2023-pact/1/index.html"])
def test_a_page_without_a_lightbox_loads_no_script(path: str) -> None:
    assert [script.get("src") for script in SITE[path].iter("script") if script.get("src")] == []


def test_a_photo_in_the_text_shows_the_caption_written_there() -> None:
    body = Body(("<p>Thân bài.</p>", Placed(1, "Phút bắt tay"), 2), "b")
    page = pages(Library(register(), [ONE], {ONE.id: body}))["ban-tin/khoi-1-2023-pact/index.html"]
    captions = [words(one) for one in page.iter("figcaption")]

    assert captions == ["Phút bắt tay Ảnh: Lê An"]


@pytest.mark.parametrize(
    ("colour", "expected"),
    [("#000000", "tone-000"), ("#ffffff", "tone-444"), ("#8c1c23", "tone-201"), ("#40bf80", "tone-132"), ("", "")],
)
def test_a_colour_is_one_of_a_few_classes(colour: str, expected: str) -> None:
    assert tone(colour) == expected


def test_the_style_sheet_has_every_colour() -> None:
    style = (THEME / "static" / "gallery.css").read_text("utf-8")
    steps = range(0, 256, 51)

    assert {tone(f"#{r:02x}{g:02x}{b:02x}") for r in steps for g in steps for b in steps} <= {
        line[1:9] for line in style.splitlines() if line.startswith(".tone-")
    }


@pytest.mark.parametrize(
    ("credit", "drawn"), [("Ảnh minh hoạ: Lê An", True), ("Minh họa", True), ("Lê Minh Hoa", False)]
)
def test_a_picture_that_is_no_photo_of_the_event_says_so_wherever_it_is_shown(credit: str, drawn: bool) -> None:
    site = pages(library(bulletin(photos=[{"file": "1.jpg", "alt": "Ba người ký", "credit": credit}])))
    lists = ("index.html", "anh/index.html", "khoi/khoi-1/index.html")

    assert [path for path in lists if "ảnh minh họa" not in words(site[path]).lower()] == ([] if drawn else [*lists])
    assert all(credit in words(site[path]) for path in (GALLERY, "ban-tin/khoi-1-2023-pact/index.html"))


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((1600, 1067), "photo"),
        ((800, 1000), "photo upright"),
        ((800, 1500), "photo slender"),
        ((703, 500), "photo small"),
        ((400, 500), "photo upright small"),
        ((300, 600), "photo slender small"),
    ],
)
def test_a_photo_is_never_made_wider_than_it_is_and_an_upright_one_stays_narrow(
    size: tuple[int, int], shape: str
) -> None:
    """The style sheet gives a figure its width by these classes."""
    ours = edition(Theme(THEME), SETTINGS, ())
    shown = figure(ours, "/anh/a/1/", ONE.photos[0], Picture(*size, picture("/anh/a/1").renditions, ""))
    macros: Any = environment(ours).get_template("macros.html").module

    assert f'<figure class="{shape}">' in macros.figure(shown, "92vw")
