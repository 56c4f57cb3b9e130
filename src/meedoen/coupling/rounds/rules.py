"""What holds for rounds: what the team may do with a proposal, and bounds. Pure: no database, no clock."""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from meedoen.kernel.identifiers import content_mark

MAX_WORDS_LENGTH = 400  # characters of the team's own words why: the mail they go into is short
MAX_REASON_LENGTH = 300  # characters: why two are not brought together
CANDIDATES = 100  # for one ask, the best: who comes after them is in no best round that we saw
TELLING = 20  # parts of 100 of what two texts share: what weighs less is left out of the sentence
ALTERNATIVES = 3  # shown beside a proposal
REMEMBERED = 20  # others that fit who asks, kept with a proposal: most of them may stop or be introduced meanwhile
PATIENCE = 2.0  # seconds of solving in a request, counted in steps; then the best until then is shown, and said so
ASKS_AT_ONCE = 400  # more are for the worker: from here on all pairs (some 200,000) take over eight seconds to weigh
WAIT_FOR_WORKER = datetime.timedelta(
    hours=2
)  # a round of tens of thousands takes minutes; longer is a worker that fell
ATTEMPTS = 10  # to find others where a round would bring the same two together twice
PAGE_SIZE = 20  # rounds in the list
PROPOSALS_ON_PAGE = 30  # ten rows of three
LEFT_ON_PAGE = 50  # asks without a partner: a line each
KEEP = datetime.timedelta(days=730)  # of a round: two years, so that each proposal can be explained the year after


class TieKind(StrEnum):
    """What the team decided about two, whatever a round says."""

    PIN = "pin"  # these two, in each round
    BAN = "ban"  # never these two


class ProposalState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    INTRODUCED = "introduced"
    REFUSED = "refused"  # by the team: these two not


def pair_of(one: int, other: int) -> tuple[int, int]:
    """The two in the order in which a tie is stored."""
    return (one, other) if one < other else (other, one)


def may_decide(state: ProposalState) -> bool:
    """Whether it waits for the team; what was mailed is called off on the page of the coupling."""
    return state == ProposalState.PROPOSED


def mark_of(state: ProposalState, words: str, questions: Iterable[str]) -> str:
    """How a proposal stands: another after each decision and each change of words."""
    return content_mark(state.value.encode(), words.encode(), *(each.encode() for each in questions))
