"""The ledger: what is saved is loaded, and a ledger that cannot be trusted is an empty one."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from bulletins.making.ledger import LEDGER, LINES, METADATA, Change, Ledger, add, keep, load, load_metadata

ENTRIES = Ledger(
    {
        "khoi/index.html": ("f1", "ab" * 32, 120, 1_670_000_000_123_456_789),
        "ảnh/1.jpg": ("f2", "cd" * 32, 0, 1),
    },
    {"": 5, "khoi": 6, "ảnh": 7},
)
EMPTY = Ledger({}, {})


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, ENTRIES, {}, {})

    assert load(tmp_path) == ENTRIES


def test_what_was_added_since_is_loaded_with_it(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, ENTRIES, {}, {})
    add(tmp_path, Change({"khoi/index.html": ("f3", "ef" * 32, 121, 2)}, {"khoi": 8}), {})
    loaded = load(tmp_path)

    assert loaded.files == ENTRIES.files | {"khoi/index.html": ("f3", "ef" * 32, 121, 2)}
    assert loaded.folders == ENTRIES.folders | {"khoi": 8}


def test_a_ledger_to_which_a_killed_build_was_adding_is_empty(tmp_path: Path) -> None:
    path = tmp_path / LEDGER
    keep(tmp_path, EMPTY, ENTRIES, {}, {})
    before = path.stat().st_size
    add(tmp_path, Change(ENTRIES.files, ENTRIES.folders), {})
    whole = path.read_bytes()
    for length in range(before + 1, len(whole)):
        path.write_bytes(whole[:length])

        assert load(tmp_path) == EMPTY, length


def test_on_a_disk_that_takes_no_more_the_ledger_stays_as_it_was(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, ENTRIES, {}, {})
    limits, size = resource.getrlimit(resource.RLIMIT_FSIZE), (tmp_path / LEDGER).stat().st_size
    for room in (0, 1, 40):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, limits[1]))
        try:
            with pytest.raises(OSError, match=r"."):
                add(tmp_path, Change(ENTRIES.files, {}), {})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

        assert load(tmp_path) == ENTRIES


def site(*paths: str, entry: str = "f", parts: dict[str, list[str]] | None = None, **others: str) -> Ledger:
    """A ledger of these files; `others` are fingerprints of some."""
    files = {path: (others.get(path, entry), "ab" * 32, 1, 2) for path in sorted(paths)}
    return Ledger(files, {"": 1} | dict.fromkeys(paths, 2), parts or {})


MANY = tuple(f"p{n}" for n in range(50))

CHANGES = [
    ("a file that is another", site(*MANY, p3="g"), site(*MANY)),
    ("a file that is gone, with its folder", site(*MANY[1:]), site(*MANY)),
    ("a file more", site(*MANY, "q"), site(*MANY)),
    ("nothing", site(*MANY), site(*MANY)),
    ("all of it", site(*MANY), site(*MANY, entry="g")),
    ("a part laid out anew", site(*MANY, parts={"b": ["p0"]}), site(*MANY, parts={"a": ["p0", "p1"]})),
    ("a part with other files", site(*MANY, parts={"b": ["p0"], "c": ["p1"]}), site(*MANY, parts={"a": ["p0", "p1"]})),
]


@pytest.mark.parametrize(("new", "old"), [pair for _, *pair in CHANGES], ids=[name for name, *_ in CHANGES])
def test_what_a_build_changed_is_loaded_as_if_it_had_been_written_whole(
    tmp_path: Path, new: Ledger, old: Ledger
) -> None:
    keep(tmp_path, EMPTY, old, {}, {"p1": ("ab", "đã đăng")})
    keep(tmp_path, load(tmp_path), new, load_metadata(tmp_path), {"p1": ("cd", "đã sửa")})

    assert load(tmp_path)._replace(lines=0) == new
    assert load_metadata(tmp_path) == {"p1": ("cd", "đã sửa")}


def test_metadata_that_is_damaged_is_written_whole(tmp_path: Path) -> None:
    metadata = dict.fromkeys(MANY, ("ab", "đã đăng"))
    keep(tmp_path, EMPTY, site(*MANY), {}, metadata)
    (tmp_path / METADATA).write_bytes(b"{}")
    keep(tmp_path, load(tmp_path), site(*MANY, p1="g"), load_metadata(tmp_path), metadata)

    assert load_metadata(tmp_path) == metadata


def test_a_part_is_known_no_longer_once_a_file_of_it_is_another(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, site(*MANY, parts={"a": ["p0", "p1"], "b": ["p2"]}), {}, {})
    add(tmp_path, Change(site("p1", entry="g").files, {}, [], {"c": ["p1"]}), {})
    add(tmp_path, Change(site("p1", entry="h").files, {}), {})

    assert load(tmp_path).parts == {"b": ["p2"]}


def test_a_ledger_of_many_lines_is_written_whole(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, site(*MANY), {}, {})
    lengths = []
    for n in range(LINES + 2):
        keep(tmp_path, load(tmp_path), site(*MANY, p1=f"g{n}"), {}, {})
        lengths.append(load(tmp_path).lines)

    assert lengths == [*range(1, LINES + 1), 0, 1]


def test_saving_leaves_nothing_beside_the_ledger(tmp_path: Path) -> None:
    keep(tmp_path, EMPTY, ENTRIES, {}, {})

    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_a_missing_ledger_is_empty(tmp_path: Path) -> None:
    assert load(tmp_path) == EMPTY


def test_a_ledger_cut_anywhere_is_empty(tmp_path: Path) -> None:
    path = tmp_path / LEDGER
    keep(tmp_path, EMPTY, ENTRIES, {}, {})
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])

        assert load(tmp_path) == EMPTY, length


def test_a_ledger_with_one_wrong_bit_is_empty(tmp_path: Path) -> None:
    path = tmp_path / LEDGER
    keep(tmp_path, EMPTY, ENTRIES, {}, {})
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])

        assert load(tmp_path) == EMPTY, place


@pytest.mark.parametrize("text", ["", "\n\n", "{}", "bulletins-ledger-0\n\n{}", "\x00" * 100])
def test_a_ledger_of_another_format_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / LEDGER).write_text(text)

    assert load(tmp_path) == EMPTY


def test_a_folder_in_the_place_of_the_ledger_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / LEDGER).mkdir()

    assert load(tmp_path) == EMPTY
