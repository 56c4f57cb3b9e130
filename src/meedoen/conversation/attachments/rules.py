"""How many files go along, and when a picture is described well enough to be shown. Pure."""

from datetime import timedelta
from typing import Protocol

from meedoen.conversation.rules import State
from meedoen.files.rules import MAX_DESCRIPTION_LENGTH as MAX_DESCRIPTION_LENGTH
from meedoen.files.rules import MAX_TITLE_LENGTH as MAX_TITLE_LENGTH
from meedoen.files.rules import Described as Described

MAX_FILES = 5  # beside one text: more is an album, and tiring to listen to
MAX_PER_NETWORK_DAY = 100  # files: a whole office on one address still can, a program that fills the disk cannot
KEEP_REMOVED = timedelta(days=30)  # in which its writer can put back what they took away


class HasDescription(Protocol):
    """What a rule needs to know of a file."""

    described: str
    title: str

    @property
    def is_picture(self) -> bool: ...


def is_complete(file: HasDescription) -> bool:
    """Whether it may be sent: of a picture it is known what is on it, or that somebody may say so; a document has a title."""
    return bool(file.described) if file.is_picture else bool(file.title)


def may_be_seen(state: str, *, is_team: bool, has_key: bool) -> bool:
    """Whether a file of a contribution in that state is handed out to who knows its address.

    What nobody saw yet has an address that only its writer and the team know. What was taken away is out of
    everybody's sight but theirs; ``has_key``: who asks knows the key of the writer's own page.
    """
    return state in (State.SHOWN, State.WAITING) or is_team or has_key


def is_offer_taken_at_once(described: str, *, is_writer: bool, is_team: bool, is_trusted: bool) -> bool:
    """Whether a description stands at once: of the writer or the team, or, where none was, of who is known."""
    return is_writer or is_team or (is_trusted and described == Described.ASKED)
