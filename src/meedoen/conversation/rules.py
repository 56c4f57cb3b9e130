"""Who may read, write and change what in a conversation, and for how long. Pure: no database, no clock, no request."""

import hashlib
import math
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

MAX_TEXT_LENGTH = 10_000  # characters: five pages; longer is a document, and has its own place
PAGE_SIZE = 20  # contributions on a page (decisions 11)
WAITS_LOOKED_AT = timedelta(days=30)  # of how long back the usual wait is told
WAITS_NEEDED = 3  # fewer say nothing about the next one
UNDO_WINDOW = timedelta(minutes=10)  # a slip can be taken back before anybody is mailed about it (decisions 5)


class State(StrEnum):
    """Where a contribution stands."""

    SHOWN = "shown"
    WAITING = "waiting"  # the first of somebody new: the team looks first
    HIDDEN = "hidden"  # out of sight until the team has looked again
    REMOVED = "removed"  # by the team, with a reason
    RETRACTED = "retracted"  # by its writer, who can put it back


class Deed(StrEnum):
    """What the team can decide about a contribution."""

    APPROVE = "approve"  # show what waited or was hidden
    REMOVE = "remove"
    RESTORE = "restore"  # bring back what was removed


class Ground(StrEnum):
    """The rule or law that a removal rests on: the lines of /spelregels/."""

    UNKIND = "onvriendelijk"
    DISCRIMINATION = "discriminatie"
    PERSONAL_DATA = "gegevens"
    ADVERTISING = "reclame"
    SOMEBODY_ELSES = "van-een-ander"
    UNLAWFUL = "wet"


# From which states each deed leads where; anything else was decided or changed meanwhile.
DEEDS: dict[Deed, tuple[frozenset[State], State]] = {
    Deed.APPROVE: (frozenset({State.WAITING, State.HIDDEN}), State.SHOWN),
    Deed.REMOVE: (frozenset({State.WAITING, State.HIDDEN, State.SHOWN}), State.REMOVED),
    Deed.RESTORE: (frozenset({State.REMOVED}), State.SHOWN),
}
OBJECTION_TIME = timedelta(days=183)  # DSA art. 20: at least six months
MAX_REASON_LENGTH = 1_000  # characters


def may_decide(deed: Deed, contribution: "HasState") -> bool:
    """Whether the deed still fits where the contribution stands."""
    return bool(contribution.text) and contribution.state in DEEDS[deed][0]


def may_moderate(person: "Moderator", contribution: "Written") -> bool:
    """The team decides; about one's own words a colleague does."""
    return person.is_team and person.pk != contribution.person_id


def mark_of(text: str) -> str:
    """What a page of the team carries of the words it showed, so that a decision is about those words only."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Moderator(Protocol):
    """What a rule needs to know of who decides."""

    pk: int
    is_team: bool


class Written(Protocol):
    """What a rule needs to know of whose words it is about."""

    person_id: int


class HasState(Protocol):
    """What a rule needs to know of a contribution."""

    state: str
    text: str
    created_at: datetime


def may_be_read(contribution: HasState) -> bool:
    """Whether everybody may read the words; of the others a thread says only that something stood there."""
    return contribution.state == State.SHOWN


def state_of_new(*, is_trusted: bool, looks_like_spam: bool) -> State:
    """Whether a new contribution stands at once or waits for the team (MO5)."""
    return State.SHOWN if is_trusted and not looks_like_spam else State.WAITING


def may_be_changed_by_writer(contribution: HasState) -> bool:
    """What waits or stands can be changed; what the team took away cannot."""
    return contribution.state in (State.SHOWN, State.WAITING)


def may_be_put_back_by_writer(contribution: HasState) -> bool:
    """What its writer took away, its writer can put back."""
    return contribution.state == State.RETRACTED


def is_within_undo(contribution: HasState, now: datetime) -> bool:
    """Whether it is so new that nobody was told of it yet; a change now leaves no history."""
    return now - contribution.created_at < UNDO_WINDOW


def page_of(number: int) -> int:
    """The page on which a contribution stands, for ever (decisions 11)."""
    return math.ceil(number / PAGE_SIZE)
