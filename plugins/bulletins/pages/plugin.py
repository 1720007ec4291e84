"""Pelican's door to pages: every page of the site is a line of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletins.context import build_of
from bulletins.pages.edition import Theme
from bulletins.pages.plan import extra_files, kept, plan
from bulletins.plan import Line
from bulletins.signals import plan_wanted


def _lines(context: Mapping[str, Any]) -> list[Line]:
    build = build_of(context)
    content, theme = build.content, Theme.of(context)
    parts = plan(content.library, content.pages, build.pictures, build.settings, theme, build.search, build.digests)
    stay = kept(content.library, content.pages, build.settings, theme, build.kept)
    return [*parts, *stay, *extra_files(content.extra)]


def register() -> None:
    plan_wanted.connect(_lines)
