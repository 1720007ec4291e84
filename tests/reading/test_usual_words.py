"""What authors usually type is taken as it stands, or refused with words that can be typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.domain.model import Bulletin
from tests.reading.texts import bulletin, mistakes, reading


def record(folder: Path, more: str, **fields: str) -> Bulletin:
    read = reading(bulletin(more=more, **fields), folder)

    assert read.bulletin is not None, read.mistakes
    return read.bulletin


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("Phòng Một; Phòng Hai", ("phong-mot", "phong-hai")),
        ("Phòng Một • Phòng Hai • Phòng Ba", ("phong-mot", "phong-hai", "phong-ba")),
        ("Phòng Một, Phòng Ba", ("phong-mot", "phong-ba")),
        ("[Phòng Một, Sở Mẫu]", ("phong-mot", "so-mau")),
    ],
)
def test_a_pasted_list_of_units_is_a_list(typed: str, units: tuple[str, ...], tmp_path: Path) -> None:
    told = record(tmp_path, f"bloc_years:\n  - year: 2023\n    members:\n      list: {typed}\n").bloc_years[0]

    assert tuple(seat.unit for seat in told.members.list) == units


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("Ký giao ước", ("pact",)),
        ("[tổng kết, bầu khối trưởng, khối phó]", ("summary", "election")),
        ("[Bàn giao, Chấm điểm]", ("handover", "scoring")),
        ("[tong ket, GIAO UOC]", ("summary", "pact")),
        ("[hội nghị tổng kết, lễ ký kết giao ước thi đua]", ("summary", "pact")),
    ],
)
def test_a_kind_is_known_by_its_usual_words(typed: str, kinds: tuple[str, ...], tmp_path: Path) -> None:
    told = record(tmp_path, "", ceremony=f"\n  kinds: {typed}\n  date: 2023-03-02")

    assert told.ceremony.kinds == kinds


def test_people_themes_targets_and_decisions_take_usual_words(tmp_path: Path) -> None:
    more = (
        "people:\n  - {name: Lê Văn An, did: [đến dự, Chứng kiến, tặng hoa]}\n"
        "themes:\n  - {text: 'Nhanh, gọn', kind: khẩu hiệu}\n"
        "targets:\n  - {of: cán bộ, op: trở lên, value: 95%}\n"
        "decisions:\n  - {kind: suy tôn, role: Trưởng Khối, unit: Phòng Một, for_year: năm 2024}\n"
        "commitments:\n  - Giữ nền nếp.\n"
    )
    told = record(tmp_path, more)

    assert told.people[0].did == ("attended", "witnessed", "presented_flowers")
    assert told.themes[0].kind == "slogan"
    assert (told.targets[0].op, told.targets[0].value) == (">=", 95)
    assert (told.decisions[0].role, told.decisions[0].for_year) == ("head", 2024)
    assert told.commitments.list == ("Giữ nền nếp.",)


def test_awards_and_results_take_usual_words(tmp_path: Path) -> None:
    more = (
        "awards:\n  - {form: Cờ thi đua của UBND tỉnh, status: được tặng, to: đơn vị}\n"
        "  - {form: chiến sỹ thi đua cấp tỉnh, count: 2, recipients: Lê Văn An; Trần Thị Bình}\n"
        "results:\n  - {text: Đã phát, value: 12, unit: tin}\n"
    )
    told = record(tmp_path, more)

    assert [(award.form, award.status, award.to) for award in told.awards] == [
        ("co_thi_dua_bo_nganh_tinh", "given", "collectives"),
        ("chien_si_thi_dua_bo_nganh_tinh", "given", None),
    ]
    assert told.awards[1].recipients == ("Lê Văn An", "Trần Thị Bình")
    assert told.results[0].unit == "tin"


def test_a_mistyped_code_is_no_word(tmp_path: Path) -> None:
    (told,) = mistakes(bulletin(more="people:\n  - {name: Lê Văn An, did: atended}\n"), tmp_path)

    assert told.code == "V4"


@pytest.mark.parametrize("typed", ["năm 2022", "2022 – 2023", "năm học 2022-2023", "6 tháng đầu năm 2022"])
def test_a_year_is_taken_as_it_is_said(typed: str, tmp_path: Path) -> None:
    assert record(tmp_path, "", years=f"\n  pact: {typed}").years.pact == 2022


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("years: {pact: 2022-2024}", "như 2022–2023"),
        ("awards:\n  - form: Cờ thi đua", "có phải `Cờ thi đua của Chính phủ`"),
        ("awards:\n  - form: Bằng khen của Thủ tướng", "có phải `Bằng khen`"),
        ("published: Thứ sáu, 20/03/2023", "ngày ấy là thứ Hai"),
        ('bloc_years:\n  - year: 2023\n    head: Công ty "ABC"', 'names: "Công ty “ABC”"'),
    ],
)
def test_what_cannot_be_taken_is_answered_with_words_to_type(field: str, words: str, tmp_path: Path) -> None:
    name = field.partition(":")[0]
    lines = {"years": field.partition(":")[2]} if name == "years" else {}
    told = mistakes(bulletin(more="" if lines else f"{field}\n", **lines), tmp_path)

    assert any(words in mistake.message for mistake in told), told


def test_a_photo_that_was_withdrawn_is_counted_nowhere_and_its_file_may_be_gone(tmp_path: Path) -> None:
    photos = (
        "photos:\n"
        "  - file: gone.jpg\n    alt: Toàn cảnh\n    withdrawn: {date: 2023-06-01, reason: Người trong ảnh yêu cầu}\n"
        "  - file: b.jpg\n    alt: Hai đơn vị ký giao ước\n"
    )
    read = reading(bulletin("![](b.jpg)", photos), tmp_path, "b.jpg")
    told = read.bulletin

    assert told is not None
    assert [mistake for mistake in read.mistakes if mistake.level == "error"] == []
    assert [(photo.n, photo.id, photo.line) for photo in read.photos] == [(1, "b", 15)]
    assert [(gone.id, gone.reason) for gone in told.withdrawn_photos] == [("gone", "Người trong ảnh yêu cầu")]
