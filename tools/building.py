"""Building a site: at a glance where nothing changed, the short way where texts did, by Pelican otherwise."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn, TextIO

from tools import environment

sys.path.insert(0, str(environment.ROOT / "plugins"))
from bulletins.making import glance, ledger

UNCHANGED = "Không có gì thay đổi từ lần dựng trước: trang giữ nguyên / Nothing changed; the site stays as it is."
LOOK = "Xem thử / To look at it: python3 tasks.py serve"

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it; the site stays whole."""


class Site(NamedTuple):
    """A site to build: settings file, content and output folders, and the folder of the settings' `CACHE_PATH`."""

    settings: str
    content: Path
    output: Path
    cache: Path

    @property
    def ledgers(self) -> Path:
        """The folder of the caches that are this output's alone."""
        return self.cache / f"site-{self.output.name}"

    def is_of(self, state: glance.State) -> bool:
        """Whether a state is one of this site."""
        return (state.called, state.content) == (self.settings, str(self.content))


PUBLIC = Site("publishconf.py", environment.ROOT / "content", environment.ROOT / "output", environment.ROOT / ".cache")


def build(site: Site = PUBLIC, executor: str = "", profile: bool = False) -> int:
    """Build a site, or say that it stands already; returns an exit code.

    `executor` names a cluster. With `profile` the time of every function is written to `build.prof` beside the caches,
    for `python -m pstats`.
    """
    code = None if profile else build_shorter(site, sys.stdout, sys.stderr)
    if code is not None:
        return code
    import subprocess  # slow to load, and the short ways need none

    profiler = ["cProfile", "-o", str(site.cache / "build.prof"), "-m"] if profile else []
    call = [sys.executable, "-m", *profiler, *command_for(site, executor)]
    return subprocess.run(call, cwd=environment.ROOT, check=False).returncode


def build_shorter(site: Site, out: TextIO, err: TextIO) -> int | None:
    """Build the site without Pelican, where no more than a few texts changed; None if it takes a whole build."""
    cache = site.ledgers
    with glance.beside(lambda: glance.stands(ledger.load(cache / ledger.LEDGER), site.output)) as stands:
        state = glance.load(cache)
        if state is None or not site.is_of(state):
            return None
        changed = glance.changes(state)
        if changed is None:
            return None
        if changed.files:
            from bulletins import amending

            kept = amending.kept_in(cache, state)
            standing = amending.Standing(cache, state, stands)
            return amending.build(kept, standing, changed, out, err) if kept else None
        if not stands():
            return None
    print(UNCHANGED, file=out)
    return 0


def command_for(site: Site, executor: str = "") -> list[str]:
    """Pelican's words, for a build that begins now."""
    told = [f"BULLETINS_CALLED={json.dumps(site.settings)}", f"BULLETINS_BEGUN={time.time_ns()}"]
    if executor:
        told.append(f"BULLETINS_EXECUTOR={json.dumps(executor)}")
    return ["pelican", str(site.content), "-s", site.settings, "-o", str(site.output), "-e", *told]


def build_public(executor: str = "", profile: bool = False) -> int:
    """Build the public site into `output/`, and say how to look at it."""
    code = build(executor=executor, profile=profile)
    if code == 0 and profile:
        print(f"python -m pstats {PUBLIC.cache / 'build.prof'}")
    if code == 0:
        print(LOOK)
    return code


def at_once(arguments: Sequence[str]) -> None:
    """If the task is nothing but `build` and `.venv` is ready, build there without loading anything else, and end."""
    if list(arguments) == ["build"] and environment.is_ready():
        os.chdir(environment.ROOT)  # where `tools` is found
        environment.become([str(environment.interpreter(environment.VENV)), "-m", "tools.building"])


def main(arguments: Sequence[str]) -> NoReturn:
    """Build the site of these folders (settings, content, output, cache), or the public one, and end."""
    # This process is over before there is garbage worth collecting, or memory worth giving back piece by piece.
    gc.disable()
    try:
        code = build(Site(arguments[0], *map(Path, arguments[1:]))) if arguments else build_public()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
