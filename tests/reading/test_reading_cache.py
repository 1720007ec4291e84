"""The reading cache gives what was read, or nothing: damaged, overtaken by other commands, or out of reach."""

from __future__ import annotations

import pickle
import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bulletins.domain.model import Body, Placed
from bulletins.reading import database
from bulletins.reading.bulletin import Reading
from bulletins.reading.reading_cache import Context, Overtaken, ReadingCache, Unusable, row
from tests.reading import texts

FACTS = """\
awards:
- {form: giay_khen, by: Sở Mẫu, year: 2022, units: [phong-mot, phong-hai], for: thành tích năm 2022}
related: [{title: Tin khác, bloc: khoi-2}]
bloc_years: [{year: 2023, head: phong-mot}]
published: 2023-03-02 16:25
silenced: [{rule: S2, reason: đã xem}]
"""
CONTEXT = Context("r", "1")
PARTS = ("<p>Xem thêm</p>", 2, "", Placed(1, "Chú thích “hai”"), "<p>Hết</p>\n", 3)


def read(folder: Path, body: str, **fields: str) -> Reading:
    return texts.reading(texts.bulletin(body, FACTS, **fields), folder)


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., ReadingCache]:
    """A cache as a command opens it; `on_disk` is what it finds when it reads a file once more."""

    def open_it(on_disk: Reading | None = None, context: str = "1", register: str = "r") -> ReadingCache:
        cache = ReadingCache(tmp_path / "readings.sqlite", Context(register, context), lambda name: on_disk)
        cache.begin()
        return cache

    return open_it


def kept(cache: ReadingCache) -> dict[str, tuple[str, Reading]]:
    return dict(cache.readings())


def whole(reading: Reading) -> tuple[object, ...]:
    """All that a reading says, fetched from wherever it is."""
    bulletin, body = reading.bulletin, reading.body
    rest = (reading.mistakes, reading.photos, reading.id_position, reading.claims, reading.silenced)
    return (bulletin and bulletin.whole, bulletin and bulletin.unit_awards, body and (body.parts, body.digest), *rest)


def damage(file: Path, before: str, after: str) -> None:
    data = file.read_bytes()
    assert data.count(before.encode()) > 0
    file.write_bytes(data.replace(before.encode(), after.encode()))


def test_a_reading_comes_back_whole(tmp_path: Path, opened: Callable[..., ReadingCache]) -> None:
    old = read(tmp_path, "Xem thêm.")
    opened().put([row("1", "stamp", old)])
    stamp, known = kept(opened())[old.name]

    assert (stamp, whole(known)) == ("stamp", whole(old))
    assert old.bulletin is not None
    assert old.bulletin.unit_awards


def test_a_text_with_photos_comes_back_whole(tmp_path: Path, opened: Callable[..., ReadingCache]) -> None:
    old = read(tmp_path, "Xem thêm.")
    opened().put([row("1", "1", Reading(old.name, (), old.bulletin, Body(PARTS, "digest")))])
    _, known = kept(opened())[old.name]

    assert known.body is not None
    assert known.body.parts == PARTS


