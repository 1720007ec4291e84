"""Pelican's door to search: the layout of the index is known once everything is read, its files are planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.crew import cores
from bulletins.mistakes import errors
from bulletins.plan import Line
from bulletins.search.index import Index, layout
from bulletins.search.plan import code_version, plan
from bulletins.search.store import Store, store_of
from bulletins.signals import plan_wanted

INDEX = "bulletins_search"
"""In Pelican's context: the index, and what waits for that of it which is made aside."""


def _lay_out(generators: Sequence[Any]) -> None:
    """Add to the build what a reader must know of the index, and begin to make it."""
    context = generators[0].context
    build = build_of(context)
    if build.settings.search:
        library = build.content.library
        index = Index(library, layout(library), build.settings.publish_recipients, _store(context), code_version())
        build.search = index.layout.about
        context[INDEX] = index, _begun(index, context)


def _begun(index: Index, context: Mapping[str, Any]) -> Callable[[], object]:
    """What waits for the volume that is made aside: none if no site will be made, or one process is to make it."""
    build = build_of(context)
    alone = (build.settings.workers or cores()) == 1
    idle = alone or errors(build.mistakes) or context.get("BULLETINS_CHECK_ONLY")
    return (lambda: None) if idle else index.begin()


def _lines(context: Mapping[str, Any]) -> Iterator[Line]:
    """The lines of the index, once they are asked for: by then all other rooms have theirs, and what is made aside too.

    Rooms are asked in an order that differs from run to run, and the first would wait while the others could plan.
    """
    if not build_of(context).settings.search:
        _store(context).keep_only(())
        return
    index, finish = context[INDEX]
    finish()
    yield from plan(index, build_of(context).settings.workers)


def _store(context: Mapping[str, Any]) -> Store:
    return Store(store_of(Path(context["CACHE_PATH"]), Path(context["OUTPUT_PATH"])))


def register() -> None:
    signals.all_generators_finalized.connect(_lay_out)
    plan_wanted.connect(_lines)
