"""Faults in what is kept: one bit of one file below `.cache/` is flipped, a text or a field edited, the site built.

Whatever was flipped, the site equals a clean build byte for byte, and nobody sees a traceback. `tasks.py faults` runs
hundreds; `test_faults.py` runs a few. Each build is a process of its own, as an editor's is.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bulletins.shortcut import site as shortcut
from tests.site.conftest import ROOT
from tests.site.test_equality import Site, files, run

Fault = Callable[[Path], None]


class Outcome(NamedTuple):
    """What came of a fault: the file it was in, what the build said, and whether the site is that of a clean build."""

    file: str
    said: str
    is_right: bool

    @property
    def is_well(self) -> bool:
        return self.is_right and "Traceback" not in self.said


def kept_files(site: Site) -> list[Path]:
    """Every file that is kept from build to build."""
    cache = site.folder / ".cache"
    return sorted(path for path in cache.rglob("*") if path.is_file() and path.stat().st_size)


def any_kept_file(site: Site) -> Path:
    """A kept file by chance, of each kind as often as of another: there are many templates and one ledger."""
    kinds: dict[str, list[Path]] = {}
    for path in kept_files(site):
        kept = path.relative_to(site.folder / ".cache")
        kinds.setdefault(kept.as_posix() if kept.parts[0].startswith("site-") else kept.parts[0], []).append(path)
    return site.chance.choice(kinds[site.chance.choice(sorted(kinds))])


def flip(path: Path, chance: random.Random) -> None:
    """Flip one bit of a file."""
    data = bytearray(path.read_bytes())
    bit = chance.randrange(len(data) * 8)
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


class _Trap:
    """Makes a file when it is loaded from a pickle."""

    def __init__(self, sprung: Path) -> None:
        self._sprung = sprung

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self._sprung,)


def trap(path: Path, sprung: Path) -> None:
    """Lay a pickle in the place of a file, which makes the file `sprung` if it is loaded."""
    path.write_bytes(pickle.dumps(_Trap(sprung)))


def build(site: Site) -> str:
    """Build as an editor does, in a process of its own; gives all that it said, with how it ended."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.faults", "--build", str(site.folder)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])},
    )  # fmt: skip
    return f"{done.stdout}{done.stderr}\n[{done.returncode}]"


def edit(site: Site) -> None:
    """Any edit that needs no build of its own."""
    chances = [site.edit_text] * 4
    others = [
        site.edit_aside, site.edit_title, site.edit_target, site.edit_day, site.edit_register, site.edit_page,
        site.edit_template, site.edit_settings, site.edit_photo,
    ]  # fmt: skip
    site.chance.choice([*chances, *others])()


def outcome(site: Site, fault: Fault, path: Path) -> Outcome:
    """What comes of a fault in one kept file, an edit and a build."""
    name = path.relative_to(site.folder).as_posix()
    fault(path)
    edit(site)
    said = build(site)
    for folder in ("clean", ".clean"):
        shutil.rmtree(site.folder / folder, ignore_errors=True)
    run(site, "clean")
    return Outcome(name, said, files(site.folder / "output") == files(site.folder / "clean"))


def started(folder: Path, seed: int) -> Site:
    """A site that has been built, and built on once: everything that is ever kept is there."""
    site = Site(folder, random.Random(seed))
    site.add_photo(site.bulletins[0])
    build(site)
    site.edit_text(site.bulletins[0])
    build(site)
    return site


def flips(seed: int, number: int) -> list[Outcome]:
    """What comes of flips of single bits, each in a file chosen at random."""
    with tempfile.TemporaryDirectory() as folder:
        site = started(Path(folder) / "site", seed)
        outcomes = []
        for n in range(number):
            path = any_kept_file(site)
            outcomes.append(outcome(site, lambda at: flip(at, site.chance), path))
            print(n + 1, "well" if outcomes[-1].is_well else f"WRONG {outcomes[-1]}", path.name, flush=True)
            if not outcomes[-1].is_well:
                shutil.rmtree(site.folder / ".cache")
                build(site)
    return outcomes


def main(arguments: list[str]) -> int:
    """Flip, and say what came of it; with `--build` build one site and end as that build does."""
    parser = argparse.ArgumentParser(prog="faults")
    parser.add_argument("--build", type=Path)
    parser.add_argument("--flips", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.build:
        return _build_one(options.build)
    outcomes = flips(options.seed, options.flips)
    wrong = [each for each in outcomes if not each.is_well]
    by_file = Counter(Path(each.file).parts[1] for each in outcomes)
    print(f"{len(outcomes)} flips, {len(wrong)} wrong; by place: {dict(by_file)}")
    return 1 if wrong else 0


def _build_one(folder: Path) -> int:
    os.chdir(folder)
    site = shortcut.Site("conf", folder / "content", folder / "output", folder / ".cache")
    code = shortcut.build(site, site.standing, sys.stdout, sys.stderr)
    if code is not None:
        return code
    command = ["-m", "pelican", "content", "-s", "conf.py", "-e", 'BULLETINS_CALLED="conf"']
    return subprocess.run([sys.executable, *command], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
