"""A site as large as a ministry's: no page outgrows a telephone, and nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.pages import plan as pages
from bulletins.pages.edition import Theme, site_inputs
from bulletins.pages.page_inputs import PageInputs
from bulletins.plan import Output
from tests.pages.builders import SETTINGS, THEME, links, parsed, picture, words

HOSTS, BLOCS, UNITS_OF_A_BLOC, YEARS = 8, 100, 6, range(2020, 2025)
HEAVIEST = 60_000
LONGEST = 20
"""Screens of a telephone."""
SCREEN = {"width": 390, "height": 780}


def register() -> Register:
    """Blocs of one name under several hosts, as ministries and provinces have them."""
    return Register(
        hosts=[Host.model_validate({"id": f"bo-{h}", "names": f"Bộ Mẫu thứ {h}"}) for h in range(HOSTS)],
        blocs=[
            Bloc.model_validate(
                {
                    "id": f"khoi-{b}",
                    "names": f"Khối thi đua số {b // HOSTS + 1}",
                    "host": f"bo-{b % HOSTS}",
                }
            )
            for b in range(BLOCS)
        ],
        units=[
            Unit.model_validate(
                {"id": f"vu-{b}-{u}", "names": f"Vụ Kế hoạch và Tổng hợp {b}.{u}", "parent": f"bo-{b % HOSTS}"}
            )
            for b in range(BLOCS)
            for u in range(UNITS_OF_A_BLOC)
        ],
    )


def bulletin(b: int, year: int, step: int) -> Bulletin:
    units = [f"vu-{b}-{u}" for u in range(UNITS_OF_A_BLOC)]
    fields: dict[str, Any] = {
        "id": f"khoi-{b}-{year}-{step}",
        "title": f"Khối thi đua số {b // HOSTS + 1} của Bộ Mẫu thứ {b % HOSTS} họp lần {step} trong năm {year}",
        "lead": "Các đơn vị trong khối cùng nhìn lại phong trào, bàn việc sắp tới và thống nhất cách phối hợp.",
        "bloc": f"khoi-{b}",
        "ceremony": {
            "kinds": ["summary" if step else "pact"],
            "date": f"{year}-{12 if step else 1 + b % 6:02}-{1 + b % 28:02}",
        },
        "years": {"reviewed": year} if step else {"pact": year},
        "bloc_years": [{"year": year, "head": units[year % 6], "members": {"complete": True, "list": units}}],
        "photos": [{"file": "a.jpg", "alt": "Hội trường", "where": "lead"}],
    }
    return Bulletin.model_validate(fields)


@cache
def inputs() -> PageInputs:
    told = [bulletin(b, year, step) for b in range(BLOCS) for year in YEARS for step in (0, 1)]
    library = Library(register(), told, {one.id: Body(("<p>Nội dung.</p>",), one.id) for one in told})
    pictures = {(one.id, 1): picture(f"/anh/{one.id}/anh-1-0123abcd") for one in told}
    return PageInputs(site_inputs((), SETTINGS, Theme(THEME)), library, (), pictures)


def made(lines: Iterable[Output]) -> dict[str, bytes]:
    return {path: data for line in lines for path, data in zip(line.paths, line.make(*line.inputs), strict=True)}


@cache
def site() -> dict[str, bytes]:
    """The pages that grow with the site, and one of each other kind."""
    wanted = inputs()
    groups = (
        pages.home_pages(wanted),
        pages.index_pages(wanted),
        pages.all_galleries_pages(wanted),
        pages.year_pages(wanted, 2023),
        pages.bloc_pages(wanted, "khoi-7"),
        pages.unit_pages(wanted, "vu-7-1"),
    )
    return {path: data for lines in groups for path, data in made(lines).items()}


def test_no_page_of_a_large_site_is_heavy() -> None:
    heavy = {path: len(data) for path, data in site().items() if len(data) > HEAVIEST}

    assert len(inputs().library.newest) == 1000
    assert heavy == {}


def test_every_unit_and_every_bulletin_of_a_year_stands_on_some_page() -> None:
    listed = {
        link for path, data in site().items() if path.startswith("don-vi/") for link in links(parsed(data.decode()))
    }
    of_year = {
        link for path, data in site().items() if path.startswith("nam/2023/") for link in links(parsed(data.decode()))
    }

    assert {f"/don-vi/vu-{b}-{u}/" for b in range(BLOCS) for u in range(UNITS_OF_A_BLOC)} <= listed
    assert {f"/ban-tin/khoi-{b}-2023-{step}/" for b in range(BLOCS) for step in (0, 1)} <= of_year


def test_an_index_says_where_it_stands_and_leads_to_every_host() -> None:
    second = parsed(site()["don-vi/trang/2/index.html"].decode())
    jumps = [link.get("href") for link in second.find(".//nav[@class='jumps-nav']").iter("a")]  # type: ignore[union-attr]

    assert "Trang 2/3" in words(second)
    assert len(jumps) == HOSTS
    assert jumps[0] == "/don-vi/#nhom-bo-0" and "#nhom-bo-3" in jumps


def test_the_months_of_a_long_year_lead_to_where_they_begin() -> None:
    year = parsed(site()["nam/2023/index.html"].decode())
    (jumps,) = (found for found in year.iter("ul") if found.get("class") == "jumps" and "Tháng" in words(found))

    for link in jumps.iter("a"):
        address, _, anchor = link.attrib["href"].partition("#")
        page = parsed(site()[f"{address.lstrip('/')}index.html"].decode())
        assert [found for found in page.iter() if found.get("id") == anchor], link.attrib["href"]


def test_blocs_of_one_name_are_told_apart_by_their_host() -> None:
    assert "Khối thi đua số 1, Bộ Mẫu thứ 7" in words(parsed(site()["don-vi/vu-7-1/index.html"].decode()))
    assert len({bloc.short for bloc in inputs().blocs.values()}) == BLOCS
    assert "Bộ Mẫu thứ 7" in (parsed(site()["khoi/khoi-7/index.html"].decode()).findtext("head/title") or "")


def test_no_page_of_a_large_site_is_longer_than_a_thumb_scrolls(chromium: Browser) -> None:
    style = (THEME / "static" / "site.css").read_bytes()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SETTINGS.site_url).lstrip("/")
        name = f"{path}index.html" if not path or path.endswith("/") else path
        body = style if path.endswith("site.css") else site().get(name, b"")
        route.fulfill(status=200, body=body, content_type="text/css" if path.endswith("css") else "text/html")

    with chromium.new_context(viewport=SCREEN) as context:  # type: ignore[arg-type]
        context.route("**/*", answer)
        page = context.new_page()
        long = {}
        for path in site():
            if "/trang/" not in path or path.startswith(("don-vi/", "nam/2023/trang/2/")):
                page.goto(f"{SETTINGS.site_url}/{path.removesuffix('index.html')}", wait_until="load")
                height = page.evaluate("document.documentElement.scrollHeight")
                long.update({path: height} if height > LONGEST * SCREEN["height"] else {})

    assert long == {}


@pytest.mark.parametrize(("typed", "left"), [("tong hop 8.2", {"/don-vi/vu-8-2/"}), ("khong co", set())])
def test_the_filter_leaves_the_lines_that_hold_what_is_typed(typed: str, left: set[str], chromium: Browser) -> None:
    script = (THEME / "static" / "filter.js").read_text("utf-8")
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content(site()["don-vi/index.html"].decode())
        page.evaluate(f"(() => {{ {script} }})()")
        page.get_by_label("Lọc trong trang này").fill(typed)
        said = page.locator("output").inner_text()
        shown = page.locator(".line:visible a").evaluate_all("all => all.map(one => one.getAttribute('href'))")

    assert left <= set(shown)
    assert said == (f"Còn {len(shown)} dòng." if left else "Không có dòng nào.")
    assert bool(shown) is bool(left)
