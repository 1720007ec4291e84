"""The form in a browser: by keyboard alone, without JavaScript, on a narrow screen, and for screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_galleries import violations
from tests.editing.forms import KEY, Client, copied, running
from tools.editing.workspace import Workspace

NARROW = {"width": 400, "height": 800}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with running(copied(tmp_path_factory.mktemp("form"))) as client:
        yield client


@pytest.fixture
def page(context: BrowserContext, form: Client) -> Page:
    shown = context.new_page()
    shown.set_default_timeout(10_000)
    return shown


def address(form: Client, path: str = f"/sua/{KEY}") -> str:
    return f"http://localhost:{form.port}{path}"


def unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def tab_to(page: Page, selector: str) -> None:
    """Walk with the Tab key until an element has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector}")


def choose(page: Page, selector: str, value: str) -> None:
    """Walk to a choice by the keyboard and down its options."""
    tab_to(page, selector)
    for _ in range(40):
        if page.input_value(selector) == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {value} in {selector}")


def test_by_keyboard_alone_a_new_bulletin_is_written_that_the_check_passes(page: Page, form: Client) -> None:
    page.goto(address(form, "/"))
    keys = page.keyboard
    tab_to(page, "a[href='/moi']")
    keys.press("Enter")
    page.wait_for_url("**/moi")
    choose(page, "#kind", "summary")
    choose(page, "#bloc", "vpqh-khoi-3")
    tab_to(page, "#year")
    keys.type("2021")
    tab_to(page, "#date")
    keys.type("9/12/2021")
    keys.press("Enter")
    page.wait_for_url("**/sua/2021/**")
    tab_to(page, "#f-title")
    keys.type("Khối thi đua III tổng kết năm 2021")
    tab_to(page, "#f-lead")
    keys.type("Sáu đơn vị nhìn lại một năm thi đua.")
    choose(page, "#f-status", "published")
    tab_to(page, "#f-body")
    keys.type("Hội nghị diễn ra vào buổi sáng.")
    tab_to(page, "button[value='add:bloc_years']")
    keys.press("Enter")
    page.wait_for_selector("#f-bloc_years-0-year")
    tab_to(page, "#f-bloc_years-0-year")
    keys.type("2021")
    tab_to(page, "#f-bloc_years-0-head-unit")
    keys.type("vu thong")
    page.wait_for_selector("#f-bloc_years-0-head-unit-l li")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#f-bloc_years-0-head-unit")).to_have_value("Vụ Thông tin")
    tab_to(page, ".save button.main")
    keys.press("Enter")
    page.wait_for_url("**?luu=1")

    place = Workspace(form.root, _settings()).places()["2021/vpqh-khoi-3-2021-summary"]
    work = Workspace(form.root, _settings())
    text = place.path.read_text(encoding="utf-8")
    assert [one for one in work.mistakes(place, text) if one.level == "error"] == []
    assert "status: published" in text
    assert "unit: vpqh-vu-thong-tin" in text


def _settings() -> Any:
    from bulletins.settings import Settings

    return Settings(site_url="https://example.vn")


def test_the_links_at_the_top_lead_to_the_fields_they_are_about(page: Page, form: Client) -> None:
    before = form.file().read_bytes()
    page.goto(address(form))
    page.fill("#f-ceremony-date", "31/02/2023")
    page.fill("#f-bloc_years-0-head-unit", "Cục Quản trị IX")
    page.fill("#f-photos-1-alt", "")
    page.click(".save button.main")
    page.wait_for_selector("#summary")
    expect(page.locator("#summary")).to_be_focused()
    for n, field in enumerate(("ceremony-date", "bloc_years-0-head-unit", "photos-1-alt")):
        link = page.locator("#summary a").nth(n)
        link.focus()
        page.keyboard.press("Enter")

        expect(page.locator(f"#f-{field}")).to_be_focused()
    assert form.file().read_bytes() == before


def test_without_javascript_rows_are_added_moved_removed_and_saved(chromium: Browser, form: Client) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address(form))
        rows = page.locator("#f-limitations > ol > li")
        count = rows.count()
        page.click("button[value='add:limitations']")
        assert rows.count() == count + 1
        page.fill(f"#f-limitations-{count}-text", "Hạn chế mới.")
        page.click(f"button[value='up:limitations.{count}']")
        page.click("button[value='remove:limitations.0']")
        page.click(".save button.main")

        assert "Đã lưu" in page.inner_text("main")
    text = form.file().read_text(encoding="utf-8")
    assert '- text: "Hạn chế mới."' in text
    assert re.search(r"limitations:\n  - text: \"(?!Đơn vị của Khối)", text)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/dang",
        f"/sua/{KEY}",
        "/danh-ba/unit?ten=Phòng%20Mới",
        *(pytest.param(path, marks=pytest.mark.long) for path in ("/moi", "/danh-ba/bloc")),
    ],
)
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_nothing_keeps_anybody_out_even_with_everything_unfolded(
    path: str, scheme: Any, page: Page, form: Client, axe: str, chromium: Browser
) -> None:
    with chromium.new_context(color_scheme=scheme, bypass_csp=True) as context:
        shown = context.new_page()
        shown.goto(address(form, path))
        unfold(shown)

        assert violations(shown, axe) == []


