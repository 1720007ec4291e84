"""Pelican's door to search: the layout of the index is known once everything is read, its files are planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.plan import Line
from bulletins.search.index import Index, layout
from bulletins.search.plan import code_version, plan
from bulletins.search.store import Store, store_of
from bulletins.signals import plan_wanted


def _lay_out(generators: Sequence[Any]) -> None:
    """Add to the build what a reader must know of the index; the context holds the layout that says it."""
    context = generators[0].context
    build = build_of(context)
    if build.settings.search:
        context["bulletins_search"] = layout(build.content.library)
        build.search = context["bulletins_search"].about


def _lines(context: Mapping[str, Any]) -> Sequence[Line]:
    build = build_of(context)
    store = Store(store_of(Path(context["CACHE_PATH"]), Path(context["OUTPUT_PATH"])))
    if not build.settings.search:
        store.keep_only(())
        return []
    recipients = build.settings.publish_recipients
    index = Index(build.content.library, context["bulletins_search"], recipients, store, code_version())
    return plan(index, build.settings.workers)


def register() -> None:
    signals.all_generators_finalized.connect(_lay_out)
    plan_wanted.connect(_lines)
