"""Pelican's door to reading: the content folder is read, and Pelican's context holds what came of it."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.generators import Generator

from bulletins.crew import WorkerLost
from bulletins.reading.content import Content, read_content, read_texts, readings_of
from bulletins.reading.shelf import Damaged
from bulletins.settings import Settings


def now(zone: str) -> datetime:
    """The hour that decides whether a scheduled bulletin is out; SOURCE_DATE_EPOCH (seconds) fixes it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(ZoneInfo(zone))


class ContentGenerator(Generator):
    """Puts `bulletins_settings`, `bulletins_content` and the list `bulletins_mistakes` into the context."""

    def generate_context(self) -> None:
        settings = Settings.from_pelican(self.settings)
        try:
            read = self._read(settings)
        except (Damaged, WorkerLost) as failure:
            sys.exit(f"Không đọc được nội dung: {failure}.")
        self.context["bulletins_settings"] = settings
        self.context["bulletins_content"] = read
        self.context["bulletins_mistakes"] = list(read.mistakes)

    def _read(self, settings: Settings) -> Content:
        """A few texts, if no more than that changed since the last build; or all of the content."""
        content, output = Path(self.path), Path(self.output_path)
        cache = readings_of(Path(self.settings["CACHE_PATH"]), output)
        told = (content, content.parent, settings, now(settings.timezone), cache)
        changed = {
            Path(path).relative_to(content.parent).as_posix(): was
            for path, (was, _) in self.settings.get("BULLETINS_CHANGED", {}).items()
        }
        texts = read_texts(*told, changed) if changed else None
        return texts or read_content(*told, settings.workers)


def _generators(pelican: object) -> type[Generator]:
    return ContentGenerator


def register() -> None:
    signals.get_generators.connect(_generators)
