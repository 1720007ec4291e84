"""Which names an award may show."""

from __future__ import annotations

from bulletins.domain.model import Award
from bulletins.pages.edition import Edition


def public(edition: Edition, award: Award) -> Award:
    """The award as readers may see it: without the names of recipients, unless the settings publish them."""
    if edition.settings.publish_recipients or not award.recipients:
        return award
    return award.model_copy(update={"recipients": ()})
