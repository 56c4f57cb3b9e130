"""What runs by itself: end dates, and the mail about what a municipality could tell others."""

from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts

from . import actions
from .growing import actions as growing


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    actions.erase_old(now=now)
    facts.erase_old(now=now)
    growing.erase_old(now=now)


def mail_contacts() -> None:
    """Mail contacts to whom something new can be proposed."""
    growing.mail_contacts(now=clock.now())
