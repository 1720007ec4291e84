"""Somebody who has never been here, on a telephone: each question is answered after two clicks at most."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

TELEPHONE = {"width": 390, "height": 780}
QUESTIONS = [
    ("who leads bloc V in 2023", ["Khối thi đua số V"], "Vụ Lễ tân và Hợp tác quốc tế"),
    ("what Bắc Ninh promised", ["Khối thi đua các cơ quan tham mưu, tổng hợp", "7 điều cam kết"], "Làm tốt vai trò"),
    ("all photos of Bến Tre", ["Khối Thi đua 1", "Mọi ảnh: "], "5 ảnh"),
    ("what happened in 2024", ["Năm 2024"], "Khối thi đua 20, Bộ Văn hóa, Thể thao và Du lịch: bốn đơn vị"),
]


@pytest.mark.parametrize(("question", "clicks", "answer"), QUESTIONS)
def test_a_first_visitor_has_the_answer_on_the_first_screen_after_two_clicks_at_most(
    question: str, clicks: list[str], answer: str, chromium: Browser, site: str
) -> None:
    with chromium.new_context(viewport=TELEPHONE, reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{site}/", wait_until="load")
        for words in clicks:
            page.get_by_role("main").get_by_role("link", name=words).first.click()

        expect(page.get_by_role("main").get_by_text(answer).first).to_be_in_viewport(timeout=15_000)
    assert len(clicks) <= 2, question
