"""The signal by which rooms, and anybody else's plugins, add lines to the plan of the site."""

from __future__ import annotations

from blinker import signal

plan_wanted = signal("bulletins_plan_wanted")
"""Sent with Pelican's context once everything is read; a receiver returns its lines (`bulletins.plan.Line`).

The context holds `bulletins_content` (`reading.content.Content`), `bulletins_pictures` and `bulletins_settings`.
"""

published = signal("bulletins_published")
"""Sent with Pelican's context once a whole site stands published.

Keywords: `plan`, the lines of it; `report`, what the build did (`making.report.Report`); `levels`, how many mistakes
of each level there are.
"""
