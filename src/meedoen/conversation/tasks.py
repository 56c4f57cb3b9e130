"""What runs by itself: forgetting who reported, when its time is over."""

from meedoen.kernel import clock

from .moderation import actions


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    actions.erase_old(now=clock.now())
