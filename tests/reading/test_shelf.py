"""The file of readings, while other commands are at it too."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from bulletins.reading.bulletin import Reading
from bulletins.reading.shelf import Damaged, Overtaken, Shelf, Stuck, Unusable, row
from tests.reading import texts


def read(folder: Path, body: str, **fields: str) -> Reading:
    return texts.reading(texts.bulletin(body, **fields), folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf.sqlite", "1")


def put_by_another(folder: Path, *readings: Reading) -> None:
    Shelf(folder / "shelf.sqlite", "1").put([row("2", one) for one in readings])


def test_a_text_that_another_command_has_read_since_never_stands_for_the_old_one(tmp_path: Path, shelf: Shelf) -> None:
    old, new = read(tmp_path, "Câu cũ."), read(tmp_path, "Câu mới.")
    shelf.put([row("1", old)])
    [known] = shelf.readings([old.name])
    put_by_another(tmp_path, new)

    assert known.body is not None
    with pytest.raises(Overtaken):
        print(known.body.parts)


def test_nor_do_the_facts(tmp_path: Path, shelf: Shelf) -> None:
    old, new = read(tmp_path, "Câu."), read(tmp_path, "Câu.", title="Tên khác")
    shelf.put([row("1", old)])
    [known] = shelf.readings([old.name])
    put_by_another(tmp_path, new)

    assert known.bulletin is not None
    with pytest.raises(Overtaken):
        print(known.bulletin.whole)


def test_what_another_command_has_dropped_is_missed(tmp_path: Path, shelf: Shelf) -> None:
    old = read(tmp_path, "Câu.")
    shelf.put([row("1", old)])
    [known] = shelf.readings([old.name])
    Shelf(tmp_path / "shelf.sqlite", "1").drop([old.name])

    assert known.bulletin is not None
    with pytest.raises(Overtaken):
        print(known.bulletin.whole)
    with pytest.raises(Overtaken):
        shelf.readings([old.name])


def test_a_file_that_cannot_be_had_is_kept_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "shelf.sqlite").mkdir()

    with pytest.raises(Stuck, match=r"tệp ghi nhớ .*\(unable to open"):
        Shelf(tmp_path / "shelf.sqlite", "1")


@pytest.mark.parametrize("failure", [Damaged(), Overtaken(), Stuck(str(sqlite3.OperationalError("locked")))])
def test_what_failed_in_a_worker_is_said_in_the_same_words(failure: Unusable) -> None:
    assert str(pickle.loads(pickle.dumps(failure))) == str(failure)
