"""Who may read, write and change what in a conversation, and for how long. Pure: no database, no clock, no request."""

import math
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

MAX_TEXT_LENGTH = 10_000  # characters: five pages; longer is a document, and has its own place
PAGE_SIZE = 20  # contributions on a page (decisions 11)
PAGES_AROUND = 2  # pages named at each side of the one that is read
WAITS_LOOKED_AT = timedelta(days=30)  # of how long back the usual wait is told
WAITS_NEEDED = 3  # fewer say nothing about the next one
SINCE = "%Y%m%dT%H%M"  # UTC, in an address
MAX_MENTIONS = 5  # people named in one contribution; what is for more is for who follows the thread
MENTIONS_OFFERED = 20  # people to choose from; a longer list is a search, and no choice
MENTIONS_LOOKED_BACK = 60  # contributions in which those are looked for, so that a long thread costs no more
PUT_BACK_BY_MAIL = timedelta(days=30)  # since it was taken away
HAPPENING = "contribution-"  # what it begins with to followers, before its key
UNDO_WINDOW = timedelta(minutes=10)  # a slip can be taken back before anybody is mailed about it (decisions 5)


class State(StrEnum):
    """Where a contribution stands."""

    SHOWN = "shown"
    WAITING = "waiting"  # the first of somebody new: the team looks first
    HIDDEN = "hidden"  # out of sight until the team has looked again
    ASKED = "asked"  # back with its writer, whom the team asked to change it
    REMOVED = "removed"  # by the team, with a reason
    RETRACTED = "retracted"  # by its writer, who can put it back


FOR_THE_TEAM = frozenset({State.WAITING, State.HIDDEN})  # the team has to look


class HasState(Protocol):
    """What a rule needs to know of a contribution."""

    state: str
    text: str
    created_at: datetime


class Written(Protocol):
    """What a rule needs to know of a contribution and who wrote it."""

    state: str
    person_id: int


class Somebody(Protocol):
    """What a rule needs to know of a person."""

    pk: int


def may_be_read(contribution: HasState) -> bool:
    """Whether everybody may read the words; of the others a thread says only that something stood there."""
    return contribution.state == State.SHOWN


def state_of_new(*, is_trusted: bool, looks_like_spam: bool) -> State:
    """Whether a new contribution stands at once or waits for the team (MO5)."""
    return State.SHOWN if is_trusted and not looks_like_spam else State.WAITING


def may_be_changed_by_writer(contribution: HasState) -> bool:
    """What waits, stands or has to be changed can be changed; what the team took away cannot."""
    return contribution.state in (State.SHOWN, State.WAITING, State.ASKED)


def may_be_taken_away_by_writer(contribution: HasState) -> bool:
    """What can be changed, and what is out of sight until the team looked: nobody has to let their words come back."""
    return may_be_changed_by_writer(contribution) or contribution.state == State.HIDDEN


def may_be_put_back_by_writer(contribution: HasState) -> bool:
    """What its writer took away, its writer can put back."""
    return contribution.state == State.RETRACTED


def state_when_put_back(before: State, *, away_for: timedelta | None, has_news: bool, is_reported: bool) -> State:
    """Where it goes that its writer puts back: where it was, or to the team first, so that nobody gets round it.

    ``has_news``: the team decided about it since, or somebody whose address is proven reported it. ``is_reported``: a
    report is open, which counts for what was away longer than a slip. ``away_for``: None where nobody knows.
    """
    if before != State.SHOWN:
        return before
    was_slip = away_for is not None and away_for < UNDO_WINDOW
    waits = away_for is None or has_news or (is_reported and not was_slip)
    return State.WAITING if waits else before


def may_be_put_back_by_mail(away_for: timedelta | None) -> bool:
    """An old mail may lie in a mailbox that is another's by now; on the site it can always be put back."""
    return away_for is not None and away_for < PUT_BACK_BY_MAIL


def may_be_thanked(contribution: Written, person: Somebody) -> bool:
    """Everybody thanks for what can be read and is not their own."""
    return contribution.state == State.SHOWN and contribution.person_id != person.pk


def is_within_undo(contribution: HasState, now: datetime) -> bool:
    """Whether it is so new that nobody was told of it yet; a change now leaves no history."""
    return now - contribution.created_at < UNDO_WINDOW


def page_of(number: int) -> int:
    """The page on which a contribution stands, for ever (decisions 11)."""
    return math.ceil(number / PAGE_SIZE)


def pages_named(page: int, page_count: int) -> list[int]:
    """The pages to turn to from ``page``: the first, the last and those around it; 0 stands for a gap.

    Links to hundreds of pages are a wall for who listens.
    """
    near = range(page - PAGES_AROUND, page + PAGES_AROUND + 1)
    named = [number for number in range(1, page_count + 1) if number in near or number in (1, page_count)]
    told: list[int] = []
    for number in named:
        if told and number > told[-1] + 1:
            told.append(number - 1 if number == told[-1] + 2 else 0)
        told.append(number)
    return told


def anchor_of(number: int) -> str:
    """The id of the place of a contribution on its page."""
    return f"reactie-{number}"


def number_at(url: str) -> str:
    """The number in its thread of the contribution at an address; nothing of any other address."""
    _page, _hash, number = url.rpartition(f"#{anchor_of(0)[:-1]}")
    return number if number.isdecimal() else ""


def happening_mark(number: int) -> str:
    """By which mark followers hear of the contribution with this key."""
    return f"{HAPPENING}{number}"


def number_in_mark(mark: str) -> str:
    """The key of the contribution that they hear of by ``mark``; nothing where that is something else."""
    return mark.removeprefix(HAPPENING) if mark.startswith(HAPPENING) else ""


def since_of(text: str) -> datetime:
    """The moment that an address carries, to the minute. Raises ``ValueError`` for anything else."""
    return datetime.strptime(text, SINCE).replace(tzinfo=UTC)


def since_text(at: datetime) -> str:
    """``at`` as an address carries it; the minute that it is in counts as new."""
    return at.astimezone(UTC).strftime(SINCE)


def numbers_on(page: int) -> tuple[int, int]:
    """The lowest and the highest number of a page."""
    return (page - 1) * PAGE_SIZE + 1, page * PAGE_SIZE
