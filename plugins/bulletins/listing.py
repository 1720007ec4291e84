"""What a check says: a line for each mistake, and at the end one line of counts; for people, or as JSON for editors."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bulletins.context import Counts
from bulletins.domain.attribution import Undated
from bulletins.mistakes import Mistake, errors

if TYPE_CHECKING:
    from rich.text import Text

FOUND = 3
"""Exit code of Pelican after a check that found errors; 1 is Pelican's own when something broke."""

_STYLES = {"error": "bold red", "warning": "yellow", "silenced": "dim"}
_LEVELS = {"errors": "error", "warnings": "warning", "silenced": "silenced"}
_COUNTS = {
    "vi": "{errors} lỗi, {warnings} cảnh báo, {silenced} bỏ qua",
    "en": "{errors} errors, {warnings} warnings, {silenced} silenced",
}
_SUM = {
    "vi": "{total} bản tin = {published} đăng + {draft} nháp + {scheduled} hẹn giờ + {withdrawn} đã gỡ"
    " + {refused} bị từ chối",
    "en": "{total} bulletins = {published} published + {draft} drafts + {scheduled} scheduled + {withdrawn} withdrawn"
    " + {refused} refused",
}
WARNINGS_OF_A_BUILD = 20
_ORDER = {"error": 0, "warning": 1, "silenced": 2}
_ELSEWHERE = {
    "vi": "Còn {errors} lỗi ở {files} tệp khác; xem bằng `python3 tasks.py check`.",
    "en": "{errors} more errors in {files} other files; `python3 tasks.py check` shows them.",
}
_MORE = {
    "vi": "… và {more} cảnh báo nữa; xem đủ bằng `python3 tasks.py check`.",
    "en": "… and {more} more warnings; `python3 tasks.py check` shows all.",
}
_UNDATED = {
    "vi": "{path}: điều không ghi năm vào hồ sơ: {facts}.",
    "en": "{path}: what names no year goes to: {facts}.",
}
_UNDATED_ELSEWHERE = {
    "vi": "Còn {files} bản tin như vậy; xem từng bản tin bằng `python3 tasks.py check <mã>`.",
    "en": "{files} more such bulletins; `python3 tasks.py check <id>` shows one.",
}
_FIELDS = {
    "awards": ("khen thưởng", "awards"),
    "themes": ("chủ đề", "themes"),
    "movements": ("phong trào", "movements"),
    "results": ("kết quả", "results"),
    "limitations": ("hạn chế", "limitations"),
    "commitments": ("cam kết", "commitments"),
    "targets": ("chỉ tiêu", "targets"),
    "directions": ("phương hướng", "directions"),
    "instructions": ("chỉ đạo", "instructions"),
}
UNDATED_LISTED = 3
"""Bulletins of which a check of all says where undated facts went: those that were saved last."""

_REFUSED = {
    "vi": "Chưa đăng gì cả; trang đang có vẫn giữ nguyên. Sửa rồi chạy lại.",
    "en": "Nothing is published; the site that is out stays as it is. Mend and run again.",
}


def refusing(counts: Counts, known: Iterable[Mistake], all_mistakes: Iterable[Mistake]) -> Counts:
    """The counts once bulletins are refused that reading took: their photos cannot be published.

    A bulletin or a page that is gone (W3, W6) is no file of the content, and counted nowhere.
    """
    before = {mistake.path for mistake in errors(known)}
    late = len({mistake.path for mistake in errors(all_mistakes) if mistake.code not in ("W3", "W6")} - before)
    late = min(late, counts.published)
    return replace(counts, published=counts.published - late, refused=counts.refused + late)


def show(mistakes: Iterable[Mistake], language: str, stream: TextIO, at_hand: str = "") -> None:
    """Print `path:line:column: Lỗi [code] message` for each: errors first, and those of the file at hand before others.

    In colours on a terminal only.
    """
    in_order = sorted(set(mistakes), key=lambda mistake: (_ORDER[mistake.level], mistake.path != at_hand, mistake))
    if not stream.isatty():
        stream.writelines(f"{mistake.said(language)}\n" for mistake in in_order)
        return
    from rich.console import Console

    console = Console(file=stream, soft_wrap=True, highlight=False)
    for mistake in in_order:
        console.print(_coloured(mistake, language))


