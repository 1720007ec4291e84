"""No telephone number, e-mail address or identity number in whatever a bulletin publishes (contract §4.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.reading.rules.private import private_data
from tests.reading.texts import bulletin, mistakes

TELEPHONES = """\
0912.345.678
+84 912 345 678
0912–345–678
09 12 34 56 78
0912345678-0987654321
0912.345.678/0987.654.321
-0912345678
(024) 3843 1234
024-3843-1234
04-38431234
(04) 38431234
04.3843.1234
0204 3854 321
+84-24-3843 1234
(84-24) 3843 1234
84912345678
0084 912 345 678
080.44123
1800 1234
1900 6068
1900.545.415
19001234
ĐT: 3843 1234
điện thoại số 38431234
tel. 38431234
Hotline: 1800599920
"""
IDENTITIES = """\
001099012345
CCCD: 001099012345
CMND số 012345678
số căn cước công dân 034 090 001 234
hộ chiếu B1234567
"""
E_MAILS = """\
a.b@example.vn
a.b @ example.vn
abc[at]example.com
abc(a)example.com
"""
NOT_PRIVATE = """\
0912345/KH
giai đoạn 2021-2025
giai đoạn 1900-1945
01.02.2023 10.30
09.12.2022 16 giờ 25
từ 01-03-2023 đến 05-03-2023
08-2022-2023
19000000 đồng
12.345.678.900 đồng
98/2023/NĐ-CP
số 0123456789/QĐ
https://example.vn/tin-20230222093012345.htm
https://example.vn/x-0912345678.html
0 10 20 30 40 50
Quyết định số 123456789
mục (a) 1.2
tặng điện thoại trị giá 15.000.000 đồng
@bantin
"""
FIELDS = """\
change_history:
  - {date: 2023-04-01, note: Gọi 0912 345 678.}
attachments:
  - {file: a.pdf, title: Gọi 0912 345 678}
photos:
  - {file: a.jpg, alt: Gọi 0912 345 678, credit: Gọi 0912 345 678, shows: [Gọi 0912 345 678]}
awards:
  - {form: giay_khen, for: Gọi 0912 345 678}
people:
  - {role: Giám đốc, did: [Gọi 0912 345 678]}
announced:
  - {text: Gọi 0912 345 678}
results:
  - {text: Thu vượt, value: 3, unit: Gọi 0912 345 678}
related: [Gọi 0912 345 678]
directions:
  - Gọi 0912 345 678
notes:
  - {field: title, issue: Gọi 0912 345 678}
stripped: [Gọi 0912 345 678]
"""


def _written(text: str) -> list[str]:
    return [written for _, _, written in private_data(text)]


@pytest.mark.parametrize("text", [*TELEPHONES.splitlines(), *IDENTITIES.splitlines(), *E_MAILS.splitlines()])
def test_a_private_datum_is_seen_in_any_usual_form(text: str) -> None:
    assert _written(f"Liên hệ {text}, hoặc gặp trực tiếp.")


@pytest.mark.parametrize("text", NOT_PRIVATE.splitlines())
def test_days_sums_symbols_and_addresses_are_not_private(text: str) -> None:
    assert _written(f"Theo đó, {text}, và các nội dung khác.") == []


def test_every_text_that_is_published_is_searched_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    text = bulletin("Gọi 0912 345 678.", FIELDS, title="Gọi 0912 345 678", lead="Gọi 0912 345 678")
    lines = text.split("\n")

    private = [m for m in mistakes(text, tmp_path, "a.jpg") if m.code == "X1"]
    unpublished = {n for n, line in enumerate(lines, 1) if "issue:" in line or "stripped:" in line}
    assert {m.line for m in private} == {n for n, line in enumerate(lines, 1) if "0912" in line} - unpublished
    assert len(private) == sum("0912" in line for line in lines) - len(unpublished) + 2, "a photo has three"


@pytest.mark.parametrize("part", ["0 ", "0", "a", "(0", "cmnd ", "1900", "09 ", "a.@", "+84", "điện thoại: 1"])
def test_no_text_costs_more_than_its_length(part: str) -> None:
    """Twice the text takes at most about twice the steps: every repetition has an end."""
    assert len(_written(part * 20_000)) <= 20_000
