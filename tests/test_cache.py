"""What is kept from build to build comes back whole and as what it was kept as, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins import cache
from bulletins.cache import About

DATA = '{"title": "Xem thêm"}'.encode()
abouts = st.lists(st.none() | st.integers() | st.text())


@given(st.binary(), abouts)
def test_what_is_sealed_comes_back(data: bytes, about: list[About]) -> None:
    assert cache.unsealed(cache.sealed(data, *about), *about) == data


def test_any_flipped_bit_is_noticed() -> None:
    kept = cache.sealed(DATA, "reading 1", "a/index.md")
    flipped = [kept[:at] + bytes([kept[at] ^ 1 << bit]) + kept[at + 1 :] for at in range(len(kept)) for bit in range(8)]

    assert {cache.unsealed(one, "reading 1", "a/index.md") for one in flipped} == {None}


def test_so_is_any_cut() -> None:
    kept = cache.sealed(DATA, "reading 1")

    assert {cache.unsealed(kept[:end], "reading 1") for end in range(len(kept))} == {None}


@given(st.binary(max_size=9), abouts, st.binary(max_size=9), abouts)
def test_two_things_never_bear_one_seal(data: bytes, about: list[About], other: bytes, others: list[About]) -> None:
    assert (cache.seal(data, *about) == cache.seal(other, *others)) == ((data, about) == (other, others))


@pytest.mark.parametrize("foreign", [None, 7, 1.5, "Xem thêm", b"", b"\x80\x05."])
def test_what_was_never_sealed_is_as_good_as_missing(foreign: object) -> None:
    assert cache.unsealed(foreign) is None


def test_what_bears_a_key_is_nothing_to_those_who_have_another() -> None:
    kept = cache.sealed(DATA, "templates 1", key=b"ours")

    assert cache.unsealed(kept, "templates 1", key=b"ours") == DATA
    assert cache.unsealed(kept, "templates 1", key=b"theirs") is None
    assert cache.unsealed(cache.sealed(DATA, "templates 1"), "templates 1", key=b"ours") is None


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "new" / "kept"

    assert cache.write(file, DATA, "kept 1")
    assert cache.read(file, "kept 1") == DATA
    assert cache.read(file, "kept 2") is None
    assert [path.name for path in file.parent.iterdir()] == ["kept"]


def test_a_file_that_is_not_to_be_had_is_missing(tmp_path: Path) -> None:
    assert cache.read(tmp_path / "nowhere") is None
    assert cache.read(tmp_path) is None


def test_where_nothing_can_be_written_all_is_as_before(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "file").write_bytes(DATA)

    assert not cache.write(tmp_path / "kept", DATA)
    assert not cache.write(tmp_path / "file" / "kept", DATA)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "kept"]
