"""Building a site: nothing where nothing changed, by the shortcut where only texts did, by Pelican otherwise."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bulletins.aside import aside
from bulletins.making.ledger import Stamp
from bulletins.shortcut import site as shortcut
from bulletins.shortcut.site import Site
from tools import door, environment

if TYPE_CHECKING:
    from tools import whole

LOOK = "Xem thử / To look at it: python3 tasks.py serve"

FIRST = "--first"

AHEAD = "ahead"
"""Comes before the answer of a builder: pages of what was saved are there, the rest of the site follows."""

PUBLIC = Site("publishconf.py", environment.ROOT / "content", environment.ROOT / "output", environment.ROOT / ".cache")


def build(
    site: Site = PUBLIC,
    executor: str = "",
    profile: bool = False,
    verify: bool = False,
    memory: str = "",
    first: bool = False,
    forget: str = "",
) -> int:
    """Build a site, or say that it stands already; returns an exit code.

    `executor` names a cluster. With `profile` the time of every function is written to `build.prof` beside the caches,
    for `python -m pstats`. With `verify` every byte of the published files is read. `memory` is the folder of a copy
    of the published site, which this build is to follow; `first` says that nothing was published yet; `forget` names,
    between commas, what was built here and never was public.
    """
    is_publication, begun = bool(memory or first), time.time_ns()
    is_plain = not (profile or verify or is_publication or forget)
    code, standing = _shorter(site) if is_plain else (None, [])
    if code is not None:
        return code
    of_this_run = {
        "BULLETINS_EXECUTOR": executor,
        "BULLETINS_VERIFY": verify,
        "BULLETINS_STANDING": standing,
        "BULLETINS_MEMORY": memory and str(Path(memory).absolute()),
        "BULLETINS_FIRST": first,
        "BULLETINS_FORGET": forget,
        # Nothing that such a build leaves is what a plain build would: no shortcut begins from it.
        "BULLETINS_CALLED": f"{site.settings} {memory or FIRST}" if is_publication else "",
    }
    return _whole(request_for(site, begun, profile, **of_this_run), can_fork=is_plain)


def _shorter(site: Site) -> tuple[int | None, Stamp]:
    """The exit code of a build that took no whole one, and as which ledger says the site was seen to stand."""
    standing = aside(site.standing)
    return shortcut.build(site, standing, sys.stdout, sys.stderr), standing()


def _whole(request: whole.Request, can_fork: bool) -> int:
    from tools import whole

    # A publication has been long under way, and loaded other libraries. A process that forks goes on without its other
    # threads, and what they held stays locked.
    if can_fork and whole.CAN_FORK and threading.active_count() == 1:
        return whole.forked(request, environment.ROOT)
    return whole.run(whole.command(request), environment.ROOT)


def request_for(site: Site, begun: int, profile: bool = False, **settings: object) -> whole.Request:
    """The request for a whole build; `settings` are those of this run alone, if they say anything.

    `begun` (ns) is when the first of what it is made with was loaded.
    """
    from tools import whole

    of_this_run = {
        "PATH": str(site.content.absolute()),
        "OUTPUT_PATH": str(site.output.absolute()),
        "BULLETINS_CALLED": site.settings,
        "BULLETINS_BEGUN": begun,
        **{name: value for name, value in settings.items() if value},
    }
    return whole.request(site.settings, of_this_run, str(site.cache / "build.prof") if profile else "")


def build_public(
    executor: str = "",
    profile: bool = False,
    verify: bool = False,
    memory: str = "",
    first: bool = False,
    forget: str = "",
) -> int:
    """Build the public site into `output/`, and say how to look at it; the words are those of `build`."""
    code = build(executor=executor, profile=profile, verify=verify, memory=memory, first=first, forget=forget)
    if code == 0 and profile:
        print(f"python -m pstats {PUBLIC.cache / 'build.prof'}")
    if code == 0 and memory:
        print(*_warnings(memory), sep="", end="")
    if code == 0:
        print(LOOK)
    return code


def _warnings(memory: str) -> list[str]:
    """What is said of bulletins that say something else than in this copy of the published site."""
    from bulletins.clock import now
    from bulletins.memory.copy import Copy
    from bulletins.memory.read import read_memory
    from tools.corrections import warnings

    return warnings(PUBLIC.content, PUBLIC.output, read_memory(Copy(Path(memory)).read), now().date())


def main(arguments: Sequence[str]) -> NoReturn:
    """Build the site of these folders (settings, content, output, cache), or the public one, and end."""
    # This process is over before there is garbage worth collecting, or memory worth giving back piece by piece.
    gc.disable()
    site = Site(arguments[0], *map(Path, arguments[1:])) if arguments else None
    os._exit(door.exit_code_of(lambda: build(site) if site else build_public()))


if __name__ == "__main__":
    main(sys.argv[1:])
