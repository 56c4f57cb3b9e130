"""Who is told of what, and when. Pure: no database, no clock, no request."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

TELL_AFTER = timedelta(minutes=10)  # a slip can be taken back before anybody is mailed about it (decisions 5)
MAX_NOTICES_PER_DAY = 8  # to one address; what comes after waits for the next morning's mail (EM4)
MORNING = time(7, 0)  # when the mail of a day or a week is made
WEEKDAY = 0  # Monday: the mail of a week
KEEP_HAPPENINGS = timedelta(days=60)  # longer than the longest rhythm and pause, so that nobody misses one
PAUSES = (1, 2, 4, 8)  # weeks without mail; the longest is shorter than what happened is kept
MAX_IN_ONE_MAIL = 20  # happenings; a longer list is read on the site
MAX_LETTERS_IN_ONE_MAIL = 12_000  # of what others wrote: some ten minutes of reading
PAGE_SIZE = 20  # happenings on one page
ONE_LOOK = timedelta(minutes=30)  # who opens the list again within this time still sees what was new
UNDO_ALL = timedelta(days=1)  # how long a change of all that somebody follows can be undone at once
UNDO_BY_WORD = timedelta(days=30)  # how long a word by mail turns back one change; later it may mean something else
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_KEY = re.compile(r"(\d{1,18})-(\d{1,15})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Rhythm(StrEnum):
    """How often somebody wants to hear of what they follow."""

    EACH = "meteen"
    DAILY = "dag"
    WEEKLY = "week"
    SITE = "site"  # no mail: it stands on their own page
    NEVER = "nooit"  # stopped; kept, so that stopping can be undone


BY_MAIL = (Rhythm.EACH, Rhythm.DAILY, Rhythm.WEEKLY)


def may_be_undone(changed_at: datetime | None, now: datetime, *, within: timedelta = UNDO_BY_WORD) -> bool:
    """Whether a word by mail may still turn back what was changed then."""
    return changed_at is not None and now - changed_at <= within


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


def next_morning(now: datetime) -> datetime:
    """The first morning after ``now``."""
    return datetime.combine(last_moment(Rhythm.DAILY, now).date() + timedelta(days=1), MORNING, tzinfo=AMSTERDAM)


def pause_end(weeks: int, today: date) -> date:
    """The last day without mail of a pause that begins today."""
    return today + timedelta(weeks=weeks)


def is_paused(paused_until: date | None, today: date) -> bool:
    """Whether a pause goes on; its last day counts."""
    return paused_until is not None and today <= paused_until


def how_many_fit(letters: list[int]) -> int:
    """How many happenings, of which the texts are so long, one mail tells; the rest is counted. At least one."""
    total = 0
    for count, length in enumerate(letters[:MAX_IN_ONE_MAIL]):
        total += length
        if count and total > MAX_LETTERS_IN_ONE_MAIL:
            return count
    return min(len(letters), MAX_IN_ONE_MAIL)
