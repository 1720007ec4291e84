"""`python3 tasks.py due`: what goes out or expires next, and when; time alone changes nothing until a site is built."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from bulletins.domain.library import Library
from bulletins.domain.life import Due, begins, due, ends, state
from bulletins.memory.read import Damaged
from bulletins.memory.state import Memory
from bulletins.publishing.addresses import target_of
from bulletins.publishing.target import TargetFailed
from bulletins.settings import Settings
from tools.brought import memory_of
from tools.contents import read_all
from tools.door import Fault
from tools.refusals import explained

_WHAT = {"published": "đăng", "expires": "hết hạn"}
_MISSED = {"published": "đăng", "expires": "gỡ"}


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


def print_next(root: Path, settings: Settings, moment: datetime | None = None) -> int:
    """Print the moment at which time changes the site next (RFC 3339), for a schedule; nothing if none is ahead."""
    content, now = read_all(root, settings, moment)
    ahead = due(content.library.newest, now)
    print(*(event.at.isoformat() for event in ahead[:1]), sep="", end="\n" if ahead else "")
    return 0


def print_missed(root: Path, settings: Settings, address: str, moment: datetime | None = None) -> int:
    """Print what the public site should have shown or taken away by now; the exit code is 1 if there is any.

    Raises `Fault` where the public site cannot be seen.
    """
    content, now = read_all(root, settings, moment)
    behind = missed(content.library, _published(address or settings.target, root), now)
    for event in behind:
        print(f"{_when(event):<19}  chưa {_MISSED[event.what]}  {event.id}  {event.title}", file=sys.stderr)
    if behind:
        print(
            "Trang công khai chậm hơn nội dung; hãy chạy: python3 tasks.py publish, và xem lại lịch chạy / "
            "the public site is behind: publish, and look at the schedule.",
            file=sys.stderr,
        )
    return 1 if behind else 0


def missed(library: Library, public: Memory, now: datetime) -> list[Due]:
    """What time has done to bulletins and the public site does not show: one past its hour, one that expired."""
    out = {id_ for (type_, id_), known in public.objects.items() if type_ == "bulletin" and not known.gone}
    late = [
        Due(begins(bulletin.published, now.tzinfo), "published", bulletin.id, bulletin.title)
        for bulletin in library.newest
        if bulletin.published and bulletin.id not in out and state(bulletin, now) == "published"
    ]
    stale = [
        Due(ends(bulletin.expires, now.tzinfo), "expires", bulletin.id, bulletin.title)
        for bulletin in library.withdrawn
        if bulletin.expires and bulletin.id in out and ends(bulletin.expires, now.tzinfo) <= now
    ]
    return sorted([*late, *stale], key=lambda event: (event.at, event.id))


def _published(address: str, root: Path) -> Memory:
    """What the public site holds."""
    if not address:
        raise Fault(
            "Xem trang đăng ở đâu? Hãy thêm --to, hoặc đặt BULLETINS_TARGET / Published where? Add --to FOLDER."
        )
    try:
        known = memory_of(target_of(address, root, root / ".cache"))
    except (TargetFailed, Damaged) as failed:
        raise Fault(explained(failed)) from failed
    if known is None:
        raise Fault(f"{address}: chưa có trang nào được đăng ở đây / nothing is published here.")
    return known


def lines(ahead: Sequence[Due]) -> list[str]:
    """What to tell a person, a line for each, and at the end what they must do."""
    if not ahead:
        return ["Không có bản tin nào hẹn giờ hay sắp hết hạn."]
    lines = [f"{_when(due):<19}  {_WHAT[due.what]:<7}  {due.id}  {due.title}" for due in ahead]
    return [*lines, "Trang không tự đổi: tới giờ, chạy python3 tasks.py publish (hoặc đặt lịch chạy)."]


def _when(due: Due) -> str:
    """The moment, day first; what expires at 24:00 is told by its last day, as its author wrote it."""
    if due.what == "expires" and due.at.time() == time.min:
        return f"hết ngày {due.at - timedelta(days=1):%d/%m/%Y}"
    return f"{due.at:%d/%m/%Y %H:%M}"
