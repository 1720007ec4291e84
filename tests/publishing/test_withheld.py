"""What must not be shown any more is found in the content without reading the rest of it, and never missed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bulletins.clock import ZONE
from tools.withheld import Withheld, shown_of, withheld

NOW = datetime(2026, 3, 1, 12, tzinfo=ZONE)
HEAD = "---\nid: a\ntitle: Khối 1\n{}lead: Ký kết\n---\n\nexpires withdrawn \\ 2020\n"


def _withheld(folder: Path, text: str) -> Withheld:
    (folder / "bulletins/2023/a").mkdir(parents=True)
    (folder / "bulletins/2023/a/index.md").write_text(text, encoding="utf-8", newline="")
    return withheld(folder, folder, NOW)


@pytest.mark.parametrize(
    "said",
    [
        "status: withdrawn\nwithdrawn: {date: 01/03/2026, reason: Nhầm}\n",
        "status: Đã gỡ\nwithdrawn: {date: 01/03/2026, reason: Nhầm}\n",
        "status: withdrawn\nwithdrawn:\n",
        "expires: 28/02/2026\n",
        "expires: 2026-03-01 12:00\n",
        "expires: {date: 2026-02-28}\n",
        "expires: '28/02/2026'\n",
        "expires:\n  28/02/2026\n",
        "expires: 28/02/2026 # hết hạn\n",
        '"expires": 28/02/2026\n',
        '"\\u0065xpires": 28/02/2026\n',
        "ex\u200bpires: 28/02/2026\n",
        "awards: [{form: none}]\nexpires: 28/02/2026\n",
        "lead_as: |\n  expires: 31/12/2026\nexpires: 28/02/2026\n",
        "published: sai\nexpires: 28/02/2026\n",
        "photos: [{file: a.jpg, alt: Ba người}]\nexpires: 28/02/2026\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_withdrawn_or_has_expired_is_found_however_it_is_written(tmp_path: Path, said: str, end: str) -> None:
    assert _withheld(tmp_path, HEAD.format(said).replace("\n", end)) == Withheld(bulletins=(("a",),))


@pytest.mark.parametrize(
    "said",
    [
        "",
        "expires: 01/03/2026\n",
        "expires: 2026-03-01 12:01\n",
        "status: draft\nexpires: 28/02/2026\n",
        "status: draft\nexpires: [\n",
    ],
)
def test_nothing_else_is(tmp_path: Path, said: str) -> None:
    assert _withheld(tmp_path, HEAD.format(said)) == Withheld()


def test_former_ids_count_and_so_does_a_photo_of_its_own(tmp_path: Path) -> None:
    text = HEAD.format(
        "former_ids: [b, c]\nphotos:\n- {file: Lễ ký.jpg, alt: Ba người, withdrawn: {date: 1/3/2026, reason: Nhầm}}\n"
        "- {file: hai.jpg, alt: Hai người}\n"
    )
    held = _withheld(tmp_path, text)

    assert held == Withheld(photos=((("a", "b", "c"), "le-ky"),))
    assert held.ids == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text", [HEAD.format("expires: sai\n"), HEAD.format("expires: [\n"), "---\nid: a\nexpires: 28/02/2026\n"]
)
def test_a_file_of_which_nobody_can_tell_is_named(tmp_path: Path, text: str) -> None:
    assert _withheld(tmp_path, text) == Withheld(unclear=("bulletins/2023/a/index.md",))


def test_of_what_is_withheld_a_release_shows_what_is_no_notice_in_it() -> None:
    documents: dict[str, Any] = {
        "a": {"status": "published", "photos": [{"id": "mot"}]},
        "b": {"status": "withdrawn"},
        "c": {"status": "published", "photos": [{"id": "mot"}, {"id": "hai"}]},
        "d": {"status": "moved"},
    }
    held = Withheld((("a", "d"), ("b",)), ((("c", "b"), "hai"), (("c",), "ba")))

    assert shown_of(held, documents) == ["a", "c/hai"]
    assert shown_of(held, {}) == []
