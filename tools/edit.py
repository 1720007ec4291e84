"""The command `edit`: the form on a free port of this machine, and the site beside it once somebody wants to look."""

from __future__ import annotations

import threading
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bulletins.settings import Settings
from tools import building
from tools.editing.server import editing_server


class Preview:
    """The site, drafts included, built and served from the first time it is asked for."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self._address = ""

    def address(self) -> str:
        """Where the site is, without a slash at its end."""
        with self._lock:
            self._address = self._address or self._start()
            return self._address

    def close(self) -> None:
        """End what was started."""
        self._stack.close()

    def _start(self) -> str:
        from bulletins.shortcut.site import Site
        from tools.live import Outcome
        from tools.preview import previewing
        from tools.rebuilding import Builder
        from tools.settings import read
        from tools.watching import Watched

        known, stop = read(self._root / "pelicanconf.py"), threading.Event()
        base = urlsplit(known["SITEURL"]).path.rstrip("/")
        folders = [self._root / "content", Path(known["THEME"]), *map(Path, known["PLUGIN_PATHS"])]
        site = Site("pelicanconf.py", self._root / "content", self._folder, Path(known["CACHE_PATH"]))
        build = Builder(self._root, site, stop)
        self._stack.callback(build.close)

        def quiet(outcome: Outcome) -> None:
            """The page says it."""

        watched = Watched(folders, [self._root / "pelicanconf.py"])
        running = self._stack.enter_context(previewing((self._folder, 0, base), watched, build, quiet, stop))
        threading.Thread(target=running.serve_forever, daemon=True).start()
        self._stack.callback(running.shutdown)
        return f"http://localhost:{running.server_port}{base}"


def edit(root: Path, settings: Settings, folder: Path, port: int, *, opens: bool) -> None:
    """Serve the form for the content below `root` until Ctrl-C; previews go to `folder`. Raises OSError."""
    preview = Preview(root, folder)
    try:
        with editing_server(root, settings, port, preview.address, building.PUBLIC) as running:
            address = f"http://localhost:{running.server_port}/"
            print(f"{address}  (Ctrl-C: dừng / stop)", flush=True)
            if opens:
                webbrowser.open(address)
            running.serve_forever()
    finally:
        preview.close()
