"""What recognisers find in a sentence, and what they leave alone. Every sentence was written for these tests."""

from __future__ import annotations

import datetime

import pytest

from bulletins.phrases.abbreviations import short_names
from bulletins.phrases.awards import find_awards
from bulletins.phrases.blocs import find_blocs
from bulletins.phrases.ceremonies import find_years, kinds_done, kinds_named
from bulletins.phrases.citations import find_documents
from bulletins.phrases.goals import find_commitments, find_scoring, find_targets
from bulletins.phrases.members import find_member_counts, find_member_lists
from bulletins.phrases.names import Mention
from bulletins.phrases.people import find_people
from bulletins.phrases.roles import find_roles
from bulletins.phrases.sentences import sentences
from bulletins.phrases.statements import find_directions, find_instructions, find_limitations
from bulletins.phrases.units import find_units, split_list


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Sở Y tế tổ chức hội nghị.", ["Sở Y tế"]),
        ("Giám đốc Thư viện Hương Giang Trần Văn Bình phát biểu.", ["Thư viện Hương Giang"]),
        ("Dự có Sở Văn hóa, Thể thao và Du lịch và Sở Y tế.", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("Trung tâm bồi dưỡng đại biểu dân cử đã báo cáo.", ["Trung tâm bồi dưỡng đại biểu dân cử"]),
        ("Ban tổ chức hội nghị cảm ơn.", []),
        ("Dự có Công ty CP Công trình giao thông và Lữ đoàn 161.", ["Công ty CP Công trình giao thông", "Lữ đoàn 161"]),
        ("Kiểm toán trưởng phát biểu.", []),
        ("Bệnh viện Bà Rịa chủ trì, Bà Lê Thị Hoa dự.", ["Bệnh viện Bà Rịa"]),
        ("Do Tỉnh Đoàn Lâm Đồng chủ trì.", ["Tỉnh Đoàn Lâm Đồng"]),
        ("Tỉnh đoàn chủ trì.", ["Tỉnh đoàn"]),
    ],
)
def test_a_unit_ends_where_the_sentence_goes_on(text: str, units: list[str]) -> None:
    assert [unit.written for unit in find_units(text)] == units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Cục Vận hành I, Cục Vận hành II, Vụ Lễ tân và Hợp tác quốc tế và Vụ Thư ký",
            ["Cục Vận hành I", "Cục Vận hành II", "Vụ Lễ tân và Hợp tác quốc tế", "Vụ Thư ký"],
        ),
        ("các sở: Nội vụ, Tư pháp và Tài chính", ["Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính"]),
        ("Huyện ủy An Lĩnh, Bình Sa và Thị ủy Cát Hạ", ["Huyện ủy An Lĩnh", "Huyện ủy Bình Sa", "Thị ủy Cát Hạ"]),
        ("Sở Y tế; Sở Lao động, Thương binh và Xã hội", ["Sở Y tế", "Sở Lao động, Thương binh và Xã hội"]),
        ("Văn phòng Đảng – Đoàn thể, Báo Sông Lam", ["Văn phòng Đảng – Đoàn thể", "Báo Sông Lam"]),
        ("Cục Vận hành I, II và Vụ Thư ký", ["Cục Vận hành I", "Cục Vận hành II", "Vụ Thư ký"]),
        ("Hội Nông dân các tỉnh: An Hải, Bình Sa", ["Hội Nông dân tỉnh An Hải", "Hội Nông dân tỉnh Bình Sa"]),
        ("Viện KSND: TP Lâm Thành, An Hải)", ["Viện KSND TP Lâm Thành", "Viện KSND An Hải"]),
    ],
)
def test_a_list_is_split_between_units_and_not_inside_their_names(text: str, names: list[str]) -> None:
    assert split_list(text) == names


