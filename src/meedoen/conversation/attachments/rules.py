"""How many files go along, and when a picture is described well enough to be shown. Pure."""

from datetime import timedelta
from typing import Protocol

from meedoen.files.rules import MAX_DESCRIPTION_LENGTH as MAX_DESCRIPTION_LENGTH
from meedoen.files.rules import MAX_TITLE_LENGTH as MAX_TITLE_LENGTH
from meedoen.files.rules import Described as Described

MAX_FILES = 5  # beside one text: more is an album, and tiring to listen to
MAX_PER_NETWORK_DAY = 100  # files: a whole office on one address still can, a program that fills the disk cannot
KEEP_REMOVED = timedelta(days=30)  # in which its writer can put back what they took away

KEEP_UNDESCRIBED = timedelta(days=30)  # of a picture that came by mail: in which its writer can say what is on it


class HasDescription(Protocol):
    """What a rule needs to know of a file."""

    described: str
    title: str

    @property
    def is_picture(self) -> bool: ...


def is_complete(file: HasDescription) -> bool:
    """Whether it may be sent: of a picture it is known what is on it, or that somebody may say so; a document has a title."""
    return bool(file.described) if file.is_picture else bool(file.title)


def may_be_seen(*, is_readable: bool, is_team: bool, is_writer: bool) -> bool:
    """Whether a file of a contribution is handed out to who knows its address.

    ``is_readable``: everybody can read what it stands beside. ``is_writer``: who asks has the address from the
    writer's own page; what waits may have stood before, so that its plain address is known.
    """
    return is_readable or is_team or is_writer


def is_offer_taken_at_once(described: str, *, is_writer: bool, is_team: bool, is_trusted: bool) -> bool:
    """Whether a description stands at once: of the writer or the team, or, where none was, of who is known."""
    return is_writer or is_team or (is_trusted and described == Described.ASKED)
