"""`python3 tasks.py due`: what goes out or expires next, and when; time alone changes nothing until a site is built."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from bulletins.domain.life import Due, due
from bulletins.settings import Settings
from tools.contents import read_all

_WHAT = {"published": "đăng", "expires": "hết hạn"}


def print_due(root: Path, settings: Settings, moment: datetime | None = None) -> int:
    """Print what is due after `moment` (now, if none is given) and give the exit code: 1 if mistakes hold it all up."""
    content, now = read_all(root, settings, moment)
    print(*lines(due(content.library.newest, now)), sep="\n")
    if content.counts.refused:
        print(
            f"{content.counts.refused} bản tin có lỗi nên chưa tính ở trên; còn lỗi thì chưa đăng được gì. "
            "Xem lỗi: python3 tasks.py check",
            file=sys.stderr,
        )
    return 1 if content.counts.refused else 0


def lines(ahead: Sequence[Due]) -> list[str]:
    """What to tell a person, a line for each, and at the end what they must do."""
    if not ahead:
        return ["Không có bản tin nào hẹn giờ hay sắp hết hạn."]
    lines = [f"{_when(due):<19}  {_WHAT[due.what]:<7}  {due.id}  {due.title}" for due in ahead]
    return [*lines, "Trang không tự đổi: tới giờ, chạy python3 tasks.py build (hoặc đặt lịch chạy) rồi đăng lên."]


def _when(due: Due) -> str:
    """The moment, day first; what expires at 24:00 is told by its last day, as its author wrote it."""
    if due.what == "expires" and due.at.time() == time.min:
        return f"hết ngày {due.at - timedelta(days=1):%d/%m/%Y}"
    return f"{due.at:%d/%m/%Y %H:%M}"
