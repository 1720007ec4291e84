"""An office that publishes: a project's folder, the folder that a web server serves, and edits as staff make them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from bulletins.settings import Settings
from bulletins.shortcut.site import Site
from tests.site.conftest import SAMPLE, project
from tools import settings as settings_files
from tools.publishing import Wish, publish

TEXT = "content/bulletins/2023/khoi-1-2023-pact/index.md"


class Office:
    """A project's folder, and a folder that a web server serves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.public = folder, folder / "public"
        self.site = Site(str(folder / "conf.py"), folder / "content", folder / "output", folder / ".cache")

    @classmethod
    def new(cls, folder: Path) -> Office:
        """One that has published nothing yet."""
        conf = project(folder, SAMPLE / "content").folder / "conf.py"
        text = conf.read_text(encoding="utf-8").replace("thidua.example.vn", "bantin.thidua.vn")
        conf.write_text(f'{text}BULLETINS_CONTACT = "vp@thidua.vn"\n', encoding="utf-8")
        return cls(folder)

    def publish(self, to: str = "", *, first: bool = False, dry_run: bool = False, rollback: bool = False) -> int:
        """Publish to a target, or to the folder that the server serves."""
        own = Settings.from_pelican(settings_files.read(Path(self.site.settings)))
        return publish(self.site, own, Wish(to or str(self.public), first, dry_run, rollback))

    def edit(self, old: str, new: str) -> None:
        file = self.folder / TEXT
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def add_sentence(self, number: int) -> None:
        file = self.folder / TEXT
        file.write_text(f"{file.read_text(encoding='utf-8')}\nThêm câu thứ {number}.\n", encoding="utf-8")

    def add_bulletin(self, id_: str) -> None:
        """Add a bulletin with a photo of its own."""
        from PIL import Image

        folder = self.folder / "content/bulletins/2023" / id_
        folder.mkdir()
        color = (len(os.listdir(folder.parent)) * 7 % 256, 90, 120)  # noqa: PTH208 - how many there are, no more
        Image.new("RGB", (640, 480), color).save(folder / "le-ky.jpg")
        text = (self.folder / TEXT).read_text(encoding="utf-8").replace("id: khoi-1-2023-pact", f"id: {id_}")
        photos = "photos:\n  - file: le-ky.jpg\n    alt: Ba người ngồi ký giấy.\nlead:"
        (folder / "index.md").write_text(text.replace("lead:", photos, 1), encoding="utf-8")

    def withdraw(self, id_: str) -> None:
        file = self.folder / "content/bulletins/2023" / id_ / "index.md"
        status = "---\nstatus: withdrawn\nwithdrawn: {date: 2024-01-01, reason: Đăng nhầm}\n"
        file.write_text(file.read_text(encoding="utf-8").replace("---\n", status, 1), encoding="utf-8")

    def change(self, number: int) -> None:
        """One of the edits that staff make, the same for the same number: a sentence, a new bulletin, one withdrawn."""
        kind = number % 4
        if kind == 1:
            self.add_bulletin(f"tin-{number}")
        elif kind == 3:
            self.withdraw(f"tin-{number - 2}")
        else:
            self.add_sentence(number)

    def log(self) -> list[tuple[str, str | None]]:
        """What the log of the released site tells: each activity with the id of its object."""
        page = json.loads(self.read("api/v1/changes/1.json"))
        return [(item["type"], item["object"] and item["object"]["identifier"]) for item in page["orderedItems"]]

    def read(self, path: str) -> bytes:
        return (self.public / "current" / path).read_bytes()

    def releases(self) -> list[str]:
        return sorted(path.name for path in (self.public / "releases").iterdir())
