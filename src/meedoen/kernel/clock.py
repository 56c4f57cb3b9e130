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
    tomorrow = local_date(moment) + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), tzinfo=timezone.get_current_timezone())
