"""What a bulletin's page says, and what it keeps to itself."""

from __future__ import annotations

import pytest

from bulletins.domain.library import Library
from bulletins.domain.model import Body, Bulletin
from bulletins.settings import Settings
from tests.builders import bulletin, library, register
from tests.pages.builders import full_library, made, parsed, said, words

PATH = "ban-tin/khoi-1-2023-pact/index.html"


def page_of(**fields: object) -> str:
    return said(made(library(bulletin(**fields))), PATH)


def test_the_day_of_the_ceremony_is_written_in_full() -> None:
    shown = page_of(ceremony={"kinds": ["pact"], "date": "2023-03-22", "part": "morning"})

    assert "Sáng 22 tháng 3 năm 2023" in shown


def test_the_pictures_of_the_text_stand_where_the_author_put_them() -> None:
    html = made(full_library("Chữ"))[PATH].decode()
    prose = parsed(html).find(".//div[@class='prose']")

    assert prose is not None
    assert [element.tag for element in prose] == ["p", "figure", "p"]


def test_every_year_is_shown_with_its_reasons_and_leads_to_the_dossier() -> None:
    html = made(library(bulletin(years={"reviewed": 2022, "plan": 2023})))[PATH].decode()

    assert "Hồ sơ khối năm 2022 sơ kết, tổng kết" in words(parsed(html))
    assert 'href="/khoi/khoi-1/2022/"' in html
    assert 'href="/khoi/khoi-1/2023/"' in html


def test_what_a_bulletin_does_not_state_is_said_once_in_one_place() -> None:
    shown = page_of()

    assert "Bản tin chưa nêu: địa điểm, khối trưởng, khối phó, các đơn vị thành viên, nội dung giao ước." in shown
    assert shown.count("chưa nêu") == 1


def test_members_say_whether_they_are_all() -> None:
    members = {"complete": True, "list": ["phong-mot", "phong-hai"]}
    partly = {"count_stated": 5, "list": ["phong-mot", "phong-hai"]}

    assert "đủ 2 đơn vị:" in page_of(bloc_years=[{"year": 2023, "members": members}])
    assert "có 5 đơn vị, nêu tên 2" in page_of(bloc_years=[{"year": 2023, "members": partly}])
    assert "một phần" in page_of(bloc_years=[{"year": 2023, "members": {"list": ["phong-mot"]}}])


def test_the_head_stands_first_among_the_members() -> None:
    year = {"year": 2023, "head": "phong-ba", "members": {"list": ["phong-mot", "phong-hai", "phong-ba"]}}

    assert "mới nêu một phần: Phòng Ba Phòng Một Phòng Hai" in page_of(bloc_years=[year])
    assert "Khối trưởng năm 2023: Phòng Ba" in page_of(bloc_years=[year])


@pytest.mark.parametrize(
    ("target", "said_of_it"),
    [
        ({"op": ">=", "value": 95, "unit": "percent"}, "từ 95 % trở lên"),
        ({"op": "<=", "value": 3, "unit": "percent"}, "không quá 3 %"),
        ({"op": "=", "value": 1000, "unit": "points"}, "1.000 điểm"),
        ({"op": ">=", "value": 99.5, "unit": "percent"}, "từ 99,5 % trở lên"),
        ({"unit": "quality", "attain": ["vững mạnh"]}, "vững mạnh"),
    ],
)
def test_a_target_is_said_in_words(target: dict[str, object], said_of_it: str) -> None:
    assert said_of_it in page_of(targets=[{"of": "cán bộ", **target}]).replace("\xa0", " ")


def test_points_nobody_stated_are_said_to_be_missing() -> None:
    scoring = {"year": 2023, "total": 1000, "criteria": ["Chuyên môn"]}

    assert "1. Chuyên môn chưa nêu Tổng số điểm 1.000" in page_of(scoring=scoring)