@pytest.mark.parametrize(
    ("text", "blocs"),
    [
        ("Khối thi đua số V họp.", [("khoi", 5)]),
        ("Cụm Thi đua 12 và cụm thi đua số 3 giao lưu.", [("cum", 12), ("cum", 3)]),
        ("Khối trưởng phát biểu về khối đại đoàn kết.", []),
        ("Cụm 7 tỉnh ven biển tổ chức tổng kết.", [("cum", None)]),
        ("Khối thi đua các cơ quan tham mưu, tổng hợp ký giao ước.", [("khoi", None)]),
    ],
)
def test_a_bloc_has_a_number_or_a_name(text: str, blocs: list[tuple[str, int | None]]) -> None:
    assert [(bloc.kind, bloc.number) for bloc in find_blocs(text)] == blocs


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Khối thi đua các Ban Xây dựng Đảng họp.", "Khối thi đua các Ban Xây dựng Đảng"),
        ("Khối thi đua Mặt trận và các tổ chức xã hội họp.", "Khối thi đua Mặt trận và các tổ chức xã hội"),
        ("Khối thi đua các sở và tổ chức hội nghị.", "Khối thi đua các sở"),
        ("Khối Doanh nghiệp số 2 tỉnh An Hải họp.", "Khối Doanh nghiệp số 2"),
    ],
)
def test_the_name_of_a_bloc_ends_where_the_sentence_goes_on(text: str, name: str) -> None:
    assert [bloc.written for bloc in find_blocs(text)] == [name]


