"""When who is there can be noted."""

from datetime import UTC, datetime, timedelta

import pytest

from meedoen.meetings.hosting import rules

START = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
END = START + timedelta(hours=2)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (START - timedelta(days=1, seconds=1), False),
        (START - timedelta(days=1), True),
        (END, True),
        (END + timedelta(days=30) - timedelta(seconds=1), True),
        (END + timedelta(days=30), False),
    ],
)
def test_who_is_there_is_noted_from_the_day_before_to_a_month_after(now, may):
    assert rules.may_note(starts_at=START, ends_at=END, is_off=False, now=now) is may


def test_nobody_is_there_when_it_is_not_held_or_has_no_day():
    assert not rules.may_note(starts_at=START, ends_at=END, is_off=True, now=START)
    assert not rules.may_note(starts_at=None, ends_at=None, is_off=False, now=START)


@pytest.mark.parametrize(
    ("now", "may"), [(END + timedelta(days=30) - timedelta(seconds=1), True), (END + timedelta(days=30), False)]
)
def test_who_came_is_written_to_until_a_month_after(now, may):
    assert rules.may_write(ends_at=END, now=now) is may
    assert rules.may_write(ends_at=None, now=now)


@pytest.mark.parametrize(("now", "may"), [(START - timedelta(seconds=1), False), (START, True)])
def test_nobody_stayed_away_before_it_began(now, may):
    assert rules.may_be_absent(starts_at=START, now=now) is may
