"""`python3 tasks.py due`: what goes out or expires next, and when; time alone changes nothing until a site is built."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bulletins.domain.life import Due, due
from bulletins.reading.content import Content, read_content
from bulletins.settings import Settings

_WHAT = {"published": "đăng", "expires": "hết hạn"}


def read_all(root: Path, settings: Settings, now: datetime) -> Content:
    """The content below `root`, drafts and scheduled bulletins with the rest; what was read is kept for the build."""
    cache = root / ".cache" / "readings-output.sqlite"
    return read_content(root / "content", root, replace(settings, drafts=True), now, cache, settings.workers)


def print_due(root: Path, settings: Settings, moment: datetime | None = None) -> int:
    """Print what is due after `moment` (now, if none is given) and give the exit code: 1 if mistakes hold it all up."""
    now = (moment or datetime.now(UTC)).astimezone(ZoneInfo(settings.timezone))
    content = read_all(root, settings, now)
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
    told = [f"{one.at:%Y-%m-%d %H:%M}  {_WHAT[one.what]:<7}  {one.id}  {one.title}" for one in ahead]
    return [*told, "Trang không tự đổi: tới giờ, chạy python3 tasks.py build (hoặc đặt lịch chạy) rồi đăng lên."]
