"""What a bloc's year, a bloc, a unit and a year say."""

from __future__ import annotations

from typing import Any

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.pages.environment import in_sentence
from tests.builders import bulletin, library
from tests.pages.builders import links, made, parsed, said

PATH = "khoi/khoi-1/2023/index.html"


def told_by(name: str, **year: Any) -> Any:
    return bulletin(name, title=f"Tin {name}", bloc_years=[{"year": 2023, **year}])


def test_a_head_is_named_with_the_bulletin_that_says_so() -> None:
    files = made(library(told_by("a", head={"unit": "phong-mot", "person": "Trần Thị Mẫu"})))
    shown = said(files, PATH)

    assert "Hồ sơ theo bản tin Tin a" in shown
    assert "Khối trưởng Phòng Một đại diện: Trần Thị Mẫu" in shown
    assert shown.count("Tin a") == 1
    assert "/ban-tin/a/" in links(parsed(files[PATH].decode()))


def test_where_bulletins_disagree_both_values_are_shown_and_marked() -> None:
    files = made(library(told_by("a", head="phong-mot"), told_by("b", head="phong-hai")))
    shown = said(files, PATH)

    assert "Phòng Một 1 Các bản tin nêu khác nhau Phòng Hai 2 Các bản tin nêu khác nhau" in shown
    assert "Căn cứ: các bản tin Tin a Tin b" in shown


def test_where_bulletins_agree_nothing_is_marked() -> None:
    files = made(library(told_by("a", head="phong-mot"), told_by("b", head="phong-mot")))

    assert "Phòng Một 1 2" in said(files, PATH)
    assert "nêu khác nhau" not in said(files, PATH)


def test_what_nobody_stated_is_said_to_be_missing_and_never_guessed() -> None:
    shown = said(made(library(bulletin())), PATH)

    assert (
        "Chưa bản tin nào nêu: khối trưởng, khối phó, các đơn vị thành viên, nội dung giao ước, chấm điểm, "
        "khen thưởng, kết quả." in shown
    )
    assert "Ký ngày 2 tháng 3 năm 2023. Chưa bản tin nào nêu nội dung giao ước." in shown


def test_the_cycle_shows_which_steps_have_a_bulletin() -> None:
    shown = said(made(library(bulletin())), PATH)

    assert "Ký giao ước thi đua 2 tháng 3 năm 2023 Sơ kết chưa có bản tin Tổng kết chưa có bản tin" in shown


def test_commitments_are_numbered_and_an_open_list_is_called_open() -> None:
    files = made(library(bulletin(commitments={"list": ["Đoàn kết", "Sáng tạo"], "open_ended": True})))
    listed = parsed(files[PATH].decode()).find(".//ol[@class='commitments']")

    assert listed is not None and len(listed) == 2
    assert "còn để ngỏ" in said(files, PATH)


def test_the_next_years_head_and_the_hand_over_are_shown() -> None:
    review = bulletin(
        ceremony={"kinds": ["summary", "handover"], "date": "2023-12-20"},
        years={"reviewed": 2023, "plan": 2024},
        decisions=[
            {"kind": "elected", "role": "head", "unit": "phong-hai", "for_year": 2024},
            {
                "kind": "handed_over",
                "from_unit": "phong-mot",
                "to_unit": "phong-hai",
                "on": "2023-12-20",
                "for_year": 2024,
            },
        ],
    )
    files = made(library(review))

    assert "Sang năm 2024 Khối trưởng Phòng Hai" in said(files, PATH)
    assert "bàn giao ngày 20 tháng 12 năm 2023" in said(files, PATH)
    next_year = said(files, "khoi/khoi-1/2024/index.html")
    assert "Khối trưởng Phòng Hai nhận bàn giao từ Phòng Một ngày 20 tháng 12 năm 2023" in next_year
    assert "/khoi/khoi-1/2024/" in links(parsed(files[PATH].decode()))


def test_a_bloc_page_lists_its_bulletins_newest_first_and_its_years_with_their_heads() -> None:
    early = told_by("a", head="phong-mot")
    late = bulletin("b", title="Tin b", ceremony={"kinds": ["midterm"], "date": "2023-07-01"}, years={"reviewed": 2023})
    shown = said(made(library(early, late)), "khoi/khoi-1/index.html")

    assert shown.rindex("Tin b") < shown.rindex("Tin a")
    assert shown.index("Năm 2023") < shown.index("Khối trưởng Phòng Một") < shown.index("Tin b")


def test_a_unit_page_shows_its_blocs_and_roles_by_year() -> None:
    files = made(library(told_by("a", head="phong-mot", members={"list": ["phong-mot", "phong-hai"]})))

    assert "2023 Khối trưởng Khối thi đua 1 theo Tin a" in said(files, "don-vi/phong-mot/index.html")
    assert "2023 Thành viên Khối thi đua 1 theo Tin a" in said(files, "don-vi/phong-hai/index.html")


