"""A publication, or a look at what it would change, as a process of its own that the form starts and listens to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

if TYPE_CHECKING:
    from bulletins.shortcut.site import Site


class Publication:
    """One run of `publish`: what it says so far, and how it ended. `is_trial` publishes nothing."""

    def __init__(self, site: Site, target: str, *, first: bool, is_trial: bool) -> None:
        self.is_trial, self.first = is_trial, first
        self.lines: list[str] = []
        request = {"site": [str(part) for part in site], "target": target, "first": first, "dry_run": is_trial}
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).resolve()), json.dumps(request)],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def code(self) -> int | None:
        """The exit code, or None while it runs and while it still has something to say."""
        return None if self._listening.is_alive() else self._process.wait()

    def end(self) -> None:
        """Stop it, as Ctrl-C does: what is out stays whole."""
        if self._process.poll() is None:
            self._process.terminate()
        self._listening.join()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as said:
            for line in said:
                self.lines.append(line.rstrip())


# In the process of its own


def main(request: Mapping[str, Any]) -> int:
    """Publish, or only look; gives the exit code. Raises `Fault`."""
    from bulletins.settings import Settings
    from bulletins.shortcut.site import Site
    from tools import settings as settings_files
    from tools.door import ROOT
    from tools.publishing import Wish, publish

    name, *folders = request["site"]
    site = Site(name, *map(Path, folders))
    settings = Settings.from_pelican(settings_files.read(ROOT / name))
    return publish(site, settings, Wish(request["target"], request["first"], request["dry_run"]))


if __name__ == "__main__":
    from tools import door

    door.run(lambda: main(json.loads(sys.argv[1])))
