"""Where an offered example stands, as who offered it sees it, and what they can still do. Pure."""

import datetime
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from meedoen.kernel.identifiers import content_mark

MIN_TITLE_LENGTH = 5
MAX_TITLE_LENGTH = 120  # as ``Article.title``
MAX_ANSWER_LENGTH = 4_000  # characters of one fixed question, as at the desk
MAX_CONTACT_LENGTH = 200  # as ``Article.contact``
MAX_REASON_LENGTH = 1_000
MAX_CHANGES_PER_DAY = 30  # of one offer: each is a version for the team to look at
LISTED = 50  # of one's own; more is no person's doing
KEEP_WITHDRAWN = datetime.timedelta(days=30)  # in which who took it back can put it back, as at the desk
KEEP_UNANSWERED = datetime.timedelta(days=365)  # a question of the team that nobody answered


class State(StrEnum):
    """Where it stands for who offered it."""

    WAITING = "waiting"  # the team reads it
    ASKED = "asked"  # the team asked something
    PLANNED = "planned"  # comes on the site by itself
    PUBLISHED = "published"
    OFF = "off"  # the team took it off the site
    REFUSED = "refused"  # with a reason
    WITHDRAWN = "withdrawn"  # by who offered it, who can put it back


class Work(Protocol):
    """What tells where the text stands at the desk."""

    discarded_at: datetime.datetime | None
    publish_at: datetime.datetime | None

    @property
    def is_published(self) -> bool: ...

    @property
    def is_withdrawn(self) -> bool: ...


class Offer(Protocol):
    """What its offerer and the team did with it."""

    withdrawn_at: datetime.datetime | None
    refused_at: datetime.datetime | None
    question_at: datetime.datetime | None


def state_of(offer: Offer, work: Work) -> State:
    """Where it stands."""
    if offer.withdrawn_at:
        return State.WITHDRAWN
    if offer.refused_at or work.discarded_at:
        return State.REFUSED
    if work.is_withdrawn:
        return State.OFF
    if work.is_published:
        return State.PUBLISHED
    if work.publish_at:
        return State.PLANNED
    return State.ASKED if offer.question_at else State.WAITING


def may_be_changed(state: State) -> bool:
    """Whether who offered it can change it by themselves: until the team decided."""
    return state in (State.WAITING, State.ASKED)


def may_be_withdrawn(state: State) -> bool:
    """Whether who offered it can take it back."""
    return state in (State.WAITING, State.ASKED, State.PLANNED, State.PUBLISHED)


def mark_of(state: State, answers: Mapping[str, object], changed_at: datetime.datetime) -> str:
    """How it stands: another after each change and each decision."""
    told = json.dumps(answers, sort_keys=True)
    return content_mark(state.value.encode(), told.encode(), changed_at.isoformat().encode())
