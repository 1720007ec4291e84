"""Work in a process aside, while this one goes on.

This file needs nothing but the standard library: a build of an unchanged site ends before anything else is loaded.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin to work in a process of its own; whoever asks for the result waits for it.

    Work that breaks off there is done here when somebody asks, who then sees why; so is work for which the system lends
    neither pipe nor process. The result must be one that can be pickled.
    """
    if not hasattr(os, "fork"):
        return functools.cache(work)
    try:
        receiving, sending = Pipe(duplex=False)
        child = os.fork()
    except OSError:
        return functools.cache(work)
    if child == 0:
        receiving.close()  # so that it hears when nobody reads any more
        os._exit(_sent(work, sending))
    sending.close()
    return functools.cache(lambda: _result(work, child, receiving))


def _sent(work: Callable[[], object], sending: Connection) -> int:
    """The exit code of the process aside; nothing that happens in it may go past this."""
    try:
        sending.send(work())
    except BaseException:  # noqa: BLE001 - whoever asks does the work again, and sees what it is
        return 1
    return 0


def _result(work: Callable[[], T], child: int, receiving: Connection) -> T:
    try:
        with receiving:
            result: T = receiving.recv()
    except (EOFError, OSError):  # it ended before it had sent all
        return work()
    finally:
        with suppress(ChildProcessError):  # where nobody waits for children, the system has taken it away by now
            os.waitpid(child, 0)
    return result
