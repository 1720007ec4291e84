"""The page that publishes: what would change for the public, and a button for it once that was seen."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from tools.editing.answers import Answer, Pages, redirect
from tools.editing.publication import Publication
from tools.editing.requests import Form
from tools.editing.workspace import Workspace
from tools.publishing import ONLY_SHOWN, UNCHANGED

if TYPE_CHECKING:
    from bulletins.shortcut.site import Site

_CHANGED = "Nội dung đã đổi từ lúc xem. Hãy xem lại trước khi đăng."
_NOT_SEEN = "Hãy xem sẽ đổi gì trước khi đăng."


class PublishingPage:
    """Shows what a publication would change, and publishes just that: what is saved later has to be looked at anew."""

    def __init__(self, workspace: Workspace, pages: Pages, site: Site | None) -> None:
        self._work, self._pages, self._site = workspace, pages, site
        self._run: Publication | None = None
        self._seen = ""

    def show(self, notice: str = "", status: int = 200) -> Answer:
        """The page as things stand; while something runs it asks again every other second."""
        run = self._run
        lines = [_in_vietnamese(line) for line in run.lines] if run else []
        return self._pages.page(
            "publish.html",
            status,
            target=self._work.settings.target if self._site else "",
            address=self._work.settings.site_url,
            run=run,
            code=run.code if run else None,
            changes=[line.strip() for line in lines if line.startswith("  ")],
            report=[line for line in lines if not line.startswith("  ")],
            is_unchanged=bool(run and UNCHANGED in run.lines),
            is_ready=self._is_ready(),
            notice=notice,
        )

    def press(self, form: Form) -> Answer:
        """Begin what a button asks for, unless something runs already."""
        if not self._site or not self._work.settings.target:
            return self.show(status=422)
        if self._run and self._run.code is None:
            return redirect("/dang")
        if form.first("do") == "publish":
            if not self._is_ready():
                return self.show(_NOT_SEEN, 422)
            if self._seen != content_stamp(self._work.content):
                return self.show(_CHANGED, 409)
            return self._begin(self._site, first=bool(self._run and self._run.first), is_trial=False)
        self._seen = content_stamp(self._work.content)
        return self._begin(self._site, first=form.first("first") == "1", is_trial=True)

    def close(self) -> None:
        """End what runs."""
        if self._run:
            self._run.end()

    def _is_ready(self) -> bool:
        """Whether the last run was a look that went well and found something to publish."""
        run = self._run
        return bool(run and run.is_trial and run.code == 0 and ONLY_SHOWN in run.lines)

    def _begin(self, site: Site, *, first: bool, is_trial: bool) -> Answer:
        self._run = Publication(site, self._work.settings.target, first=first, is_trial=is_trial)
        return redirect("/dang")


def content_stamp(content: Path) -> str:
    """A string that changes whenever a file of the content does: of their names, sizes and times."""
    files = sorted(path for path in content.rglob("*") if path.is_file())
    stats = ((path.relative_to(content).as_posix(), path.stat()) for path in files)
    lines = (f"{name} {at.st_size} {at.st_mtime_ns}" for name, at in stats)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _in_vietnamese(line: str) -> str:
    """A line of a command without its English half; what has none stays."""
    vietnamese, between, _ = line.rpartition(" / ")
    return vietnamese if between else line