def test_editors_notes_and_what_was_stripped_are_never_published() -> None:
    told = full_library("Chữ", notes=[{"field": "x", "issue": "BÍ MẬT"}], stripped=["BÍ MẬT"])

    assert [path for path, data in made(told).items() if "BÍ MẬT".encode() in data] == []


@pytest.mark.parametrize("published", [False, True])
def test_recipients_are_named_only_if_the_settings_say_so(published: bool) -> None:
    award = {"form": "giay_khen", "year": 2023, "units": ["phong-mot"], "recipients": ["Nguyễn Văn Nhận"]}
    told = full_library("Chữ", awards=[award])
    files = made(told, Settings(publish_recipients=published))
    naming = {path for path, data in files.items() if "Nguyễn Văn Nhận".encode() in data}

    assert bool(naming) is published


def test_a_bulletin_in_another_language_than_the_site_says_so() -> None:
    html = made(library(bulletin(lang="en")))[PATH].decode()
    article = parsed(html).find(".//article[@lang='en']")

    assert article is not None
    assert all(article.find(f".//{ours}").get("lang") == "vi" for ours in ("aside", "footer", "header/p"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        ("2023-04-30", "Đăng đến hết 30 tháng 4 năm 2023"),
        ("2023-04-30 17:00", "Đăng đến 30 tháng 4 năm 2023, 17:00"),
    ],
)
def test_a_bulletin_that_expires_says_until_when_it_is_shown(expires: str, words: str) -> None:
    assert words in said(made(library(bulletin(expires=expires))), PATH)
    assert "Đăng đến" not in said(made(library(bulletin())), PATH)


def test_two_bulletins_of_one_ceremony_name_each_other() -> None:
    ceremony = {"id": "le-ky", "kinds": ["pact"], "date": "2023-03-02"}
    files = made(library(bulletin("mot", ceremony=ceremony, title="Tin thứ nhất"), bulletin("hai", ceremony=ceremony)))

    assert "Bản tin khác về buổi lễ này Tin thứ nhất" in said(files, "ban-tin/hai/index.html")
    assert said(files, "ban-tin/hai/index.html").count("Tin thứ nhất") == 1


def test_the_page_of_a_withdrawn_bulletin_shows_nothing_of_the_old_text() -> None:
    secret = full_library("LỜI CŨ").newest[0].model_dump(by_alias=True)
    gone = Bulletin.model_validate(
        {
            **secret,
            "title": "Tiêu đề",
            "status": "withdrawn",
            "withdrawn": {"date": "2023-04-01", "reason": "Đăng nhầm"},
        }
    )
    told = Library(register(), [], {gone.id: Body(("<p>LỜI CŨ</p>",), "x")}, [gone])
    files = made(told)
    shown = said(files, PATH)

    assert all(part in shown for part in ("Tiêu đề", "Đăng nhầm", "1 tháng 4 năm 2023"))
    assert [path for path, data in files.items() if "LỜI CŨ".encode() in data] == []


def test_an_id_that_a_withdrawn_bulletin_had_before_leads_to_the_notice() -> None:
    gone = Bulletin.model_validate(
        {
            **bulletin("moi", former_ids=["cu"]).model_dump(by_alias=True),
            "status": "withdrawn",
            "withdrawn": {"date": "2023-04-01", "reason": "Đăng nhầm"},
        }
    )
    files = made(Library(register(), [], {}, [gone]))

    assert b'href="/ban-tin/moi/"' in files["ban-tin/cu/index.html"]
    assert "Đăng nhầm" in said(files, "ban-tin/moi/index.html")


def test_a_long_list_of_facts_can_be_passed_over_to_the_text() -> None:
    awards = [{"form": "giay_khen", "count": n, "for": f"việc {n}"} for n in range(1, 14)]
    long, short = (parsed(made(library(bulletin(awards=awards[:n])))[PATH].decode()) for n in (13, 12))

    assert long.find(".//aside//a[@href='#bai-viet']") is not None and long.find(".//*[@id='bai-viet']") is not None
    assert short.find(".//aside//a[@href='#bai-viet']") is None
