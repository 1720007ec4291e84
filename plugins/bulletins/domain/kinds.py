"""Every code list: kinds of ceremony, roles, awards, documents and the like, with labels in Vietnamese and English.

Keys are ours and never change (contract §1); names of awards and titles are those of Law 06/2022/QH15, abbreviations
of documents those of Decree 30/2020/NĐ-CP. A list is published as `/api/v1/vocab/<name>.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bulletins.vietnamese.folding import fold

_LEADING = ("hội nghị", "lễ", "buổi lễ", "buổi", "danh hiệu", "đơn vị", "đã", "được")
"""Words before a term that say nothing: “hội nghị tổng kết”, “lễ ký giao ước”, “đã trao”."""

_SHORTEST_PART = 3
"""Letters of a part of a label, with the blank before it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: its key in front matter and JSON, and what people call it."""

    code: str
    vi: str
    en: str


class Vocabulary:
    """A code list in its fixed order; a term is found by its code or by its Vietnamese label."""

    def __init__(
        self, name: str, meaning: str, *terms: tuple[str, str, str], also: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.name = name
        self.meaning = meaning
        self._terms = {code: Term(code, vi, en) for code, vi, en in terms}
        self._labels = {term.vi.casefold(): term.code for term in self._terms.values()}
        self._codes = {word.casefold(): code for code, words in (also or {}).items() for word in words}
        self._codes |= self._labels | {code: code for code in self._terms}
        self._plain: dict[str, set[str]] = {}
        for word, code in self._codes.items():
            self._plain.setdefault(fold(word), set()).add(code)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._terms)

    def rank(self, code: str) -> int:
        """The place of a code in the list: awards, for one, are listed from the highest to the lowest."""
        return self.codes.index(code)

    def find(self, text: str) -> str | None:
        """The code meant by a code, a Vietnamese label or another usual word, in any case, with accents or without.

        A part of a label is enough where no other label has it: “nháp”, “giao ước”.
        """
        if text in self._terms:
            return text  # as every record on file has it
        word = " ".join(text.casefold().split())
        meant = self._plain.get(fold(word), set())
        if word in self._codes or len(meant) == 1:
            return self._codes.get(word) or min(meant)
        having = self.having(word)
        if len(having) == 1:
            return having[0]
        leading = next((words for words in _LEADING if word.startswith(f"{words} ")), None)
        return self.find(word.removeprefix(f"{leading} ")) if leading else None

    def having(self, text: str) -> list[str]:
        """The codes whose label or code has these words in a row, the last perhaps only begun; accents do not count."""
        plain = f" {fold(' '.join(text.split()))}"
        if len(plain) <= _SHORTEST_PART:
            return []
        said = ((term.code, f" {fold(term.vi)}  {term.code.replace('_', ' ')}") for term in self)
        return [code for code, words in said if plain in words]

    def nearest(self, text: str) -> str | None:
        """The label most like a mistyped one, as the author would write it.

        “Bằng khen của Thủ tướng Chính phủ” is a “bằng khen”, and who gives it stands in a field of its own.
        """
        word = " ".join(text.casefold().split())
        begins = [label for label in self._labels if word.startswith(f"{label} ") or label.startswith(f"{word} ")]
        near = next(iter([*begins, *get_close_matches(word, list(self._codes), n=1, cutoff=0.6)]), None)
        return self[self._codes[near]].vi if near else None


SCHEMAS = Vocabulary("schemas", "Phiên bản khai báo của bản tin", ("bulletin/1", "bulletin/1", "bulletin/1"))

CEREMONIES = Vocabulary(
    "ceremony-kinds",
    "Loại lễ, hội nghị",
    ("assignment", "Chia khối, giao nhiệm vụ khối trưởng", "Assignment of blocs and heads"),
    ("consultation", "Lấy ý kiến", "Consultation"),
    ("gathering", "Họp mặt", "Gathering"),
    ("launch", "Phát động thi đua", "Launch"),
    ("plan_adoption", "Thông qua kế hoạch", "Adoption of the plan"),
    ("pact", "Ký giao ước thi đua", "Signing of the pact"),
    ("midterm", "Sơ kết", "Mid-year review"),
    ("scoring", "Chấm điểm, bình xét", "Scoring"),
    ("summary", "Tổng kết", "Year-end review"),
    ("election", "Bầu khối trưởng hoặc khối phó", "Election of head or deputies"),
    ("handover", "Bàn giao khối trưởng", "Hand-over of the head's role"),
    ("award", "Khen thưởng", "Awards"),
    ("congress", "Đại hội thi đua", "Emulation congress"),
    ("sports", "Giao lưu văn nghệ, thể thao", "Sports and arts exchange"),
    ("anniversary", "Kỷ niệm", "Anniversary"),
    ("visit", "Tham quan, học tập kinh nghiệm", "Study visit"),
    ("other", "Hoạt động khác", "Other"),
    also={
        "assignment": ("phân công", "chia khối", "giao khối trưởng", "ra mắt", "ra mắt khối", "ra mắt cụm"),
        "pact": ("ký kết", "ký kết giao ước", "ký kết giao ước thi đua"),
        "midterm": ("sơ kết 6 tháng", "sơ kết sáu tháng", "giao ban"),
        "award": ("trao thưởng", "trao giấy khen", "trao bằng khen", "trao cờ thi đua", "biểu dương", "tôn vinh"),
        "congress": ("đại hội thi đua yêu nước",),
        "visit": ("về nguồn",),
        "launch": ("phát động", "phát động phong trào thi đua"),
        "election": (
            "bầu khối trưởng và khối phó",
            "bầu cụm trưởng",
            "bầu khối phó",
            "bầu cụm phó",
            "khối phó",
            "cụm phó",
            "suy tôn khối trưởng",
        ),
        "handover": ("bàn giao", "bàn giao cụm trưởng", "bàn giao cờ luân lưu", "chuyển giao khối trưởng"),
        "scoring": ("chấm điểm", "bình xét", "bình bầu", "bình xét thi đua", "chấm chéo", "kiểm tra chéo", "thẩm định"),
        "plan_adoption": ("triển khai kế hoạch", "triển khai nhiệm vụ", "thông qua chương trình"),
        "sports": ("giao lưu", "hội thao", "giao lưu thể thao"),
    },
)

ROLES = Vocabulary(
    "roles",
    "Vai trò trong khối",
    ("head", "Khối trưởng", "Head of the bloc"),
    ("deputy", "Khối phó", "Deputy head"),
    ("standing_body", "Cơ quan thường trực", "Standing body"),
    ("member", "Thành viên", "Member"),
    also={
        "head": ("trưởng khối", "cụm trưởng", "trưởng cụm", "đơn vị trưởng khối", "đơn vị khối trưởng"),
        "deputy": ("phó trưởng khối", "phó khối trưởng", "phó khối", "cụm phó", "phó trưởng cụm", "phó cụm trưởng"),
        "standing_body": ("thường trực", "thường trực khối", "cơ quan thường trực khối"),
        "member": ("đơn vị thành viên",),
    },
)

BLOC_KINDS = Vocabulary(
    "bloc-kinds",
    "Loại khối",
    ("khoi", "Khối thi đua", "Emulation bloc"),
    ("cum", "Cụm thi đua", "Emulation cluster"),
)


def of_bloc(text: str, kind: str | None) -> str:
    """Vietnamese words about a bloc as people of a bloc of this kind say them: “khối trưởng”, of a cụm “cụm trưởng”."""
    return text.replace("Khối", "Cụm").replace("khối", "cụm") if kind == "cum" else text


ORIGINS = Vocabulary(
    "origins",
    "Căn cứ của một thông tin",
    ("stated", "Nêu trong bản tin", "Stated in the bulletin"),
    ("caption", "Chỉ nêu trong chú thích ảnh", "Stated in a caption only"),
    ("inferred", "Suy ra từ bản tin", "Inferred from the bulletin"),
    ("not_stated", "Bản tin không nêu", "Not stated"),
)

STATUSES = Vocabulary(
    "statuses",
    "Tình trạng của bản tin",
    ("draft", "Bản nháp", "Draft"),
    ("published", "Đã đăng", "Published"),
    ("withdrawn", "Đã gỡ", "Withdrawn"),
)

YEARS = Vocabulary(
    "years",
    "Vì sao bản tin thuộc một năm",
    ("pact", "Ký giao ước", "Pact"),
    ("plan", "Kế hoạch, phương hướng", "Plan"),
    ("reviewed", "Sơ kết, tổng kết", "Reviewed"),
    ("awards", "Khen thưởng", "Awards"),
    ("scoring", "Chấm điểm", "Scoring"),
)


def _of_a_level(*titles: str) -> tuple[str, ...]:
    """The ways of saying that a title is a ministry's, a branch's or a province's."""
    levels = ("tỉnh", "thành phố", "bộ", "ngành")
    ways = ("", "cấp ", "của ", "UBND ", "của UBND ")
    return tuple(f"{title} {way}{level}" for title in titles for way in ways for level in levels)


