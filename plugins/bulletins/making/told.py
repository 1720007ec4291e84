"""What is said of a build to the person who ran it."""

from __future__ import annotations

from collections.abc import Mapping

from bulletins.making.build import Report

STAGES = {"read": "đọc", "plan": "lập kế hoạch", "compare": "so", "make": "làm", "publish": "ghi"}


def summary(made: Report, before: Mapping[str, float]) -> str:
    """What a build did and how long each stage took, for the person who ran it; `before` are the stages before."""
    seconds = {**before, **made.seconds}
    stages = ", ".join(f"{word} {_decimal(seconds[stage])}" for stage, word in STAGES.items() if stage in seconds)
    return (
        f"Trang có {made.planned} tệp: làm lại {made.made}, giữ nguyên {made.skipped}; "
        f"ghi {made.written} tệp ({_decimal(made.bytes / 1_000_000)} MB), xóa {made.removed}.\n"
        f"Hết {_decimal(sum(seconds.values()))} giây: {stages}."
    )


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
