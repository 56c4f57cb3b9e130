"""Until when somebody may act along."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from meedoen.people.along import rules

TODAY = date(2026, 12, 3)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bond:
    helper_id: int | None = 1
    ended_at: datetime | None = None
    ends_on: date = TODAY


@pytest.mark.parametrize(
    ("bond", "holds"),
    [
        (Bond(), True),
        (Bond(ends_on=TODAY - DAY), False),
        (Bond(helper_id=None), False),
        (Bond(ended_at=datetime(2026, 12, 1, tzinfo=UTC)), False),
    ],
)
def test_it_holds_from_the_yes_to_the_last_day(bond, holds):
    assert rules.holds(bond, today=TODAY) is holds


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (365, True), (731, True), (732, False)])
def test_the_last_day_is_not_past_and_not_far(days, fits):
    assert rules.fits(TODAY + days * DAY, today=TODAY) is fits