AWARDS = Vocabulary(
    "awards",
    "Hình thức khen thưởng và danh hiệu, từ cao xuống thấp",
    ("huan_chuong", "Huân chương", "Order"),
    ("huy_chuong", "Huy chương", "Medal"),
    ("danh_hieu_vinh_du_nha_nuoc", "Danh hiệu vinh dự nhà nước", "State honorary title"),
    ("giai_thuong", "Giải thưởng Hồ Chí Minh, Giải thưởng Nhà nước", "Ho Chi Minh Prize, State Prize"),
    ("chien_si_thi_dua_toan_quoc", "Chiến sĩ thi đua toàn quốc", "National emulation fighter"),
    ("co_thi_dua_chinh_phu", "Cờ thi đua của Chính phủ", "Government emulation flag"),
    ("ky_niem_chuong", "Kỷ niệm chương, Huy hiệu", "Commemorative medal, badge"),
    (
        "chien_si_thi_dua_bo_nganh_tinh",
        "Chiến sĩ thi đua bộ, ban, ngành, tỉnh",
        "Ministerial or provincial emulation fighter",
    ),
    ("co_thi_dua_bo_nganh_tinh", "Cờ thi đua của bộ, ban, ngành, tỉnh", "Ministerial or provincial emulation flag"),
    ("bang_khen", "Bằng khen", "Certificate of merit"),
    ("tap_the_lao_dong_xuat_sac", "Tập thể lao động xuất sắc", "Excellent labour collective"),
    ("don_vi_quyet_thang", "Đơn vị quyết thắng", "Unit determined to win"),
    ("chien_si_thi_dua_co_so", "Chiến sĩ thi đua cơ sở", "Grassroots emulation fighter"),
    ("tap_the_lao_dong_tien_tien", "Tập thể lao động tiên tiến", "Advanced labour collective"),
    ("don_vi_tien_tien", "Đơn vị tiên tiến", "Advanced unit"),
    ("lao_dong_tien_tien", "Lao động tiên tiến", "Advanced worker"),
    ("chien_si_tien_tien", "Chiến sĩ tiên tiến", "Advanced soldier"),
    ("giay_khen", "Giấy khen", "Commendation"),
    ("co_luan_luu", "Cờ luân lưu của khối, cụm", "Rotating flag of the bloc"),
    ("other_title", "Danh hiệu khác", "Other title"),
    also={
        "co_thi_dua_chinh_phu": ("cờ thi đua chính phủ", "cờ chính phủ"),
        "chien_si_thi_dua_bo_nganh_tinh": _of_a_level("chiến sĩ thi đua", "chiến sỹ thi đua"),
        "co_thi_dua_bo_nganh_tinh": _of_a_level("cờ thi đua"),
        "tap_the_lao_dong_xuat_sac": ("tập thể LĐXS",),
        "chien_si_thi_dua_co_so": ("chiến sĩ thi đua cấp cơ sở", "chiến sỹ thi đua cơ sở", "CSTĐCS", "CSTĐ cơ sở"),
        "tap_the_lao_dong_tien_tien": ("tập thể LĐTT",),
        "lao_dong_tien_tien": ("LĐTT",),
        "chien_si_tien_tien": ("chiến sỹ tiên tiến",),
        "huan_chuong": ("huân chương lao động", "huân chương độc lập", "huân chương chiến công"),
    },
)

