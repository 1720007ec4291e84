"""Building a site: nothing where nothing changed, by the shortcut where only texts did, by Pelican otherwise."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tools import environment

sys.path.insert(0, str(environment.ROOT / "plugins"))
from bulletins.shortcut import site as shortcut
from bulletins.shortcut.site import Site

LOOK = "Xem thử / To look at it: python3 tasks.py serve"

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it; the site stays whole."""


PUBLIC = Site("publishconf.py", environment.ROOT / "content", environment.ROOT / "output", environment.ROOT / ".cache")


def build(site: Site = PUBLIC, executor: str = "", profile: bool = False, verify: bool = False) -> int:
    """Build a site, or say that it stands already; returns an exit code.

    `executor` names a cluster. With `profile` the time of every function is written to `build.prof` beside the caches,
    for `python -m pstats`. With `verify` every byte of the published files is read.
    """
    code = None if profile or verify else shortcut.build(site, sys.stdout, sys.stderr)
    if code is not None:
        return code
    import subprocess  # slow to load, and the shortcut needs none

    profiler = ["cProfile", "-o", str(site.cache / "build.prof"), "-m"] if profile else []
    call = [sys.executable, "-m", *profiler, *command_for(site, executor, verify)]
    return subprocess.run(call, cwd=environment.ROOT, check=False).returncode


def command_for(site: Site, executor: str = "", verify: bool = False, answer: str = "") -> list[str]:
    """Pelican's words, for a build that begins now; `answer` names a file for the mistakes it may be refused for."""
    settings = [f"BULLETINS_CALLED={json.dumps(site.settings)}", f"BULLETINS_BEGUN={time.time_ns()}"]
    if executor:
        settings.append(f"BULLETINS_EXECUTOR={json.dumps(executor)}")
    if answer:
        settings.append(f"BULLETINS_ANSWER={json.dumps(answer)}")
    if verify:
        settings.append("BULLETINS_VERIFY=true")
    return ["pelican", str(site.content), "-s", site.settings, "-o", str(site.output), "-e", *settings]


def build_public(executor: str = "", profile: bool = False, verify: bool = False) -> int:
    """Build the public site into `output/`, and say how to look at it."""
    code = build(executor=executor, profile=profile, verify=verify)
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
