"""When a notice is due, also when the clock changes."""

from datetime import datetime

import pytest

from meedoen.activity.rules import AMSTERDAM, Rhythm, last_moment


def at(*parts) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("rhythm", "now", "moment"),
    [
        (Rhythm.EACH, at(2026, 12, 3, 14, 0), at(2026, 12, 3, 14, 0)),
        (Rhythm.DAILY, at(2026, 12, 3, 14, 0), at(2026, 12, 3, 7, 0)),
        (Rhythm.DAILY, at(2026, 12, 3, 7, 0), at(2026, 12, 3, 7, 0)),
        (Rhythm.DAILY, at(2026, 12, 3, 6, 59), at(2026, 12, 2, 7, 0)),
        (Rhythm.DAILY, at(2026, 3, 29, 7, 30), at(2026, 3, 29, 7, 0)),  # the night in which an hour is skipped
        (Rhythm.DAILY, at(2026, 10, 25, 6, 30), at(2026, 10, 24, 7, 0)),  # and the one in which an hour comes twice
        (Rhythm.WEEKLY, at(2026, 12, 3, 14, 0), at(2026, 11, 30, 7, 0)),  # of a Thursday: Monday
        (Rhythm.WEEKLY, at(2026, 11, 30, 6, 0), at(2026, 11, 23, 7, 0)),
        (Rhythm.WEEKLY, at(2027, 1, 1, 12, 0), at(2026, 12, 28, 7, 0)),
    ],
)
def test_the_latest_moment_at_which_mail_was_due(rhythm, now, moment):
    assert last_moment(rhythm, now) == moment