AWARD_STATUSES = Vocabulary(
    "award-statuses",
    "Bước của một hình thức khen thưởng",
    ("registered", "Đăng ký", "Registered"),
    ("proposed", "Đề nghị", "Proposed"),
    ("voted", "Bình xét, suy tôn", "Voted"),
    ("decided", "Đã có quyết định", "Decided"),
    ("given", "Đã trao", "Given"),
    also={
        "registered": ("đăng kí",),
        "proposed": ("đề xuất", "trình", "đề nghị tặng"),
        "voted": ("bình bầu", "bỏ phiếu"),
        "decided": ("công nhận", "đã quyết định"),
        "given": ("tặng", "trao tặng", "đã tặng", "khen"),
    },
)

RECIPIENTS = Vocabulary(
    "recipients",
    "Đối tượng được khen",
    ("individuals", "Cá nhân", "Individuals"),
    ("collectives", "Tập thể", "Collectives"),
    ("households", "Hộ gia đình", "Households"),
    also={"individuals": ("người", "cán bộ"), "collectives": ("đơn vị", "cơ quan"), "households": ("hộ",)},
)

DOCUMENTS = Vocabulary(
    "document-kinds",
    "Loại văn bản",
    ("luat", "Luật", "Law"),
    ("nghi_dinh", "Nghị định", "Decree"),
    ("nghi_quyet", "Nghị quyết", "Resolution"),
    ("quyet_dinh", "Quyết định", "Decision"),
    ("quy_dinh", "Quy định", "Regulation"),
    ("chi_thi", "Chỉ thị", "Directive"),
    ("ket_luan", "Kết luận", "Conclusion"),
    ("thong_tu", "Thông tư", "Circular"),
    ("huong_dan", "Hướng dẫn", "Guideline"),
    ("thong_bao", "Thông báo", "Notice"),
    ("ke_hoach", "Kế hoạch", "Plan"),
    ("quy_che", "Quy chế", "Rules"),
    ("chuong_trinh", "Chương trình", "Programme"),
    ("bao_cao", "Báo cáo", "Report"),
    ("cong_van", "Công văn", "Official letter"),
    ("giao_uoc", "Giao ước thi đua", "Emulation pact"),
    ("other", "Văn bản khác", "Other document"),
)

