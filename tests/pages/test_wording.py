"""What a text already words is not said once more beside it."""

from __future__ import annotations

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.pages.views.wording import Wording, marked
from tests.builders import bulletin, register
from tests.pages.builders import made, parsed, said

PACT = (
    "Chấp hành nghiêm chủ trương, đường lối của Đảng và chính sách, pháp luật của Nhà nước.",
    "Đổi mới việc tham mưu, phục vụ để công việc này có chất lượng và hiệu quả cao hơn.",
    "Chăm lo thường xuyên đời sống của công chức, viên chức, người lao động ở từng đơn vị.",
)
SAME_IN_OTHER_WORDS = (
    "<ol><li>Làm đúng đường lối của Đảng, chính sách và pháp luật của Nhà nước.</li>"
    "<li>Tham mưu, phục vụ theo cách mới hơn, tốt hơn, có hiệu quả hơn.</li>"
    "<li>Quan tâm đều đặn đến đời sống của công chức, viên chức, người lao động.</li></ol>"
)
ANOTHER_MATTER = (
    "<ol><li>Hội nghị diễn ra trong buổi sáng.</li><li>Các đại biểu chụp ảnh lưu niệm.</li><li>Tiệc trà.</li></ol>"
)
PATH = "ban-tin/khoi-1-2023-pact/index.html"


def page(text: str, **fields: object) -> dict[str, bytes]:
    one: Bulletin = bulletin(**fields)
    return made(Library(register(), [one], {one.id: Body((text,), "b")}))


@pytest.mark.parametrize(
    ("text", "told"), [(SAME_IN_OTHER_WORDS, True), (ANOTHER_MATTER, False), ("<p>Ký.</p>", False)]
)
def test_a_pact_is_told_by_a_text_that_has_its_promises_in_other_words(text: str, told: bool) -> None:
    assert Wording((text,)).says_all(PACT) is told


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(("Một số phòng gửi báo cáo tháng còn chậm.",), id="alone, sharing common words with the text"),
        pytest.param((*PACT, "Trồng thêm cây xanh quanh trụ sở."), id="behind others that the text words"),
    ],
)
def test_a_fact_that_the_text_does_not_word_is_hidden_by_no_list(facts: tuple[str, ...]) -> None:
    text = f"<p>Các phòng lần lượt báo cáo kết quả sáu tháng.</p>{SAME_IN_OTHER_WORDS}"

    assert not Wording((text,)).says_all(facts)


def test_promises_stand_once_on_a_page_whichever_way_they_are_told() -> None:
    worded = said(page(SAME_IN_OTHER_WORDS, commitments={"list": PACT}), PATH)
    unworded = said(page(ANOTHER_MATTER, commitments={"list": PACT}), PATH)

    assert worded.count("đời sống của công chức") == unworded.count("đời sống của công chức") == 1
    assert "Giao ước thi đua" not in worded.partition("Các đơn vị ký giao ước.")[2].partition("Thông tin chính")[0]


def test_the_list_that_words_the_pact_is_shown_as_the_pact() -> None:
    html = page(f"<p>Mở đầu.</p>{SAME_IN_OTHER_WORDS}{ANOTHER_MATTER}", commitments={"list": PACT})[PATH].decode()
    lists = parsed(html).findall(".//div[@class='prose']//ol")

    assert [found.get("class") for found in lists] == ["commitments", None]


def test_a_list_or_table_of_targets_is_shown_as_targets() -> None:
    text = "<ul><li><strong>100%</strong> đơn vị “Vững mạnh”;</li><li>từ 95% đạt lao động tiên tiến.</li></ul>"
    targets = ("100 Vững mạnh", "95 lao động tiên tiến")

    assert marked(text, (), targets).startswith('<ul class="goals"><li>')
    assert marked(f"<p>a\nb</p>\n{text}", (), targets).startswith('<p>a\nb</p>\n<ul class="goals">')
    assert marked(text, (), ()) == text


def test_a_person_whom_the_text_names_is_not_listed_again_unless_the_grounds_must_be_told() -> None:
    people = [{"name": "Trần Thị Mẫu", "role": "Trưởng phòng"}, {"name": "Lê Văn Ảnh", "origin": "caption"}]
    shown = said(page("<p>Bà Trần Thị Mẫu phát biểu, ông Lê Văn Ảnh dự.</p>", people=people), PATH)

    assert "Những người được nêu Lê Văn Ảnh chỉ nêu trong chú thích ảnh" in shown
    assert shown.count("Trần Thị Mẫu") == 1


def test_a_promise_of_nothing_but_the_commonest_words_counts_as_told() -> None:
    assert Wording(("<p>Ký.</p>",)).says_all(("Các đơn vị thi đua.",))
    assert marked("<ol><li>Ký.</li></ol>", ("Các đơn vị thi đua.",), ()) == (
        '<ol class="commitments"><li>Ký.</li></ol>'
    )
