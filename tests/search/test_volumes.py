"""Volumes: the calendar cuts, and one bulletin more moves nobody."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.search.layout import Layout, Outline
from bulletins.search.volumes import Key, cap, cut

DAYS = st.integers(0, 4000).map(lambda n: (datetime.date(2015, 1, 1) + datetime.timedelta(n)).isoformat())
MOMENTS = (
    DAYS | DAYS.map(lambda day: f"{day}T08:30:00+07:00") | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda d: d[:4])
)
KEYS = st.lists(MOMENTS, max_size=300).map(lambda moments: sorted(Key(m, f"b-{n}") for n, m in enumerate(moments)))


@given(KEYS, st.integers(1, 40))
def test_volumes_hold_every_bulletin_once_in_order_and_none_too_many(keys: list[Key], most: int) -> None:
    volumes = list(cut(keys, most))

    assert [key for volume in volumes for key in volume] == keys
    assert all(0 < len(volume) <= most for volume in volumes)


@given(KEYS.filter(bool), st.integers(1, 40))
def test_a_bulletin_is_found_in_its_volume(keys: list[Key], most: int) -> None:
    volumes = list(cut(keys, most))
    outline = Outline(1, 0, tuple(volume[0] for volume in volumes))

    assert all(key in volumes[outline.volume_of(key)] for key in keys)


def test_a_stretch_is_cut_where_the_calendar_cuts() -> None:
    days = ["2019-12-31", "2020-01-01", "2023-03-31", "2023-04-01", "2023-04-10", "2023-04-11", "2023-04-11"]
    keys = [Key(day, f"b-{n}") for n, day in enumerate(days)]

    assert [[key.moment for key in volume] for volume in cut(keys, 2)] == [
        ["2019-12-31"],
        ["2020-01-01"],
        ["2023-03-31"],
        ["2023-04-01", "2023-04-10"],
        ["2023-04-11", "2023-04-11"],
    ]


def test_what_came_on_one_day_is_cut_into_pieces() -> None:
    keys = [Key("2024-05-05", f"b-{n}") for n in range(7)]

    assert list(map(len, cut(keys, 3))) == [3, 3, 1]


@pytest.mark.parametrize(("count", "most"), [(0, 128), (16_384, 128), (16_385, 256), (100_000, 1024)])
def test_a_large_site_has_larger_volumes(count: int, most: int) -> None:
    assert cap(count) == most


@pytest.mark.parametrize(
    ("count", "shards", "newest"), [(0, 1, 0), (3, 1, 0), (5, 2, 0), (480, 128, 0), (481, 256, 16), (10_000, 4096, 256)]
)
def test_shards_grow_with_the_site_and_a_large_one_keeps_the_newest_apart(count: int, shards: int, newest: int) -> None:
    layout = Layout.of(Key(f"20{n % 20:02}-01-01", f"b-{n}") for n in range(count))

    assert (layout.shards, layout.newest) == (shards, newest)
    assert [tier.shards for tier in layout.outline.tiers] == ([shards, newest] if newest else [shards])


def test_one_bulletin_more_renumbers_the_newest_volume_alone() -> None:
    chance = random.Random(1)
    days = [datetime.date(2004, 1, 1) + datetime.timedelta(chance.randrange(7000)) for _ in range(1500)]
    keys = [Key(day.isoformat(), f"b-{n}") for n, day in enumerate(days)]
    before, after = Layout.of(keys), Layout.of([*keys, Key("2023-12-31", "one-more")])

    assert before.volumes[:-1] == after.volumes[:-1]
    assert before.numbering[0] == after.numbering[0]
    assert before.numbering[1] != after.numbering[1]
    assert after.volumes[-1] == (*before.volumes[-1], Key("2023-12-31", "one-more"))