ROLES = [
    ("Sở Y tế (Khối trưởng) chủ trì hội nghị.", [("head", "Sở Y tế", None, "holds")]),
    ("Ban Dân tộc tỉnh (đơn vị Trưởng Khối) báo cáo.", [("head", "Ban Dân tộc tỉnh", None, "holds")]),
    ("Năm 2025, Sở Tư pháp làm Khối trưởng Khối thi đua số 2.", [("head", "Sở Tư pháp", 2025, "holds")]),
    ("Khối trưởng năm 2025 là Sở Tài chính.", [("head", "Sở Tài chính", 2025, "holds")]),
    ("Vai trò Cụm trưởng do Trường THPT Lê Quý Đôn đảm nhiệm.", [("head", "Trường THPT Lê Quý Đôn", None, "holds")]),
    (
        "Hội nghị suy tôn Sở Y tế làm Khối trưởng, Sở Tư pháp làm Khối phó năm 2025.",
        [("head", "Sở Y tế", 2025, "elected"), ("deputy", "Sở Tư pháp", 2025, "elected")],
    ),
    (
        "Sở Y tế bàn giao nhiệm vụ Trưởng khối năm 2025 cho Sở Tư pháp.",
        [("head", "Sở Y tế", None, "hands_over"), ("head", "Sở Tư pháp", 2025, "takes_over")],
    ),
    (
        "Bầu cụm trưởng và cụm phó năm 2025 lần lượt là UBND xã An Lĩnh và UBND xã Bình Sa.",
        [("head", "UBND xã An Lĩnh", 2025, "elected"), ("deputy", "UBND xã Bình Sa", 2025, "elected")],
    ),
    ("Chín đồng chí nhận giấy khen của Trưởng khối.", []),
    ("Sở Nội vụ thay Sở Y tế làm Khối trưởng năm 2025.", [("head", "Sở Nội vụ", 2025, "holds")]),
    ("Sở Nội vụ được bầu làm Khối trưởng thay cho Sở Y tế.", [("head", "Sở Nội vụ", None, "elected")]),
    ("Sở Y tế thôi làm Khối trưởng từ tháng 7.", []),
    ("Đơn vị Trưởng khối - Sở Y tế - chủ trì hội nghị.", [("head", "Sở Y tế", None, "holds")]),
    (
        "Ngày thống nhất đất nước, Khối Thi đua số 7 do Sở Y tế làm Trưởng khối về nguồn.",
        [("head", "Sở Y tế", None, "holds")],
    ),
    ("Sở Y tế được Bộ Y tế phân công là đơn vị Cụm trưởng.", [("head", "Sở Y tế", None, "assigned")]),
    (
        "Trưởng khối năm 2025: Sở Y tế; Phó khối 1: Kho bạc Nhà nước; Phó khối 2: Sở Tư pháp.",
        [
            ("head", "Sở Y tế", 2025, "holds"),
            ("deputy", "Kho bạc Nhà nước", 2025, "holds"),
            ("deputy", "Sở Tư pháp", 2025, "holds"),
        ],
    ),
    (
        "Hội nghị đề xuất bầu Cụm trưởng và Cụm phó năm 2025. Kết quả Hội Nông dân tỉnh làm Cụm trưởng.",
        [("head", "Hội Nông dân tỉnh", 2025, "elected")],
    ),
    (
        "Với vai trò là đơn vị Trưởng cụm, lãnh đạo UBND huyện An Lĩnh phát động.",
        [("head", "UBND huyện An Lĩnh", None, "holds")],
    ),
    ("Cụm gồm các tỉnh: Phú Lộc (Cụm trưởng), An Hải.", [("head", "Phú Lộc", None, "holds")]),
    (
        "Ban Nội chính Tỉnh ủy - Cơ quan Thường trực Khối Thi đua 1 chuẩn bị chu đáo.",
        [("standing_body", "Ban Nội chính Tỉnh ủy", None, "holds")],
    ),
    (
        "Khối gồm: Sở Y tế (Khối trưởng), Sở Tư pháp và Kho bạc Nhà nước (Khối phó), Thanh tra tỉnh.",
        [
            ("head", "Sở Y tế", None, "holds"),
            ("deputy", "Sở Tư pháp", None, "holds"),
            ("deputy", "Kho bạc Nhà nước", None, "holds"),
        ],
    ),
    (
        "Sở Y tế và Sở Tư pháp cùng giữ nhiệm vụ Phó Trưởng khối.",
        [("deputy", "Sở Y tế", None, "holds"), ("deputy", "Sở Tư pháp", None, "holds")],
    ),
    (
        "Các trường Tiểu học Kim Đồng và Tiểu học Lê Văn Tám làm Cụm phó.",
        [
            ("deputy", "Trường Tiểu học Kim Đồng", None, "holds"),
            ("deputy", "Trường Tiểu học Lê Văn Tám", None, "holds"),
        ],
    ),
    (
        "Công an thành phố Lâm Thành (gọi tắt là Công an thành phố) là Cụm trưởng.",
        [("head", "Công an thành phố Lâm Thành", None, "holds")],
    ),
    (
        "Về điều hành năm 2020, thống nhất: Trưởng khối - Cục Thống kê tỉnh, Phó khối - Văn phòng UBND tỉnh.",
        [("head", "Cục Thống kê tỉnh", 2020, "elected"), ("deputy", "Văn phòng UBND tỉnh", 2020, "elected")],
    ),
    (
        "Lễ bàn giao vai trò Khối trưởng năm 2024 diễn ra giữa Sở Y tế và Sở Tư pháp.",
        [("head", "Sở Y tế", None, "hands_over"), ("head", "Sở Tư pháp", 2024, "takes_over")],
    ),
    (
        "Sở Y tế được bầu giữ cương vị Khối trưởng, Sở Tư pháp giữ cương vị Khối phó năm 2025.",
        [("head", "Sở Y tế", 2025, "elected"), ("deputy", "Sở Tư pháp", 2025, "elected")],
    ),
    (
        "Đã bầu đơn vị Cụm trưởng Cụm thi đua số 5, Bộ Công an năm 2018 là Công an tỉnh Hà Trị.",
        [("head", "Công an tỉnh Hà Trị", 2018, "elected")],
    ),
    (
        "Huyện đoàn Tân Lạc là đơn vị đăng cai, đồng thời là Cụm trưởng của năm.",
        [("head", "Huyện đoàn Tân Lạc", None, "holds")],
    ),
    (
        "Từ tháng 01/2025 Báo Tân Nguyên tiếp quản vai trò Trưởng khối thi đua số 7 tỉnh Tân Nguyên.",
        [("head", "Báo Tân Nguyên", None, "takes_over")],
    ),
    (
        "Ông Từ Văn Sơn, Giám đốc Công an tỉnh Quảng Hà đại diện đơn vị Cụm trưởng phát biểu.",
        [("head", "Công an tỉnh Quảng Hà", None, "holds")],
    ),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_a_role_belongs_to_the_unit_that_the_words_join_it_to(
    text: str, roles: list[tuple[str, str, int | None, str]]
) -> None:
    found = find_roles(text, find_units(text))

    assert [(role.role, role.unit.written, role.year, role.deed) for role in found] == roles


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_spans_of_roles_are_the_words_themselves(text: str, roles: object) -> None:
    text = f"Trời mưa. {text}"

    assert all(text[role.start : role.end] == role.written for role in find_roles(text, find_units(text)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Khối thi đua số 2 gồm 6 đơn vị.", 6),
        ("Có mười một đơn vị thành viên cùng ký.", 11),
        ("Đại diện lãnh đạo của 07 sở, ngành là thành viên thuộc khối dự.", 7),
        ("Công an 5 tỉnh Cụm thi đua số 7 ký giao ước.", 5),
        ("Lãnh đạo sáu cơ quan, đơn vị trong Khối có mặt.", 6),
    ],
)
def test_the_members_are_counted_in_figures_and_words(text: str, count: int) -> None:
    assert next(find_member_counts(text)).value == count


@pytest.mark.parametrize(
    "text",
    [
        "03 đơn vị được đề nghị tặng Bằng khen.",
        "Cuối năm đơn vị sẽ báo cáo.",
        "Trong đó có 4 đơn vị hoàn thành xuất sắc.",
    ],
)
def test_what_counts_something_else_counts_no_members(text: str) -> None:
    assert [one for one in find_member_counts(text) if one.strength == "stated"] == []


def test_a_list_of_members_is_whole_with_its_number() -> None:
    text = "Khối gồm 3 đơn vị: Sở Y tế, Sở Văn hóa, Thể thao và Du lịch và Đài Phát thanh - Truyền hình tỉnh đã họp."

    (members,) = find_member_lists(text)

    assert members.names == ("Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", "Đài Phát thanh - Truyền hình tỉnh")
    assert members.stated == 3


def test_who_leads_is_no_list_of_members() -> None:
    assert list(find_member_lists("Khối thi đua số 1: Trưởng khối: Sở Y tế; Phó trưởng khối: Sở Nội vụ.")) == []


def test_a_document_has_kind_date_issuer_and_term() -> None:
    text = "Theo Chỉ thị số 07-CT/TU ngày 5/3/2021 của Ban Thường vụ Tỉnh ủy khóa XV về thi đua."

    (document,) = find_documents(text)

    assert (document.kind, document.symbol, document.issuer) == ("chi_thi", "07-CT/TU", "Ban Thường vụ Tỉnh ủy")
    assert (document.date, document.term) == (datetime.date(2021, 3, 5), "khóa XV")


def test_a_blank_inside_a_symbol_is_a_slip() -> None:
    assert [one.symbol for one in find_documents("Kế hoạch số 15 /KH-UBND")] == ["15/KH-UBND"]


@pytest.mark.parametrize(
    ("text", "awards"),
    [
        (
            "Dịp này, Sở Nội vụ trao Giấy khen cho 3 tập thể và 11 cá nhân.",
            [("giay_khen", 3, "collectives", "given"), ("giay_khen", 11, "individuals", "given")],
        ),
        (
            "Hội nghị đề nghị UBND tỉnh tặng Cờ thi đua cho 01 đơn vị.",
            [("co_thi_dua_bo_nganh_tinh", 1, "collectives", "proposed")],
        ),
        ("Khối được tặng 05 Bằng khen của Bộ Nội vụ.", [("bang_khen", 5, None, "given")]),
        (
            "Dự có 20 cá nhân. Tại lễ, 04 tập thể, 09 cá nhân được tặng Bằng khen.",
            [("bang_khen", 4, "collectives", "given"), ("bang_khen", 9, "individuals", "given")],
        ),
        ("Phấn đấu 95% cán bộ đạt danh hiệu lao động tiên tiến.", []),
        ("Công tác khen thưởng được quan tâm.", []),
    ],
)
def test_an_award_has_a_number_recipients_and_a_stage(
    text: str, awards: list[tuple[str, int | None, str | None, str]]
) -> None:
    assert [(one.form, one.count, one.to, one.status) for one in find_awards(text)] == awards


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("co_thi_dua_chinh_phu", "Cờ thi đua của Chính phủ"),
        ("co_thi_dua_bo_nganh_tinh", "CỜ THI ĐUA"),
        ("bang_khen", "Bằng khen"),
        ("giay_khen", "Giấy khen"),
        ("huan_chuong", "Huân chương Lao động hạng Ba"),
        ("huy_chuong", "Huy chương Kháng chiến"),
        ("ky_niem_chuong", "Kỷ niệm chương"),
        ("ky_niem_chuong", "Huy hiệu"),
        ("danh_hieu_vinh_du_nha_nuoc", "danh hiệu Anh hùng lao động"),
        ("danh_hieu_vinh_du_nha_nuoc", "danh hiệu Nhà giáo ưu tú"),
        ("danh_hieu_vinh_du_nha_nuoc", "danh hiệu Thầy thuốc nhân dân"),
        ("danh_hieu_vinh_du_nha_nuoc", "danh hiệu Nghệ sĩ ưu tú"),
        ("chien_si_thi_dua_toan_quoc", "danh hiệu Chiến sĩ thi đua toàn quốc"),
        ("chien_si_thi_dua_bo_nganh_tinh", "danh hiệu Chiến sỹ thi đua cấp tỉnh"),
        ("chien_si_thi_dua_co_so", "danh hiệu Chiến sĩ thi đua cơ sở"),
        ("tap_the_lao_dong_xuat_sac", "danh hiệu Tập thể lao động xuất sắc"),
        ("tap_the_lao_dong_tien_tien", "danh hiệu Tập thể lao động tiên tiến"),
        ("don_vi_quyet_thang", "danh hiệu Đơn vị quyết thắng"),
        ("don_vi_tien_tien", "danh hiệu Đơn vị tiên tiến"),
        ("lao_dong_tien_tien", "danh hiệu Lao động tiên tiến"),
        ("chien_si_tien_tien", "danh hiệu Chiến sĩ tiên tiến"),
    ],
)
def test_every_form_of_award_is_found(form: str, words: str) -> None:
    assert [award.form for award in find_awards(f"Hội nghị trao tặng {words} cho 03 cá nhân.")] == [form]


