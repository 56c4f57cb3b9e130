"""When others are asked, whom, and how often. Pure: no database, no clock, no request."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

ASK_AFTER = timedelta(days=3)  # without an answer (FR7)
MUNICIPALITIES_ASKED = 3  # at most, for one question
NOT_SOONER_THAN = timedelta(days=7)  # between two questions to the same person: they have an hour a week
REST = timedelta(days=30)  # after "not now"
LOAD_LOOKED_AT = timedelta(days=90)  # of how often somebody was asked, to share it out


class Answer(StrEnum):
    """What somebody who was asked said."""

    NONE = ""
    LATER = "nu-niet"
    STOP = "stop"


class Known(Protocol):
    """What a rule needs to know of who may be asked."""

    municipality_id: int
    asked_count: int


K = TypeVar("K", bound=Known)


def chosen(known: Iterable[K], *, but: int | None, alike: Sequence[int] = ()) -> list[K]:
    """Whom to ask: one of each municipality, not of the one that asks itself.

    Municipalities in ``alike`` shared something that resembles the question, the most alike first, and go before
    others; of those the least asked first.
    """
    found: dict[int, K] = {}
    rank = {municipality: place for place, municipality in enumerate(alike)}
    for each in sorted(known, key=lambda one: (rank.get(one.municipality_id, len(rank)), one.asked_count)):
        if each.municipality_id != but:
            found.setdefault(each.municipality_id, each)
    return list(found.values())[:MUNICIPALITIES_ASKED]


def days_waited(asked_on: date, today: date) -> int:
    """The days that a question waits; 0 on the day itself, also when a clock was set back."""
    return max(0, (today - asked_on).days)
