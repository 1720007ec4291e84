"""Pelican's door to indexes: every machine-readable file is a line of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletins.indexes.documents import plan
from bulletins.plan import Line
from bulletins.signals import plan_wanted


def _lines(context: Mapping[str, Any]) -> list[Line]:
    return plan(context["bulletins_content"].library, context["bulletins_pictures"], context["bulletins_settings"])


def register() -> None:
    plan_wanted.connect(_lines)
