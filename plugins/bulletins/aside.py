"""Work in a process aside, while this one goes on.

This file needs nothing but the standard library: a build of an unchanged site ends before anything else is loaded.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable


def aside(work: Callable[[], object]) -> Callable[[], bool]:
    """Begin to work in a process of its own; whoever asks then waits for its end, and hears whether its answer is true.

    Work that breaks off there has no true answer: who needs it does it again, and sees why. Where the system cannot
    fork, it is done when it is asked for.
    """
    try:
        child = os.fork() if hasattr(os, "fork") else None
    except OSError:  # the system lends no further process
        child = None
    if child == 0:
        os._exit(_exit_code(work))
    if child is None:
        return functools.cache(lambda: bool(work()))
    return functools.cache(lambda: os.waitpid(child, 0)[1] == 0)


def _exit_code(work: Callable[[], object]) -> int:
    try:
        return 0 if work() else 1
    except BaseException:  # noqa: BLE001 - the other process must hear of whatever it is, and this one must end
        return 1
