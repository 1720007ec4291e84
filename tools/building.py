"""Building the public site: at a glance where nothing changed, by Pelican otherwise. Standard library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tools import environment

sys.path.insert(0, str(environment.ROOT / "plugins"))
from bulletins.making import glance

UNCHANGED = "Không có gì thay đổi từ lần dựng trước: trang giữ nguyên / Nothing changed; the site stays as it is."
LOOK = "Xem thử / To look at it: python3 tasks.py serve"


class Site(NamedTuple):
    """A site to build: settings file, content and output folders, and the folder of the settings' `CACHE_PATH`."""

    settings: str
    content: Path
    output: Path
    cache: Path


PUBLIC = Site("publishconf.py", environment.ROOT / "content", environment.ROOT / "output", environment.ROOT / ".cache")


def build(python: str, site: Site = PUBLIC, executor: str = "", profile: bool = False) -> int:
    """Build a site, or say that it stands already; returns the exit code of Pelican, or 0.

    `python` is the interpreter that has Pelican: this one's, or that of `.venv`. `executor` names a cluster.
    With `profile` the time of every function is written to `build.prof` beside the caches, for `python -m pstats`.
    """
    changed = changes_of(site)
    if changed == {} and not profile:
        print(UNCHANGED)
        return 0
    profiler = ["cProfile", "-o", str(site.cache / "build.prof"), "-m"] if profile else []
    call = [python, "-m", *profiler, *command_for(site, changed or {}, executor)]
    return subprocess.run(call, cwd=environment.ROOT, check=False).returncode


def changes_of(site: Site) -> glance.Changed | None:
    """What changed since the site was last built: nothing, a few files of the content, or None for more than that."""
    cache = site.cache / f"site-{site.output.name}"
    return glance.changes(cache, site.output, site.settings, str(site.content))


def command_for(site: Site, changed: glance.Changed, executor: str = "") -> list[str]:
    """Pelican's words; `changed` are the only files that changed since the last build, if that is known."""
    told = [f"BULLETINS_CALLED={json.dumps(site.settings)}"]
    if changed:
        told.append(f"BULLETINS_CHANGED={json.dumps(changed)}")
    if executor:
        told.append(f"BULLETINS_EXECUTOR={json.dumps(executor)}")
    return ["pelican", str(site.content), "-s", site.settings, "-o", str(site.output), "-e", *told]


def build_public(python: str = sys.executable, executor: str = "", profile: bool = False) -> int:
    """Build the public site into `output/`, and say how to look at it."""
    code = build(python, executor=executor, profile=profile)
    if code == 0 and profile:
        print(f"python -m pstats {PUBLIC.cache / 'build.prof'}")
    if code == 0:
        print(LOOK)
    return code


def at_once(arguments: Sequence[str]) -> None:
    """If the task is nothing but `build` and `.venv` is ready, build without loading anything else, and end."""
    if list(arguments) == ["build"] and environment.is_ready():
        sys.exit(build_public(str(environment.interpreter(environment.VENV))))


if __name__ == "__main__":
    settings, *folders = sys.argv[1:]
    sys.exit(build(sys.executable, Site(settings, *map(Path, folders))))
