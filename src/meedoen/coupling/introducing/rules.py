"""Where a coupling stands, who may bring it elsewhere, and when is asked what. Pure: no database, no clock."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST, MOST = 2, 3  # who meet: a pair, or a trio where somebody would else be left with nothing
MAX_WORDS_LENGTH = 1_000  # characters of what the team writes
MAX_REASON_LENGTH = 200  # characters of one sentence why
MAX_REASONS = 10
QUESTION_COUNT = 3  # to begin with: what can be remembered, and fits in the mail (KO6)
MAX_QUESTION_LENGTH = 100  # characters: one sentence
MAX_STORY_LENGTH = 2_000  # characters of what somebody tells of it later
PAGE_SIZE = 20  # couplings on a page of the team's list
MAX_NEED_LENGTH = 200  # characters: it is read in a mail of at most 200 words
MAX_TOLD_LENGTH = 600  # characters of an ask in a mail; the page has all of it

DAY = datetime.timedelta(days=1)
UNDO = datetime.timedelta(minutes=10)  # a slip is taken back before the others are mailed (decisions 5)
REMIND_AFTER = 5 * DAY  # of silence
SILENT_AFTER = 5 * DAY  # after that; so that every asker hears within ten days (KO3)
FORGET_SAME = 365 * DAY  # in which the same two municipalities are not introduced again
CODES_PER_DAY = 5  # that somebody lets mail to one party
KEEP_NEEDS = 120 * DAY  # from the day on which they were told: as long as the last question about it is open
KEEP_ENDED = 730 * DAY  # as long as it must be possible to explain why these two were brought together


class State(StrEnum):
    """Where it stands."""

    ASKED = "asked"  # at least one has not answered
    LATER = "later"  # somebody wants to, later
    DECLINED = "declined"  # somebody does not want to
    SILENT = "silent"  # somebody answered neither the mail nor the reminder
    INTRODUCED = "introduced"  # all said yes and have each other's address
    TALKED = "talked"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"  # somebody stopped their ask or offer before that
    CALLED_OFF = "called_off"  # by the team, before that


class Mover(StrEnum):
    """Who brings it somewhere."""

    PARTY = "party"
    TEAM = "team"
    CLOCK = "clock"


class Answer(StrEnum):
    """What somebody says to an introduction."""

    NONE = ""
    YES = "yes"
    LATER = "later"
    NO = "no"


class Later(StrEnum):
    """When to ask again; stored as a day."""

    MONTH = "maand"
    THREE_MONTHS = "drie-maanden"


class Milestone(StrEnum):
    """When is asked what became of it (decisions 21)."""

    WEEKS = "weeks"
    MONTHS = "months"


class Talked(StrEnum):
    """Whether they spoke; stored in Dutch, as the address of the press has it."""

    YES = "ja"
    NOT_YET = "nog-niet"
    NO = "nee"


class Worth(StrEnum):
    """What came of it."""

    MUCH = "veel"
    SOME = "iets"
    NOTHING = "niets"


@dataclass(frozen=True)
class Reason:
    """Why these belong together: a sentence, and the address on this site of the fact that it rests on.

    ``quotes``: it names words of theirs, which go when they leave.
    """

    sentence: str
    address: str = ""
    quotes: bool = False


LATER_DAYS = {Later.MONTH: 30, Later.THREE_MONTHS: 91}
ASKED_AFTER = {Milestone.WEEKS: 14 * DAY, Milestone.MONTHS: 91 * DAY}  # they were introduced
ANSWERED_WITHIN = 14 * DAY  # of a question what became of it; later it is quiet
REOPENED_FOR = 30 * DAY  # what the team let go on does not end by itself before
ENDS_AFTER = 120 * DAY  # they were introduced: what still goes on needs us no more

OPEN = frozenset({State.ASKED, State.LATER, State.SILENT, State.DECLINED})  # answers count
MEET = frozenset({State.INTRODUCED, State.TALKED})  # they have each other's address
RUNNING = frozenset({State.ASKED, State.LATER, State.SILENT}) | MEET  # it takes a place of an offer, and all of an ask
NOT_MET = frozenset({State.WITHDRAWN, State.CALLED_OFF})  # as if they had never been proposed to each other
OVER = frozenset({State.DECLINED, State.ENDED}) | NOT_MET
# Of what the others are mailed, once it cannot be taken back any more.
TOLD = frozenset({State.LATER, State.DECLINED}) | NOT_MET

_BY_PARTY, _BY_TEAM, _BY_CLOCK = frozenset({Mover.PARTY}), frozenset({Mover.TEAM}), frozenset({Mover.CLOCK})
# Who may bring it from where to where.
MOVES: dict[tuple[State, State], frozenset[Mover]] = {
    **{(was, to): _BY_PARTY for was in OPEN for to in (*OPEN, State.INTRODUCED) if to not in (was, State.SILENT)},
    **{(was, State.CALLED_OFF): _BY_TEAM for was in OPEN - {State.DECLINED}},
    **{(was, State.WITHDRAWN): _BY_CLOCK for was in OPEN - {State.DECLINED}},
    **{(was, to): _BY_TEAM for was in NOT_MET for to in (State.ASKED, State.LATER)},
    (State.ASKED, State.SILENT): _BY_CLOCK,
    (State.ASKED, State.INTRODUCED): _BY_PARTY | _BY_TEAM,  # who reads first what stood beside a yes
    (State.LATER, State.ASKED): frozenset(Mover),
    (State.SILENT, State.ASKED): _BY_PARTY | _BY_TEAM,
    (State.DECLINED, State.ASKED): _BY_PARTY | _BY_TEAM,
    (State.DECLINED, State.LATER): _BY_PARTY | _BY_TEAM,
    (State.INTRODUCED, State.TALKED): _BY_PARTY,
    (State.TALKED, State.INTRODUCED): _BY_PARTY,
    **{(was, State.ENDED): _BY_TEAM | _BY_CLOCK for was in MEET},
    **{(State.ENDED, to): _BY_TEAM for to in MEET},
}


def may_move(was: State, to: State, *, by: Mover) -> bool:
    """Whether ``by`` may bring it from ``was`` to ``to``."""
    return by in MOVES.get((was, to), frozenset())


def takes_answers(state: State, *, is_told: bool) -> bool:
    """Whether a party can still answer, or answer otherwise: not once the others know that somebody does not want to."""
    return state in OPEN and not (state == State.DECLINED and is_told)


def state_of(answers: Collection[Answer]) -> State:
    """Where it stands by what all answered."""
    if Answer.NO in answers:
        return State.DECLINED
    if Answer.LATER in answers:
        return State.LATER
    return State.INTRODUCED if all(answer == Answer.YES for answer in answers) else State.ASKED


def goes_on(state: State, *, is_read_first: bool) -> State:
    """Where it comes to stand: nobody meets before the team read what one of them wrote beside their yes."""
    return State.ASKED if state == State.INTRODUCED and is_read_first else state


def state_after(talked: Collection[Talked]) -> State:
    """Where it stands by what they told of having met: one who says so is enough."""
    return State.TALKED if Talked.YES in talked else State.INTRODUCED


def later_day(later: Later, *, today: datetime.date) -> datetime.date:
    """The day on which is asked again."""
    return today + LATER_DAYS[later] * DAY


def due_milestone(introduced_at: datetime.datetime, *, now: datetime.datetime) -> Milestone | None:
    """Of which time is asked now: the last one that came, so that who was away is asked once."""
    came = [each for each in Milestone if introduced_at + ASKED_AFTER[each] <= now]
    return came[-1] if came else None


def first_name(name: str) -> str:
    """What the others may know of a name before all said yes."""
    return name.split()[0] if name.split() else ""


def shortened(text: str, *, most: int = MAX_TOLD_LENGTH) -> str:
    """``text`` as it fits, cut off between words where it is long."""
    text = text.strip()
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip('.,;: ')[: most - 1]}…"


def in_three(questions: Sequence[str]) -> list[str]:
    """Questions as they are kept: one line each, none empty."""
    lines = (" ".join(each.split()) for each in questions)
    return [shortened(each, most=MAX_QUESTION_LENGTH) for each in lines if each][:QUESTION_COUNT]
