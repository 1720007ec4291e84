"""Rebuilding a site that is being written: what a builder is, and one that runs the whole build in its own process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bulletins.mistakes import Mistake
from tools.building import UNCHANGED, Site, changes_of, command_for
from tools.live import Outcome

Rebuild = Callable[[frozenset[Path]], Outcome]
"""Brings the site up to date after these paths changed; after none, at the beginning, whatever the site needs."""

LOOK = 0.1
"""Seconds between looks whether a build is still wanted."""

_MISTAKE = re.compile(r"(?P<path>\S.*?):(?P<line>\d+):(?P<column>\d+): \[(?P<code>[A-Z]+\d+)\] (?P<message>.+)")


@dataclass(frozen=True, slots=True)
class WholeBuild:
    """Runs Pelican each time, in a process of its own: that one also sees changes of the program itself.

    A glance comes first, as in `tasks.py build`, so that an edited text goes the short way. The settings are a file in
    `root`. Once `stop` is set, a build under way is ended and answers nothing; the site stays whole, as it does
    whenever a build is killed.
    """

    root: Path
    site: Site
    stop: threading.Event

    def __call__(self, changed: frozenset[Path]) -> Outcome:
        seen = changes_of(self.site)
        if seen == {}:
            return Outcome(said=UNCHANGED)
        command = [sys.executable, "-m", *command_for(self.site, seen or {})]
        # Ctrl-C is for the server, which then ends the build; one in the server's group would answer with a traceback.
        with subprocess.Popen(
            command, cwd=self.root, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, text=True, encoding="utf-8",
            errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        ) as process:  # fmt: skip
            said, complained = self._wait(process)
        return outcome(process.returncode, said, complained)

    def _wait(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        while True:
            try:
                return process.communicate(timeout=LOOK)
            except subprocess.TimeoutExpired:
                if self.stop.is_set():
                    process.terminate()


def outcome(code: int, said: str, complained: str) -> Outcome:
    """The outcome of a build that ended with this exit code and these words."""
    told = f"{said}{complained}".strip()
    if code == 0:
        return Outcome(said=told)
    mistakes = tuple(_mistakes(complained))
    return Outcome(mistakes, "" if mistakes else told or f"Mã thoát {code}.", told)


def _mistakes(complained: str) -> list[Mistake]:
    found = (_MISTAKE.fullmatch(line.strip()) for line in complained.splitlines())
    return [Mistake(m["path"], int(m["line"]), int(m["column"]), m["code"], m["message"]) for m in found if m]
