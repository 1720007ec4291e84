"""Pelican's door to indexes: every machine-readable file is a line of the plan, and no bulletin may have vanished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.indexes.documents import plan, texts
from bulletins.indexes.published import published_before, vanished
from bulletins.plan import Line, Output
from bulletins.signals import plan_wanted, texts_wanted


def _compare(generators: Sequence[Any]) -> None:
    """Add a mistake for every bulletin of the last site that is gone.

    A preview may lose bulletins. One that is refused for a mistake is missing from the library, but not gone; and
    where only texts changed, the library holds no others.
    """
    context = generators[0].context
    content, settings = context["bulletins_content"], context["bulletins_settings"]
    if not (settings.drafts or content.counts.refused or content.texts_only):
        before = published_before(Path(generators[0].output_path))
        context["bulletins_mistakes"] += vanished(before, content.library)


def _lines(context: Mapping[str, Any]) -> list[Line]:
    return plan(context["bulletins_content"].library, context["bulletins_pictures"], context["bulletins_settings"])


def _texts(context: Mapping[str, Any]) -> list[Output]:
    return texts(context["bulletins_content"].library, context["bulletins_pictures"], context["bulletins_settings"])


def register() -> None:
    signals.all_generators_finalized.connect(_compare)
    plan_wanted.connect(_lines)
    texts_wanted.connect(_texts)
