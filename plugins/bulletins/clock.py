"""The hour of a build."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Every hour that is typed or shown is Việt Nam's: +07:00, without summer time (contract §3)."""


def now() -> datetime:
    """The hour that decides whether a scheduled bulletin is out; SOURCE_DATE_EPOCH (seconds) fixes it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(ZONE)
