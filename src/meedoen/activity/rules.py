"""Who is told of what, and when. Pure: no database, no clock, no request."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

TELL_AFTER = timedelta(minutes=10)  # a slip can be taken back before anybody is mailed about it (decisions 5)
MAX_NOTICES_PER_DAY = 8  # to one address; what comes after waits for the next morning's mail (EM4)
MORNING = time(7, 0)  # when the mail of a day or a week is made
WEEKDAY = 0  # Monday: the mail of a week
KEEP_HAPPENINGS = timedelta(days=60)  # longer than the longest rhythm, so that nobody misses one
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Rhythm(StrEnum):
    """How often somebody wants to hear of what they follow."""

    EACH = "meteen"
    DAILY = "dag"
    WEEKLY = "week"
    NEVER = "nooit"  # stopped; kept, so that stopping can be undone


def last_moment(rhythm: Rhythm, now: datetime) -> datetime:
    """The latest moment at which a notice of that rhythm was due: every moment, this morning, Monday morning.

    Mornings are of the Netherlands, also on the days on which the clock changes.
    """
    if rhythm == Rhythm.EACH:
        return now
    local = now.astimezone(AMSTERDAM)
    day = local.date()
    if local.time() < MORNING:
        day -= timedelta(days=1)
    if rhythm == Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - WEEKDAY) % 7)
    return datetime.combine(day, MORNING, tzinfo=AMSTERDAM)
