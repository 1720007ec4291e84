"""Pelican's door to making: the plan is collected, and the site made and published, or refused as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from blinker import Signal
from pelican import signals
from pelican.generators import Generator
from pelican.log import console

from bulletins.making import glance
from bulletins.making.build import Report, amend, make
from bulletins.making.conflicts import PlanConflict
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.making.workers import MakingFailed
from bulletins.mistakes import Mistake, Refused
from bulletins.plan import Line
from bulletins.signals import plan_wanted, texts_wanted

PACKAGE = Path(__file__).parent.parent
OURS = frozenset(f"bulletins.{room}.plugin" for room in ("reading", "gallery", "pages", "indexes", "making"))


class SiteGenerator(Generator):
    """Makes every file of the site; ends the program with exit code 1 when anything stands in the way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        # Taken before anything is read: what changes while the site is built is then a change for the next build.
        self._changed: Mapping[str, glance.Stamp] | None = self.settings.get("BULLETINS_CHANGED")
        self._seen = None if self._changed or self.settings.get("BULLETINS_CHECK_ONLY") else self._glance()

    def generate_output(self, writer: object) -> None:
        # Pelican's last line counts its own articles, of which there are none here; our summary takes its place.
        console.quiet = True
        print(self.context["bulletins_content"].counts)
        mistakes = self.context["bulletins_mistakes"]
        if mistakes:
            _stop(mistakes)
        if not self.settings.get("BULLETINS_CHECK_ONLY"):
            self._make()

    def _make(self) -> None:
        output, content = Path(self.output_path), self.context["bulletins_content"]
        cache = Path(self.settings["CACHE_PATH"]) / f"site-{output.name}"
        try:
            if content.texts_only:
                report = amend(self._collect(texts_wanted), output, cache)
            else:
                report = make(self._plan(), output, cache, self.context["bulletins_settings"].workers)
        except Refused as refused:
            _stop(refused.mistakes)
        except (Busy, MakingFailed, PlanConflict, PublishFailed) as failure:
            sys.exit(f"{failure}\nTrang đang có vẫn giữ nguyên.")
        self._remember(cache)
        print(summary(report))

    def _plan(self) -> list[Line]:
        """All lines of all rooms. A room that Pelican could not load would empty the site: that is refused."""
        missing = OURS - set(self.settings["PLUGINS"])
        if missing:
            raise PlanConflict(f"Thiếu phần bổ trợ {', '.join(sorted(missing))}; xem lại PLUGINS trong pelicanconf.py.")
        return self._collect(plan_wanted)

    def _collect(self, wanted: Signal) -> list[Any]:
        return [line for _, lines in wanted.send(self.context) for line in lines]

    def _glance(self) -> glance.Glance:
        return glance.take(self.path, self._listed())

    def _listed(self) -> list[str]:
        """Everything beside the content that a site is made from: the theme, our code, the settings, the lock."""
        root = Path(self.path).parent
        beside = [str(path) for path in root.iterdir() if path.suffix in (".py", ".lock", ".toml")]
        return [self.theme, str(PACKAGE), *sorted(beside)]

    def _remember(self, cache: Path) -> None:
        """Keep what the site was made from, so that the next build can tell at a glance whether it is needed."""
        ledger, due = glance.ledger_stamp(cache), self.context["bulletins_content"].until
        if self._seen is not None:
            called = self.settings.get("BULLETINS_CALLED", "")
            glance.save(cache, glance.State(called, self.path, self._listed(), self._seen, due, ledger))
        elif self._changed and (before := glance.load(cache)):
            due = before.until if self.context["bulletins_content"].texts_only else due
            glance.save(cache, glance.amended(before, self._changed, cache)._replace(until=due))


def _stop(mistakes: Iterable[Mistake]) -> None:
    refused = Refused(mistakes)
    print(refused, file=sys.stderr)
    sys.exit(f"{len(refused.mistakes)} lỗi. Chưa đăng gì cả; trang đang có vẫn giữ nguyên. Sửa rồi chạy lại.")


def summary(report: Report) -> str:
    """What a build did, in a line for the person who ran it."""
    seconds = sum(report.seconds.values())
    return (
        f"Trang có {report.planned} tệp: làm lại {report.made}, giữ nguyên {report.skipped}; "
        f"ghi {report.written} tệp ({report.bytes / 1_000_000:.1f} MB), xóa {report.removed}; {seconds:.1f} giây."
    )


def _generators(pelican: object) -> type[Generator]:
    return SiteGenerator


def register() -> None:
    signals.get_generators.connect(_generators)