def _coloured(mistake: Mistake, language: str) -> Text:
    from rich.text import Text

    what = f"{mistake.level_word(language)} [{mistake.code}]"
    return Text.assemble(f"{mistake.place} ", (what, _STYLES[mistake.level]), " ", mistake.words(language))


def last_saved(mistakes: Iterable[Mistake]) -> str:
    """The file at hand: of those with mistakes, the one that was saved last; empty where none can be looked at."""
    paths = sorted({mistake.path for mistake in mistakes})
    saved = [(path.stat().st_mtime_ns, name) for name in paths if (path := Path(name)).is_file()]
    return max(saved, default=(0, ""))[1]


def of_one(mistakes: Iterable[Mistake], path: str) -> list[Mistake]:
    """The mistakes of one bulletin: of its text and of the files in its folder."""
    folder = path.rpartition("/")[0]
    return [mistake for mistake in mistakes if mistake.path.startswith(f"{folder}/")]


def elsewhere(mistakes: Iterable[Mistake], shown: Iterable[Mistake], language: str) -> str:
    """One line on the errors that are not shown; empty where there are none."""
    others = errors(set(mistakes) - set(shown))
    if not others:
        return ""
    return _ELSEWHERE[language].format(errors=len(others), files=len({mistake.path for mistake in others}))


def where_undated(undated: Iterable[tuple[str, tuple[Undated, ...]]], language: str, only: str = "") -> list[str]:
    """Lines that say to which year undated facts went: of one file, or of the few that were saved last."""
    known = {path: facts for path, facts in undated if not only or path == only}
    shown = sorted(known, key=lambda path: (-_saved(path), path))[:UNDATED_LISTED]
    lines = [_UNDATED[language].format(path=path, facts=_by_year(known[path], language)) for path in shown]
    more = len(known) - len(shown)
    return [*lines, *([_UNDATED_ELSEWHERE[language].format(files=more)] if more else [])]


def _saved(path: str) -> int:
    file = Path(path)
    return file.stat().st_mtime_ns if file.is_file() else 0


def _by_year(undated: Iterable[Undated], language: str) -> str:
    """“khen thưởng (2) → 2022; cam kết (3), chỉ tiêu (1) → 2023”."""
    of_year: dict[int, list[str]] = {}
    for facts in undated:
        name = _FIELDS[facts.field][language == "en"]
        of_year.setdefault(facts.year, []).append(f"{name} ({facts.number})")
    return "; ".join(f"{', '.join(of_year[year])} → {year}" for year in sorted(of_year))


def of_a_build(mistakes: Iterable[Mistake], language: str, stream: TextIO) -> None:
    """Print every error, and the first warnings: a build is not the place to read hundreds of them."""
    once = set(mistakes)
    warnings = sorted(mistake for mistake in once if mistake.level == "warning")
    show([*errors(once), *warnings[:WARNINGS_OF_A_BUILD]], language, stream)
    more = len(warnings) - WARNINGS_OF_A_BUILD
    if more > 0:
        print(_MORE[language].format(more=more), file=stream)


def levels(mistakes: Iterable[Mistake]) -> Counter[str]:
    """How many mistakes there are of each level; one that is told twice counts once."""
    return Counter(mistake.level for mistake in set(mistakes))


def summary(counts: Counts, levels: Mapping[str, int], language: str) -> str:
    """The one line at the end: bulletins in = published + drafts + scheduled + withdrawn + refused, and mistakes."""
    said = _SUM[language].format(
        total=counts.total,
        published=counts.published,
        draft=counts.draft,
        scheduled=counts.scheduled,
        withdrawn=counts.withdrawn,
        refused=counts.refused,
    )
    numbers = {name: levels.get(level, 0) for name, level in _LEVELS.items()}
    counted = _COUNTS[language].format(**numbers)
    return f"{said}; {counted}"


def refusal(language: str) -> str:
    """What the last line of a build is that publishes nothing."""
    return _REFUSED[language]


def as_json(mistakes: Iterable[Mistake], language: str) -> str:
    """One array for editors, each mistake with `path`, `line`, `column`, `code`, `level` and `message`."""
    entries = [
        {
            "path": mistake.path,
            "line": mistake.line,
            "column": mistake.column,
            "code": mistake.code,
            "level": mistake.level,
            "message": mistake.words(language),
        }
        for mistake in sorted(set(mistakes))
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)
