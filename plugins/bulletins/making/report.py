"""What a build did and how long it took, and how that is said to the person who ran it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bulletins.making.ledger import Stamp
from bulletins.making.publish import Published, PublishFailed


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, counted in files (what was `planned` and not `made` stands), and the seconds of each stage.

    `ledger` is the stamp of the ledger it left: another build may leave another at any time. `altered` are files that
    had the size and time they were published with, and other bytes; `strange` is what stands there that is not the
    site's.
    """

    planned: int
    made: int
    published: Published
    seconds: Mapping[str, float]
    ledger: Stamp
    altered: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """The size of what was written."""
        return sum(size for size, _ in self.published.written.values())


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage, for a report."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """A stage ends that began when the last one did, or the watch."""
        now = time.perf_counter()
        self.seconds[stage], self._last = now - self._last, now


STAGES = {"read": "đọc", "plan": "lập kế hoạch", "compare": "so", "make": "làm", "publish": "ghi"}


def summary(made: Report, before: Mapping[str, float]) -> str:
    """What a build did and how long each stage took, for the person who ran it; `before` are the stages before."""
    seconds, published = {**before, **made.seconds}, made.published
    stages = ", ".join(f"{word} {_decimal(seconds[stage])}" for stage, word in STAGES.items() if stage in seconds)
    return (
        f"Trang có {made.planned} tệp: làm lại {made.made}, giữ nguyên {made.planned - made.made}; "
        f"ghi {len(published.written)} tệp ({_decimal(made.bytes / 1_000_000)} MB), xóa {len(published.removed)}.\n"
        f"Hết {_decimal(sum(seconds.values()))} giây: {stages}."
    )


_NAMED = 5
"""Strange files that are named."""


def strangers(made: Report, output: Path) -> str:
    """What is said of files in the output folder that are not the site's."""
    names = ", ".join(made.strange[:_NAMED]) + ("…" if len(made.strange) > _NAMED else "")
    return (
        f"{output.name}/: giữ nguyên tệp không phải của trang: {names}; tệp muốn đăng cùng trang thì để ở content/extra"
        " / kept what is not the site's; files to be published with it belong in content/extra."
    )


def mended(made: Report, output: Path) -> str:
    """What a build that verified says of the files that somebody altered: a line each, and one for their number."""
    why = "bị sửa sau khi đăng, đã làm lại / altered after it was published; made anew"
    lines = [f"{output / path}: {why}" for path in made.altered]
    said = f"Đã đọc từng byte của {made.planned} tệp: {len(lines)} tệp bị sửa."
    return "\n".join([*lines, f"{said} / Every byte was read: {len(lines)} files had been altered."])


def failed(failure: Exception) -> str:
    """Why a build broke off, and how the site stands now."""
    stands = "Tệp nào đã đăng cũng trọn vẹn; lần chạy sau sẽ làm nốt."
    return f"{failure}\n{stands if isinstance(failure, PublishFailed) else 'Trang đang có vẫn giữ nguyên.'}"


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
