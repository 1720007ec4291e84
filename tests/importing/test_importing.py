"""From an old text to a draft: what is cleaned away, how it is split, what is proposed and asked."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.importing.clean import clean
from bulletins.importing.mail import read_mail
from bulletins.importing.markup import blocks_of
from bulletins.importing.propose import Draft
from bulletins.importing.recognise.casing import sentence_case
from bulletins.importing.recognise.recognise import recognise
from bulletins.importing.source import Paragraph, Picture, Unreadable
from bulletins.importing.split import authors_of, publication
from bulletins.importing.steps import article_of, draft_of
from bulletins.importing.text import read_text
from bulletins.phrases.names import Names

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

TEXT = """\
KHỐI THI ĐUA SỐ II, SỞ MẪU KÝ KẾT GIAO ƯỚC THI ĐUA NĂM 2024

15/03/2024 10:30

SM.VN - Sáng 15/3, tại Hội trường Sở Mẫu, Khối thi đua số II, Sở Mẫu tổ chức lễ ký kết giao ước thi đua năm 2024.

KHỐI THI ĐUA SỐ III, SỞ MẪU KÝ KẾT GIAO ƯỚC THI ĐUA NĂM 2024

Quang cảnh buổi lễ

Khối thi đua số II gồm 3 đơn vị: Phòng Một, Phòng Hai và Phòng Ba. Năm 2024, Phòng Hai làm Khối trưởng Khối thi đua II.

Các đơn vị đã ký bản giao ước, theo Kế hoạch số 12/KH-SM ngày 05/01/2024 của Sở Mẫu./.

Tin, ảnh: Minh Tâm

Chia sẻ bài viết

Đường dây nóng: 0912.345.678
"""


def register() -> Register:
    host = Host(id="so-mau", names=("Sở Mẫu",))
    blocs = [Bloc(id="so-mau-khoi-2", names=("Khối thi đua số II",), number=2, numeral="II", host="so-mau")]
    units = [
        Unit(id=f"phong-{n}", names=(f"Phòng {name}",), parent="so-mau") for n, name in enumerate(("Một", "Hai"), 1)
    ]
    return Register([host], blocs, units)


def draft(text: str = TEXT, name: str = "bai.txt") -> Draft:
    known = register()
    return draft_of(read_text(name, text.encode()), known, Names(known))


def test_a_page_is_taken_apart_into_its_parts() -> None:
    article = article_of(read_text("bai.txt", TEXT.encode()))

    assert article.title.startswith("KHỐI THI ĐUA SỐ II")
    assert article.lead.startswith("Sáng 15/3") and article.prefix == "SM.VN - "
    assert str(article.published and article.published.date) == "2024-03-15"
    assert article.related == ("KHỐI THI ĐUA SỐ III, SỞ MẪU KÝ KẾT GIAO ƯỚC THI ĐUA NĂM 2024",)
    assert [one.caption for one in article.illustrations] == ["Quang cảnh buổi lễ"]
    assert (article.byline_as, article.end_mark) == ("Tin, ảnh: Minh Tâm", "./.")
    assert len(article.body) == 2


def test_no_telephone_number_is_kept() -> None:
    article = article_of(read_text("bai.txt", TEXT.encode()))

    assert "Chia sẻ bài viết" in article.stripped
    assert not any("0912" in one for one in article.stripped)
    assert "0912" not in draft().text


def test_every_fact_is_found_once() -> None:
    facts = recognise(article_of(read_text("bai.txt", TEXT.encode())), register())

    assert facts.bloc and (facts.bloc.value.id, facts.bloc.sure) == ("so-mau-khoi-2", True)
    assert facts.kinds and facts.kinds.value == ("pact",)
    assert facts.date and str(facts.date.value) == "2024-03-15" and facts.year_from == "published"
    assert facts.years["pact"].value == 2024
    (year,) = facts.bloc_years
    assert year.head and year.head.value.unit.id == "phong-2"
    assert year.member_count and year.member_count.value == 3 and year.is_complete
    assert [one.symbol for one in facts.documents] == ["12/KH-SM"]


def test_a_proposed_value_says_how_sure_and_from_which_words() -> None:
    text = draft().text

    assert 'bloc: so-mau-khoi-2  # đề xuất (chắc): "Khối thi đua số II' in text
    assert 'date: 2024-03-15  # đề xuất (chắc): "Sáng 15/3"' in text
    assert 'head:  # đề xuất (chắc): "Phòng Hai làm Khối trưởng Khối thi đua II' in text


def test_what_the_text_does_not_say_is_asked() -> None:
    text = draft().text

    assert "publisher:  # CẦN XEM: " in text
    assert "alt:  # CẦN XEM: " in text
    assert draft().questions == text.count("  # CẦN XEM: ")


def test_a_new_unit_comes_as_an_entry_of_the_register() -> None:
    made = draft()

    assert made.entries.keys() == {"units"}
    assert made.entries["units"].startswith("- id: so-mau-phong-ba\n")
    assert "# - id: so-mau-phong-ba" in made.text


IN_A_PROVINCE = """\
Khối thi đua số 1 tỉnh {place} ký giao ước thi đua năm 2024

