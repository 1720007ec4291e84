"""Who may write to a store of objects: one publisher at a time, by an object that is exchanged under a condition.

The holder writes it anew every few seconds. One that is silent for a while counts as dead: no clock of another machine
is trusted for that, only whether the object changes while somebody waits.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bulletins.publishing.objects import Objects
from bulletins.publishing.target import ANOTHER_RUNS, TargetFailed

LEASE = 60.0
"""Seconds of silence after which a publisher counts as dead."""


class State(NamedTuple):
    """What the object says: the release that is shown, the one half written, who is at work, and how often it beat."""

    release: int = 0
    writing: int = 0
    holder: str = ""
    beat: int = 0


class Claim:
    """The object `key`, and the right to change it."""

    def __init__(self, objects: Objects, key: str) -> None:
        self._objects, self._key = objects, key
        self._etag: str | None = None
        self._guard = threading.Lock()
        self._beaten_at = 0.0
        self.state = State()

    def read(self) -> State:
        """The state as it stands now."""
        answer = self._objects.get(self._key)
        data, self._etag = answer or (b"{}", None)
        try:
            self.state = State(**json.loads(data))
        except (TypeError, ValueError) as error:
            raise TargetFailed(f"{self._objects.name}/{self._key}: tệp hỏng / is damaged: {error}") from error
        return self.state

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other publishers out. Raises `TargetFailed` if one is at work."""
        self._refuse_living()
        self._exchange(self.state._replace(holder=_this_process()), self._taken())
        stop = threading.Event()
        heart = threading.Thread(target=self._beat, args=(stop,), daemon=True)
        heart.start()
        try:
            yield
        finally:
            stop.set()
            heart.join()
            self._exchange(self.state._replace(holder=""), None)

    def write(self, *, release: int | None = None, writing: int) -> None:
        """Change what the object says. Raises `TargetFailed` if somebody else has taken over."""
        with self._guard:
            shown = self.state.release if release is None else release
            self._exchange(self.state._replace(release=shown, writing=writing), self._taken())

    def ensure(self) -> None:
        """Raise `TargetFailed` if this process was silent for so long that somebody else may be at work."""
        if time.monotonic() - self._beaten_at > LEASE / 2:
            with self._guard:
                self._exchange(self.state._replace(beat=self.state.beat + 1), self._taken())

    def _beat(self, stop: threading.Event) -> None:
        while not stop.wait(LEASE / 6):
            with self._guard:
                try:
                    self._exchange(self.state._replace(beat=self.state.beat + 1), None)
                except TargetFailed:  # the store does not answer now; `ensure` says so if it goes on
                    continue

    def _exchange(self, state: State, refused: TargetFailed | None) -> None:
        """Write the state if nobody else has written it since; otherwise raise what is given, if anything."""
        etag = self._objects.exchange(self._key, json.dumps(state._asdict()).encode(), self._etag)
        if etag is not None:
            self._etag, self.state, self._beaten_at = etag, state, time.monotonic()
        elif refused:
            raise refused

    def _taken(self) -> TargetFailed:
        return TargetFailed(ANOTHER_RUNS.format(self.state.holder or self._objects.name))

    def _refuse_living(self) -> None:
        """Read the state, and raise if its holder lives: whoever is not known to be dead is watched for as long."""
        state, etag = self.read(), self._etag
        if not state.holder or _is_known_dead(state.holder):
            return
        deadline = time.monotonic() + LEASE
        while time.monotonic() < deadline:
            time.sleep(LEASE / 20)
            if not self.read().holder:
                return
            if self._etag != etag:
                raise self._taken()


def _this_process() -> str:
    return f"{socket.gethostname()}, PID {os.getpid()}"


def _is_known_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is there no more."""
    machine, _, process = holder.rpartition(", PID ")
    if sys.platform == "win32" or machine != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
