"""The time, asked in one place so that everything below can be handed it."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """The moment, aware, in UTC. Ask it in a view or a task and hand it down; rules and actions never ask."""
    return timezone.now()


def local_date(moment: datetime.datetime) -> datetime.date:
    """The date that people in the Netherlands call ``moment``."""
    return timezone.localtime(moment).date()


def next_local_day(moment: datetime.datetime) -> datetime.datetime:
    """When the next day begins in the Netherlands, also where a day has 23 or 25 hours."""
    return day_begins(local_date(moment) + datetime.timedelta(days=1))


def day_begins(day: datetime.date) -> datetime.datetime:
    """The first moment of a day in the Netherlands."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_current_timezone())


class NoSuchTime(ValueError):
    """The clock skips this time: it is put forward that night."""


def moment_of(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """The moment that people in the Netherlands mean; of an hour that comes twice, the first.

    Raises ``NoSuchTime`` for an hour that the clock skips.
    """
    meant = datetime.datetime.combine(day, time, tzinfo=timezone.get_default_timezone())
    moment = meant.astimezone(datetime.UTC)
    if moment.astimezone(meant.tzinfo).replace(tzinfo=None) != meant.replace(tzinfo=None):
        raise NoSuchTime(f"{meant:%H.%M} does not exist on {day.isoformat()}")
    return moment
