"""Pelican's door to pages: every page of the site is a line of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletins.context import build_of
from bulletins.pages.edition import Theme
from bulletins.pages.plan import kept, plan
from bulletins.plan import Part
from bulletins.signals import plan_wanted


def _lines(context: Mapping[str, Any]) -> list[Part]:
    build = build_of(context)
    content, theme = build.content, Theme.of(context)
    made = plan(content.library, content.pages, build.pictures, build.settings, theme, build.search, build.digests)
    return [*made, *kept(content.library, content.pages, build.settings, theme, build.kept)]


def register() -> None:
    plan_wanted.connect(_lines)
