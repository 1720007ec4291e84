"""The signal by which rooms, and anybody else's plugins, add lines to the plan of the site."""

from __future__ import annotations

from blinker import signal

plan_wanted = signal("bulletins_plan_wanted")
"""Sent with Pelican's context once everything is read; a receiver returns its lines (`bulletins.plan.Line`).

`bulletins.context.build_of` gives what the context holds of the build.
"""

published = signal("bulletins_published")
"""Sent with Pelican's context once a whole site stands published.

Keywords: `plan`, its lines; `report` (`making.report.Report`), what the build did: the paths of the files it wrote are
in `report.published.written`, of those it removed in `report.published.removed`.
"""