def test_an_award_names_who_gets_it() -> None:
    text = "Hội nghị đề nghị tặng Cờ thi đua cho Sở Y tế và tặng Bằng khen cho Hội Nông dân tỉnh An Lĩnh, Bình Sa."

    assert [(one.form, one.count, len(one.units)) for one in find_awards(text)] == [
        ("co_thi_dua_bo_nganh_tinh", 1, 1),
        ("bang_khen", 2, 2),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hội nghị bình chọn Huyện đoàn Tân Lạc là đơn vị dẫn đầu, trình Tỉnh đoàn tặng Cờ thi đua.", 1),
        ("Nhân dịp này, Công an tỉnh An Hải, Bình Sa, Cao Lâm được tặng Cờ thi đua của Bộ Công an.", 3),
        ("Đề nghị tặng cờ thi đua cho đơn vị Ủy ban MTTQ Việt Nam huyện Cẩm Sa.", 1),
        ("Hai đơn vị Phú Ninh, Quảng Trà được đề nghị tặng Cờ thi đua.", 2),
    ],
)
def test_recipients_who_are_named_are_counted(text: str, count: int) -> None:
    assert [(one.form, one.count) for one in find_awards(text)] == [("co_thi_dua_bo_nganh_tinh", count)]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Suy tôn 02 đơn vị đề nghị tặng Cờ thi đua của Bộ Y tế là Bệnh viện Bình Sa và Bệnh viện Cao Lâm.", "Bộ Y tế"),
        ("Hội nghị đã tặng quà cho Hội Nông dân tỉnh An Hải và tặng Bằng khen cho 3 cá nhân.", None),
    ],
)
def test_who_confers_an_award_ends_where_the_sentence_goes_on(text: str, by: str | None) -> None:
    assert [award.by for award in find_awards(text)] == [by]


