"""Where a mail goes: what packages upstairs do with an answer to a mail of theirs, and with a mail to a name of ours.

They put it in when the application starts; this package knows nothing of what a mail is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from meedoen.mail.replies import Reply

from .models import ReplyAddress


@dataclass(frozen=True)
class Letter:
    """A mail, read. ``is_proven``: the receiving server says that it comes from ``author``'s own mail domain."""

    reply: Reply
    author: str  # the address in its From, lower case; empty where that is none, or several
    name: str  # what to call who sent it; may be empty
    is_proven: bool
    recipient: str
    message_id: str

    def is_of(self, email: str) -> bool:
        """Whether it was surely sent by who has that address."""
        return self.is_proven and bool(email) and self.author == email.strip().lower()


@dataclass(frozen=True)
class Answer:
    """What is mailed back. Of one ``kind`` an address gets one a day; without a kind, one for each mail.

    ``to`` is whom it goes to, where that is not who sent the mail. What somebody typed is told only to who surely
    sent it: else anybody could have us mail their words to a stranger.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    kind: str = ""
    to: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Came:
    """What came of a mail. ``erases``: what it says may not be kept, not even for a day. ``aside``: a person has to look."""

    what: str
    answer: Answer | None = None
    erases: bool = False
    aside: str = ""


class NotTaken(Exception):
    """It cannot be done; the text is for who sent the mail, and says what they can do."""


# What is done with a mail. Runs inside a transaction, once. Raises ``NotTaken``.
Handle = Callable[[Letter, ReplyAddress, datetime], Came]
HandleNamed = Callable[[Letter, datetime], Came]

_purposes: dict[str, Handle] = {}
_names: dict[str, HandleNamed] = {}


def register(purpose: str, handle: Handle) -> None:
    """Say what is done with answers of a purpose; at start-up."""
    if _purposes.setdefault(purpose, handle) is not handle:
        raise ValueError(f"two handle answers for {purpose}")


def register_name(name: str, handle: HandleNamed) -> None:
    """Say what is done with mail to ``name@…``; at start-up."""
    if _names.setdefault(name, handle) is not handle:
        raise ValueError(f"two handle mail to {name}@")


def of_purpose(purpose: str) -> Handle | None:
    """What is done with answers of a purpose, if its package is still there."""
    return _purposes.get(purpose)


def of_name(name: str) -> HandleNamed | None:
    """What is done with mail to that name."""
    return _names.get(name)
