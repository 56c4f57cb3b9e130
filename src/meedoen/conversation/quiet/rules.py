"""How long it may be quiet. Pure: no database, no clock, no request."""

from datetime import date, timedelta

LONGEST = timedelta(days=60)  # a summer and some; longer is a site that closed


def may_last_until(last_day: date, today: date) -> bool:
    """A day that is not over yet, and not further away than anybody plans."""
    return today <= last_day <= today + LONGEST
