"""How long somebody may act along, and when. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

USUAL_TIME = timedelta(days=365)  # what the form begins with: long enough not to be asked all the time
LONGEST_TIME = timedelta(days=731)  # two years: who helps changes, and a forgotten helper can still write
ASK_AGAIN = timedelta(days=14)  # before the end: time for a mail to be read aloud to somebody
MAX_INVITES_PER_DAY = 5  # by one person: each mails somebody who did not ask for it
HISTORY_LIFE = timedelta(days=365)  # how long it can be looked up who helped with what after it ended


class What(StrEnum):
    """What can be done along; everything else only oneself."""

    WRITE = "write"
    FOLLOW = "follow"
    REPORT = "report"


class Bond(Protocol):
    """What a rule needs to know of it."""

    helper_id: int | None
    ended_at: datetime | None
    ends_on: date


def holds(bond: Bond, *, today: date) -> bool:
    """Whether the supporter may act along today; the last day counts."""
    return bond.helper_id is not None and bond.ended_at is None and bond.ends_on >= today


def fits(ends_on: date, *, today: date) -> bool:
    """Whether somebody may choose this day as the last one."""
    return today <= ends_on <= today + LONGEST_TIME
