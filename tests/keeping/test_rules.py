"""Which backups stay, when one is due, and what they are called."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from meedoen.keeping import rules

NOW = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_of_two_years_of_nights_seven_days_five_weeks_and_twelve_months_stay():
    nights = [NOW - number * DAY for number in range(730)]
    stay = sorted(rules.kept(nights), reverse=True)
    assert [f"{moment:%Y-%m-%d}" for moment in stay] == [
        "2026-12-03", "2026-12-02", "2026-12-01", "2026-11-30", "2026-11-29", "2026-11-28", "2026-11-27",  # days
        "2026-11-22", "2026-11-15", "2026-11-08",  # Sundays, the last of their weeks; this week and the one before are above
        "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30",
        "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31",  # this month and November are above
    ]  # fmt: skip


def test_of_one_day_the_newest_stays():
    early, late = NOW, NOW + timedelta(hours=5)
    assert rules.kept([early, late]) == {late}


def test_after_a_long_silence_nothing_is_lost():
    old = [NOW - 400 * DAY, NOW - 800 * DAY]
    assert rules.kept(old) == set(old)


def test_what_is_too_old_goes_also_when_months_lie_between():
    week = [NOW - number * DAY for number in range(7)]
    years = [NOW - 390 * DAY, NOW - 406 * DAY, NOW - 407 * DAY, NOW - 800 * DAY]
    assert rules.kept([*week, *years]) - set(week) == {NOW - 390 * DAY, NOW - 406 * DAY}
    assert rules.kept(week) - set(week) == set()


def test_a_clock_that_is_years_ahead_for_a_night_takes_nothing_away():
    week = [NOW - number * DAY for number in range(7)]
    ahead, month = NOW + 3000 * DAY, NOW - 100 * DAY
    assert rules.kept([ahead, *week, month]) == {ahead, *week[:6], month}
    assert rules.MAX_AGE + 31 * DAY < rules.KEEP_ERASURES


def test_a_day_is_one_of_the_netherlands():
    before, after = datetime(2026, 12, 2, 22, 59, tzinfo=UTC), datetime(2026, 12, 2, 23, 1, tzinfo=UTC)
    assert rules.kept([before, after]) == {before, after}


@pytest.mark.parametrize("hours", [1, 7, 23, 25, 100, 169, 1000])
def test_the_newest_always_stays_no_more_than_the_rule_has_and_twice_is_once(hours):
    found = [NOW - timedelta(hours=hours * number) for number in range(400)]
    stay = rules.kept(found)
    assert stay <= set(found)
    assert len(stay) <= rules.DAILY + rules.WEEKLY + rules.MONTHLY
    assert NOW in stay
    assert rules.kept(stay) == stay
    assert rules.kept([]) == set()


def test_thinned_each_night_there_are_as_many_as_thinned_once():
    nightly: set[datetime] = set()
    nights = [NOW - number * DAY for number in reversed(range(800))]
    for night in nights:
        nightly = rules.kept({*nightly, night})
    assert nightly == rules.kept(nights)


def test_a_name_tells_its_moment_and_other_files_are_left_alone():
    name = rules.name_of(NOW)
    assert (name, rules.moment_of(name)) == ("meedoen-20261203T020000Z.tar.age", NOW)
    for other in ("erasures", "meedoen-20261303T020000Z.tar.age", f"{name}.part", f".{name}-12", "report.json"):
        assert rules.moment_of(other) is None


@pytest.mark.parametrize(
    ("at", "newest", "clock", "due"),
    [
        (time(3), None, "2026-12-03 02:59", False),
        (time(3), None, "2026-12-03 03:00", True),
        (time(3), "2026-12-02 03:00", "2026-12-03 14:00", True),
        (time(3), "2026-12-03 03:00", "2026-12-03 14:00", False),
        (time(3), "2026-12-03 00:10", "2026-12-03 03:00", True),
        (time(3), "2026-12-03 03:01", "2026-12-03 03:02", False),
        (time(2, 30), "2027-03-28 01:30", "2027-03-28 03:00", True),  # the hour that is skipped
        (time(2, 30), "2026-10-25 02:40", "2026-10-25 03:30", False),  # the hour that comes twice
        (None, None, "2026-12-03 14:00", False),
    ],
)
def test_when_one_is_due(at, newest, clock, due):
    def moment(said):
        return said and datetime.fromisoformat(said).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))

    assert rules.is_due(at, newest=moment(newest), local=moment(clock)) is due


def test_a_missed_night_is_not_stale_and_two_are():
    assert not rules.is_stale(NOW - timedelta(hours=30), now=NOW)
    assert rules.is_stale(NOW - timedelta(hours=50), now=NOW)
    assert rules.is_stale(None, now=NOW)
