"""What runs by itself: end dates."""

from meedoen.kernel import clock
from meedoen.municipalities.facts import actions as facts

from . import actions


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    actions.erase_old(now=now)
    facts.erase_old(now=now)
