"""Who contests a fact, and what they can do with it. Pure."""

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

from meedoen.municipalities.facts.rules import For

MAX_CHANGES_PER_DAY = 100  # by one person: more than any municipality has facts


class Deed(StrEnum):
    """What somebody did with a fact."""

    WITHDRAW = "withdraw"
    PUT_BACK = "put back"
    CORRECT = "correct"
    AS_SOURCE = "as source"  # took the correction back


class Somebody(Protocol):
    """What a rule needs to know of who asks."""

    is_team: bool


def contests_for(person: Somebody | None, municipality: int, *, contact_of: Collection[int]) -> For | None:
    """For whom ``person`` may contest what is said of a municipality; None: not at all."""
    if person is None:
        return None
    if municipality in contact_of:
        return For.CONTACT
    return For.TEAM if person.is_team else None
