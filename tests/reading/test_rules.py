"""The rules: what each finds, where, and what it lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.mistakes import Mistake
from bulletins.phrases.names import Names
from bulletins.reading.bulletin import read
from bulletins.reading.rules.all import ACROSS, OF_THE_FILE, RULES, Rules
from bulletins.reading.sources import SourceFile
from tests.reading.texts import RENDERER, bulletin, codes, mistakes

MEMBERS = """\
bloc_years:
  - year: 2023
    head: Phòng Một
    deputies: Phòng Hai
    members:
      complete: có
      list: [Phòng Một, Phòng Hai, Phòng Ba]
"""
TARGETS = "targets:\n  - {of: cán bộ, value: 95}\n  - {of: tập thể, value: 100}\n"
SCORING = "scoring:\n  year: 2023\n  total: 1.000\n  criteria: [Một, Hai, Ba]\n"
AWARDS = "awards:\n  - {form: giay_khen, count: 9}\n"
BOTH_AWARDED = (
    "awards:\n  - {form: giay_khen, count: 4, to: collectives}\n  - {form: giay_khen, count: 5, to: individuals}\n"
)
HANDED_OVER = (
    "decisions:\n  - {kind: bàn giao, role: head, from_unit: Phòng Ba, to_unit: Phòng Một, for_year: 2023, on: 2023-"
)
COMMITMENTS = "commitments:\n  list: [Một việc, Hai việc]\n"
DOCUMENT = "documents:\n  - {kind: ke_hoach, symbol: 154/KH-SM}\n"


@pytest.mark.parametrize(
    ("more", "sentence", "wrong"),
    [
        (MEMBERS, "Bốn đơn vị thành viên dự lễ.", "M5"),
        (MEMBERS, "Dự lễ có 05 đơn vị thành viên.", "M5"),
        (MEMBERS, "Ba đơn vị thành viên dự lễ.", None),
        (MEMBERS, "Trong năm đơn vị thành viên đều tiến bộ.", None),
        (MEMBERS, "Một đơn vị thành viên vắng mặt.", None),
        ("", "Bốn đơn vị thành viên dự lễ.", None),
        (MEMBERS, "Phòng Ba là khối trưởng năm 2023.", "M6"),
        (MEMBERS, "Hội nghị bầu Phòng Ba làm Khối phó.", "M6"),
        (MEMBERS, "Khối trưởng là Phòng Hai.", "M6"),
        (MEMBERS, "Phòng Một giữ vai trò Khối trưởng năm 2023.", None),
        (MEMBERS, "Phòng Ba giữ vai trò Khối trưởng năm 2022.", None),
        (MEMBERS, "Phòng Ba cùng Khối trưởng ký.", None),
        (MEMBERS.replace("Phòng Một\n", "{unit: Phòng Một, person: Lê Văn An}\n", 1), "Ông Lê Văn Ân dự.", "M7"),
        (MEMBERS.replace("Phòng Một\n", "{unit: Phòng Một, person: Lê Văn An}\n", 1), "Ông Vũ Ân dự.", None),
        (MEMBERS.replace("Phòng Một\n", "{unit: Phòng Một, person: Hà An}\n", 1), "Ở nhà ăn, nhà An, Hà, An.", None),
        (f"{MEMBERS}{HANDED_OVER}07-01}}\n", "Phòng Ba là Khối trưởng năm 2023 đến tháng 7.", None),
        (f"{MEMBERS}{HANDED_OVER}01-05}}\n", "Phòng Ba là Khối trưởng năm 2023 đến tháng 7.", "M6"),
        (MEMBERS, "Phòng Ba (gọi tắt là Tổ Ba) ký. Tổ Ba giữ vai trò Khối trưởng.", "M6"),
        (MEMBERS, "Phòng Một (gọi tắt là Tổ Một) ký. Tổ Một giữ vai trò Khối trưởng.", None),
        (MEMBERS, "Phòng Ba dự lễ với tư cách Khối trưởng Khối thi đua số 2.", None),
        (TARGETS, "Phấn đấu 90% cán bộ.", "T3"),
        (TARGETS, "Phấn đấu **95%** cán bộ và 100 % tập thể.", None),
        (TARGETS, "Phấn đấu 90-95% cán bộ, từ 98% đến 100% tập thể, **90%** đến **95%** việc.", None),
        (TARGETS, "Phấn đấu **95%** đến **97%** cán bộ.", None),
        (TARGETS, "Phấn đấu 90–92% cán bộ.", "T3"),
        (TARGETS, "Phấn đấu 95–97% cán bộ.", None),
        ("targets:\n  - {of: thu ngân sách so với dự toán, value: 110}\n", "Thu đạt 110% dự toán.", None),
        ("targets:\n  - {of: đảng viên, value: 110}\n", "Phấn đấu 110% đảng viên.", "T1"),
        ("targets:\n  - {of: thu ngân sách, within: kế hoạch năm 2023, value: 110}\n", "Thu đạt 110%.", None),
        ("targets:\n  - {of: đảng viên hoàn thành kế hoạch, value: 950}\n", "Phấn đấu tốt.", "T1"),
        ("targets:\n  - {of: cán bộ, within: tăng cường kỷ luật, value: 195}\n", "Phấn đấu tốt.", "T1"),
        (TARGETS, "Ba chỉ tiêu được đặt ra.", "T4"),
        (TARGETS, "27 chỉ tiêu được đặt ra.", None),
        (TARGETS, "Hai chỉ tiêu được đặt ra.", None),
        (SCORING, "Chấm theo 05 tiêu chí.", "T4"),
        (SCORING, "Chấm theo 30 tiêu chí.", "T4"),
        (SCORING, "Tổng số 100 điểm.", "T4"),
        (SCORING, "Thang điểm là 100 điểm.", "T4"),
        (SCORING, "Tổng số 1.000 điểm, ba tiêu chí.", None),
        (AWARDS, "Khối tặng 08 giấy khen.", "A3"),
        (AWARDS, "Khối tặng 09 giấy khen.", None),
        (AWARDS, "Khối đã tặng giấy khen cho 04 tập thể và 05 cá nhân.", None),
        (AWARDS, "Khối đã tặng giấy khen cho 04 tập thể.", "A3"),
        (BOTH_AWARDED, "Khối đã tặng giấy khen cho 04 tập thể và 05 cá nhân.", None),
        (BOTH_AWARDED, "Khối đã tặng giấy khen cho 05 tập thể và 05 cá nhân năm qua.", "A3"),
        (BOTH_AWARDED, "Khối tặng 09 giấy khen.", None),
        (AWARDS, "Khối tặng bằng khen.", "A4"),
        (COMMITMENTS, "Bảy nội dung giao ước.", "C1"),
        (COMMITMENTS, "Các phòng ký giao ước thi đua năm 2023 gồm 7 nội dung.", "C1"),
        (COMMITMENTS, "Ký giao ước. Hội nghị bàn 7 nội dung.", None),
        (COMMITMENTS.replace("  list", "  open_ended: có\n  list"), "Bảy nội dung giao ước.", None),
        ("", "Hội nghị họp thứ Sáu, ngày 02/3/2023.", "D5"),
        ("", "Hội nghị họp thứ Năm, 2/3.", None),
        ("", "Hội nghị họp Chủ nhật, ngày 2 tháng 3 năm 2023.", "D5"),
        ("", "Khối thi đua 2 và Khối 2.", "B3"),
        ("", "Khối thi đua 1, Khối 1 và Khối thi đua 2.", None),
        ("", "Khối 5 đơn vị tham gia.", None),
        ("", "Đại diện Phòng hai phát biểu.", "N2"),
        ("", "Phòng hai, rồi Phòng hai phát biểu.", "N2"),
        ("", "PHÒNG HAI phát biểu.", None),
        ("", "Khối Thi đua số I và khối thi đua số 1.", None),
        ("", "Tỉnh uỷ và Huyện ủy, Đảng ủy.", "N2"),
        ("", "Toàn thể quý vị, quỷ và Tỉnh ủy.", None),
        ("", "Tỉnh uỷ hòa thuận.", None),
        ("", "Các phòng hai bên đường.", None),
        ("", "Đại diện HĐND dân tỉnh.", "N3"),
        ("", "Ngày ngày luôn luôn cố gắng.", None),
        ("", "Hội nghị của của khối.", "N3"),
        ("", "Phong trào “Một“ và hai.", "N3"),
        (DOCUMENT, "Theo Kế hoạch 154/KH-SM.", None),
        (DOCUMENT, "Không dẫn gì.", "S3"),
        ("", "Theo Kế hoạch 155/KH-SM.", "S2"),
        (DOCUMENT.replace("154/KH-SM", "65/2014/NĐ- CP"), "Theo Nghị định 65/2014/NĐ-CP.", "S1"),
        ("", "Tỷ lệ 24/7, ngày 02/3, 100% việc.", None),
    ],
)
def test_the_text_is_held_against_the_data(more: str, sentence: str, wrong: str | None, tmp_path: Path) -> None:
    assert codes(bulletin(sentence, more), tmp_path) == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("more", "sentence", "wrong"),
    [
        ("awards:\n  - {form: huy hiệu vàng}\n", "Hội nghị của của khối.", ["N3", "V4"]),
        ("awards:\n  - {form: huy hiệu vàng}\n", "Xem [đây](khong-co.pdf).", ["L1", "V4"]),
        ("documents:\n  - {kind: sách}\n", "Theo Kế hoạch 155/KH-SM.", ["V4"]),
        (
            "awards:\n  - {form: sai}\nsilenced:\n  - {rule: N3, reason: Ý tác giả.}\n",
            "Đây là của của khối.",
            ["N3", "V4"],
        ),
        ("published: 31/02/2023\n", "Gọi 0912.345.678 để biết.", ["D1", "X1"]),
        ("lang: fr\nhead: x\n", "Đại diện Phòng hai phát biểu.", ["N2", "V1", "V4"]),
    ],
)
def test_what_else_is_wrong_is_told_in_the_same_round(
    more: str, sentence: str, wrong: list[str], tmp_path: Path
) -> None:
    assert sorted(codes(bulletin(sentence, more), tmp_path)) == wrong


def test_title_and_lead_are_text_too_and_a_mistake_stands_there(tmp_path: Path) -> None:
    lead = "Phòng Ba (Khối trưởng) cùng các phòng ký giao ước; bốn đơn vị thành viên dự lễ."
    said = mistakes(bulletin("", MEMBERS, lead=lead), tmp_path)

    assert [(m.line, m.code) for m in said] == [(4, "M5"), (4, "M6")]


@pytest.mark.parametrize(
    ("title", "wrong"), [("Khối 1 ký giao ước năm 2024", ["D8"]), ("Khối 1 ký giao ước năm 2023", [])]
)
def test_the_years_of_a_title_are_those_of_the_bulletin(title: str, wrong: list[str], tmp_path: Path) -> None:
    assert codes(bulletin("Đây là giao ước năm 2023.", title=title), tmp_path) == wrong


def test_a_mistake_in_the_text_has_its_line_and_column(tmp_path: Path) -> None:
    told = mistakes(bulletin("Một.\n\nHai, *rồi* Bốn đơn vị thành viên dự.", MEMBERS), tmp_path)
    line = bulletin("", MEMBERS).count("\n") + 2

    assert [(m.line, m.column, m.code) for m in told] == [(line, 12, "M5")]


def test_a_mistake_in_a_caption_or_a_description_stands_at_that_photo(tmp_path: Path) -> None:
    more = AWARDS + "photos:\n  - file: a.jpg\n    alt: Trao bằng khen.\n    caption: Gọi 0912 345 678.\n"
    told = mistakes(bulletin("Khối tặng 09 giấy khen.", more), tmp_path, "a.jpg")

    assert sorted((m.code, m.message.partition(":")[0]) for m in told) == [
        ("A4", "`photos[1].alt`"),
        ("X1", "`photos[1].caption`"),
    ]


@pytest.mark.parametrize(
    ("points", "wrong"),
    [
        (("600", "400", "100"), False),
        (("600", "300", "100"), False),
        (("600", "300", "50"), True),
        (("600", "400", None), False),
    ],
)
def test_bonus_points_may_be_within_the_total_or_on_top_of_it(
    points: tuple[str | None, ...], wrong: bool, tmp_path: Path
) -> None:
    lines = [f"    - {{name: a{n}, points: {p or 'null'}, bonus: {'có' if n == 2 else 'không'}}}\n"
             for n, p in enumerate(points)]  # fmt: skip
    more = "scoring:\n  year: 2023\n  total: 1.000\n  criteria:\n" + "".join(lines)

    assert codes(bulletin(more=more), tmp_path) == (["T2"] if wrong else [])


def test_a_notice_may_be_published_before_what_it_announces(tmp_path: Path) -> None:
    announced = bulletin(ceremony="\n  kinds: launch\n  date: 2023-03-09", published="2023-03-02")
    late = bulletin(ceremony="\n  kinds: pact\n  date: 2023-03-04", published="2023-03-02")
    eve = bulletin(ceremony="\n  kinds: pact\n  date: 2023-03-03", published="2023-03-02")

    assert [codes(text, tmp_path) for text in (announced, late, eve)] == [[], ["D2"], []]


# The register as of the bulletin's day


def register() -> Register:
    units = [
        {"id": "phong-moi", "names": "Phòng Mới", "founded": "2022-07-01"},
        {"id": "phong-cu", "names": "Phòng Cũ", "dissolved": "2022-07-01", "replaced_by": "phong-moi"},
        {
            "id": "phong-doi-ten",
            "names": [{"name": "Phòng Tên Mới", "from": "2022-07-01"}, {"name": "Phòng Tên Cũ", "to": "2022-06-30"}],
        },
        {"id": "phong-khoi-2", "names": "Phòng Hai Khối", "memberships": [{"bloc": "khoi-2", "from": "2022"}]},
    ]
    return Register(
        hosts=[Host.model_validate({"id": "so-mau", "names": "Sở Mẫu"})],
        blocs=[Bloc.model_validate({"id": f"khoi-{n}", "names": f"Khối {n}", "host": "so-mau"}) for n in (1, 2)],
        units=[Unit.model_validate(unit) for unit in units],
    )


def told_of(unit: str, year: int, day: str, folder: Path) -> list[str]:
    seats = f"bloc_years:\n  - year: {year}\n    members: {{list: [{unit}]}}\n"
    text = bulletin(more=seats, ceremony=f"\n  kinds: summary\n  date: {day}", years=f"\n  reviewed: {year}")
    (folder / "index.md").write_text(text, encoding="utf-8")
    known = register()
    found = read(SourceFile(folder / "index.md", "index.md"), {}, known, RENDERER, Rules(known))
    return [mistake.code for mistake in found.mistakes]


@pytest.mark.parametrize(
    ("unit", "year", "day", "wrong"),
    [
        ("Phòng Mới", 2021, "2021-12-20", ["R1"]),
        ("Phòng Mới", 2022, "2022-12-20", []),
        ("Phòng Cũ", 2022, "2022-12-20", []),
        ("Phòng Cũ", 2023, "2023-12-20", ["R2"]),
        ("Phòng Hai Khối", 2021, "2021-12-20", []),
        ("Phòng Hai Khối", 2022, "2022-12-20", ["R3"]),
        ("Phòng Tên Cũ", 2022, "2022-12-20", []),
        ("Phòng Tên Cũ", 2023, "2023-12-20", ["R4"]),
        ("Phòng Tên Mới", 2021, "2021-12-20", ["R4"]),
        ("phong-doi-ten", 2021, "2021-12-20", []),
    ],
)
def test_a_unit_is_judged_as_of_the_bulletins_year(
    unit: str, year: int, day: str, wrong: list[str], tmp_path: Path
) -> None:
    assert told_of(unit, year, day, tmp_path) == wrong


def test_a_spelling_that_the_register_lists_among_aliases_is_not_warned_of(tmp_path: Path) -> None:
    unit = {"id": "tp-mau", "names": "Thành phố Mẫu", "aliases": ["TP Mẫu"]}
    known = Register(
        hosts=register().hosts.values(), blocs=register().blocs.values(), units=[Unit.model_validate(unit)]
    )

    def told(sentence: str) -> list[str]:
        (tmp_path / "index.md").write_text(bulletin(sentence), encoding="utf-8")
        found = read(SourceFile(tmp_path / "index.md", "index.md"), {}, known, RENDERER, Rules(known))
        return [mistake.code for mistake in found.mistakes]

    assert told("Ký tại TP Mẫu.") == []
    assert told("Ký tại Thành phố- Mẫu.") == []
    assert told("Ký tại Thành Phố Mẫu.") == ["N2"]


# Silencing


def test_a_silenced_rule_is_listed_with_its_reason_and_refuses_nothing(tmp_path: Path) -> None:
    more = "silenced:\n  - rule: T1\n    reason: Kế hoạch giao vượt mức.\ntargets:\n  - {of: sản lượng, value: 120}\n"
    told = mistakes(bulletin(more=more), tmp_path)

    assert [(m.code, m.level) for m in told] == [("T1", "silenced")]
    assert "Kế hoạch giao vượt mức." in told[0].message


@pytest.mark.parametrize(("rule", "code"), [("D1", "Z1"), ("P1", "Z1"), ("b3", "Z1"), ("B3", "Z2")])
def test_only_a_rule_that_speaks_can_be_silenced(rule: str, code: str, tmp_path: Path) -> None:
    assert codes(bulletin(more=f"silenced:\n  - {{rule: {rule}, reason: Vì thế.}}\n"), tmp_path) == [code]


# The list of rules


def test_every_rule_has_one_line_in_the_list() -> None:
    listed = [rule.code for rule in RULES]

    assert len(listed) == len(set(listed))
    assert not set(listed) & {*ACROSS, *OF_THE_FILE}


# Names in running text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Vụ Lễ tân và Hợp tác quốc tế, Vụ Thư ký", ["Vụ Lễ tân và Hợp tác quốc tế", "Vụ Thư ký"]),
        ("Vụ Lễ tân và HTQT cùng dự", ["Vụ Lễ tân và HTQT"]),
        ("Văn phòng Đảng - Đoàn thể", ["Văn phòng Đảng - Đoàn thể"]),
        ("Phó Vụ Thư ký. Vụ\nThư ký", ["Vụ Thư ký"]),
        ("Vụ Thư", []),
    ],
)
def test_a_name_is_found_whole_however_it_is_joined(text: str, written: list[str]) -> None:
    names = ("Vụ Lễ tân và Hợp tác quốc tế", "Vụ Thư ký", "Văn phòng Đảng – Đoàn thể", "Vụ Lễ tân")
    units = [Unit.model_validate({"id": f"u{n}", "names": name}) for n, name in enumerate(names)]

    assert [mention.written for mention in Names(Register(units=units)).find(text)] == written


def test_names_cost_no_more_with_a_register_of_thousands() -> None:
    units = [Unit.model_validate({"id": f"u{n}", "names": f"Phòng Số {n}"}) for n in range(5_000)]

    assert [m.ids for m in Names(Register(units=units)).find("Phòng Số 77 và Phòng Số 4999.")] == [{"u77"}, {"u4999"}]


# Planted in many bulletins


PLANTED = {
    "T1": ("    value: 95\n", "    value: 195\n"),
    "M5": ("Nội dung.", "Bảy đơn vị thành viên dự."),
    "D1": ("  date: 2023-03-02", "  date: 2023-02-30"),
    "B1": ("    head: Phòng Một", "    head: Phòng Không Có"),
    "X1": ("Nội dung.", "Gọi 0912 345 678."),
    "V1": ("lead: ", "leed: a\nlead: "),
}


def test_every_mistake_planted_in_two_hundred_bulletins_is_told_with_its_right_line(tmp_path: Path) -> None:
    more = MEMBERS + "targets:\n  - of: cán bộ\n    value: 95\n"
    plain = bulletin("Mở đầu.\n\nNội dung.", more)
    rules = list(PLANTED)
    wanted: list[tuple[str, int, str]] = []
    found: list[Mistake] = []
    for n in range(200):
        code = rules[n % len(rules)]
        old, new = PLANTED[code]
        pad = "\n" * (n % 7)
        text = plain.replace("---\nid: a\n", f"---\n{pad}id: b{n}\n").replace(old, new, 1)
        planted = new.partition("\n")[0]
        line = next(number for number, typed in enumerate(text.split("\n"), 1) if typed == planted)
        wanted.append((f"{n}", line, code))
        found += [Mistake(f"{n}", m.line, m.column, m.code, m.message) for m in mistakes(text, tmp_path)]

    assert [(m.path, m.line, m.code) for m in found] == wanted
