"""Who may report, decide and object, on what, and for how long. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from meedoen.conversation.rules import HasState, State
from meedoen.kernel.identifiers import content_mark

MAX_REASON_LENGTH = 1_000  # characters
MAX_REPORT_LENGTH = MAX_OBJECTION_LENGTH = 2_000  # characters
OBJECTION_TIME = timedelta(days=184)  # DSA art. 20: at least six months
REPORTS_TO_HIDE = 3  # confirmed ones, each from another network and another person (decisions 7)
MAX_REPORTS_PER_NETWORK_HOUR = 10  # a class that reads together may report; a robot's flood ends here
MAX_ALARMS_PER_DAY = 20  # mails to each of the team about danger; beyond, the desk itself says it
KEEP_REPORTS = timedelta(days=365)  # after the decision: objections take half a year, and then some
KEEP_NETWORK = timedelta(days=30)  # of a report: counting where reports come from needs no longer
KEEP_SUSPECTS = timedelta(days=30)  # what looks like a robot's advertising and nobody placed (DSA art. 17(2))
PAUSES = (7, 30, 90)  # days


class Deed(StrEnum):
    """What can be decided, about what somebody wrote, about somebody, or about a report on a page of ours."""

    APPROVE = "approve"  # show what waited or was hidden
    KEEP = "keep"  # leave what was reported as it is
    HIDE = "hide"  # out of sight until there is a decision that stays
    ASK = "ask"  # back to its writer, with what has to change
    REMOVE = "remove"
    RESTORE = "restore"  # bring back what was removed
    WARN = "warn"
    PAUSE = "pause"
    BAN = "ban"
    LIFT = "lift"  # end a pause or a ban
    ANSWER = "answer"  # a report on a page that is ours


class Ground(StrEnum):
    """The rule or law that a decision rests on: the lines of /spelregels/; or what there is yet to be made clear."""

    UNKIND = "onvriendelijk"
    DISCRIMINATION = "discriminatie"
    PERSONAL_DATA = "gegevens"
    ADVERTISING = "reclame"
    SOMEBODY_ELSES = "van-een-ander"
    UNLAWFUL = "wet"
    UNCLEAR = "onduidelijk"  # no rule that was broken; only to ask for a change


class Concern(StrEnum):
    """What somebody who reports says is wrong; the grounds, and what is no ground of ours to remove."""

    DANGER = "gevaar"
    UNKIND = "onvriendelijk"
    DISCRIMINATION = "discriminatie"
    PERSONAL_DATA = "gegevens"
    ADVERTISING = "reclame"
    SOMEBODY_ELSES = "van-een-ander"
    UNLAWFUL = "wet"
    OTHER = "anders"


class Found(StrEnum):
    """How it came that somebody decided; a statement of reasons says it (DSA art. 17)."""

    FIRST = "eerste"  # each first contribution is read
    REPORT = "melding"
    TEAM = "team"
    SCORED = "punten"  # it looked like advertising, so that a program held it
    COUNTED = "geteld"  # several reports hid it, without a human yet
    OBJECTION = "bezwaar"


URGENT = frozenset({Concern.DANGER, Concern.UNLAWFUL})  # the team hears of these at once

# From which states each deed about a contribution leads where; anything else was decided or changed meanwhile.
DEEDS: dict[Deed, tuple[frozenset[State], State | None]] = {
    Deed.APPROVE: (frozenset({State.WAITING, State.HIDDEN, State.ASKED}), State.SHOWN),
    Deed.KEEP: (frozenset({State.SHOWN, State.RETRACTED, State.REMOVED, State.ASKED}), None),
    Deed.HIDE: (frozenset({State.SHOWN}), State.HIDDEN),
    Deed.ASK: (frozenset({State.WAITING, State.HIDDEN, State.SHOWN}), State.ASKED),
    Deed.REMOVE: (
        frozenset({State.WAITING, State.HIDDEN, State.SHOWN, State.ASKED, State.RETRACTED}),
        State.REMOVED,
    ),
    Deed.RESTORE: (frozenset({State.REMOVED}), State.SHOWN),
}
MEASURES = (Deed.WARN, Deed.PAUSE, Deed.BAN)  # about a person
RESTRICTING = frozenset({Deed.HIDE, Deed.ASK, Deed.REMOVE, *MEASURES})  # need a ground and a reason
APPROVING = frozenset({Deed.APPROVE, Deed.KEEP, Deed.RESTORE})  # the team looked, and it may stand
# What turns a decision round when an objection is right.
REVERSALS = {
    Deed.APPROVE: Deed.REMOVE,
    Deed.KEEP: Deed.REMOVE,
    Deed.RESTORE: Deed.REMOVE,
    Deed.HIDE: Deed.APPROVE,
    Deed.ASK: Deed.APPROVE,
    Deed.REMOVE: Deed.RESTORE,
    Deed.PAUSE: Deed.LIFT,
    Deed.BAN: Deed.LIFT,
}


class Moderator(Protocol):
    """What a rule needs to know of who decides."""

    pk: int
    is_team: bool


class Decided(Protocol):
    """What a rule needs to know of a decision."""

    deed: str
    decided_at: datetime
    decided_by_id: int | None


class Measured(Protocol):
    """What a rule needs to know of somebody about whom is decided."""

    pk: int
    is_team: bool
    paused_until: datetime | None
    banned_at: datetime | None
    erased_at: datetime | None


def may_decide(deed: Deed, contribution: HasState, *, is_reported: bool = False) -> bool:
    """Whether the deed still fits where the contribution stands; leaving it as it is answers reports only."""
    if deed not in DEEDS or contribution.state not in DEEDS[deed][0]:
        return False
    return is_reported if deed == Deed.KEEP else bool(contribution.text)


def may_moderate(moderator: Moderator, person_id: int | None) -> bool:
    """The team decides; about one's own words a colleague does."""
    return moderator.is_team and moderator.pk != person_id


def may_measure(deed: Deed, person: Measured, *, now: datetime) -> bool:
    """Whether the measure changes anything for this person. A member of the team leaves the team first."""
    if person.erased_at or person.is_team:
        return False
    is_paused = bool(person.paused_until and person.paused_until > now)
    return {
        Deed.WARN: not person.banned_at,
        Deed.PAUSE: not person.banned_at and not is_paused,
        Deed.BAN: not person.banned_at,
        Deed.LIFT: bool(person.banned_at) or is_paused,
    }.get(deed, False)


def may_write(person: Measured, *, now: datetime) -> bool:
    """Whether the team lets this person write now, and lets their reports count."""
    return not person.banned_at and not (person.paused_until and person.paused_until > now)


def hides(*, networks: int, people: int, is_shown: bool, is_approved: bool) -> bool:
    """Whether confirmed reports take a contribution out of sight until the team looked (decisions 7)."""
    return is_shown and not is_approved and min(networks, people) >= REPORTS_TO_HIDE


def may_object(decision: Decided, *, now: datetime) -> bool:
    """Whether the time to object still runs."""
    return now - decision.decided_at < OBJECTION_TIME


def may_settle(moderator: Moderator, decision: Decided, *, person_id: int | None, objector_id: int | None) -> bool:
    """Somebody else of the team than who decided or objects looks again; what a count decided anybody else may."""
    return may_moderate(moderator, person_id) and moderator.pk not in (decision.decided_by_id, objector_id)


def mark_of(text: str) -> str:
    """What a page of the team carries of the words it showed, so that a decision is about those words only."""
    return content_mark(text.encode())
