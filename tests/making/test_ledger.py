"""The ledger: what is saved is loaded, and a ledger that cannot be trusted is an empty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletins.making.ledger import Ledger, add, load, save

ENTRIES = Ledger(
    {
        "khoi/index.html": ("f1", "ab" * 32, 120, 1_670_000_000_123_456_789),
        "ảnh/1.jpg": ("f2", "cd" * 32, 0, 1),
    },
    {"": 5, "khoi": 6, "ảnh": 7},
)
EMPTY = Ledger({}, {})


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save(tmp_path / "ledger.json", ENTRIES)

    assert load(tmp_path / "ledger.json") == ENTRIES


def test_what_was_added_since_is_loaded_with_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    save(path, ENTRIES)
    add(path, Ledger({"khoi/index.html": ("f3", "ef" * 32, 121, 2)}, {"khoi": 8}))
    loaded = load(path)

    assert loaded.files == ENTRIES.files | {"khoi/index.html": ("f3", "ef" * 32, 121, 2)}
    assert loaded.folders == ENTRIES.folders | {"khoi": 8}


def test_a_ledger_to_which_a_killed_build_was_adding_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    save(path, ENTRIES)
    before = path.stat().st_size
    add(path, ENTRIES)
    whole = path.read_bytes()
    for length in range(before + 1, len(whole)):
        path.write_bytes(whole[:length])

        assert load(path) == EMPTY, length


def test_saving_leaves_nothing_beside_the_ledger(tmp_path: Path) -> None:
    save(tmp_path / "ledger.json", EMPTY)
    save(tmp_path / "ledger.json", ENTRIES)

    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_a_missing_ledger_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path / "ledger.json") == EMPTY


def test_a_ledger_cut_anywhere_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    save(path, ENTRIES)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])

        assert load(path) == EMPTY, length


def test_a_ledger_with_one_wrong_bit_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    save(path, ENTRIES)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])

        assert load(path) == EMPTY, place


@pytest.mark.parametrize("text", ["", "\n\n", "{}", "bulletins-ledger-0\n\n{}", "\x00" * 100])
def test_a_ledger_of_another_format_is_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(text)

    assert load(path) == EMPTY


def test_a_folder_in_the_place_of_the_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert load(tmp_path) == EMPTY
