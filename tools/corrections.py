"""What a publication changes in bulletins without a word of theirs: a proposal for each, ready to be typed."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from bulletins import urls
from bulletins.memory.copy import Copy
from bulletins.memory.state import Memory

INDEX = "index.md"
NO_HISTORY = "change_history: [{}]"
MOST = 10
"""Bulletins that are named one by one; where a program says all of them otherwise, nobody reads on."""

_HISTORY = re.compile(r"^change_history:(?P<flow>[ ]*\[)?", re.MULTILINE)


def warnings(content: Path, output: Path, before: Memory | None, today: datetime.date) -> list[str]:
    """A line, with its end, for each bulletin that says something else than `before` without a word of its own.

    `output` is a site built with this memory; None is that of a first publication.
    """
    ids = unexplained(output, before.seq) if before else []
    return [f"{line}\n" for line in proposals(ids, content, today)]


def unexplained(output: Path, since: int) -> list[str]:
    """The ids of bulletins that were out and say something else now, of which no new entry of their history tells.

    `output` is a site built with a memory; `since` is the number of the last activity that is public.
    """
    activities = _after(Copy(output), since)
    updates = (a for a in activities if a["type"] == "Update" and a["note"] is None)
    return [a["object"]["identifier"] for a in updates if a["object"]["type"] == "bulletin"]


def _after(copy: Copy, since: int) -> list[Any]:
    """The activities after this one, oldest first."""
    log = json.loads(copy.read(urls.output_path(urls.API_CHANGES)) or b'{"pages": []}')
    activities: list[Any] = []
    for page in reversed(log["pages"]):
        items = json.loads(copy.read(page["path"]) or b"{}")["orderedItems"]
        activities = [item for item in items if item["seq"] > since] + activities
        if items and items[0]["seq"] <= since + 1:
            break
    return activities


def proposals(ids: Iterable[str], content: Path, today: datetime.date) -> Iterator[str]:
    """A warning for each of these bulletins: where it is, and the entry of its history as it can be typed."""
    ids = list(ids)
    for id_ in ids[:MOST]:
        file = _file_of(content, id_)
        line, form = _place(file) if file else (1, NO_HISTORY)
        where = file.relative_to(content.parent).as_posix() if file else id_
        entry = f'{{date: {today.isoformat()}, note: "Đã sửa…"}}'
        typed = f"`{form.format(entry)}`"
        yield (
            f"{where}:{line}:1: Cảnh báo:"
            " bản tin đã đăng nay nói khác mà chưa ghi đã sửa gì; nếu là đính chính thì thêm"
            f" {typed}, nếu chỉ sửa lỗi gõ thì thêm cả `minor: true` hoặc bỏ qua"
            f" / published, and says something else now without a word: add {typed}; for a slip add `minor: true`"
        )
    if len(ids) > MOST:
        yield f"… và {len(ids) - MOST} bản tin nữa / and {len(ids) - MOST} more bulletins"


def _file_of(content: Path, id_: str) -> Path | None:
    """The file of a bulletin: in the folder of its name, or else wherever the id is."""
    named = re.compile(rf"^id:\s*[\"']?{re.escape(id_)}[\"']?\s*$", re.MULTILINE)
    likely = content.glob(f"bulletins/**/{id_}/{INDEX}")
    return next(
        (file for file in chain(likely, content.glob(f"bulletins/**/{INDEX}")) if named.search(_text(file))), None
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _place(file: Path) -> tuple[int, str]:
    """The line of the history, or else of the id, and how an entry is typed there: in brackets, as a line, or first."""
    text = _text(file)
    history = _HISTORY.search(text)
    at = history or re.search(r"^id:", text, re.MULTILINE)
    form = ("{}" if history["flow"] else "- {}") if history else NO_HISTORY
    return text.count("\n", 0, at.start() if at else 0) + 1, form
