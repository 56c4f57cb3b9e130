"""What runs by itself: the end dates of who spoke for whom."""

from meedoen.kernel import clock

from . import actions


def forget_old_standing() -> None:
    """Erase what ended long ago; quick when there is nothing."""
    actions.erase_old(now=clock.now())
