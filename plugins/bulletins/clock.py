"""The hour of a build."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def now(zone: str) -> datetime:
    """The hour that decides whether a scheduled bulletin is out; SOURCE_DATE_EPOCH (seconds) fixes it.

    `zone` is an IANA name.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(ZoneInfo(zone))
