"""Pelican's door to reading: the content folder is read, and Pelican's context holds what came of it."""

from __future__ import annotations

import sys
from pathlib import Path

from pelican import signals
from pelican.generators import Generator

from bulletins.clock import now
from bulletins.context import KEY, Build, Content
from bulletins.crew import WorkerLost
from bulletins.reading.content import read_content
from bulletins.reading.database import Unusable
from bulletins.reading.reading_cache import reading_cache_of
from bulletins.settings import Settings, is_placeholder, wrong_settings

PLACEHOLDER = (
    "Cảnh báo: SITEURL = {} là địa chỉ mẫu; đặt SITEURL trong publishconf.py trước khi đăng"
    " / Warning: SITEURL is a placeholder; set it before you publish."
)

NO_CONTACT = (
    "Cảnh báo: chưa có BULLETINS_CONTACT; bạn đọc chưa biết báo chỗ sai cho ai"
    " / Warning: no BULLETINS_CONTACT; readers cannot report a mistake."
)


class ContentGenerator(Generator):
    """Puts the `Build` into the context."""

    def generate_context(self) -> None:
        wrong = wrong_settings(self.settings)
        if wrong:
            print(*wrong, sep="\n", file=sys.stderr)
            sys.exit(2)
        settings = Settings.from_pelican(self.settings)
        if not settings.drafts and is_placeholder(settings.site_url):
            print(PLACEHOLDER.format(settings.site_url), file=sys.stderr)
        if not settings.drafts and not settings.contact:
            print(NO_CONTACT, file=sys.stderr)
        try:
            content = self._read(settings)
        except (Unusable, WorkerLost) as failure:
            sys.exit(f"Không đọc được nội dung: {failure}.")
        self.context[KEY] = Build(settings, content, list(content.mistakes))

    def _read(self, settings: Settings) -> Content:
        content = Path(self.path)
        cache = reading_cache_of(Path(self.settings["CACHE_PATH"]), Path(self.output_path))
        return read_content(content, content.parent, settings, now(), cache, settings.workers)


def _generators(pelican: object) -> type[Generator]:
    return ContentGenerator


def register() -> None:
    signals.get_generators.connect(_generators)