def test_a_year_page_places_ceremonies_by_their_own_day_and_lists_bulletins_by_their_years() -> None:
    ceremony = {"kinds": ["summary"], "date": "2024-01-15"}
    files = made(library(bulletin("a", title="Tin a", ceremony=ceremony, years={"reviewed": 2023})))
    held, told = (said(files, f"nam/{year}/index.html") for year in (2024, 2023))

    assert "Tháng 1 15 15 tháng 1 năm 2024 Tin a" in held
    assert held.count("Tin a") == 1
    assert "Chưa có bản tin về buổi lễ nào trong năm này." in told
    assert "Bản tin của buổi lễ năm khác, thuộc năm 2023 Tin a" in told
    assert "sơ kết, tổng kết" in told


def test_an_award_that_was_proposed_and_is_given_stands_once_with_its_stages() -> None:
    flag = {"form": "co_luan_luu", "by": "Sở Mẫu", "count": "1"}
    told = [
        bulletin("a", awards=[flag | {"status": "proposed", "count": "2"}]),
        bulletin("b", awards=[flag | {"status": "voted"}]),
        bulletin("c", awards=[flag]),
    ]
    shown = said(made(library(*told)), "khoi/khoi-1/2023/index.html")

    assert shown.count("Cờ luân lưu") == 1
    assert "Trước đó: bình xét, suy tôn" in shown
    assert "Trước đó: đề nghị 2" in shown


def test_a_year_page_says_what_each_bloc_has_and_lacks_without_denying_a_ceremony() -> None:
    around = [bulletin(f"b{year}", bloc="khoi-2", years={"pact": str(year)}) for year in (2022, 2024)]
    shown = said(made(library(bulletin(), *around)), "nam/2023/index.html")

    assert "Khối thi đua 1 Khối trưởng: chưa nêu Ký giao ước thi đua: Khối thi đua 1 2/3" in shown
    assert "chưa có bản tin về: sơ kết (1 khối), tổng kết (1 khối). Còn 1 khối chưa có bản tin nào của năm." in shown
    assert "không có nghĩa là buổi lễ không được tổ chức" in shown


def test_blocs_are_listed_by_number_within_their_host() -> None:
    shown = said(made(library()), "khoi/index.html")

    assert "Sở Mẫu Khối thi đua 1 chưa có bản tin Khối thi đua 2 chưa có bản tin" in shown


def test_units_are_listed_in_the_order_of_the_vietnamese_alphabet() -> None:
    shown = said(made(library()), "don-vi/index.html")

    assert shown.index("Phòng Ba") < shown.index("Phòng Hai") < shown.index("Phòng Một")


@pytest.mark.parametrize(
    ("date", "signed", "step"),
    [
        ("2023-03-02", "Ký ngày 2 tháng 3 năm 2023.", "Ký giao ước thi đua: Khối thi đua 1 2/3"),
        ("2022-12-30", "Ký ngày 30 tháng 12 năm 2022.", "Ký giao ước thi đua: Khối thi đua 1 30/12/2022"),
        ("2023-03", "Ký trong tháng 3 năm 2023.", "Ký giao ước thi đua: Khối thi đua 1 3/2023"),
        ("2023", "Ký trong năm 2023.", "Ký giao ước thi đua: Khối thi đua 1 2023"),
        ("", "Ký (không nêu ngày).", "Ký giao ước thi đua: Khối thi đua 1 Trong các khối này"),
    ],
)
def test_a_signing_is_told_with_as_much_of_its_day_as_is_known(date: str, signed: str, step: str) -> None:
    ceremony = {"kinds": ["pact"], "date": date, "part": "morning"}
    files = made(library(bulletin(ceremony=ceremony, years={"pact": 2023})))

    assert signed in said(files, PATH)
    assert signed.removesuffix(".").lower() in said(files, "khoi/khoi-1/index.html").replace("  ", " ")
    assert step in said(files, "nam/2023/index.html")


def test_two_steps_of_one_meeting_are_each_called_by_their_own_name() -> None:
    both = bulletin(ceremony={"kinds": ["midterm", "summary"], "date": "2023-12-20"}, years={"reviewed": 2023})

    assert "Sơ kết: Khối thi đua 1 20/12 Tổng kết: Khối thi đua 1 20/12" in said(
        made(library(both)), "nam/2023/index.html"
    )


