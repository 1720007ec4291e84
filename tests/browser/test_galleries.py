"""Galleries for everybody: by keyboard alone, without JavaScript, on a narrow screen, and for screen readers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

BULLETIN = "vpqh-khoi-5-2022-summary"
GALLERY = f"/anh/{BULLETIN}/"
NARROW = {"width": 320, "height": 640}
PAGES = ["/anh/", GALLERY, f"{GALLERY}anh-01/", f"/ban-tin/{BULLETIN}/", "/khoi/vpqh-khoi-5/", "/nam/2022/",
         "/don-vi/vpqh-cuc-quan-tri-3/"]  # fmt: skip
DIALOG = ".pswp--open"


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


def with_lightbox(context: BrowserContext, address: str) -> Page:
    """The page with its second photo enlarged, by the keyboard."""
    page = opened(context, address)
    page.locator("a[data-pswp-src]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(DIALOG)
    page.wait_for_selector(".pswp__caption:not(:empty)")
    return page


def follow(page: Page, link: Locator) -> str:
    """The address the link leads to, once its page is there: a click by itself does not wait for it."""
    with page.expect_navigation(wait_until="load"):
        link.click()
    return page.url


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practices, each with its place."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]


def test_a_gallery_is_walked_by_the_keyboard_alone(context: BrowserContext, site: str) -> None:
    page = with_lightbox(context, f"{site}{GALLERY}")
    counter = page.locator(".pswp__counter")

    expect(counter).to_have_text("2 / 4")
    for key, shown in (("ArrowRight", "3 / 4"), ("ArrowRight", "4 / 4"), ("ArrowLeft", "3 / 4")):
        page.keyboard.press(key)
        expect(counter).to_have_text(shown)
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_have_count(0)
    expect(page.locator(f'main a[href="{GALLERY}anh-02/"]')).to_be_focused()


def test_the_focus_stays_in_the_lightbox_and_its_buttons_speak_vietnamese(context: BrowserContext, site: str) -> None:
    page = with_lightbox(context, f"{site}{GALLERY}")
    names = set()
    for _ in range(8):
        page.keyboard.press("Tab")
        names.add(page.evaluate("document.activeElement.title || document.activeElement.getAttribute('aria-label')"))
        assert page.evaluate("document.activeElement.closest('.pswp') !== null")

    assert {"Đóng", "Ảnh trước", "Ảnh sau"} <= names


def test_the_lightbox_is_a_dialog_with_a_name_and_shows_caption_and_credit(context: BrowserContext, site: str) -> None:
    page = with_lightbox(context, f"{site}{GALLERY}")
    dialog = page.get_by_role("dialog", name="Ảnh phóng to")
    below = page.locator("figcaption").nth(1).inner_text()

    assert dialog.get_attribute("aria-modal") == "true"
    assert page.locator(".pswp__caption").inner_text().split() == below.split()


@pytest.mark.parametrize("address", [GALLERY, f"/ban-tin/{BULLETIN}/"])
def test_nothing_keeps_anybody_out_while_the_lightbox_is_open(
    address: str, context: BrowserContext, site: str, axe: str
) -> None:
    assert violations(with_lightbox(context, f"{site}{address}"), axe) == []


@pytest.mark.long
@pytest.mark.parametrize("address", PAGES)
def test_nothing_keeps_anybody_out_of_pages_with_photos(
    address: str, context: BrowserContext, site: str, axe: str
) -> None:
    assert violations(opened(context, f"{site}{address}"), axe) == []


def test_without_javascript_every_photo_has_its_page_with_a_way_on(chromium: Browser, site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = opened(context, f"{site}{GALLERY}")
        visited = [follow(page, page.locator("main figure a").first)]
        while (following := page.locator('main a[rel="next"]')).count():
            visited.append(follow(page, following))

        assert visited == [f"{site}{GALLERY}anh-0{n}/" for n in range(1, 5)]
        back = page.get_by_role("main").get_by_role("link", name="Đọc bản tin")
        assert follow(page, back) == f"{site}/ban-tin/{BULLETIN}/"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_photos_fits_a_narrow_screen(address: str, chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport=NARROW) as context:  # type: ignore[arg-type]
        page = opened(context, f"{site}{address}")

        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_lightbox_fits_a_narrow_screen(chromium: Browser, site: str) -> None:
    with chromium.new_context(viewport=NARROW, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = with_lightbox(context, f"{site}{GALLERY}")
        parts = (".pswp__button--close", ".pswp__caption", '.pswp__item[aria-hidden="false"] .pswp__img')
        for part in parts:
            page.locator(part).last.wait_for()
        boxes = [page.locator(part).last.bounding_box() for part in parts]

        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"] for box in boxes)
        assert boxes[0] and boxes[0]["y"] < 20


@pytest.mark.parametrize("address", [GALLERY, f"/ban-tin/{BULLETIN}/"])
def test_pictures_hold_their_places_while_they_load(address: str, context: BrowserContext, site: str) -> None:
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.moved += one.value))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    # Letters of another font take another space; here only pictures are watched.
    context.route("**/*.woff2", lambda route: route.abort())
    page = opened(context, f"{site}{address}")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.moved") < 0.01


def test_only_pictures_in_sight_are_loaded_at_once(context: BrowserContext, site: str) -> None:
    page = opened(context, f"{site}{GALLERY}")
    loading = page.locator("main img").evaluate_all("images => images.map(image => image.loading)")

    assert [one == "lazy" for one in loading] == [False, False, False, True]


def test_the_lightbox_is_asked_for_only_where_there_are_photos(context: BrowserContext, site: str) -> None:
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/khoi/", wait_until="load")

    assert [address for address in asked if "photoswipe" in address or "gallery" in address] == []


def test_a_photo_shows_its_colour_until_it_is_there(context: BrowserContext, site: str) -> None:
    page = opened(context, f"{site}{GALLERY}")
    colours = page.locator("main img").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    plain = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")

    assert len(colours) == 4
    assert plain not in colours


def test_a_click_whose_lightbox_cannot_be_had_follows_the_link(context: BrowserContext, site: str) -> None:
    context.route("**/photoswipe/*.js", lambda route: route.abort())
    page = opened(context, f"{site}{GALLERY}")

    assert follow(page, page.locator("a[data-pswp-src]").nth(1)) == f"{site}{GALLERY}anh-02/"


def test_nothing_of_the_lightbox_is_loaded_before_the_first_click(context: BrowserContext, site: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = opened(context, f"{site}{GALLERY}")
    before = [address for address in asked if "photoswipe" in address]
    page.locator("a[data-pswp-src]").first.click()
    page.wait_for_selector(DIALOG)

    assert before == []
    assert len([address for address in asked if "photoswipe" in address]) == 3


def test_nothing_is_asked_of_another_host(context: BrowserContext, site: str) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    with_lightbox(context, f"{site}{GALLERY}")

    assert asked
    assert [address for address in asked if not address.startswith((site, "blob:", "data:"))] == []