def test_a_target_is_a_goal_and_no_result() -> None:
    (target,) = find_targets("Khối phấn đấu từ 95% công chức trở lên đạt danh hiệu lao động tiên tiến.")

    assert (target.op, target.value, target.attain) == (">=", 95, ("lao động tiên tiến",))
    assert [(one.of, one.op, one.value) for one in find_targets("Phấn đấu tăng trưởng bình quân từ 7,5 - 8%.")] == [
        ("tăng trưởng bình quân", ">=", 7.5)
    ]
    assert list(find_targets("Năm qua, 98% hồ sơ được giải quyết đúng hạn.")) == []


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Phấn đấu mỗi đơn vị có từ 02 sáng kiến trở lên.", [("mỗi đơn vị: sáng kiến", ">=", 2)]),
        ("Mỗi đơn vị đăng ký ít nhất 03 mô hình dân vận khéo.", [("Mỗi đơn vị: mô hình dân vận khéo", ">=", 3)]),
        ("Năm qua, các đơn vị có 12 sáng kiến.", []),
        ("Các đơn vị đã trao 40 suất quà.", []),
    ],
)
def test_a_target_may_count_things(text: str, targets: list[tuple[str, str, int]]) -> None:
    assert [(one.of, one.op, one.value) for one in find_targets(text) if one.unit == "count"] == targets


