"""The life of a bulletin: draft, scheduled, published, withdrawn; and what time alone will change next.

A bulletin past its `expires` is withdrawn, for a reason stated in advance (docs/decisions/0011).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletins.domain.model import Bulletin, Withdrawal
from bulletins.vietnamese.dates import Moment

EXPIRED = "Hết thời hạn đăng."
"""The reason given on the notice of a bulletin that expired."""


@dataclass(frozen=True, slots=True)
class Due:
    """What time alone will do to a bulletin: at `at` it goes out (`published`) or is withdrawn (`expires`)."""

    at: datetime.datetime
    what: str
    id: str
    title: str


def begins(moment: Moment, zone: datetime.tzinfo | None) -> datetime.datetime:
    """When a bulletin published at this moment comes out; a bare date means the beginning of that day."""
    return datetime.datetime.combine(moment.date, moment.time or datetime.time.min, tzinfo=zone)


def ends(moment: Moment, zone: datetime.tzinfo | None) -> datetime.datetime:
    """When a bulletin that expires at this moment is withdrawn; a bare date means the end of that day.

    A term ends at 24:00 of its last day: Civil Code 91/2015/QH13, article 148, clause 6. People write the last day
    that there is, 31/12/9999, for “never”; no moment comes after it.
    """
    if moment.date == datetime.date.max:
        return datetime.datetime.combine(moment.date, datetime.time.max, tzinfo=zone)
    if moment.time is None:
        return begins(moment, zone) + datetime.timedelta(days=1)
    return begins(moment, zone)


def state(bulletin: Bulletin, now: datetime.datetime) -> str:
    """Where a bulletin is in its life: draft, scheduled, published or withdrawn; `now` must carry a time zone.

    A bulletin without a publication date is out.
    """
    if bulletin.status != "published":
        return bulletin.status
    if bulletin.expires is not None and ends(bulletin.expires, now.tzinfo) <= now:
        return "withdrawn"
    if bulletin.published is not None and begins(bulletin.published, now.tzinfo) > now:
        return "scheduled"
    return "published"


def as_withdrawn(bulletin: Bulletin) -> Bulletin:
    """The same bulletin, message when and why it was withdrawn; one that expired says so with its last day."""
    if bulletin.status == "withdrawn" or bulletin.expires is None:
        return bulletin
    fields = bulletin.model_dump(by_alias=True, exclude_defaults=True)
    withdrawal = Withdrawal(date=bulletin.expires.date, reason=EXPIRED)
    return Bulletin.model_validate(fields | {"status": "withdrawn", "withdrawn": withdrawal})


def due(bulletins: Iterable[Bulletin], now: datetime.datetime) -> list[Due]:
    """Everything time alone will do to these bulletins, the next first; drafts wait for people, not for time."""
    return sorted(
        (event for bulletin in bulletins for event in _ahead(bulletin, now)),
        key=lambda event: (event.at, event.id, event.what),
    )


def _ahead(bulletin: Bulletin, now: datetime.datetime) -> Iterator[Due]:
    now_state = state(bulletin, now)
    if now_state == "scheduled" and bulletin.published is not None:
        yield Due(begins(bulletin.published, now.tzinfo), "published", bulletin.id, bulletin.title)
    if now_state in ("scheduled", "published") and bulletin.expires is not None:
        yield Due(ends(bulletin.expires, now.tzinfo), "expires", bulletin.id, bulletin.title)
