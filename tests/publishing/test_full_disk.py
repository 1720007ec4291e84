"""A target whose disk is full, or that can only be read: what is out stays whole, and one line says why."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletins.publishing.folder import Folder
from bulletins.publishing.target import TargetFailed
from tests.publishing.sites import release, shown, site

FILLER = 350_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of half a megabyte."""
    top = tmp_path / "small"
    top.mkdir()
    if os.name != "posix" or os.getuid() != 0:
        pytest.skip("only root may mount a file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", top], check=False).returncode:
        pytest.skip("no file system may be mounted here")
    yield top
    subprocess.run(["umount", top], check=True)


def test_on_a_full_disk_the_old_release_stays_and_the_new_one_goes_out_when_there_is_room(
    small: Path, tmp_path: Path
) -> None:
    target = Folder(small)
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output-1"))
    (small / "filler").write_bytes(bytes(FILLER))
    with pytest.raises(TargetFailed, match="Không ghi được") as refused, target.locked():
        target.publish(release(2, site(2), tmp_path / "output-2"))

    assert "\n" not in str(refused.value)
    assert (shown(small), target.kept()) == (site(1), (1,))
    (small / "filler").unlink()
    with target.locked():
        target.publish(release(2, site(2), tmp_path / "output-2"))
    assert shown(small) == site(2)


def test_a_target_that_can_only_be_read_is_named_and_stays_as_it_is(small: Path, tmp_path: Path) -> None:
    target = Folder(small)
    with target.locked():
        target.publish(release(1, site(1), tmp_path / "output-1"))
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    with pytest.raises(TargetFailed, match="Không ghi được"), target.locked():
        target.publish(release(2, site(2), tmp_path / "output-2"))

    assert shown(small) == site(1)
