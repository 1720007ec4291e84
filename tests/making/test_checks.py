"""A check of the plan sees every file that is made, and what it refuses stops publishing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.making.build import make
from bulletins.making.line import MakingFailed
from bulletins.plan import Check
from tests.making.plans import catalogue, page, pages, tree


def refuse(path: str, data: bytes, word: str) -> str | None:
    return f"có chữ {word}" if word.encode() in data else None


def noted(path: str, data: bytes, notes: str) -> str | None:
    with Path(notes).open("a", encoding="utf-8") as file:
        file.write(f"{path}\n")
    return None


@pytest.mark.parametrize("workers", [1, 2])
def test_a_refused_file_stops_the_build_and_the_old_site_stays(workers: int, tmp_path: Path) -> None:
    output, cache = tmp_path / "output", tmp_path / "cache"
    check = Check(refuse, ("GPS",))
    make([page("a.html", "cũ"), check], output, cache)
    before = tree(output)
    many = pages({f"{n}.html": str(n) for n in range(40)})

    with pytest.raises(MakingFailed, match=r"Không làm được b\.jpg: có chữ GPS"):
        make([page("a.html", "mới"), *many, page("b.jpg", "GPS"), check], output, cache, workers)
    assert tree(output) == before


def test_a_catalogue_is_seen_too(tmp_path: Path) -> None:
    with pytest.raises(MakingFailed, match="mục lục"):
        make([catalogue(), Check(refuse, ("mục lục",))], tmp_path / "output", tmp_path / "cache")


def test_an_unchanged_file_is_not_seen_again(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    check = Check(noted, (str(notes),))
    for text in ("một", "một", "hai"):
        make([page("a.html", text), page("b.html", "b"), check], tmp_path / "output", tmp_path / "cache", 1)

    assert notes.read_text(encoding="utf-8").split() == ["a.html", "b.html", "a.html"]
