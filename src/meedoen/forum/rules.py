"""What a topic is, where it stands, and who may begin which kind. Pure: no database, no clock, no request."""

from enum import StrEnum
from typing import Protocol

from meedoen.conversation.rules import State

PAGE_SIZE = 20  # topics on a page of a list
MIN_TITLE_LENGTH, MAX_TITLE_LENGTH = 8, 120  # characters: "Help!" tells nobody what it is about
SIMILAR_SHOWN = 5  # topics beside a new question; more is a search
NETWORK = "netwerk"  # the category beside the themes: about the network itself
MAX_NUMBER = 1_000_000  # of a contribution in an address; no topic gets near
LONG = 8  # contributions from which a topic begins with what it comes down to


class Kind(StrEnum):
    """What somebody begins; stored in Dutch, since it stands in addresses."""

    QUESTION = "vraag"  # can be answered
    EXPERIENCE = "ervaring"
    APPEAL = "oproep"
    ANNOUNCEMENT = "mededeling"  # the team's


class Order(StrEnum):
    """Which topics a list shows; the values stand in its address."""

    NEWEST = "nieuwste"
    OPEN = "open"  # questions that nothing helped yet
    SILENT = "zonder-antwoord"


class Writer(Protocol):
    """What a rule needs to know of who begins a topic."""

    is_team: bool


class Somebody(Protocol):
    """What a rule needs to know of who is signed in."""

    pk: int
    is_team: bool


class Asked(Protocol):
    """What a rule needs to know of a topic and who began it."""

    kind: str
    author_id: int


class Standing(Protocol):
    """What a rule needs to know of a topic."""

    is_shown: bool


class Counted(Protocol):
    """What a rule needs to know of how long a topic is."""

    reply_count: int


def may_begin(kind: Kind, writer: Writer | None) -> bool:
    """Everybody asks, tells and appeals; announcements are the team's."""
    return kind != Kind.ANNOUNCEMENT or (writer is not None and writer.is_team)


def may_be_read(topic: Standing) -> bool:
    """Whether a topic stands in lists; ``TopicQuerySet.readable`` is the same in SQL."""
    return topic.is_shown


def may_say_what_helped(topic: Asked, person: Somebody | None) -> bool:
    """Who asked a question says what helped; the team does so for who phones (FW10, ID6)."""
    return person is not None and topic.kind == Kind.QUESTION and (person.pk == topic.author_id or person.is_team)


def stands(opening: str, reply_count: int) -> bool:
    """Whether a topic can be read when its first contribution is in that state.

    What its writer took back stays without it where others answered: their words are theirs. What waits for the team
    or was taken away by it is not to be read, nor what was said about it.
    """
    return opening == State.SHOWN or (opening == State.RETRACTED and reply_count > 0)


def is_long(topic: Counted) -> bool:
    """Whether a topic begins with what it comes down to, for who does not read all of it (FR6)."""
    return topic.reply_count >= LONG
