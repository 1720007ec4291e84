"""Pelican's door to making: the plan is collected, and the site made and published, or refused as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from pelican import signals
from pelican.generators import Generator
from pelican.log import console

from bulletins import listing
from bulletins.context import Build, build_of
from bulletins.crew import WorkerLost
from bulletins.indexes.published import files_of_site
from bulletins.making.bar import bar
from bulletins.making.build import make
from bulletins.making.cluster import NoCluster
from bulletins.making.conflicts import PlanConflict
from bulletins.making.ledger import folder
from bulletins.making.line import MakingFailed
from bulletins.making.lock import Busy
from bulletins.making.publish import PublishFailed
from bulletins.making.report import Stopwatch, failed, mended, strangers, summary
from bulletins.mistakes import Mistake, Refused, errors
from bulletins.plan import Line
from bulletins.reading.database import Unusable
from bulletins.signals import plan_wanted, published

ROOMS = frozenset(f"bulletins.{room}.plugin" for room in ("reading", "gallery", "pages", "indexes", "search", "making"))

PLANNERS = frozenset(f"bulletins.{room}.plugin" for room in ("gallery", "pages", "indexes"))
"""The doors of the rooms that have lines in the plan."""


class SiteGenerator(Generator):
    """Makes every file of the site; ends the program with exit code 1 when anything stands in the way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._watch = Stopwatch()

    def generate_output(self, writer: object) -> None:
        self._watch.lap("read")
        build = self._build
        build.levels = listing.levels(build.mistakes)
        how = self.settings.get("BULLETINS_CHECK_ONLY")
        if how:
            sys.exit(self._check(how == "json"))
        listing.of_a_build(build.mistakes, self._language, sys.stderr)
        self._sum()
        if errors(build.mistakes):
            self._refuse(build.mistakes)
        self._forget_mistakes()
        self._make()

    def _refuse(self, mistakes: Iterable[Mistake]) -> NoReturn:
        """End the program; the errors are left as JSON for whoever named a file for them."""
        answer = self.settings.get("BULLETINS_ANSWER")
        if answer:
            Path(answer).write_text(listing.as_json(errors(mistakes), self._language), encoding="utf-8")
        sys.exit(listing.refusal(self._language))

    def _forget_mistakes(self) -> None:
        """Warnings have been printed by now; of ten thousand bulletins they fill as much memory as the bulletins."""
        self._build.mistakes = []
        self._build.content = replace(self._build.content, mistakes=())

    @property
    def _build(self) -> Build:
        return build_of(self.context)

    @property
    def _language(self) -> str:
        return self._build.settings.messages

    def _sum(self) -> None:
        """The sum of bulletins, in one line."""
        build = self._build
        counts = listing.refusing(build.content.counts, build.content.mistakes, build.mistakes)
        print(listing.summary(counts, build.levels, self._language), flush=True)

    def _check(self, for_editors: bool) -> int:
        """The exit code of a check; nothing is made."""
        mistakes = self._build.mistakes
        only = self.settings.get("BULLETINS_CHECK_OF", "")
        shown = listing.of_one(mistakes, only) if only else mistakes
        if for_editors:
            print(listing.as_json(shown, self._language), flush=True)
        else:
            listing.show(shown, self._language, sys.stdout, listing.last_saved(shown))
            undated = listing.where_undated(self._build.content.undated, self._language, only)
            print(*undated, sep="\n", end="\n" if undated else "")
            self._sum()
            others = listing.elsewhere(mistakes, shown, self._language)
            print(others, end="\n" if others else "")
        return listing.FOUND if errors(shown) else 0

    def _make(self) -> None:
        settings = self._build.settings
        try:
            plan = self._plan()
            self._build.forget_digests()
            self._watch.lap("plan")
            output, verify = Path(self.output_path), bool(self.settings.get("BULLETINS_VERIFY"))
            cache = folder(Path(self.settings["CACHE_PATH"]), output)
            with bar() as progress:
                how = settings.workers, progress, settings.executor, verify, files_of_site
                made = make(plan, output, cache, *how, self.settings.get("BULLETINS_STANDING", ()))
            published.send(self.context, plan=plan, report=made)
        except Refused as refused:
            listing.show(refused.mistakes, self._language, sys.stderr)
            self._refuse(refused.mistakes)
        except (Busy, MakingFailed, NoCluster, PlanConflict, PublishFailed, Unusable, WorkerLost) as failure:
            sys.exit(failed(failure))
        if verify:
            print(mended(made, output))
        if made.strange:
            print(strangers(made, output), file=sys.stderr)
        print(summary(made, self._watch.seconds), flush=True)

    def _plan(self) -> list[Line]:
        """All lines of all rooms. A room that Pelican could not load would empty the site: that is refused."""
        missing = ROOMS - set(self.settings["PLUGINS"])
        if missing:
            raise PlanConflict(f"Thiếu phần bổ trợ {', '.join(sorted(missing))}; xem lại PLUGINS trong pelicanconf.py.")
        answers = plan_wanted.send(self.context)
        silent = PLANNERS - {getattr(receiver, "__module__", "") for receiver, _ in answers}
        if silent:
            raise PlanConflict(
                f"{', '.join(sorted(silent))} không cho biết trang có tệp nào; hãy chép lại chương trình."
            )
        return [line for _, lines in answers for line in lines]


def _say_no_more(pelican: object) -> None:
    """After the last file Pelican counts its own articles: there are none, and our summary stands for that line."""
    console.quiet = True


def _generators(pelican: object) -> type[Generator]:
    console.quiet = False
    return SiteGenerator


def register() -> None:
    signals.get_generators.connect(_generators)
    signals.finalized.connect(_say_no_more)
