"""What holds for answers about a meeting and for its figures: when is asked, what may be shown. Pure."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from meedoen.kernel.clock import local_date, moment_of

ASKED_AT = 10  # o'clock on the day after the end, here: when people read their mail
ASKED_WITHIN = datetime.timedelta(days=14)  # of the end: later, as when mail stood still, nobody remembers
OPEN = datetime.timedelta(days=60)  # after the end: until when is answered
KEEP_TICKETS = datetime.timedelta(days=365)  # after the end: until then the link says that it is too late
KEEP_WORDS = datetime.timedelta(days=365)  # after the end; the counts stay
MAX_WORDS = 1000  # characters of an answer in one's own words
LEAST = 5  # people in a number that is shown: of fewer it tells who they are, for who knows who came

Name = TypeVar("Name")


class TookPart(StrEnum):
    """Whether somebody could take part fully; stored in Dutch, as the organiser reads it."""

    FULLY = "ja"
    PARTLY = "deels"
    NOT = "nee"


class Use(StrEnum):
    """Whether it was of use."""

    MUCH = "veel"
    SOME = "een-beetje"
    NONE = "niet"


def asked_at(ends_at: datetime.datetime) -> datetime.datetime:
    """When is asked how a meeting was: the morning after the day on which it ended."""
    return moment_of(local_date(ends_at) + datetime.timedelta(days=1), datetime.time(ASKED_AT))


def is_time_to_ask(ends_at: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether who was there is asked now."""
    return asked_at(ends_at) <= now < ends_at + ASKED_WITHIN


def takes_answers(ends_at: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Whether answers are taken."""
    return ends_at is not None and ends_at <= now < ends_at + OPEN


def shown(counts: Mapping[Name, int]) -> dict[Name, int | None]:
    """What may be told of how many gave each answer; None is fewer than five.

    Nobody gave it is told as 0: that is about nobody. Where there are fewer than five answers in all, nothing is told.
    The whole is never told beside these; yet, for who knows it from elsewhere, what is left out is always more than one
    number, and five people or more: the smallest of the others go with it.
    """
    if sum(counts.values()) < LEAST:
        return dict.fromkeys(counts)
    left_out = {name for name, count in counts.items() if 0 < count < LEAST}
    others = sorted((name for name, count in counts.items() if count >= LEAST), key=lambda name: -counts[name])
    while left_out and others and (len(left_out) == 1 or sum(counts[name] for name in left_out) < LEAST):
        left_out.add(others.pop())
    return {name: None if name in left_out else count for name, count in counts.items()}
