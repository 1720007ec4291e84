"""Search in a browser: under a strict policy, by keyboard, for screen readers, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser.test_galleries import violations

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
KHOI_5, KHOI_3 = "vpqh-khoi-5-2022-summary", "vpqh-khoi-3-2023-pact"
NARROW: ViewportSize = {"width": 320, "height": 640}


def under_policy(route: Route) -> None:
    """Answer as a server with a strict Content-Security-Policy does."""
    answer = route.fetch()
    route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": POLICY})


@pytest.fixture
def strict(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if the browser complains of anything."""
    context.route("**/*", under_policy)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.unroute_all(behavior="ignoreErrors")  # what is still on its way belongs to no test
    assert complaints == []


def addresses(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(".results h3 a").all()]


def asked(page: Page, site: str, query: str) -> Page:
    page.goto(f"{site}/tim-kiem/?{query}")
    expect(page.get_by_role("status")).to_contain_text("bản tin")
    page.wait_for_load_state("networkidle")
    assert [title for title in page.locator(".results h3").all_inner_texts() if re.fullmatch("[a-z0-9-]+", title)] == []
    return page


def test_any_page_leads_to_the_bulletin_somebody_means(strict: Page, site: str) -> None:
    strict.goto(f"{site}/nam/2024/")
    strict.get_by_role("searchbox").fill("nguyen van dinh")
    strict.keyboard.press("Enter")
    strict.wait_for_url("**/tim-kiem/?q=nguyen+van+dinh")

    expect(strict.get_by_role("status")).to_have_text("Có 1 bản tin.")
    expect(strict.get_by_role("heading", name="Kết quả", level=2)).to_be_visible()
    expect(strict.locator(".results mark").filter(has_text="Nguyễn Văn Định").first).to_be_visible()
    assert addresses(strict) == [f"/ban-tin/{KHOI_5}/"]


def test_the_words_are_marked_as_they_are_written(strict: Page, site: str) -> None:
    asked(strict, site, "q=van hoa cong so")

    expect(strict.locator(".results mark").filter(has_text="văn hóa công sở").first).to_be_visible()


def test_typing_searches_after_a_pause_and_back_leads_back(strict: Page, site: str) -> None:
    strict.goto(f"{site}/tim-kiem/?q=lễ tân")
    expect(strict.get_by_role("status")).to_have_text("Có 1 bản tin.")
    strict.locator("#tu-khoa").fill("khối 3")
    expect(strict.locator(f'.results a[href="/ban-tin/{KHOI_3}/"]')).to_be_visible()
    strict.locator("#tu-khoa").fill("bến tre")
    strict.keyboard.press("Enter")
    strict.wait_for_url("**?q=b%E1%BA%BFn+tre")
    strict.locator("#tu-khoa").fill("khối 20")
    strict.keyboard.press("Enter")
    strict.wait_for_url("**20")
    strict.go_back()

    expect(strict.locator("#tu-khoa")).to_have_value("bến tre")
    expect(strict.locator(".results a").first).to_have_attribute("href", "/ban-tin/bentre-khoi-1-2023-pact/")


def test_a_search_is_narrowed_by_bloc_unit_year_and_kind(strict: Page, site: str) -> None:
    asked(strict, site, "q=giao ước")
    strict.get_by_text("Lọc kết quả").click()
    strict.get_by_label("Năm", exact=True).select_option("2024")
    expect(strict.get_by_role("status")).to_have_text("Có 2 bản tin.")
    strict.get_by_label("Khối, cụm").select_option(label="Khối 20, Bộ Văn hóa, Thể thao và Du lịch")
    expect(strict.get_by_role("status")).to_have_text("Có 1 bản tin.")
    strict.get_by_label("Loại buổi lễ").select_option("summary")

    expect(strict.get_by_role("status")).to_contain_text("Không có bản tin nào.")
    assert strict.url.endswith("?q=giao+%C6%B0%E1%BB%9Bc&khoi=bvhttdl-khoi-20&nam=2024&loai=summary")


def test_an_address_holds_filters_alone(strict: Page, site: str) -> None:
    asked(strict, site, "don-vi=vpqh-cuc-quan-tri-3")

    assert addresses(strict) == [f"/ban-tin/{KHOI_5}/"]
    expect(strict.get_by_label("Đơn vị", exact=True)).to_have_value("vpqh-cuc-quan-tri-3")


def test_near_hits_are_said_apart_and_a_mistyped_query_is_mended(strict: Page, site: str) -> None:
    asked(strict, site, "q=ngọc khánh đặng")
    expect(strict.get_by_role("status")).to_contain_text("có đủ các từ nhưng ở những chỗ khác nhau")
    asked(strict, site, "q=dang khanh ngocj")

    expect(strict.get_by_role("status")).to_have_text("Đã tìm “dang khanh ngoc”. Có 1 bản tin.")


def test_more_results_come_by_the_keyboard_and_the_focus_goes_to_the_first_of_them(
    context: BrowserContext, site: str
) -> None:
    def two_at_a_time(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("const PAGE = 10;", "const PAGE = 2;"))

    context.route("**/search/page.js", two_at_a_time)
    page = asked(context.new_page(), site, "q=giao ước")
    expect(page.locator(".results > li")).to_have_count(2)
    page.get_by_role("button", name="Xem thêm").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results > li")).to_have_count(4)
    expect(page.locator(".results > li:nth-child(3) a")).to_be_focused()
    page.get_by_role("button", name="Xem thêm").press("Enter")
    expect(page.locator(".results > li")).to_have_count(5)

    expect(page.get_by_role("button", name="Xem thêm")).to_be_hidden()


def test_a_wider_search_finds_the_words_apart(strict: Page, site: str) -> None:
    asked(strict, site, "q=thư viện quốc hội")
    strict.get_by_role("button", name="Tìm rộng hơn").press("Enter")

    expect(strict.get_by_role("status")).to_be_focused()
    expect(strict.get_by_role("button", name="Tìm rộng hơn")).to_have_count(0)
    assert addresses(strict)[0] == f"/ban-tin/{KHOI_3}/"


def test_an_index_that_cannot_be_had_is_said_and_the_search_stays_as_narrow_as_its_address(
    context: BrowserContext, site: str
) -> None:
    context.route("**/chi-muc/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{site}/tim-kiem/?q=giao ước&khoi=khong-co")

    expect(page.get_by_role("status")).to_contain_text("Không tải được chỉ mục")
    expect(page.get_by_label("Khối, cụm")).to_have_value("khong-co")
    expect(page.get_by_role("link", name="2023", exact=True)).to_be_visible()


@pytest.mark.parametrize("query", ["", "?q=giao ước", "?q=không+đâu+có", "?nam=2023"])
@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.long)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    context: BrowserContext, site: str, axe: str, query: str, width: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"{site}/tim-kiem/{query}", wait_until="networkidle")

    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_lists_lead_on_and_a_line_says_so(chromium: Browser, site: str) -> None:
    with chromium.new_context(java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{site}/tim-kiem/?q=gì+đó")

        expect(page.locator(".search-off")).to_be_visible()
        expect(page.get_by_text("Lọc kết quả")).to_be_hidden()
        for name in ("2023", "Khối thi đua số V", "Cục Quản trị III"):
            expect(page.locator(".browse").get_by_role("link", name=name, exact=True)).to_be_visible()
