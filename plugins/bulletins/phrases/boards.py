"""The board that speaks for a unit: “Ban Thường trực Ủy ban MTTQ huyện Cẩm Mỹ” is the committee."""

from __future__ import annotations

import re

_BOARD = re.compile(
    r"(?:Ban Thường trực|Thường trực|Ban Thường vụ|Ban Chấp hành|Ban [Gg]iám đốc|Ban [Ll]ãnh đạo|[Ll]ãnh đạo|[Đđ]ơn vị)"
    r"(?: của)? (?=(?:Ủy ban|Uỷ ban|UBMTTQ|MTTQ|Hội|Liên|LĐLĐ|Tỉnh|Thành|Huyện|Đoàn|Công đoàn|Sở|Công ty|Ban|Trường))"
)


def without_board(name: str) -> str:
    """The name of the unit for which a board or its leaders stand in a text."""
    return _BOARD.sub("", name, count=1) if _BOARD.match(name) else name
