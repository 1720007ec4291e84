"""Queries as people type them, answered by the page's programs from the index of whole sites."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.search.published import ask, files, index_of, read

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "tests" / "sites" / "search" / "content"

ROAD_1, ROAD_1_REVIEW = "vantai-khoi-2-2021-pact", "vantai-khoi-2-2021-summary"
BUSES, LIBRARY, VOLLEYBALL = "vantai-khoi-7-2022-launch", "anhoa-khoi-2-2022-pact", "anhoa-khoi-2-2023-sports"
CLUSTER, PRESS = "anhoa-cum-9-2023-midterm", "anhoa-bao-chi-2023-award"

KHOI_3, KHOI_5, KHOI_20 = "vpqh-khoi-3-2023-pact", "vpqh-khoi-5-2022-summary", "bvhttdl-khoi-20-2024-pact"
BEN_TRE, BAC_NINH = "bentre-khoi-1-2023-pact", "bacninh-khoi-tham-muu-tong-hop-2024-pact"

SAMPLE_QUERIES = {
    # Blocs, however their number is written.
    "khối 7": BUSES,
    "khoi thi dua so vii": BUSES,
    "KHỐI VII": BUSES,
    "cụm 9": CLUSTER,
    "cum thi dua so ix": CLUSTER,
    "Cụm thi đua IX sơ kết": CLUSTER,
    "khối ii vận tải giao ước": ROAD_1,
    "khoi 2 an hoa bong chuyen": VOLLEYBALL,
    "khối 2 bàn giao": ROAD_1_REVIEW,
    "khối thi đua các cơ quan báo chí": PRESS,
    # People.
    "Đoàn Khắc Uy": ROAD_1_REVIEW,
    "phan thuy quynh doc ban giao uoc": ROAD_1,
    "Khuất Duy Hoàng": BUSES,
    "khuat duy hoang": BUSES,
    "lò thị mẩy": LIBRARY,
    "lo thi may": LIBRARY,
    "Tạ Quang Bửu Lâm": LIBRARY,
    "ta quang buu lam": LIBRARY,
    "Mè Thị Soan": CLUSTER,
    "vi van pao": CLUSTER,
    "Quách Ái Vân": PRESS,
    # Symbols of documents.
    "31/KH-SVT": ROAD_1,
    "31 kh svt": ROAD_1,
    "418/qđ-svt": BUSES,
    "418/QD-SVT": BUSES,
    "12-CT/TU": LIBRARY,
    # Units and places.
    "trạm đăng kiểm cầu ngang": ROAD_1_REVIEW,
    "quảng trường cầu ngang": BUSES,
    "huyen thuy lam": CLUSTER,
    "Quý Sơn": CLUSTER,
    "san van dong my xuyen": VOLLEYBALL,
    "bến cảng": ROAD_1_REVIEW,
    # What stands in a text only.
    "tủ sách chữ nổi cho người khiếm thị": LIBRARY,
    "ao phao": ROAD_1,
    "nghề gốm": PRESS,
    "hai trăm cây phượng": VOLLEYBALL,
    "đường ống nước sạch": CLUSTER,
    "chuyến xe nghĩa tình": BUSES,
    # Another place of the tone.
    "huyện Thuỷ Lâm": CLUSTER,
    "giữ gìn sức khoẻ": BUSES,
    "tỉnh An Hoà bóng chuyền": VOLLEYBALL,
    # Words in another order.
    "phượng trồng cây": VOLLEYBALL,
    "gốm phóng viên An Hòa": PRESS,
    "2021 tổng kết Đội tàu": ROAD_1_REVIEW,
    "Quỳnh Thúy Phan giao ước": ROAD_1,
    # One word.
    "IX": CLUSTER,
    "phượng": VOLLEYBALL,
    "gom": PRESS,
    # Slips of the keyboard.
    "khuats duy hoang": BUSES,
    "Khuât Duy Hoang": BUSES,
    "dang kieemr cau ngang": ROAD_1_REVIEW,
    "quang truong cau nagng": BUSES,
    "thư vien tinh an hòa chủ nhật": LIBRARY,
    "bongg chuyen": VOLLEYBALL,
    # A date.
    "13/5/2023": VOLLEYBALL,
    "ngày 18 tháng 3 năm 2022": LIBRARY,
}

REAL_QUERIES = {
    "khoi thi dua xx": KHOI_20,
    "khoi so 1 ben tre": BEN_TRE,
    "khối iii văn phòng quốc hội ký giao ước": KHOI_3,
    "Trần Quốc Nam": KHOI_5,
    "le thanh van": BEN_TRE,
    "01-CT/TU": BEN_TRE,
    "21 kl tw": BEN_TRE,
    "tham mưu, tổng hợp": BAC_NINH,
    "bac ninh": BAC_NINH,
    "Trung tâm Công nghệ thông tin": KHOI_20,
    "Báo Đồng Khởi": BEN_TRE,
    "bien tap bao dong khoi": BEN_TRE,
    "vu thu ky": KHOI_5,
    "nhung lan": KHOI_3,
    "hop tac quocs te le tan": KHOI_5,
    "phòng rèm xanh ngọc": KHOI_5,
}

FILTERED = {
    ("giao ước", "@y2021"): [ROAD_1],
    ("khối 2", "@banhoa-khoi-2"): [VOLLEYBALL, LIBRARY],
    ("", "@ksummary"): [ROAD_1_REVIEW],
    ("", "@udoi-tau-song-lam"): [ROAD_1_REVIEW, ROAD_1],
    ("khoi 7", "@y2021"): [],
}


def first(answer: dict[str, Any]) -> str | None:
    return next(iter([*answer["full"], *answer["scattered"], *answer["near"]]), None)


@pytest.mark.parametrize(("content", "queries"), [(SAMPLE, SAMPLE_QUERIES), (ROOT / "content", REAL_QUERIES)])
def test_the_bulletin_somebody_means_comes_first(tmp_path: Path, content: Path, queries: dict[str, str]) -> None:
    index = index_of(read(content), tmp_path / "store")
    forms = [*queries, *(unicodedata.normalize("NFD", query) for query in queries)]
    answers = ask(tmp_path, index, [(query, [], False) for query in forms])["answers"]

    assert {query: first(answer) for query, answer in zip(forms, answers, strict=True)} == {
        query: queries[unicodedata.normalize("NFC", query)] for query in forms
    }


def test_facets_narrow_a_search_and_stand_alone_newest_first(tmp_path: Path) -> None:
    index = index_of(read(SAMPLE), tmp_path / "store")
    answers = ask(tmp_path, index, [(query, [facet], False) for query, facet in FILTERED])["answers"]

    assert [answer["full"] for answer in answers] == list(FILTERED.values())


def test_a_phrase_that_no_bulletin_holds_is_answered_by_scattered_words_said_apart(tmp_path: Path) -> None:
    index = index_of(read(SAMPLE), tmp_path / "store")
    (answer,) = ask(tmp_path, index, [("phượng trồng cây", [], False)])["answers"]

    assert (answer["full"], answer["scattered"]) == ([], [VOLLEYBALL])


def test_a_mistyped_query_is_mended_and_says_so(tmp_path: Path) -> None:
    index = index_of(read(SAMPLE), tmp_path / "store")
    queries = ["khuats duy hoang", "khuất duy hoàng", "chu tich uy ban nhan dan tinh", "chủ tịch ubnd tỉnh", "LĐLĐ"]
    answers = ask(tmp_path, index, [(query, [], False) for query in queries])["answers"]

    assert [answer["mended"] for answer in answers] == ["khuat duy hoang", None, "chu tich ubnd tinh", None, None]


def test_an_abbreviation_finds_the_bulletins_that_spell_it_out(tmp_path: Path) -> None:
    index = index_of(read(ROOT / "content"), tmp_path / "store")
    (answer,) = ask(tmp_path, index, [("trung tam CNTT", [], False)])["answers"]

    assert (first(answer), answer["mended"]) == (KHOI_20, "trung tam công nghệ thông tin")


def test_a_query_of_several_words_asks_for_single_words_only_where_it_is_needed_or_wanted(tmp_path: Path) -> None:
    index = index_of(read(SAMPLE), tmp_path / "store")
    narrow, wide = ask(tmp_path, index, [("báo an hòa", [], False), ("báo an hòa", [], True)])["answers"]

    assert set(narrow["full"]) == set(wide["full"])


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("kim tinh", "a draft"),
        ("mộc tinh", "a withdrawn bulletin"),
        ("thủy tinh", "one before its hour"),
        ("hỏa tinh", "one that has expired"),
        ("nông ích thiện", "a recipient whom no page names"),
        ("ngân thế phong", "a person whose only part was to receive"),
    ],
)
def test_what_no_page_shows_is_in_no_file_of_the_index(tmp_path: Path, words: str, where: str) -> None:
    made = b"".join(files(index_of(read(SAMPLE), tmp_path / "store")).values()).decode()
    first_pair = '"{} {}":'.format(*words.split()[:2])

    assert first_pair not in made, where


def test_recipients_are_found_where_a_site_names_them(tmp_path: Path) -> None:
    library = read(SAMPLE, publish_recipients=True)
    (answer,) = ask(tmp_path, index_of(library, tmp_path / "store", recipients=True), [("nong ich thien", [], False)])[
        "answers"
    ]

    assert answer["full"] == [PRESS]
