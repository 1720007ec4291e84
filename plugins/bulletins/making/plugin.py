"""Pelican's door to making: the plan is collected, and the site made and published, or refused as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.log import console

from bulletins.making.build import Report, make
from bulletins.making.conflicts import PlanConflict
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.making.workers import MakingFailed
from bulletins.mistakes import Mistake, Refused
from bulletins.plan import Line
from bulletins.signals import plan_wanted

OURS = frozenset(f"bulletins.{room}.plugin" for room in ("reading", "gallery", "pages", "indexes", "making"))


class SiteGenerator(Generator):
    """Makes every file of the site; ends the program with exit code 1 when anything stands in the way."""

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
        output = Path(self.output_path)
        cache = Path(self.settings["CACHE_PATH"]) / f"site-{output.name}"
        try:
            report = make(self._plan(), output, cache, self.context["bulletins_settings"].workers)
        except Refused as refused:
            _stop(refused.mistakes)
        except (Busy, MakingFailed, PlanConflict, PublishFailed) as failure:
            sys.exit(f"{failure}\nTrang đang có vẫn giữ nguyên.")
        print(summary(report))

    def _plan(self) -> list[Line]:
        """All lines of all rooms. A room that Pelican could not load would empty the site: that is refused."""
        missing = OURS - set(self.settings["PLUGINS"])
        if missing:
            raise PlanConflict(f"Thiếu phần bổ trợ {', '.join(sorted(missing))}; xem lại PLUGINS trong pelicanconf.py.")
        return [line for _, lines in plan_wanted.send(self.context) for line in lines]


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
