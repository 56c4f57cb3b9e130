"""The day in the Netherlands, also where it has 23 or 25 hours."""

from datetime import UTC, datetime

import pytest

from meedoen.kernel.clock import next_local_day


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
