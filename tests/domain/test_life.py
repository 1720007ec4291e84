"""A bulletin's life: what it is at an hour, and what time alone will do to it."""

from __future__ import annotations

import datetime

import pytest

from bulletins.domain.life import Due, as_withdrawn, due, state
from tests.builders import bulletin

ZONE = datetime.timezone(datetime.timedelta(hours=7))
NOON = datetime.datetime(2023, 3, 2, 12, tzinfo=ZONE)
LAST_DAY = datetime.date(2023, 4, 1)
SECOND = datetime.timedelta(seconds=1)
WITHDRAWAL = {"date": "2023-03-10", "reason": "Đăng nhầm"}


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, "published"),
        ("2023-03-02", "published"),
        ("2023-03-02 12:00", "published"),
        ("2023-03-02 12:01", "scheduled"),
        ("2023-03-03", "scheduled"),
    ],
)
def test_a_bulletin_is_out_from_its_hour_on(published: str | None, expected: str) -> None:
    assert state(bulletin(published=published), NOON) == expected


@pytest.mark.parametrize(
    ("expires", "expected"),
    [
        (None, "published"),
        ("2023-03-01", "withdrawn"),
        ("2023-03-02", "published"),
        ("2023-03-02 12:00", "withdrawn"),
        ("2023-03-02 12:01", "published"),
    ],
)
def test_a_bulletin_that_expires_is_out_until_then_and_on_all_of_its_last_day(
    expires: str | None, expected: str
) -> None:
    assert state(bulletin(published="2023-02-01", expires=expires), NOON) == expected


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ({"published": "2023-03-03"}, "scheduled", "published"),
        ({"expires": "2023-03-02"}, "published", "withdrawn"),
    ],
)
def test_a_day_begins_and_ends_at_midnight_in_vietnam(fields: dict[str, str], before: str, after: str) -> None:
    midnight = datetime.datetime(2023, 3, 2, 17, tzinfo=datetime.UTC).astimezone(ZONE)
    one = bulletin(**fields)

    assert (state(one, midnight - SECOND), state(one, midnight)) == (before, after)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_draft_or_withdrawn_bulletin_stays_so_whatever_the_hour(status: str) -> None:
    assert state(bulletin(status=status, published="2020-01-01", expires="2020-02-01"), NOON) == status


def test_an_expired_bulletin_is_withdrawn_on_its_last_day_for_that_reason() -> None:
    one = bulletin(published="2023-03-03 08:00", expires="2023-04-01")
    modified = one.modified
    gone = as_withdrawn(one)

    assert gone.status == "withdrawn"
    assert gone.withdrawn and (gone.withdrawn.date, gone.withdrawn.reason) == (LAST_DAY, "Hết thời hạn đăng.")
    assert (modified, gone.modified) == ("2023-03-03T08:00:00+07:00", "2023-04-01")


def test_a_bulletin_withdrawn_by_hand_keeps_its_own_reason() -> None:
    one = bulletin(status="withdrawn", withdrawn=WITHDRAWAL, expires="2023-03-01")

    assert as_withdrawn(one) is one


def test_what_is_due_is_told_in_the_order_of_time() -> None:
    told = due(
        [
            bulletin("het-han", expires="2023-03-31"),
            bulletin("hen-gio", published="2023-03-05 08:00", expires="2023-03-06 17:00"),
            bulletin("da-dang", published="2023-03-01"),
            bulletin("da-het-han", expires="2023-03-01"),
            bulletin("nhap", status="draft", published="2023-03-05", expires="2023-04-01"),
            bulletin("da-go", status="withdrawn", withdrawn=WITHDRAWAL, expires="2023-04-01"),
        ],
        NOON,
    )

    assert [(one.at.strftime("%m-%d %H:%M"), one.what, one.id) for one in told] == [
        ("03-05 08:00", "published", "hen-gio"),
        ("03-06 17:00", "expires", "hen-gio"),
        ("04-01 00:00", "expires", "het-han"),
    ]
    assert told[0] == Due(datetime.datetime(2023, 3, 5, 8, tzinfo=ZONE), "published", "hen-gio", "Khối 1 ký giao ước")