def test_what_another_bulletin_says_instead_is_told_in_words() -> None:
    first = told_by("a", members={"count_stated": 5, "list": ["phong-mot"]})
    other = bulletin(
        "b",
        ceremony={"id": "a", "kinds": ["pact"], "date": "2023-03-03"},
        bloc_years=[{"year": 2023, "members": {"count_stated": 6, "list": ["phong-mot"]}}],
    )
    shown = said(made(library(first, other)), PATH)

    assert "Bản tin khác nói có 6 đơn vị." in shown
    assert "Bản tin khác nêu: 3 tháng 3 năm 2023." in shown


def test_of_several_heads_the_one_that_took_over_is_named() -> None:
    decided = [
        {"kind": "handed_over", "from_unit": "phong-ba", "to_unit": "phong-mot", "on": "2023-01-05", "for_year": 2023}
    ]
    two = bulletin("c", ceremony={"kinds": ["handover"], "date": "2023-01-05"}, decisions=decided)
    files = made(library(told_by("a", head="phong-hai"), two))

    assert "Phòng Một nhận bàn giao từ Phòng Ba ngày 5 tháng 1 năm 2023" in said(files, PATH)


@pytest.mark.parametrize(
    ("alone", "within"),
    [
        ("Bằng khen", "bằng khen"),
        ("Cờ thi đua của Chính phủ", "cờ thi đua của Chính phủ"),
        ("Đảng viên Đảng bộ Sở", "đảng viên Đảng bộ Sở"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("UBND các huyện", "UBND các huyện"),
        ("", ""),
    ],
)
def test_words_within_a_sentence_keep_the_capitals_of_names(alone: str, within: str) -> None:
    assert in_sentence(alone) == within


def test_what_a_bulletin_says_of_a_school_year_is_of_a_school_year() -> None:
    told = bulletin(
        years={"reviewed": "năm học 2022–2023"},
        awards=[{"form": "giay_khen", "count": "3", "year": "2022–2023"}],
        scoring={"year": "2022–2023", "total": "100"},
        themes=[{"text": "Dạy tốt", "year": "2022–2023"}],
        decisions=[{"kind": "handed_over", "role": "head", "to_unit": "phong-mot", "for_year": "2022–2023"}],
    )
    files = made(library(told))

    assert "thành tích năm học 2022–2023" in said(files, "khoi/khoi-1/2022/index.html")
    assert "Bảng điểm năm học 2022–2023" in said(files, "khoi/khoi-1/2022/index.html")
    of_bulletin = said(files, "ban-tin/khoi-1-2023-pact/index.html")
    for page in (said(files, "khoi/khoi-1/2022/index.html"), of_bulletin):
        assert "Dạy tốt chủ đề năm học 2022–2023" in page
    assert "thành tích năm học 2022–2023" in of_bulletin
    assert "Bàn giao khối trưởng năm học 2022–2023 cho Phòng Một" in of_bulletin


@pytest.mark.parametrize("path", ["khoi/khoi-1/2019/", "khoi/khoi-1/", "nam/2019/", "don-vi/phong-mot/"])
def test_a_year_is_told_under_the_names_of_that_year(path: str) -> None:
    names = [{"name": "%s mới", "from": "2020-01-01"}, {"name": "%s cũ", "to": "2019-12-31"}]
    bloc, unit = ([{**name, "name": name["name"] % what} for name in names] for what in ("Khối", "Phòng"))
    register = Register(
        [Host.model_validate({"id": "so-mau", "names": "Sở Mẫu"})],
        [Bloc.model_validate({"id": "khoi-1", "names": bloc, "host": "so-mau"})],
        [Unit.model_validate({"id": "phong-mot", "names": unit})],
    )
    told = [
        bulletin(
            f"b{year}",
            title=f"Tin {year}",
            ceremony={"kinds": ["pact"], "date": f"{year}-03-02"},
            years={"pact": year},
            bloc_years=[{"year": year, "head": "phong-mot"}],
        )
        for year in (2019, 2021)
    ]
    files = made(Library(register, told, {one.id: Body(("<p>Tin.</p>",), one.id) for one in told}))
    shown = said(files, f"{path}index.html")

    assert "Phòng cũ" in shown
    assert path == "khoi/khoi-1/" or "Khối cũ" in shown


def test_a_title_outside_the_list_is_called_as_the_bulletin_calls_it() -> None:
    awards = [
        {"form": "other_title", "as": name, "count": "12", "to": "households"}
        for name in ("Gia đình văn hóa", "12 hộ đạt danh hiệu Gia đình học tập")
    ]
    files = made(library(bulletin(years={"reviewed": "2023"}, awards=awards)))

    assert "12 Gia đình văn hóa" in said(files, PATH)
    assert "12 Danh hiệu khác" in said(files, PATH)
    assert "12 Gia đình văn hóa" in said(files, "ban-tin/khoi-1-2023-pact/index.html")
