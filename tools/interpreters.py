"""The oldest and the newest Python of this machine that can run the project, one path a line; the one that runs is out.

Debian's stand in `/usr/bin`, pyenv's in folders of their own; for both, the system need not know them by name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
_NAME = re.compile(r"python3\.(\d+)")
_VERSION = "import sys; print(*sys.version_info[:2])"

Version = tuple[int, ...]


def places() -> list[Path]:
    """Every file that is a Python of this machine by its name."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    folders = [*(folder / "bin" for folder in pyenv.glob("3.*")), Path("/usr/local/bin"), Path("/usr/bin")]
    return [path for folder in folders for path in sorted(folder.glob("python3.*")) if _NAME.fullmatch(path.name)]


def version(python: Path) -> Version:
    """Its version; nothing if it does not start, or has no `venv` to make an environment with."""
    done = subprocess.run(
        [python, "-c", f"import venv, ensurepip; {_VERSION}"], capture_output=True, text=True, check=False
    )
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else ()


def ends(known: dict[Version, Path]) -> list[Path]:
    """The Pythons with the lowest and the highest version, once if that is the same."""
    usable = sorted(number for number in known if number >= OLDEST)
    return [known[number] for number in dict.fromkeys([*usable[:1], *usable[-1:]])]


def others() -> list[Path]:
    """As said above: the one that runs this has had the whole suite."""
    known = {version(path): path for path in places()}
    return [path for path in ends(known) if version(path) != sys.version_info[:2]]


if __name__ == "__main__":
    print(*others(), sep="\n")
