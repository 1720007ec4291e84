"""Made-up sites and their releases, for tests of targets."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from bulletins.publishing.sums import SUMS, read_sums, write_sums
from bulletins.publishing.target import Part, Release

Site = dict[str, bytes]


def site(seed: int, count: int = 30) -> Site:
    """A made-up site: half of its files are the same for every seed."""
    return {
        f"ban-tin/b{n}/index.html": random.Random(n if n % 2 else f"{n} {seed}").randbytes(300) for n in range(count)
    }


def release(number: int, files: Site, source: Path) -> Release:
    """The files laid out in a folder, as a build leaves them, and their release."""
    for path, data in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(data)
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return Release(number, [Part(source, sums)], {SUMS: write_sums(sums)})


def checked(files: Site) -> Site:
    """The files of a release but for the sums, which must be those of the files."""
    others = {path: data for path, data in files.items() if path != SUMS}
    assert read_sums(files[SUMS]) == {path: hashlib.sha256(data).hexdigest() for path, data in others.items()}
    return others


def shown(top: Path) -> Site:
    """Every file that readers of a folder see."""
    current = top / "current"
    return checked(
        {path.relative_to(current).as_posix(): path.read_bytes() for path in current.rglob("*") if path.is_file()}
    )
