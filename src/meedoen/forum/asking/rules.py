"""When others are asked, whom, and how often. Pure: no database, no clock, no request."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

ASK_AFTER = timedelta(days=3)  # without an answer (FR7)
MUNICIPALITIES_ASKED = 3  # at most, for one question
NOT_SOONER_THAN = timedelta(days=7)  # between two questions to the same person: they have an hour a week
REST = timedelta(days=30)  # after "not now"
LOAD_LOOKED_AT = timedelta(days=90)  # of how often somebody was asked, to share it out


MAX_NO_WORDS = 12  # a longer text says more than that somebody does not know
# Of a text as ``fold`` leaves it: that somebody does not know, is not the one to ask, or cannot now.
_NO = re.compile(
    r"\bgeen (?:flauw )?idee\b|\b(?:weet|weten|wisten)\b.*\b(?:niet|niets|niks)\b"
    r"|\bwerk\b.*\bniet\b|\bverkeerde (?:persoon|adres|mens)\b|\bniet de (?:juiste|goede)\b|\b(?:daar|hier) ga(?:an)? (?:ik|wij|we) niet over\b"
    r"|\bgeen (?:tijd|ervaring|verstand)\b|\b(?:op|met) (?:vakantie|verlof)\b|^(?:nu|nog) niet\b|^later\b.*\b(?:ik|wij|we)\b"
)
_GOES_ON = re.compile(r"\b(?:maar|wel|misschien|probeer|kijk|vraag|bel|mail|toen|kwam)\b")


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


def says_no(said: str) -> bool:
    """Whether a short text, as ``fold`` leaves it, says no more than that somebody has no answer, or none now."""
    return len(said.split()) <= MAX_NO_WORDS and bool(_NO.search(said)) and not _GOES_ON.search(said)


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
