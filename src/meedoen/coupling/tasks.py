"""What runs by itself: end dates."""

from meedoen.kernel import clock

from . import actions


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    actions.erase_old(now=clock.now())
