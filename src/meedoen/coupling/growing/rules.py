"""When what a municipality shared is proposed to its contact as an offer, and how often. Pure."""

import datetime
from enum import StrEnum

SETTLES = datetime.timedelta(
    days=7
)  # before a mail: what was shared by mistake is taken back, a new contact settles in
EVERY = datetime.timedelta(days=91)  # at most one mail a quarter for a municipality
KEEP_ANSWER = datetime.timedelta(days=365)  # after its source fell silent: what comes back is not asked again
MAX_TITLES = 10  # in a mail; more stand on the page
MOST_AT_A_ROUND = 50  # mails a minute
SUGGESTED_AT_MOST = 2  # couplings at a time, in the form that begins filled in


class Said(StrEnum):
    """What a contact said to a proposal."""

    YES = "yes"  # an offer was made of it
    NO = "no"


def may_mail(last: datetime.datetime | None, *, is_off: bool, now: datetime.datetime) -> bool:
    """Whether a municipality may be mailed again."""
    return not is_off and (last is None or last <= now - EVERY)


def is_new(written_at: datetime.datetime, *, last: datetime.datetime | None) -> bool:
    """Whether what was written then stood in no mail yet, since it had not settled at the last one."""
    return last is None or written_at > last - SETTLES
