"""What holds for every page of the site: head, landmarks, headings, tables, pictures, and no request elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser, Route

from bulletins.domain.model import StaticPage
from bulletins.settings import Settings
from tests.builders import bulletin, library
from tests.pages.builders import SETTINGS, THEME, full_library, html_of, made, parsed, words

FILES = made(full_library("Chữ “đủ” dấu"))
PAGES = {path: parsed(html) for path, html in html_of(FILES).items()}
OF_NO_BLOC = {"bloc": None, "host": "so-mau", "years": {}, "ceremony": {"kinds": ["gathering"]}}
NO_CAPTION = [{"file": "a.jpg", "alt": "Hội trường", "where": "gallery"}]
AWARD = {"form": "bang_khen", "units": ["phong-mot"]}
SHORT = library(
    bulletin(photos=NO_CAPTION, awards=[AWARD]),
    bulletin("b", **OF_NO_BLOC),
    bulletin("c", bloc="khoi-2", years={"plan": 2024}),
)
SHORTEST = {path: parsed(html) for path, html in html_of(made(SHORT)).items()}
page = pytest.mark.parametrize("path", sorted(PAGES))


def address_of(path: str) -> str:
    return f"{SETTINGS.site_url}/{path.removesuffix('index.html')}"


def meta(document: Element, name: str) -> list[str]:
    found = (m for m in document.iter("meta") if name in (m.get("name"), m.get("property")))
    return [m.attrib["content"] for m in found]


def linked(document: Element, rel: str) -> list[str]:
    return [link.attrib["href"] for link in document.iter("link") if link.get("rel") == rel]


def structured(document: Element) -> Any:
    """What the page says in JSON-LD."""
    [script] = (script for script in document.iter("script") if script.get("type") == "application/ld+json")
    return json.loads(script.text or "")


@page
def test_a_page_has_one_main_heading_and_skips_no_level(path: str) -> None:
    levels = [int(element.tag[1]) for element in PAGES[path].iter() if re.fullmatch("h[1-6]", str(element.tag))]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@page
def test_a_page_says_its_language_its_title_and_its_address(path: str) -> None:
    document = PAGES[path]
    title = document.find(".//title")

    assert document.get("lang") == ("en" if path.startswith("en/") else "vi")
    assert title is not None and words(title).strip("– ")
    assert linked(document, "canonical") == [address_of(path)] == meta(document, "og:url")
    assert len(meta(document, "viewport")) == 1


@page
def test_a_page_that_is_to_be_found_describes_itself(path: str) -> None:
    described = len(meta(PAGES[path], "description")) == len(meta(PAGES[path], "og:description")) == 1

    assert described or meta(PAGES[path], "robots") == ["noindex"]


@page
def test_a_page_says_in_json_ld_what_it_is_and_where(path: str) -> None:
    data = structured(PAGES[path])

    assert data["@context"] == "https://schema.org"
    assert data["url"] == address_of(path)
    assert data["@type"] in ("WebPage", "NewsArticle", "Organization", "ImageGallery", "ImageObject")


@page
def test_the_path_that_readers_see_is_the_one_in_json_ld(path: str) -> None:
    data = structured(PAGES[path])
    its_page = data if data["@type"] == "WebPage" else data["mainEntityOfPage"]
    steps = its_page.get("breadcrumb", {}).get("itemListElement", [])
    seen = [link for nav in PAGES[path].iterfind(".//nav[@class='crumbs']") for link in nav.iter("a")]
    of_their_own = re.match(r"(ban-tin|anh|don-vi|khoi|nam)/(?!trang)[^/]+/(?!trang)", path)

    assert its_page["@id"] == address_of(path)
    assert bool(steps) == bool(of_their_own and not meta(PAGES[path], "robots"))
    if steps:
        ways = [("".join(link.itertext()), SETTINGS.site_url + link.attrib["href"]) for link in seen]
        assert [(step["name"], step["item"]) for step in steps[:-1]] == ways
        assert (steps[-1]["item"], steps[-1]["position"]) == (address_of(path), len(steps))


def test_a_photo_without_a_licence_claims_none_and_an_article_says_what_it_rests_on() -> None:
    photos = [{"file": "a.jpg", "alt": "Ba người"}, {"file": "b.jpg", "alt": "Hai người", "license": "CC BY 4.0"}]
    one = bulletin(source={"publisher": "Báo Mẫu", "url": "https://bao.example/1.html"}, photos=photos)
    files = made(library(one))
    article, *of_photos = (
        structured(parsed(files[f"{path}/index.html"].decode()))
        for path in ("ban-tin/khoi-1-2023-pact", "anh/khoi-1-2023-pact/a", "anh/khoi-1-2023-pact/b")
    )

    assert article["isBasedOn"] == "https://bao.example/1.html"
    assert article["@id"] == "https://thidua.example.vn/ban-tin/khoi-1-2023-pact/"
    assert [photo.get("license") for photo in of_photos] == [None, "CC BY 4.0"]


def test_the_article_of_a_bulletin_is_about_its_ceremony() -> None:
    one = bulletin(published="2023-03-03 08:30", expires="2023-04-30")
    html = made(library(one))["ban-tin/khoi-1-2023-pact/index.html"].decode()
    data = structured(parsed(html))

    assert data["datePublished"] == "2023-03-03T08:30:00+07:00"
    assert data["expires"] == "2023-04-30"
    assert data["about"]["startDate"] == "2023-03-02"
    assert data["about"]["organizer"]["@id"] == "https://thidua.example.vn/khoi/khoi-1/"
    assert "location" not in data["about"]


@page
def test_a_page_has_its_landmarks_and_a_way_past_the_menu(path: str) -> None:
    tags = Counter(element.tag for element in PAGES[path].iter())
    first = next(PAGES[path].iter("a"))

    assert tags["main"] == 1
    assert first.get("href") == "#noi-dung"


@page
def test_no_identifier_stands_twice_and_every_label_refers_to_one(path: str) -> None:
    ids = Counter(element.attrib["id"] for element in PAGES[path].iter() if "id" in element.attrib)
    labels = {element.get("aria-labelledby") for element in PAGES[path].iter()} - {None}

    assert [name for name, count in ids.items() if count > 1] == []
    assert labels <= set(ids)


FILLED = {
    "p",
    "li",
    "ul",
    "ol",
    "dl",
    "dd",
    "dt",
    "section",
    "figcaption",
    "div",
    "nav",
    "table",
    "td",
    "th",
    "caption",
    "a",
}
MEANT = {"img", "svg", "input", "output"}


def is_empty(element: Element) -> bool:
    """Whether an element that readers meet, but for what the search page fills, says and shows nothing."""
    shown = "".join(element.itertext()).strip() or any(part.tag in MEANT for part in element.iter())
    return element.tag in FILLED and not shown and element.get("id") not in ("ket-qua", "tinh-trang")


@pytest.mark.parametrize("pages", [PAGES, SHORTEST], ids=["full", "shortest"])
def test_no_page_has_a_part_that_is_empty_or_two_links_of_one_name(pages: dict[str, Element]) -> None:
    empty = {path: [part.attrib for part in page.iter() if is_empty(part)] for path, page in pages.items()}
    data = pages["du-lieu/index.html"].find(".//table")
    names = [words(link) for link in data.iter("a")] if data is not None else []

    assert {path: parts for path, parts in empty.items() if parts} == {}
    assert len(names) == len(set(names)) > 10


@page
def test_a_table_has_a_caption_and_its_headers_a_scope(path: str) -> None:
    for table in PAGES[path].iter("table"):
        assert table.find("caption") is not None
        assert all(header.get("scope") in ("row", "col") for header in table.iter("th"))


@page
def test_a_picture_has_its_sizes_and_a_text_in_its_place(path: str) -> None:
    for image in PAGES[path].iter("img"):
        assert {"alt", "width", "height", "srcset", "sizes"} <= set(image.attrib)


@page
def test_a_page_asks_nothing_of_another_host(path: str) -> None:
    asking = [e.get("src") or e.get("href") or "" for e in PAGES[path].iter() if e.tag in ("img", "script", "source")]
    asking += [address for rel in ("stylesheet", "icon", "preload") for address in linked(PAGES[path], rel)]

    assert [address for address in asking if "//" in address] == []
    types = {script.get("type") for script in PAGES[path].iter("script")}
    assert types <= {"application/ld+json", "application/json", "module"}


def test_the_style_sheet_asks_nothing_of_another_host_and_its_files_are_there() -> None:
    style = FILES["theme/site.css"].decode()
    named = set(re.findall(r'url\("([^"]+)"\)', style))

    assert named and {f"theme/{name}" for name in named} <= set(FILES)
    assert "@import" not in style


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("ban-tin/khoi-1-2023-pact/index.html", "/api/v1/bulletins/khoi-1-2023-pact.json"),
        ("khoi/khoi-1/index.html", "/api/v1/blocs/khoi-1.json"),
        ("khoi/khoi-1/2023/index.html", "/api/v1/blocs/khoi-1/2023.json"),
        ("don-vi/phong-mot/index.html", "/api/v1/units/phong-mot.json"),
        ("nam/2023/index.html", "/api/v1/years/2023.json"),
    ],
)
def test_a_page_leads_to_its_data_and_its_feed(path: str, data: str) -> None:
    page = "" if "/20" in path or path.startswith("ban-tin/") else path.removesuffix("index.html")
    feeds = f"/{path.removesuffix('index.html') if path.startswith('nam/') else page}feed"

    assert linked(PAGES[path], "alternate") == [data, f"{feeds}.xml", f"{feeds}.json"]


def test_a_site_below_a_folder_keeps_its_links_below_it() -> None:
    files = made(full_library("Chữ"), Settings(site_url="https://example.vn/thi-dua"))
    for html in html_of(files).values():
        inside = [e.attrib[name] for e in parsed(html).iter() for name in ("href", "src") if name in e.attrib]

        assert [address for address in inside if address.startswith("/") and not address.startswith("/thi-dua/")] == []


def test_the_menu_marks_where_the_reader_is() -> None:
    menu = PAGES["khoi/index.html"].find(".//nav[@class='menu']")

    assert menu is not None
    assert [link.get("aria-current") for link in menu.iter("a")] == [None, "page", None, None, None]


def test_the_footer_names_the_publisher_and_links_only_to_pages_that_exist() -> None:
    one = StaticPage("tro-nang", "Trợ năng", "", "<p>x</p>", "d")
    files = made(library(bulletin()), pages=[one])
    foot = parsed(files["index.html"].decode()).find(".//footer")

    assert foot is not None
    assert "Văn phòng Mẫu" in words(foot)
    assert [link.get("href") for link in foot.iter("a")] == ["/tro-nang/", "/thong-ke/", "/du-lieu/"]


def test_a_preview_says_so_and_asks_not_to_be_indexed() -> None:
    document = parsed(made(library(bulletin()), Settings(drafts=True))["index.html"].decode())

    assert meta(document, "robots") == ["noindex"]
    assert "xem thử" in words(document)


TYPES = {"css": "text/css", "svg": "image/svg+xml", "html": "text/html"}
LONG = "Trung tâm Nghiên cứu, Bồi dưỡng và Phát triển nguồn nhân lực (https://example.vn/mot-dia-chi-rat-dai-khong-co-cho-ngat)"


def test_no_page_scrolls_sideways_on_the_narrowest_phone_or_asks_another_host(chromium: Browser) -> None:
    files = made(full_library(LONG))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        path = route.request.url.removeprefix(SETTINGS.site_url).lstrip("/")
        name = f"{path}index.html" if not path or path.endswith("/") else path
        kind = TYPES.get(name.rpartition(".")[2], "font/woff2")
        route.fulfill(status=200 if name in files else 404, body=files.get(name, b""), content_type=kind)

    tab = chromium.new_page(viewport={"width": 320, "height": 640})
    tab.route("**/*", answer)
    wide = []
    for path in html_of(files):
        tab.goto(address_of(path))
        wide += [path] if tab.evaluate("document.documentElement.scrollWidth") > 320 else []
    tab.close()

    assert wide == []
    assert [url for url in asked if not url.startswith(SETTINGS.site_url)] == []


def test_a_photo_page_leads_to_its_neighbours_and_back() -> None:
    document = PAGES["anh/khoi-1-2023-pact/inline/index.html"]

    assert linked(document, "prev") == ["/anh/khoi-1-2023-pact/lead/"]
    assert linked(document, "next") == ["/anh/khoi-1-2023-pact/gallery/"]
    assert "/anh/khoi-1-2023-pact/" in [link.get("href") for link in document.iter("a")]


def test_a_bulletin_without_photos_has_no_gallery() -> None:
    files = made(library(bulletin()))

    assert "anh/khoi-1-2023-pact/index.html" not in files
    assert "Chưa có ảnh" in words(parsed(files["anh/index.html"].decode()))


def test_the_style_sheet_of_every_page_is_light() -> None:
    assert (THEME / "static" / "site.css").stat().st_size <= 30 * 1024
