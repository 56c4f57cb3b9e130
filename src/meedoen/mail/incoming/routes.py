"""Where a mail goes: what packages upstairs do with an answer to a mail of theirs, and with a mail to a name of ours.

They put it in when the application starts; this package knows nothing of what a mail is about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from meedoen.kernel.identifiers import content_mark
from meedoen.mail.replies import Reply

from . import rules
from .models import ReplyAddress

POSTMASTER = "postmaster"  # RFC 5321 §4.5.1


@dataclass(frozen=True)
class Letter:
    """A mail, read. ``is_proven``: the receiving server says that it comes from ``author``'s own mail domain."""

    reply: Reply
    author: str  # the address in its From, lower case; empty where that is none, or several
    name: str  # what to call who sent it; may be empty
    is_proven: bool
    recipient: str
    message_id: str
    origin: str = ""  # where it came from: the network that brought it, and the sender that its envelope names
    mark: str = ""  # of the row in which it lies
    is_forged: bool = False  # the receiving server knows that ``author`` did not send it

    @property
    def counts_for(self) -> str:
        """Under whom a mail is counted: who surely sent it; else nobody's name alone, which anybody can write."""
        return self.author if self.is_proven else f"{self.author} by {self.origin}"

    def is_of(self, email: str) -> bool:
        """Whether it was surely sent by who has that address."""
        return self.is_proven and bool(email) and self.author == email.strip().lower()


@dataclass(frozen=True)
class Answer:
    """What is mailed back. Of one ``kind`` an address gets one a day for the same words, and ``rules.MAX_TRIES`` in all; or
    ``at_most``, whatever it said. Without a kind, one for each mail.

    ``to`` is whom it goes to, where that is not who sent the mail. What somebody typed is told only to who surely
    sent it: else anybody could have us mail their words to a stranger.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    kind: str = ""
    to: str = ""
    reply_to: str = ""
    at_most: int = 1


@dataclass(frozen=True)
class Came:
    """What came of a mail. ``aside``: a person has to look.

    ``erases``: what it says may not be kept, not even for a day. The mail goes at once, whichever addresses of ours it
    came to; and the answer, its address too, as soon as that left.
    """

    what: str
    answer: Answer | None = None
    erases: bool = False
    aside: str = ""


class NotTaken(Exception):
    """It cannot be done; the text is for who sent the mail, and says what they can do."""


def not_taken(letter: Letter, problem: Exception) -> Answer:
    """The mail that says why not: to who surely sent it of each reason, so that another try is not met by silence; in
    anybody else's name as many for each of our names as there are tries."""
    why = str(problem)
    named = letter.recipient, why
    mark = content_mark(*(each.encode() for each in named)) if letter.is_proven else rules.parts_of(letter.recipient)[0]
    return Answer("mail/incoming/not_taken.md", {"why": why}, kind=f"not taken {mark}")


# What is done with a mail. Runs inside a transaction, once. Raises ``NotTaken``.
Handle = Callable[[Letter, ReplyAddress, datetime], Came]
HandleNamed = Callable[[Letter, datetime], Came]
# What addresses for answers lead to, in words for their owner, by what each is about.
Told = Callable[[Sequence[str]], Mapping[str, str]]

# What is done with a mail that says the same wherever it comes: None for any other.
HandleSaid = Callable[[Letter, ReplyAddress | None, datetime], Came | None]

_anywhere: list[HandleSaid] = []
_purposes: dict[str, Handle] = {}
_told: dict[str, Told] = {}
_names: dict[str, HandleNamed] = {}
_private: set[str] = set()  # purposes and names of which no mail may be kept, whatever becomes of it


def register(purpose: str, handle: Handle, *, told: Told | None = None, is_private: bool = False) -> None:
    """Say what is done with answers of a purpose, and what its addresses are called; at start-up.

    ``is_private``: what people mail there is for nobody else, the team's desk too: it goes also where it fails.
    """
    if _purposes.setdefault(purpose, handle) is not handle:
        raise ValueError(f"two handle answers for {purpose}")
    if told:
        _told[purpose] = told
    if is_private:
        _private.add(purpose)


def register_name(name: str, handle: HandleNamed, *, is_private: bool = False) -> None:
    """Say what is done with mail to ``name@…``; at start-up. ``is_private`` as above."""
    if _names.setdefault(name, handle) is not handle:
        raise ValueError(f"two handle mail to {name}@")
    if is_private:
        _private.add(name)


def register_anywhere(handle: HandleSaid) -> None:
    """Say what is done with words that mean one thing, whatever mail of ours they answer; at start-up."""
    if handle not in _anywhere:
        _anywhere.append(handle)


def said_anywhere(letter: Letter, address: ReplyAddress | None, now: datetime) -> Came | None:
    """What came of such words; None for any other. ``address``: what it answers to, or did until that was taken back."""
    return next((came for handle in _anywhere if (came := handle(letter, address, now))), None)


def of_purpose(purpose: str) -> Handle | None:
    """What is done with answers of a purpose, if its package is still there."""
    return _purposes.get(purpose)


def words_for(found: Sequence[ReplyAddress]) -> dict[int, str]:
    """What each of these leads to, in words; nothing for what is gone. One question for each purpose among them."""
    words: dict[int, str] = {}
    for purpose in sorted({each.purpose for each in found} & set(_told)):
        ours = [each for each in found if each.purpose == purpose]
        told = _told[purpose]([each.about for each in ours])
        words |= {each.pk: told[each.about] for each in ours if each.about in told}
    return words


def may_be_ours(address: str, *, sender: str) -> bool:
    """Whether mail to an address of our domain can lead anywhere: a name that we know, or one with a token in its form.

    What comes back goes to ``sender``, the address that our mail comes from; and each domain has a postmaster.
    """
    name, token, domain = rules.parts_of(address)
    if name in (rules.ANSWER, rules.STOP):
        return rules.is_token(token)
    return name in (*_names, POSTMASTER) or (name, domain) == rules.parts_of(sender)[::2]


def is_private(known_as: str) -> bool:
    """Whether what is mailed for this purpose, or to this name, may not be kept for who looks at what failed."""
    return known_as in _private


def of_name(name: str) -> HandleNamed | None:
    """What is done with mail to that name."""
    return _names.get(name)
