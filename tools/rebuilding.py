"""Rebuilding a site that is being written, by a builder that stays loaded; by a new one where the program changed."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bulletins.mistakes import Mistake
from bulletins.shortcut.site import Site
from tools import whole
from tools.building import AHEAD, request_for
from tools.door import COULD_NOT_RUN, DONE
from tools.environment import ROOT
from tools.live import Outcome

Ahead = Callable[[], None]
"""Hears that pages of what was saved are there, while the rest of the site is still being built."""

Rebuild = Callable[[frozenset[Path], Ahead], Outcome]
"""Brings the site up to date after these paths changed; after none, at the beginning, whatever the site needs."""

Process = subprocess.Popen[str]

LOOK = 0.1
"""Seconds between looks whether a build is still wanted."""


class Builder:
    """Builds a site again and again, each time in a process of another's: that one sees changes of the program too.

    The first is asked first (`tools/resident.py`): it has everything loaded. Where it cannot answer, since program,
    theme or settings are others now, Pelican runs anew, and then another stays. The settings are a file in `root`. Once
    `stop` is set, a build under way is ended and answers nothing; the site stays whole, as it does whenever a build is
    killed.
    """

    def __init__(self, root: Path, site: Site, stop: threading.Event) -> None:
        self._root, self._site, self._stop = root, site, stop
        self._resident: Process | None = None

    def __call__(self, changed: frozenset[Path], ahead: Ahead) -> Outcome:
        quick = self._ask([str(path) for path in changed], ahead)
        return self._whole_build() if quick is None else quick

    def close(self) -> None:
        """End the builder that stays."""
        if self._resident is not None:
            self._resident.communicate()
            self._resident = None

    def _ask(self, changed: Sequence[str], ahead: Ahead) -> Outcome | None:
        self._resident = self._resident or self._start_resident()
        assert self._resident.stdin and self._resident.stdout
        try:
            print(json.dumps(changed), file=self._resident.stdin, flush=True)
            answer = json.loads(self._answer(self._resident))
            if answer == AHEAD:
                ahead()
                answer = json.loads(self._answer(self._resident))
        except (OSError, ValueError):
            return None  # it is gone, and its last words stand in the terminal
        if answer is None:
            return None
        code, said, complained, mistakes = answer
        return outcome(code, said, complained, tuple(Mistake(**mistake) for mistake in mistakes))

    def _answer(self, resident: Process) -> str:
        """The line of an answer; once nobody wants it any more, the builder is ended with whatever it began."""
        assert resident.stdout
        if whole.CAN_FORK:
            while not select.select([resident.stdout], [], [], LOOK)[0]:
                if self._stop.is_set():
                    os.killpg(resident.pid, signal.SIGTERM)
        return resident.stdout.readline()

    def _start_resident(self) -> Process:
        beside = os.pathsep.join(filter(None, (str(ROOT), str(ROOT / "plugins"), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-P", "-m", "tools.resident", *map(str, self._site)]
        return self._popen(command, subprocess.PIPE, None, PYTHONPATH=beside)

    def _whole_build(self) -> Outcome:
        self.close()
        with tempfile.TemporaryDirectory() as folder:
            answer = Path(folder) / "mistakes.json"
            request = request_for(self._site, time.time_ns(), BULLETINS_ANSWER=str(answer))
            with self._popen(whole.command(request), subprocess.DEVNULL, subprocess.PIPE) as process:
                said, complained = self._wait(process)
            mistakes = _mistakes(answer)
        if not self._stop.is_set():
            self._resident = self._start_resident()
        return outcome(_exit_code(process.returncode), said, complained, mistakes)

    def _popen(self, command: list[str], stdin: int, stderr: int | None, **variables: str) -> Process:
        # Ctrl-C is for the server, which then ends the build; one in the server's group would answer with a traceback.
        return subprocess.Popen(
            command, cwd=self._root, env={**os.environ, "PYTHONIOENCODING": "utf-8", **variables}, text=True,
            encoding="utf-8", errors="replace", stdin=stdin, stdout=subprocess.PIPE, stderr=stderr,
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip

    def _wait(self, process: Process) -> tuple[str, str]:
        while True:
            try:
                return process.communicate(timeout=LOOK)
            except subprocess.TimeoutExpired:
                if self._stop.is_set():
                    process.terminate()


def _exit_code(code: int) -> int:
    """The exit code of a whole build; of one that ended without having done its work, another than 0."""
    return {DONE: 0, 0: COULD_NOT_RUN}.get(code, code)


def outcome(code: int, said: str, complained: str, mistakes: tuple[Mistake, ...] = ()) -> Outcome:
    """The outcome of a build that ended with this exit code and these words, and was refused for these mistakes."""
    words = f"{said}{complained}".strip()
    if code == 0:
        return Outcome(said=words)
    return Outcome(mistakes, "" if mistakes else words or f"Mã thoát {code}.", words)


def _mistakes(answer: Path) -> tuple[Mistake, ...]:
    """The mistakes that a build left in a file, if it did."""
    return tuple(Mistake(**mistake) for mistake in json.loads(answer.read_bytes())) if answer.exists() else ()
