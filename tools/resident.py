"""The resident builder: a process that stays loaded, and brings a site up to date after whatever was saved.

It is asked on standard input: a line of JSON with the paths that changed. It answers on standard output with a line of
JSON too: the exit code, what there is to say, what was complained of, and the mistakes that refused the build; or null,
where program, theme or settings are others than it was loaded with, and somebody has to begin anew.

Where only a few texts changed it takes the shortcut itself. Everything else is built by a child that inherits what is
loaded, so that Pelican runs in a process of its own, and nothing of one build is left in the next.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bulletins.making.lock import Busy
from bulletins.making.plugin import ROOMS
from bulletins.making.publish import PublishFailed
from bulletins.shortcut.ahead import put_back
from bulletins.shortcut.resident import Resident
from bulletins.shortcut.site import Site
from tools import whole
from tools.building import AHEAD, request_for

Answer = tuple[int, str, str, list[Any]]
"""Exit code, words, complaints, and mistakes as JSON has them."""


def main(arguments: Sequence[str]) -> None:
    """Answer until nobody asks any more."""
    begun, (settings, *folders) = time.time_ns(), arguments
    site = Site(settings, *map(Path, folders))
    resident = Resident(site, begun)
    whole.load([*sorted(ROOMS), "bulletins.shortcut.plugin"])
    resident.look()
    gc.freeze()
    for line in sys.stdin:
        paths = json.loads(line)
        answer = _shortcut(resident, paths)
        if answer is None and whole.CAN_FORK and resident.is_current():
            answer = _with_pages_ahead(resident, site, begun, paths)
        print(json.dumps(answer), flush=True)
        resident.look()


def _shortcut(resident: Resident, paths: Sequence[str]) -> Answer | None:
    out, err = io.StringIO(), io.StringIO()
    code = resident.build(paths, out, err)
    return None if code is None else (code, out.getvalue(), err.getvalue(), [])


def _with_pages_ahead(resident: Resident, site: Site, begun: int, paths: Sequence[str]) -> Answer:
    """A whole build, ahead of which the pages of what was saved are shown; a site that is refused stays as it was."""
    before = resident.show_ahead(paths)
    if before:
        print(json.dumps(AHEAD), flush=True)
    answer = _whole_build(site, begun)
    if before and answer[0]:
        # Another build that has begun makes these pages anew, as the next one does where the disk takes nothing.
        with suppress(Busy, PublishFailed):
            put_back(before, site)
    return answer


def _whole_build(site: Site, begun: int) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        said, complained, mistakes = (Path(folder) / name for name in ("said", "complained", "mistakes.json"))
        with said.open("wb") as out, complained.open("wb") as err:
            request = request_for(site, begun, BULLETINS_ANSWER=str(mistakes))
            code = whole.forked(request, Path.cwd(), out.fileno(), err.fileno())
        known = json.loads(mistakes.read_bytes()) if mistakes.exists() else []
        return code, _text(said), _text(complained), known


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main(sys.argv[1:])