DOCUMENT_STATUSES = Vocabulary(
    "document-statuses",
    "Vai trò của văn bản trong bản tin",
    ("cited", "Được viện dẫn", "Cited"),
    ("draft", "Dự thảo", "Draft"),
    ("adopted", "Được thông qua", "Adopted"),
    ("signed", "Được ký", "Signed"),
)

DECISIONS = Vocabulary(
    "decision-kinds",
    "Việc được quyết định tại lễ",
    ("elected", "Bầu", "Elected"),
    ("assigned", "Phân công", "Assigned"),
    ("adopted", "Thông qua", "Adopted"),
    ("signed", "Ký kết", "Signed"),
    ("handed_over", "Bàn giao", "Handed over"),
    ("joined", "Bổ sung thành viên", "Joined the bloc"),
    ("left", "Rời khối", "Left the bloc"),
    also={
        "elected": ("suy tôn", "bình bầu", "bầu chọn"),
        "assigned": ("chỉ định", "giao nhiệm vụ"),
        "signed": ("ký",),
        "handed_over": ("chuyển giao",),
        "joined": ("kết nạp", "tiếp nhận", "gia nhập", "vào khối", "vào cụm"),
        "left": ("rút khỏi khối", "rời cụm"),
    },
)

DEEDS = Vocabulary(
    "deeds",
    "Việc một người làm tại lễ",
    ("attended", "Dự", "Attended"),
    ("chaired", "Chủ trì", "Chaired"),
    ("spoke", "Phát biểu", "Spoke"),
    ("reported", "Báo cáo", "Reported"),
    ("presented_plan", "Trình bày kế hoạch", "Presented the plan"),
    ("launched", "Phát động", "Launched"),
    ("responded", "Hưởng ứng", "Responded"),
    ("concluded", "Kết luận", "Concluded"),
    ("signed", "Ký giao ước", "Signed"),
    ("received", "Nhận khen thưởng", "Received an award"),
    ("presented_award", "Trao thưởng", "Presented an award"),
    ("handed_over", "Bàn giao", "Handed over"),
    ("took_over", "Nhận bàn giao", "Took over"),
    ("witnessed", "Chứng kiến", "Witnessed"),
    ("opened", "Khai mạc", "Opened"),
    ("closed", "Bế mạc", "Closed"),
    ("presented_flowers", "Tặng hoa", "Presented flowers"),
    ("introduced", "Giới thiệu", "Introduced"),
    also={
        "attended": ("đến dự", "tham dự", "tham gia", "có mặt", "dự và chỉ đạo"),
        "chaired": ("chủ trì hội nghị", "điều hành", "chủ tọa", "đồng chủ trì"),
        "spoke": ("phát biểu chỉ đạo", "phát biểu ý kiến", "phát biểu chúc mừng", "chỉ đạo"),
        "reported": ("trình bày báo cáo", "báo cáo tổng kết"),
        "presented_plan": ("triển khai kế hoạch", "thông qua kế hoạch"),
        "opened": ("phát biểu khai mạc",),
        "closed": ("phát biểu bế mạc",),
        "concluded": ("phát biểu kết luận",),
        "signed": ("ký kết",),
        "presented_award": ("trao tặng", "trao bằng khen", "trao giấy khen", "trao cờ"),
        "presented_flowers": ("trao hoa", "tặng hoa chúc mừng"),
        "witnessed": ("chứng kiến lễ ký",),
    },
)

