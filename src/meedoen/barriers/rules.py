"""What a barrier can become, how much fits, how long it is kept. Pure: no database, no clock, no request."""

from datetime import date, timedelta
from enum import StrEnum

MAX_TITLE_LENGTH = 120  # characters: one line
MAX_TEXT_LENGTH = 600  # characters: a few sentences, of what the team writes
MAX_DOING_LENGTH = 2000  # characters, of who got stuck
MAX_USING_LENGTH = 200
MAX_PLACE_LENGTH = 200
MAX_PATH_LENGTH = 300  # of an address of ours
MAX_PAGES = 10  # addresses beside a barrier; what is everywhere says so in words
MAX_REPORTS_PER_NETWORK_HOUR = 20  # a library or a school shares one; a robot sends more
LONGEST_PROMISE = timedelta(days=366)  # who promises more than a year ahead promises nothing
KEEP_REPORTS = timedelta(days=365)  # after the answer: what somebody told of how they use the site
JUST_FIXED = timedelta(days=90)  # so long people still tell of it
OPEN_SHOWN = 200  # on one page; that many would be a house on fire
PAGE_SIZE = 20  # fixed ones on one page


class State(StrEnum):
    """Where it stands with a barrier."""

    FOUND = "found"
    PROMISED = "promised"
    FIXED = "fixed"
    NONE = "none"  # looked at, and no barrier; not in the public list


OPEN = frozenset({State.FOUND, State.PROMISED})
# From which states each can be reached. A promise can be moved; what is closed is opened first.
REACHED_FROM = {
    State.FOUND: frozenset({State.FIXED, State.NONE, State.PROMISED}),
    State.PROMISED: frozenset({State.FOUND, State.PROMISED}),
    State.FIXED: OPEN,
    State.NONE: OPEN,
}

# How many success criteria each guideline of WCAG 2.2 has, and the one that it dropped.
_CRITERIA = {
    "1.1": 1, "1.2": 9, "1.3": 6, "1.4": 13, "2.1": 4, "2.2": 6, "2.3": 3, "2.4": 13, "2.5": 8,
    "3.1": 6, "3.2": 6, "3.3": 9, "4.1": 3,
}  # fmt: skip
CRITERIA = frozenset(f"{guideline}.{place}" for guideline, count in _CRITERIA.items() for place in range(1, count + 1))
CRITERIA -= {"4.1.1"}


def may_become(state: State, now: State) -> bool:
    """Whether what stands at ``now`` can be brought to ``state``."""
    return now in REACHED_FROM[state]


def may_promise(on: date, *, today: date) -> bool:
    """Whether that day can be promised: from today on, and not too far ahead."""
    return today <= on <= today + LONGEST_PROMISE


def is_overdue(state: State, promised_on: date | None, *, today: date) -> bool:
    """Whether the promised day went by; the day itself still counts."""
    return state == State.PROMISED and promised_on is not None and promised_on < today


def is_page_of_ours(path: str) -> bool:
    """Whether ``path`` can be the address of a page of ours, without the name of the site."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return is_ours and len(path) <= MAX_PATH_LENGTH and " " not in path
