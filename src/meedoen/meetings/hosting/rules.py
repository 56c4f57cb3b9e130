"""When a host notes who is there, and how that stands. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta
from enum import StrEnum

NOTED_BEFORE = timedelta(days=1)  # who builds up the day before tries it out
NOTED_AFTER = timedelta(days=30)  # to finish the list; later nobody knows
MAX_ONCE_LENGTH = 40


class Seen(StrEnum):
    """What a host knows of somebody; stored in Dutch, as it stands in addresses."""

    UNKNOWN = ""
    HERE = "er"
    ABSENT = "niet"


class Made(StrEnum):
    """How somebody came on the list through a host."""

    DOOR = "deur"
    PHONE = "telefoon"


def may_note(*, starts_at: datetime | None, ends_at: datetime | None, is_off: bool, now: datetime) -> bool:
    """Whether it is the time to note who is there; never at a meeting that is not held."""
    if starts_at is None or ends_at is None or is_off:
        return False
    return starts_at - NOTED_BEFORE <= now < ends_at + NOTED_AFTER


def may_be_absent(*, starts_at: datetime | None, now: datetime) -> bool:
    """Whether somebody can have stayed away: before it began they may yet come."""
    return starts_at is not None and starts_at <= now
