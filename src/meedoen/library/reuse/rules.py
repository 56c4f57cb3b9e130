"""Who may say that a municipality uses something, and when that stands at once. Pure."""

from enum import StrEnum

MAX_CHANGED_LENGTH = 600  # characters: a few sentences


class State(StrEnum):
    """Where it stands that a municipality uses something."""

    WAITING = "waiting"  # for the team
    SHOWN = "shown"
    REFUSED = "refused"  # by the team
    WITHDRAWN = "withdrawn"  # by who said it, who can put it back


def state_of_new(*, is_team: bool, belongs: bool) -> State:
    """It stands at once when the team says it, or somebody of whom is known that they work or speak for it."""
    return State.SHOWN if is_team or belongs else State.WAITING
