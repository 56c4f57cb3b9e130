"""Who somebody is, and how often a thing may be asked or tried. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)
CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=60)  # people look for their glasses, their phone or a helper (decisions 4)
CODE_PAUSE = timedelta(seconds=60)  # a second press within it is a double click, not a wish for another mail
MAX_CODE_MAILS_PER_DAY = 10  # to one address, whatever for: enough for a bad day, too few to pester somebody
MAX_TRIES_PER_CODE = 5  # with 10 codes a day a guesser has 50 chances in a million
MAX_TRIES_PER_NETWORK_HOUR = 60  # wrong codes, over all acts: a whole town hall may sit behind one network
MAX_ACTS_PER_NETWORK_HOUR = 60  # new texts kept before anybody confirmed one

UNCONFIRMED_LIFE = timedelta(days=7)  # what nobody confirmed is erased
DISCARD_UNDO = timedelta(hours=1)  # a press may be a mistake, or a mail gateway's (decisions 1)
DONE_LIFE = timedelta(days=30)  # how long the page of a confirmed act still says what became of it

MAX_NAME_LENGTH = 60  # characters
MAX_EMAIL_LENGTH = 254  # characters, RFC 5321
MAX_ABOUT_LENGTH = 200  # characters: one sentence


class Role(StrEnum):
    """In what capacity somebody speaks; stored in Dutch, since exports show it as it is."""

    EXPERT = "ervaringsdeskundige"
    OFFICIAL = "ambtenaar"
    GOVERNOR = "bestuurder"
    ADVOCATE = "belangenorganisatie"
    TEAM = "projectteam"
    OTHER = "anders"


def normalised_email(email: str) -> str:
    """The form in which addresses are compared: without spaces around it, in lower case.

    The part before the @ may differ by capitals only on paper (RFC 5321); no provider that people use does so.
    """
    return email.strip().lower()


def code_again_at(sent_at: datetime) -> datetime:
    """When another code can be asked for after one that was not used up; the whole minute, since clocks show those."""
    again = sent_at + CODE_PAUSE
    return again if again == again.replace(second=0, microsecond=0) else again.replace(second=0, microsecond=0) + MINUTE


def code_typed(text: str) -> str:
    """The digits of a code as somebody typed or pasted it: with spaces, dashes or words around them."""
    return "".join(char for char in text if char in "0123456789")