Sáng 5/3/2024, Khối thi đua số 1 tỉnh {place} ký giao ước. Sở Y tế làm Khối trưởng.

Dự lễ có đại diện Hội Nông dân tỉnh Nghệ An. Phấn đấu tỷ lệ hộ nghèo dưới 1,2%.
"""


@pytest.mark.parametrize(
    ("place", "bloc", "head"),
    [("Nghệ An", "nghe-an-khoi-1", "nghe-an-so-y-te"), ("Hà Tĩnh", "tinh-ha-tinh-khoi-1", "ha-tinh-so-y-te")],
)
def test_bloc_and_units_of_another_province_are_not_taken_for_those_of_the_register(
    place: str, bloc: str, head: str
) -> None:
    host = Host(id="ubnd-tinh-nghe-an", names=("UBND tỉnh Nghệ An",), province="Nghệ An")
    known = Register(
        [host],
        [Bloc(id="nghe-an-khoi-1", names=("Khối thi đua số 1",), number=1, host=host.id)],
        [Unit(id="nghe-an-so-y-te", names=("Sở Y tế",), province="Nghệ An")],
    )
    made = draft_of(read_text("bai.txt", IN_A_PROVINCE.format(place=place).encode()), known, Names(known))

    assert f"bloc: {bloc}  #" in made.text
    assert f"unit: {head}\n" in made.text
    assert 'value: "1,2"\n' in made.text


def test_a_letter_of_an_office_is_read_without_its_head_and_its_signatures() -> None:
    letter = (
        "UBND TỈNH MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKHỐI THI ĐUA SỐ II Độc lập - Tự do - Hạnh phúc\n"
        "Số: 02/TB-KTĐ Tỉnh Mẫu, ngày 22 tháng 8 năm 2025\nTHÔNG BÁO\n"
        "Kết quả Hội nghị ký kết giao ước thi đua năm 2025\n"
        "Vào hồi 8 giờ 00 ngày 20/8/2025, Khối thi đua số II ký kết giao ước thi đua năm 2025 tại Sở Mẫu.\n"
        "Nơi nhận:\n- Sở Nội vụ;\nTM. KHỐI THI ĐUA SỐ II\n(Đã ký)\nNguyễn Hùng Tân\n"
    )
    article = article_of(read_text("bai.txt", letter.encode()))

    assert article.title == "Kết quả Hội nghị ký kết giao ước thi đua năm 2025"
    assert (article.authors, article.illustrations, article.body) == ((), (), ())
    assert "Nguyễn Hùng Tân" in article.stripped


def test_a_review_and_a_pact_of_two_school_years_have_each_its_own() -> None:
    text = (
        "Cụm thi đua số 4 ký giao ước thi đua năm học 2023-2024\n\nChiều 5/10/2023, Cụm thi đua số 4 tổ chức tổng kết"
        " năm học 2022-2023 và ký giao ước thi đua năm học 2023-2024.\n"
    )
    facts = recognise(article_of(read_text("bai.txt", text.encode())), register())

    assert {reason: year.value for reason, year in facts.years.items()} == {
        "reviewed": 2022,
        "pact": 2023,
        "plan": 2023,
    }


def test_the_same_text_gives_the_same_draft() -> None:
    assert draft() == draft()


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("27/01/2023 - 12:30", "2023-01-27"),
        ("( Cập nhật lúc: 09/01/2023  )", "2023-01-09"),
        ("Thứ Hai, 28/01/2019, 22:58 [GMT+7]", "2019-01-28"),
        ("Wednesday, July 18, 2018", "2018-07-18"),
        ("04.04.2023", "2023-04-04"),
        ("Ngày 31/3/2023, Khối họp", None),
        ("31/02/2023", None),
    ],
)
def test_a_line_of_nothing_but_a_date_is_the_publication(line: str, day: str | None) -> None:
    moment = publication(line)

    assert (str(moment.date) if moment else None) == day


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Tin, ảnh: Thu Huyền", [("Thu Huyền", ("text", "photo"))]),
        ("Minh Hùng - Nghĩa Đức", [("Minh Hùng", ("unknown",)), ("Nghĩa Đức", ("unknown",))]),
        ("PV", [(None, ("staff",))]),
        ("V.G", [("V.G", ("unknown",))]),
        ("Hội nghị kết thúc tốt đẹp.", []),
    ],
)
def test_a_line_of_authors_names_nobody_else(line: str, names: list[tuple[str | None, tuple[str, ...]]]) -> None:
    assert [(author.name, author.roles) for author in authors_of(line)] == names


@pytest.mark.parametrize(
    "line", ["BÌNH LUẬN", "A- A A+", "Số lượt xem: 12", "intNumViewTotal=220", "reset captcha", "7", "In bài viết"]
)
def test_boilerplate_is_stripped_and_said(line: str) -> None:
    cleaned = clean([Paragraph("Khối họp."), Paragraph(line)])

    assert [b.text for b in cleaned.blocks if isinstance(b, Paragraph)] == ["Khối họp."]
    assert len(cleaned.stripped) == 1


def test_titles_after_a_heading_of_other_news_are_related() -> None:
    blocks = [
        Paragraph(text)
        for text in ("Một.", "Hai.", "Tin liên quan", "Khối thi đua số 3 tổng kết năm 2024 (25/12/2024)")
    ]

    cleaned = clean(blocks)

    assert cleaned.related == ("Khối thi đua số 3 tổng kết năm 2024",)


def test_a_title_in_capitals_gets_the_case_of_the_text() -> None:
    title = "VĂN PHÒNG BÌNH AN VÀ CỤC VẬN HÀNH III KÝ KẾT GIAO ƯỚC"

    said = sentence_case(title, ["Hôm qua, Văn phòng Bình An và Cục Vận hành III đã ký kết giao ước."])

    assert said == "Văn phòng Bình An và Cục Vận hành III ký kết giao ước"


def test_a_text_in_another_encoding_is_refused_with_a_mend() -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        read_text("bai.txt", "Khối thi đua họp năm 2024 ở Đông Hà".encode("utf-16-le")[1:] + b"\xff\xfe")


def test_html_is_paragraphs_and_pictures() -> None:
    data = base64.b64encode(PIXEL).decode()

    blocks = blocks_of(
        f'<h1>Tên</h1><script>x</script><p>Một <b>hai</b></p><img alt="Ảnh" src="data:image/png;base64,{data}">'
    )

    assert blocks == (Paragraph("Tên", 1), Paragraph("Một hai"), Picture(PIXEL, "", "Ảnh"))


TABLE = "| TT | Đơn vị | Điểm |\n|---|---|---|\n| 1 | Phòng Một | 98,5 |\n| 2 | Phòng Hai |  |"


def test_a_table_of_a_page_is_a_table_and_a_letters_head_is_none() -> None:
    head = "<table><tr><td>UBND</td><td>CỘNG HÒA XÃ HỘI</td></tr><tr><td>Số: 1</td><td>Ngày 2/3</td></tr></table>"
    rows = "<tr><td>1</td><td><p>Phòng Một</p></td><td>98,5</td></tr><tr><td>2</td><td colspan='2'>Phòng Hai</td></tr>"
    page = f"{head}<table><tr><th>TT</th><th>Đơn vị</th><th>Điểm</th></tr>{rows}</table><p>Hết.</p>"
    texts = [block.text for block in blocks_of(page) if isinstance(block, Paragraph)]

    assert texts == ["UBND", "CỘNG HÒA XÃ HỘI", "Số: 1", "Ngày 2/3", TABLE, "Hết."]


def test_a_table_copied_as_text_is_a_table_of_the_draft() -> None:
    copied = "\tĐây là\n\tlời văn\n\tlùi vào\n\nTT\tĐơn vị\tĐiểm\n1\tPhòng Một\t98,5\n2\tPhòng Hai\t\n"
    made = draft(f"{TEXT}\n{copied}")

    assert f"\n\n{TABLE}\n" in made.text
    assert "Đây là\n\nlời văn\n\nlùi vào\n" in made.text


def test_a_letter_is_its_text_and_the_pictures_attached() -> None:
    letter = EmailMessage()
    letter.set_content(TEXT)
    letter.add_attachment(PIXEL, maintype="image", subtype="png", filename="le-ky.png")
    source = read_mail("thu.eml", letter.as_bytes())
    known = register()

    made = draft_of(source, known, Names(known))

    assert made.id == "so-mau-khoi-2-2024-pact"
    assert list(made.photos.values()) == [PIXEL]


def test_a_word_file_is_read_with_its_pictures(tmp_path: Path) -> None:
    pytest.importorskip("mammoth", reason="the extra `import` is not installed")
    from bulletins.importing.word import read_word
    from tests.importing.word_file import word_file

    source = read_word("bai.docx", word_file(["Khối thi đua số II ký giao ước", "Sáng 15/3, Khối họp."], PIXEL))

    assert next(b.text for b in source.blocks if isinstance(b, Paragraph)) == "Khối thi đua số II ký giao ước"
    assert [b.data for b in source.blocks if isinstance(b, Picture)] == [PIXEL]


def test_an_old_word_file_is_refused_with_a_mend() -> None:
    pytest.importorskip("mammoth", reason="the extra `import` is not installed")
    from bulletins.importing.word import read_word

    with pytest.raises(Unreadable, match="Lưu thành"):
        read_word("bai.doc", b"\xd0\xcf\x11\xe0")


def test_a_saved_page_gives_its_main_text() -> None:
    pytest.importorskip("trafilatura", reason="the extra `import` is not installed")
    from bulletins.importing.page import read_page

    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n")[2:9])
    title = "Khối thi đua số II ký giao ước"
    menu = "<nav><a>Trang chủ</a></nav>"
    head = f"<head><title>{title} - Sở Mẫu</title></head>"
    html = f"<html>{head}<body>{menu}<h1>{title}</h1><div>{paragraphs}</div></body></html>"

    source = read_page("bai.html", html.encode(), lambda name: None)

    texts = [b.text for b in source.blocks if isinstance(b, Paragraph)]
    assert any(text.startswith("SM.VN - Sáng 15/3") for text in texts)
    assert "Trang chủ" not in texts
    assert texts[0] == title
