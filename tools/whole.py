"""A whole build, or a check: Pelican, started and ended by our own hand.

Pelican goes on without a plugin that it cannot load, and takes its own settings where ours are missing; then it makes
another site and ends with 0. So all that is ours is loaded here before anything is written, and a run that came to its
end has an exit code of its own: 0 is what a program says that did nothing.
"""

from __future__ import annotations

import gc
import importlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import door
from tools.door import DONE, STOPPED, Fault

UNFINISHED = (
    "Chương trình dừng mà chưa làm xong, có lẽ tệp bị hỏng; hãy chép lại cả thư mục / "
    "The program ended without having done its work; a file may be broken, copy the whole folder again."
)


Request = Mapping[str, Any]
"""What is to be run: `settings`, a file, relative to where it runs; `overrides`, settings that differ from it;
`profile`, a file to which the time of every function is written, or nothing."""


def request(settings: str, overrides: Mapping[str, Any], profile: str = "") -> Request:
    """The request for a run."""
    return {"settings": settings, "overrides": overrides, "profile": profile}


def command(asked: Request) -> list[str]:
    """The command of a run."""
    return [sys.executable, "-P", str(Path(__file__).resolve()), json.dumps(asked)]


CAN_FORK = hasattr(os, "fork")


def forked(asked: Request, root: Path, said: int = 1, complained: int = 2) -> int:
    """Run this in a child that inherits whatever of the program is loaded here, so that it need not load it again.

    What it says goes to these files (descriptors). Gives the exit code as `run` does.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.chdir(root)
        os.dup2(said, 1)
        os.dup2(complained, 2)
        gc.enable()
        os._exit(door.exit_code_of(lambda: _quiet(asked)))
    try:
        status = os.waitpid(child, 0)[1]
    except KeyboardInterrupt:
        os.waitpid(child, 0)  # it had its Ctrl-C too
        raise
    return exit_code(os.waitstatus_to_exitcode(status))


def run(called: Sequence[str], root: Path) -> int:
    """Run such a command in `root` to its end; gives the exit code as people know it: 0 when all is done."""
    door.hold_ctrl_c(True)  # the other inherits that
    with subprocess.Popen(called, cwd=root) as process:
        try:
            door.hold_ctrl_c(False)
            process.wait()
        except KeyboardInterrupt:
            process.wait()  # it had its Ctrl-C too
            raise
    return exit_code(process.returncode)


def exit_code(code: int) -> int:
    """The exit code as people know it, of a run that ended with this one; raises KeyboardInterrupt after Ctrl-C."""
    if code == STOPPED:
        raise KeyboardInterrupt
    if code == 0:
        raise Fault(UNFINISHED)
    return {DONE: 0}.get(code, code if code > 0 else 128 - code)


# In the process of its own


def main(asked: Request) -> int:
    """Run Pelican; gives `DONE`, or ends the program as the site's generator does when it refuses."""
    if not asked["profile"]:
        return _run(asked)
    import cProfile

    profiler = cProfile.Profile()
    try:
        return profiler.runcall(_run, asked)
    finally:
        profiler.dump_stats(asked["profile"])


def _run(asked: Request) -> int:
    from bulletins.crew import collect_seldom
    from tools import integrity, settings

    collect_seldom()
    broken = integrity.damaged(door.ROOT)
    if broken:
        raise Fault(
            f"Chương trình chép thiếu, hãy chép lại cả thư mục / The program is broken, copy it again: {broken[0]}"
            + (f" (+ {len(broken) - 1})" if broken[1:] else "")
        )
    known = settings.read(Path(asked["settings"]).absolute(), asked["overrides"])
    load([name for name in known["PLUGINS"] if name.startswith("bulletins.")])
    return _pelican(known)


def load(plugins: Sequence[str]) -> None:
    """Load plugins of ours; raises what Pelican would only mention."""
    if not plugins:
        raise Fault("pelicanconf.py: PLUGINS không có phần nào của bản tin / PLUGINS names none of ours.")
    for name in plugins:
        if not hasattr(importlib.import_module(name), "register"):
            raise ImportError(f"{name} has no register()", name=name)


def _pelican(settings: dict[str, Any]) -> int:
    """Run Pelican with these settings; gives `DONE` if the site was made, or checked without an error."""
    from pelican import Pelican
    from pelican.log import DEFAULT_LOG_HANDLER, init

    from bulletins.signals import published

    init(  # type: ignore[no-untyped-call]
        logging.WARNING, name="pelican", handler=DEFAULT_LOG_HANDLER, logs_dedup_min_level=logging.WARNING
    )
    wanted, ends, mishaps = list(settings["PLUGINS"]), [], _Mishaps()
    DEFAULT_LOG_HANDLER.addFilter(mishaps)
    pelican: Any = Pelican(settings)  # type: ignore[no-untyped-call]
    mishaps.raise_first()
    if len(pelican.plugins) < len(wanted):
        raise Fault(
            f"Không nạp được hết PLUGINS / Not all PLUGINS could be loaded: {', '.join(wanted)}; "
            f"đã nạp / loaded: {', '.join(pelican.settings['PLUGINS'])}"
        )

    def end(sender: object, **_: object) -> None:
        ends.append(sender)

    published.connect(end)
    try:
        pelican.run()
    except SystemExit as ending:
        if ending.code == 0 and settings.get("BULLETINS_CHECK_ONLY"):
            return DONE
        raise
    if not ends:
        raise Fault(UNFINISHED)
    return DONE


class _Mishaps(logging.Filter):
    """Errors that Pelican would print with a traceback, and go on: they are held for the door."""

    def __init__(self) -> None:
        super().__init__()
        self._first: BaseException | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Let through what is no error of a program."""
        error = record.exc_info[1] if record.exc_info else None
        self._first = self._first or error
        return error is None

    def raise_first(self) -> None:
        """Raise the first error that came by, if any did."""
        if self._first is not None:
            raise self._first


def _quiet(asked: Request) -> int:
    try:
        return main(asked)
    except KeyboardInterrupt:
        return STOPPED  # whoever started this says so


if __name__ == "__main__":
    door.run(lambda: _quiet(json.loads(sys.argv[1])))
