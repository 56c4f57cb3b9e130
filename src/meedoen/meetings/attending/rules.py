"""What holds for who comes: ways to attend, who gets a place, and until when. Pure: no database, no clock, no request."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

from meedoen.meetings.organising.rules import INTERPRETERS_NEED
from meedoen.meetings.rules import Form, Need, Stage

MAX_TOGETHER = 6  # people who come as equals: a duo, or a small group from one municipality
MAX_NAME_WORDS, MAX_NAME_SIGNS = 4, 40  # of a name that is mailed to somebody who did not ask for it
_WORD_OF_NAME = re.compile(r"['’]?[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
MAX_COMPANIONS = 3  # people who help and take a chair: a supporter, and interpreters, who work in pairs
CANCEL_UNDO = timedelta(hours=1)  # a place is held after its person cancelled, or chose another (decisions 1)
INVITED = timedelta(days=7)  # for the other of a duo to confirm (decisions 9)
CHOOSING = timedelta(days=2)  # for who stays behind to come alone or with somebody else: the place is held
ANSWERING = timedelta(days=2)  # for who waits to take an offered place
LEAST_ANSWERING = timedelta(hours=2)  # however near the meeting: a mail has to be read
SHARE_LEFT = 4  # near the meeting an offer stands for a quarter of what is left
KEEP_ATTENDEES = timedelta(days=365)  # after the meeting: for questions, figures and what was agreed
DOOR_OPENS = timedelta(minutes=30)  # before the start: time to try sound and picture, and to ask for help
MAX_SIGN_UPS_PER_DAY = 20  # by one address: a care home signs up many, a robot more

MAX_PHONE_LENGTH = 16  # a plus and fifteen digits (ITU E.164)
LEAST_PHONE_DIGITS = 8  # of a number abroad; a Dutch one has ten
PHONE_MARKS = " -./()\u00a0\u2011\u2013"  # with which people write a number so that it reads well

HERE = ZoneInfo("Europe/Amsterdam")
FEW = 5  # of fewer people a number tells who they are, for who knows their names
A_FEW_DAYS = timedelta(days=4)  # for a caterer, a venue, somebody who helps: a weekend and two days of work
ARRANGE_BEFORE: Mapping[Need, timedelta] = {
    Need.SIGN_LANGUAGE: INTERPRETERS_NEED,
    Need.CAPTIONS: INTERPRETERS_NEED,  # who types along is as scarce
    Need.BRAILLE: timedelta(days=14),  # printed elsewhere, and mailed
    Need.LARGE_PRINT: timedelta(days=7),  # texts have to be ready, printed and mailed
}

Places = Counter["Way"]


class Way(StrEnum):
    """How somebody attends; stored in Dutch, since exports show it as it is."""

    ROOM = "zaal"
    ONLINE = "online"


class State(StrEnum):
    """How it stands with those who come together."""

    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"  # places are held for them until they answer
    LAPSED = "lapsed"  # they did not answer in time; the next were asked


class Seen(StrEnum):
    """What a host knows of somebody; stored in Dutch, as it stands in addresses."""

    UNKNOWN = ""
    HERE = "er"
    ABSENT = "niet"


class About(StrEnum):
    """What who has no e-mail is called about: what others are mailed, under the name of that mail."""

    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"
    LAPSED = "lapsed"
    CHANGED = "changed"
    REMINDER = "reminder"


class Reminder(StrEnum):
    """A mail before the start with all that somebody needs; it is part of the key by which each is sent once."""

    WEEK = "week"
    DAY = "day"
    HOUR = "hour"  # for who attends online: the way in is near at hand


# On the clock of people here, so that a mail of before the clock changed comes at the same time of the day.
REMINDED = {Reminder.WEEK: timedelta(days=7), Reminder.DAY: timedelta(days=1)}
REMINDED_BY_HOURS = {Reminder.HOUR: timedelta(hours=1)}
LOOKED_AHEAD = timedelta(days=8)  # further off nobody is reminded, whatever the clock does


HOLDING = (State.PLACED, State.OFFERED)
STANDING = (About.PLACED, About.WAITING, About.OFFERED, About.LAPSED)  # how it stands: the last of these is all to tell


def normalised_phone(written: str) -> str:
    """A telephone number without the marks between, a Dutch one as it is dialled here; empty for what is none."""
    digits = "".join(char for char in written.strip() if char not in PHONE_MARKS)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+31"):
        digits = f"0{digits[3:].removeprefix('0')}"  # also as people write it: +31 (0)6 …
    if not digits.removeprefix("+").isdecimal() or not digits.isascii():
        return ""
    if digits.startswith("+"):
        return digits if LEAST_PHONE_DIGITS < len(digits) <= MAX_PHONE_LENGTH else ""
    return digits if digits.startswith("0") and len(digits) == 10 else ""


def phone_words(phone: str) -> str:
    """The number in small groups, as people say it: 06 00 00 00 00, 030 000 00 00."""
    if phone.startswith("+") or len(phone) != 10:
        return phone
    groups = (2, 2, 2, 2, 2) if phone.startswith("06") else (3, 3, 2, 2)
    ends = list(accumulate(groups))
    return " ".join(phone[end - size : end] for end, size in zip(ends, groups, strict=True))


def ways_of(form: Form) -> tuple[Way, ...]:
    """The ways in which a meeting of this form can be attended."""
    return {Form.ONLINE: (Way.ONLINE,), Form.ON_SITE: (Way.ROOM,), Form.BOTH: (Way.ROOM, Way.ONLINE)}.get(form, ())


def takes(way: Way, companions: int) -> int:
    """The places that one who comes takes: who helps them takes a chair in the room, and none online."""
    return 1 + companions if way == Way.ROOM else 1


def left_free(before: tuple[Way, int], after: tuple[Way, int]) -> Places:
    """The places of before that who comes in another way, or with fewer who help, does not take any more."""
    return Places({before[0]: takes(*before)}) - Places({after[0]: takes(*after)})


def fits(wanted: Mapping[Way, int], taken: Mapping[Way, int], limits: Mapping[Way, int | None]) -> bool:
    """Whether all that is wanted is free; a limit of None is none."""
    return all(
        limit is None or taken.get(way, 0) + count <= limit
        for way, count in wanted.items()
        for limit in (limits.get(way),)
    )


def next_offered(
    waiting: Iterable[tuple[int, Mapping[Way, int]]], taken: Mapping[Way, int], limits: Mapping[Way, int | None]
) -> list[int]:
    """Who of those who wait can have their places now; in order, and each as a whole.

    Nobody is passed by somebody who wants the same: where the first do not fit, who waits behind them for that way
    does not either. ``waiting`` is read no further than needed.
    """
    found, held, blocked = [], Counter(taken), set[Way]()
    for number, wanted in waiting:
        if blocked.isdisjoint(wanted) and fits(wanted, held, limits):
            found.append(number)
            held.update(wanted)
        else:
            blocked |= set(wanted)
        if blocked >= {way for way, limit in limits.items() if limit is not None}:
            break
    return found


def last_day(need: Need | None, *, starts_on: date) -> date:
    """The last day on which something can be arranged; ``None`` is what somebody asked in their own words."""
    return starts_on - (ARRANGE_BEFORE.get(need, A_FEW_DAYS) if need else A_FEW_DAYS)


def is_open(stage: Stage, *, closes_at: datetime | None, starts_at: datetime | None, now: datetime) -> bool:
    """Whether people can sign up: it can be read, it is to come or goes on, and its sign-up did not close."""
    if stage not in (Stage.COMING, Stage.NOW):
        return False
    end = closes_at or starts_at
    return end is not None and now < end


def invited_until(now: datetime, *, closes_at: datetime) -> datetime:
    """Until when who is asked along can confirm: a week, or until the sign-up closes."""
    return min(now + INVITED, closes_at)


def offered_until(now: datetime, *, starts_at: datetime) -> datetime | None:
    """Until when who waited can take an offered place; None when the meeting is too near to ask."""
    left = starts_at - now
    if left < LEAST_ANSWERING:
        return None
    return now + min(ANSWERING, max(LEAST_ANSWERING, left / SHARE_LEFT))


def held_until(now: datetime, *, starts_at: datetime) -> datetime:
    """Until when the place of who cancelled, or attends otherwise, is theirs again with one press."""
    return max(now, min(now + CANCEL_UNDO, starts_at))


def reminders_of(way: Way) -> tuple[Reminder, ...]:
    """The reminders that who attends in this way gets, in order."""
    return (Reminder.WEEK, Reminder.DAY, Reminder.HOUR) if way == Way.ONLINE else (Reminder.WEEK, Reminder.DAY)


def moment_of(reminder: Reminder, *, starts_at: datetime) -> datetime:
    """When it is time for a reminder of what starts then."""
    if reminder in REMINDED_BY_HOURS:
        return starts_at - REMINDED_BY_HOURS[reminder]
    return (starts_at.astimezone(HERE) - REMINDED[reminder]).astimezone(UTC)


def due(way: Way, *, starts_at: datetime, now: datetime) -> tuple[Reminder, datetime] | None:
    """The last reminder for which it is time, and since when; None before the first and once it began.

    One for which it was time before that is not sent any more: two mails in a row say nothing that one does not.
    """
    if now >= starts_at:
        return None
    moments = [(each, moment_of(each, starts_at=starts_at)) for each in reminders_of(way)]
    return next(((each, since) for each, since in reversed(moments) if since <= now), None)


class Door(StrEnum):
    """How it stands with the way into the online room."""

    SHUT = "shut"
    OPEN = "open"
    OVER = "over"


def opens_at(starts_at: datetime) -> datetime:
    """From when one can go in."""
    return starts_at - DOOR_OPENS


def door(*, starts_at: datetime, ends_at: datetime, now: datetime) -> Door:
    """How it stands with the way in; the end itself is over."""
    if now >= ends_at:
        return Door.OVER
    return Door.OPEN if now >= opens_at(starts_at) else Door.SHUT


def is_plain_name(text: str) -> bool:
    """Whether it is some words of letters alone: no address, number or sentence can be mailed in its place."""
    words = text.split()
    is_short = len(text) <= MAX_NAME_SIGNS and 0 < len(words) <= MAX_NAME_WORDS
    return is_short and words[-1][0].isupper() and all(_WORD_OF_NAME.fullmatch(word) for word in words)