def test_instructions_are_the_labelled_points_that_somebody_asks_for() -> None:
    asked = find_instructions(["Kết luận, bà Ngô Thị Hạnh yêu cầu: Một là, bám sát giao ước. Hai là, gửi báo cáo sớm."])
    pact = find_instructions(["Các đơn vị cam kết nội dung giao ước: Một là, xong việc. Hai là, gọn gàng."])

    assert asked
    assert (asked.by, asked.points) == ("Ngô Thị Hạnh", (("Một là", "bám sát giao ước"), ("Hai là", "gửi báo cáo sớm")))
    assert pact is None


def test_instructions_may_stand_in_paragraphs_of_their_own() -> None:
    asked = find_instructions(["Ông Lê Văn An đề nghị:", "Một là, giữ nền nếp.", "Hai là, học nghề."])

    assert asked
    assert [text for _, text in asked.points] == ["giữ nền nếp", "học nghề"]


def test_limitations_and_directions_are_what_the_text_lists() -> None:
    lacking = find_limitations(["Hội nghị chỉ ra hai hạn chế: gương tốt còn ít; báo cáo còn chậm."])
    ahead = find_directions(["Hội nghị đề ra phương hướng năm 2025: giữ nền nếp tốt; nộp báo cáo đúng hạn."])

    assert lacking
    assert [text for _, text in lacking.points] == ["gương tốt còn ít", "báo cáo còn chậm"]
    assert ahead
    assert [text for _, text in ahead.points] == ["giữ nền nếp tốt", "nộp báo cáo đúng hạn"]
    assert find_directions(["Khối bàn phương hướng năm 2025."]) is None
    assert find_directions(["Các đơn vị ký giao ước với các nhiệm vụ: giữ nền nếp tốt; nộp báo cáo đúng hạn."]) is None


def test_scoring_has_a_total_and_criteria() -> None:
    text = "Chấm điểm theo 3 tiêu chí, tổng số điểm là 1.000 điểm, gồm các tiêu chí: Tư tưởng; Chuyên môn; Điểm thưởng."

    scoring = find_scoring(text)

    assert scoring is not None
    assert (scoring.total, scoring.criteria_count, len(scoring.criteria)) == (1000, 3, 3)


