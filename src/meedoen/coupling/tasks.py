"""What runs by itself: looking after couplings that wait, mail about what a municipality could tell others, end dates."""

from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts

from . import actions
from .growing import actions as growing
from .introducing import actions as introducing
from .rounds import actions as rounds


def look_after() -> None:
    """Remind, ask again, tell, and ask what became of it; quick when there is nothing."""
    now = clock.now()
    introducing.look_after(now=now)
    introducing.ask_what_became(now=now)


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    introducing.erase_old(now=now)
    rounds.erase_old(now=now)
    actions.erase_old(now=now)
    facts.erase_old(now=now)
    growing.erase_old(now=now)


def mail_contacts() -> None:
    """Mail contacts to whom something new can be proposed."""
    growing.mail_contacts(now=clock.now())
