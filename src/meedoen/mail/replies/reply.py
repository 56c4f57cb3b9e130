"""The nouns: a mail as it was read, what was added to it, a report about one that was not delivered."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Missing(StrEnum):
    """Why there are no words to read, though somebody may have sent some."""

    ENCRYPTED = "encrypted"
    VOICE = "voice"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sent along; ``name`` is safe to show, and no path."""

    name: str
    content_type: str  # as the mail says it; whoever keeps the file finds out for themselves
    content: bytes


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a mail server says became of a mail of ours, in fields (RFC 3464) or in words; of the first recipient it names."""

    recipient: str  # the address, lower case; empty where the report names none
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # such as 5.1.1; empty where none is given
    original_id: str = ""  # the Message-ID of the mail it is about, where it came along
    original_recipient: str = ""  # whom we mailed, where that was passed on to somebody else

    @property
    def is_permanent(self) -> bool:
        """Whether trying again makes no sense."""
        return self.action == "failed" and not self.status.startswith("4.")


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail, read."""

    text: str  # what the person wrote now; in an inline reply what they answered stands before it, after "> "
    subject: str  # decoded, one line, without Re:, Antw:, FW: and the like
    sure: bool  # False: show it to who sent it before anything is done with it
    left_out: str = ""  # quotes, signature, disclaimer and the like, as they stood
    around: str = ""  # of that what was quoted from nobody: a signature, and what looks like one
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False  # no person wrote this: never answer it
    delivery_report: DeliveryReport | None = None
    calendar: bool = False  # an invitation or an answer to one
    encrypted: bool = False
    voice: bool = False  # a spoken message
    subject_is_typed: bool = False  # it bears no Re: or the like, so that it is not taken along from what was answered
    forwarded: bool = False  # passes on what somebody else wrote

    @property
    def own(self) -> str:
        """``text`` without what it answers line by line."""
        lines = [line for line in self.text.splitlines() if not line.startswith(">")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    @property
    def missing(self) -> Missing | None:
        """Why ``text`` is empty, where that is known."""
        if self.text:
            return None
        if self.encrypted:
            return Missing.ENCRYPTED
        if self.voice:
            return Missing.VOICE
        return Missing.CALENDAR if self.calendar else None
