"""A site that is built, served, and built again whenever something changes."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bulletins.shortcut.site import Site
from tools.live import Live, Outcome, live_server
from tools.rebuilding import Ahead, Builder, Rebuild
from tools.serve import Server
from tools.settings import read
from tools.watching import Watched, changes

Report = Callable[[Outcome], None]
"""Hears of every outcome: the terminal."""

PATIENCE = 10.0
"""Seconds that a build under way is given to end."""


def preview(root: Path, settings: str, folder: Path, port: int) -> None:
    """Serve the site of `root` from `folder`, built by the file `settings`, until Ctrl-C. Raises OSError as below."""
    known, stop = read(root / settings), threading.Event()
    base_path = urlsplit(known["SITEURL"]).path.rstrip("/")
    theme = [known["THEME"], *known["THEME_TEMPLATES_OVERRIDES"]]
    folders = [root / "content", *map(Path, theme), *map(Path, known["PLUGIN_PATHS"])]
    watched = Watched(folders, [root / name for name in sorted({"pelicanconf.py", settings})])
    site = Site(settings, root / "content", folder, Path(known["CACHE_PATH"]))
    with (
        closing(Builder(root, site, stop)) as build,
        previewing((folder, port, base_path), watched, build, _print, stop) as running,
    ):
        print(f"http://localhost:{running.server_port}{base_path}/  (Ctrl-C: dừng / stop)", flush=True)
        running.serve_forever()


def _print(outcome: Outcome) -> None:
    succeeded = not (outcome.mistakes or outcome.failure)
    print(outcome.said or outcome.failure, file=sys.stdout if succeeded else sys.stderr, flush=True)


@contextmanager
def previewing(
    served: tuple[Path, int, str], watched: Watched, rebuild: Rebuild, report: Report, stop: threading.Event
) -> Iterator[Server]:
    """A server of a site kept up to date by `rebuild`; `served` is its folder, the port and the path it stands below.

    The first build begins at once. Afterwards `stop` is set. Raises OSError if the port is taken.
    """
    live = Live()
    with live_server(*served, live) as running:
        keeper = threading.Thread(target=_keep_built, args=(watched, rebuild, live, report, stop), daemon=True)
        keeper.start()
        try:
            yield running
        finally:
            stop.set()
            live.close()
            keeper.join(PATIENCE)


def _keep_built(watched: Watched, rebuild: Rebuild, live: Live, report: Report, stop: threading.Event) -> None:
    try:
        for changed in changes(watched, stop):
            outcome = attempt(rebuild, changed, live.reload)
            if not stop.is_set():
                report(outcome)
                live.tell(outcome)
    except (OSError, RuntimeError) as error:
        # The server goes on, and says that it no longer looks.
        live.tell(Outcome(failure=f"Không theo dõi được thay đổi: {error}. Dừng rồi chạy lại lệnh."))
        report(live.outcome)


def attempt(rebuild: Rebuild, changed: frozenset[Path], ahead: Ahead) -> Outcome:
    """The outcome of a rebuild; one that breaks off is shown like any other failure, and the next is tried as ever."""
    try:
        return rebuild(changed, ahead)
    except (Exception, SystemExit):  # noqa: BLE001 - whoever writes in the browser must see whatever it is
        return Outcome(failure=traceback.format_exc())
