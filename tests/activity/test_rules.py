"""When a notice is due, also when the clock changes."""

from datetime import date, datetime, timedelta

import pytest

from meedoen.activity import rules
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


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (at(2026, 12, 3, 6, 59), at(2026, 12, 3, 7, 0)),
        (at(2026, 12, 3, 7, 0), at(2026, 12, 4, 7, 0)),
        (at(2026, 10, 24, 23, 0), at(2026, 10, 25, 7, 0)),
    ],
)
def test_the_next_morning(now, morning):
    assert rules.next_morning(now) == morning


@pytest.mark.parametrize(
    ("until", "paused"),
    [(None, False), (date(2026, 12, 2), False), (date(2026, 12, 3), True), (date(2026, 12, 4), True)],
)
def test_the_last_day_of_a_pause_counts(until, paused):
    assert rules.is_paused(until, date(2026, 12, 3)) is paused


def test_a_pause_is_shorter_than_what_happened_is_kept():
    assert timedelta(weeks=max(rules.PAUSES)) < rules.KEEP_HAPPENINGS


@pytest.mark.parametrize(
    ("letters", "count"),
    [([], 0), ([99_999], 1), ([12_000, 1], 1), ([11_999, 1], 2), ([1] * 20, 20), ([1] * 21, 20)],
)
def test_how_much_fits_in_a_mail(letters, count):
    assert rules.how_many_fit(letters) == count