PARTS_OF_DAY = Vocabulary(
    "parts-of-day",
    "Buổi",
    ("morning", "Sáng", "Morning"),
    ("noon", "Trưa", "Noon"),
    ("afternoon", "Chiều", "Afternoon"),
    ("evening", "Tối", "Evening"),
)

YEAR_SOURCES = Vocabulary(
    "year-sources",
    "Năm của ngày diễn ra lấy từ đâu",
    ("text", "Bản tin viết đủ ngày, tháng, năm", "Written in full"),
    ("published", "Từ ngày đăng", "From the date of publication"),
    ("pact_year", "Từ năm của giao ước", "From the year of the pact"),
    ("reviewed_year", "Từ năm được sơ kết, tổng kết", "From the year under review"),
    ("other_year", "Từ một năm khác nêu trong bài", "From another year in the text"),
    ("editor", "Biên tập viên xác định", "Set by the editor"),
)

BYLINE_ROLES = Vocabulary(
    "byline-roles",
    "Phần việc của tác giả",
    ("text", "Tin, bài", "Text"),
    ("photo", "Ảnh", "Photos"),
    ("video", "Video", "Video"),
    ("editor", "Biên tập", "Editing"),
    ("staff", "Phóng viên", "Staff"),
    ("unknown", "Không rõ", "Unknown"),
)

THEMES = Vocabulary(
    "theme-kinds",
    "Chủ đề hay phương châm",
    ("theme", "Chủ đề", "Theme"),
    ("motto", "Phương châm", "Motto"),
    ("slogan", "Khẩu hiệu", "Slogan"),
)

MOVEMENTS = Vocabulary(
    "movement-kinds",
    "Loại phong trào",
    ("movement", "Phong trào thi đua", "Emulation movement"),
    ("campaign", "Cuộc vận động", "Campaign"),
    ("method", "Cách làm", "Method"),
)

TARGET_OPERATORS = Vocabulary(
    "target-operators",
    "Phép so sánh của chỉ tiêu",
    (">=", "từ", "at least"),
    ("=", "bằng", "exactly"),
    ("<=", "không quá", "at most"),
    also={
        ">=": ("trở lên", "ít nhất", "tối thiểu", "đạt từ", "trên", "hơn", "không dưới", "≥", ">"),
        "=": ("đúng", "đạt"),
        "<=": ("tối đa", "dưới", "trở xuống", "không vượt quá", "≤", "<"),
    },
)

TARGET_UNITS = Vocabulary(
    "target-units",
    "Đơn vị tính của chỉ tiêu",
    ("percent", "phần trăm", "per cent"),
    ("count", "số lượng", "count"),
    ("points", "điểm", "points"),
    ("quality", "mức chất lượng", "quality level"),
    also={"percent": ("%",)},
)

RESULT_UNITS = Vocabulary(
    "result-units",
    "Đơn vị tính của kết quả",
    ("percent", "%", "per cent"),
    ("points", "điểm", "points"),
    ("vnd", "đồng", "dong"),
    ("vnd_million", "triệu đồng", "million dong"),
    ("vnd_billion", "tỷ đồng", "billion dong"),
    ("people", "người", "people"),
    ("collectives", "tập thể", "collectives"),
    ("households", "hộ", "households"),
    ("times", "lượt", "times"),
    also={
        "percent": ("phần trăm",),
        "vnd": ("vnđ", "vnd"),
        "vnd_million": ("triệu",),
        "vnd_billion": ("tỷ", "tỉ", "tỉ đồng"),
        "people": ("cá nhân", "người lao động", "cán bộ"),
        "households": ("hộ gia đình",),
    },
)

PHOTO_PLACES = Vocabulary(
    "photo-places",
    "Chỗ của ảnh",
    ("lead", "Ảnh đầu bản tin", "Lead picture"),
    ("inline", "Giữa bài", "In the text"),
    ("gallery", "Trong bộ ảnh", "In the gallery"),
)

ALL: tuple[Vocabulary, ...] = (
    CEREMONIES, ROLES, BLOC_KINDS, ORIGINS, STATUSES, YEARS, AWARDS, AWARD_STATUSES, RECIPIENTS, DOCUMENTS,
    DOCUMENT_STATUSES, DECISIONS, DEEDS, PARTS_OF_DAY, YEAR_SOURCES, BYLINE_ROLES, THEMES, MOVEMENTS,
    TARGET_OPERATORS, TARGET_UNITS, RESULT_UNITS, PHOTO_PLACES,
)  # fmt: skip
