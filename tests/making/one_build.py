"""A build in a process of its own, which can be told to die on the way: `output cache name workers [die-at]`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from bulletins.making.build import make
from bulletins.plan import Line, Output
from tests.making.plans import page, slow, sums


def killing_the_build(text: str) -> Sequence[bytes]:
    """Kill the process that runs the build, from whichever process this is made in."""
    os.kill(BUILD, signal.SIGKILL)
    return [text.encode()]


BUILD = os.getpid()


def old_plan() -> list[Line]:
    return [*(page(f"tin/{n}/index.html", f"cũ {n}") for n in range(20)), page("bỏ/đi.txt", "cũ"), sums()]


def new_plan() -> list[Line]:
    """Half of the old pages are new, some are gone, and some are where nothing was."""
    texts = {f"tin/{n}/index.html": f"{'cũ' if n % 2 else 'mới'} {n}" for n in range(18)}
    texts |= {f"ảnh/{n}/index.html": f"mới {n}" for n in range(5)}
    return [*(page(path, text) for path, text in texts.items()), sums()]


def slow_plan() -> list[Line]:
    """So slow at its beginning that the rest is left to the workers."""
    return [Output(("đầu.txt",), slow, ("chậm", 0.1)), *new_plan()]


def deadly_plan() -> list[Line]:
    return [*slow_plan(), Output(("chết.txt",), killing_the_build, ("chết",))]


def endless_plan() -> list[Line]:
    return [Output((f"{n}.txt",), slow, (f"{n}", 0.1)) for n in range(2000)]


PLANS = {"old": old_plan, "new": new_plan, "slow": slow_plan, "deadly": deadly_plan, "endless": endless_plan}


def die_at(number: int) -> None:
    """Kill this process at its n-th change of a folder, so that every moment of publishing can be met."""
    calls = count(1)

    def deadly(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*args: Any, **named: Any) -> Any:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*args, **named)

        return changed

    os.replace, os.unlink, os.rmdir = deadly(os.replace), deadly(os.unlink), deadly(os.rmdir)


if __name__ == "__main__":
    output, cache, name, workers, *moment = sys.argv[1:]
    if moment:
        die_at(int(moment[0]))
    make(PLANS[name](), Path(output), Path(cache), int(workers))
