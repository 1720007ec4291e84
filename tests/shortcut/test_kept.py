"""What is kept for the shortcut: data only, which comes back whole or not at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bulletins import cache
from bulletins.shortcut.kept import FORMAT, KEPT, Kept, keep, kept_in
from bulletins.shortcut.state import State, load
from tests.site.test_equality import Site, build_on

FOLDER = ".cache/site-output"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, State]:
    """The folder of a built site's ledger, and its state."""
    site = Site(tmp_path_factory.mktemp("site"), random.Random(1))
    build_on(site)
    state = load(site.folder / FOLDER)
    assert state
    return site.folder / FOLDER, state


def test_what_was_kept_comes_back_the_same(built: tuple[Path, State], tmp_path: Path) -> None:
    kept = kept_in(*built)

    assert isinstance(kept, Kept)
    assert kept.units
    assert keep(tmp_path, kept) == built[1].kept
    assert (tmp_path / KEPT).read_bytes() == (built[0] / KEPT).read_bytes()


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"hosts": []}', b"\x80\x05."])
def test_what_another_program_kept_under_a_good_seal_is_as_good_as_missing(
    built: tuple[Path, State], tmp_path: Path, data: bytes
) -> None:
    cache.write(tmp_path / KEPT, data, FORMAT)

    assert kept_in(tmp_path, built[1]._replace(kept=cache.seal(data, FORMAT).decode())) is None
