"""Pelican's door to the gallery: photos are measured once everything is read, and planned with the rest."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from pelican import signals

from bulletins.context import build_of
from bulletins.gallery.measures import measures_of
from bulletins.gallery.plan import headings, measure_photos, pictures, plan, shelved
from bulletins.gallery.store import RenditionStore
from bulletins.plan import Line
from bulletins.signals import plan_wanted, published


def _measure(generators: Sequence[Any]) -> None:
    """Add the pictures to the build, and the mistakes of unfit photos to the others."""
    context = generators[0].context
    build = build_of(context)
    cache = measures_of(Path(context["CACHE_PATH"]), Path(context["OUTPUT_PATH"]))
    photos, mistakes = measure_photos(build.content.photos, build.settings, cache)
    context["bulletins_photos"] = photos
    build.pictures = pictures(photos, build.settings, _store(context))
    build.mistakes += mistakes


def _lines(context: MutableMapping[str, Any]) -> list[Line]:
    """The lines of every photo; the context remembers which renditions they need in the store."""
    build = build_of(context)
    stories = headings(build.content.library, build.settings)
    lines = plan(context["bulletins_photos"], build.settings, _store(context), stories)
    context["bulletins_shelved"] = shelved(lines)
    return lines


def _prune(context: Mapping[str, Any], **published: Any) -> None:
    """What no site needs any more leaves the store."""
    _store(context).prune(context["bulletins_shelved"], Path(context["OUTPUT_PATH"]))


def _store(context: Mapping[str, Any]) -> RenditionStore:
    return RenditionStore(Path(context["CACHE_PATH"]).resolve() / "renditions")


def register() -> None:
    signals.all_generators_finalized.connect(_measure)
    plan_wanted.connect(_lines)
    published.connect(_prune)
