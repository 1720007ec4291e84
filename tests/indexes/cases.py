"""A second sample in which time passes: each case of the contract that the first sample has not, once.

`python -m tests.indexes.cases FOLDER` writes its machine-readable files, for the judges.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bulletins.domain.library import Library
from bulletins.domain.life import as_withdrawn
from bulletins.domain.model import Body, Bulletin
from bulletins.domain.register import Bloc, Host, Register, Unit
from bulletins.memory.state import Memory, Publication
from tests.builders import bulletin
from tests.indexes import sample

BLOCS: tuple[Mapping[str, Any], ...] = (
    {"id": "khoi-a", "host": "so-mau", "names": [
        {"name": "Khối thi đua A", "from": "2023-01-01"}, {"name": "Khối thi đua số 1", "to": "2022-12-31"}]},
    {"id": "khoi-b", "host": "so-mau", "names": "Khối thi đua B", "former_ids": "khoi-b-cu"},
    {"id": "khoi-truong", "host": "so-mau", "names": "Khối thi đua các trường"},
)  # fmt: skip

UNITS: tuple[Mapping[str, Any], ...] = (
    {"id": "phong-mot", "names": "Phòng Một", "parent": "so-mau"},
    {"id": "phong-chuyen", "names": "Phòng Chuyển"},
    {"id": "phong-gop", "names": "Phòng Gộp", "dissolved": "2022-12-31", "replaced_by": "phong-moi"},
    {"id": "phong-gop-hai", "names": "Phòng Gộp Hai", "dissolved": "2022-12-31", "replaced_by": "phong-moi"},
    {"id": "phong-moi", "names": "Phòng Mới", "founded": "2023-01-01", "decision": "12/QĐ-SM"},
    {"id": "phong-tach", "names": "Phòng Tách", "dissolved": "2023-06-30", "replaced_by": ["nua-mot", "nua-hai"]},
    {"id": "nua-mot", "names": "Nửa Một", "founded": "2023-07-01"},
    {"id": "nua-hai", "names": "Nửa Hai", "founded": "2023-07-01"},
    {"id": "phong-ten-moi", "names": "Phòng Tên Mới", "former_ids": "phong-ten-cu"},
)

OF_2022: dict[str, Any] = {
    "bloc": "khoi-a", "years": {"reviewed": "2022"}, "ceremony": {"kinds": ["summary"], "date": "2022-12-20"},
    "photos": [{"file": "a.jpg", "alt": "Ba người"}],
    "bloc_years": [{"year": "2022", "members": {"complete": "có", "list": ["phong-mot", "phong-chuyen", "phong-gop"]}}],
}  # fmt: skip
SIGNED: dict[str, Any] = {
    "bloc": "khoi-a", "published": "2023-03-03 08:00",
    "ceremony": {"id": "le-ky-a", "kinds": ["pact"], "date": "2023-03-02"},
    "bloc_years": [{"year": "2023", "head": {"unit": "phong-mot", "person": "Trần Thị Mẫu"}}],
    "targets": [{"of": "tập thể", "op": ">=", "value": "95", "attain": ["Lao động tiên tiến"]}],
    "awards": [{"form": "giay_khen", "by": "Giám đốc Sở", "to": "individuals", "count": "9", "year": "2023"}],
}  # fmt: skip
OTHERWISE: dict[str, Any] = {
    **SIGNED, "published": "2023-03-04",
    "ceremony": {"id": "le-ky-a", "kinds": ["pact"], "date": "2023-03-03"},
    "bloc_years": [{"year": "2023", "head": {"unit": "phong-moi"}}],
    "targets": [{"of": "tập thể", "op": ">=", "value": "90", "attain": ["Lao động tiên tiến"]}],
    "awards": [{"form": "giay_khen", "by": "Giám đốc Sở", "to": "individuals", "count": "8", "year": "2023"}],
}  # fmt: skip
MOVED_UNIT: dict[str, Any] = {
    "bloc": "khoi-b", "bloc_years": [{"year": "2023", "head": "phong-chuyen"}], "former_ids": "b-2023-ky",
}  # fmt: skip
OF_A_SCHOOL_YEAR: dict[str, Any] = {
    "bloc": "khoi-truong", "years": {"pact": "2022–2023"}, "bloc_years": [{"year": "2022–2023", "head": "phong-mot"}],
    "ceremony": {"kinds": ["pact"], "date": "2022-10"},
}  # fmt: skip
OF_BOTH: dict[str, Any] = {
    "bloc": ["khoi-a", "khoi-b"], "years": {"plan": "2024"}, "ceremony": {"kinds": ["plan_adoption"], "date": "2024"},
}  # fmt: skip
UNDATED: dict[str, Any] = {"bloc": "khoi-b", "years": {"plan": "2024"}, "ceremony": {"kinds": ["plan_adoption"]}}
CORRECTED: dict[str, Any] = {
    "bloc": "khoi-b", "published": "2023-05-02", "ceremony": {"kinds": ["launch"], "date": "2023-05-01"},
    "change_history": [
        {"date": "2023-05-03", "note": "Sửa số đơn vị"}, {"date": "2023-05-04", "note": "Sửa lỗi gõ", "minor": "có"}],
}  # fmt: skip
WITHDRAWN: dict[str, Any] = {
    "bloc": "khoi-b", "lead": "BÍ MẬT",
    "status": "withdrawn", "withdrawn": {"date": "2023-06-01", "reason": "Đăng nhầm"},
}  # fmt: skip
EXPIRED: dict[str, Any] = {"bloc": "khoi-b", "published": "2023-01-02", "expires": "2023-02-01", "lead": "BÍ MẬT"}


def library() -> Library:
    """Every case."""
    host = Host.model_validate({"id": "so-mau", "names": "Sở Mẫu", "province": "Tỉnh Mẫu", "council": ["HĐ Sở Mẫu"]})
    known = Register([host], map(Bloc.model_validate, BLOCS), map(Unit.model_validate, UNITS))
    told = {
        "a-2022-summary": OF_2022, "a-2023-pact": SIGNED, "a-2023-bao": OTHERWISE, "b-2023-pact": MOVED_UNIT,
        "truong-2022-pact": OF_A_SCHOOL_YEAR, "hai-khoi-2024": OF_BOTH, "khong-ngay": UNDATED, "da-sua": CORRECTED,
    }  # fmt: skip
    shown = [bulletin(id_, **facts) for id_, facts in told.items()]
    gone: list[Bulletin] = [bulletin("da-go", **WITHDRAWN), as_withdrawn(bulletin("het-han", **EXPIRED))]
    return Library(known, shown, {one.id: Body(("<p>Bài.</p>",), one.id) for one in shown}, gone)


@cache
def site() -> Mapping[str, bytes]:
    """Every file of it as it is first published."""
    publication = Publication(Memory(), "2026-12-01T08:00:00+07:00", is_first=True)
    files = sample.made(sample.lines(library(), publication))
    return {path: data for path, data in files.items() if path not in sample.OTHER_ROOMS}


if __name__ == "__main__":
    sample.write(Path(sys.argv[1]), site())
