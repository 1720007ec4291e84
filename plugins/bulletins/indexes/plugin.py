"""Pelican's door to indexes: every machine-readable file is a line of the plan, and no bulletin may have vanished."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.indexes.documents import plan
from bulletins.indexes.published import kept_of, published_before, vanished, vanished_of
from bulletins.memory.publication import NoMemory, keep, publication, publication_of
from bulletins.memory.read import Damaged
from bulletins.mistakes import Mistake
from bulletins.plan import Line
from bulletins.signals import plan_wanted


def _compare(generators: Sequence[Any]) -> None:
    """Add a mistake for every id of the last publication that is gone.

    A preview may lose bulletins. One that is refused for a mistake is missing from the library, but not gone.
    """
    context = generators[0].context
    build = build_of(context)
    try:
        keep(context, publication(generators[0].settings))
    except (NoMemory, Damaged) as failure:
        sys.exit(str(failure))
    if known := publication_of(context):
        build.kept = kept_of(known.memory, build.content.library)
    if not (build.settings.drafts or build.content.counts.refused):
        build.mistakes += _vanished(context, Path(generators[0].output_path))


def _vanished(context: Mapping[str, Any], output: Path) -> list[Mistake]:
    """Where a memory is known it alone is followed; otherwise the site that this machine built last."""
    library, known = build_of(context).content.library, publication_of(context)
    return vanished_of(known.memory, library) if known else vanished(published_before(output), library)


def _lines(context: Mapping[str, Any]) -> list[Line]:
    build = build_of(context)
    content, known = build.content, publication_of(context)
    return plan(content.library, build.pictures, build.settings, known, build.digests, build.kept)


def register() -> None:
    signals.all_generators_finalized.connect(_compare)
    plan_wanted.connect(_lines)
