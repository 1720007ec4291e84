"""Pelican's door to indexes: every machine-readable file is a line of the plan, and no bulletin may have vanished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.indexes.documents import plan
from bulletins.indexes.published import published_before, vanished
from bulletins.plan import Line
from bulletins.signals import plan_wanted


def _compare(generators: Sequence[Any]) -> None:
    """Add a mistake for every bulletin of the last site that is gone.

    A preview may lose bulletins. One that is refused for a mistake is missing from the library, but not gone.
    """
    build = build_of(generators[0].context)
    if not (build.settings.drafts or build.content.counts.refused):
        before = published_before(Path(generators[0].output_path))
        build.mistakes += vanished(before, build.content.library)


def _lines(context: Mapping[str, Any]) -> list[Line]:
    build = build_of(context)
    return plan(build.content.library, build.pictures, build.settings)


def register() -> None:
    signals.all_generators_finalized.connect(_compare)
    plan_wanted.connect(_lines)