def test_mistakes_and_questions_too_keep_nobody_out(form: Client, axe: str, chromium: Browser) -> None:
    with chromium.new_context(bypass_csp=True) as context:
        shown = context.new_page()
        shown.goto(address(form))
        shown.fill("#f-ceremony-date", "31/02/2023")
        shown.fill("#f-bloc_years-0-head-unit", "Vụ Thông tinh")
        shown.fill("#f-body", "Gọi 0912 345 678.")
        shown.click(".save button:not(.main)")
        shown.wait_for_selector("#summary")
        unfold(shown)

        assert violations(shown, axe) == []


@pytest.mark.parametrize("path", ["/", "/moi", f"/sua/{KEY}"])
def test_no_page_scrolls_sideways_on_a_narrow_screen(path: str, page: Page, form: Client) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(address(form, path))
    unfold(page)

    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_focal_point_follows_clicks_and_arrow_keys(page: Page, form: Client) -> None:
    page.goto(address(form))
    picture = page.locator(".picture").first
    picture.scroll_into_view_if_needed()
    picture.locator("img").evaluate("(image) => image.decode()")
    box = picture.locator("img").bounding_box()
    assert box
    picture.locator("img").click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    field = page.locator("#f-photos-0-focus")

    expect(field).to_have_value("25% 75%")
    picture.locator(".spot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(field).to_have_value("27% 73%")


def test_the_buttons_of_the_text_put_a_photo_where_the_cursor_stands(page: Page, form: Client) -> None:
    page.goto(address(form))
    page.fill("#f-body", "Một.")
    page.locator("#f-body").press("End")
    page.click(".tools button[data-line] >> nth=0")

    assert page.input_value("#f-body") == "Một.\n\n![](anh-01.jpg)\n\n"


def test_what_is_typed_is_kept_when_the_window_is_closed(context: BrowserContext, form: Client) -> None:
    page = context.new_page()
    page.goto(address(form))
    page.fill("#f-title", "Đang gõ dở")
    expect(page.locator("#kept")).to_contain_text("đã được giữ lại")
    page.close()
    again = context.new_page()
    again.goto(address(form))
    again.click("text=Gõ tiếp từ đó >> nth=0")

    expect(again.locator("#f-title")).to_have_value("Đang gõ dở")


def test_going_back_to_a_form_never_brings_old_words_over_what_somebody_saved_meanwhile(
    page: Page, form: Client
) -> None:
    page.goto(address(form))
    page.fill("#f-title", "Gõ rồi đi")
    page.goto(address(form, "/"))
    assert form.get(f"/sua/{KEY}").set("title", "Người kia đã lưu").press("save").status == 303
    page.go_back()

    expect(page.locator("#f-title")).to_have_value("Người kia đã lưu")


def test_nothing_is_sent_into_the_void_when_the_command_has_ended(context: BrowserContext, form: Client) -> None:
    page = context.new_page()
    page.goto(address(form))
    context.set_offline(True)
    page.fill("#f-title", "Gõ sau khi tắt")
    expect(page.locator("#kept")).to_contain_text("Đừng tắt trang này")
    page.click(".save button.main")

    expect(page.locator("#f-title")).to_have_value("Gõ sau khi tắt")
    context.set_offline(False)


def test_save_shows_where_a_bulletin_was_moved_and_is_held_back_where_nothing_can_be_written(
    page: Page, form: Client
) -> None:
    page.goto(address(form))
    content, bulletin = form.root / "content", form.root / "content" / "bulletins" / KEY
    with _moved(content):
        page.fill("#f-title", "Gõ khi mất đường mạng")
        expect(page.locator("#kept")).to_contain_text("không ghi được")
        page.click(".save button.main")
        expect(page.locator("#f-title")).to_have_value("Gõ khi mất đường mạng")
    with _moved(bulletin):
        page.fill("#f-title", "Gõ khi đã đổi tên")
        expect(page.locator("#kept")).to_contain_text("bấm Lưu để", ignore_case=True)
        page.click(".save button.main")
        expect(page.locator("main a")).to_have_attribute("href", re.compile(r"/cho-khac\?phien="))


@contextmanager
def _moved(folder: Path) -> Iterator[None]:
    away = folder.rename(folder.with_name("cho-khac"))
    try:
        yield
    finally:
        away.rename(folder)


def test_a_page_of_the_form_asks_for_nothing_that_its_policy_refuses(page: Page, form: Client) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/", "/moi", f"/sua/{KEY}"):
        page.goto(address(form, path), wait_until="networkidle")

    assert complaints == []


def test_the_program_of_the_form_stays_short() -> None:
    lines = (Path(__file__).parents[2] / "tools/editing/static/form.js").read_text(encoding="utf-8").splitlines()

    assert len(lines) < 100
