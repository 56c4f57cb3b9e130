"""What holds for meetings: their forms, what is arranged at one, how one stands. Pure: no database, no clock."""

import datetime
from enum import StrEnum
from typing import Protocol

MAX_TITLE_LENGTH = 120
MAX_SUMMARY_LENGTH = 300
MAX_BODY_LENGTH = 20_000  # characters: an invitation, and no report
MAX_REPORT_LENGTH = 60_000  # characters, as a text of the library
MAX_LINE_LENGTH = 200  # characters of an answer in one line
MAX_ANSWER_LENGTH = 1_000  # characters of an answer in some sentences, such as the route
MAX_SENTENCE_LENGTH = 300  # characters of why one is cancelled, or of what changed
MAX_PLACES = 100_000
PAGE_SIZE = 12  # on one page of the list
PAST_SHOWN = 4  # below what comes; the others have pages of their own
MUNICIPALITY_SHOWN = 5  # on the page of a municipality
HOME_SHOWN = 3  # on the start page: a row on a wide screen
FEED_SHOWN = 200  # in a calendar; a network that holds more at once has feeds by theme and region
IN_CALENDAR_FOR = datetime.timedelta(days=365)  # after it ended

SERIES_SHOWN = 50  # that come, on the page of a series; more at once nobody plans
# Addresses of our own.
RESERVED = frozenset({"aanmelden", "mijn", "aanmelding", "nieuw", "feeds", "reeks", "vraag", "evaluatie"})


class Form(StrEnum):
    """How one attends; stored in Dutch, since addresses, files and exports show it as it is."""

    ONLINE = "online"
    ON_SITE = "locatie"
    BOTH = "beide"
    UNKNOWN = "onbekend"  # of a meeting long ago; one that comes always says it


class Answer(StrEnum):
    """The answer to a question that may not stay open when people are invited."""

    UNKNOWN = ""
    YES = "ja"
    NO = "nee"


class Need(StrEnum):
    """What a meeting can arrange, so that everybody can take part; the values stand in exports and calendars."""

    CAPTIONS = "schrijftolk"  # somebody types along what is said
    SIGN_LANGUAGE = "gebarentolk"  # Nederlandse Gebarentaal
    HEARING_LOOP = "ringleiding"
    STEP_FREE = "drempelvrij"
    QUIET_PLACE = "rustige-plek"
    LARGE_PRINT = "grote-letters"
    BRAILLE = "braille"
    SLIDES_BEFORE = "stukken-vooraf"
    PLAIN_LANGUAGE = "begrijpelijke-taal"
    PERSONAL_HELP = "hulp"
    DIET = "eten"
    BY_PHONE = "telefoon"


# What has to be known of a meeting in a room, and of one online, before people are invited (EV8).
IN_A_ROOM = (
    Need.CAPTIONS,
    Need.SIGN_LANGUAGE,
    Need.HEARING_LOOP,
    Need.STEP_FREE,
    Need.QUIET_PLACE,
    Need.LARGE_PRINT,
    Need.BRAILLE,
    Need.SLIDES_BEFORE,
    Need.PLAIN_LANGUAGE,
    Need.PERSONAL_HELP,
    Need.DIET,
)
AT_A_DISTANCE = (
    Need.CAPTIONS,
    Need.SIGN_LANGUAGE,
    Need.BY_PHONE,
    Need.SLIDES_BEFORE,
    Need.PLAIN_LANGUAGE,
    Need.PERSONAL_HELP,
)


def needs_of(form: str) -> tuple[Need, ...]:
    """What counts for a meeting of this form, in the order in which it is told."""
    wanted = {Form.ONLINE: AT_A_DISTANCE, Form.ON_SITE: IN_A_ROOM, Form.BOTH: (*IN_A_ROOM, *AT_A_DISTANCE)}
    counting = wanted.get(Form(form), ())
    return tuple(need for need in Need if need in counting)


class State(StrEnum):
    """How it stands with something that a meeting can arrange."""

    UNKNOWN = "onbekend"  # a meeting that is published knows it of all that counts for its form
    ARRANGED = "geregeld"
    ON_REQUEST = "op-verzoek"
    NOT_POSSIBLE = "kan-niet"  # always with what can be done instead


class Stage(StrEnum):
    """Where a meeting is in its life, for readers and for who organises it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"  # comes to readers by itself
    COMING = "coming"
    NOW = "now"
    PAST = "past"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"  # taken off the site


class Standing(Protocol):
    """What a rule needs to know of a meeting."""

    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    published_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None
    cancelled_at: datetime.datetime | None


def may_be_read(meeting: Standing, now: datetime.datetime) -> bool:
    """Whether everybody may read it; ``MeetingQuerySet.published`` is the same in SQL."""
    return meeting.published_at is not None and meeting.published_at <= now and meeting.withdrawn_at is None


def is_past(meeting: Standing, now: datetime.datetime) -> bool:
    """Whether it has ended; ``MeetingQuerySet.past`` is the same in SQL."""
    return meeting.ends_at is not None and meeting.ends_at <= now


def stage_of(meeting: Standing, now: datetime.datetime) -> Stage:
    """Where it is in its life."""
    if meeting.withdrawn_at:
        return Stage.WITHDRAWN
    if meeting.cancelled_at:
        return Stage.CANCELLED
    if meeting.published_at is None:
        return Stage.DRAFT
    if meeting.published_at > now:
        return Stage.SCHEDULED
    if is_past(meeting, now):
        return Stage.PAST
    return Stage.NOW if meeting.starts_at is not None and meeting.starts_at <= now else Stage.COMING
