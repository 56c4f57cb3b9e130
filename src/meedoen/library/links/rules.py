"""When a link to a page of others is asked, and when it counts as dead. Pure."""

from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address

READ_AGAIN = timedelta(days=1)  # a text, for links that came or went
ASK_AGAIN = timedelta(days=30)  # a link that works
ASK_DEAD_AGAIN = timedelta(days=1)  # one that does not, or may not
SURE = timedelta(days=2)  # a site that is away for a weekend's work is no dead link
WE_ARE_ONLINE = timedelta(days=1)  # some link worked in it; else it is our own line that fails
READ_AT_ONCE = 20  # texts, each minute
ANSWER_SECONDS = 8.0  # the worker has more to do
MAX_REDIRECTS = 5
MAX_LINKS = 200  # of a text; beyond that it is a list of links, and people look after it themselves


class Problem(StrEnum):
    """Why a link leads nowhere."""

    GONE = "gone"  # the site is there and says that the page is not
    BROKEN = "broken"  # the site answers with a fault of its own, or leads round and round
    AWAY = "away"  # no site answers


# The site is there and knows the page, but speaks to people alone, or to fewer of us.
NOT_FOR_MACHINES = frozenset({401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 503, 999})


def problem_of(status: int) -> Problem | None:
    """What an answer says of the page; None when people can be sent there."""
    if status < 400 or status in NOT_FOR_MACHINES:
        return None
    return Problem.GONE if status < 500 else Problem.BROKEN


def may_visit(address: IPv4Address | IPv6Address) -> bool:
    """Whether we may ask a machine: those of the network around us are nobody's reading, whatever a text says."""
    return address.is_global and not address.is_multicast
