"""Pelican's door to indexes: every machine-readable file is a line of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletins.indexes.documents import plan, texts
from bulletins.plan import Line, Output
from bulletins.signals import plan_wanted, texts_wanted


def _lines(context: Mapping[str, Any]) -> list[Line]:
    return plan(context["bulletins_content"].library, context["bulletins_pictures"], context["bulletins_settings"])


def _texts(context: Mapping[str, Any]) -> list[Output]:
    return texts(context["bulletins_content"].library, context["bulletins_pictures"], context["bulletins_settings"])


def register() -> None:
    plan_wanted.connect(_lines)
    texts_wanted.connect(_texts)