def test_commitments_are_the_paragraphs_after_the_colon() -> None:
    paragraphs = ["Các đơn vị ký giao ước với các nội dung sau:", "- Đoàn kết nội bộ;", "- Giữ kỷ cương.", "Ảnh chung."]

    commitments = find_commitments(paragraphs)

    assert commitments is not None
    assert commitments.items == ("Đoàn kết nội bộ", "Giữ kỷ cương.")


def test_a_person_has_office_and_deeds() -> None:
    (person,) = find_people("Ông Đặng Khánh Lâm, Viện trưởng Viện Cổ vật phát biểu tại hội nghị.")

    assert (person.name, person.office) == ("Đặng Khánh Lâm", "Viện trưởng Viện Cổ vật")
    assert person.did == ("spoke",)


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Bà Ngô Thị Hạnh, Giám đốc Sở Y tế, Phó Cụm trưởng đồng chủ trì.", "Giám đốc Sở Y tế, Phó Cụm trưởng"),
        ("PGS.TS. Ngô Thị Hạnh, Chánh Văn phòng Bộ Y tế, và TS. Vũ Minh Hà dự.", "Chánh Văn phòng Bộ Y tế"),
    ],
)
def test_an_office_ends_where_the_sentence_goes_on(text: str, office: str) -> None:
    assert next(find_people(text)).office == office


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Khối thi đua số 2 tổng kết năm 2022 và ký giao ước thi đua năm 2023", {"summary", "pact"}),
        ("Sơ kết việc thực hiện giao ước thi đua 6 tháng đầu năm", {"midterm"}),
        ("Họp mặt đầu xuân - phát động thi đua", {"gathering", "launch"}),
    ],
)
def test_a_title_names_the_kinds(text: str, kinds: set[str]) -> None:
    assert {one.kind for one in kinds_named(text)} == kinds


def test_only_what_was_done_at_the_ceremony_is_a_kind_of_it() -> None:
    assert {one.kind for one in kinds_done("Tại hội nghị, các đơn vị đã ký giao ước thi đua.")} == {"pact"}
    assert list(kinds_done("Năm 2025, Khối sẽ ký giao ước thi đua vào tháng 3.")) == []
    assert list(kinds_done("Hưởng ứng phong trào thi đua do Thủ tướng phát động.")) == []


def test_years_have_their_reasons() -> None:
    text = "tổng kết công tác thi đua năm 2022, phương hướng, nhiệm vụ năm 2023"

    assert {(one.reason, one.year) for one in find_years(text)} == {("reviewed", 2022), ("plan", 2023)}


def test_a_school_year_is_the_year_in_which_it_begins() -> None:
    (school,) = [one for one in find_years("Cụm trường ký kết trong năm học 2022 - 2023") if one.school_year]

    assert (school.year, school.school_year) == (2022, "2022–2023")


def test_an_abbreviation_ends_no_sentence() -> None:
    assert [one.text for one in sentences("Đoàn đi TP. Huế. Rồi về.")] == ["Đoàn đi TP. Huế.", "Rồi về."]


@pytest.mark.parametrize(
    ("behind", "short"),
    [
        (" (sau đây gọi tắt là Sở TTTT)", "Sở TTTT"),
        (" (gọi tắt là “Sở Thông tin”)", "Sở Thông tin"),
        (", sau đây viết tắt là STTTT, ", "STTTT"),
        (" (Sở TT&TT)", "Sở TT&TT"),
        (" (TTTT)", "TTTT"),
        (" (Khối trưởng)", None),
        (" (đơn vị Trưởng khối)", None),
        (" (Hà Nội)", None),
        (", Sở Y tế, ", None),
    ],
)
def test_a_text_gives_short_names_right_behind_the_long_ones(behind: str, short: str | None) -> None:
    name = "Sở Thông tin và Truyền thông"
    known = [Mention(0, len(name), name, "", frozenset({"so-tttt"}))]

    assert short_names(f"{name}{behind} họp.", known) == ({short: {"so-tttt"}} if short else {})
