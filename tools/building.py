"""Building the public site: at a glance where nothing changed, by Pelican otherwise. Standard library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tools import environment

sys.path.insert(0, str(environment.ROOT / "plugins"))
from bulletins.making import glance

SETTINGS = "publishconf.py"
OUTPUT = environment.ROOT / "output"
CACHE = environment.ROOT / ".cache" / f"site-{OUTPUT.name}"

UNCHANGED = "Không có gì thay đổi từ lần dựng trước: trang giữ nguyên / Nothing changed; the site stays as it is."
LOOK = "Xem thử / To look at it: python3 tasks.py serve"


def build() -> int:
    """Build the site into `output/`, or say that it stands already; returns the exit code of Pelican, or 0."""
    changed = glance.changes(CACHE, OUTPUT, SETTINGS)
    if changed == {}:
        print(UNCHANGED)
        return 0
    code = subprocess.run(command(changed or {}), cwd=environment.ROOT, check=False).returncode
    if code == 0:
        print(LOOK)
    return code


def command(changed: Mapping[str, Sequence[int]]) -> list[str]:
    """The call of Pelican; `changed` are the only files that changed since the last build, if that is known."""
    told = [f"BULLETINS_CALLED={json.dumps(SETTINGS)}"]
    if changed:
        told.append(f"BULLETINS_CHANGED={json.dumps(changed)}")
    python = str(environment.interpreter(environment.VENV))
    return [python, "-m", "pelican", "content", "-s", SETTINGS, "-o", str(OUTPUT), "-e", *told]


def at_once(arguments: Sequence[str]) -> None:
    """If the task is nothing but `build` and `.venv` is ready, build without loading anything else, and end."""
    if list(arguments) == ["build"] and environment.is_ready():
        sys.exit(build())
