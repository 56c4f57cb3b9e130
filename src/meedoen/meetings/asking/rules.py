"""What holds for questions beforehand: until when, how many, and in which order they come up. Pure."""

import datetime
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, TypeVar

from meedoen.meetings.rules import Stage, Standing, stage_of

MAX_LENGTH = 500  # characters: a question that somebody reads out
MAX_PER_PERSON = 5  # at one meeting; who has more to ask calls
MAX_EVER_PER_PERSON = 15  # those taken back too: each sent a mail
MAX_PER_MEETING = 500  # more are never read out, and the list is one page
KEEP = datetime.timedelta(days=30)  # after the meeting, for who answers later


class State(StrEnum):
    """What came of a question."""

    OPEN = "open"
    ASKED = "asked"  # it came up
    LEFT = "left"  # the host lets it be
    WITHDRAWN = "withdrawn"  # by who asked it


class Asking(Standing, Protocol):
    """What a rule needs to know of a meeting."""

    takes_questions: bool


class Put(Protocol):
    """What the order needs to know of a question."""

    person_id: int
    is_anonymous: bool


AnyPut = TypeVar("AnyPut", bound=Put)


def may_ask(meeting: Asking, now: datetime.datetime) -> bool:
    """Whether questions can be sent now: it is on the site, goes on, asks for them, and did not begin."""
    return meeting.takes_questions and stage_of(meeting, now) == Stage.COMING


def in_turn(questions: Iterable[AnyPut]) -> list[AnyPut]:
    """In a fair order: everybody's first question before anybody's second, each round as they came in.

    ``questions`` come in the order in which they were asked. What somebody asks without a name counts apart from what
    they ask by name: else its place would tell whose it is.
    """
    before: Counter[tuple[int, bool]] = Counter()
    rounds: dict[int, list[AnyPut]] = {}
    for question in questions:
        who = (question.person_id, question.is_anonymous)
        rounds.setdefault(before[who], []).append(question)
        before[who] += 1
    return [question for turn in sorted(rounds) for question in rounds[turn]]
