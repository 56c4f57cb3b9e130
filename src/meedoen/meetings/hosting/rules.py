"""When a host notes who is there, and how that stands. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta
from enum import StrEnum

from meedoen.meetings.attending.rules import Seen as Seen
from meedoen.meetings.attending.rules import State, Way

NOTED_BEFORE = timedelta(days=1)  # who builds up the day before tries it out
NOTED_AFTER = timedelta(days=30)  # to finish the list; later nobody knows
MAX_ONCE_LENGTH = 40
MAX_SUBJECT_LENGTH = 100  # characters; with the title behind it a mail shows both
BADGES_AT_ONCE = 400  # in one file, fifty pages: it is made while somebody waits
MAX_TEXT_LENGTH = 5_000  # a mail of some ten paragraphs; what is longer belongs on the page
MAX_CIRCULARS = 5  # of one meeting in a day: who gets more stops reading
WRITTEN_AFTER = timedelta(days=30)  # of the end: they gave their address for this meeting, and that was it


class Made(StrEnum):
    """How somebody came on the list through a host."""

    DOOR = "deur"
    PHONE = "telefoon"


class Did(StrEnum):
    """What a host did for who called, after they were signed up."""

    CHANGED = "veranderd"
    CANCELLED = "afgemeld"
    CAME_BACK = "terug"
    ACCEPTED = "plek"
    QUEUED = "wacht"


class To(StrEnum):
    """To whom a host writes; stored in Dutch, as it stands in addresses."""

    ALL = "allen"
    ROOM = "zaal"
    ONLINE = "online"
    WAITING = "wachtlijst"


TOLD = (State.PLACED, State.WAITING, State.OFFERED)  # who let an offer go by does not wait any more


def reaches(to: To, *, state: State, way: Way) -> bool:
    """Whether a letter to these goes to somebody who comes in this way; ``reading.receivers`` is the same in SQL."""
    if to == To.ALL:
        return state in TOLD
    if to == To.WAITING:
        return state in (State.WAITING, State.OFFERED)
    return state == State.PLACED and way == Way(to)


def parts(count: int) -> list[tuple[int, int]]:
    """(first, last) of each file of badges, counted from one."""
    return [(first, min(first + BADGES_AT_ONCE - 1, count)) for first in range(1, count + 1, BADGES_AT_ONCE)]


def may_note(*, starts_at: datetime | None, ends_at: datetime | None, is_off: bool, now: datetime) -> bool:
    """Whether it is the time to note who is there; never at a meeting that is not held."""
    if starts_at is None or ends_at is None or is_off:
        return False
    return starts_at - NOTED_BEFORE <= now < ends_at + NOTED_AFTER


def may_write(*, ends_at: datetime | None, now: datetime) -> bool:
    """Whether those who come, or came, can still be written to."""
    return ends_at is None or now < ends_at + WRITTEN_AFTER


def may_be_absent(*, starts_at: datetime | None, now: datetime) -> bool:
    """Whether somebody can have stayed away: before it began they may yet come."""
    return starts_at is not None and starts_at <= now