@pytest.mark.parametrize(
    ("before", "after"), [("Xem thêm", "Xem thém"), ("Khối 1 ký", "Khối 2 ký"), ('"phong-mot"', '"phong-ba!"')]
)
def test_what_was_exchanged_inside_the_file_is_read_anew(
    before: str, after: str, tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    old = read(tmp_path, "Xem thêm.")
    opened().put([row("1", "1", old)])
    damage(tmp_path / "readings.sqlite", before, after)

    assert all(whole(reading) == whole(old) for _, reading in kept(opened(on_disk=old)).values())


def test_no_flipped_bit_is_ever_believed(tmp_path: Path) -> None:
    old, file = read(tmp_path, "Xem thêm."), tmp_path / "readings.sqlite"
    first = ReadingCache(file, CONTEXT, lambda name: None)
    first.begin()
    first.put([row("1", "1", old)])
    data, chance = file.read_bytes(), random.Random(9)
    believed = 0
    for at in chance.sample(range(len(data)), 400):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        cache = ReadingCache(file, CONTEXT, lambda name: old)
        try:
            cache.begin()
            found = kept(cache)
        except Unusable:
            continue
        assert [whole(reading) for stamp, reading in found.values() if stamp == "1"] in ([], [whole(old)])
        believed += len(found)

    assert believed > 200


def test_a_text_that_another_command_has_read_since_never_stands_for_the_old_one(
    tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    old, new = read(tmp_path, "Câu cũ."), read(tmp_path, "Câu mới.")
    cache = opened(on_disk=new)
    cache.put([row("1", "1", old)])
    _, known = kept(cache)[old.name]
    opened().put([row("1", "2", new)])

    assert known.body is not None
    with pytest.raises(Overtaken):
        print(known.body.parts)


def test_nor_do_the_facts(tmp_path: Path, opened: Callable[..., ReadingCache]) -> None:
    old, new = read(tmp_path, "Câu."), read(tmp_path, "Câu.", title="Tên khác")
    cache = opened(on_disk=new)
    cache.put([row("1", "1", old)])
    _, known = kept(cache)[old.name]
    opened().put([row("1", "2", new)])

    assert known.bulletin is not None
    with pytest.raises(Overtaken):
        print(known.bulletin.whole)


def test_what_another_command_has_dropped_is_read_once_more_if_it_is_still_there(
    tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    old = read(tmp_path, "Câu.")
    cache, late = opened(on_disk=old), opened(on_disk=None)
    cache.put([row("1", "1", old)])
    [known], [lost] = ([reading for _, reading in kept(each).values()] for each in (cache, late))
    opened().drop([old.name])

    assert whole(known) == whole(old)
    assert lost.bulletin is not None
    with pytest.raises(Overtaken):
        print(lost.bulletin.whole)


def test_of_another_register_those_readings_are_kept_that_hold_for_it(
    tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    readings = [replace(read(tmp_path, "Câu."), name=f"{n}/index.md") for n in range(3)]
    opened().put([row("1", str(n), reading) for n, reading in enumerate(readings)])
    cache = opened(register="s")
    before = set(kept(cache))
    cache.follow({"0/index.md": "0", "1/index.md": "cũ"})

    assert (before, set(kept(cache))) == ({"0/index.md", "1/index.md", "2/index.md"}, {"0/index.md"})
    assert set(kept(opened(register="s"))) == {"0/index.md"}


def test_who_works_with_another_register_finds_no_reading_and_keeps_none(
    tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    reading = read(tmp_path, "Câu.")
    late, cache = opened(), opened(register="s")
    cache.follow({})
    late.put([row("1", "1", reading)])

    assert kept(late) == {}
    assert kept(cache) == {}
    with pytest.raises(Unusable):
        late.follow({})


@pytest.mark.parametrize(("name", "stamp", "known"), [("", "1", True), ("", "2", False), ("khác", "1", False)])
def test_what_a_reading_asked_of_the_register_comes_back_with_its_stamp(
    name: str, stamp: str, known: bool, tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    reading, cache = read(tmp_path, "Phòng Một họp."), opened()
    cache.put([row("1", "1", reading)])

    assert (cache.consulted(name or reading.name, stamp) == reading.consulted) == known


def test_what_was_read_in_another_context_is_forgotten(tmp_path: Path, opened: Callable[..., ReadingCache]) -> None:
    opened().put([row("1", "1", read(tmp_path, "Câu."))])

    assert kept(opened(context="2")) == {}
    assert kept(opened(context="1")) == {}


def test_the_readings_of_one_ceremony_are_had_together(tmp_path: Path, opened: Callable[..., ReadingCache]) -> None:
    fields = {"ceremony": "\n  id: le-chung\n  kinds: pact\n  date: 2023-03-02"}
    together = [read(tmp_path, "Câu.", id=name, **fields) for name in ("a", "b")]
    alone = read(tmp_path, "Câu.", id="c")
    readings = [Reading(f"{r.bulletin.id}/index.md", (), r.bulletin) for r in (*together, alone) if r.bulletin]
    cache = opened()
    cache.put([row("1", "1", reading) for reading in readings])
    cache.keep_ceremonies(readings)

    assert [r.name for r in cache.of_ceremonies(readings[:1])] == ["a/index.md", "b/index.md"]
    assert [r.name for r in cache.of_ceremonies(readings[2:])] == ["c/index.md"]


def test_where_one_of_them_is_missing_nobody_is_given_the_others(
    tmp_path: Path, opened: Callable[..., ReadingCache]
) -> None:
    known = read(tmp_path, "Câu.")
    cache = opened()
    with pytest.raises(Unusable):
        cache.of_ceremonies([known])
    cache.keep_ceremonies([known])
    with pytest.raises(Unusable):
        cache.of_ceremonies([known])


def test_a_file_that_cannot_be_had_is_left_alone_and_the_cache_goes_on_in_memory(tmp_path: Path) -> None:
    (tmp_path / "readings.sqlite").mkdir()
    cache, old = ReadingCache(tmp_path / "readings.sqlite", CONTEXT, lambda name: None), read(tmp_path, "Câu.")
    with pytest.raises(Unusable, match=r"tệp ghi nhớ .*\(unable to open"):
        cache.begin()
    cache.begin()
    cache.put([row("1", "1", old)])

    assert [whole(reading) for _, reading in kept(cache).values()] == [whole(old)]
    assert (tmp_path / "readings.sqlite").is_dir()


@pytest.mark.parametrize("foreign", [b"", b"no database", b"\x80\x05K\x01.", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_of_another_kind_makes_way_for_a_new_one(foreign: bytes, tmp_path: Path) -> None:
    file, old = tmp_path / "readings.sqlite", read(tmp_path, "Câu.")
    file.write_bytes(foreign)
    cache = ReadingCache(file, CONTEXT, lambda name: None)
    if foreign:
        with pytest.raises(Unusable):
            cache.begin()
    cache.begin()
    cache.put([row("1", "1", old)])
    again = ReadingCache(file, CONTEXT, lambda name: None)

    assert [whole(reading) for _, reading in kept(again).values()] == [whole(old)]


def test_a_file_that_another_command_holds_is_left_to_it(
    tmp_path: Path, opened: Callable[..., ReadingCache], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    old = read(tmp_path, "Câu.")
    opened().put([row("1", "1", old)])
    other = sqlite3.connect(tmp_path / "readings.sqlite", isolation_level=None)
    other.execute("begin exclusive")
    late = ReadingCache(tmp_path / "readings.sqlite", CONTEXT, lambda name: None)
    with pytest.raises(Unusable, match="locked"):
        late.begin()
    other.execute("rollback")
    other.close()

    assert kept(opened())[old.name]


def test_nothing_stays_open(tmp_path: Path) -> None:
    cache = database.Database(tmp_path / "readings.sqlite")
    with cache.opened() as connection:
        connection.execute("select 1")
    del cache

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("select 1")


@pytest.mark.parametrize("failure", [Overtaken(), Unusable(str(sqlite3.OperationalError("locked")))])
def test_what_failed_in_a_worker_is_said_in_the_same_words(failure: Unusable) -> None:
    assert str(pickle.loads(pickle.dumps(failure))) == str(failure)
