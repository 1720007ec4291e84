"""Every type of page, as strictly as the site is served: wide and narrow, light and dark, with JavaScript and without.

One browser, one tab for each way of looking; the headers are those of `bulletins.publishing.serving`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from bulletins.publishing.serving import headers_of
from tools.page_types import PAGE_TYPES

SUMMARY, PACT = "vpqh-khoi-5-2022-summary", "bvhttdl-khoi-20-2024-pact"
TYPES = (
    "/",
    f"/ban-tin/{SUMMARY}/",
    f"/ban-tin/{PACT}/",
    "/khoi/",
    "/khoi/vpqh-khoi-5/",
    "/khoi/vpqh-khoi-5/2022/",
    "/khoi/bvhttdl-khoi-20/2024/",
    "/don-vi/",
    "/don-vi/vpqh-cuc-quan-tri-3/",
    "/nam/",
    "/nam/2023/",
    "/anh/",
    f"/anh/{SUMMARY}/",
    f"/anh/{SUMMARY}/anh-01/",
    "/lien-he/",
    "/tim-kiem/",
    "/thong-ke/",
    "/du-lieu/",
    "/en/",
    "/en/khoi/",
    "/en/thong-ke/",
    "/404.html",
)
WIDTHS = (320, 768, 1280)
FEW = {(320, "light", True), (1280, "dark", True), (768, "light", False)}
"""Ways of looking that show every width, both schemes, with JavaScript and without."""
LOOKS = [
    pytest.param(*look, marks=() if look in FEW else pytest.mark.long)
    for look in itertools.product(WIDTHS, ("light", "dark"), (True, False))
]
POLICY = "Content-Security-Policy"


def strictly(context: BrowserContext, site: str) -> tuple[list[str], list[str]]:
    """Serve the context's pages as the office's server does. Gives its complaints, and what it asks of other hosts."""
    complaints: list[str] = []
    elsewhere: list[str] = []

    def answer(route: Route) -> None:
        answered = route.fetch()
        path = re.sub(r"[?#].*", "", route.request.url.removeprefix(site))
        route.fulfill(response=answered, headers={**answered.headers, POLICY: headers_of(path)[POLICY]})

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "blob:", "data:")):
            elsewhere.append(request.url)

    context.route(re.compile(r"(/|\.html)$"), answer)
    context.on("request", asked)
    context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return complaints, elsewhere


def test_the_lightbox_opens_and_a_page_is_saved_whole_under_the_strict_policy(
    chromium: Browser, site: str, tmp_path: Path
) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        complaints, _ = strictly(context, site)
        page = context.new_page()
        page.goto(f"{site}/ban-tin/{SUMMARY}/", wait_until="load")
        with page.expect_download() as downloading:
            page.get_by_role("button", name="Lưu bài").click()
        saved = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(saved)
        page.locator("a[data-pswp-src]").first.click()
        page.wait_for_selector(".pswp--open .pswp__img")
        context.unroute_all(behavior="ignoreErrors")
    with chromium.new_context(offline=True, java_script_enabled=False) as alone:
        page = alone.new_page()
        page.goto(saved.as_uri(), wait_until="load")
        pictures = page.locator("main img").evaluate_all("all => all.map(one => one.naturalWidth > 100)")
        links = page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")

    assert complaints == []
    assert saved.name == f"{SUMMARY}.html"
    assert len(pictures) == 4 and all(pictures)
    assert [link for link in links if not link.startswith(("http", "mailto:"))] == []
    assert "<script" not in saved.read_text("utf-8")


def overflowing(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide


@pytest.mark.parametrize(("width", "scheme", "script"), LOOKS)
def test_every_type_of_page_keeps_nobody_out_under_the_strict_policy(
    width: int, scheme: Any, script: bool, chromium: Browser, site: str, axe: str
) -> None:
    options: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with chromium.new_context(**options, java_script_enabled=script, reduced_motion="reduce") as context:
        complaints, elsewhere = strictly(context, site)
        page = context.new_page()
        bad = [problem for address in TYPES for problem in problems(page, f"{site}{address}", axe if script else "")]
        context.unroute_all(behavior="ignoreErrors")

    assert bad == []
    assert complaints == []
    assert elsewhere == []


def problems(page: Page, address: str, axe: str) -> Iterator[str]:
    """What is wrong with a page: it scrolls sideways, or axe finds something (where scripts run)."""
    page.goto(address, wait_until="load")
    if overflowing(page):
        yield f"{address}: scrolls sideways"
    if axe:
        page.evaluate(axe)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        for one in found["violations"]:
            yield from (f"{address}: {one['id']}: {node['html'][:160]}" for node in one["nodes"])


@pytest.mark.parametrize("size", [24, 32])
def test_no_page_scrolls_sideways_where_the_reader_wants_large_letters(size: int, chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Page.enable")
        client.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        wide = []
        for address in TYPES:
            page.goto(f"{site}{address}", wait_until="load")
            wide += [address] if overflowing(page) else []
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{size}px"

    assert wide == []


def test_figures_of_a_table_stand_under_each_other_behind_their_labels_on_a_telephone(
    chromium: Browser, site: str
) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{site}/khoi/vpqh-khoi-5/", wait_until="load")
        sides = page.locator(".stacking td").evaluate_all("cells => cells.map(one => getComputedStyle(one).textAlign)")

    assert set(sides) == {"left"}


def test_every_type_of_page_is_one_that_the_site_has(site: str) -> None:
    """Commands that look at pages pick one of each type by its address; they know all of these types."""
    known = [re.compile(pattern) for pattern in PAGE_TYPES.values()]

    assert [address for address in TYPES if not any(pattern.fullmatch(address) for pattern in known)] == []


def test_where_a_reader_forces_colours_nothing_is_told_by_a_background_alone(chromium: Browser, site: str) -> None:
    """Roles, steps and bars keep an edge or a fill of the reader's own colours (`forced-colors`)."""
    with chromium.new_context(viewport={"width": 390, "height": 780}, forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site}/khoi/bvhttdl-khoi-20/2024/", wait_until="load")
        edges = {name: page.locator(name).first.evaluate(EDGE) for name in (".badge", ".chip[aria-current]")}
        told, open_ = (page.locator(step).first.evaluate(STEP) for step in (".step-told", ".step:not(.step-told)"))
        page.goto(f"{site}/thong-ke/", wait_until="load")
        bar, ground = (page.locator(f".{name}").first.evaluate(FILL) for name in ("bar-part", "bar-track"))

    assert all(float(width.removesuffix("px")) >= 1 for width in edges.values())
    assert told != open_
    assert bar != ground


STEP = "one => [getComputedStyle(one, '::before').borderTopWidth, getComputedStyle(one, '::before').borderTopStyle]"
EDGE = "one => getComputedStyle(one).borderTopWidth"
FILL = "one => getComputedStyle(one).fill"


def test_nothing_moves_where_a_reader_wants_no_motion(chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        moving = []
        for address in TYPES:
            page.goto(f"{site}{address}", wait_until="load")
            moving += page.evaluate(MOVING)

    assert moving == []


MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.transitionDuration.split(",").some(time => parseFloat(time) > 0);
}).map(one => location.pathname + " " + one.className)"""
