"""The day in the Netherlands, also where it has 23 or 25 hours."""

from datetime import UTC, date, datetime, time

import pytest

from meedoen.kernel.clock import NoSuchTime, moment_of, next_local_day


@pytest.mark.parametrize(
    ("now", "next_day"),
    [
        (datetime(2026, 12, 3, 22, 59, tzinfo=UTC), datetime(2026, 12, 3, 23, tzinfo=UTC)),
        (datetime(2026, 12, 3, 23, 0, tzinfo=UTC), datetime(2026, 12, 4, 23, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # 23 hours
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # 25 hours
    ],
)
def test_the_next_day_begins_at_midnight_there(now, next_day):
    assert next_local_day(now) == next_day


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ((2026, 3, 29), (1, 59), "2026-03-29T00:59"),
        ((2026, 3, 29), (3, 0), "2026-03-29T01:00"),
        ((2026, 10, 25), (1, 30), "2026-10-24T23:30"),
        ((2026, 10, 25), (2, 30), "2026-10-25T00:30"),  # comes twice: the first
        ((2026, 10, 25), (3, 30), "2026-10-25T02:30"),
        ((2026, 12, 3), (9, 0), "2026-12-03T08:00"),
    ],
)
def test_a_moment_in_dutch_time_over_both_changes_of_the_clock(day, hour, utc):
    moment = moment_of(date(*day), time(*hour))
    assert moment.strftime("%Y-%m-%dT%H:%M") == utc


def test_an_hour_that_the_clock_skips_is_no_moment():
    with pytest.raises(NoSuchTime):
        moment_of(date(2026, 3, 29), time(2, 30))
