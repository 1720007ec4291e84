"""What is kept from build to build cannot lie, and cannot run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.site.faults import build, edit, files, flip, kept_files, outcome, started, trap
from tests.site.test_equality import Site, run


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return started(tmp_path_factory.mktemp("faults") / "site", 1)


@pytest.mark.parametrize("kind", ["readings", "site-output/metadata"])
def test_a_flipped_bit_in_what_is_kept_is_seen_nowhere(site: Site, kind: str) -> None:
    path = next(path for path in kept_files(site) if f".cache/{kind}" in path.as_posix())
    came = outcome(site, lambda at: flip(at, random.Random(kind)), path)

    assert came.is_well, came


def test_pickles_laid_in_the_place_of_everything_kept_are_not_run(site: Site, tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    for path in kept_files(site):
        trap(path, sprung)
    edit(site)
    said = build(site)
    run(site, "clean")

    assert "Traceback" not in said
    assert not sprung.exists()
    assert files(site.folder / "output") == files(site.folder / "clean")
