"""What holds for celebrations: their kinds and states, who may do what, when is asked what became of one. Pure."""

import datetime
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Protocol

from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.partial_dates import first_day, last_day

PAGE_SIZE = 12  # on one page of the wall
COMING_SHOWN = 12  # announced ones above the wall; more at once is a calendar, and has its own place
MUNICIPALITY_SHOWN = 5  # on the page of a municipality
MAX_TITLE_LENGTH = 120
MIN_TITLE_LENGTH = 5
MAX_TEXT_LENGTH = 5_000  # characters: what happened, and no report of it
MAX_PLACE_LENGTH = 120
MAX_REASON_LENGTH = 1_000
MAX_ROLE_LENGTH = 60
MAX_UNCERTAIN_LENGTH = 300
MAX_MAKERS = 12  # asked for one celebration: each is a mail to somebody who did not ask for it
MAX_PICTURES = 4
MAX_ANSWER_LENGTH = 2_000
IS_NEWS_FOR = datetime.timedelta(days=1)  # who puts old ones on the site mails nobody
UNKNOWN_DAY = datetime.date(1900, 1, 1)  # where one stands of which the year is not known: below all others
FIRST_YEAR = 2006  # the year of the Convention
REMIND_AFTER = datetime.timedelta(days=21)  # once, and then never again
LOOK_AGAIN = datetime.timedelta(days=30)  # when there was nobody to ask
QUESTION_LIFE = datetime.timedelta(days=365)  # how long the link in the mail works
KEEP_NAME = datetime.timedelta(days=1)  # in which who withdrew can come back
KEEP_ASKED = datetime.timedelta(days=30)  # who was asked and said nothing is forgotten
KEEP_LEFT = datetime.timedelta(days=365)  # what was not placed or was withdrawn

RESERVED = frozenset({"vertellen", "mijn", "aanbod", "genoemd", "geworden", "foto"})  # addresses of our own


class Kind(StrEnum):
    """What is celebrated; stored in Dutch, since files and exports show it as it is."""

    PRESENTED = "gepresenteerd"  # an inclusion agenda was presented
    ADOPTED = "vastgesteld"  # ... or adopted by the council
    TOGETHER = "samen"  # a beginning or a look-back with residents
    PRIZE = "prijs"
    FIRST = "primeur"
    OTHER = "anders"


class State(StrEnum):
    """Where a celebration stands."""

    WAITING = "waiting"  # the team has to look
    ASKED = "asked"  # back with who offered it, to change something
    PUBLISHED = "published"
    REFUSED = "refused"  # by the team, with a reason
    WITHDRAWN = "withdrawn"  # by who offered it, who can put it back


class Deed(StrEnum):
    """What was decided about one; each is a row with who, when and why."""

    PUBLISH = "publish"
    ASK = "ask"
    REFUSE = "refuse"


# From where each deed leads; what is published can be taken off, and what was refused can still be placed.
FROM = {
    Deed.PUBLISH: frozenset({State.WAITING, State.ASKED, State.REFUSED}),
    Deed.ASK: frozenset({State.WAITING}),
    Deed.REFUSE: frozenset({State.WAITING, State.ASKED, State.PUBLISHED}),
}
TO = {Deed.PUBLISH: State.PUBLISHED, Deed.ASK: State.ASKED, Deed.REFUSE: State.REFUSED}
NEEDS_REASON = frozenset({Deed.ASK, Deed.REFUSE})


class Standing(Protocol):
    """What a rule needs to know of a celebration."""

    state: str


def may_be_decided(deed: Deed, celebration: Standing) -> bool:
    """Whether the team can do this to it as it stands."""
    return celebration.state in FROM[deed]


def may_be_read(celebration: Standing) -> bool:
    """Whether everybody may read it; ``CelebrationQuerySet.published`` is the same in SQL."""
    return celebration.state == State.PUBLISHED


def publishes_at_once(municipalities: Collection[int], *, is_team: bool, contact_of: Iterable[int]) -> bool:
    """Whether it needs no look by the team: of the team itself, or of a contact and about their own municipality alone."""
    return is_team or (bool(municipalities) and set(municipalities) <= set(contact_of))


def may_be_changed(celebration: Standing, *, is_keeper: bool) -> bool:
    """Whether its words, makers and pictures may change: by who knows its key until it is placed, then by its keepers.

    A keeper is of the team, or a contact of its municipality.
    """
    if celebration.state == State.PUBLISHED:
        return is_keeper
    return celebration.state in (State.WAITING, State.ASKED)


def dated_on(happened: str) -> datetime.date:
    """The day under which it stands in the list."""
    return first_day(happened) if happened else UNKNOWN_DAY


def ask_on(happened: str, *, published_on: datetime.date) -> datetime.date:
    """The day on which is asked what became of it: a year after it was, or after it came here where that is later."""
    since = max(last_day(happened) if happened else published_on, published_on)
    try:
        return since.replace(year=since.year + 1)
    except ValueError:  # 29 February
        return since.replace(year=since.year + 1, day=28)


def mark_of(*words: str) -> str:
    """What changes when the words do: what somebody decides or saves is about those."""
    return content_mark(*(each.encode() for each in words))
