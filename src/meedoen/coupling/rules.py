"""What an ask or an offer says, where it stands, and who may bring it elsewhere. Pure: no database, no clock."""

import datetime
from collections.abc import Collection
from enum import StrEnum

from meedoen.kernel.identifiers import content_mark
from meedoen.kernel.text import fold
from meedoen.mail.replies.courtesies import is_greeting

MAX_TEXT_LENGTH = 4_000  # characters: two pages; a longer mail is cut off, and its sender is told
MAX_REASON_LENGTH = 1_000
MOST_AT_A_TIME = 20  # couplings that an offer can bear; who bears more is an organisation, and can call us
MAX_CHANGES_PER_DAY = 30  # of one
FURTHEST = datetime.timedelta(days=730)  # ahead for "not before": what comes later is told later
KEEP_ENDED = datetime.timedelta(days=365)  # after it was withdrawn or handled
PAGE_SIZE = 20  # of the team's list

# In a subject these tell no more than to whom the mail goes.
_SAYS_NOTHING = frozenset(
    ["koppel", "koppelen", "koppeling", "vraag", "vraagje", "verzoek", "oproep", "aanbod", "hulp", "gevraagd", "hallo", "hoi", "dag",
     "een", "de", "het", "mijn", "onze", "voor", "over", "aan", "van", "om", "te", "met", "jullie", "iedereen", "doet", "mee", "meedoen"]
)  # fmt: skip


class Side(StrEnum):
    """Which of the two it is."""

    ASK = "ask"
    OFFER = "offer"


class For(StrEnum):
    """For whom it is."""

    MUNICIPALITY = "municipality"
    DUO = "duo"  # an official and a resident together
    RESIDENT = "resident"


class Way(StrEnum):
    """How they meet."""

    CALL = "call"
    VISIT = "visit"
    ONLINE = "online"


class Length(StrEnum):
    """For how long."""

    ONCE = "once"
    LONGER = "longer"


class State(StrEnum):
    """Where it stands."""

    STANDS = "stands"
    HANDLED = "handled"  # the team did what was asked, or cannot do more
    WITHDRAWN = "withdrawn"


class Mover(StrEnum):
    """Who brings it somewhere."""

    OWNER = "owner"
    TEAM = "team"


ENDED = frozenset({State.HANDLED, State.WITHDRAWN})
# Who may bring it from where to where.
MOVES: dict[tuple[State, State], frozenset[Mover]] = {
    (State.STANDS, State.WITHDRAWN): frozenset({Mover.OWNER, Mover.TEAM}),
    (State.STANDS, State.HANDLED): frozenset({Mover.TEAM}),
    (State.HANDLED, State.WITHDRAWN): frozenset({Mover.OWNER}),
    (State.HANDLED, State.STANDS): frozenset({Mover.TEAM}),
    (State.WITHDRAWN, State.STANDS): frozenset({Mover.OWNER, Mover.TEAM}),
}


def may_move(was: State, to: State, *, by: Mover, moved_by: Mover) -> bool:
    """Whether ``by`` may bring it from ``was`` to ``to``, when ``moved_by`` brought it where it is.

    What was withdrawn is put back by the side that withdrew it: the team never puts back what somebody stopped.
    """
    if by not in MOVES.get((was, to), frozenset()):
        return False
    return was != State.WITHDRAWN or by == moved_by


def may_be_changed(state: State) -> bool:
    """Whether who made it can change its words."""
    return state == State.STANDS


def needs_municipality(kind: str) -> bool:
    """Whether it has to be said of which municipality."""
    return kind in (For.MUNICIPALITY, For.DUO)


def may_begin(not_before: datetime.date, *, today: datetime.date) -> bool:
    """Whether that day can be the first."""
    return not_before <= today + FURTHEST


def mark_of(state: State, changed_at: datetime.datetime, told: str) -> str:
    """How it stands: another after each change and each move."""
    return content_mark(state.value.encode(), changed_at.isoformat().encode(), told.encode())


def own_words_of_mail(text: str) -> str:
    """What somebody wrote in a mail: without what they answered to, what stands below two dashes, and a greeting above.

    Its first line is what it is called.
    """
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n"):
        if line.rstrip() == "--":
            break
        if not line.startswith(">"):
            kept.append(line.rstrip())
    words = "\n".join(kept).strip()
    first, _break, rest = words.partition("\n")
    return rest.strip() if is_greeting(first) and rest.strip() else words


def with_subject(subject: str, words: str) -> str:
    """The words of a mail below its subject, where that says something that they do not: often it is the whole question."""
    said = set(fold(subject).split()) - _SAYS_NOTHING
    return words if said <= set(fold(words).split()) else f"{subject.strip()}\n\n{words}"


def name_in(email: str) -> str:
    """What to call who has that address until they say: the first part of it, as a name. Empty where it has no letter."""
    first = email.partition("@")[0].replace("_", ".").replace("-", ".").replace("+", ".").partition(".")[0]
    return first.capitalize() if any(char.isalpha() for char in first) else ""


def in_order(chosen: Collection[str]) -> list[str]:
    """Ways in the order in which they are offered."""
    return [way.value for way in Way if way in chosen]
