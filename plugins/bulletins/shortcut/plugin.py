"""Pelican's door to the shortcut: a snapshot before anything is read, saved once the site is published."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from bulletins.context import build_of
from bulletins.making.ledger import folder
from bulletins.making.plugin import ROOMS
from bulletins.making.report import Report
from bulletins.plan import Line
from bulletins.shortcut import snapshot
from bulletins.shortcut.build import is_open_for
from bulletins.shortcut.kept import keep, kept
from bulletins.shortcut.snapshot import LIBRARIES
from bulletins.shortcut.state import State, save
from bulletins.signals import published

PACKAGE = Path(__file__).parent.parent
ENVIRONMENT = ("pyvenv.cfg", "made-from.json")
"""Files of the environment that change with its Python, or when it is set up anew."""

OURS = ROOMS | {"bulletins.shortcut.plugin"}


class SnapshotGenerator(Generator):
    """Takes the snapshot before anything is read: what changes during the build is then a change for the next one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        if not self.settings.get("BULLETINS_CHECK_ONLY"):
            begun = self.settings.get("BULLETINS_BEGUN", 0)
            self.context["bulletins_snapshot"] = snapshot.take(self.path, _listed(self.settings), begun)


def _listed(settings: Mapping[str, Any]) -> list[str]:
    """Everything beside the content that a site is made from: theme, plugins, settings, lock and libraries."""
    root = Path(settings["PATH"]).parent
    beside = [str(path) for path in root.iterdir() if path.suffix in (".py", ".lock", ".toml")]
    libraries = {str(Path(sysconfig.get_path(kind)) / LIBRARIES) for kind in ("purelib", "platlib")}
    environment = [*(str(Path(sys.prefix) / name) for name in ENVIRONMENT), *sorted(libraries)]
    theme = [settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
    return [*theme, str(PACKAGE), *settings["PLUGIN_PATHS"], *sorted(beside), *environment]


def _save(context: Mapping[str, Any], plan: Sequence[Line], report: Report) -> None:
    """Save the state of the site that stands published now."""
    build, cache = build_of(context), folder(Path(context["CACHE_PATH"]), Path(context["OUTPUT_PATH"]))
    # What stands in the files of other plugins nobody knows: where they have a say, the shortcut stays closed.
    is_open = set(context["PLUGINS"]) == OURS and is_open_for(plan, build.settings)
    state = State(
        called=context.get("BULLETINS_CALLED", ""),
        content=context["PATH"],
        listed=_listed(context),
        snapshot=context["bulletins_snapshot"],
        until=build.content.until,
        ledger=report.ledger,
        counts=list(astuple(build.content.counts)),
        levels=dict(build.levels),
        kept=keep(cache, kept(context)) if is_open else "",
        published=report.planned,
    )
    save(cache, state)


def _generators(pelican: object) -> type[Generator]:
    return SnapshotGenerator


def register() -> None:
    signals.get_generators.connect(_generators)
    published.connect(_save)
